#include "cli/why.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/ostream.h>

#include "base/error.hpp"
#include "cli/format.hpp"
#include "forecast/phrase.hpp"
#include "forecast/sentence.hpp"

namespace detente::cli {
namespace {

bool names_actor(const std::string& who, const Actor& actor) { return who == actor.id || who == actor.name; }

// Of an actor, or of both: "musk", "Elon Musk", "musk-trump", "Elon Musk – Donald Trump".
bool names_pair(const std::string& who, const Actor& a, const Actor& b) {
  if (names_actor(who, a) || names_actor(who, b)) return true;
  for (const std::string between : {"-", " - ", " – "})
    for (const auto& [first, second] : {std::pair(&a, &b), std::pair(&b, &a)})
      if (who == first->id + between + second->id || who == first->name + between + second->name) return true;
  return false;
}

bool names_tie(const std::string& who, const Tie& tie, const Record& record) {
  return who == tie.id || names_pair(who, record.actors[tie.a], record.actors[tie.b]);
}

void print_event(const Record& record, EventId id, std::ostream& out) {
  const std::string text = record.texts.empty() ? "" : record.texts[id].description;
  fmt::print(out, "              - {}{}{}\n", event_in_words(record, id), text.empty() ? "" : ": ", text);
}

void print_reasons(const Chance& one, const Record& record, double interval, const char* average, bool of_tie,
                   std::ostream& out) {
  fmt::print(out, "\n  Factors against {}; they multiply to x{:.2f}\n", average, one.hazard_ratio);
  for (const Reason& reason : one.reasons) {
    fmt::print(out, "    x{:<8.2f} {:g} % interval {:.2f}–{:.2f}  {}: {:.3g} here, {:.3g} on average\n",
               reason.hazard_ratio, 100 * interval, reason.low, reason.high, reason.effect, reason.value,
               reason.reference);
    fmt::print(out, "              {}\n", in_words(reason.effect, reason.value, of_tie).words);
    for (const EventId id : reason.events) print_event(record, id, out);
  }
}

void print_change(const Change& change, const Record& record, std::ostream& out) {
  fmt::print(out, "\n  {}\n\n  Factors since {}; they multiply to x{:.2f}\n", change.sentence,
             format_time(change.since, record.clock), change.ratio);
  for (const ChangeFactor& factor : change.factors) {
    fmt::print(out, "    x{:<8.2f} {}: {:.3g} then, {:.3g} now\n", factor.ratio, factor.effect, factor.value_then,
               factor.value_now);
    for (const EventId id : factor.events) print_event(record, id, out);
    if (factor.events_since > factor.events.size())
      fmt::print(out, "              - and {} more\n", factor.events_since - factor.events.size());
  }
}

}  // namespace

namespace {

// "muk-trump": each of the two that is nearly an actor's id or name, put right; "" where one is nobody.
std::string nearest_pair(const std::string& who, const std::vector<std::string>& actors) {
  for (const std::string between : {" – ", " - ", "-"})
    for (std::size_t at = who.find(between); at != std::string::npos; at = who.find(between, at + 1)) {
      const std::string first = closest(who.substr(0, at), actors);
      const std::string second = closest(who.substr(at + between.size()), actors);
      if (!first.empty() && !second.empty() && first != second) return first + between + second;
    }
  return "";
}

std::string nearest(const std::string& who, std::vector<std::string> known, const std::vector<std::string>& actors) {
  known.insert(known.end(), actors.begin(), actors.end());
  if (std::string hint = hint_for(who, known); !hint.empty()) return hint;
  if (const std::string pair = nearest_pair(who, actors); !pair.empty()) return fmt::format("did you mean '{}'?", pair);
  for (const std::string& name : actors)  // "Musk" of "Elon Musk"
    if (const std::size_t at = name.find(who); who.size() > 2 && at != std::string::npos)
      return fmt::format("did you mean '{}'?", name);
  return "`detente alliances` lists the ties, with their ids and actors";
}

}  // namespace

void check_why(const std::string& who, const Record& record) {
  std::vector<std::string> known;
  std::vector<std::string> actors;
  for (const Tie& tie : record.ties) {
    if (names_tie(who, tie, record)) return;
    known.push_back(tie.id);
    known.push_back(record.actors[tie.a].id + "-" + record.actors[tie.b].id);
  }
  for (const Actor& actor : record.actors) {
    if (names_actor(who, actor)) return;
    actors.push_back(actor.id);
    actors.push_back(actor.name);
  }
  for (const Actor& a : record.actors)
    for (const Actor& b : record.actors)
      if (names_pair(who, a, b)) return;  // without a tie
  throw Error({.what = fmt::format("the record has no tie, actor or pair '{}'", printable(who)),
               .where = {.file = "--why"},
               .expected = "the id of a tie, the id or name of an actor, or two of them such as anna-ben",
               .hint = nearest(who, std::move(known), actors)});
}

void print_why(const Forecast& forecast, const std::string& who, std::size_t most_pairs, std::ostream& out) {
  const Record& record = forecast.known;
  std::size_t found = 0;
  for (const AllianceForecast& one : forecast.alliances) {
    const Tie& tie = record.ties[one.tie];
    if (!names_tie(who, tie, record)) continue;
    ++found;
    fmt::print(out, "\nWhy: {} ({}, {} since {}, rank {})\n\n  {}\n", tie.id,
               record.actors[tie.a].name + " – " + record.actors[tie.b].name, tie.kind,
               format_time(tie.start, record.clock), one.rank, one.sentence);
    print_reasons(one, record, forecast.interval, "the average tie in force", true, out);
    if (one.change) print_change(*one.change, record, out);
  }
  for (const StartForecast& one : forecast.starts) {
    const Actor& a = record.actors[one.pair.sender];
    const Actor& b = record.actors[one.pair.receiver];
    if (one.rank > most_pairs || !names_pair(who, a, b)) continue;
    ++found;
    fmt::print(out, "\nWhy: {} ({}, at risk since {}, rank {})\n\n  {}\n", a.name + " – " + b.name,
               forecast.start_hazards[one.hazard].name, format_time(one.since, record.clock), one.rank, one.sentence);
    print_reasons(one, record, forecast.interval, "the average pair at risk", false, out);
  }
  if (found == 0)
    fmt::print(out, "\nnote: '{}' has no alliance in force and no pair among those listed\n", printable(who));
}

Time read_since(const std::string& text, Time as_of, const Record& record) {
  Time since = 0;
  if (const auto date = parse_time(text, record.clock))
    since = date->time;
  else if (const auto duration = duration_on(text, unit_of(record)))
    since = as_of - *duration;
  else
    throw Error({.what = fmt::format("cannot read '{}'", printable(text)),
                 .where = {.file = "--since"},
                 .expected = record.clock == Clock::calendar ? "a date such as 2025-01-22, or a duration such as 30d"
                                                             : "a number, or a duration such as 30d"});
  if (since < as_of) return since;
  throw Error({.what = "a change is told since a date before the as-of date",
               .where = {.file = "--since"},
               .got = format_time(since, record.clock),
               .expected = fmt::format("a date before {}", format_time(as_of, record.clock))});
}

}  // namespace detente::cli
