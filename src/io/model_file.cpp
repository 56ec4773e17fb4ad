#include "io/model_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include "io/dyad_file.hpp"

namespace detente {
namespace {

using Names = std::vector<std::string>;

constexpr std::int64_t most_controls = 10'000;

// A TOML table whose keys are all known, with the place of each value.
class Table {
 public:
  Table(const toml::table& table, std::string file, std::string name, const Names& known)
      : table_(table), file_(std::move(file)), name_(std::move(name)) {
    for (const auto& [key, value] : table_) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      const std::string near = closest(key.str(), known);
      throw Error({.what = fmt::format("unknown key '{}'{}", printable(key.str()), in_table()),
                   .where = place(value),
                   .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                   .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
    }
  }

  [[nodiscard]] Place place(const toml::node& node) const {
    return {file_, node.source().begin.line, node.source().begin.column};
  }

  [[nodiscard]] const toml::node* get(std::string_view key) const { return table_.get(key); }

  [[noreturn]] void wrong(std::string_view key, std::string expected) const {
    throw Error({.what = fmt::format("cannot use the value of '{}'{}", key, in_table()),
                 .where = place(*get(key)),
                 .expected = std::move(expected)});
  }

  [[noreturn]] void not_for(std::string_view key, std::string_view kind, std::string hint = "remove it") const {
    throw Error({.what = fmt::format("the key '{}'{} does not go with kind = \"{}\"", key, in_table(), kind),
                 .where = place(*get(key)),
                 .hint = std::move(hint)});
  }

  [[nodiscard]] std::string text(std::string_view key, std::string_view expected) const {
    const auto* value = get(key)->as_string();
    if (value == nullptr) wrong(key, std::string(expected));
    return value->get();
  }

  // One word or a list of words.
  [[nodiscard]] Names words(std::string_view key, Names fallback) const {
    if (get(key) == nullptr) return fallback;
    if (const auto* one = get(key)->as_string()) return {one->get()};
    const auto* list = get(key)->as_array();
    if (list == nullptr) wrong(key, "a word, or a list of words");
    Names words;
    for (const toml::node& item : *list) {
      if (!item.is_string()) wrong(key, "a list of words");
      words.push_back(item.as_string()->get());
    }
    return words;
  }

  [[nodiscard]] double duration(std::string_view key) const {
    if (const auto* value = get(key)->as_string())
      if (const auto duration = parse_duration(value->get())) return *duration;
    if (const auto number = get(key)->value<double>(); number && *number > 0) return *number;
    wrong(key, "a positive duration such as \"90d\", \"12h\", \"6m\" or \"2y\"");
  }

  template <class Choice>
  [[nodiscard]] Choice choice(std::string_view key, const std::vector<std::pair<std::string, Choice>>& choices) const {
    if (get(key) == nullptr) return choices.front().second;
    Names names;
    for (const auto& [name, value] : choices) names.push_back(name);
    const std::string expected = fmt::format("one of: {}", fmt::join(names, ", "));
    const std::string given = text(key, expected);
    for (const auto& [name, value] : choices)
      if (name == given) return value;
    wrong(key, expected);
  }

  // Sub-tables by name, in the order of the file.
  [[nodiscard]] std::vector<std::pair<std::string, const toml::table*>> tables() const {
    std::vector<std::pair<std::string, const toml::table*>> found;
    for (const auto& [key, value] : table_) {
      if (!value.is_table()) wrong(key.str(), "a table");
      found.emplace_back(key.str(), value.as_table());
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      const auto at = [](const toml::table* t) { return std::pair(t->source().begin.line, t->source().begin.column); };
      return at(a.second) < at(b.second);
    });
    return found;
  }

 private:
  [[nodiscard]] std::string in_table() const { return name_.empty() ? "" : fmt::format(" in [{}]", name_); }

  const toml::table& table_;
  std::string file_;
  std::string name_;
};

Names keys_of(const toml::table& table) {
  Names keys;
  for (const auto& [key, value] : table) keys.emplace_back(key.str());
  return keys;
}

TraceText read_trace(const std::string& name, const toml::table& toml, const std::string& file) {
  const Table table(toml, file, "traces." + name, {"events", "halflife", "window", "weight"});
  TraceText trace{.name = name, .events = table.words("events", {"all"}), .where = {file, toml.source().begin.line, 0}};
  if (table.get("halflife") != nullptr && table.get("window") != nullptr)
    table.wrong("window", "a half-life or a window, not both");
  if (table.get("halflife") != nullptr) {
    trace.fade = Fade::half_life;
    trace.span = table.duration("halflife");
  } else if (table.get("window") != nullptr) {
    trace.fade = Fade::window;
    trace.span = table.duration("window");
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

// Names of terms, in the order of the file.
std::vector<NamedTerm> read_terms(const toml::table& toml, const std::string& file, std::string_view model) {
  const Table table(toml, file, "terms", keys_of(toml));
  std::vector<NamedTerm> terms;
  for (const auto& [key, value] : toml) {
    const std::string name(key.str());
    terms.push_back({name, {table.text(name, "a formula in quotes"), text_place(value, file, model)}});
  }
  std::sort(terms.begin(), terms.end(), [](const NamedTerm& a, const NamedTerm& b) {
    return std::pair(a.formula.where.line, a.formula.where.column) <
           std::pair(b.formula.where.line, b.formula.where.column);
  });
  return terms;
}

Sampling read_sampling(const Table& table, const std::string& file) {
  const auto controls = table.get("controls")->value_exact<std::int64_t>();
  if (!controls || *controls < 1 || *controls > most_controls)
    table.wrong("controls", "a whole number from 1 to 10000: how many are drawn for each event");
  Sampling sampling{static_cast<std::size_t>(*controls)};
  sampling.where = {file, table.get("controls")->source().begin.line, table.get("controls")->source().begin.column};
  sampling.design = table.choice<SamplingDesign>(
      "sampling", {{"uniform", SamplingDesign::uniform}, {"activity", SamplingDesign::activity}});
  return sampling;
}

// Which keys go with which kind of hazard.
void check_keys(const Table& table, const HazardText& hazard) {
  const auto refuse = [&](const char* kind, const Names& keys) {
    for (const std::string& key : keys)
      if (table.get(key) != nullptr) table.not_for(key, kind);
  };
  switch (hazard.kind) {
    case HazardKind::tie: return refuse("tie", {"ties", "endings", "pairs", "baseline", "age_cuts"});
    case HazardKind::end:
      refuse("end", {"timing", "events", "controls", "sampling", "pairs"});
      if (table.get("at_risk") != nullptr)
        table.not_for("at_risk", "end", "the ties at risk are those of the kinds in ties = [...]");
      if (hazard.baseline != EndBaseline::cox && table.get("simultaneous") != nullptr)
        table.not_for("simultaneous", "end", "it is for baseline = \"cox\"");
      return;
    case HazardKind::start:
      refuse("start", {"timing", "events", "controls", "sampling", "simultaneous"});
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
  const Table table(toml, file, "hazards." + name,
                    {"kind", "timing", "simultaneous", "events", "at_risk", "ties", "endings", "pairs", "baseline",
                     "age_cuts", "effects", "prior", "controls", "sampling"});
  HazardText hazard{.name = name, .where = {file, toml.source().begin.line, 0}};
  if (table.get("events") != nullptr) hazard.where.line = table.get("events")->source().begin.line;
  hazard.kind = table.choice<HazardKind>(
      "kind", {{"tie", HazardKind::tie}, {"end", HazardKind::end}, {"start", HazardKind::start}});
  hazard.timing = table.choice<Timing>("timing", {{"exact", Timing::exact}, {"ordinal", Timing::ordinal}});
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
  hazard.events = table.words("events", {"all"});
  hazard.ties = table.words("ties", {"cooperative"});
  hazard.endings = table.words("endings", {"rupture"});
  hazard.pairs = table.choice<PairsAtRisk>(
      "pairs", {{"met", PairsAtRisk::met}, {"ruptured", PairsAtRisk::ruptured}, {"all", PairsAtRisk::all}});
  for (const std::string& cut : table.words("age_cuts", {})) {
    const auto age = parse_duration(cut);
    if (!age) table.wrong("age_cuts", "a list of durations such as [\"180d\", \"2y\"]");
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

ModelSpec parse_model(std::string_view text, const std::string& name) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error({.what = fmt::format("not valid TOML: {}", error.description()),
                 .where = {name, error.source().begin.line, error.source().begin.column}});
  }
  const Table table(root, name, "", {"clock", "traces", "terms", "hazards", "directed"});
  ModelSpec model{.path = name};
  const auto sub_table = [&](const char* key) -> const toml::table* {
    if (table.get(key) == nullptr) return nullptr;
    if (!table.get(key)->is_table()) table.wrong(key, "a table");
    return table.get(key)->as_table();
  };
  if (const toml::table* clock = sub_table("clock")) {
    const Table clock_table(*clock, name, "clock", {"tick"});
    if (clock_table.get("tick") != nullptr) model.tick = clock_table.duration("tick");
  }
  if (table.get("directed") != nullptr) {
    const auto* directed = table.get("directed")->as_boolean();
    if (directed == nullptr) table.wrong("directed", "true or false");
    model.directed = directed->get();
  }
  if (const toml::table* traces = sub_table("traces"))
    for (const auto& [trace, toml] : Table(*traces, name, "traces", keys_of(*traces)).tables())
      model.traces.push_back(read_trace(trace, *toml, name));
  if (const toml::table* terms = sub_table("terms")) model.terms = read_terms(*terms, name, text);
  if (const toml::table* hazards = sub_table("hazards"))
    for (const auto& [hazard, toml] : Table(*hazards, name, "hazards", keys_of(*hazards)).tables())
      model.hazards.push_back(read_hazard(hazard, *toml, name, text));
  if (model.hazards.empty())
    throw Error(
        {.what = "the model has no hazards", .where = {.file = name}, .expected = "at least one [hazards.NAME] table"});
  return model;
}

ModelSpec read_model(const std::string& path) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored))
    throw Error({.what = "this is a folder, not a model",
                 .where = {.file = path},
                 .expected = "a TOML file such as model.toml"});
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || file.bad())
    throw Error({.what = fmt::format("cannot read the model: {}", std::strerror(errno == 0 ? EISDIR : errno)),
                 .where = {.file = path}});
  return parse_model(text.str(), path);
}

}  // namespace detente
