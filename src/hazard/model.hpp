// A model: named traces and the hazards that read them.  ModelSpec is the text a user writes (model.toml, or options of
// the command line); Model is that text bound to a record, ready to be evaluated.
//
//   tie      who acts towards whom            lambda_ij(t) = 1[(i, j) at risk] exp(baseline + sum_p theta_p x_ijp(t))
//   rate     who acts                         lambda_i(t) = 1[i present] exp(baseline + sum_p theta_p x_ip(t))
//   choice   towards whom, given who acts     P(j | i, t) = exp(theta x_ij(t)) / sum over the k that i may choose
//            without directions: which two choose each other (coordination_sums.hpp)
//   end, start   which ties end, which start
//
// rate and choice are the two steps of a dynamic network actor model (Stadtfeld & Block 2017; Stadtfeld, Hollway & Block
// 2017 without directions).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "hazard/end_baseline.hpp"
#include "hazard/formula.hpp"
#include "hazard/risk_set.hpp"
#include "hazard/term.hpp"
#include "layers/along_record.hpp"
#include "log/missing.hpp"
#include "log/record.hpp"
#include "memory/memory.hpp"

namespace detente {

enum class HazardKind : std::uint8_t { tie, end, start, rate, choice };
// Whether its events are those of the record, and not ends or starts of ties.
[[nodiscard]] constexpr bool is_of_events(HazardKind kind) {
  return kind != HazardKind::end && kind != HazardKind::start;
}
[[nodiscard]] const char* to_string(HazardKind kind);  // as in a model file
enum class Timing : std::uint8_t { ordinal, exact };   // partial likelihood of the order; waiting times
enum class Simultaneous : std::uint8_t { breslow, efron };
// Of the pairs without a tie, those in which one may start: that have met, whose last one broke, or any two.
enum class PairsAtRisk : std::uint8_t { met, ruptured, all };

// How controls are drawn from the risk set of an event: any dyad alike, or as many of those that have met as of those that
// have not (hazard/control_sampler.hpp).
enum class SamplingDesign : std::uint8_t { uniform, activity };

struct Sampling {
  std::size_t controls = 0;  // for each event; 0 = none: the whole risk set
  SamplingDesign design = SamplingDesign::uniform;
  Place where{};
};

// Text with the place it was read from.
struct Located {
  std::string text{};
  Place where{};
};

struct TraceText {
  std::string name;
  std::vector<std::string> events{"all"};  // all, cooperation, conflict, a quad class or type codes
  Fade fade = Fade::none;
  Duration span = 0;
  Duration from = 0;
  Weight weight = Weight::count;
  Place where{};
};

// Some of the events of a hazard, told apart from its others: [hazards.NAME] marks = ["cooperation", "conflict"].
struct MarkText {
  std::string name;
  std::vector<std::string> events;
};

struct HazardText {
  std::string name;
  HazardKind kind = HazardKind::tie;
  Timing timing = Timing::exact;
  Simultaneous simultaneous = Simultaneous::breslow;
  std::vector<std::string> events{"all"};        // tie: the events it makes
  std::vector<MarkText> marks{};                 // tie: the kinds of its events, instead of `events`; empty: one kind
  RiskSetText at_risk{};                         // tie: the dyads it may strike
  Sampling sampling{};                           // tie: of its risk set
  std::vector<std::string> ties{"cooperative"};  // end: the kinds of tie at risk; start: those that start
  std::vector<std::string> endings{"rupture"};  // end: the endings it makes; "other" = every ending not named elsewhere
  EndBaseline baseline = EndBaseline::piecewise;  // end
  std::vector<Duration> age_cuts{};               // end, start: where the baseline may step
  PairsAtRisk pairs = PairsAtRisk::met;           // start: the pairs at risk
  Located formula{};
  Place where{};           // of its events, or of the whole
  double prior_scale = 0;  // standard deviation of a Gaussian prior on each effect; 0 = none
};

// A name for a sum of terms, to be used in formulas like an effect.
struct NamedTerm {
  std::string name;
  Located formula{};
};

// How a formula's counts are read: as they are, or as the package relevent scales them (Butts 2008, eq. 4): inertia as
// sent_share, reciprocity as received_share, degrees as shares of all acts, each with equal shares before the first.
enum class Scaling : std::uint8_t { raw, relevent };

// What a model says of time beside its tick: [clock].
struct ClockText {
  Place tick_where{};
  TimeUnit unit = TimeUnit::own;  // of a clock of numbers; own = nobody said
  Place unit_where{};
  Located observe_from{};                // where observation begins; empty = with the first event or tie
  std::optional<bool> from_the_start{};  // may an actor without a lifetime act before its first event or tie?
  bool simulated = false;                // the model writes events, too: it needs a clock that ticks
};

struct ModelSpec {
  std::optional<Duration> tick{};  // empty: one day on the calendar, none on numbers; 0 = none; see ticks_of()
  bool directed = true;            // false: an event has two actors but no sender
  Scaling scaling = Scaling::raw;
  std::vector<TraceText> traces{};
  std::vector<NamedTerm> terms{};  // each may use those before it
  std::vector<HazardText> hazards{};
  LayerSpecs layers{};                 // that run along the record; their columns are attributes
  std::vector<MissingText> missing{};  // what stands for values that nobody recorded
  std::string path{};
  ClockText clock{};
};

// Who has coefficients of their own: the senders or receivers of events; both actors of a tie or of an event without
// direction, whose coefficients add up; or pairs of actors, whichever comes first.
enum class Grouping : std::uint8_t { sender, receiver, both, pair };

// by_actor(...) or by_pair(...): terms whose coefficients are Gaussian around 0, drawn anew for each actor or pair.
struct RandomTerms {
  std::string name;  // as typed
  Grouping grouping = Grouping::sender;
  bool intercept = false;      // stands first
  std::vector<Term> slopes;    // after it
  bool correlated = false;     // the coefficients of one actor, with each other
  std::size_t first_slot = 0;  // of a memory's own values, one for each term

  [[nodiscard]] std::size_t size() const { return (intercept ? 1 : 0) + slopes.size(); }
  [[nodiscard]] std::vector<std::string> term_names() const;  // "1", then those of the slopes
};

// A kind of act that a hazard tells apart from its others (hazard/marks.hpp).
struct Mark {
  std::string name;
  std::vector<bool> makes_events;  // by TypeId
};

struct Hazard {
  std::string name;
  HazardText text;
  std::vector<Term> terms;
  std::vector<bool> makes_events;   // by TypeId
  std::vector<bool> at_risk_ties;   // by TieId; start: is it of the kinds that start?
  std::vector<bool> makes_endings;  // by TieId: did it end the way this hazard makes?  start: did it rupture?
  std::vector<double> age_cuts{};   // on the record's clock
  RiskSet risk_set{};               // of a tie hazard
  std::size_t actors = 0;           // of the record
  std::vector<RandomTerms> random{};
  std::vector<Mark> marks{};    // disjoint; empty: its acts are of one kind
  std::vector<bool> by_mark{};  // by term: has it a coefficient for each mark?

  [[nodiscard]] std::size_t mark_of(TypeId type) const;  // of an event that it makes; 0 without marks
  [[nodiscard]] bool drifts() const;                     // some term or random slope changes as time passes
  [[nodiscard]] Drift drift() const;                     // of all its terms and slopes
  [[nodiscard]] bool drifts_unprompted() const;          // before anything has happened
  // A term of this hazard in a dyad: the mean of both directions where dyads have none.
  [[nodiscard]] double value(const Term& term, const Memory& memory, const Link& link) const;
  void values(const Term& term, const Memory& memory, std::span<const Link> links, double* values) const;
  [[nodiscard]] bool directed() const { return risk_set.directed(); }
  // A choice without direction reads its terms one way at a time, and never their mean.
  [[nodiscard]] bool coordinates() const { return text.kind == HazardKind::choice && !directed(); }
  [[nodiscard]] bool factors() const { return blocked_terms().empty(); }  // sums can be maintained (layout.hpp)
  [[nodiscard]] std::vector<std::string> blocked_terms() const;           // those that do not factor
};

struct Model {
  MemorySpec memory;
  std::vector<Hazard> hazards;
  std::string clock_note{};  // why its ticks are not those it names, if so
  [[nodiscard]] const Hazard* find(HazardKind kind, std::string_view name) const;
};

// Adds to a record, as known at `until`, what the model says of it: its clock (clock.hpp), values that stand for missing ones
// (log/missing.hpp), and the columns of its layers, which run along it (layers/along_record.hpp).  Returns the layers at the end.  `everybody`:
// the actors of the whole record, when this one is cut.
struct CompletionOptions {
  Time until;
  std::span<const Actor> everybody{};
  unsigned threads = 1;
  std::function<void(double share)> progress{};
};
CoupledLayers complete_record(Record& record, const ModelSpec& spec, const CompletionOptions& options);

// Binds a model to a record, which complete_record() has completed.  Throws Error: unknown effect, trace, type, attribute,
// ... with the character it stands at.
[[nodiscard]] Model bind_model(const ModelSpec& spec, const Record& record);

}  // namespace detente
