#include "io/result.hpp"

#include <cmath>

#include "base/hash.hpp"
#include "io/event_json.hpp"

#ifndef DETENTE_VERSION
#define DETENTE_VERSION "unknown"
#endif

namespace detente {
namespace {

// "events.csv: 0123..." as {"file", "fingerprint"}.
Json files_of(const Findings& findings) {
  Json files = Json::array();
  for (const std::string& line : findings.fingerprints) {
    const std::size_t colon = line.rfind(": ");
    files.push_back({{"file", line.substr(0, colon)}, {"fingerprint", line.substr(colon + 2)}});
  }
  return files;
}

// By coefficient, so that the arrays go with "coefficients".
Json vector_json(const Eigen::VectorXd& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number_or_null(value));
  return list;
}

Json sampling_json(const std::optional<SamplingReport>& report) {
  if (!report) return {};
  Json json{{"controls", report->sampling.controls},
            {"design", to_string(report->sampling.design)},
            {"seed", report->seed},
            {"check", nullptr}};
  const SamplingCheck& check = report->check;
  if (report->checked)
    json["check"] = {{"events_redrawn", check.events_redrawn},
                     {"sampling_variance", vector_json(check.sampling_variance)},
                     {"events_referred", check.events_referred},
                     {"reference_controls", check.full_reference ? Json() : Json(reference_controls)},
                     {"shift", vector_json(check.shift)},
                     {"shift_error", vector_json(check.shift_error)}};
  return json;
}

Json prior_json(const HazardFit& fit) {
  if (!fit.reference) return {};
  const ReferenceUse& use = *fit.reference;
  Json effects = Json::array();
  for (const ReferenceUse::Effect& effect : use.effects)
    effects.push_back({{"name", fit.names[effect.coefficient]},
                       {"without", number_or_null(effect.without)},
                       {"without_error", number_or_null(effect.without_error)},
                       {"mean", effect.mean},
                       {"deviation", number_or_null(effect.deviation)},
                       {"share", number_or_null(effect.share)}});
  return {{"hazard", use.from.reference}, {"events", use.from.events}, {"discount", use.from.discount},
          {"weight", use.weight},         {"effects", effects},        {"unmatched", use.from.unmatched},
          {"unused", use.from.unused}};
}

Json marks_json(const HazardFit& fit) {
  if (fit.marks.empty()) return {};
  Json marks = Json::array();
  for (const MarkCount& mark : fit.marks) marks.push_back({{"name", mark.name}, {"events", mark.events}});
  return marks;
}

Json hazard_json(const HazardFit& fit) {
  return {{"hazard", fit.hazard},
          {"kind", to_string(fit.kind)},
          {"timing", fit.timing == Timing::exact ? "exact" : "ordinal"},
          {"status", to_string(fit.newton.status)},
          {"message", text_or_null(fit.newton.message)},
          {"events", fit.events},
          {"marks", marks_json(fit)},
          {"units", is_of_events(fit.kind) ? Json() : Json(fit.units)},
          {"log_likelihood", number_or_null(fit.newton.log_likelihood)},
          {"aic", number_or_null(fit.aic)},
          {"aicc", number_or_null(fit.aicc)},
          {"bic", number_or_null(fit.bic)},
          {"concordance", number_or_null(fit.concordance)},
          {"iterations", fit.newton.iterations},
          {"evaluation", fit.evaluation},
          {"at_risk", text_or_null(fit.at_risk)},
          {"directed", is_of_events(fit.kind) ? Json(fit.directed) : Json()},
          {"dyads_at_risk", is_of_events(fit.kind) ? number_or_null(fit.mean_at_risk) : Json()},
          {"drift", is_of_events(fit.kind) ? number_or_null(fit.drift) : Json()},
          {"start", text_or_null(fit.start)},
          {"condition_number", number_or_null(fit.newton.condition_number)},
          {"sampling", sampling_json(fit.sampling)},
          {"prior", prior_json(fit)},
          {"warnings", fit.warnings}};
}

}  // namespace

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json start_result(const Provenance& provenance, const LoadedRecord& loaded) {
  Json json{{"schema", "detente/1"}, {"command", provenance.command}};
  Json& p = json["provenance"];
  p["version"] = DETENTE_VERSION;
  p["command_line"] = provenance.command_line;
  p["seed"] = provenance.seed ? Json(*provenance.seed) : Json();
  p["replicates"] = provenance.replicates ? Json(*provenance.replicates) : Json();
  p["record"] = {{"path", loaded.path},
                 {"files", files_of(loaded.findings)},
                 {"events", loaded.record.events.size()},
                 {"actors", loaded.record.actors.size()},
                 {"ties", loaded.record.ties.size()}};
  p["model"] = provenance.model_path.empty()
                   ? Json()
                   : Json{{"path", provenance.model_path}, {"fingerprint", fingerprint_file(provenance.model_path)}};
  return json;
}

Json to_json(const Fit& fit, double level) {
  Json hazards = Json::array();
  Json coefficients = Json::array();
  const double z = normal_quantile_two_sided(level);
  for (const HazardFit& one : fit.hazards) {
    hazards.push_back(hazard_json(one));
    for (std::size_t p = 0; p < one.names.size(); ++p) {
      const double estimate = one.newton.estimate(static_cast<Eigen::Index>(p));
      const double error = one.newton.status == FitStatus::rank_deficient ? std::nan("") : one.standard_error(p);
      coefficients.push_back({{"hazard", one.hazard},
                              {"name", one.names[p]},
                              {"estimate", number_or_null(estimate)},
                              {"standard_error", number_or_null(error)},
                              {"low", number_or_null(estimate - z * error)},
                              {"high", number_or_null(estimate + z * error)}});
    }
  }
  const auto finite = [](Time time) { return number_or_null(time); };
  const ObservedTime& seen = fit.observed;
  return {{"status", fit.status()},
          {"observed",
           {{"from", finite(seen.from)},
            {"until", finite(seen.until)},
            {"actors_from_the_start", seen.from_the_start},
            {"actors_from_their_first_event", seen.from_first_event},
            {"actors_as_recorded", seen.as_recorded}}},
          {"notes", fit.notes},
          {"log_likelihood", number_or_null(fit.log_likelihood())},
          {"level", level},
          {"hazards", hazards},
          {"coefficients", coefficients}};
}

std::string to_text(const Json& result) { return result.dump(1) + "\n"; }

}  // namespace detente
