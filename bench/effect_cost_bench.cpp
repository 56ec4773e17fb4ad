// What each effect of the catalogue adds to the cost of an event: a pass with gradient and information over the exact-timing
// likelihood of `inertia + out_degree`, with and without the term, on one thread; passes with and without it in turn, the
// median of the differences.  Terms that visit every dyad are measured on 4 to 400 events in the middle of the record.
//   build/release/effect_cost_bench [--markdown] [NAME ...]     only terms that contain one of these
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/quantile.hpp"
#include "bench/generator.hpp"
#include "bench/measure.hpp"
#include "effects/catalogue.hpp"
#include "hazard/tie_likelihood.hpp"
#include "memory/reference/random_record.hpp"

namespace detente::bench {
namespace {

constexpr std::size_t actors = 200;
constexpr std::size_t events = 20'000;
constexpr std::size_t ties = 400;
constexpr double days = 730;
constexpr std::size_t first_visited = 4, most_visited = 400;  // events, where every dyad is visited
constexpr double visit_seconds = 0.25;                        // of a pass over them, about
constexpr int kept_rounds = 11, visiting_rounds = 5;
constexpr double coefficient = 1e-4;  // small enough for products of counts
constexpr const char* baseline = "inertia + out_degree";

// Besides the example of each effect; they stand behind it.
constexpr auto variants = std::to_array<std::string_view>({
    "inertia(unique)",
    "inertia(recent)",
    "inertia(lately)",
    "inertia(past)",
    "reciprocity(unique)",
    "shift(AB-AB)",
    "shift(AB-BY)",
    "shift(AB-XB)",
    "shift(AB-XY)",
    "shift(AB-B)",
    "tie_degree(alliance, of=smaller)",
    "of_pair(distance, missing=0)",
    "of_pair(trade, missing=0)",
    "in_degree(unique)",
    "in_degree(recent)",
    "sent_share(goodwill, even)",
    "degree_min(scale=share)",
    "otp",
    "otp(combine=sum)",
    "otp(combine=product)",
    "otp(recent)",
    "itp(unique)",
    "osp(unique)",
    "isp(unique)",
    "sp(unique)",
    "send(power)",
    "same(kind):inertia",
    "weekday(mon)",
});

std::vector<std::string> terms_in_order() {
  std::vector<std::string> terms;
  for (const CatalogueEntry& entry : catalogue()) {
    terms.emplace_back(entry.doc->example);
    for (const std::string_view variant : variants)
      if (variant.substr(0, variant.find_first_of("(:")) == entry.doc->name) terms.emplace_back(variant);
  }
  terms.emplace_back("std(inertia)");
  return terms;
}

// The attributes, ties and numbers of a random record under the names that the examples use, and events that repeat and
// answer each other.
Record make_full_record() {
  Record record = reference::make_record({.actors = actors,
                                          .events = events,
                                          .ties = ties,
                                          .step = days / (0.75 * static_cast<double>(events)),
                                          .passages = false});
  const auto begin = std::floor(time_span(record).first);
  record.events = make_log(actors, events, 1).events;
  const double last = record.events.back().time;
  for (Event& event : record.events) {
    const auto [type, size] = uniform_pair({2, 0, Purpose::generate, 0, event.line});
    event.time = begin + event.time * days / last;
    event.type = static_cast<TypeId>(type * static_cast<double>(record.types.size()));
    event.intensity = static_cast<float>(event.type >= 2 ? -10 * size : 10 * size);
    event.precision = Precision::instant;
  }
  const Attribute size = record.attributes.front();
  for (const char* name : {"power", "polity", "polity2", "threat", "cinc"}) {
    record.attributes.push_back(size);
    record.attributes.back().name = name;
  }
  record.tie_attributes.front().name = "defense";
  return record;
}

// Only those that the term names: a memory keeps whatever it is given.
std::vector<TraceText> traces_in(std::string_view term) {
  const std::vector<TraceText> known{{.name = "goodwill", .events = {"cooperation"}},
                                     {.name = "grievance", .events = {"conflict"}},
                                     {.name = "gifts", .events = {"help"}},
                                     {.name = "spotlight", .events = {"conflict"}},
                                     {.name = "prominence", .events = {"meet"}},
                                     {.name = "recent", .fade = Fade::half_life, .span = 30},
                                     {.name = "lately", .fade = Fade::window, .span = 30},
                                     {.name = "past", .fade = Fade::interval, .span = 30, .from = 7}};
  std::vector<TraceText> named;
  for (const TraceText& trace : known)
    if (term.find(trace.name) != std::string_view::npos) named.push_back(trace);
  return named;
}

// A likelihood of its own, with the model that it reads.
class Measured {
 public:
  Measured(const Record& record, std::string_view term) : record_(&record) {
    HazardText hazard{.name = "events", .timing = Timing::exact};
    hazard.formula.text = term.empty() ? baseline : fmt::format("{} + {}", baseline, term);
    model_ = bind_model({.traces = traces_in(term), .hazards = {hazard}}, record);
  }

  [[nodiscard]] const Hazard& hazard() const { return model_.hazards.front(); }

  void prepare(const TieLikelihoodOptions& options) {
    likelihood_ = std::make_unique<TieLikelihood>(*record_, model_, hazard(), options);
    theta_ = likelihood_->start();
    theta_.tail(theta_.size() - 1).setConstant(coefficient);
  }

  // CPU seconds of one pass.
  [[nodiscard]] double pass() const {
    double value = 0;
    const Cost cost = cost_of([&] { value = (*likelihood_)(theta_).value; });
    if (!std::isfinite(value)) throw std::runtime_error("a likelihood is not finite");
    return cost.user;
  }

 private:
  const Record* record_;
  Model model_;
  std::unique_ptr<TieLikelihood> likelihood_;
  Eigen::VectorXd theta_;
};

struct Row {
  std::string term;
  bool kept = true;     // sums are kept, not made by visiting every dyad
  bool drifts = false;  // but made anew at every tick
  double added = 0;     // microseconds an event: the median, and the range
  double low = 0, high = 0;
};

// Differences of passes in turn, in microseconds an event, in ascending order; on `count` events in the middle of the
// record, or all.
std::vector<double> differences(Measured& with, Measured& without, const Record& record, std::size_t count,
                                int rounds) {
  TieLikelihoodOptions options{.threads = 1};
  if (count < events) {
    options.first = events / 2 + 1;
    options.until = record.events[events / 2 + count - 1].time;
  }
  without.prepare(options);
  with.prepare(options);
  std::vector<double> added;
  for (int round = 0; round < rounds; ++round)
    added.push_back(1e6 * (with.pass() - without.pass()) / static_cast<double>(count));
  std::sort(added.begin(), added.end());
  return added;
}

Row measure(const Record& record, const std::string& term) {
  Measured without(record, "");
  Measured with(record, term);
  Row row{.term = term, .kept = with.hazard().factors(), .drifts = with.hazard().drifts()};
  std::size_t count = events;
  if (!row.kept) {
    const double one = 1e-6 * differences(with, without, record, first_visited, 1).front();
    const double many = visit_seconds / std::max(one, 1e-9);
    count = static_cast<std::size_t>(
        std::clamp(many, static_cast<double>(first_visited), static_cast<double>(most_visited)));
  }
  const auto added = differences(with, without, record, count, row.kept ? kept_rounds : visiting_rounds);
  row.added = quantile(added, 0.5);
  row.low = added.front();
  row.high = added.back();
  return row;
}

// Microseconds an event of the baseline.
double measure_baseline(const Record& record) {
  Measured plain(record, "");
  plain.prepare({.threads = 1});
  std::vector<double> passes;
  for (int round = 0; round < kept_rounds; ++round) passes.push_back(1e6 * plain.pass() / static_cast<double>(events));
  std::sort(passes.begin(), passes.end());
  return quantile(passes, 0.5);
}

// Two digits, no finer than hundredths.
std::string figure(double value) {
  const double size = std::abs(value);
  if (size < 0.005) return "0";
  const double digit = std::pow(10, std::max(-2.0, std::floor(std::log10(size)) - 1));
  return fmt::format("{:.{}f}", std::round(value / digit) * digit, size < 1 ? 2 : size < 10 ? 1 : 0);
}

void print(const Row& row, double plain, bool markdown) {
  const char* sums = !row.kept ? "every dyad" : row.drifts ? "kept, anew at ticks" : "kept";
  const std::string times = figure(1 + row.added / plain);
  if (markdown)
    fmt::print("| `{}` | {} | {} | {} |\n", row.term, sums, figure(row.added), times);
  else
    fmt::print("{:<62} {:<20} {:>8} {:>8} {:>8} {:>8}\n", row.term, sums, figure(row.added), figure(row.low),
               figure(row.high), times);
  std::fflush(stdout);
}

void run(std::span<char*> arguments) {
  const auto is_flag = [](const char* argument) { return std::string_view(argument) == "--markdown"; };
  const bool markdown = std::any_of(arguments.begin(), arguments.end(), is_flag);
  const bool all = std::all_of(arguments.begin(), arguments.end(), is_flag);
  const Record record = make_full_record();
  const double plain = measure_baseline(record);
  if (markdown) {
    fmt::print("| term | sums | µs an event | times `{}` |\n|---|---|---|---|\n| `{}` alone | kept | {} | 1 |\n",
               baseline, baseline, figure(plain));
  } else {
    fmt::print("{} actors, {} events, {:g} days: {} alone takes {} µs an event; added by a term, median and range\n",
               actors, events, days, baseline, figure(plain));
    fmt::print("{:<62} {:<20} {:>8} {:>8} {:>8} {:>8}\n", "term", "sums", "µs", "least", "most", "times");
  }
  for (const std::string& term : terms_in_order()) {
    const auto names = [&](const char* part) { return !is_flag(part) && term.find(part) != std::string::npos; };
    if (all || std::any_of(arguments.begin(), arguments.end(), names)) print(measure(record, term), plain, markdown);
  }
}

}  // namespace
}  // namespace detente::bench

int main(int count, char** arguments) {
  try {
    detente::bench::run(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
