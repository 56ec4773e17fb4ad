#include "cli/fit_models.hpp"

#include "cli/common.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "io/dyad_file.hpp"
#include "io/model_file.hpp"

namespace detente::cli {
namespace {

// --controls draws for every hazard of kind tie, whatever the model says of sampling; a formula of another kind cannot.
void sample_controls(const FitModelArguments& arguments, ModelSpec& spec) {
  if (arguments.controls == 0) return;
  const auto design = arguments.sampling == "activity" ? SamplingDesign::activity : SamplingDesign::uniform;
  for (HazardText& hazard : spec.hazards)
    if (hazard.kind == HazardKind::tie || spec.path.empty())
      hazard.sampling = {arguments.controls, design, {.file = "--controls"}};
}

ModelSpec formula_model(const FitModelArguments& arguments, const std::string& formula, const char* option) {
  HazardText hazard{.name = "events"};
  if (arguments.kind == "rate") hazard.kind = HazardKind::rate;
  if (arguments.kind == "choice") hazard.kind = HazardKind::choice;
  const bool ordinal = arguments.timing == "ordinal" || hazard.kind == HazardKind::choice;
  hazard.timing = ordinal ? Timing::ordinal : Timing::exact;
  hazard.simultaneous = arguments.simultaneous == "efron" ? Simultaneous::efron : Simultaneous::breslow;
  hazard.formula = {formula, {.file = option}};
  for (const std::string& mark : arguments.marks) hazard.marks.push_back({mark, {mark}});
  if (!arguments.marks.empty()) hazard.where = {.file = "--marks"};
  hazard.prior_scale = prior_scale(arguments.prior);
  hazard.at_risk = {.rule = arguments.at_risk, .where = {.file = "--at-risk"}};
  read_dyads_at_risk(hazard, "");
  ModelSpec spec;
  spec.directed = !arguments.undirected;
  if (arguments.like == "relevent") spec.scaling = Scaling::relevent;
  spec.hazards.push_back(std::move(hazard));
  return spec;
}

}  // namespace

bool samples(const ModelSpec& spec) {
  return std::any_of(spec.hazards.begin(), spec.hazards.end(),
                     [](const HazardText& hazard) { return hazard.sampling.controls > 0; });
}

std::vector<NamedModel> read_models(const FitModelArguments& arguments) {
  std::vector<NamedModel> models;
  if (arguments.model.empty())
    models.push_back({arguments.formula, formula_model(arguments, arguments.formula, "--formula")});
  else
    models.push_back({arguments.model, read_model(arguments.model)});
  for (const std::string& path : arguments.compare) models.push_back({path, read_model(path)});
  for (const std::string& formula : arguments.compare_formulas)
    models.push_back({formula, formula_model(arguments, formula, "--compare-formula")});
  for (NamedModel& one : models) sample_controls(arguments, one.spec);
  return models;
}

ModelOptions add_model_options(CLI::App& command, FitModelArguments& arguments) {
  ModelOptions options{};
  options.model = command.add_option("--model", arguments.model, "Model file (TOML)");
  options.formula =
      command.add_option("--formula", arguments.formula,
                         "Effects of one hazard over all events, such as 'inertia + reciprocity + otp(unique)'");
  options.like = command
                     .add_option("--like", arguments.like,
                                 "With --formula: the defaults of another package: goldfish, remverse, relevent (whose "
                                 "counts are shares) or eventnet")
                     ->check(CLI::IsMember({"goldfish", "remverse", "relevent", "eventnet"}));
  options.kind =
      command
          .add_option("--kind", arguments.kind,
                      "With --formula: tie (who acts towards whom), rate (who acts) or choice (towards whom, "
                      "given who acts; with --undirected which two act together)")
          ->check(CLI::IsMember({"tie", "rate", "choice"}))
          ->capture_default_str();
  options.timing = command
                       .add_option("--timing", arguments.timing,
                                   "With --formula: ordinal or exact; ordinal where controls are sampled")
                       ->check(CLI::IsMember({"ordinal", "exact"}))
                       ->capture_default_str();
  options.simultaneous =
      command.add_option("--simultaneous", arguments.simultaneous, "With --formula: breslow or efron")
          ->check(CLI::IsMember({"breslow", "efron"}))
          ->capture_default_str();
  options.at_risk = command
                        .add_option("--at-risk", arguments.at_risk,
                                    "With --formula: the dyads at risk: all, observed, allied, not_allied, tie(KIND), "
                                    "not tie(KIND), bipartite(FROM, TO), from(KIND), to(KIND) or a .csv file of them")
                        ->capture_default_str();
  options.marks = command
                      .add_option("--marks", arguments.marks,
                                  "With --formula: kinds of events to tell apart, such as cooperation,conflict; "
                                  "by_mark(...) in the formula has a coefficient for each")
                      ->delimiter(',')
                      ->allow_extra_args(false);
  options.undirected =
      command.add_flag("--undirected", arguments.undirected, "With --formula: events have two actors but no sender");
  add_prior(command, arguments.prior,
            "A prior from a reference class: a TOML file that --save wrote; or, with --formula, a number: the standard "
            "deviation of a Gaussian prior on each effect");
  options.controls = command
                         .add_option("--controls", arguments.controls,
                                     "Sample the risk set: so many controls for each event, for large records")
                         ->check(finite_range(1, 10'000));
  command
      .add_option("--sampling", arguments.sampling,
                  "With --controls: uniform, or activity (as many dyads that have met as have not)")
      ->check(CLI::IsMember({"uniform", "activity"}))
      ->capture_default_str()
      ->needs(options.controls);
  options.compare =
      command
          .add_option("--compare", arguments.compare, "With --model: another model to compare with it; may be repeated")
          ->allow_extra_args(false);
  options.compare_formula = command
                                .add_option("--compare-formula", arguments.compare_formulas,
                                            "With --formula: other effects to compare with it; may be repeated")
                                ->allow_extra_args(false);
  return options;
}

void settle_models(const ModelOptions& given, FitModelArguments& arguments) {
  for (const CLI::Option* option : {given.formula, given.like, given.kind, given.timing, given.simultaneous,
                                    given.at_risk, given.marks, given.undirected, given.compare_formula})
    if (!given.model->empty() && !option->empty()) throw CLI::ExcludesError("--model", option->get_name());
  if (!given.formula->empty() && !given.compare->empty())
    throw CLI::ExcludesError("--formula", given.compare->get_name());
  if (!given.model->empty() && prior_scale(arguments.prior) > 0) throw CLI::ExcludesError("--model", "--prior NUMBER");
  if (given.model->empty() && given.formula->empty()) throw CLI::RequiredError("--model or --formula");
  if (!given.timing->empty() && arguments.kind == "choice") throw CLI::ExcludesError("--timing", "--kind choice");
  if (!given.controls->empty() && given.model->empty() && given.timing->empty()) arguments.timing = "ordinal";
  if ((arguments.like == "relevent" || arguments.like == "eventnet") && given.timing->empty())
    arguments.timing = "ordinal";
  if (arguments.like == "eventnet" && given.simultaneous->empty() && arguments.kind == "tie")
    arguments.simultaneous = "efron";
}

}  // namespace detente::cli
