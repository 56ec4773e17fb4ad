#include "hazard/standardized.hpp"

#include <cmath>

#include "hazard/likelihood.hpp"

namespace detente {
namespace {

constexpr std::size_t block_size = 512;

// Mean and variance of numbers that come in blocks (Chan, Golub & LeVeque 1983, Am. Stat. 37).  Each block is counted from
// its first number, so that numbers all alike have no variance at all.  What is unknown does not count.
class Spread {
 public:
  void add(std::span<const double> x) {
    double sum = 0, count = 0, first = 0;
    for (const double one : x) {
      if (std::isnan(one)) continue;
      if (count == 0) first = one;
      sum += one - first;
      ++count;
    }
    if (count == 0) return;
    const double mean = first + sum / count;
    double squares = 0;
    for (const double one : x)
      if (!std::isnan(one)) squares += (one - mean) * (one - mean);
    const double between = mean - mean_;
    const double all = count_ + count;
    mean_ += between * count / all;
    squares_ += squares + between * between * count_ * count / all;
    count_ = all;
  }

  [[nodiscard]] Scale scale() const {
    const double variance = count_ > 1 ? squares_ / (count_ - 1) : 0;
    return {mean_, variance < constant_below * mean_ * mean_ ? 0 : std::sqrt(variance)};
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of differences from the mean
};

}  // namespace

// Calls body(Link) for everybody the mean is over.
template <class Body>
void Standardized::for_each(const Memory& memory, ActorId sender, Body body) const {
  if (kind_ == HazardKind::rate) {
    for (ActorId i = 0; i < memory.actors(); ++i)
      if (memory.present(i) && risk_set_->may_send(i)) body(Link{{i, i}, no_id, no_id});
    return;
  }
  const auto of_dyad = [&](Dyad dyad) { body(memory.link(dyad)); };
  RiskList list(*risk_set_);
  list.refresh(memory);
  if (kind_ == HazardKind::choice)
    for_each_at_risk_from(*risk_set_, list, memory, sender, of_dyad);
  else
    for_each_at_risk(*risk_set_, list, memory, of_dyad);
}

Scale Standardized::measure(const Memory& memory, ActorId sender) const {
  Spread spread;
  std::vector<Link> links;
  std::vector<double> x(block_size);
  const auto take = [&] {
    if (risk_set_->directed())
      term_.values(memory, links, x.data());
    else
      for (std::size_t k = 0; k < links.size(); ++k) x[k] = term_.value_both_ways(memory, links[k]);
    spread.add(std::span(x.data(), links.size()));
    links.clear();
  };
  for_each(memory, sender, [&](const Link& link) {
    links.push_back(link);
    if (links.size() == block_size) take();
  });
  take();
  return spread.scale();
}

// Two threads that ask at once both measure, and find the same.
Scale Standardized::scale_of(const Memory& memory, ActorId sender) const {
  const std::size_t line = kind_ == HazardKind::choice ? sender : 0;
  if (const std::optional<Scale> known = memory.scales().find(slot_, line)) return *known;
  const Scale scale = measure(memory, sender);
  memory.scales().keep(slot_, line, scale);
  return scale;
}

void Standardized::values(const Memory& memory, std::span<const Link> links, double* values) const {
  term_.values(memory, links, values);
  Scale scale;
  for (std::size_t k = 0; k < links.size(); ++k) {
    const ActorId sender = links[k].sender;
    const bool same = k > 0 && (kind_ != HazardKind::choice || sender == links[k - 1].sender);
    if (!same) scale = scale_of(memory, sender);
    values[k] = scale.of(values[k]);
  }
}

double Standardized::value(const Memory& memory, const Link& link) const {
  return scale_of(memory, link.sender).of(term_.value(memory, link));
}

double Standardized::value_of_tie(const Memory& memory, TieId tie, const Link& link) const {
  return scale_of(memory, link.sender).of(term_.value_of_tie(memory, tie, link));
}

// Of one actor only where senders are compared with senders.
Traits Standardized::traits() const {
  Traits traits = term_.traits();
  if (kind_ == HazardKind::tie || traits.scope != Scope::sender) traits.scope = Scope::dyad;
  traits.sparse = false;
  traits.shifts_all = true;
  traits.standardized = true;
  traits.sum_of = no_id;
  traits.reads = Reads::events;
  return traits;
}

void Standardized::sources(const Memory& memory, Dyad dyad, std::vector<Source>& out) const {
  term_.sources(memory, dyad, out);
}

void Standardized::attributes(std::vector<AttributeId>& out) const { term_.attributes(out); }

}  // namespace detente
