#include "hazard/random_terms.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {
namespace {

// A coefficient of an actor's or pair's own, read from the memory as if it were an effect.
class OwnEffect final : public Effect {
 public:
  enum class Of : std::uint8_t { sender, receiver, twice_sender, both, pair };

  OwnEffect(Of of, std::size_t slot) : of_(of), slot_(slot) {}
  using Effect::value;
  [[nodiscard]] std::unique_ptr<Effect> clone() const override { return std::make_unique<OwnEffect>(*this); }
  [[nodiscard]] double value(const Memory& memory, const Link& link) const override {
    switch (of_) {
      case Of::sender: return memory.own_value(slot_, link.sender);
      case Of::receiver: return memory.own_value(slot_, link.receiver);
      case Of::twice_sender: return 2 * memory.own_value(slot_, link.sender);
      case Of::both: return memory.own_value(slot_, link.sender) + memory.own_value(slot_, link.receiver);
      case Of::pair: return memory.own_value_of_pair(slot_, link);
    }
    return 0;
  }
  void values(const Memory& memory, std::span<const Link> links, double* values) const override {
    for (std::size_t k = 0; k < links.size(); ++k) values[k] = value(memory, links[k]);
  }
  [[nodiscard]] double value_of_tie(const Memory& memory, TieId, const Link& link) const override {
    return value(memory, link);
  }
  [[nodiscard]] Traits traits() const override {
    const bool sends = of_ == Of::sender || of_ == Of::twice_sender;
    return {.scope = sends ? Scope::sender : of_ == Of::receiver ? Scope::receiver : Scope::dyad};
  }
  void sources(const Memory&, Dyad, std::vector<Source>&) const override {}
  void attributes(std::vector<AttributeId>&) const override {}

 private:
  Of of_;
  std::size_t slot_;
};

// An intercept of both actors is read from either side and averaged, so that twice the sender's is their sum.
OwnEffect::Of intercept_of(Grouping grouping) {
  switch (grouping) {
    case Grouping::sender: return OwnEffect::Of::sender;
    case Grouping::receiver: return OwnEffect::Of::receiver;
    case Grouping::both: return OwnEffect::Of::twice_sender;
    case Grouping::pair: return OwnEffect::Of::pair;
  }
  return OwnEffect::Of::sender;
}

// A slope is averaged over both directions with what it is multiplied by: that must be the same either way.
OwnEffect::Of slope_of(Grouping grouping) {
  return grouping == Grouping::both ? OwnEffect::Of::both : intercept_of(grouping);
}

double own_of_member(const RandomTerms& random, const Memory& memory, std::size_t slot, const Group& group) {
  return random.grouping == Grouping::pair ? memory.own_value_of_pair(slot, {group.a, group.b})
                                           : memory.own_value(slot, group.a);
}

}  // namespace

std::vector<std::string> RandomTerms::term_names() const {
  std::vector<std::string> names;
  if (intercept) names.emplace_back("1");
  for (const Term& slope : slopes) names.push_back(slope.name());
  return names;
}

RandomTerms begin_random(const RandomSyntax& syntax, const Hazard& hazard, bool directed) {
  if (hazard.text.kind == HazardKind::start)
    throw FormulaProblem{fmt::format("'{}' does not go with ties that start", syntax.text), syntax.position,
                         "effects of the pair", "leave it out"};
  const bool both = hazard.text.kind == HazardKind::end || !directed;
  if (both && !syntax.of.empty())
    throw FormulaProblem{hazard.text.kind == HazardKind::end ? "a tie has no sender and no receiver"
                                                             : "events of an undirected model have no sender",
                         syntax.of_position, "", "leave out of=...: the effects of both actors are added up"};
  RandomTerms random{.name = syntax.text, .intercept = syntax.intercept, .slopes = {}};
  random.correlated = syntax.correlated && syntax.slopes.size() + (syntax.intercept ? 1 : 0) > 1;
  random.grouping = syntax.by_pair            ? Grouping::pair
                    : both                    ? Grouping::both
                    : syntax.of == "receiver" ? Grouping::receiver
                                              : Grouping::sender;
  std::size_t terms = hazard.terms.size() + (syntax.intercept ? 1 : 0) + syntax.slopes.size();
  for (const RandomTerms& other : hazard.random) {
    terms += other.size();
    if (other.grouping != random.grouping) continue;
    const std::vector<std::string> names = other.term_names();
    const auto stands = [&](const std::string& name) {
      if (std::find(names.begin(), names.end(), name) == names.end()) return;
      throw FormulaProblem{fmt::format("'{}' stands in '{}' already", name, other.name), syntax.position, "",
                           "remove one"};
    };
    if (syntax.intercept) stands("1");
    for (const TermSyntax& slope : syntax.slopes) stands(slope.text);
  }
  if (terms > most_terms)
    throw FormulaProblem{fmt::format("a hazard has at most {} effects, those of actors and pairs included", most_terms),
                         syntax.position, "", "leave out those that matter least"};
  return random;
}

Membership members(Grouping grouping, Dyad dyad) {
  switch (grouping) {
    case Grouping::sender: return {{{dyad.sender, no_id}, {}}, 1};
    case Grouping::receiver: return {{{dyad.receiver, no_id}, {}}, 1};
    case Grouping::both: return {{{dyad.sender, no_id}, {dyad.receiver, no_id}}, 2};
    case Grouping::pair: return {{{std::min(dyad.sender, dyad.receiver), std::max(dyad.sender, dyad.receiver)}, {}}, 1};
  }
  return {};
}

std::size_t random_size(const Hazard& hazard) {
  std::size_t size = 0;
  for (const RandomTerms& random : hazard.random) size += random.size();
  return size;
}

Hazard with_slopes(const Hazard& hazard) {
  Hazard wide = hazard;
  for (const RandomTerms& random : hazard.random)
    wide.terms.insert(wide.terms.end(), random.slopes.begin(), random.slopes.end());
  wide.random.clear();
  return wide;
}

Hazard with_own_effects(const Hazard& hazard) {
  Hazard wide = hazard;
  for (const RandomTerms& random : hazard.random) {
    std::size_t slot = random.first_slot;
    if (random.intercept) {
      std::vector<Term::Factor> factors;
      factors.push_back({Transform::identity, std::make_unique<OwnEffect>(intercept_of(random.grouping), slot++)});
      wide.terms.emplace_back(random.name, std::move(factors));
    }
    for (const Term& slope : random.slopes)
      wide.terms.push_back(slope.times(std::make_unique<OwnEffect>(slope_of(random.grouping), slot++)));
  }
  wide.random.clear();
  return wide;
}

double own_part_of_tie(const RandomTerms& random, const Memory& memory, TieId id) {
  const Tie& tie = memory.ties().tie(id);
  const Membership member = members(random.grouping, {tie.a, tie.b});
  double sum = 0;
  for (std::size_t k = 0; k < random.size(); ++k) {
    double own = 0;
    for (std::size_t m = 0; m < member.count; ++m)
      own += own_of_member(random, memory, random.first_slot + k, member.group[m]);
    if (own == 0) continue;
    const bool is_slope = !random.intercept || k > 0;
    sum += own * (is_slope ? random.slopes[k - (random.intercept ? 1 : 0)].value_of_tie(memory, id) : 1.0);
  }
  return sum;
}

}  // namespace detente
