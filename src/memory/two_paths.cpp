#include "memory/two_paths.hpp"

#include <algorithm>
#include <cmath>

namespace detente {
namespace {

double stored(const PairTable& pairs, const Trace& trace, ActorId from, ActorId to) {
  const PairId pair = pairs.find(from, to);
  return pair == no_id ? 0 : trace.stored(pair);
}

// leg(a, b) in stored units.
double leg_stored(const PairTable& pairs, const Trace& trace, Leg leg, ActorId a, ActorId b) {
  switch (leg) {
    case Leg::forward: return stored(pairs, trace, a, b);
    case Leg::backward: return stored(pairs, trace, b, a);
    case Leg::both: break;
  }
  return stored(pairs, trace, a, b) + stored(pairs, trace, b, a);
}

double combine(Combine how, double first, double second) {
  if (!(first > 0 && second > 0)) return 0;
  switch (how) {
    case Combine::min_sum: return std::min(first, second);
    case Combine::sum: return first + second;
    case Combine::product: return first * second;
    case Combine::unique: break;
  }
  return 1;
}

// What a sum is multiplied by where both its legs are multiplied by `factor`.
double scale(Combine how, double factor) {
  switch (how) {
    case Combine::unique: return 1;
    case Combine::product: return factor * factor;
    case Combine::min_sum:
    case Combine::sum: break;
  }
  return factor;
}

// Calls body(h, leg) once for each h with leg(a, h) > 0 (from_start) or leg(h, a) > 0, in stored units; where weights ripen
// also for each h whose leg may come to be above 0 by time alone.
template <class Body>
void for_each_third(const PairTable& pairs, const Trace& trace, Leg leg, ActorId a, bool from_start, Body body) {
  const auto counts = [&](double w) { return w > 0 || trace.ripens(); };
  if (leg == Leg::both) {
    for (const Partner& p : pairs.out(a))
      if (const double w = trace.stored(p.pair) + stored(pairs, trace, p.actor, a); counts(w)) body(p.actor, w);
    for (const Partner& p : pairs.in(a))
      if (const double w = trace.stored(p.pair); counts(w) && pairs.find(a, p.actor) == no_id) body(p.actor, w);
    return;
  }
  const bool outgoing = (leg == Leg::forward) == from_start;
  for (const Partner& p : outgoing ? pairs.out(a) : pairs.in(a))
    if (const double w = trace.stored(p.pair); counts(w)) body(p.actor, w);
}

// No event tells of what leaves a window or comes into an interval.
bool fade_alike(const TraceSpec& a, const TraceSpec& b) {
  if (a.fade == Fade::none || b.fade == Fade::none) return a.fade == b.fade;
  return a.fade == Fade::half_life && b.fade == Fade::half_life && a.span == b.span;
}

// Counts of third actors, and sums of counted events, are whole.  So are products, which grow beyond what tables by count
// (coded_parts.hpp) can hold.
bool is_whole(const TwoPathSpec& spec, const TraceSpec& first, const TraceSpec& second) {
  const auto counts = [](const TraceSpec& trace) { return trace.fade == Fade::none && trace.weight == Weight::count; };
  if (spec.combine == Combine::product) return false;
  return spec.combine == Combine::unique || (counts(first) && counts(second));
}

}  // namespace

TwoPaths::TwoPaths(TwoPathId id, TwoPathSpec spec, std::span<const Trace> traces, std::size_t actors, Keep keep)
    : id_(id),
      spec_(spec),
      maintained_(keep != Keep::nothing && fade_alike(traces[spec.first].spec(), traces[spec.second].spec())),
      sums_pairs_(0) {
  if (!maintained_) return;
  if ((keep == Keep::dense_counts || actors <= counted_below) &&
      is_whole(spec, traces[spec.first].spec(), traces[spec.second].spec()))
    counts_ = CountMatrix(actors, spec.combine != Combine::unique);
  else
    sums_pairs_ = PairTable(actors);
}

bool TwoPaths::drifts(std::span<const Trace> traces) const {
  if (maintained_ && spec_.combine == Combine::unique) return false;
  return traces[spec_.first].drifts() || traces[spec_.second].drifts();
}

std::size_t TwoPaths::bytes() const { return counts_.bytes() + sums_pairs_.bytes() + sums_.size() * sizeof(double); }

double TwoPaths::value(const PairTable& pairs, std::span<const Trace> traces, Dyad dyad) const {
  if (!counts_.empty()) return counts_.at(dyad.sender, dyad.receiver);
  const Trace& first = traces[spec_.first];
  const Trace& second = traces[spec_.second];
  if (maintained_) {
    const PairId pair = sums_pairs_.find(dyad.sender, dyad.receiver);
    return pair == no_id ? 0 : sums_[pair] * unit_of_sums(traces);
  }
  double sum = 0;
  for_each_third(pairs, first, spec_.first_leg, dyad.sender, true, [&](ActorId h, double one) {
    if (h == dyad.receiver) return;
    const double two = leg_stored(pairs, second, spec_.second_leg, h, dyad.receiver) * second.factor();
    sum += combine(spec_.combine, one * first.factor(), two);
  });
  return sum;
}

double TwoPaths::unit_of_sums(std::span<const Trace> traces) const {
  return scale(spec_.combine, traces[spec_.first].factor());
}

void TwoPaths::sums_from(std::span<const Trace> traces, ActorId sender, std::span<const ActorId> receivers,
                         double* values) const {
  const double unit = unit_of_sums(traces);
  std::vector<double> of(sums_pairs_.actors(), 0.0);
  for (const Partner& p : sums_pairs_.out(sender)) of[p.actor] = sums_[p.pair] * unit;
  for (std::size_t k = 0; k < receivers.size(); ++k) values[k] = of[receivers[k]];
}

double TwoPaths::through(std::span<const Trace> traces, const CommonNeighbour& third) const {
  const auto weight = [](const Trace& trace, Leg leg, PairId along, PairId against) {
    const double stored =
        (leg != Leg::backward ? trace.stored(along) : 0) + (leg != Leg::forward ? trace.stored(against) : 0);
    return stored * trace.factor();
  };
  return combine(spec_.combine, weight(traces[spec_.first], spec_.first_leg, third.out_first, third.in_first),
                 weight(traces[spec_.second], spec_.second_leg, third.in_second, third.out_second));
}

void TwoPaths::append_reached(const PairTable& pairs, std::span<const Trace> traces, std::vector<Dyad>& dyads) const {
  const auto actors = static_cast<ActorId>(pairs.actors());
  if (!counts_.empty()) {
    for (ActorId i = 0; i < actors; ++i) {
      const CountLine row = counts_.row(i);
      for (ActorId j = 0; j < actors; ++j)
        if (row[j] > 0) dyads.push_back({i, j});
    }
    return;
  }
  if (maintained_) {
    for (PairId pair = 0; pair < sums_pairs_.size(); ++pair) dyads.push_back(sums_pairs_.dyad(pair));
    return;
  }
  for (ActorId h = 0; h < actors; ++h)
    for_each_third(pairs, traces[spec_.first], spec_.first_leg, h, false, [&](ActorId i, double) {
      for_each_third(pairs, traces[spec_.second], spec_.second_leg, h, true, [&](ActorId j, double) {
        if (i != j) dyads.push_back({i, j});
      });
    });
}

void TwoPaths::rebase(double shrink) {
  const double scaled = scale(spec_.combine, shrink);
  if (scaled == 1 || !maintained_) return;
  for (double& sum : sums_) sum *= scaled;
}

void TwoPaths::update(const PairTable& pairs, std::span<const Trace> traces, TraceId trace, Dyad changed,
                      WeightChange change, std::vector<TwoPathChange>& changes) {
  const auto other_way = [&](Leg leg) {
    return leg == Leg::both ? stored(pairs, traces[trace], changed.receiver, changed.sender) : 0.0;
  };
  if (trace == spec_.first) {
    const double other = other_way(spec_.first_leg);
    const double before = change.before + other;
    const double after = change.after + other;
    if (spec_.first_leg != Leg::backward)
      update_first(pairs, traces, {changed.sender, changed.receiver, before, after}, changes);
    if (spec_.first_leg != Leg::forward)
      update_first(pairs, traces, {changed.receiver, changed.sender, before, after}, changes);
  }
  if (trace == spec_.second) {
    const double other = other_way(spec_.second_leg);
    const double before = change.before + other;
    const double after = change.after + other;
    if (spec_.second_leg != Leg::backward)
      update_second(pairs, traces, {changed.receiver, changed.sender, before, after}, changes);
    if (spec_.second_leg != Leg::forward)
      update_second(pairs, traces, {changed.sender, changed.receiver, before, after}, changes);
  }
}

// leg1(i = end, h = third) changed: every j with leg2(h, j) > 0.
void TwoPaths::update_first(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                            std::vector<TwoPathChange>& changes) {
  if (maintained_ && spec_.combine == Combine::unique && (leg.before > 0) == (leg.after > 0)) return;
  for_each_third(pairs, traces[spec_.second], spec_.second_leg, leg.third, true, [&](ActorId j, double second) {
    if (j == leg.end) return;
    change({leg.end, j}, combine(spec_.combine, leg.after, second) - combine(spec_.combine, leg.before, second),
           changes);
  });
}

// leg2(h = third, j = end) changed: every i with leg1(i, h) > 0.
void TwoPaths::update_second(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                             std::vector<TwoPathChange>& changes) {
  if (maintained_ && spec_.combine == Combine::unique && (leg.before > 0) == (leg.after > 0)) return;
  for_each_third(pairs, traces[spec_.first], spec_.first_leg, leg.third, false, [&](ActorId i, double first) {
    if (i == leg.end) return;
    change({i, leg.end}, combine(spec_.combine, first, leg.after) - combine(spec_.combine, first, leg.before), changes);
  });
}

void TwoPaths::change(Dyad dyad, double amount, std::vector<TwoPathChange>& changes) {
  if (!maintained_) {
    changes.push_back({id_, dyad, std::nan(""), std::nan("")});
    return;
  }
  if (amount == 0) return;
  if (!counts_.empty()) {
    const double before = counts_.at(dyad.sender, dyad.receiver);
    counts_.add(dyad.sender, dyad.receiver, static_cast<std::int32_t>(amount));
    changes.push_back({id_, dyad, before, before + amount});
    return;
  }
  const PairId pair = sums_pairs_.insert(dyad.sender, dyad.receiver);
  if (pair >= sums_.size()) sums_.resize(pair + 1, 0.0);
  changes.push_back({id_, dyad, sums_[pair], sums_[pair] + amount});
  sums_[pair] += amount;
}

}  // namespace detente
