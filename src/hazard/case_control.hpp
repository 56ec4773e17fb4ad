// The ordinal likelihood of who acts towards whom from a sample of the risk set: each event against m controls
// (control_sampler.hpp), for records too large for any exact risk set.
//
// One walk over the record fills the values of the case and its controls.  Where all of them fit in memory they are kept,
// and a likelihood costs no walk; else every likelihood is a walk, and a thinned part is kept for starting values, so that
// few are needed.  The record's two-paths are not maintained: they are summed in the dyads that are drawn.
//
// Events are cut into runs of fixed length whose results are added in order; each thread walks the whole record but reads
// dyads of its own runs alone.  So the bits do not depend on the number of threads.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hazard/control_sampler.hpp"
#include "hazard/dyad_reader.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/sampled_sets.hpp"
#include "hazard/tie_walk.hpp"

namespace detente {

struct CaseControlOptions {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;  // another one draws other controls
  std::size_t first = 1;        // the first event that enters the likelihood; earlier ones only make history
  Time until = never;
  unsigned threads = 0;                                     // 0 = all that memory allows
  std::size_t matrix_bytes = 1536U << 20;                   // kept at most; where all do not fit, a third of it is used
  std::function<void(std::size_t events_done)> progress{};  // of one walk; one call at a time; may throw to cancel
};

class CaseControlLikelihood {
 public:
  static constexpr std::size_t run_length = 2048;  // events

  // The hazard's sampling says how many controls and how they are drawn; its timing must be ordinal.  Both the record and
  // the model must outlive it.
  CaseControlLikelihood(const Record& record, const Model& model, const Hazard& hazard, CaseControlOptions options);

  // Coefficients: the terms in order.
  [[nodiscard]] Likelihood operator()(const Eigen::VectorXd& coefficients) const;
  // That of the events that are kept: all, or every so many.
  [[nodiscard]] Likelihood kept(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] bool keeps_all() const { return every_ == 1; }

  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::size_t events() const { return events_; }                      // that enter the likelihood
  [[nodiscard]] std::size_t outside_lifetime() const { return outside_lifetime_; }  // whose actors were not present
  [[nodiscard]] std::size_t outside_risk_set() const { return outside_risk_set_; }  // whose dyad was not at risk

  // What a walk shows at one modelled event; the sampler may draw again.
  struct Visit {
    const Memory& memory;
    ControlSampler& sampler;
    DyadReader& reader;
    SampledSet& set;         // to draw into
    std::vector<double>& x;  // to read into
    SampledEvent event;      // its number counts modelled events from 0
    std::size_t run;         // number / run_length
  };
  // Calls visit(Visit) at each modelled event whose number `wanted` accepts, in order within a run; runs go side by side.
  // `follows_met`: the samplers may draw by activity, whatever the hazard's own design.
  void walk(const std::function<bool(std::size_t number)>& wanted, const std::function<void(Visit&)>& visit,
            bool follows_met = false) const;

  [[nodiscard]] const Hazard& hazard() const { return *hazard_; }
  [[nodiscard]] const CaseControlOptions& options() const { return options_; }

 private:
  void keep();
  [[nodiscard]] unsigned walkers() const;

  const Record* record_;
  const Hazard* hazard_;
  CaseControlOptions options_;
  MemorySpec memory_;
  std::size_t most_events_ = 0;  // that may be modelled
  std::size_t every_ = 1;        // of how many events one is kept
  std::vector<SampledSets> runs_;
  mutable std::size_t events_ = 0, outside_lifetime_ = 0, outside_risk_set_ = 0;  // set by the first walk
};

}  // namespace detente
