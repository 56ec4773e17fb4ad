// A walk over the record for a tie hazard: the memory from moment to moment, the modelled events of each, and the time that
// counts.  It is a value: a copy is a place in the record from which the walk goes on, to the same bits.
//
// Exact timing needs the integral of a hazard between moments.  Where the clock ticks the hazard is constant in between.
// Where it does not, windows and intervals begin and end at moments of their own, and for what fades all the time the walk
// visits nodes (time_nodes.hpp) at which nothing happens: the time that counts at each is its weight.
#pragma once

#include <memory>
#include <vector>

#include "hazard/replay.hpp"
#include "hazard/risk_sums.hpp"
#include "hazard/time_nodes.hpp"

namespace detente {

class TieWalk {
 public:
  // `ticks`: ticks of the clock are moments too, as exact timing needs where hazards drift.  `first`: the first event of
  // the record that is modelled; time counts from the one before it on.
  TieWalk(const Record& record, const MemorySpec& memory, const Hazard& hazard, std::size_t first, Time until,
          bool ticks);

  // Looks up the next moment; the memory stays where it is.  False at the end.
  bool next();
  // Brings the memory to that moment: time passes, ties change; then applies the moment's events.
  void arrive();
  void apply();

  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] Memory& memory() { return memory_; }
  [[nodiscard]] std::size_t seen() const { return seen_; }  // events of the record up to now
  // Time that counts from the last moment to this one, with the memory as it was left there.
  [[nodiscard]] double counted_before() const { return counted_before_; }
  [[nodiscard]] double remaining() const;  // at the end: time that counts after the last moment
  // The same by a coarser rule, where the hazard fades all the time: what the two differ by bounds the integral's error.
  [[nodiscard]] double coarsely_counted() const { return coarsely_counted_; }
  [[nodiscard]] bool integrates() const { return scale_ > 0; }
  [[nodiscard]] bool within_panel() const { return within_panel_; }  // more of its nodes are to come
  void cut_panels(unsigned parts) {
    parts_ = parts;
  }  // for a finer integral; of a walk that has not begun its next moment
  // Is this one of modelled() the first of its dyad and mark?  Efron's correction takes out each once, so that something is
  // left at risk however often it acts.
  [[nodiscard]] bool acts_first(const Event& event) const;
  // Events of the moment that enter the likelihood, from arrive() on; and those that would but for ...
  [[nodiscard]] const std::vector<const Event*>& modelled() const { return modelled_; }
  [[nodiscard]] std::size_t outside_lifetime() const { return outside_lifetime_; }  // ... an actor who is not present
  [[nodiscard]] std::size_t outside_risk_set() const { return outside_risk_set_; }  // ... a dyad not at risk; so far

 private:
  [[nodiscard]] bool counting() const { return seen_ + 1 >= first_; }
  bool next_node();
  void hold(const TimeNode& node);

  const Hazard* hazard_;
  std::size_t first_;
  Time until_;
  Replay replay_;
  Memory memory_;
  Moment moment_{};
  std::size_t seen_ = 0;
  std::size_t outside_lifetime_ = 0, outside_risk_set_ = 0;
  Time observed_from_;
  Time counted_to_;
  double counted_before_ = 0;
  double coarsely_counted_ = 0;
  bool within_panel_ = false;
  std::vector<const Event*> modelled_;
  double scale_ = 0;  // of what fades all the time; 0 = nothing does
  unsigned parts_ = 1;
  std::vector<TimeNode> nodes_{};  // between the last moment and the next one
  std::size_t next_node_ = 0;
  Moment upcoming_{};  // the moment after the nodes
  bool any_upcoming_ = false;
};

// Keeps sums over the risk set at a walk's memory.
class FollowingSums {
 public:
  FollowingSums(const Hazard& hazard, const Memory& memory, Evaluation evaluation, std::span<const double> theta);

  void follow(Memory& memory);         // clears what the memory touched
  void look_at(const Memory& memory);  // leaves that to the caller, who has others to show it to
  [[nodiscard]] RiskSums& operator*() { return *sums_; }
  [[nodiscard]] RiskSums* operator->() { return sums_.get(); }
  // Over what an event of this dyad competed with: all at risk, or for a choice those of its sender.
  [[nodiscard]] const Eigen::MatrixXd& moments_for(Dyad dyad) {
    return hazard_->text.kind == HazardKind::choice ? sums_->row_moments(dyad.sender) : sums_->moments();
  }

 private:
  const Hazard* hazard_;
  std::unique_ptr<RiskSums> sums_;
  std::vector<double> theta_;
  bool drifts_;
  bool fresh_ = false;
  Time followed_ = always;
  Time fade_time_ = always;
  std::uint64_t epoch_ = 0;
};

// How many alternatives an event of this dyad has: dyads at risk; senders, of a rate; receivers of its sender, of a choice.
[[nodiscard]] std::size_t alternatives(const Hazard& hazard, RiskList& list, const Memory& memory, Dyad dyad);

// Calls body(Dyad) for each of them; of a rate, a sender stands twice in it.
template <class Body>
void for_each_alternative(const Hazard& hazard, const RiskList& list, const Memory& memory, Dyad dyad, Body body) {
  if (hazard.text.kind == HazardKind::choice)
    return for_each_at_risk_from(hazard.risk_set, list, memory, dyad.sender, body);
  if (hazard.text.kind != HazardKind::rate) return for_each_at_risk(hazard.risk_set, list, memory, body);
  for (ActorId i = 0; i < memory.actors(); ++i)
    if (memory.present(i) && hazard.risk_set.may_send(i)) body(Dyad{i, i});
}

// The dyad of an event as the risk set writes it.
[[nodiscard]] inline Dyad dyad_of(const Hazard& hazard, const Event& event) {
  return hazard.risk_set.canonical({event.sender, event.receiver});
}

}  // namespace detente
