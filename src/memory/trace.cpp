#include "memory/trace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace detente {
namespace {

constexpr double rebase_after = 64;  // half-lives; keeps stored values far from overflow
constexpr double residue = 1e-9;     // what rounding may leave of a pair whose events all left the window

}  // namespace

// Differences of times round: an age that is a window's to the last digits is the window's.
bool has_begun(const TraceSpec& spec, Time event, Time now) {
  return now - event >= spec.from - time_tolerance(std::max(std::abs(now), std::abs(event)));
}

bool is_over(const TraceSpec& spec, Time event, Time now) {
  const double rounding = time_tolerance(std::max(std::abs(now), std::abs(event)));
  return spec.fade == Fade::interval ? now - event >= spec.span - rounding : now - event > spec.span + rounding;
}

std::vector<Time> turns_of(const TraceSpec& spec, Time event) {
  const Time end = event + spec.span;
  if (spec.fade == Fade::window) return {end + 4 * time_tolerance(std::max(std::abs(end), std::abs(event)))};
  if (spec.fade == Fade::interval) return {event + spec.from, end};
  return {};
}

Trace::Trace(TraceSpec spec, std::size_t actors)
    : spec_(std::move(spec)),
      out_sum_(actors, 0.0),
      in_sum_(actors, 0.0),
      out_partners_(spec_.keeps.partners ? actors : 0, 0.0),
      in_partners_(out_partners_),
      last_acts_(spec_.keeps, actors) {}

double Trace::advance(Time now, const PairTable& pairs) {
  now_ = now;
  double shrink = 1;
  if (spec_.fade == Fade::half_life) {
    if (!started_) reference_ = now;
    started_ = true;
    if (now - reference_ > rebase_after * spec_.span) shrink = rebase(now);
    factor_ = std::exp2(-(now - reference_) / spec_.span);
  }
  for (; !waiting_.empty() && has_begun(spec_, waiting_.front().time, now); waiting_.pop_front())
    count(waiting_.front(), pairs.dyad(waiting_.front().pair));
  while (!window_.empty() && is_over(spec_, window_.front().time, now)) {
    const Remembered& old = window_.front();
    add(pairs.dyad(old.pair), old.pair, -old.weight);
    window_.pop_front();
  }
  return shrink;
}

// Whole half-lives, so that rebasing multiplies by a power of two and changes no bit.  What was remembered stays above
// zero however long ago it was: counts of third actors (two_paths.hpp) rest on it.
double Trace::rebase(Time now) {
  const double lives = std::floor((now - reference_) / spec_.span);
  const double shrink = std::exp2(-lives);
  for (double& w : stored_)
    if (w > 0) w = std::max(w * shrink, std::numeric_limits<double>::min());
  for (double& w : out_sum_) w *= shrink;
  for (double& w : in_sum_) w *= shrink;
  total_ *= shrink;
  reference_ += lives * spec_.span;
  return shrink;
}

WeightChange Trace::apply(const Event& event, Dyad dyad, PairId pair, Time now) {
  if (pair >= stored_.size()) {
    stored_.resize(pair + 1, 0.0);
    last_.resize(pair + 1, always);
  }
  const double before = stored_[pair];
  const double weight = spec_.weight == Weight::count ? 1.0 : std::abs(static_cast<double>(event.intensity));
  const Remembered remembered{now_, pair, weight};
  if (spec_.fade == Fade::interval && spec_.from > 0)
    waiting_.push_back(remembered);
  else
    count(remembered, dyad);
  last_acts_.apply(dyad, pair, {now, now_});
  return {before, stored_[pair]};
}

void Trace::count(const Remembered& event, Dyad dyad) {
  add(dyad, event.pair, event.weight / factor_);
  last_[event.pair] = event.time;
  if (spec_.fade == Fade::window || spec_.fade == Fade::interval) window_.push_back(event);
}

std::size_t Trace::bytes() const {
  return (stored_.capacity() + last_.capacity() + out_sum_.size() + in_sum_.size() + out_partners_.size() +
          in_partners_.size()) *
             sizeof(double) +
         (waiting_.size() + window_.size()) * sizeof(Remembered) + last_acts_.bytes();
}

void Trace::add(Dyad dyad, PairId pair, double amount) {
  const bool partners = stored_[pair] > 0;
  stored_[pair] += amount;
  if (amount < 0 && std::abs(stored_[pair]) < residue) stored_[pair] = 0;
  out_sum_[dyad.sender] += amount;
  in_sum_[dyad.receiver] += amount;
  total_ += amount;
  if (!spec_.keeps.partners || partners == (stored_[pair] > 0)) return;
  const double change = partners ? -1 : 1;
  out_partners_[dyad.sender] += change;
  in_partners_[dyad.receiver] += change;
}

}  // namespace detente
