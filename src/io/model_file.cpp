#include "io/model_file.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "io/dyad_file.hpp"
#include "io/layer_table.hpp"
#include "io/toml_table.hpp"

namespace detente {
namespace {

constexpr std::int64_t most_controls = 10'000;

TraceText read_trace(const std::string& name, const toml::table& toml, const std::string& file) {
  const TomlTable table(toml, file, "traces." + name, {"events", "halflife", "window", "interval", "weight"});
  TraceText trace{.name = name, .events = table.words("events", {"all"}), .where = {file, toml.source().begin.line, 0}};
  if (table.get("halflife") != nullptr && table.get("window") != nullptr)
    table.wrong("window", "a half-life or a window, not both");
  if (table.get("interval") != nullptr && (table.get("halflife") != nullptr || table.get("window") != nullptr))
    table.wrong("interval", "no half-life or window beside an interval");
  if (table.get("halflife") != nullptr) {
    trace.fade = Fade::half_life;
    trace.span = table.duration("halflife");
  } else if (table.get("window") != nullptr) {
    trace.fade = Fade::window;
    trace.span = table.duration("window");
  } else if (table.get("interval") != nullptr) {
    trace.fade = Fade::interval;
    std::tie(trace.from, trace.span) = table.interval("interval");
  }
  trace.weight = table.choice<Weight>("weight", {{"count", Weight::count}, {"intensity", Weight::intensity}});
  return trace;
}

// Where the text of a string value begins: after its quotes, and after the line break that may follow three of them.
Place text_place(const toml::node& node, const std::string& file, std::string_view model) {
  Place place{file, node.source().begin.line, node.source().begin.column};
  for (std::size_t line = 1; line < place.line; ++line) model.remove_prefix(model.find('\n') + 1);
  model.remove_prefix(std::min(place.column - 1, model.size()));
  const bool three = model.starts_with("\"\"\"") || model.starts_with("'''");
  place.column += three ? 3 : 1;
  const std::string_view text = model.substr(std::min<std::size_t>(three ? 3 : 1, model.size()));
  if (three && (text.starts_with('\n') || text.starts_with("\r\n"))) return {file, place.line + 1, 1};
  return place;
}

// The keys of a table in the order of the file.
Names in_order(const toml::table& toml) {
  Names keys = keys_of(toml);
  const auto place = [&](const std::string& key) {
    const toml::source_position at = toml.get(key)->source().begin;
    return std::pair(at.line, at.column);
  };
  std::sort(keys.begin(), keys.end(), [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
  return keys;
}

std::vector<NamedTerm> read_terms(const toml::table& toml, const std::string& file, std::string_view model) {
  const TomlTable table(toml, file, "terms", keys_of(toml));
  std::vector<NamedTerm> terms;
  for (const std::string& name : in_order(toml))
    terms.push_back({name, {table.text(name, "a formula in quotes"), text_place(*toml.get(name), file, model)}});
  return terms;
}

std::vector<MissingText> read_missing(const toml::table& toml, const std::string& file) {
  const TomlTable table(toml, file, "missing", keys_of(toml));
  std::vector<MissingText> policies;
  for (const auto& [key, value] : toml)
    policies.push_back({std::string(key.str()),
                        table.choice<MissingPolicy>(key.str(), {{"mean", MissingPolicy::mean},
                                                                {"zero", MissingPolicy::zero},
                                                                {"level", MissingPolicy::level},
                                                                {"drop", MissingPolicy::drop}}),
                        table.place(value)});
  return policies;
}

Sampling read_sampling(const TomlTable& table, const std::string& file) {
  const auto controls = table.get("controls")->value_exact<std::int64_t>();
  if (!controls || *controls < 1 || *controls > most_controls)
    table.wrong("controls", "a whole number from 1 to 10000: how many are drawn for each event");
  Sampling sampling{static_cast<std::size_t>(*controls)};
  sampling.where = {file, table.get("controls")->source().begin.line, table.get("controls")->source().begin.column};
  sampling.design = table.choice<SamplingDesign>(
      "sampling", {{"uniform", SamplingDesign::uniform}, {"activity", SamplingDesign::activity}});
  return sampling;
}

// marks = ["cooperation", "conflict"], or with names of their own: marks = { warm = ["help", "meet"], cold = "conflict" }.
std::vector<MarkText> read_marks(const TomlTable& table, const std::string& hazard, const std::string& file) {
  std::vector<MarkText> marks;
  const auto wrong = [&] {
    table.wrong("marks", "two kinds of events or more, such as [\"cooperation\", \"conflict\"]");
  };
  const toml::table* named = table.get("marks")->as_table();
  if (named == nullptr) {
    for (const std::string& word : table.words("marks", {})) marks.push_back({word, {word}});
    if (marks.empty()) wrong();
    return marks;
  }
  const Names keys = in_order(*named);
  const TomlTable events(*named, file, fmt::format("hazards.{}.marks", hazard), keys);
  for (const std::string& key : keys) marks.push_back({key, events.words(key, {})});
  if (marks.empty()) wrong();
  return marks;
}

// Which keys go with which kind of hazard.
void check_keys(const TomlTable& table, const HazardText& hazard) {
  const auto refuse = [&](const char* kind, const Names& keys) {
    for (const std::string& key : keys)
      if (table.get(key) != nullptr) table.not_for(key, kind);
  };
  switch (hazard.kind) {
    case HazardKind::tie: return refuse("tie", {"ties", "endings", "pairs", "baseline", "age_cuts"});
    case HazardKind::rate:
      return refuse("rate", {"marks", "ties", "endings", "pairs", "baseline", "age_cuts", "controls", "sampling"});
    case HazardKind::choice:
      return refuse("choice", {"marks", "ties", "endings", "pairs", "baseline", "age_cuts", "controls", "sampling",
                               "timing", "simultaneous"});
    case HazardKind::end:
      refuse("end", {"timing", "events", "marks", "controls", "sampling", "pairs"});
      if (table.get("at_risk") != nullptr)
        table.not_for("at_risk", "end", "the ties at risk are those of the kinds in ties = [...]");
      if (hazard.baseline != EndBaseline::cox && table.get("simultaneous") != nullptr)
        table.not_for("simultaneous", "end", "it is for baseline = \"cox\"");
      return;
    case HazardKind::start:
      refuse("start", {"timing", "events", "marks", "controls", "sampling", "simultaneous"});
      if (table.get("at_risk") != nullptr)
        table.not_for("at_risk", "start", "the pairs at risk are chosen by pairs = \"met\", \"ruptured\" or \"all\"");
      if (table.get("endings") != nullptr)
        table.not_for("endings", "start", "remove it; pairs = \"ruptured\" are those whose tie ended by rupture");
      if (table.get("baseline") != nullptr)
        table.not_for("baseline", "start", "remove it; age_cuts = [...] makes steps of the time at risk");
      return;
  }
}

HazardText read_hazard(const std::string& name, const toml::table& toml, const std::string& file,
                       std::string_view model) {
  const TomlTable table(toml, file, "hazards." + name,
                        {"kind", "timing", "simultaneous", "events", "marks", "at_risk", "ties", "endings", "pairs",
                         "baseline", "age_cuts", "effects", "prior", "controls", "sampling"});
  HazardText hazard{.name = name, .where = {file, toml.source().begin.line, 0}};
  if (table.get("events") != nullptr) hazard.where.line = table.get("events")->source().begin.line;
  if (table.get("marks") != nullptr) hazard.where.line = table.get("marks")->source().begin.line;
  hazard.kind = read_hazard_kind(table);
  hazard.timing = table.choice<Timing>("timing", {{"exact", Timing::exact}, {"ordinal", Timing::ordinal}});
  if (hazard.kind == HazardKind::choice) hazard.timing = Timing::ordinal;
  hazard.simultaneous =
      table.choice<Simultaneous>("simultaneous", {{"breslow", Simultaneous::breslow}, {"efron", Simultaneous::efron}});
  hazard.baseline = table.choice<EndBaseline>("baseline", {{"piecewise", EndBaseline::piecewise},
                                                           {"weibull", EndBaseline::weibull},
                                                           {"log-logistic", EndBaseline::log_logistic},
                                                           {"cox", EndBaseline::cox}});
  check_keys(table, hazard);
  if (hazard.baseline != EndBaseline::piecewise && table.get("age_cuts") != nullptr)
    table.wrong("age_cuts", "baseline = \"piecewise\": other baselines have a shape of their own");
  if (table.get("at_risk") != nullptr) {
    hazard.at_risk.rule = table.text("at_risk", "a risk set in quotes, such as \"all\", \"observed\" or \"allied\"");
    hazard.at_risk.where = text_place(*table.get("at_risk"), file, model);
    read_dyads_at_risk(hazard, std::filesystem::path(file).parent_path().string());
  }
  if (table.get("controls") != nullptr) hazard.sampling = read_sampling(table, file);
  if (table.get("sampling") != nullptr && hazard.sampling.controls == 0)
    table.wrong("sampling", "controls = M beside it: how many are drawn for each event");
  if (table.get("marks") != nullptr) hazard.marks = read_marks(table, name, file);
  if (!hazard.marks.empty() && table.get("events") != nullptr)
    table.wrong("events", "events or marks, not both: the marks say which events the hazard makes");
  hazard.events = table.words("events", {"all"});
  hazard.ties = table.words("ties", {"cooperative"});
  hazard.endings = table.words("endings", {"rupture"});
  hazard.pairs = table.choice<PairsAtRisk>(
      "pairs", {{"met", PairsAtRisk::met}, {"ruptured", PairsAtRisk::ruptured}, {"all", PairsAtRisk::all}});
  for (const std::string& cut : table.words("age_cuts", {})) {
    const auto age = parse_duration(cut);
    if (!age) table.wrong("age_cuts", fmt::format("a list of durations: {}", duration_advice(cut, 1).expected));
    hazard.age_cuts.push_back(*age);
  }
  if (table.get("effects") != nullptr)
    hazard.formula = {table.text("effects", "a formula in quotes"), text_place(*table.get("effects"), file, model)};
  if (table.get("prior") != nullptr) {
    const auto scale = table.get("prior")->value<double>();
    if (!scale || !(*scale > 0))
      table.wrong("prior", "a positive number: the standard deviation of each effect's Gaussian prior");
    hazard.prior_scale = *scale;
  }
  return hazard;
}

}  // namespace

namespace {

void read_clock(const toml::table& toml, const std::string& file, std::string_view text, ModelSpec& model) {
  const TomlTable table(toml, file, "clock", {"tick", "unit", "observe_from", "present"});
  if (table.get("tick") != nullptr) {
    model.tick = table.duration("tick");
    model.clock.tick_where = table.place(*table.get("tick"));
  }
  if (table.get("unit") != nullptr) {
    constexpr std::string_view units = "s, min, h, d, w, mo or y, in quotes: what one unit of the record's numbers is";
    const std::optional<TimeUnit> unit = time_unit_named(table.text("unit", units));
    if (!unit) table.wrong("unit", std::string(units));
    model.clock.unit = *unit;
    model.clock.unit_where = table.place(*table.get("unit"));
  }
  if (const toml::node* from = table.get("observe_from")) {
    const auto number = from->value<double>();
    model.clock.observe_from = {
        number ? fmt::format("{}", *number) : table.text("observe_from", "a date in quotes, or a number"),
        number ? table.place(*from) : text_place(*from, file, text)};
  }
  if (table.get("present") != nullptr)
    model.clock.from_the_start = table.choice<bool>("present", {{"from-first-event", false}, {"from-the-start", true}});
}

}  // namespace

HazardKind read_hazard_kind(const TomlTable& table) {
  std::vector<std::pair<std::string, HazardKind>> kinds;
  for (const HazardKind kind :
       {HazardKind::tie, HazardKind::end, HazardKind::start, HazardKind::rate, HazardKind::choice})
    kinds.emplace_back(to_string(kind), kind);
  return table.choice<HazardKind>("kind", kinds);
}

ModelSpec parse_model(std::string_view text, const std::string& name) {
  const toml::table root = parse_toml(text, name);
  const TomlTable table(root, name, "", {"clock", "traces", "terms", "hazards", "layers", "missing", "directed"});
  ModelSpec model{.path = name};
  const auto sub_table = [&](const char* key) -> const toml::table* {
    if (table.get(key) == nullptr) return nullptr;
    if (!table.get(key)->is_table()) table.wrong(key, "a table");
    return table.get(key)->as_table();
  };
  if (const toml::table* clock = sub_table("clock")) read_clock(*clock, name, text, model);
  if (table.get("directed") != nullptr) {
    const auto* directed = table.get("directed")->as_boolean();
    if (directed == nullptr) table.wrong("directed", "true or false");
    model.directed = directed->get();
  }
  if (const toml::table* traces = sub_table("traces"))
    for (const auto& [trace, toml] : TomlTable(*traces, name, "traces", keys_of(*traces)).tables())
      model.traces.push_back(read_trace(trace, *toml, name));
  if (const toml::table* terms = sub_table("terms")) model.terms = read_terms(*terms, name, text);
  if (const toml::table* hazards = sub_table("hazards"))
    for (const auto& [hazard, toml] : TomlTable(*hazards, name, "hazards", keys_of(*hazards)).tables())
      model.hazards.push_back(read_hazard(hazard, *toml, name, text));
  if (const toml::table* layers = sub_table("layers"))
    for (const auto& [layer, toml] :
         TomlTable(*layers, name, "layers", {coupling_order.begin(), coupling_order.end()}).tables())
      model.layers.push_back(read_layer(layer, *toml, name));
  if (const toml::table* missing = sub_table("missing")) model.missing = read_missing(*missing, name);
  if (model.hazards.empty())
    throw Error(
        {.what = "the model has no hazards", .where = {.file = name}, .expected = "at least one [hazards.NAME] table"});
  return model;
}

ModelSpec read_model(const std::string& path) {
  return parse_model(read_toml(path, "a model", "a TOML file such as model.toml"), path);
}

}  // namespace detente
