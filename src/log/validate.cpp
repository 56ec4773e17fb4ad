#include "log/validate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr std::size_t most_findings = 100'000;  // of one code stay in memory: beyond this they are only counted
constexpr double largest_intensity = 10;
constexpr std::size_t heap_least = 20;        // events on one date before it can be called a heap ...
constexpr double heap_share = 0.05;           // ... and either this share of all events,
constexpr double heap_share_in_month = 0.02;  // or, on a date that stands for its month, this share and
constexpr double heap_times_mean = 10;        // this many times the mean of the dates that have events

Time day_of(Time time, Clock clock) { return clock == Clock::calendar ? std::floor(time) : time; }

// The first day that a moment of some precision may be.
Time first_possible(Time time, Precision precision) {
  if (precision != Precision::month) return time;
  const CivilDate date = civil_from_days(static_cast<std::int64_t>(time));
  return static_cast<Time>(days_from_civil(date.year, date.month, 1));
}

class Validation {
 public:
  Validation(const Record& record, const RecordFiles& files, Findings& findings)
      : record_(record), files_(files), findings_(findings) {}

  void run() {
    duplicates();
    for (const Event& e : record_.events) event_lifetimes(e);
    for (const Tie& tie : record_.ties) tie_lifetimes(tie);
    overlapping_ties();
    actors();
    for (const Attribute& attribute : record_.attributes) attribute_ends(attribute);
    if (record_.clock == Clock::calendar) heaps();
    find_oddities(record_, files_, findings_);
    intensities();
    count_the_rest();
  }

 private:
  void find(Level level, std::string code, Place where, Problem problem) {
    if (++counts_[code] > most_findings) return;
    problem.where = std::move(where);
    findings_.add(level, std::move(code), std::move(problem));
  }
  void count_the_rest() {
    for (const auto& [code, count] : counts_)
      if (count > most_findings)
        findings_.add(
            Level::warning, "more-findings",
            {.what = fmt::format("{} more findings of the kind {} are not listed", count - most_findings, code)});
  }
  [[nodiscard]] Place place_of(const Tie& tie) const { return {.file = files_.ties, .line = tie.line}; }
  [[nodiscard]] Place place_of(const Actor& actor) const { return {.file = files_.actors, .line = actor.line}; }
  [[nodiscard]] std::string shown(Time time) const { return format_time(time, record_.clock); }
  [[nodiscard]] std::string name(ActorId actor) const { return printable(record_.actors[actor].id); }

  // Everything by which two rows of events could differ.
  [[nodiscard]] auto content(std::size_t i) const {
    static const EventText no_text;
    const Event& e = record_.events[i];
    const EventText& text = record_.texts.empty() ? no_text : record_.texts[i];
    return std::tie(e.precision, e.order, e.sender, e.receiver, e.type, e.intensity, text.description, text.reference,
                    text.sphere, text.verified);
  }

  void duplicates() {
    const std::vector<Event>& events = record_.events;
    std::vector<std::size_t> index;
    for (std::size_t first = 0; first < events.size();) {
      std::size_t last = first + 1;
      while (last < events.size() && events[last].time == events[first].time) ++last;
      index.resize(last - first);
      std::iota(index.begin(), index.end(), first);
      std::stable_sort(index.begin(), index.end(),
                       [&](std::size_t a, std::size_t b) { return content(a) < content(b); });
      for (std::size_t k = 1, original = 0; k < index.size(); ++k) {
        if (content(index[original]) != content(index[k])) {
          original = k;
        } else {
          duplicate(events[index[k]], events[index[original]]);
        }
      }
      first = last;
    }
    if (repeats_ > 1) findings_.list.back().problem.what += fmt::format(" (and {} more)", repeats_ - 1);
  }

  void duplicate(const Event& e, const Event& original) {
    if (files_.repeats && repeats_++ > 0) return;
    const std::string place =
        files_.event_parts.empty() ? fmt::format("line {}", original.line) : to_string(files_.event(original.line));
    find(Level::warning, "duplicate-event", files_.event(e.line),
         {.what = fmt::format("the event repeats that of {} in every column{}: both are kept", place,
                              files_.repeats ? " that is read" : ""),
          .got = fmt::format("{} {} {} {}", shown(e.time), name(e.sender), name(e.receiver),
                             printable(record_.types[e.type].code))});
  }

  void event_lifetimes(const Event& e) {
    const Time latest = day_of(e.time, record_.clock);
    const Time earliest = first_possible(latest, e.precision);
    for (const ActorId actor : {e.sender, e.receiver})
      outside(actor, earliest, latest, "event-outside-lifetime", files_.event(e.line), "the event");
  }

  void tie_lifetimes(const Tie& tie) {
    if (tie.lost) lost(tie);
    for (const ActorId actor : {tie.a, tie.b}) {
      outside(actor, first_possible(tie.start, tie.start_precision), tie.start, "tie-outside-lifetime", place_of(tie),
              fmt::format("the start of tie '{}'", printable(tie.id)));
      if (tie.end == never || tie.lost) continue;
      outside(actor, first_possible(tie.end, tie.end_precision), tie.end, "tie-outside-lifetime", place_of(tie),
              fmt::format("the end of tie '{}'", printable(tie.id)));
    }
  }

  // An end that nobody recorded is said.
  void lost(const Tie& tie) {
    const bool first = record_.actors[tie.a].leaves <= record_.actors[tie.b].leaves;
    find(Level::note, "lost-tie", place_of(tie),
         {.what = fmt::format("the tie '{}' has no end but the actor '{}' leaves: it ends as loss", printable(tie.id),
                              name(first ? tie.a : tie.b)),
          .got = fmt::format("leaves {}", shown(record_.actors[first ? tie.a : tie.b].leaves)),
          .hint = "give the tie an end and an ending where it ended otherwise"});
  }

  // `what` may have happened between `earliest` and `latest`.
  void outside(ActorId id, Time earliest, Time latest, std::string_view code, const Place& where,
               const std::string& what) {
    const Actor& actor = record_.actors[id];
    if (actor.enters_declared && latest < actor.enters) {
      find(Level::warning, std::string(code), where,
           {.what = fmt::format("{} is earlier than the actor '{}'", what, name(id)),
            .got = shown(latest),
            .expected = fmt::format("{} or later, when it enters", shown(actor.enters))});
    } else if (earliest > actor.leaves) {
      find(Level::warning, std::string(code), where,
           {.what = fmt::format("{} is later than the actor '{}'", what, name(id)),
            .got = shown(earliest),
            .expected = fmt::format("{} or earlier, when it leaves", shown(actor.leaves))});
    }
    for (const Absence& away : actor.absences)
      if (earliest > away.leaves && latest < away.returns)
        find(Level::warning, std::string(code), where,
             {.what = fmt::format("{} is while the actor '{}' is away", what, name(id)),
              .got = shown(latest),
              .expected = fmt::format("{} or earlier, or {} or later", shown(away.leaves), shown(away.returns))});
  }

  void overlapping_ties() {
    const auto key = [](const Tie& tie) {
      return std::tuple(std::min(tie.a, tie.b), std::max(tie.a, tie.b), std::string_view(tie.kind));
    };
    std::vector<const Tie*> ties;
    for (const Tie& tie : record_.ties) ties.push_back(&tie);
    std::stable_sort(ties.begin(), ties.end(), [&](const Tie* x, const Tie* y) {
      return std::tuple_cat(key(*x), std::tuple(x->start)) < std::tuple_cat(key(*y), std::tuple(y->start));
    });
    const Tie* longest = nullptr;  // of the same actors and kind: the one that ends last so far
    for (const Tie* tie : ties) {
      const bool same = longest != nullptr && key(*longest) == key(*tie);
      if (same && tie->start < longest->end)
        find(Level::note, "overlapping-ties", place_of(*tie),
             {.what = fmt::format("the tie '{}' overlaps '{}' of the same actors and kind", printable(tie->id),
                                  printable(longest->id)),
              .got = fmt::format("starts {}", shown(tie->start)),
              .expected = longest->end == never ? "no second tie while the first is in force"
                                                : fmt::format("not before {}", shown(longest->end))});
      if (!same || tie->end > longest->end) longest = tie;
    }
  }

  void actors() {
    std::vector<bool> acts(record_.actors.size(), false);
    for (const Event& e : record_.events) acts[e.sender] = acts[e.receiver] = true;
    for (const Tie& tie : record_.ties) acts[tie.a] = acts[tie.b] = true;
    const Time last = record_.events.empty() ? never : day_of(record_.events.back().time, record_.clock);
    for (std::size_t i = 0; i < acts.size(); ++i) {
      const Actor& actor = record_.actors[i];
      const auto id = static_cast<ActorId>(i);
      if (actor.enters_declared && actor.enters > last) {
        find(Level::warning, "late-actor", place_of(actor),
             {.what = fmt::format("the actor '{}' enters after the last event", name(id)),
              .got = shown(actor.enters),
              .expected = fmt::format("{} or earlier", shown(last))});
      } else if (!acts[i]) {
        find(Level::note, "idle-actor", place_of(actor),
             {.what = fmt::format("the actor '{}' is in no event and no tie", name(id))});
      }
    }
  }

  // Values that stop coming while their actor goes on: the last one stays in force.
  void attribute_ends(const Attribute& attribute) {
    std::vector<Time> last_act(record_.actors.size(), always);
    for (const Event& e : record_.events) last_act[e.sender] = last_act[e.receiver] = e.time;
    const std::vector<AttributeValue>& values = attribute.values;
    for (std::size_t first = 0; first < values.size();) {
      const ActorId actor = values[first].actor;
      double step = 0;
      std::size_t last = first + 1;
      for (; last < values.size() && values[last].actor == actor; ++last)
        step = std::max(step, values[last].time - values[last - 1].time);
      const Time end = values[last - 1].time;
      if (last - first >= 3 && last_act[actor] > end + 2 * step)
        find(Level::note, "attribute-ends", {.file = files_.attributes},
             {.what = fmt::format("'{}' of the actor '{}' has no value after {}, but the actor acts until {}",
                                  printable(attribute.name), name(actor), shown(end), shown(last_act[actor]))});
      first = last;
    }
  }

  // Dates that stand for others: many events on one day in the middle of a month, or in one month.
  void heaps() {
    std::map<std::pair<Time, Precision>, std::pair<std::size_t, std::uint32_t>> dates;  // count and first line
    for (const Event& e : record_.events) {
      auto& [count, line] = dates[{std::floor(e.time), e.precision}];
      if (count++ == 0) line = e.line;
    }
    const auto total = static_cast<double>(record_.events.size());
    const double mean = total / static_cast<double>(std::max<std::size_t>(dates.size(), 1));
    for (const auto& [date, seen] : dates) {
      const auto& [day, precision] = date;
      const double share = static_cast<double>(seen.first) / total;
      const bool month = precision == Precision::month;
      const unsigned in_month = civil_from_days(static_cast<std::int64_t>(day)).day;
      const bool stands_for_month = month || (in_month >= 14 && in_month <= 16);
      const bool outstanding = share > heap_share_in_month && static_cast<double>(seen.first) > heap_times_mean * mean;
      if (seen.first < heap_least || !stands_for_month || !(share > heap_share || outstanding)) continue;
      find(Level::warning, "date-heap", files_.event(seen.second),
           {.what = fmt::format("{} events ({:.1f} %) share {} {}: are their dates uncertain?", seen.first, 100 * share,
                                month ? "the month" : "the date", shown(day).substr(0, month ? 7 : 10)),
            .hint = "events at one time are treated as simultaneous"});
    }
  }

  void intensities() {
    std::size_t count = 0;
    const Event* first = nullptr;
    for (const Event& e : record_.events) {
      if (std::abs(e.intensity) <= largest_intensity) continue;
      if (count++ == 0) first = &e;
    }
    if (count == 0) return;
    find(Level::warning, "intensity-range", files_.event(first->line),
         {.what = fmt::format("{} events have an intensity beyond the scale", count),
          .got = fmt::format("{}", first->intensity),
          .expected = "-10 to +10"});
  }

  const Record& record_;
  const RecordFiles& files_;
  Findings& findings_;
  std::map<std::string, std::size_t> counts_{};  // of each code
  std::size_t repeats_ = 0;                      // of a source where they are counted
};

}  // namespace

Place RecordFiles::event(std::size_t line) const {
  Place place{.file = events, .line = line};
  for (const FilePart& part : event_parts)
    if (part.lines_before < line) place = {.file = part.file, .line = line - part.lines_before};
  return place;
}

void validate(const Record& record, const RecordFiles& files, Findings& findings) {
  Validation(record, files, findings).run();
}

}  // namespace detente
