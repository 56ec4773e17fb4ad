#include "forecast/sentence.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "forecast/phrase.hpp"

namespace detente {
namespace {

constexpr double stands_out = 1.05;  // factors nearer to 1 are not worth a sentence
constexpr double moved = 1.02;       // of a change

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string names(const Record& record, ActorId a, ActorId b) {
  return record.actors[a].name + " – " + record.actors[b].name;
}

// What is said of a tie and of a pair without one.
struct Wording {
  bool of_tie;
  const char* constant;  // whose rate is one and the same
  const char* average;
};
constexpr Wording of_ties{true, "all ties", "the average tie in force"};
constexpr Wording of_pairs{false, "all pairs at risk", "the average pair at risk"};

// "×2.31, interval 0.90 to 5.93, which includes no effect; of the recorded events ..."
std::string in_brackets(const Reason& reason, const Record& record) {
  std::string text = fmt::format("×{:.2f}, interval {:.2f} to {:.2f}", reason.hazard_ratio, reason.low, reason.high);
  if (reason.low <= 1 && reason.high >= 1) text += ", which includes no effect";
  if (!reason.events.empty())
    text += fmt::format("; of the recorded events that weigh most the latest is {}",
                        event_in_words(record, reason.events.front()));
  return text;
}

std::string reason_in_words(const Reason& reason, const Record& record, const Wording& wording) {
  const Phrase phrase = in_words(reason.effect, reason.value, wording.of_tie);
  const bool level = phrase.has_level && reason.value != reason.reference;
  return fmt::format(
      "{}{}{} ({})", phrase.words,
      level ? ((reason.value > reason.reference) != phrase.turned ? ", more than in " : ", less than in ") : "",
      level ? wording.average : "", in_brackets(reason, record));
}

// Against the average: what stands highest above it and lowest below.
std::string reasons_in_words(const Chance& one, const Record& record, const Wording& wording) {
  const auto less = [](const Reason& a, const Reason& b) { return a.hazard_ratio < b.hazard_ratio; };
  const auto push = std::max_element(one.reasons.begin(), one.reasons.end(), less);
  const auto hold = std::min_element(one.reasons.begin(), one.reasons.end(), less);
  const bool pushed = push != one.reasons.end() && push->hazard_ratio >= stands_out;
  const bool held = hold != one.reasons.end() && hold->hazard_ratio <= 1 / stands_out;
  if (!pushed && !held) return fmt::format(" Nothing in the model sets it apart from {}.", wording.average);
  std::string text;
  if (pushed) text += fmt::format(" A higher hazard goes with {}.", reason_in_words(*push, record, wording));
  if (held) text += fmt::format(" A lower one goes with {}.", reason_in_words(*hold, record, wording));
  text += fmt::format(" At the point estimate all factors together make {:.2f} times the hazard of {}",
                      one.hazard_ratio, wording.average);
  // An uncertain effect lifts the average over what the coefficients may be (docs/guide/forecasts.md).
  const bool apart = (one.probability > one.baseline_constant) != (one.hazard_ratio > 1);
  return text + (apart ? "; the chance averages over what the coefficients may be." : ".");
}

std::string chance_in_words(const Chance& one, const std::string& who, const std::string& what,
                            const Forecast& forecast, const Wording& wording) {
  return fmt::format(
      "{}: the chance {} by {} is {} ({:g} % interval {} to {}), beside {} at one constant rate for {}.{} {} "
      "between the two {} known.",
      who, what, format_time(forecast.ends, forecast.known.clock), percent(one.probability), 100 * forecast.interval,
      percent(one.low), percent(one.high), percent(one.baseline_constant), wording.constant,
      reasons_in_words(one, forecast.known, wording), counted(one.events_behind, "recorded event"),
      one.events_behind == 1 ? "is" : "are");
}

std::string factor_in_words(const ChangeFactor& factor, const Record& record) {
  const Phrase phrase = in_words(factor.effect, factor.value_now, true);
  if (!phrase.has_level) return fmt::format("{} (×{:.2f})", phrase.words, factor.ratio);
  const std::string events = factor.events.empty() ? "no recorded event of it since"
                                                   : fmt::format("{} of it since, the latest of the weightiest {}",
                                                                 counted(factor.events_since, "recorded event"),
                                                                 event_in_words(record, factor.events.front()));
  const char* const level = (factor.value_now > factor.value_then) != phrase.turned ? ", now more" : ", now less";
  return fmt::format("{}{} (×{:.2f}; {})", phrase.words, level, factor.ratio, events);
}

}  // namespace

std::string event_in_words(const Record& record, EventId id) {
  const Event& event = record.events[id];
  const EventType& type = record.types[event.type];
  return fmt::format("{} to {}, {}, {}", record.actors[event.sender].name, record.actors[event.receiver].name,
                     type.label.empty() ? type.code : type.label, format_time(event.time, record.clock));
}

std::string sentence_of(const AllianceForecast& one, const Forecast& forecast) {
  const Tie& tie = forecast.known.ties[one.tie];
  return chance_in_words(one, names(forecast.known, tie.a, tie.b), "of a rupture", forecast, of_ties);
}

std::string sentence_of(const StartForecast& one, const Forecast& forecast) {
  return chance_in_words(one, names(forecast.known, one.pair.sender, one.pair.receiver),
                         fmt::format("that a tie starts ({})", forecast.start_hazards[one.hazard].name), forecast,
                         of_pairs);
}

std::string sentence_of(const Change& change, const Forecast& forecast) {
  const Record& record = forecast.known;
  const std::string since = format_time(change.since, record.clock);
  const auto less = [](const ChangeFactor& a, const ChangeFactor& b) { return a.ratio < b.ratio; };
  const auto up = std::max_element(change.factors.begin(), change.factors.end(), less);
  const auto down = std::min_element(change.factors.begin(), change.factors.end(), less);
  const bool rose = up != change.factors.end() && up->ratio >= moved;
  const bool fell = down != change.factors.end() && down->ratio <= 1 / moved;
  std::string text = change.ratio < moved && change.ratio > 1 / moved
                         ? fmt::format("Since {} the hazard of a rupture has hardly changed ({:.2f} times what it was)",
                                       since, change.ratio)
                         : fmt::format("Since {} the hazard of a rupture has {} to {:.2f} times what it was", since,
                                       change.ratio > 1 ? "risen" : "fallen", change.ratio);
  text += ", both read with the coefficients fitted now.";
  if (!rose && !fell) return text + " No factor of it has moved by more than 2 %.";
  const std::string higher = rose ? fmt::format(" Higher with {}.", factor_in_words(*up, record)) : "";
  const std::string lower = fell ? fmt::format(" Lower with {}.", factor_in_words(*down, record)) : "";
  return text + (change.ratio >= 1 ? higher + lower : lower + higher);
}

void add_sentences(Forecast& result) {
  for (AllianceForecast& one : result.alliances) {
    one.sentence = sentence_of(one, result);
    if (one.change) one.change->sentence = sentence_of(*one.change, result);
  }
  for (StartForecast& one : result.starts) one.sentence = sentence_of(one, result);
}

}  // namespace detente
