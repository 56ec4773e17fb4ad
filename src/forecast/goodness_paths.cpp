// The simulated side of goodness of fit: paths of events with all else as recorded, each reduced to its statistics.
#include <algorithm>
#include <atomic>

#include "base/parallel.hpp"
#include "forecast/goodness.hpp"

namespace detente {
namespace {

// What is as recorded, in the order of time; at one time ties end, then start, then events come.
struct GivenChange {
  enum class What : std::uint8_t { end, start, event };
  Time time;
  What what;
  std::size_t id;  // of the tie or event
};

std::vector<GivenChange> given_changes(const PathStart& start, const EventMakers& makers, Time ends) {
  using What = GivenChange::What;
  const Record& record = start.record();
  const Time begins = start.first_tick();
  const auto within = [&](Time time) { return time >= begins && time <= ends; };
  std::vector<GivenChange> changes;
  for (std::size_t id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (within(tie.end)) changes.push_back({tie.end, What::end, id});
    if (within(tie.start) && tie.start != tie.end) changes.push_back({tie.start, What::start, id});
  }
  for (std::size_t id = 0; id < record.events.size(); ++id)
    if (const Event& event = record.events[id]; within(event.time) && makers.hazard[id] == no_id)
      changes.push_back({event.time, What::event, id});
  std::stable_sort(changes.begin(), changes.end(), [](const GivenChange& a, const GivenChange& b) {
    return a.time != b.time ? a.time < b.time : a.what < b.what;
  });
  return changes;
}

// One replicate on its way.
class GoodnessPath {
 public:
  GoodnessPath(const GoodnessPaths& paths, const std::vector<GivenChange>& given,
               const std::vector<SignalAttribute>& attributes, const Coefficients& theta, PathKey key)
      : paths_(paths),
        given_(given),
        attributes_(attributes),
        key_(key),
        path_(paths.start, theta, key),
        layers_(paths.layers),
        summary_(paths.plan) {
    observer_.on_event = [this](const Event& event, std::size_t hazard) {
      if (event.time <= paths_.ends) summary_.add(event, hazard);
    };
  }
  GoodnessPath(const GoodnessPath&) = delete;
  GoodnessPath& operator=(const GoodnessPath&) = delete;

  // False when it exploded.
  bool tick(std::size_t number) {
    const Time now = paths_.start.at(number);
    const LayerStep step{now, paths_.start.at(number + 1) - now, static_cast<std::uint32_t>(number),
                         LayerDraws{key_.seed, key_.replicate}};
    for (; next_ < given_.size() && given_[next_].time <= now; ++next_) follow(given_[next_], step.draws);
    const bool sound =
        layers_.empty() ? path_.tick(number, observer_) : tick_together(path_, layers_, attributes_, step, observer_);
    return sound && summary_.events() <= paths_.most_events;
  }

  [[nodiscard]] std::vector<SummaryStatistic> statistics() const { return summary_.statistics(); }

 private:
  void follow(const GivenChange& change, const LayerDraws& draws) {
    const Record& record = paths_.start.record();
    switch (change.what) {
      case GivenChange::What::end:
        path_.end_tie(static_cast<TieId>(change.id), record.ties[change.id].ending == "rupture");
        break;
      case GivenChange::What::start: path_.start_recorded_tie(static_cast<TieId>(change.id)); break;
      case GivenChange::What::event:
        path_.act(record.events[change.id]);
        if (!layers_.empty()) layers_.hear(heard(record.events[change.id], record.types, draws));
        break;
    }
  }

  const GoodnessPaths& paths_;
  const std::vector<GivenChange>& given_;
  const std::vector<SignalAttribute>& attributes_;
  PathKey key_;
  Path path_;
  CoupledLayers layers_;
  EventSummary summary_;
  PathObserver observer_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<std::vector<SummaryStatistic>> simulate_statistics(const GoodnessPaths& paths,
                                                               const GoodnessOptions& options) {
  const std::vector<GivenChange> given = given_changes(paths.start, paths.makers, paths.ends);
  const std::vector<SignalAttribute> attributes = signal_attributes(paths.start.memory().attributes());
  std::size_t ticks = 0;
  while (paths.start.at(ticks) <= paths.ends) ++ticks;
  std::vector<std::vector<SummaryStatistic>> statistics(options.replicates);
  std::atomic<std::size_t> done{0};
  const auto cancelled = [&] { return options.cancelled && options.cancelled(); };
  for_each_block(options.replicates, options.threads, [&](std::size_t replicate) {
    if (cancelled()) return;
    const auto number = static_cast<std::uint32_t>(replicate);
    GoodnessPath path(paths, given, attributes, paths.theta(number), {options.seed, number});
    for (std::size_t tick = 0; tick < ticks; ++tick)
      if (cancelled() || !path.tick(tick)) return;
    statistics[replicate] = path.statistics();
    const std::size_t finished = ++done;
    if (options.progress)
      options.progress("simulate", static_cast<double>(finished) / static_cast<double>(options.replicates));
  });
  return statistics;
}

}  // namespace detente
