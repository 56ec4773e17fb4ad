#include "simulate/path.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "hazard/marks.hpp"
#include "hazard/random_terms.hpp"
#include "hazard/replay.hpp"
#include "hazard/start_likelihood.hpp"

namespace detente {
namespace {

constexpr std::size_t most_events_in_a_tick = 5000;

bool makes_ruptures(const Model& model, std::size_t hazard) {
  const std::vector<std::string>& endings = model.hazards[hazard].text.endings;
  return std::find(endings.begin(), endings.end(), "rupture") != endings.end();
}

// The hazard through which a tie ends; how many there are if it does not.
std::size_t which_ends(std::span<const double> probability, double u) {
  for (std::size_t k = 0; k < probability.size(); ++k) {
    u -= probability[k];
    if (u < 0 && probability[k] != 0) return k;
  }
  return probability.size();
}

void refuse_coordination(const Hazard& hazard) {
  if (hazard.coordinates())
    throw Error({.what = fmt::format(
                     "the hazard '{}' of kind choice without directions says who acts together, and nothing says when",
                     hazard.name),
                 .where = hazard.text.formula.where,
                 .hint = "to simulate, a hazard of kind tie, or directed = true with a rate and a choice"});
}

}  // namespace

std::vector<std::size_t> choices_of_rates(const Model& model) {
  std::vector<std::size_t> choices;
  const auto others = [&](const Hazard& one, HazardKind kind) {
    std::vector<std::size_t> found;
    for (std::size_t k = 0; k < model.hazards.size(); ++k)
      if (model.hazards[k].text.kind == kind && model.hazards[k].makes_events == one.makes_events) found.push_back(k);
    return found;
  };
  for (const Hazard& hazard : model.hazards) {
    refuse_coordination(hazard);
    choices.push_back(no_id);
    const bool rate = hazard.text.kind == HazardKind::rate;
    if (!rate && hazard.text.kind != HazardKind::choice) continue;
    const std::vector<std::size_t> found = others(hazard, rate ? HazardKind::choice : HazardKind::rate);
    if (found.size() != 1)
      throw Error(
          {.what = fmt::format("the hazard '{}' of kind {} says {}, and {} hazard of kind {} of the same events "
                               "says {}",
                               hazard.name, to_string(hazard.text.kind), rate ? "who acts" : "towards whom",
                               found.empty() ? "no" : "more than one", rate ? "choice" : "rate",
                               rate ? "towards whom" : "who acts"),
           .where = hazard.text.where,
           .expected = "for each hazard of kind rate one of kind choice with the same events",
           .hint = "a simulation draws both steps; or a hazard of kind tie, which is both in one"});
    if (rate) choices.back() = found.front();
  }
  return choices;
}

namespace {

void check_timing(const Hazard& hazard) {
  if (!has_event_rate(hazard.text.kind) || hazard.text.timing != Timing::ordinal) return;
  throw Error({.what = fmt::format("the hazard '{}' has ordinal timing: it knows the order of events, not their dates",
                                   hazard.name),
               .where = hazard.text.formula.where,
               .hint = "a forecast needs timing = \"exact\""});
}

}  // namespace

PathStart::PathStart(const Record& record, const Model& model, Time end, const std::vector<bool>& starts)
    : record_(&record), model_(&model), memory_(record, model.memory), tick_(model.memory.tick) {
  for (std::size_t k = 0; k < model.hazards.size(); ++k) {
    const Hazard& hazard = model.hazards[k];
    check_timing(hazard);
    const bool makes_events = is_of_events(hazard.text.kind);
    const bool own = makes_events && !hazard.random.empty();
    with_own_.push_back(own ? std::make_unique<Hazard>(with_own_effects(hazard)) : nullptr);
    if (makes_events) add_sources(k);
  }
  const std::vector<std::size_t> choices = choices_of_rates(model);
  for (Source& source : sources_)
    for (std::size_t k = 0; k < sources_.size(); ++k)
      if (sources_[k].hazard == choices[source.hazard]) source.choice = k;
  Replay replay(record, 0, end);
  for (Moment moment; replay.next(moment);) {
    enter(memory_, moment);
    for (const Event& event : moment.events) memory_.apply(event);
  }
  for (Source& source : sources_) {
    const Hazard& hazard = model.hazards[source.hazard];
    source.sums->refresh(memory_, std::vector<double>(hazard.terms.size() + random_size(hazard), 0.0));  // active pairs
  }
  memory_.clear_touched();
  if (!tick_.any())
    throw Error({.what = "a simulation needs a clock that ticks",
                 .where = {.file = "[clock]"},
                 .expected = "tick = a duration: traces fade and ties may end once a tick"});
  first_index_ = tick_.index(end) + 1;
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const bool at_risk = std::any_of(model.hazards.begin(), model.hazards.end(), [&](const Hazard& h) {
      return h.text.kind == HazardKind::end && h.at_risk_ties[id];
    });
    if (at_risk && memory_.ties().in_force(id)) ties_.push_back(id);
  }
  for (std::size_t k = 0; k < model.hazards.size(); ++k) {
    if (model.hazards[k].text.kind != HazardKind::start) continue;
    for (const PairSpell& spell : pair_spells(record, model.hazards[k]))
      if (!spell.started && spell.at_risk(first_tick())) pairs_.push_back({k, spell});
  }
  if (!starts.empty()) starts_ = StartRisks(record, model, starts, first_tick());
}

void PathStart::add_sources(std::size_t hazard) {
  const Hazard& one = model_->hazards[hazard];
  const Hazard& summed = with_own_[hazard] ? *with_own_[hazard] : one;
  for (std::size_t mark = 0; mark < std::max<std::size_t>(1, one.marks.size()); ++mark) {
    const bool draws = has_event_rate(one.text.kind);
    const Keep keep = draws ? Keep::rate : Keep::rows;
    Source source{hazard, mark, make_risk_sums(summed, memory_, Evaluation::automatic, keep), {}, no_id};
    for (EventId id = 0; draws && id < record_->events.size(); ++id) {
      const TypeId type = record_->events[id].type;
      if (one.makes_events[type] && one.mark_of(type) == mark) source.recorded.push_back(id);
    }
    sources_.push_back(std::move(source));
  }
}

Path::Path(const PathStart& start, Coefficients theta, PathKey key)
    : start_(start),
      model_(*start.model_),
      theta_(std::move(theta)),
      key_(key),
      memory_(start.memory_),
      starts_(start.starts_),
      epoch_(memory_.epoch()) {
  memory_.set_own_values(theta_.own);
  for (const PathStart::Source& source : start.sources_) {
    const Hazard& hazard = model_.hazards[source.hazard];
    const MarkPlaces places(hazard);
    baselines_.push_back(std::exp(places.baseline(source.mark, theta_[source.hazard])));
    effects_.push_back(places.effects(source.mark, theta_[source.hazard]));
    effects_.back().resize(effects_.back().size() + random_size(hazard), 1.0);
    sums_.push_back(source.sums->clone());
    sums_.back()->refresh(memory_, effects_.back());
  }
  rates_.assign(sums_.size(), 0.0);
  in_force_.assign(start.ties_.size(), true);
  probability_.resize(model_.hazards.size());
}

Path::Path(const Path& other)
    : start_(other.start_),
      model_(other.model_),
      theta_(other.theta_),
      key_(other.key_),
      memory_(other.memory_),
      baselines_(other.baselines_),
      effects_(other.effects_),
      rates_(other.rates_),
      in_force_(other.in_force_),
      starts_(other.starts_),
      new_ties_(other.new_ties_),
      probability_(other.probability_),
      next_start_(other.next_start_),
      step_(other.step_),
      epoch_(other.epoch_) {
  for (const auto& sums : other.sums_) sums_.push_back(sums->clone());
}

Path::~Path() = default;

bool Path::tick(std::size_t number, const PathObserver& observer) {
  const Time now = start_.at(number);
  if (key_.by_tick) step_ = static_cast<std::uint32_t>(number * most_events_in_a_tick);
  memory_.advance(now);
  const std::vector<TieStart> starts = draw_starts(number, observer);
  end_ties(number, observer);
  end_new_ties(number, observer);
  for (const TieStart& one : starts) {
    const TieId tie = start_tie(one.like, one.pair, now);
    if (observer.on_start) observer.on_start(number, tie, one.hazard);
  }
  follow(true);
  const Time until = start_.at(number + 1);
  Time time = now;
  for (std::size_t made = 0; made < most_events_in_a_tick; ++made) {
    const double total = total_rate();
    if (!std::isfinite(total)) return false;
    if (total <= 0) return true;
    time += exponential(draw(Purpose::waiting_time, 0)) / total;
    if (time >= until) {
      ++step_;
      return true;
    }
    if (!make_event(time, total, observer)) return false;
    ++step_;
  }
  return false;
}

void Path::act(const Event& event) {
  memory_.advance(std::max(event.time, memory_.now()));
  starts_.meet(memory_, {event.sender, event.receiver}, event.time);
  memory_.apply(event);
}

bool Path::end_tie(TieId tie, bool ruptured) {
  if (!memory_.ties().in_force(tie)) return false;
  const auto found = std::find(start_.ties_.begin(), start_.ties_.end(), tie);
  if (found != start_.ties_.end()) in_force_[static_cast<std::size_t>(found - start_.ties_.begin())] = false;
  finish(tie, ruptured);
  return true;
}

TieId Path::start_tie(TieId like, Dyad pair, Time time) {
  memory_.advance(std::max(time, memory_.now()));
  const TieId tie = memory_.start_tie_like(like, pair);
  new_ties_.push_back(tie);
  starts_.started(memory_, tie);
  return tie;
}

void Path::finish(TieId tie, bool ruptured) {
  memory_.end_tie(tie, ruptured);
  std::erase(new_ties_, tie);
  starts_.ended(memory_, tie);
}

void Path::set_attribute(AttributeId attribute, ActorId actor, double value) {
  memory_.set_attribute(attribute, actor, value);
}

DrawKey Path::draw(Purpose purpose, std::uint32_t entity) const {
  return {key_.seed, key_.replicate, purpose, entity, step_};
}

// The fading of a tick and what was touched since the last time.
void Path::follow(bool new_tick) {
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    if (memory_.epoch() != epoch_) {
      sums_[k]->refresh(memory_, effects_[k]);
    } else {
      if (!memory_.touched().empty()) sums_[k]->update(memory_);
      if (new_tick) sums_[k]->fade(memory_);
    }
    rates_[k] = start_.sources_[k].recorded.empty() ? 0 : baselines_[k] * sums_[k]->total_rate();
  }
  epoch_ = memory_.epoch();
  memory_.clear_touched();
}

double Path::total_rate() const { return std::accumulate(rates_.begin(), rates_.end(), 0.0); }

// Before ties end: what ends in a tick is not seen by what starts in it, as in the fit.
std::vector<TieStart> Path::draw_starts(std::size_t number, const PathObserver& observer) {
  if (starts_.any()) return starts_.draw(memory_, theta_, draw(Purpose::tie_starts, 0), number);
  if (next_start_ == observer.start_ticks.size() || observer.start_ticks[next_start_] != number) return {};
  ++next_start_;
  for (std::size_t index = 0; index < start_.pairs_.size(); ++index) {
    const PairAtRisk& pair = start_.pairs_[index];
    const Hazard& hazard = model_.hazards[pair.hazard];
    observer.on_start_rate(number, index, start_rate(hazard, memory_, pair.spell, theta_[pair.hazard], x_));
  }
  return {};
}

void Path::end_ties(std::size_t number, const PathObserver& observer) {
  const auto step = static_cast<std::uint32_t>(number);
  for (std::size_t index = 0; index < in_force_.size(); ++index) {
    if (!in_force_[index]) continue;
    const TieId tie = start_.ties_[index];
    if (end_probabilities(model_, memory_, tie, theta_, probability_, x_) <= 0) continue;
    if (observer.on_risk) observer.on_risk(number, index, probability_);
    const std::size_t k = which_ends(probability_, uniform({key_.seed, key_.replicate, Purpose::tie_ends, tie, step}));
    if (k == probability_.size()) continue;
    in_force_[index] = false;
    finish(tie, makes_ruptures(model_, k));
    if (observer.on_end) observer.on_end(number, index, k);
  }
}

// Draws go by the pair and the tie's kind, not by its number, so that branches share them whatever else has started.
void Path::end_new_ties(std::size_t number, const PathObserver& observer) {
  const std::vector<TieId> ties = new_ties_;
  for (const TieId tie : ties) {
    if (memory_.ties().tie(tie).start >= memory_.now()) continue;  // at risk from the tick after its start
    if (end_probabilities(model_, memory_, tie, theta_, probability_, x_) <= 0) continue;
    if (observer.on_new_risk) observer.on_new_risk(number, tie, probability_);
    const Tie& one = memory_.ties().tie(tie);
    const auto step = static_cast<std::uint32_t>(number * start_.record_->ties.size() + memory_.ties().like(tie));
    const std::size_t k = which_ends(probability_, uniform({key_.seed, key_.replicate, Purpose::new_tie_ends,
                                                            pair_number({one.a, one.b}, memory_.actors()), step}));
    if (k == probability_.size()) continue;
    finish(tie, makes_ruptures(model_, k));
    if (observer.on_new_end) observer.on_new_end(number, tie, k);
  }
}

// Both steps of a hazard of kind rate.
Dyad Path::draw_dyad(std::size_t source) {
  const Dyad dyad = sums_[source]->locate(uniform(draw(Purpose::which_dyad, 0)));
  const std::size_t choice = start_.sources_[source].choice;
  return choice == no_id ? dyad : sums_[choice]->locate_from(dyad.sender, uniform(draw(Purpose::which_dyad, 1)));
}

bool Path::make_event(Time time, double total, const PathObserver& observer) {
  double share = uniform(draw(Purpose::which_hazard, 0)) * total;
  std::size_t which = 0;
  for (std::size_t k = 0; k < rates_.size(); ++k) {
    if (rates_[k] <= 0) continue;
    which = k;
    share -= rates_[k];
    if (share < 0) break;
  }
  const std::size_t hazard = start_.sources_[which].hazard;
  const Dyad dyad = draw_dyad(which);
  if (dyad.receiver == no_id) return dyad.sender != no_id;
  if (observer.allows && !observer.allows(hazard, dyad, time)) return true;
  const std::vector<EventId>& recorded = start_.sources_[which].recorded;
  const auto drawn = static_cast<std::size_t>(uniform(draw(Purpose::mark, 0)) * static_cast<double>(recorded.size()));
  Event event = start_.record_->events[recorded[drawn]];
  event.time = time;
  event.sender = dyad.sender;
  event.receiver = dyad.receiver;
  memory_.advance(time);
  starts_.meet(memory_, dyad, time);
  memory_.apply(event);
  follow(false);
  if (observer.on_event) observer.on_event(event, hazard);
  return true;
}

double end_probabilities(const Model& model, const Memory& memory, TieId tie, const Coefficients& theta,
                         std::span<double> probability, std::vector<double>& room) {
  double total = 0;
  for (std::size_t k = 0; k < model.hazards.size(); ++k) {
    const Hazard& hazard = model.hazards[k];
    probability[k] = 0;
    if (hazard.text.kind != HazardKind::end || !hazard.at_risk_ties[memory.ties().like(tie)]) continue;
    probability[k] = end_rate(hazard, memory, tie, theta[k], room);
    total += probability[k];
  }
  if (total <= 0) return 0;
  const double ends = -std::expm1(-total * memory.spec().tick.length());
  for (double& p : probability) p *= ends / total;  // from rates to probabilities of this tick
  return ends;
}

bool run_path(const PathStart& start, const Coefficients& theta, PathKey key, std::size_t ticks,
              const PathObserver& observer) {
  Path path(start, theta, key);
  bool sound = true;
  for (std::size_t number = 0; number < ticks; ++number) sound = path.tick(number, observer) && sound;
  return sound;
}

}  // namespace detente
