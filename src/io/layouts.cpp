#include "io/layouts.hpp"

#include "io/ontologies.hpp"

namespace detente {
namespace {

using Names = std::vector<std::string>;

struct NamedColumns {
  Names date;
  Names source;
  Names target;
  Names type;
  Names intensity;
  Names sphere{};
  Names reference{};
};

// A column that no file has stands for one that the source does not give.
ColumnSpec optional_column(const Names& names) { return {names.empty() ? Names{""} : names}; }

Preset coded_preset(std::string name, const NamedColumns& columns, CodedSource source) {
  source.layouts.header = columns.date;
  const ColumnSpec none{{""}};
  return {.name = std::move(name),
          .clock = Clock::calendar,
          .delimiter = '\0',
          .events = {{columns.date, true},
                     none,
                     none,
                     {columns.source, true},
                     {columns.target, true},
                     {columns.type, true},
                     {columns.intensity},
                     optional_column(columns.sphere),
                     none,
                     optional_column(columns.reference),
                     none},
          .coded = std::move(source)};
}

// One of the three places of a GDELT event; a second-level division since 2.0.
void append_place(Names& names, const std::string& of, bool second) {
  for (const char* part : {"Type", "Fullname", "CountryCode", "ADM1Code"}) names.push_back(of + "Geo_" + part);
  if (second) names.push_back(of + "Geo_ADM2Code");
  for (const char* part : {"Lat", "Long", "FeatureID"}) names.push_back(of + "Geo_" + part);
}

Names gdelt_columns(bool second, bool url) {
  Names names{"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"};
  for (const std::string actor : {"Actor1", "Actor2"})
    for (const char* part : {"Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
                             "Religion2Code", "Type1Code", "Type2Code", "Type3Code"})
      names.push_back(actor + part);
  for (const char* name : {"IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
                           "NumMentions", "NumSources", "NumArticles", "AvgTone"})
    names.emplace_back(name);
  for (const char* of : {"Actor1", "Actor2", "Action"}) append_place(names, of, second);
  names.emplace_back("DATEADDED");
  if (url) names.emplace_back("SOURCEURL");
  return names;
}

Names icews_columns() {
  return {"Event ID",       "Event Date", "Source Name",     "Source Sectors", "Source Country",
          "Event Text",     "CAMEO Code", "Intensity",       "Target Name",    "Target Sectors",
          "Target Country", "Story ID",   "Sentence Number", "Publisher",      "City",
          "District",       "Province",   "Country",         "Latitude",       "Longitude"};
}

Names polecat_columns() {
  return {"Event ID",
          "Event Date",
          "Event Type",
          "Event Mode",
          "Intensity",
          "Quad Code",
          "Contexts",
          "Actor Name",
          "Actor Country",
          "Actor COW",
          "Primary Actor Sector",
          "Actor Sectors",
          "Actor Title",
          "Actor Name Raw",
          "Wikipedia Actor ID",
          "Recipient Name",
          "Recipient Country",
          "Recipient COW",
          "Primary Recipient Sector",
          "Recipient Sectors",
          "Recipient Title",
          "Recipient Name Raw",
          "Wikipedia Recipient ID",
          "Placename",
          "City",
          "District",
          "Province",
          "Country",
          "Latitude",
          "Longitude",
          "GeoNames ID",
          "Raw Placename",
          "Feature Type",
          "Source",
          "Publication Date",
          "Story People",
          "Story Organizations",
          "Story Locations",
          "Language",
          "Version"};
}

}  // namespace

Preset icews_preset() {
  return coded_preset("icews",
                      {.date = {"Event Date", "event_date"},
                       .source = {"Source Name", "source_name"},
                       .target = {"Target Name", "target_name"},
                       .type = {"CAMEO Code", "cameo_code"},
                       .intensity = {"Intensity", "intensity"}},
                      {.ontology = "CAMEO",
                       .types = cameo_types(),
                       .layouts = {.columns = {icews_columns()}},
                       .endings = {".tab", ".csv", ".tsv"}});
}

Preset gdelt_preset() {
  return coded_preset(
      "gdelt",
      {.date = {"SQLDATE", "Day"},
       .source = {"Actor1Code"},
       .target = {"Actor2Code"},
       .type = {"EventCode"},
       .intensity = {"GoldsteinScale"},
       .reference = {"SOURCEURL"}},
      {.ontology = "CAMEO",
       .types = cameo_types(),
       .layouts = {.columns = {gdelt_columns(false, false), gdelt_columns(false, true), gdelt_columns(true, true)}},
       .endings = {".csv", ".tsv", ".txt"}});
}

Preset polecat_preset() {
  return coded_preset("polecat",
                      {.date = {"Event Date"},
                       .source = {"Actor Name"},
                       .target = {"Recipient Name"},
                       .type = {"Event Type"},
                       .intensity = {"Intensity", "Event Intensity"},
                       .sphere = {"Contexts"}},
                      {.ontology = "PLOVER",
                       .types = plover_types(),
                       .layouts = {.columns = {polecat_columns()}},
                       .no_value = "None",
                       .separator = ';',
                       .endings = {".txt", ".tsv", ".csv"}});
}

}  // namespace detente
