// What a record may well mean otherwise than it says: times in another unit or far from all others, two sets of actors that
// never mix, names that stand for nobody or for somebody else.  Nothing here is wrong; somebody should look.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "log/validate.hpp"

namespace detente {
namespace {

class Oddities {
 public:
  Oddities(const Record& record, const RecordFiles& files, Findings& findings)
      : record_(record), files_(files), findings_(findings) {}

  void run() {
    far_off_times();
    if (record_.clock == Clock::number) numbers_like_dates();
    two_modes();
    odd_names();
  }

 private:
  void find(Level level, std::string code, Place where, Problem problem) {
    problem.where = std::move(where);
    findings_.add(level, std::move(code), std::move(problem));
  }
  [[nodiscard]] Place place_of(const Tie& tie) const { return {.file = files_.ties, .line = tie.line}; }
  [[nodiscard]] Place place_of(const Actor& actor) const { return {.file = files_.actors, .line = actor.line}; }
  [[nodiscard]] std::string shown(Time time) const { return format_time(time, record_.clock); }
  [[nodiscard]] std::string name(ActorId actor) const { return printable(record_.actors[actor].id); }

  // Plain numbers that are moments written otherwise: said with the option that reads them.
  void numbers_like_dates() {
    if (record_.events.empty()) return;
    const double first = record_.events.front().time;
    const double last = record_.events.back().time;
    const bool whole = std::all_of(record_.events.begin(), record_.events.end(),
                                   [](const Event& e) { return e.time == std::floor(e.time); });
    const auto within = [&](double low, double high) { return whole && first >= low && last <= high; };
    const auto is_written_day = [](const Event& e) {
      const auto number = static_cast<std::int64_t>(e.time);
      const std::int64_t month = number / 100 % 100;
      const std::int64_t day = number % 100;
      return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    };
    const char* what = nullptr;
    const char* option = nullptr;
    if (within(18000101, 21001231) && std::all_of(record_.events.begin(), record_.events.end(), is_written_day))
      what = "days written without dashes", option = "yyyymmdd";
    else if (within(4e8, 4e9))
      what = "seconds since 1970", option = "unix";
    else if (within(4e11, 4e12))
      what = "milliseconds since 1970", option = "unix-ms";
    else if (within(4e17, 4e18))
      what = "nanoseconds since 1970", option = "unix-ns";
    else if (within(1800, 2100))
      what = "years", option = "year";
    else if (within(20'000, 60'000) && last - first > 365)
      what = "days of a spreadsheet", option = "serial";
    if (what == nullptr) return;
    find(Level::note, "numbers-like-dates", files_.event(record_.events.front().line),
         {.what = fmt::format("the times look like {}, and are read as plain numbers", what),
          .got = fmt::format("{} to {}", shown(first), shown(last)),
          .hint = fmt::format("--dates {} reads them as dates", option)});
  }

  // Where nobody both acts and is acted upon, most dyads of a risk set of all can never act.
  void two_modes() {
    constexpr std::size_t least = 10;  // events
    std::vector<bool> acts(record_.actors.size()), receives(record_.actors.size());
    for (const Event& e : record_.events) acts[e.sender] = receives[e.receiver] = true;
    std::size_t senders = 0, receivers = 0;
    std::vector<std::string> from, to;
    for (std::size_t k = 0; k < record_.actors.size(); ++k) {
      if (acts[k] && receives[k]) return;
      senders += acts[k] ? 1 : 0;
      receivers += receives[k] ? 1 : 0;
      if (acts[k]) from.push_back(record_.actors[k].kind);
      if (receives[k]) to.push_back(record_.actors[k].kind);
    }
    if (record_.events.size() < least || senders < 2 || receivers < 2) return;
    const auto one_kind = [](const std::vector<std::string>& kinds) {
      return !kinds.front().empty() &&
             std::all_of(kinds.begin(), kinds.end(), [&](const std::string& kind) { return kind == kinds.front(); });
    };
    const bool by_kind = one_kind(from) && one_kind(to) && from.front() != to.front();
    find(Level::note, "two-modes", {.file = files_.events},
         {.what = fmt::format("nobody both acts and is acted upon: {} senders and {} receivers never mix", senders,
                              receivers),
          .hint =
              by_kind
                  ? fmt::format("at_risk = \"bipartite({}, {})\" in the model, or --at-risk, leaves out the dyads "
                                "that can never act",
                                printable(from.front()), printable(to.front()))
                  : "at_risk = \"bipartite(FROM, TO)\", with their kinds in actors.csv, leaves out the dyads that can "
                    "never act; \"observed\" needs no kinds"});
  }

  // Names that stand for nobody, and spellings of what may be one actor.
  void odd_names() {
    std::map<std::string, ActorId> spelt;
    for (ActorId id = 0; id < record_.actors.size(); ++id) {
      std::string plain;
      for (const char c : record_.actors[id].id)
        if (c != ' ' && c != '\t') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (plain.ends_with(".0")) plain.resize(plain.size() - 2);
      for (const char* nobody : {"null", "na", "n/a", "none", "nan"})
        if (plain == nobody)
          find(Level::note, "name-of-nobody", place_of(record_.actors[id]),
               {.what = fmt::format("an actor is called '{}': is that a value that is missing?", name(id))});
      const auto [other, is_new] = spelt.emplace(plain, id);
      if (!is_new)
        find(Level::note, "similar-names", place_of(record_.actors[id]),
             {.what = fmt::format("the actors '{}' and '{}' differ by case, blanks or .0 alone: are they one?",
                                  name(other->second), name(id))});
    }
  }

  struct Dated {
    Time time;
    Place where;
  };
  [[nodiscard]] std::vector<Dated> times() const {
    std::vector<Dated> all;
    for (const Event& e : record_.events) all.push_back({e.time, files_.event(e.line)});
    for (const Tie& tie : record_.ties) {
      all.push_back({tie.start, place_of(tie)});
      if (tie.end != never && !tie.lost) all.push_back({tie.end, place_of(tie)});
    }
    return all;
  }

  // A few times at one end that lie far from all others: a slip of a digit makes a record last for centuries.
  void far_off_times() {
    constexpr std::size_t least = 4;
    std::vector<Dated> all = times();
    if (all.size() < least) return;
    std::stable_sort(all.begin(), all.end(), [](const Dated& a, const Dated& b) { return a.time < b.time; });
    const std::size_t few = std::max<std::size_t>(1, all.size() / 100);
    for (std::size_t k = 1; k <= few; ++k) {
      const std::size_t at = all.size() - k;
      if (at >= 2) far_off(all[at].time - all[at - 1].time, all[at - 1].time - all[0].time, k, all[at], all[at - 1]);
      if (k + 1 < all.size())
        far_off(all[k].time - all[k - 1].time, all.back().time - all[k].time, k, all[k - 1], all[k]);
    }
  }

  void far_off(double gap, double rest, std::size_t count, const Dated& far, const Dated& next) {
    constexpr double times_the_rest = 1000;
    if (!(rest > 0 && gap > times_the_rest * rest)) return;
    find(Level::warning, "far-off-time", far.where,
         {.what = fmt::format("{} far from all others",
                              count == 1 ? "this time lies" : fmt::format("{} times from this one on lie", count)),
          .got = shown(far.time),
          .expected = fmt::format("a time near the others, of which {} is the nearest", shown(next.time)),
          .hint = "is a digit wrong, or is it in another unit?"});
  }

  const Record& record_;
  const RecordFiles& files_;
  Findings& findings_;
};

}  // namespace

void find_oddities(const Record& record, const RecordFiles& files, Findings& findings) {
  Oddities(record, files, findings).run();
}

}  // namespace detente
