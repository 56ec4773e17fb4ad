// Events that programs coded from news, as ICEWS, GDELT and POLECAT publish them: small samples made by hand in their
// layouts, and the tables of codes.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include <fmt/ranges.h>

#include "io/check_result.hpp"
#include "io/csv_reader.hpp"
#include "io/frame.hpp"
#include "io/ontologies.hpp"
#include "io/record_source.hpp"
#include "io/test_folder.hpp"

namespace detente::coded_source_test {

const std::string shared_data = DETENTE_SOURCE_DIR "/../shared/data";

LoadedRecord read_with(const std::string& preset, const std::string& path) {
  RecordOptions options;
  options.preset = preset;
  options.events_only = !std::filesystem::is_directory(path);
  return read_record(path, options);
}

std::string refusal_of(const std::string& preset, const std::string& path) {
  try {
    static_cast<void>(read_with(preset, path));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

// "2014-01-02 Iran -> Iraq 042 1.9", in time order.
std::vector<std::string> events_in(const Record& record) {
  std::vector<std::string> lines;
  for (const Event& e : record.events)
    lines.push_back(fmt::format("{} {} -> {} {} {:.6g}", format_time(e.time, record.clock), record.actors[e.sender].id,
                                record.actors[e.receiver].id, record.types[e.type].code, e.intensity));
  return lines;
}

std::vector<std::string> findings_in(const LoadedRecord& loaded) {
  std::vector<std::string> lines;
  for (const Finding& f : loaded.findings.list)
    lines.push_back(
        fmt::format("{} {} {}: {}", to_string(f.level), f.code, to_string(f.problem.where), f.problem.what));
  return lines;
}

using Lines = std::vector<std::string>;

Frame table(std::string_view csv) {
  Frame frame;
  CsvParser parser("ontology", {}, frame);
  static_cast<void>(parser.feed(csv));
  static_cast<void>(parser.finish());
  return frame;
}

const std::string icews_header =
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget "
    "Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\t"
    "Latitude\tLongitude\n";

std::string icews_row(const std::string& date, const std::string& source, const std::string& code,
                      const std::string& intensity, const std::string& target) {
  return fmt::format("1\t{}\t{}\tGovernment\tIran\tText\t{}\t{}\t{}\t\tIraq\t9\t1\tPaper\t\t\t\tIran\t35.7\t51.4\n",
                     date, source, code, intensity, target);
}

TEST(icews, events_have_the_types_of_cameo_and_intensities_of_their_own) {
  const TestFolder folder;
  const std::string text = icews_header + icews_row("2014-01-02", "Iran", "042", "1.9", "Iraq") +
                           icews_row("2014-01-01", "Citizen \"B\" (Iran)", "190", "", "\"Iraq\"");
  const LoadedRecord loaded = read_with("icews", folder.write("events.2014.tab", text));
  EXPECT_EQ(events_in(loaded.record),
            (Lines{"2014-01-01 Citizen \"B\" (Iran) -> Iraq 190 -10", "2014-01-02 Iran -> Iraq 042 1.9"}));
  EXPECT_EQ(findings_in(loaded), Lines{});
  ASSERT_EQ(loaded.record.types.size(), 2U);
  EXPECT_EQ(loaded.record.types[0].label, "Make a visit");
  EXPECT_EQ(loaded.record.types[0].quad, QuadClass::verbal_cooperation);
  EXPECT_EQ(loaded.record.types[1].quad, QuadClass::material_conflict);
}

TEST(icews, commas_packed_files_other_orders_and_no_header_give_the_same_record) {
  const TestFolder folder;
  const std::string rows =
      icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq") + icews_row("2014-01-02", "Iraq", "190", "-10", "Iran");
  const Lines expected = events_in(read_with("icews", folder.write("a.tab", icews_header + rows)).record);
  ASSERT_EQ(expected.size(), 2U);
  EXPECT_EQ(events_in(read_with("icews", folder.write("b.tab", rows)).record), expected);
  std::string commas = icews_header + rows;
  std::replace(commas.begin(), commas.end(), '\t', ',');
  EXPECT_EQ(events_in(read_with("icews", folder.write("c.csv", commas)).record), expected);
  const std::string normalised =
      "\xEF\xBB\xBF"
      "target_name,cameo_code,event_date,source_name,intensity\r\n\"Iraq\",042,20140101,Iran,1.9\r\n"
      "Iran,190,20140102,Iraq,-10\r\n";
  EXPECT_EQ(events_in(read_with("icews", folder.write("d.csv", normalised)).record), expected);
}

TEST(icews, what_is_wrong_is_counted_and_said_once_with_its_first_line) {
  const TestFolder folder;
  const std::string text =
      icews_header + icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq") +  //
      icews_row("2014-01-01", "", "042", "1.9", "Iraq") +                     // 3
      icews_row("2014-01-01", "Iran", "42", "1.9", "Iraq") +
      icews_row("2014-01-01", "Iran", "042", "1.9", "Iran") +                                                      // 5
      icews_row("2014-01-01", "Iran", "042", "1.9", "") + icews_row("2014-01-01", "Iraq", "042", "1.9", "Iraq") +  // 7
      icews_row("2014-01-01", "Iran", "42", "1.9", "Iraq") +
      icews_row("2014-01-01", "Iran", "999", "1.9", "Iraq") +                                            // 9
      icews_row("", "Iran", "042", "1.9", "Iraq") + icews_row("2014-01-01", "", "042", "1.9", "Iraq") +  // 11
      icews_row("2014-01-01", "Iran", "042", "much", "Iraq") + "1\t2014-01-01\tIran\n";
  const LoadedRecord loaded = read_with("icews", folder.write("a.tab", text));
  EXPECT_EQ(findings_in(loaded),
            (Lines{"warning no-actor a.tab:3: no actor in column 'Source Name': the row is set aside (and 1 more row)",
                   "error unknown-type a.tab:4: '42' in column 'CAMEO Code' is no code of CAMEO: the row is set aside "
                   "(and 1 more row)",
                   "warning self-loop a.tab:5: an actor acts on itself: the row is set aside (and 1 more row)",
                   "warning no-actor a.tab:6: no actor in column 'Target Name': the row is set aside",
                   "error unknown-type a.tab:9: '999' in column 'CAMEO Code' is no code of CAMEO: the row is set aside",
                   "error bad-date a.tab:10: unreadable date in column 'Event Date'",
                   "error bad-number a.tab:12: unreadable number in column 'Intensity'",
                   "error ragged-row a.tab:13: the row has the wrong number of cells"}));
  EXPECT_EQ(loaded.findings.list[1].problem.hint, "042 is one: have leading zeros been lost?");
  EXPECT_EQ(loaded.findings.list[4].problem.hint, "");
  ASSERT_EQ(loaded.findings.tables.size(), 1U);
  const TableCount& count = loaded.findings.tables[0];
  EXPECT_EQ(count.read, 12U);
  EXPECT_EQ(count.kept, 1U);
  EXPECT_EQ(count.set_aside, 11U);
  EXPECT_EQ(unusable_rows(loaded.findings), 6U);
}

TEST(icews, a_file_without_the_preset_is_told_which_it_is) {
  const TestFolder folder;
  const std::string hint = "hint: these are the columns of --preset icews";
  const std::string tabs = refusal_of("detente", folder.write("a.tab", icews_header));
  EXPECT_TRUE(tabs.starts_with("error: a.tab:1: there is no column 'date'")) << tabs;
  EXPECT_TRUE(tabs.ends_with(hint)) << tabs;
  const std::string commas =
      refusal_of("remify", folder.write("a.csv", "event_date,source_name,target_name,cameo_code\n"));
  EXPECT_TRUE(commas.ends_with(hint)) << commas;
}

TEST(icews, only_cells_that_are_read_must_be_text) {
  const TestFolder folder;
  std::string text = icews_header + icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq");
  text.replace(text.find("Paper"), 5, "Pap\xE9r");
  EXPECT_EQ(read_with("icews", folder.write("a.tab", text)).record.events.size(), 1U);
  text.replace(text.rfind("Iraq"), 4, "Ira\xE9");  // the country, not read either
  EXPECT_EQ(read_with("icews", folder.write("b.tab", text)).record.events.size(), 1U);
  std::string bad = icews_header + icews_row("2014-01-01", "Ir\xE9n", "042", "1.9", "Iraq") +
                    icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq");
  EXPECT_EQ(findings_in(read_with("icews", folder.write("c.tab", bad))),
            Lines{"error bad-utf8 c.tab:2: invalid UTF-8 in column 'Source Name'"});
}

TEST(icews, a_folder_of_years_is_one_record_whose_findings_name_the_file) {
  const TestFolder folder;
  folder.write("events.2015.tab", icews_header + icews_row("2015-01-01", "Iraq", "042", "1.9", "") +
                                      icews_row("2015-01-01", "Iraq", "042", "1.9", "Iran") +
                                      icews_row("2015-01-01", "Iraq", "999", "1.9", "Iran"));
  folder.write("events.2014.tab", icews_header + icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq") +
                                      icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq") +
                                      icews_row("2014-01-01", "Iran", "042", "1.9", "Iraq"));
  folder.write("readme.md", "nothing to read");
  const LoadedRecord loaded = read_with("icews", folder.path());
  EXPECT_EQ(events_in(loaded.record), (Lines{"2014-01-01 Iran -> Iraq 042 1.9", "2014-01-01 Iran -> Iraq 042 1.9",
                                             "2014-01-01 Iran -> Iraq 042 1.9", "2015-01-01 Iraq -> Iran 042 1.9"}));
  EXPECT_EQ(findings_in(loaded),
            (Lines{"warning no-actor events.2015.tab:2: no actor in column 'Target Name': the row is set aside",
                   "error unknown-type events.2015.tab:4: '999' in column 'CAMEO Code' is no code of CAMEO: the row is "
                   "set aside",
                   "warning duplicate-event events.2014.tab:3: the event repeats that of events.2014.tab:2 in every "
                   "column that is read: both are kept (and 1 more)"}));
  EXPECT_EQ(loaded.findings.tables[0].file, "events.2014.tab+1 more");
  EXPECT_EQ(loaded.findings.fingerprints.size(), 2U);
}

TEST(icews, a_table_of_types_in_the_folder_goes_before_cameo) {
  const TestFolder folder;
  folder.write("events.csv", "Event Date,Source Name,Target Name,CAMEO Code\n2014-01-01,a,b,visit\n");
  folder.write("types.csv", "code,quad_class,default_intensity\nvisit,material-cooperation,3\n");
  const LoadedRecord loaded = read_with("icews", folder.path());
  EXPECT_EQ(events_in(loaded.record), Lines{"2014-01-01 a -> b visit 3"});
}

// A row of GDELT with the cells that are read, in a file of `width` columns.
std::string gdelt_row(std::size_t width, const std::string& date, const std::string& source, const std::string& target,
                      const std::string& code, const std::string& goldstein, const std::string& url) {
  Lines cells(width);
  cells[0] = "410412345";
  cells[1] = date;
  cells[5] = source;
  cells[15] = target;
  cells[26] = code;
  cells[30] = goldstein;
  cells[width - 1] = url;
  return fmt::format("{}\n", fmt::join(cells, "\t"));
}

TEST(gdelt, each_published_number_of_columns_is_read_without_a_header) {
  const TestFolder folder;
  for (const std::size_t width : {57U, 58U, 61U}) {
    const std::string text = gdelt_row(width, "20150219", "IRN", "USAGOV", "190", "-10.0", "20150301") +
                             gdelt_row(width, "20150218", "USAGOV", "IRN", "0211", "", "20150301");
    const LoadedRecord loaded = read_with("gdelt", folder.write("20150218230000.export.CSV", text));
    EXPECT_EQ(events_in(loaded.record),
              (Lines{"2015-02-18 USAGOV -> IRN 0211 3.4", "2015-02-19 IRN -> USAGOV 190 -10"}))
        << width;
    EXPECT_EQ(findings_in(loaded), Lines{}) << width;
    ASSERT_EQ(loaded.record.texts.size(), width == 57 ? 0U : 2U);  // the older files end with the date they were added
    for (const EventText& event : loaded.record.texts) EXPECT_EQ(event.reference, "20150301");
  }
}

TEST(gdelt, a_header_in_any_order_is_read) {
  const TestFolder folder;
  const std::string text = "Actor2Code,EventCode,SQLDATE,Actor1Code,GoldsteinScale\nIRN,042,20150218,USA,1.9\n";
  EXPECT_EQ(events_in(read_with("gdelt", folder.write("query.csv", text)).record),
            Lines{"2015-02-18 USA -> IRN 042 1.9"});
  EXPECT_EQ(refusal_of("gdelt", folder.write("q.csv", "SQLDATE,Actor1Code,EventCode\n20150218,USA,042\n")),
            "error: q.csv:1: there is no column 'Actor2Code'\n  got: the columns SQLDATE, Actor1Code, EventCode\n"
            "  expected: a column named Actor2Code\n  hint: a similar column exists: 'Actor1Code'");
}

TEST(gdelt, another_number_of_columns_is_refused) {
  const TestFolder folder;
  const std::string text = gdelt_row(60, "20150218", "USA", "IRN", "042", "1.9", "");
  EXPECT_EQ(refusal_of("gdelt", folder.write("a.CSV", text)),
            "error: a.CSV:1: the first line is neither a header nor a row of the published layout\n"
            "  got: 60 cells\n  expected: 57 or 58 or 61 cells, or a header with the column 'SQLDATE' or 'Day'");
  EXPECT_EQ(refusal_of("gdelt", folder.write("a.zip", "PK\x03\x04 and so on")),
            "error: " + folder.path("a.zip") +
                ": this is a zip archive\n  hint: unzip it first; .gz and .zst are read as they are");
  EXPECT_EQ(refusal_of("gdelt", folder.write("b.CSV", gdelt_row(61, "20150230", "USA", "IRN", "042", "1.9", ""))),
            "no error");  // the day is an error of its row
}

TEST(gdelt, an_empty_folder_says_what_it_looks_for) {
  const TestFolder folder;
  folder.write("notes.md", "");
  EXPECT_EQ(refusal_of("gdelt", folder.path()), "error: " + folder.path() +
                                                    ": there is no file of events in this folder\n  expected: files "
                                                    "whose names end in .csv or .tsv or .txt");
}

const std::string polecat_header =
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor "
    "COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\t"
    "Recipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name "
    "Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw "
    "Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\t"
    "Version\n";

std::string polecat_row(const std::string& date, const std::string& type, const std::string& intensity,
                        const std::string& source, const std::string& target) {
  Lines cells(40, "None");
  cells[0] = "20180101-1";
  cells[1] = date;
  cells[2] = type;
  cells[4] = intensity;
  cells[6] = "military";
  cells[7] = source;
  cells[15] = target;
  return fmt::format("{}\n", fmt::join(cells, "\t"));
}

TEST(polecat, events_have_the_types_of_plover) {
  const TestFolder folder;
  const std::string text = polecat_row("2018-01-02", "ASSAULT", "None", "Iran", "Iraq") +
                           polecat_row("2018-01-01", "CONSULT", "2.5", "Iraq", "Iran");
  for (const std::string& content : {polecat_header + text, text}) {
    const LoadedRecord loaded = read_with("polecat", folder.write("ngecEvents.DV.2018.txt", content));
    EXPECT_EQ(events_in(loaded.record),
              (Lines{"2018-01-01 Iraq -> Iran CONSULT 2.5", "2018-01-02 Iran -> Iraq ASSAULT -9"}));
    EXPECT_EQ(findings_in(loaded), Lines{});
    EXPECT_EQ(loaded.record.types[0].quad, QuadClass::material_conflict);
    EXPECT_EQ(loaded.record.types[1].quad, QuadClass::verbal_cooperation);
    EXPECT_EQ(loaded.record.texts[0].sphere, "military");
  }
}

TEST(polecat, a_row_of_several_actors_is_an_event_for_each_two_of_them) {
  const TestFolder folder;
  const std::string text = polecat_header +
                           polecat_row("2018-01-01", "CONSULT", "1", "Iran; Iraq", "Iraq;Syria; Syria") +
                           polecat_row("2018-01-02", "CONSULT", "1", "Iran", "None") +
                           polecat_row("2018-01-03", "CONSULT", "1", "Iran", "Iran") +
                           polecat_row("2018-01-04", "consult", "1", "Iran", "Iraq");
  const LoadedRecord loaded = read_with("polecat", folder.write("a.txt", text));
  EXPECT_EQ(events_in(loaded.record), (Lines{"2018-01-01 Iran -> Iraq CONSULT 1", "2018-01-01 Iran -> Syria CONSULT 1",
                                             "2018-01-01 Iraq -> Syria CONSULT 1"}));
  EXPECT_EQ(findings_in(loaded),
            (Lines{"note several-actors a.txt:2: the row names several actors on a side: it is read as one event for "
                   "each two of them",
                   "warning no-actor a.txt:3: no actor in column 'Recipient Name': the row is set aside",
                   "warning self-loop a.txt:4: an actor acts on itself: the row is set aside",
                   "error unknown-type a.txt:5: 'consult' in column 'Event Type' is no code of PLOVER: the row is set "
                   "aside"}));
  EXPECT_EQ(loaded.findings.tables[0].kept, 1U);
}

TEST(coded_sources, every_row_is_kept_or_set_aside_with_a_finding) {
  EXPECT_TRUE(rc::check("any cells", [] {
    const auto cell = rc::gen::elementOf(Lines{"", "None", "Iran", "Iran; Iraq", ";", " ", "\"Iran\"", "042", "42",
                                               "190", "2014-01-01", "20140101", "2014010", "-10", "x", "\xE9", "AID"});
    const auto rows = *rc::gen::container<std::vector<Lines>>(rc::gen::container<Lines>(5, cell));
    const auto preset = *rc::gen::elementOf(Lines{"icews", "polecat"});
    std::string text = preset == "icews" ? "Event Date\tSource Name\tTarget Name\tCAMEO Code\tIntensity\n"
                                         : "Event Date\tActor Name\tRecipient Name\tEvent Type\tIntensity\n";
    for (const Lines& row : rows) text += fmt::format("{}\n", fmt::join(row, "\t"));
    const TestFolder folder;
    try {
      const LoadedRecord loaded = read_with(preset, folder.write("a.tab", text));
      const TableCount& count = loaded.findings.tables[0];
      RC_ASSERT(count.read == count.kept + count.set_aside);
      RC_ASSERT(count.warned <= count.set_aside);
      RC_ASSERT(count.set_aside == 0 || !loaded.findings.list.empty());
      RC_ASSERT(loaded.record.events.size() >= count.kept);
      for (const Event& e : loaded.record.events) RC_ASSERT(e.sender != e.receiver);
    } catch (const Error& error) { RC_ASSERT(error.problem().what == "the record has no events"); }
  }));
}

TEST(ontologies, quad_classes_of_cameo_go_by_the_root) {
  const Frame cameo = table(cameo_types());
  EXPECT_EQ(cameo.rows().size(), 313U);
  std::size_t roots = 0;
  for (const Frame::Row& row : cameo.rows()) {
    const std::string code = cameo.cell(row, "code");
    const int root = std::stoi(code.substr(0, 2));
    roots += code.size() == 2 ? 1 : 0;
    EXPECT_EQ(cameo.cell(row, "quad_class"), root <= 5    ? "verbal-cooperation"
                                             : root <= 8  ? "material-cooperation"
                                             : root <= 13 ? "verbal-conflict"
                                                          : "material-conflict")
        << code;
    EXPECT_LE(std::abs(std::stod(cameo.cell(row, "default_intensity"))), 10) << code;
  }
  EXPECT_EQ(roots, 20U);
}

TEST(ontologies, plover_has_four_three_four_and_five_types) {
  const Frame plover = table(plover_types());
  std::map<std::string, int> count;
  for (const Frame::Row& row : plover.rows()) {
    const std::string quad = plover.cell(row, "quad_class");
    ++count[quad];
    EXPECT_EQ(std::stod(plover.cell(row, "default_intensity")) > 0, quad.ends_with("cooperation"));
  }
  EXPECT_EQ(
      count,
      (std::map<std::string, int>{
          {"verbal-cooperation", 4}, {"material-cooperation", 3}, {"verbal-conflict", 4}, {"material-conflict", 5}}));
}

TEST(ontologies, cameo_agrees_with_the_relations_of_icews14) {
  if (!std::filesystem::exists(shared_data)) GTEST_SKIP() << "needs ../shared/data beside the source";
  Frame relations;
  static_cast<void>(read_csv(shared_data + "/icews14/relation_cameo.csv", "relation_cameo.csv", {}, relations));
  const Frame cameo = table(cameo_types());
  std::map<std::string, std::pair<std::string, double>> known;
  for (const Frame::Row& row : cameo.rows())
    known[cameo.cell(row, "code")] = {cameo.cell(row, "quad_class"), std::stod(cameo.cell(row, "default_intensity"))};
  Lines other;  // whose intensity ICEWS gives otherwise than GDELT (data/ontologies/README.md)
  for (const Frame::Row& row : relations.rows()) {
    const std::string code = relations.cell(row, "cameo");
    ASSERT_TRUE(known.contains(code)) << code;
    EXPECT_EQ(known[code].first, relations.cell(row, "quad")) << code;
    if (known[code].second != std::stod(relations.cell(row, "goldstein"))) other.push_back(code);
  }
  std::sort(other.begin(), other.end());
  EXPECT_EQ(relations.rows().size(), 230U);
  EXPECT_EQ(other, (Lines{"016", "022", "164", "165"}));
}

}  // namespace detente::coded_source_test
