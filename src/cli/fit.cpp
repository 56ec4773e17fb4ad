// detente fit: estimates a model on a record, or one formula on a list of events.
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/coefficient_table.hpp"
#include "cli/common.hpp"
#include "estimate/fit.hpp"
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
  std::string evaluation = "automatic";
  std::size_t first = 1;
  double prior = 0;
  double level = 0.95;
  std::string json;
};

ModelSpec formula_model(const FitArguments& arguments) {
  HazardText hazard{.name = "events"};
  hazard.timing = arguments.timing == "ordinal" ? Timing::ordinal : Timing::exact;
  hazard.simultaneous = arguments.simultaneous == "efron" ? Simultaneous::efron : Simultaneous::breslow;
  hazard.formula = {arguments.formula, {.file = "--formula"}};
  hazard.prior_scale = arguments.prior;
  ModelSpec spec;
  spec.hazards.push_back(std::move(hazard));
  return spec;
}

int run_fit(const FitArguments& arguments, const Session& session) {
  check_outputs({arguments.json});
  const ModelSpec spec = arguments.model.empty() ? formula_model(arguments) : read_model(arguments.model);
  const LoadedRecord loaded = load(arguments.record);
  const Model model = bind_model(spec, loaded.record);
  FitOptions options;
  options.evaluation = arguments.evaluation == "blocked" ? Evaluation::blocked : Evaluation::automatic;
  options.first = arguments.first;
  options.events_file = loaded.files.events;
  ProgressLine line(session.streams);
  options.progress = [&](const std::string& hazard, int pass, double share) {
    line.show(fmt::format("fit {}: pass {}, {:.0f} %", hazard, pass, 100 * share));
  };
  const Fit result = fit(loaded.record, model, options);
  line.clear();
  Json json =
      start_result({.command = "fit", .command_line = session.command_line, .model_path = arguments.model}, loaded);
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
  auto* timing = command->add_option("--timing", arguments->timing, "With --formula: ordinal or exact")
                     ->check(CLI::IsMember({"ordinal", "exact"}))
                     ->capture_default_str();
  auto* simultaneous =
      command->add_option("--simultaneous", arguments->simultaneous, "With --formula: breslow or efron")
          ->check(CLI::IsMember({"breslow", "efron"}))
          ->capture_default_str();
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
  add_level(*command, arguments->level);
  add_json(*command, arguments->json);
  command->callback([=, &session] {
    for (const CLI::Option* option : {formula, timing, simultaneous, prior})
      if (!model->empty() && !option->empty()) throw CLI::ExcludesError("--model", option->get_name());
    if (model->empty() && formula->empty()) throw CLI::RequiredError("--model or --formula");
    session.job = [arguments, &session] { return run_fit(*arguments, session); };
  });
}

}  // namespace detente::cli
