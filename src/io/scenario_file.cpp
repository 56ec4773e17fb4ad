#include "io/scenario_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "io/layer_table.hpp"
#include "io/model_file.hpp"
#include "layers/coupling.hpp"

namespace detente {
namespace {

const Names top_keys{"title",      "record",       "model", "start",       "horizon", "tick",          "actors",
                     "replicates", "seed",         "watch", "sentiment",   "publics", "organizations", "arena",
                     "branch",     "intervention", "sweep", "sensitivity", "new_ties"};
const Names deed_keys{"at",    "until", "cut",       "ending", "start",  "kind",
                      "event", "type",  "intensity", "forbid", "hazard", "set"};

// A horizon of no tick, or of more than a run could end.
void check_ticks(const Scenario& scenario, const Place& where) {
  const double ticks = scenario.horizon / scenario.tick;
  if (ticks <= most_ticks_of_world && ticks >= 0.5) return;  // rounded to whole ticks
  throw Error({.what = ticks < 0.5 ? "the horizon is shorter than a tick" : "the horizon is too long to simulate",
               .where = where,
               .got = fmt::format("{:.6g} ticks", ticks),
               .expected = fmt::format("1 to {} ticks", most_ticks_of_world)});
}

class ScenarioReader {
 public:
  ScenarioReader(const toml::table& table, const std::string& path, LayersOfModel layers_of)
      : path_(path), root_(table, path, "", top_keys), layers_of_(std::move(layers_of)) {}

  Scenario read() {
    scenario_.path = path_;
    read_head();
    read_layers();
    scenario_.interventions = read_interventions(root_.get("intervention"));
    read_branches();
    read_sweep();
    read_sensitivity();
    return std::move(scenario_);
  }

 private:
  [[nodiscard]] Place place(const toml::node& node) const { return root_.place(node); }

  [[noreturn]] void wrong(const toml::node& node, std::string what, std::string expected, std::string hint = "") const {
    throw Error(
        {.what = std::move(what), .where = place(node), .expected = std::move(expected), .hint = std::move(hint)});
  }

  void read_head() {
    if (root_.get("title")) scenario_.title = root_.text("title", "text in quotes");
    if (root_.get("record")) scenario_.record = beside(path_, root_.text("record", "the path of a record"));
    if (root_.get("model")) scenario_.model = beside(path_, root_.text("model", "the path of a model file"));
    if (scenario_.record.empty() != scenario_.model.empty())
      throw Error({.what = "record and model go together: leaders' events need both",
                   .where = {.file = path_},
                   .hint = "leave both out to run the layers alone"});
    scenario_.clock = scenario_.record.empty() ? Clock::number : Clock::calendar;
    if (const toml::node* start = root_.get("start"))
      scenario_.start = date(*start, "start");
    else if (!scenario_.record.empty())
      throw Error({.what = "a scenario with a record says from when: start is missing",
                   .where = {.file = path_},
                   .expected = "start = \"2025-01-22\": the last day that is known"});
    if (root_.get("horizon") == nullptr)
      throw Error({.what = "horizon is missing", .where = {.file = path_}, .expected = "horizon = \"180d\""});
    scenario_.horizon = root_.days("horizon");
    if (root_.get("tick")) scenario_.tick = root_.days("tick");
    check_ticks(scenario_, place(*root_.get("horizon")));
    scenario_.replicates = whole("replicates", scenario_.replicates, 1);
    scenario_.seed = whole("seed", scenario_.seed, 0);
    scenario_.actors = root_.words("actors", {});
    scenario_.watch = root_.words("watch", {});
    if (const toml::node* given = root_.get("new_ties")) {
      if (!given->is_boolean()) root_.wrong("new_ties", "true or false");
      scenario_.new_ties = given->as_boolean()->get();
    }
    if (!scenario_.record.empty() && root_.get("actors") != nullptr)
      wrong(*root_.get("actors"), "actors are those of the record", "no actors = [...] beside a record");
  }

  template <class Whole>
  Whole whole(std::string_view key, Whole fallback, std::int64_t least) const {
    const toml::node* node = root_.get(key);
    if (node == nullptr) return fallback;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < least) root_.wrong(key, fmt::format("a whole number, {} or more", least));
    return static_cast<Whole>(*value);
  }

  Time date(const toml::node& node, std::string_view key) const {
    if (scenario_.clock == Clock::number) {
      if (const auto number = node.value<double>(); number && std::isfinite(*number)) return *number;
      if (const auto* text = node.as_string())
        if (const auto days = duration_on(text->get(), 1)) return *days;
      wrong(node, fmt::format("'{}' cannot be that", key), "a day of the scenario's own clock, such as 30 or \"30d\"");
    }
    if (const auto* text = node.as_string())
      if (const auto time = parse_time(text->get(), Clock::calendar)) return std::floor(time->time);
    if (const auto* day = node.as_date())
      return static_cast<double>(days_from_civil(day->get().year, day->get().month, day->get().day));
    wrong(node, fmt::format("'{}' is no date", key), "a date such as \"2025-01-23\"");
  }

  void read_layers() {
    for (const std::string_view layer : coupling_order) {
      const toml::node* node = root_.get(layer);
      if (node == nullptr) continue;
      if (!node->is_table()) wrong(*node, fmt::format("'{}' is no table", layer), fmt::format("[{}]", layer));
      scenario_.layers.push_back(read_layer(layer, *node->as_table(), path_));
    }
    if (layers_of_ && !scenario_.model.empty()) adopt_layers(scenario_, layers_of_(scenario_.model));
  }

  std::vector<Intervention> read_interventions(const toml::node* node) const {
    std::vector<Intervention> all;
    if (node == nullptr) return all;
    const auto* list = node->as_array();
    if (list == nullptr) wrong(*node, "interventions stand in [[intervention]]", "[[intervention]]");
    for (const toml::node& one : *list) {
      if (!one.is_table()) wrong(one, "an intervention is a table", "[[intervention]]");
      all.push_back(read_intervention(*one.as_table()));
    }
    return all;
  }

  Intervention read_intervention(const toml::table& table) const {
    const TomlTable keys(table, path_, "intervention", deed_keys);
    Intervention one;
    one.where = place(table);
    if (keys.get("at") == nullptr) wrong(table, "an intervention says when: at is missing", "at = a date");
    one.at = date(*keys.get("at"), "at");
    if (keys.get("until") != nullptr) {
      one.until = date(*keys.get("until"), "until");
      if (one.until < one.at) wrong(*keys.get("until"), "'until' is before 'at'", "a date not before at");
    }
    const Names deeds{"cut", "start", "event", "forbid", "set"};
    const auto given = [&](const std::string& deed) { return keys.get(deed) != nullptr; };
    if (std::count_if(deeds.begin(), deeds.end(), given) != 1)
      wrong(table, "an intervention does one thing", fmt::format("one of the keys {}", fmt::join(deeds, ", ")));
    if (given("set")) {
      read_set(keys, one);
      return one;
    }
    using Key = std::pair<std::string_view, Deed>;
    const auto [key, deed] = given("cut")     ? Key{"cut", Deed::cut}
                             : given("start") ? Key{"start", Deed::start}
                             : given("event") ? Key{"event", Deed::event}
                                              : Key{"forbid", Deed::forbid};
    one.deed = deed;
    const Names who = keys.words(key, {});
    if (who.size() != 2 && !(one.deed == Deed::forbid && who.size() == 1))
      keys.wrong(key, "two actors: [\"trump\", \"musk\"]");
    one.one = who[0];
    one.other = who.size() == 2 ? who[1] : "";
    if (one.deed == Deed::start) {
      if (who[0] == who[1]) keys.wrong("start", "two actors that differ");
      if (keys.get("kind") == nullptr) wrong(table, "a tie that starts is of a kind", "kind = \"alliance\"");
    }
    if (keys.get("kind")) one.what = keys.text("kind", "the kind of tie that starts");
    if (keys.get("ending")) one.what = keys.text("ending", "the ending: \"exit\" or \"rupture\"");
    if (keys.get("type")) one.what = keys.text("type", "the code of a type of event");
    if (keys.get("hazard")) one.what = keys.text("hazard", "the name of a hazard of events");
    if (keys.get("intensity")) {
      const auto number = keys.get("intensity")->value<double>();
      if (!number || std::abs(*number) > 10) keys.wrong("intensity", "a number from -10 to 10");
      one.intensity = *number;
    }
    return one;
  }

  void read_set(const TomlTable& keys, Intervention& one) const {
    one.deed = Deed::set;
    const auto* table = keys.get("set")->as_table();
    if (table == nullptr || table->size() != 1) keys.wrong("set", "one setting: set = { publics.cue_gain = 0 }");
    const auto layer = table->begin();
    const auto* settings = layer->second.as_table();
    if (settings == nullptr || settings->size() != 1) keys.wrong("set", "one setting: set = { publics.cue_gain = 0 }");
    const auto setting = settings->begin();
    const auto number = setting->second.value<double>();
    if (!number) keys.wrong("set", "a number");
    one.layer = layer->first.str();
    one.setting = setting->first.str();
    one.value = *number;
  }

  void read_branches() {
    const toml::node* node = root_.get("branch");
    if (node == nullptr) return;
    if (!node->is_table()) wrong(*node, "branches have names", "[branch.NAME]");
    for (const auto& [name, inner] : *node->as_table()) {
      if (!inner.is_table()) wrong(inner, "a branch is a table", "[branch.NAME]");
      const TomlTable keys(*inner.as_table(), path_, fmt::format("branch.{}", name.str()),
                           {"title", "intervention", "set"});
      Branch branch{.name = std::string(name.str()), .title = std::string(name.str())};
      if (keys.get("title")) branch.title = keys.text("title", "text in quotes");
      branch.interventions = read_interventions(keys.get("intervention"));
      if (const toml::node* set = keys.get("set")) read_branch_settings(*set, branch);
      scenario_.branches.push_back(std::move(branch));
    }
  }

  void read_branch_settings(const toml::node& node, Branch& branch) const {
    if (!node.is_table()) wrong(node, "settings of a branch stand by layer", "[branch.NAME.set.publics]");
    for (const auto& [layer, inner] : *node.as_table()) {
      if (!inner.is_table()) wrong(inner, "settings of a branch stand by layer", "publics.cue_gain = 0");
      for (const auto& [key, value] : *inner.as_table()) {
        (void)find_setting(scenario_, std::string(layer.str()), std::string(key.str()), place(value));
        branch.settings.emplace_back(std::string(layer.str()),
                                     std::pair(std::string(key.str()), read_setting(value, path_)));
      }
    }
  }

  void read_sweep() {
    const toml::node* node = root_.get("sweep");
    if (node == nullptr) return;
    if (!node->is_table()) wrong(*node, "'sweep' is no table", "[sweep]");
    const TomlTable keys(*node->as_table(), path_, "sweep", {"branch", "dates", "setting", "values"});
    Sweep& sweep = scenario_.sweep;
    sweep.where = place(*node);
    if (keys.get("branch")) sweep.branch = keys.text("branch", "the name of a branch");
    if (const toml::node* dates = keys.get("dates")) {
      if (!dates->is_array() || sweep.branch.empty()) keys.wrong("dates", "a list of dates, with branch = its name");
      for (const toml::node& one : *dates->as_array()) sweep.dates.push_back(date(one, "dates"));
    }
    if (keys.get("setting")) {
      split(keys.text("setting", "\"layer.setting\""), *keys.get("setting"), sweep.layer, sweep.setting);
      if (keys.get("values") == nullptr) keys.wrong("setting", "values = [...] beside it");
      for (const double value : numbers(*keys.get("values"))) sweep.values.push_back(value);
    }
    if (sweep.dates.empty() == sweep.values.empty())
      wrong(*node, "a sweep goes over dates or over a setting", "dates = [...], or setting and values");
  }

  std::vector<double> numbers(const toml::node& node) const {
    const Setting list = read_setting(node, path_);
    const auto* values = std::get_if<std::vector<double>>(&list.value);
    if (values == nullptr) wrong(node, "this is no list of numbers", "[0.1, 0.2]");
    return *values;
  }

  void split(const std::string& text, const toml::node& node, std::string& layer, std::string& key) const {
    const std::size_t dot = text.find('.');
    layer = text.substr(0, dot);
    key = dot == std::string::npos ? "" : text.substr(dot + 1);
    (void)find_setting(scenario_, layer, key, place(node));
  }

  void read_sensitivity() {
    const toml::node* node = root_.get("sensitivity");
    if (node == nullptr) return;
    if (!node->is_table()) wrong(*node, "'sensitivity' is no table", "[sensitivity]");
    const TomlTable keys(*node->as_table(), path_, "sensitivity",
                         {"method", "samples", "replicates", "read_outs", "ranges"});
    SensitivitySpec& spec = scenario_.sensitivity;
    spec.where = place(*node);
    spec.method = keys.choice<std::string>("method", {{"morris", "morris"}, {"sobol", "sobol"}});
    const auto count = [&](std::string_view key, std::size_t& value) {
      if (keys.get(key) == nullptr) return;
      const auto number = keys.get(key)->value_exact<std::int64_t>();
      if (!number || *number < 2) keys.wrong(key, "a whole number, 2 or more");
      value = static_cast<std::size_t>(*number);
    };
    count("samples", spec.samples);
    count("replicates", spec.replicates);
    spec.read_outs = keys.words("read_outs", {});
    const toml::node* ranges = keys.get("ranges");
    if (spec.read_outs.empty() || ranges == nullptr || !ranges->is_table())
      wrong(*node, "[sensitivity] says of what and over which ranges",
            "read_outs = [...] and [sensitivity.ranges] with \"layer.setting\" = [least, most]");
    for (const auto& [key, value] : *ranges->as_table()) {
      SensitivityRange range{};
      split(std::string(key.str()), value, range.layer, range.setting);
      const std::vector<double> ends = numbers(value);
      if (ends.size() != 2 || !(ends[0] < ends[1])) wrong(value, "this is no range", "[least, most]");
      range.least = ends[0];
      range.most = ends[1];
      spec.ranges.push_back(std::move(range));
    }
  }

  std::string path_;
  TomlTable root_;
  LayersOfModel layers_of_;
  Scenario scenario_;
};

}  // namespace

Scenario parse_scenario(std::string_view text, const std::string& path, const LayersOfModel& layers_of) {
  const toml::table table = parse_toml(text, path);
  return ScenarioReader(table, path, layers_of).read();
}

Scenario read_scenario(const std::string& path) {
  return parse_scenario(read_toml(path, "a scenario", "a scenario file: TOML"), path,
                        [](const std::string& model) { return read_model(model).layers; });
}

void apply_set(Scenario& scenario, const std::string& text) {
  const Place where{.file = "--set"};
  const std::size_t equals = text.find('=');
  const std::string name = text.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  const std::size_t dot = name.find('.');
  if (value.empty())
    throw Error({.what = fmt::format("'{}' says no value", printable(text)),
                 .where = where,
                 .expected = "layer.setting=value, horizon=180d, tick=1d or new_ties=false"});
  if (name == "horizon" || name == "tick") {
    const auto days = duration_on(value, 1);
    if (!days) {
      const DurationAdvice advice = duration_advice(value, 1);
      throw Error({.what = fmt::format("'{}' is no duration", printable(value)),
                   .where = where,
                   .expected = advice.expected,
                   .hint = advice.hint});
    }
    (name == "horizon" ? scenario.horizon : scenario.tick) = *days;
    check_ticks(scenario, where);
    return;
  }
  if (name == "new_ties") {
    if (value != "true" && value != "false")
      throw Error({.what = fmt::format("'{}' is neither true nor false", printable(value)),
                   .where = where,
                   .expected = "new_ties=false"});
    scenario.new_ties = value == "true";
    return;
  }
  if (dot == std::string::npos)
    throw Error({.what = fmt::format("'{}' is no setting of a layer", printable(name)),
                 .where = where,
                 .expected = "layer.setting=value, horizon=180d, tick=1d or new_ties=false",
                 .hint = name == "seed" || name == "replicates" ? fmt::format("use --{}", name) : ""});
  const std::string layer = name.substr(0, dot);
  const std::string key = name.substr(dot + 1);
  set_setting(scenario, layer, key, parse_setting(value, find_setting(scenario, layer, key, where), where));
}

}  // namespace detente
