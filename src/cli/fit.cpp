// detente fit: estimates a model on a record, or one formula on a list of events.
#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/coefficient_table.hpp"
#include "cli/common.hpp"
#include "cli/diagnostics_table.hpp"
#include "cli/endings.hpp"
#include "cli/fit_models.hpp"
#include "cli/format.hpp"
#include "cli/prior.hpp"
#include "estimate/compare.hpp"
#include "estimate/diagnose.hpp"
#include "hazard/clock.hpp"
#include "io/diagnostics_result.hpp"
#include "io/fit_csv.hpp"
#include "io/random_effects_result.hpp"
#include "io/residuals_csv.hpp"
#include "io/result.hpp"
#include "io/write_file.hpp"
#include "log/as_of.hpp"

namespace detente::cli {
namespace {

struct FitArguments : FitModelArguments {
  RecordArguments record;
  std::string evaluation = "automatic";
  std::uint64_t seed = 1;
  std::size_t first = 1;
  std::string until;
  unsigned threads = 0;
  std::string save;
  EndingArguments endings;
  double level = 0.95;
  bool trace = false;
  std::vector<std::string> profile{};  // an empty name = all
  bool robust = false;
  std::string residuals;
  std::string json;
  std::string csv{};
  std::string compare_csv{};
};

// What needs full risk sets.
void refuse_with_sampling(const FitArguments& arguments, const ModelSpec& spec) {
  if (!samples(spec)) return;
  const char* option = !arguments.profile.empty()     ? "--profile"
                       : arguments.robust             ? "--robust"
                       : !arguments.residuals.empty() ? "--residuals"
                                                      : nullptr;
  if (option == nullptr) return;
  throw Error({.what = "not with sampled controls: it needs full risk sets",
               .where = {.file = option},
               .hint = "leave it out, or fit without sampling"});
}

// What knows of the coefficients of all alone.
void refuse_with_random(const FitArguments& arguments, const Model& model) {
  const auto with = std::find_if(model.hazards.begin(), model.hazards.end(),
                                 [](const Hazard& hazard) { return !hazard.random.empty(); });
  if (with == model.hazards.end()) return;
  const char* option = !arguments.profile.empty()     ? "--profile"
                       : arguments.robust             ? "--robust"
                       : !arguments.residuals.empty() ? "--residuals"
                                                      : nullptr;
  if (option == nullptr) return;
  throw Error({.what = fmt::format("not with coefficients by actor or pair, which the hazard '{}' has", with->name),
               .where = {.file = option},
               .got = with->random.front().name,
               .hint = "leave it out, or fit without them"});
}

// Takes from the record what came after observation ended; when that was, `never` where nobody says so.
Time observe_until(const std::string& text, LoadedRecord& loaded) {
  if (text.empty()) return never;
  const Time date = read_date(text, "--until", loaded.record);
  require_event_by(loaded.record, date, {.file = "--until"}, "nothing had happened when observation ended");
  loaded.record = as_of(loaded.record, date);
  return last_known(loaded.record.clock, date);
}

// As the packages have it: who is in the record may act from the start, unless actors.csv says when it enters.
void present_from_the_start(Record& record) {
  for (Actor& actor : record.actors)
    if (!actor.enters_declared) actor.enters = always;
}

// As one of the models says: attributes have one name each.
void complete(const std::vector<NamedModel>& named, Record& record, Time until, unsigned threads, ProgressLine& line) {
  const ModelSpec* first = nullptr;
  for (const NamedModel& one : named) {
    if (one.spec.layers.empty() && one.spec.missing.empty()) continue;
    if (first != nullptr)
      throw Error({.what = "only one of the models that are compared may have [layers] or [missing]",
                   .where = {.file = one.spec.path},
                   .got = fmt::format("as {} has", first->path)});
    first = &one.spec;
  }
  if (first != nullptr)
    (void)complete_record(
        record, *first,
        {.until = until == never ? known_until(record) : until, .threads = threads, .progress = [&](double share) {
           line.show(fmt::format("layers along the record: {:.0f} %", 100 * share));
         }});
}

std::vector<Model> bind_all(const std::vector<NamedModel>& named, const Record& record) {
  std::vector<Model> models;
  for (const NamedModel& one : named) {
    models.push_back(bind_model(one.spec, record));
    if (models.size() > 1) require_comparable(named.front().name, models.front(), one.name, models.back());
  }
  return models;
}

std::vector<std::string> residual_files(const FitArguments& arguments, const ModelSpec& spec) {
  std::vector<std::string> hazards;
  for (const HazardText& hazard : spec.hazards) hazards.push_back(hazard.name);
  return residuals_paths(arguments.residuals, hazards);
}

DiagnosticOptions diagnostic_options(const FitArguments& arguments) {
  DiagnosticOptions wanted{.level = arguments.level,
                           .profile_all = false,
                           .profile = arguments.profile,
                           .robust = arguments.robust,
                           .residuals = !arguments.residuals.empty()};
  wanted.profile_all = std::erase(wanted.profile, "") > 0;
  return wanted;
}

int run_fit(const FitArguments& arguments, const Session& session) {
  const std::vector<std::string> outputs{arguments.json,      arguments.csv,  arguments.compare_csv,
                                         arguments.residuals, arguments.save, arguments.endings.incidence};
  check_outputs(outputs);
  const std::optional<ReferencePrior> reference = read_reference(arguments.prior);
  const std::vector<NamedModel> named = read_models(arguments);
  refuse_with_sampling(arguments, named.front().spec);
  const std::vector<std::string> residuals = residual_files(arguments, named.front().spec);
  check_outputs(residuals);
  LoadedRecord loaded = read_as_kept(arguments.record, session.streams.err);
  set_clock(loaded.record, named.front().spec);
  const Time until = observe_until(arguments.until, loaded);
  if (!arguments.like.empty()) present_from_the_start(loaded.record);
  infer_if_asked(arguments.record.infer, loaded, until == never ? always : until);
  for (const NamedModel& one : named)
    if (until != never) check_record_ticks(one.spec, loaded.record, ticks_of(one.spec, loaded.record), until);
  ProgressLine line(session.streams);
  complete(named, loaded.record, until, arguments.threads, line);
  const std::vector<Model> models = bind_all(named, loaded.record);
  refuse_with_random(arguments, models.front());
  const DiagnosticOptions wanted = diagnostic_options(arguments);
  check_profile_names(models.front(), loaded.record, wanted.profile);
  FitOptions options;
  options.evaluation = arguments.evaluation == "blocked" ? Evaluation::blocked : Evaluation::automatic;
  options.first = arguments.first;
  options.until = until;
  options.seed = arguments.seed;
  options.threads = arguments.threads;
  options.events_file = loaded.files.events;
  options.progress = [&](const std::string& hazard, int pass, double share) {
    line.show(fmt::format("fit {}: pass {}, {:.0f} %", hazard, pass, 100 * share));
  };
  std::vector<Fit> fits;
  for (std::size_t k = 0; k < models.size(); ++k) {
    options.reference = match(reference, named[k].spec, loaded.record.clock, arguments.prior.discount);
    fits.push_back(fit(loaded.record, models[k], options));
  }
  Fit& result = fits.front();
  diagnose(loaded.record, models.front(), options, wanted, result);
  const Endings endings =
      find_endings(arguments.endings, loaded.record, models.front(), result,
                   {.level = arguments.level, .until = until, .seed = arguments.seed, .threads = arguments.threads});
  line.clear();
  std::vector<FittedModel> fitted;
  for (std::size_t k = 0; k < models.size(); ++k) fitted.push_back({named[k].name, &models[k], &fits[k]});
  const std::vector<HazardComparison> comparisons =
      models.size() > 1 ? compare(fitted) : std::vector<HazardComparison>{};

  Provenance provenance{.command = "fit", .command_line = session.command_line, .model_path = arguments.model};
  if (samples(named.front().spec) || arguments.endings.folds > 0) provenance.seed = arguments.seed;
  Json json = start_result(provenance, loaded);
  json["fit"] = to_json(result, arguments.level);
  add_random_effects(json["fit"], result, loaded.record);
  add_diagnostics(json["fit"], result, loaded.record, arguments.trace);
  add_endings(json["fit"], endings);
  json["forecast"] = nullptr;
  if (!comparisons.empty()) json["comparison"] = comparison_json(comparisons, fitted);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, coefficients_csv(fitted, loaded.record, arguments.level));
  if (!arguments.compare_csv.empty()) write_file(arguments.compare_csv, comparison_csv(comparisons, fitted));
  if (!arguments.save.empty())
    write_file(arguments.save, saved_prior(result, named.front().spec, loaded, session.command_line));
  if (!arguments.endings.incidence.empty()) write_file(arguments.endings.incidence, incidence_csv(endings.incidence));
  for (std::size_t h = 0; h < residuals.size(); ++h)
    write_file(residuals[h], residuals_csv(result.hazards[h], loaded.record));
  if (std::find(outputs.begin(), outputs.end(), "-") != outputs.end()) return 0;
  print_fit(result, loaded.record, arguments.level, session.streams.out);
  print_reference(result, session.streams.out);
  print_endings(endings, session.streams.out);
  if (arguments.trace) print_steps(result, session.streams.out);
  print_explanation(result, loaded.record, options.events_file, session.streams.out);
  print_comparison(comparisons, fitted, session.streams.out);
  return 0;
}

void add_diagnostic_options(CLI::App& command, FitArguments& arguments) {
  command.add_flag("--trace", arguments.trace, "Show where Newton began and each of its steps");
  command
      .add_option("--profile", arguments.profile,
                  "Profile-likelihood intervals: of the coefficient named, which may be repeated, or of all")
      ->expected(0, 1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->type_name("NAME");
  command.add_flag("--robust", arguments.robust,
                   "Robust (sandwich) standard errors: scores of each event, or of each tie for hazards that end them");
  command.add_option(
      "--residuals", arguments.residuals,
      "Write a row for each event or tie to this CSV file (- for standard output), and say what was least "
      "expected and how high what happened ranked; visits every dyad at every event");
}

}  // namespace

void add_fit(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("fit", "Estimate a model on a record, or a formula on a list of events");
  auto arguments = std::make_shared<FitArguments>();
  add_record_arguments(*command, arguments->record, "RECORD",
                       "A record (folder, database) or a file or query of events");
  const ModelOptions options = add_model_options(*command, *arguments);
  command->add_option(
      "--save", arguments->save,
      "Write what the fit says of its effects to this TOML file, to be the --prior of a smaller record");
  auto* first = command
                    ->add_option("--first", arguments->first,
                                 "First event that enters the likelihood; earlier ones only make history")
                    ->check(above_zero)
                    ->capture_default_str();
  command->add_option(
      "--until", arguments->until,
      "End of observation: a date, or last. What came later is left out; time without events until then "
      "counts in exact timing and for ties in force (without it: until the last event or tie)");
  command
      ->add_option("--evaluation", arguments->evaluation,
                   "automatic (factorised where possible) or blocked (every dyad)")
      ->check(CLI::IsMember({"automatic", "blocked"}))
      ->capture_default_str();
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_level(*command, arguments->level);
  add_diagnostic_options(*command, *arguments);
  add_ending_options(*command, arguments->endings);
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv,
                      "Write a row for each coefficient of every model to this file (- for standard output)");
  command->add_option("--compare-csv", arguments->compare_csv,
                      "Write a row for each model that is compared to this file (- for standard output)");
  command->callback([=, &session] {
    settle_models(options, *arguments);
    if (arguments->like == "remverse" && first->empty()) arguments->first = 2;
    if (arguments->controls > 0 && arguments->evaluation == "blocked")
      throw CLI::ExcludesError("--controls", "--evaluation blocked");
    if (!arguments->compare_csv.empty() && arguments->compare.empty() && arguments->compare_formulas.empty())
      throw CLI::RequiresError("--compare-csv", "--compare or --compare-formula");
    session.job = [arguments, &session] { return run_fit(*arguments, session); };
  });
}

}  // namespace detente::cli
