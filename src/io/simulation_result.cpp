#include "io/simulation_result.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "io/csv_cell.hpp"
#include "layers/catalogue.hpp"

namespace detente {
namespace {

constexpr std::size_t most_moments = 400;  // of a picture
constexpr std::size_t most_acts = 5000;
constexpr std::size_t most_names = 1000;

constexpr ReadOutDoc leader_read_outs[] = {
    {"events", "events", "simulated so far, by hazard"},
    {"rupture", "probability", "that the tie has ruptured by then"},
    {"starts", "ties", "that have started so far, by hazard"},
    {"new_ruptures", "ties", "that started and are expected to have ruptured by then"},
};

// All moments, or as many of them as a picture can show, the last among them.
std::vector<std::size_t> shown_moments(std::size_t moments) {
  std::vector<std::size_t> shown;
  const std::size_t every = (moments + most_moments - 1) / most_moments;
  for (std::size_t k = 0; k < moments; k += every) shown.push_back(k);
  if (shown.back() + 1 != moments) shown.push_back(moments - 1);
  return shown;
}

std::string layer_of(const std::string& name) { return name.substr(0, name.find('.')); }

using BandAt = std::function<Band(std::size_t moment, std::size_t read_out)>;

Json bands_json(const std::vector<std::size_t>& moments, std::size_t read_out, const BandAt& at) {
  Json mean = Json::array();
  Json error = Json::array();
  Json low95 = Json::array();
  Json low80 = Json::array();
  Json low50 = Json::array();
  Json median = Json::array();
  Json high50 = Json::array();
  Json high80 = Json::array();
  Json high95 = Json::array();
  for (const std::size_t moment : moments) {
    const Band b = at(moment, read_out);
    mean.push_back(number_or_null(b.mean));
    error.push_back(number_or_null(b.error));
    low95.push_back(number_or_null(b.low95));
    low80.push_back(number_or_null(b.low80));
    low50.push_back(number_or_null(b.low50));
    median.push_back(number_or_null(b.median));
    high50.push_back(number_or_null(b.high50));
    high80.push_back(number_or_null(b.high80));
    high95.push_back(number_or_null(b.high95));
  }
  return {{"mean", mean},     {"error", error},   {"low95", low95},   {"low80", low80},  {"low50", low50},
          {"median", median}, {"high50", high50}, {"high80", high80}, {"high95", high95}};
}

Json read_outs_json(const Scenario& scenario, const SimulationRun& run, const BandAt& at) {
  const std::vector<std::size_t> moments = shown_moments(run.times.size());
  Json list = Json::array();
  for (std::size_t k = 0; k < run.names.size(); ++k) {
    const ReadOutDoc* doc = describe_read_out(scenario, run.names[k]);
    Json one{{"name", run.names[k]},
             {"layer", layer_of(run.names[k])},
             {"unit", doc == nullptr ? Json() : Json(std::string(doc->unit))},
             {"meaning", doc == nullptr ? Json() : Json(std::string(doc->meaning))}};
    one.update(bands_json(moments, k, at));
    list.push_back(std::move(one));
  }
  return list;
}

Json layers_json(const Scenario& scenario) {
  Json list = Json::array();
  for (const LayerSpec& spec : scenario.layers) {
    const LayerDoc& doc = *find_layer(spec.layer, spec.model, spec.where).doc;
    list.push_back({{"layer", std::string(doc.layer)},
                    {"model", std::string(doc.model)},
                    {"summary", std::string(doc.summary)},
                    {"equation", std::string(doc.equation)},
                    {"source", std::string(doc.source)},
                    {"time", std::string(doc.time)},
                    {"hypothesis", doc.hypothesis.empty() ? Json() : Json(std::string(doc.hypothesis))}});
  }
  return list;
}

std::vector<std::string> named_in_layers(const Scenario& scenario) {
  std::vector<std::string> all;
  for (const LayerSpec& spec : scenario.layers)
    for (const auto& [key, setting] : spec.settings) {
      if (const auto* word = std::get_if<std::string>(&setting.value)) all.push_back(*word);
      if (const auto* words = std::get_if<std::vector<std::string>>(&setting.value))
        all.insert(all.end(), words->begin(), words->end());
    }
  return all;
}

Json happenings_json(const WorldStart& start, const SimulationRun& run) {
  const auto name = [&](ActorId actor) {
    return actor < start.cast().actors.size() ? Json(start.cast().actors[actor]) : Json();
  };
  Json list = Json::array();
  for (const HappeningSummary& one : happenings_of(run))
    list.push_back({{"what", one.what},
                    {"who", name(one.who)},
                    {"whom", name(one.whom)},
                    {"replicates", one.first.size()},
                    {"share", one.share(run)},
                    {"median_time", format_time(band_of(one.first).median, start.scenario().clock)}});
  return list;
}

Json acts_json(const WorldStart& start, const SimulationRun& run) {
  Json list = Json::array();
  if (!start.has_leaders()) return list;
  const Record& record = start.path().record();
  for (std::size_t k = 0; k < std::min(run.acts.size(), most_acts); ++k) {
    const Event& event = run.acts[k].event;
    list.push_back({{"time", event.time},
                    {"date", format_time(event.time, record.clock)},
                    {"sender", record.actors[event.sender].id},
                    {"receiver", record.actors[event.receiver].id},
                    {"hazard", start.path().model().hazards[run.acts[k].hazard].name},
                    {"type", record.types[event.type].code},
                    {"intensity", event.intensity}});
  }
  return list;
}

// Of those whom the result speaks of by id: all who take part, or of a large record only those with an act, a tie or a layer.
Json names_json(const WorldStart& start, const SimulationRun& run) {
  Json names = Json::object();
  if (!start.has_leaders()) return names;
  const Record& record = start.path().record();
  std::vector<bool> spoken_of(record.actors.size(), record.actors.size() <= most_names);
  const auto add = [&](ActorId actor) {
    if (actor < spoken_of.size()) spoken_of[actor] = true;
  };
  for (std::size_t k = 0; k < std::min(run.acts.size(), most_acts); ++k) {
    add(run.acts[k].event.sender);
    add(run.acts[k].event.receiver);
  }
  for (const HappeningSummary& one : happenings_of(run)) {
    add(one.who);
    add(one.whom);
  }
  for (const std::string& id : named_in_layers(start.scenario()))
    add(static_cast<ActorId>(std::find(start.cast().actors.begin(), start.cast().actors.end(), id) -
                             start.cast().actors.begin()));
  for (ActorId actor = 0; actor < spoken_of.size(); ++actor)
    if (spoken_of[actor] && !record.actors[actor].name.empty())
      names[record.actors[actor].id] = record.actors[actor].name;
  return names;
}

Json times_json(const Scenario& scenario, const SimulationRun& run) {
  Json list = Json::array();
  for (const std::size_t moment : shown_moments(run.times.size()))
    list.push_back(scenario.clock == Clock::calendar ? Json(format_time(run.times[moment], scenario.clock))
                                                     : Json(run.times[moment]));
  return list;
}

Json head_json(const WorldStart& start, const SimulationRun& run) {
  const Scenario& scenario = start.scenario();
  return {{"title", scenario.title},
          {"scenario", scenario.path},
          {"clock", scenario.clock == Clock::calendar ? "calendar" : "number"},
          {"horizon", scenario.horizon},
          {"tick", scenario.tick},
          {"seed", scenario.seed},
          {"first_replicate", run.first},
          {"replicates", run.paths.size()},
          {"watch", scenario.watch},
          {"new_ties", start.has_leaders() && start.path().starts().any()},
          {"notes", start.notes()},
          {"names", names_json(start, run)},
          {"layers", layers_json(scenario)},
          {"ends",
           scenario.clock == Clock::calendar ? Json(format_time(start.ends(), scenario.clock)) : Json(start.ends())},
          {"times", times_json(scenario, run)}};
}

}  // namespace

const ReadOutDoc* describe_read_out(const Scenario& scenario, const std::string& name) {
  const std::size_t dot = name.find('.');
  const std::string layer = name.substr(0, dot);
  const std::string own =
      name.substr(dot + 1, name.find(':') == std::string::npos ? std::string::npos : name.find(':') - dot - 1);
  std::span<const ReadOutDoc> docs;
  if (layer == "leaders") docs = leader_read_outs;
  for (const LayerSpec& spec : scenario.layers)
    if (spec.layer == layer) docs = find_layer(spec.layer, spec.model, spec.where).doc->read_outs;
  const auto found = std::find_if(docs.begin(), docs.end(), [&](const ReadOutDoc& doc) { return doc.name == own; });
  return found == docs.end() ? nullptr : &*found;
}

Json simulation_json(const WorldStart& start, const SimulationRun& run) {
  Json json = head_json(start, run);
  json["hash"] = run.hash();
  json["exploded"] = run.exploded();
  json["read_outs"] =
      read_outs_json(start.scenario(), run, [&](std::size_t moment, std::size_t k) { return band(run, moment, k); });
  json["happenings"] = happenings_json(start, run);
  json["acts"] = acts_json(start, run);
  return json;
}

Json whatif_json(const WorldStart& start, const WhatIf& result) {
  const SimulationRun& base = result.branches.front().run;
  Json json = head_json(start, base);
  json["branches"] = Json::array();
  for (const BranchRun& branch : result.branches) {
    Json one{{"name", branch.name},
             {"title", branch.title},
             {"hash", branch.run.hash()},
             {"exploded", branch.run.exploded()},
             {"happenings", happenings_json(start, branch.run)},
             {"read_outs", read_outs_json(start.scenario(), branch.run, [&](std::size_t moment, std::size_t k) {
                return band(branch.run, moment, k);
              })}};
    one["difference"] = &branch == &result.branches.front()
                            ? Json()
                            : read_outs_json(start.scenario(), branch.run, [&](std::size_t moment, std::size_t k) {
                                return difference(branch.run, base, moment, k);
                              });
    json["branches"].push_back(std::move(one));
  }
  json["sweep"] = Json();
  if (!result.sweep.empty()) {
    const Sweep& sweep = start.scenario().sweep;
    Json points = Json::array();
    for (const SweepPoint& point : result.sweep) {
      Json ends = Json::array();
      for (std::size_t k = 0; k < point.ends.size(); ++k)
        ends.push_back({{"name", base.names[k]},
                        {"mean", number_or_null(point.ends[k].mean)},
                        {"error", number_or_null(point.ends[k].error)},
                        {"low80", number_or_null(point.ends[k].low80)},
                        {"high80", number_or_null(point.ends[k].high80)}});
      const Json value = sweep.dates.empty() || start.scenario().clock == Clock::number
                             ? Json(point.value)
                             : Json(format_time(point.value, start.scenario().clock));
      points.push_back({{"value", value}, {"difference", ends}});
    }
    json["sweep"] = {{"branch", sweep.branch},
                     {"over", sweep.dates.empty() ? fmt::format("{}.{}", sweep.layer, sweep.setting) : "date"},
                     {"points", points}};
  }
  json["sensitivity"] = Json();
  if (!result.sensitivity.empty()) {
    const bool by_morris = start.scenario().sensitivity.method == "morris";
    Json rows = Json::array();
    for (const SensitivityRow& row : result.sensitivity) {
      Json one{{"input", row.input}, {"output", row.output}};
      if (by_morris)
        one.update({{"mean", row.morris.mean}, {"absolute", row.morris.absolute}, {"spread", row.morris.spread}});
      else
        one.update({{"first", row.sobol.first}, {"total", row.sobol.total}});
      rows.push_back(std::move(one));
    }
    json["sensitivity"] = {
        {"method", start.scenario().sensitivity.method}, {"runs", result.sensitivity_runs}, {"rows", rows}};
  }
  return json;
}

std::string simulation_csv(const WorldStart& start, const SimulationRun& run) {
  std::string csv = "time,read_out,mean,low95,low80,low50,median,high50,high80,high95\n";
  for (std::size_t moment = 0; moment < run.times.size(); ++moment)
    for (std::size_t k = 0; k < run.names.size(); ++k) {
      const Band b = band(run, moment, k);
      csv += fmt::format("{},{}", format_time(run.times[moment], start.scenario().clock), csv_cell(run.names[k]));
      for (const double value : {b.mean, b.low95, b.low80, b.low50, b.median, b.high50, b.high80, b.high95})
        csv += "," + csv_cell(value);
      csv += '\n';
    }
  return csv;
}

}  // namespace detente
