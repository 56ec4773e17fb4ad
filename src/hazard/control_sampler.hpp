// Draws controls for an event from its risk set, without the event's own dyad (the case) and without replacement: nested
// case-control sampling (Borgan, Goldstein & Langholz 1995, Ann. Stat. 23; Lerner & Lomi 2020, Netw. Sci. 8).  With D the
// case and its controls, the event adds to the partial log-likelihood
//
//   theta x_case + log w_case - log sum over d in D of w_d e^{theta x_d}
//
//   uniform    m of the n - 1 other dyads, each as likely: all w are alike and cancel
//   activity   strata l: dyads that have met, and those that have not.  D takes m_l dyads of each, the case among those of
//              its own stratum, and w_d = n_l / m_l: counter-matching (Langholz & Borgan 1995, Biometrika 82, eq. 3 with
//              the weights of sec. 2), where n_l counts the stratum's dyads at risk.  m_met = half of m + 1, rounded up;
//              a stratum with fewer is taken whole and leaves its places to the other.
//
// Where the risk set has no more than m + 1 dyads all are taken, and the likelihood is the full one.  Draws are keyed by
// seed, replicate, event and step, so that an event has the same controls whoever draws them and in whatever order.
#pragma once

#include <vector>

#include "base/random.hpp"
#include "hazard/met_dyads.hpp"
#include "hazard/model.hpp"
#include "hazard/sampled_sets.hpp"

namespace detente {

// Which event controls are for: its number among those of the record, and the replicate of the sampling.
struct SampledEvent {
  Dyad dyad;  // the case, as the risk set writes it
  std::uint32_t number;
  std::uint32_t replicate = 0;
};

class ControlSampler {
 public:
  // Both must outlive it.  Only one that follows who has met can draw by activity.
  ControlSampler(const Record& record, const Hazard& hazard, bool follows_met, std::uint64_t seed);

  // Follows the memory wherever it changed, and clears what it touched.
  void follow(Memory& memory);

  // The case must be at risk.
  void draw(const Memory& memory, const SampledEvent& event, const Sampling& sampling, SampledSet& set);
  // The case and every other dyad at risk.
  void take_all(const Memory& memory, const SampledEvent& event, SampledSet& set);
  [[nodiscard]] std::size_t at_risk(const Memory& memory) { return list_.size(memory); }  // dyads

 private:
  enum class Stratum : std::uint8_t { any, met, not_met };
  struct Passage {
    Time time;
    ActorId actor;
  };

  void pass(const Memory& memory);
  [[nodiscard]] bool belongs(const Memory& memory, Dyad dyad, Stratum stratum) const;
  [[nodiscard]] Dyad propose(const DrawKey& key) const;
  static void add(Dyad dyad, SampledSet& set);  // unless it is there
  void draw_met(const Memory& memory, std::size_t count, SampledSet& set);
  void draw_from(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set);
  bool reject(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set);
  void enumerate(const Memory& memory, Stratum stratum, std::size_t count, SampledSet& set);

  const Hazard* hazard_;
  bool follows_met_;
  DrawKey key_;
  RiskList list_;
  MetDyads met_;
  std::vector<Passage> arrivals_, departures_;  // in time order
  std::size_t next_arrival_ = 0, next_departure_ = 0;
  std::vector<ActorId> senders_, receivers_;  // all who are present and may send, or receive, and some who left
  bool started_ = false;
  std::uint64_t epoch_ = 0;
  std::vector<Dyad> others_;         // what is left to draw from, or was proposed, for a moment
  std::vector<std::size_t> places_;  // likewise, in met_
};

}  // namespace detente
