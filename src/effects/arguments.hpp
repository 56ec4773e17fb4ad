// The arguments of a call, matched against the effect's own description of them and resolved against the record.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "effects/call.hpp"
#include "effects/effect.hpp"
#include "log/record.hpp"

namespace detente {

// What a formula is bound against: the record, and the memory that the formula's effects will read.  Binding adds the
// two-paths that effects ask for.
struct BindContext {
  const Record* record;
  MemorySpec* memory;
  std::vector<std::string> attribute_names;  // AttributeBook order
  std::vector<std::vector<std::string>> attribute_levels;
  double unit_days = 1;  // of the record's clock
};

[[nodiscard]] BindContext make_bind_context(const Record& record, MemorySpec& memory);

// An attribute, or one level of a factor as an indicator.
struct AttributeArgument {
  AttributeId id;
  bool factor;
  double level;  // of a factor given as kind=leader; -1 = the attribute itself
  double missing = std::numeric_limits<double>::quiet_NaN();  // what stands for an unknown value
  [[nodiscard]] double known(double value) const { return std::isnan(value) ? missing : value; }
  // The number of an actor now, or whether the factor has the level asked for; NaN where it is not known.
  [[nodiscard]] double value(const Memory& memory, ActorId actor) const {
    const double now = memory.attributes().value(id, actor);
    return level < 0 || std::isnan(now) ? known(now) : (now == level ? 1 : 0);
  }
  [[nodiscard]] Reads reads() const { return factor ? Reads::categories : Reads::numbers; }
};

[[nodiscard]] FormulaProblem unknown_level(std::string_view attribute, const CallArgument& given,
                                           std::span<const std::string> levels);

class Arguments {
 public:
  // Throws FormulaProblem: unknown argument, unknown trace, missing attribute, ...
  Arguments(const Call& call, const EffectDoc& doc, BindContext& context);

  [[nodiscard]] TraceId trace(std::string_view name) const;
  // The trace of an argument without a default, or where it is not given that of `other`.
  [[nodiscard]] TraceId trace_or(std::string_view name, std::string_view other) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] bool choice_is(std::string_view name, std::string_view value) const;
  [[nodiscard]] std::string_view choice(std::string_view name) const { return get(name).value; }
  [[nodiscard]] AttributeArgument attribute(std::string_view name) const;
  // The order of a factor's levels means nothing: these refuse a factor, unless one level is asked for.
  [[nodiscard]] AttributeArgument number(std::string_view name) const;
  [[nodiscard]] AttributeArgument number_or_level(std::string_view name) const;
  // The components of a vector, each a numeric attribute.
  [[nodiscard]] std::vector<AttributeArgument> vector(std::string_view name) const;
  [[nodiscard]] std::vector<bool> ties(std::string_view name) const;  // by TieId: is it of the kind asked for?
  [[nodiscard]] std::vector<bool> actors_of_kind(std::string_view name) const;  // by ActorId
  // By TieId: a column of numbers of ties.csv, with what stands for an unknown one.
  [[nodiscard]] std::vector<double> tie_numbers(std::string_view name) const;
  [[nodiscard]] PairAttributeId pair_attribute(std::string_view name) const;
  [[nodiscard]] SeriesId series(std::string_view name) const;
  [[nodiscard]] std::size_t choice_index(std::string_view name) const;  // which of the choices
  [[nodiscard]] bool calendar() const { return context_->record->clock == Clock::calendar; }
  void require_calendar() const;
  void require_ticks_of(double days, std::string_view at_most) const;
  [[nodiscard]] Time moment_or_first_day(std::string_view name) const;  // of the record's events; 0 without any
  [[nodiscard]] double plain_number(std::string_view name) const;       // NaN when not given
  void refuse_below_zero(std::string_view name) const;                  // a number
  void refuse_both(std::string_view name, std::string_view other) const;
  [[nodiscard]] double duration(std::string_view name) const;  // in the record's unit of time; NaN when not given
  [[nodiscard]] TwoPathId two_paths(const TwoPathSpec& spec) const;
  [[nodiscard]] bool directed() const { return context_->memory->directed; }
  // The trace keeps this beside its weights.
  void keep(TraceId trace, bool Keeps::*part) const { context_->memory->traces[trace].keeps.*part = true; }
  [[nodiscard]] Drift drifts(TraceId trace) const {
    return {spec(trace).fade != Fade::none, spec(trace).fade == Fade::half_life};
  }
  // Of a share of what the trace holds: a half-life cancels out of it.
  [[nodiscard]] Drift share_drifts(TraceId trace) const {
    return {drifts(trace) && spec(trace).fade != Fade::half_life, false};
  }
  [[nodiscard]] bool ripen() const;  // the weights of any trace of the call may grow with time alone
  [[nodiscard]] Drift two_paths_drift(TwoPathId id) const;
  [[nodiscard]] const TraceSpec& spec(TraceId trace) const { return context_->memory->traces[trace]; }

 private:
  struct Bound {
    const ArgumentDoc* doc;
    std::string value;  // as typed, or the default
    std::string level;  // of attribute=level
    std::size_t position;
    bool given;
  };

  void bind(const CallArgument& argument, std::size_t& next_positional);
  void set(Bound& bound, const CallArgument& argument);
  void refuse_second(const Bound& bound, const CallArgument& argument) const;
  [[nodiscard]] bool takes(std::string_view name) const;
  [[nodiscard]] const Bound& get(std::string_view name) const;
  [[nodiscard]] FormulaProblem unknown_argument(const CallArgument& argument) const;

  const EffectDoc* doc_;
  BindContext* context_;
  std::vector<Bound> bound_;
};

}  // namespace detente
