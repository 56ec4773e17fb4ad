// detente fit: estimates a model on a record, or one formula on a list of events.
#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/coefficient_table.hpp"
#include "cli/common.hpp"
#include "estimate/fit.hpp"
#include "io/dyad_file.hpp"
#include "io/model_file.hpp"
#include "io/result.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

struct FitArguments {
  RecordArguments record;
  std::string model;
  std::string formula;
  std::string timing = "exact";
  std::string simultaneous = "breslow";
  std::string at_risk = "all";
  bool undirected = false;
  std::string evaluation = "automatic";
  std::size_t first = 1;
  double prior = 0;
  double level = 0.95;
  std::string json;
  std::size_t controls = 0;
  std::string sampling = "uniform";
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

// --controls draws for every hazard of kind tie, whatever the model says of sampling.
void sample_controls(const FitArguments& arguments, ModelSpec& spec) {
  if (arguments.controls == 0) return;
  const auto design = arguments.sampling == "activity" ? SamplingDesign::activity : SamplingDesign::uniform;
  for (HazardText& hazard : spec.hazards)
    if (hazard.kind == HazardKind::tie) hazard.sampling = {arguments.controls, design, {.file = "--controls"}};
}

bool samples(const ModelSpec& spec) {
  return std::any_of(spec.hazards.begin(), spec.hazards.end(),
                     [](const HazardText& hazard) { return hazard.sampling.controls > 0; });
}

ModelSpec formula_model(const FitArguments& arguments) {
  HazardText hazard{.name = "events"};
  hazard.timing = arguments.timing == "ordinal" ? Timing::ordinal : Timing::exact;
  hazard.simultaneous = arguments.simultaneous == "efron" ? Simultaneous::efron : Simultaneous::breslow;
  hazard.formula = {arguments.formula, {.file = "--formula"}};
  hazard.prior_scale = arguments.prior;
  hazard.at_risk = {.rule = arguments.at_risk, .where = {.file = "--at-risk"}};
  read_dyads_at_risk(hazard, "");
  ModelSpec spec;
  spec.directed = !arguments.undirected;
  spec.hazards.push_back(std::move(hazard));
  return spec;
}

int run_fit(const FitArguments& arguments, const Session& session) {
  check_outputs({arguments.json});
  ModelSpec spec = arguments.model.empty() ? formula_model(arguments) : read_model(arguments.model);
  sample_controls(arguments, spec);
  const LoadedRecord loaded = load(arguments.record);
  const Model model = bind_model(spec, loaded.record);
  FitOptions options;
  options.evaluation = arguments.evaluation == "blocked" ? Evaluation::blocked : Evaluation::automatic;
  options.first = arguments.first;
  options.seed = arguments.seed;
  options.threads = arguments.threads;
  ProgressLine line(session.streams);
  options.progress = [&](const std::string& hazard, int pass, double share) {
    line.show(fmt::format("fit {}: pass {}, {:.0f} %", hazard, pass, 100 * share));
  };
  const Fit result = fit(loaded.record, model, options);
  line.clear();
  Provenance provenance{.command = "fit", .command_line = session.command_line, .model_path = arguments.model};
  if (samples(spec)) provenance.seed = arguments.seed;
  Json json = start_result(provenance, loaded);
  json["fit"] = to_json(result, arguments.level);
  json["forecast"] = nullptr;
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (arguments.json != "-") print_fit(result, arguments.level, session.streams.out);
  return 0;
}

}  // namespace

void add_fit(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("fit", "Estimate a model on a record, or a formula on a list of events");
  auto arguments = std::make_shared<FitArguments>();
  add_record_arguments(*command, arguments->record, "RECORD",
                       "A record (folder, database) or a file or query of events");
  auto* model = command->add_option("--model", arguments->model, "Model file (TOML)");
  auto* formula =
      command->add_option("--formula", arguments->formula,
                          "Effects of one hazard over all events, such as 'inertia + reciprocity + otp(unique)'");
  auto* timing = command
                     ->add_option("--timing", arguments->timing,
                                  "With --formula: ordinal or exact; ordinal where controls are sampled")
                     ->check(CLI::IsMember({"ordinal", "exact"}))
                     ->capture_default_str();
  auto* simultaneous =
      command->add_option("--simultaneous", arguments->simultaneous, "With --formula: breslow or efron")
          ->check(CLI::IsMember({"breslow", "efron"}))
          ->capture_default_str();
  auto* at_risk = command
                      ->add_option("--at-risk", arguments->at_risk,
                                   "With --formula: the dyads at risk: all, observed, allied, not_allied, tie(KIND), "
                                   "not tie(KIND) or a .csv file of them")
                      ->capture_default_str();
  auto* undirected =
      command->add_flag("--undirected", arguments->undirected, "With --formula: events have two actors but no sender");
  auto* prior = command
                    ->add_option("--prior", arguments->prior,
                                 "With --formula: standard deviation of a Gaussian prior on each effect")
                    ->check(above_zero);
  command
      ->add_option("--first", arguments->first,
                   "First event that enters the likelihood; earlier ones only make history")
      ->check(above_zero)
      ->capture_default_str();
  command
      ->add_option("--evaluation", arguments->evaluation,
                   "automatic (factorised where possible) or blocked (every dyad)")
      ->check(CLI::IsMember({"automatic", "blocked"}))
      ->capture_default_str();
  auto* controls = command
                       ->add_option("--controls", arguments->controls,
                                    "Sample the risk set: so many controls for each event, for large records")
                       ->check(CLI::Range(1, 10'000));
  command
      ->add_option("--sampling", arguments->sampling,
                   "With --controls: uniform, or activity (as many dyads that have met as have not)")
      ->check(CLI::IsMember({"uniform", "activity"}))
      ->capture_default_str()
      ->needs(controls);
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_level(*command, arguments->level);
  add_json(*command, arguments->json);
  command->callback([=, &session] {
    for (const CLI::Option* option : {formula, timing, simultaneous, at_risk, undirected, prior})
      if (!model->empty() && !option->empty()) throw CLI::ExcludesError("--model", option->get_name());
    if (model->empty() && formula->empty()) throw CLI::RequiredError("--model or --formula");
    if (!controls->empty() && model->empty() && timing->empty()) arguments->timing = "ordinal";
    if (!controls->empty() && arguments->evaluation == "blocked")
      throw CLI::ExcludesError("--controls", "--evaluation blocked");
    session.job = [arguments, &session] { return run_fit(*arguments, session); };
  });
}

}  // namespace detente::cli
