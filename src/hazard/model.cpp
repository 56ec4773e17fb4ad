#include "hazard/model.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hazard/bind_formula.hpp"
#include "hazard/clock.hpp"
#include "hazard/marks.hpp"
#include "hazard/vocabulary.hpp"

namespace detente {
namespace {

std::vector<TraceSpec> bind_traces(const ModelSpec& spec, const Record& record) {
  std::vector<TraceSpec> traces;
  for (const TraceText& text : spec.traces) {
    const auto length = [&](const Duration& duration) {
      return duration.amount == 0
                 ? 0
                 : length_on(duration, spec, record, fmt::format("the trace '{}'", text.name), text.where);
    };
    traces.push_back({.name = text.name,
                      .types = match_types(text.events, record, text.where),
                      .fade = text.fade,
                      .span = length(text.span),
                      .from = length(text.from),
                      .weight = text.weight});
  }
  const bool has_all = std::any_of(traces.begin(), traces.end(), [](const TraceSpec& t) { return t.name == "all"; });
  if (!has_all) traces.push_back({.name = "all"});
  return traces;
}

void bind_ties(Hazard& hazard, const ModelSpec& spec, const Record& record) {
  for (const Duration& cut : hazard.text.age_cuts)
    hazard.age_cuts.push_back(length_on(cut, spec, record, "an age cut", hazard.text.where));
  check_words(hazard.text.ties, tie_kinds(record), "kind of tie", hazard.text.where);
  check_words(hazard.text.endings, tie_endings(record), "ending", hazard.text.where);
  const auto listed = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const auto named_elsewhere = [&](const std::string& ending) {
    return std::any_of(spec.hazards.begin(), spec.hazards.end(), [&](const HazardText& other) {
      return other.kind == HazardKind::end && listed(other.endings, ending);
    });
  };
  for (const Tie& tie : record.ties) {
    const bool kind = std::any_of(hazard.text.ties.begin(), hazard.text.ties.end(),
                                  [&](const std::string& word) { return is_of_kind(tie, word); });
    const bool ending = tie.end != never && (listed(hazard.text.endings, tie.ending) ||
                                             (listed(hazard.text.endings, "other") && !named_elsewhere(tie.ending)));
    hazard.at_risk_ties.push_back(kind);
    hazard.makes_endings.push_back(kind && ending);
  }
}

}  // namespace

namespace {

template <class Is>
bool any_term(const Hazard& hazard, Is is) {
  return std::any_of(hazard.terms.begin(), hazard.terms.end(), is) ||
         std::any_of(hazard.random.begin(), hazard.random.end(), [&](const RandomTerms& block) {
           return std::any_of(block.slopes.begin(), block.slopes.end(), is);
         });
}

}  // namespace

bool Hazard::drifts() const {
  return any_term(*this, [](const Term& t) { return t.traits().drifts.any; });
}

Drift Hazard::drift() const {
  Drift all;
  (void)any_term(*this, [&](const Term& t) {
    all = all | t.traits().drifts;
    return false;
  });
  return all;
}

bool Hazard::drifts_unprompted() const {
  return any_term(*this, [](const Term& t) { return t.traits().unprompted; });
}

double Hazard::value(const Term& term, const Memory& memory, const Link& link) const {
  return directed() ? term.value(memory, link) : term.value_both_ways(memory, link);
}

void Hazard::values(const Term& term, const Memory& memory, std::span<const Link> links, double* values) const {
  if (directed()) return term.values(memory, links, values);
  for (std::size_t k = 0; k < links.size(); ++k) values[k] = term.value_both_ways(memory, links[k]);
}

// Pairs of groups stand in a table: few categories, or not too many actors.
std::vector<std::string> Hazard::blocked_terms() const {
  constexpr std::size_t most_groups = 2048;
  std::vector<std::string> names;
  for (const Term& term : terms) {
    const Traits& traits = term.traits();
    const bool grouped = traits.reads == Reads::categories || (traits.reads == Reads::numbers && actors <= most_groups);
    if (traits.scope == Scope::dyad && !traits.sparse && !grouped && term.parts().empty()) names.push_back(term.name());
  }
  return names;
}

const Hazard* Model::find(HazardKind kind, std::string_view name) const {
  for (const Hazard& hazard : hazards)
    if (hazard.text.kind == kind && hazard.name == name) return &hazard;
  return nullptr;
}

namespace {

// Sampled risk sets are for the order of events: waiting times need the rate of all dyads.
void check_sampling(const HazardText& text) {
  if (text.sampling.controls == 0) return;
  const bool in_file = !text.sampling.where.file.starts_with("--");
  if (text.timing == Timing::exact)
    throw Error(
        {.what = fmt::format("sampled controls are for ordinal timing, and the hazard '{}' has exact", text.name),
         .where = text.sampling.where,
         .hint = in_file ? "timing = \"ordinal\", or no controls"
                         : "--timing ordinal, or timing = \"ordinal\" in "
                           "the model file"});
  if (text.simultaneous == Simultaneous::efron)
    throw Error({.what = fmt::format("sampled controls and Efron's correction do not go together, in the hazard '{}'",
                                     text.name),
                 .where = text.sampling.where,
                 .hint = in_file ? "simultaneous = \"breslow\"" : "--simultaneous breslow"});
}

// The two steps of an actor-oriented model: who acts, and towards whom or, without directions, which two act together.
void check_step(const Hazard& hazard, bool directed) {
  const HazardText& text = hazard.text;
  if (text.kind == HazardKind::tie) return;
  const std::string named = fmt::format("the hazard '{}' of kind {}", text.name, to_string(text.kind));
  const auto refuse = [&](const std::string& what, const Place& where, const std::string& hint) {
    throw Error({.what = what, .where = where, .hint = hint});
  };
  if (!directed && text.kind == HazardKind::rate)
    refuse(fmt::format("{} needs events with a sender", named), text.where,
           "directed = true; or kind = \"choice\" alone, which says without directions who acts together");
  if (text.sampling.controls > 0)
    refuse(fmt::format("controls are for kind tie, not for {}", named), text.sampling.where, "leave controls out");
  if (!hazard.random.empty())
    refuse(fmt::format("coefficients by actor or pair are not for {}", named), text.formula.where,
           fmt::format("leave '{}' out", hazard.random.front().name));
  if (text.simultaneous == Simultaneous::efron)
    refuse(fmt::format("Efron's correction is for kind tie, not for {}", named), text.where,
           "simultaneous = \"breslow\"");
  if (text.kind == HazardKind::rate && hazard.risk_set.rule() != "all" && !hazard.risk_set.is_by_kind())
    refuse(fmt::format("{} asks who acts: its risk set is of actors", named), text.at_risk.where,
           "all, bipartite(FROM, TO), from(KIND) or to(KIND)");
  for (const Term& term : hazard.terms) {
    const bool of_sender = term.traits().scope == Scope::sender;
    if (text.kind == HazardKind::rate && !of_sender)
      refuse(fmt::format("'{}' depends on towards whom: {} asks only who acts", term.name(), named), text.formula.where,
             "effects of the sender, such as out_degree(of=sender) or send(attribute)");
    if (text.kind == HazardKind::choice && of_sender)
      refuse(fmt::format("'{}' is the same whomever the sender chooses: {} cannot tell of it", term.name(), named),
             text.formula.where,
             directed ? "effects of the receiver or of both; interactions with those of the sender"
                      : "effects of the other (of=receiver, receive(attribute)) or of both: each is a sender in turn");
  }
}

// Without ticks the hazard of a tie is integrated exactly, from one change to the next: nothing may fade in between.
void check_clock(const Hazard& hazard, const Ticks& tick, const std::string& hint) {
  if (!tick.any() && hazard.text.kind == HazardKind::start)
    throw Error({.what = fmt::format("the hazard '{}' of ties that start needs a clock that ticks", hazard.name),
                 .where = hazard.text.where,
                 .expected = "a tick in the record's unit of time",
                 .hint = hint});
  if (tick.any() || !hazard.drifts()) return;
  throw Error({.what = fmt::format(
                   "the hazard '{}' of ties that end has effects that fade: it needs a clock that ticks", hazard.name),
               .where = hazard.text.formula.where,
               .expected = "a tick in the record's unit of time",
               .hint = hint});
}

// Whether counts of two-paths are better kept for every pair: where so many pairs meet that most are reached.
bool meets_densely(const Record& record) {
  constexpr std::size_t most_actors = 12'000;  // 2 bytes by row and 2 by column: at most 576 MB
  constexpr double reached_share = 1.0 / 16;
  const std::size_t actors = record.actors.size();
  if (actors <= TwoPaths::counted_below) return false;  // they are kept anyway
  if (actors > most_actors) return false;
  std::vector<std::uint64_t> pairs;
  for (const Event& event : record.events) pairs.push_back((std::uint64_t{event.sender} << 32) | event.receiver);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  const auto n = static_cast<double>(actors);
  const double degree = static_cast<double>(pairs.size()) / n;
  return degree * degree > reached_share * n;
}

}  // namespace

CoupledLayers complete_record(Record& record, const ModelSpec& spec, const CompletionOptions& run) {
  set_clock(record, spec);
  fill_missing(record, spec.missing);
  if (!spec.layers.empty()) check_record_ticks(spec, record, ticks_of(spec, record), run.until);
  return add_layers(record, {.layers = spec.layers,
                             .file = spec.path,
                             .ticks = ticks_of(spec, record),
                             .until = run.until,
                             .everybody = run.everybody,
                             .threads = run.threads,
                             .progress = run.progress});
}

const char* to_string(HazardKind kind) {
  switch (kind) {
    case HazardKind::tie: return "tie";
    case HazardKind::end: return "end";
    case HazardKind::start: return "start";
    case HazardKind::rate: return "rate";
    case HazardKind::choice: return "choice";
  }
  return "";
}

Model bind_model(const ModelSpec& spec, const Record& record) {
  check_names(spec);
  Model model;
  model.memory.traces = bind_traces(spec, record);
  model.memory.directed = spec.directed;
  model.memory.tick = ticks_of(spec, record);
  model.clock_note = clock_note(spec, record);
  BindContext context = make_bind_context(record, model.memory);
  context.unit_days = unit_of(spec, record);
  std::size_t next_slot = 0;
  std::size_t next_scale = 0;
  for (const HazardText& text : spec.hazards) {
    if (is_of_events(text.kind)) check_sampling(text);
    Hazard hazard{text.name, text, {}, {}, {}, {}};
    hazard.actors = record.actors.size();
    if (is_of_events(text.kind)) {
      if (text.marks.empty())
        hazard.makes_events = match_types(text.events, record, text.where);
      else
        bind_marks(hazard, record);
      hazard.risk_set = RiskSet(text.at_risk, record, hazard.makes_events, spec.directed);
    }
    bind_formula(hazard, next_slot, {context, spec.terms, spec.scaling, hazard, next_scale});
    if (is_of_events(text.kind)) {
      check_step(hazard, spec.directed);
    } else {
      bind_ties(hazard, spec, record);
      check_clock(hazard, model.memory.tick, tick_hint(spec, record));
    }
    model.hazards.push_back(std::move(hazard));
  }
  const bool walks_ticks = std::any_of(model.hazards.begin(), model.hazards.end(), [](const Hazard& hazard) {
    return !is_of_events(hazard.text.kind) || (hazard.text.timing == Timing::exact && hazard.drifts());
  });
  if (walks_ticks) check_record_ticks(spec, record, model.memory.tick, never);
  model.memory.dense_two_paths = !model.memory.two_paths.empty() && meets_densely(record);
  return model;
}

}  // namespace detente
