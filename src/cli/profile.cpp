// detente profile: how each actor differs from the average one in what it does, as of a date.
#include <algorithm>
#include <charconv>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "base/hash.hpp"
#include "cli/common.hpp"
#include "cli/format.hpp"
#include "forecast/actor_profile.hpp"
#include "hazard/clock.hpp"
#include "io/model_file.hpp"
#include "io/profile_model.hpp"
#include "io/profile_result.hpp"
#include "io/random_effects_result.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

struct ProfileArguments {
  RecordArguments record;
  std::string model;
  std::string as_of = "last";
  std::string windows = "3";
  std::size_t minimum = ActorProfileOptions{}.minimum;
  double interval = 0.8;
  double level = 0.95;
  std::size_t top = 20;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::string json;
  std::string csv;
};

// "3" is a number of windows, "1y" their length.
void read_windows(const std::string& text, double unit_days, ActorProfileOptions& options) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && end == text.data() + text.size() && count <= 60) {
    options.windows = count;
    return;
  }
  const auto length = duration_on(text, unit_days);
  const bool has_unit = !text.empty() && (text.back() < '0' || text.back() > '9');
  if (!length || !has_unit)
    throw Error({.what = fmt::format("cannot read the windows '{}'", printable(text)),
                 .where = {.file = "--windows"},
                 .expected = "how many (0 to 60), or their length, such as 180d or 1y",
                 .hint = duration_advice(text, unit_days).hint});
  options.window_length = *length;
}

// What the built-in model is made of, said before the model is bound to types that nobody named.
void require_both_kinds(const Record& record) {
  struct Kind {
    bool (*is)(QuadClass);
    const char* name;
  };
  for (const Kind& kind : {Kind{&is_conflict, "conflict"}, Kind{&is_cooperation, "cooperation"}})
    if (std::none_of(record.types.begin(), record.types.end(), [&](const EventType& t) { return kind.is(t.quad); }))
      throw Error({.what = fmt::format("no type of event is {}: there is nothing to make profiles of", kind.name),
                   .where = {.file = "types"},
                   .expected = "types of conflict and of cooperation",
                   .hint = "say in types.csv which types are cooperation and which conflict (quad_class)"});
}

std::string signed_value(double value) {
  const std::string text = fmt::format("{:+.1f}", value);
  return text == "-0.0" || text == "+0.0" ? "0.0" : text;
}

// "+1.2 (+0.6 to +1.9)", with the rank where there is one.
std::string cell(const std::optional<IndexValue>& value) {
  if (!value) return "-";
  std::string text =
      fmt::format("{} ({} to {})", signed_value(value->value), signed_value(value->low), signed_value(value->high));
  if (value->rank) text += fmt::format(" #{}", *value->rank);
  return text;
}

void print_shown(const ActorProfiles& profiles, std::size_t top, std::ostream& out) {
  constexpr std::size_t width = 26;
  const char* heads[] = {"ego", "  acclaim", "  dominate", "eco", "intuitive"};
  fmt::print(out, "\n{}  {:>6}", fitted("actor", width), "events");
  std::string header;
  for (const char* head : heads) header += fmt::format("  {:<23}", head);
  header.erase(header.find_last_not_of(' ') + 1);
  fmt::print(out, "{}\n", header);
  std::size_t rows = 0, shown = 0;
  for (const ActorProfile& actor : profiles.actors) {
    if (!actor.shown()) continue;
    if (++shown > top) continue;
    ++rows;
    std::string line = fmt::format("{}  {:>6}", fitted(profiles.known.actors[actor.actor].name, width), actor.events);
    for (const std::optional<IndexValue>& index : actor.indices) line += fmt::format("  {:<23}", cell(index));
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print(out, "{}\n", line);
  }
  if (shown > rows) fmt::print(out, "({} more; --top shows them)\n", shown - rows);
  fmt::print(
      out,
      "\nIn standard deviations between actors, with the {:g} % interval; 0 is the average actor. #n is a rank, given "
      "where\nintervals leave open three places or fewer, and no more than half of all.\n",
      100 * profiles.interval);
}

void print_not_shown(const ActorProfiles& profiles, std::ostream& out) {
  std::vector<std::string> few;
  std::size_t none = 0;
  for (const ActorProfile& actor : profiles.actors) {
    if (actor.shown()) continue;
    if (actor.events == 0)
      ++none;
    else
      few.push_back(fmt::format("{} {} (+{})", printable(profiles.known.actors[actor.actor].name, 30), actor.events,
                                actor.needed));
  }
  if (few.empty() && none == 0) return;
  fmt::print(out, "\nNot shown, with fewer than {} events sent (in brackets: how many more are needed):\n",
             profiles.minimum);
  std::string line;
  for (std::size_t k = 0; k < few.size(); ++k) {
    const std::string word = few[k] + (k + 1 < few.size() || none > 0 ? "," : "");
    if (!line.empty() && line.size() + word.size() > 100) {
      fmt::print(out, "  {}\n", line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (none > 0) line += fmt::format("{}{} with none", line.empty() ? "" : " ", none);
  fmt::print(out, "  {}\n", line);
}

void print_profiles(const ActorProfiles& profiles, const ProfileArguments& arguments, std::ostream& out) {
  const auto shown = static_cast<std::size_t>(
      std::count_if(profiles.actors.begin(), profiles.actors.end(), [](const ActorProfile& a) { return a.shown(); }));
  fmt::print(out, "As of {}: {} of {} actors have {} recorded events or more\n",
             format_time(profiles.as_of, profiles.known.clock), shown, profiles.actors.size(), profiles.minimum);
  if (shown > 0) print_shown(profiles, arguments.top, out);
  print_not_shown(profiles, out);
  fmt::print(out, "\n");
  for (const std::string& note : profiles.notes) fmt::print(out, "note: {}\n", note);
  fmt::print(out,
             "These are labelled mappings of recorded behaviour, estimated from {} recorded event{}, not judgements of "
             "people.\n",
             profiles.events, profiles.events == 1 ? "" : "s");
}

Json provenance_json(const ProfileArguments& arguments, const Session& session, const LoadedRecord& loaded) {
  Json json =
      start_result({.command = "profile", .command_line = session.command_line, .model_path = arguments.model}, loaded);
  if (arguments.model.empty())
    json["provenance"]["model"] = {{"path", profile_model_name}, {"fingerprint", fingerprint(profile_model_text())}};
  return json;
}

int run_profile(const ProfileArguments& arguments, const Session& session) {
  check_outputs({arguments.json, arguments.csv});
  ActorProfileOptions options{.interval = arguments.interval,
                              .minimum = arguments.minimum,
                              .seed = arguments.seed,
                              .threads = arguments.threads,
                              .progress = {}};
  const ModelSpec spec = arguments.model.empty() ? parse_model(profile_model_text(), std::string(profile_model_name))
                                                 : read_model(arguments.model);
  LoadedRecord loaded = load(arguments.record, session.streams.err);
  set_clock(loaded.record, spec);
  read_windows(arguments.windows, unit_of(loaded.record), options);
  if (arguments.model.empty()) require_both_kinds(loaded.record);
  options.as_of = read_date(arguments.as_of, "--as-of", loaded.record);
  ProgressLine line(session.streams);
  options.progress = [&](const std::string& stage) { line.show(stage); };
  const ActorProfiles profiles = actor_profiles(loaded.record, spec, options);
  line.clear();
  Json json = provenance_json(arguments, session, loaded);
  json["fit"] = to_json(profiles.fit, arguments.level);
  add_random_effects(json["fit"], profiles.fit, profiles.known);
  json["forecast"] = nullptr;
  json["profile"] = profile_json(profiles);
  if (!arguments.json.empty()) write_file(arguments.json, to_text(json));
  if (!arguments.csv.empty()) write_file(arguments.csv, profile_csv(profiles));
  if (arguments.json == "-" || arguments.csv == "-") return 0;
  print_profiles(profiles, arguments, session.streams.out);
  return 0;
}

}  // namespace

void add_profile(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("profile", "Tell how each actor differs from the average one in what it does, as of a date");
  auto arguments = std::make_shared<ProfileArguments>();
  add_record_arguments(*command, arguments->record, "RECORD",
                       "A record (folder, database), or a file or query of events");
  command->add_option("--model", arguments->model, "Model file (TOML) in place of the built-in one");
  command->add_option("--as-of", arguments->as_of, "Last day that is known (inclusive): a date, or last")
      ->capture_default_str();
  command
      ->add_option("--windows", arguments->windows,
                   "To see change over time: how many windows of as many events, or their length, such as 1y; 0 = none")
      ->capture_default_str();
  command
      ->add_option("--minimum", arguments->minimum, "Events an actor must have sent to be shown, likewise in a window")
      ->check(finite_range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--interval", arguments->interval, "Level of the intervals of indices and components")
      ->check(finite_range(0.01, 0.999))
      ->capture_default_str();
  add_level(*command, arguments->level);
  command->add_option("--top", arguments->top, "Rows of the printed table")->check(above_zero)->capture_default_str();
  add_seed(*command, arguments->seed);
  add_threads(*command, arguments->threads);
  add_json(*command, arguments->json);
  command->add_option("--csv", arguments->csv,
                      "Write a row for each index and component of each actor to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_profile(*arguments, session); }; });
}

}  // namespace detente::cli
