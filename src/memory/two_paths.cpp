#include "memory/two_paths.hpp"

#include <algorithm>

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
  if (how == Combine::unique) return first > 0 && second > 0 ? 1 : 0;
  return std::min(first, second);
}

// Calls body(h) once for each h with leg(a, h) possibly positive (from_start) or leg(h, a) possibly positive.
template <class Body>
void for_each_third(const PairTable& pairs, Leg leg, ActorId a, bool from_start, Body body) {
  const bool outgoing = leg == Leg::both || (leg == Leg::forward) == from_start;
  const bool incoming = leg == Leg::both || (leg == Leg::forward) != from_start;
  if (outgoing)
    for (const Partner& p : pairs.out(a)) body(p.actor);
  if (incoming)
    for (const Partner& p : pairs.in(a))
      if (!outgoing || pairs.find(a, p.actor) == no_id) body(p.actor);
}

bool fade_alike(const TraceSpec& a, const TraceSpec& b) {
  return a.fade == b.fade && a.fade != Fade::window && (a.fade == Fade::none || a.span == b.span);
}

}  // namespace

TwoPaths::TwoPaths(TwoPathSpec spec, std::span<const Trace> traces, std::size_t actors)
    : spec_(spec),
      maintained_(fade_alike(traces[spec.first].spec(), traces[spec.second].spec())),
      sums_pairs_(maintained_ ? actors : 0) {}

bool TwoPaths::drifts(std::span<const Trace> traces) const {
  if (maintained_ && spec_.combine == Combine::unique) return false;
  return traces[spec_.first].drifts() || traces[spec_.second].drifts();
}

double TwoPaths::value(const PairTable& pairs, std::span<const Trace> traces, Dyad dyad) const {
  const Trace& first = traces[spec_.first];
  const Trace& second = traces[spec_.second];
  if (maintained_) {
    const PairId pair = sums_pairs_.find(dyad.sender, dyad.receiver);
    if (pair == no_id) return 0;
    return spec_.combine == Combine::unique ? sums_[pair] : sums_[pair] * first.factor();
  }
  double sum = 0;
  for_each_third(pairs, spec_.first_leg, dyad.sender, true, [&](ActorId h) {
    if (h == dyad.receiver) return;
    const double one = leg_stored(pairs, first, spec_.first_leg, dyad.sender, h) * first.factor();
    if (one <= 0) return;
    const double two = leg_stored(pairs, second, spec_.second_leg, h, dyad.receiver) * second.factor();
    sum += combine(spec_.combine, one, two);
  });
  return sum;
}

void TwoPaths::rebase(double shrink) {
  if (shrink == 1 || !maintained_ || spec_.combine == Combine::unique) return;
  for (double& sum : sums_) sum *= shrink;
}

void TwoPaths::update(const PairTable& pairs, std::span<const Trace> traces, TraceId trace, Dyad changed,
                      WeightChange change, std::vector<Dyad>& touched) {
  const auto other_way = [&](Leg leg) {
    return leg == Leg::both ? stored(pairs, traces[trace], changed.receiver, changed.sender) : 0.0;
  };
  if (trace == spec_.first) {
    const double other = other_way(spec_.first_leg);
    const double before = change.before + other;
    const double after = change.after + other;
    if (spec_.first_leg != Leg::backward)
      update_first(pairs, traces, {changed.sender, changed.receiver, before, after}, touched);
    if (spec_.first_leg != Leg::forward)
      update_first(pairs, traces, {changed.receiver, changed.sender, before, after}, touched);
  }
  if (trace == spec_.second) {
    const double other = other_way(spec_.second_leg);
    const double before = change.before + other;
    const double after = change.after + other;
    if (spec_.second_leg != Leg::backward)
      update_second(pairs, traces, {changed.receiver, changed.sender, before, after}, touched);
    if (spec_.second_leg != Leg::forward)
      update_second(pairs, traces, {changed.sender, changed.receiver, before, after}, touched);
  }
}

// leg1(i = end, h = third) changed: every j with leg2(h, j) > 0.
void TwoPaths::update_first(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                            std::vector<Dyad>& touched) {
  for_each_third(pairs, spec_.second_leg, leg.third, true, [&](ActorId j) {
    if (j == leg.end) return;
    const double second = leg_stored(pairs, traces[spec_.second], spec_.second_leg, leg.third, j);
    if (second <= 0) return;
    change({leg.end, j}, combine(spec_.combine, leg.after, second) - combine(spec_.combine, leg.before, second),
           touched);
  });
}

// leg2(h = third, j = end) changed: every i with leg1(i, h) > 0.
void TwoPaths::update_second(const PairTable& pairs, std::span<const Trace> traces, const LegChange& leg,
                             std::vector<Dyad>& touched) {
  for_each_third(pairs, spec_.first_leg, leg.third, false, [&](ActorId i) {
    if (i == leg.end) return;
    const double first = leg_stored(pairs, traces[spec_.first], spec_.first_leg, i, leg.third);
    if (first <= 0) return;
    change({i, leg.end}, combine(spec_.combine, first, leg.after) - combine(spec_.combine, first, leg.before), touched);
  });
}

void TwoPaths::change(Dyad dyad, double amount, std::vector<Dyad>& touched) {
  if (!maintained_) {
    touched.push_back(dyad);
    return;
  }
  if (amount == 0) return;
  const PairId pair = sums_pairs_.insert(dyad.sender, dyad.receiver);
  if (pair >= sums_.size()) sums_.resize(pair + 1, 0.0);
  sums_[pair] += amount;
  touched.push_back(dyad);
}

}  // namespace detente
