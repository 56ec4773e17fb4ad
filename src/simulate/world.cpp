#include "simulate/world.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "log/as_of.hpp"

namespace detente {
namespace {

std::string file_of(const Scenario& scenario) { return scenario.path.empty() ? "scenario" : scenario.path; }

constexpr float default_act_size = 5;  // of an act that no record describes

bool is_office(const Tie& tie) { return tie.kind == "office" || tie.kind == "employment"; }

}  // namespace

WorldStart::WorldStart(const Scenario& scenario) : scenario_(scenario), cast_{scenario.actors} {
  check_not_empty();
  place_acts();
}

WorldStart::WorldStart(const Scenario& scenario, const LeadersFit& leaders)
    : scenario_(scenario), cast_(leaders.cast), leaders_(&leaders) {
  path_.emplace(leaders.known, leaders.model, last_known(leaders.known.clock, scenario.start), find_starts());
  if (path_->tick().length() != scenario.tick)
    throw Error({.what = "the scenario's tick is not that of the model",
                 .where = {.file = file_of(scenario_)},
                 .got = fmt::format("{} days", scenario.tick),
                 .expected = fmt::format("{} days, as in [clock] of {}", path_->tick().length(), scenario.model)});
  simulated_ = signal_attributes(path_->memory().attributes());
  place_acts();
}

Coefficients WorldStart::coefficients(std::uint32_t replicate) const {
  return draw_coefficients(leaders_->fit, scenario_.seed, replicate);
}

Time WorldStart::ends() const {
  if (path_) return path_->ends(ticks() - 1);
  const Time over = at(ticks());
  return scenario_.clock == Clock::calendar ? std::ceil(over) - 1 : over;
}

Time WorldStart::at(std::size_t tick) const {
  return path_ ? path_->at(tick) : scenario_.start + static_cast<double>(tick) * scenario_.tick;
}

void WorldStart::check_not_empty() const {
  if (!scenario_.layers.empty()) return;
  throw Error({.what = "nothing to simulate: the scenario has no record and no layer",
               .where = {.file = file_of(scenario_)},
               .expected = "record and model, or a layer such as [publics]",
               .hint = "`detente scenario new` writes a commented one"});
}

CoupledLayers WorldStart::make_layers(const LayerDraws& draws) const {
  return {scenario_.layers, file_of(scenario_), cast_, draws, leaders_ == nullptr ? nullptr : &leaders_->layers};
}

void WorldStart::place_acts() {
  for (const Intervention& one : scenario_.interventions) acts_.push_back(place_act(one));
  std::stable_sort(acts_.begin(), acts_.end(), [](const Act& a, const Act& b) { return a.tick < b.tick; });
}

WorldStart::Act WorldStart::place_act(const Intervention& one) const {
  const Time first = at(0);
  const Time last = at(ticks());
  if (one.at < first || one.at >= last)
    throw Error({.what = "an intervention stands outside the simulated time",
                 .where = one.where,
                 .got = format_time(one.at, scenario_.clock),
                 .expected = fmt::format("from {} to {}", format_time(first, scenario_.clock),
                                         format_time(last - scenario_.tick, scenario_.clock)),
                 .hint = "`start` is the last day that is known; the day after it is the first simulated"});
  const auto tick_of = [&](Time time) {
    return static_cast<std::size_t>(std::clamp(std::floor((time - first) / scenario_.tick), 0.0, 1e15));
  };
  Act act{.tick = tick_of(one.at), .until = one.until == never ? ticks() : tick_of(one.until) + 1, .deed = one.deed};
  if (one.deed == Deed::set) {
    const SettingDoc& doc = find_setting(scenario_, one.layer, one.setting, one.where);
    if (!doc.changes)
      throw Error({.what = fmt::format("'{}.{}' cannot change in the middle of a run", one.layer, one.setting),
                   .where = one.where,
                   .hint = "set it for a whole branch: [branch.NAME.set]"});
    (void)Settings({{one.setting, {one.value, one.where}}}, std::span(&doc, 1), one.layer, file_of(scenario_));
    act.layer = one.layer;
    act.setting = one.setting;
    act.value = one.value;
    return act;
  }
  if (leaders_ == nullptr && one.deed != Deed::event)
    throw Error({.what = "cut, start and forbid need leaders' events",
                 .where = one.where,
                 .expected = "a scenario with record and model"});
  act.one = cast_.find(one.one, one.where);
  if (!one.other.empty()) act.other = cast_.find(one.other, one.where);
  if (one.deed == Deed::event) place_event(one, act);
  if (one.deed == Deed::start) act.like = find_like(one, {act.one, act.other});
  if (one.deed == Deed::cut) act.ruptured = one.what == "rupture";
  if (one.deed == Deed::forbid && !one.what.empty()) {
    const Hazard* hazard = leaders_->model.find(HazardKind::tie, one.what);
    if (hazard == nullptr) hazard = leaders_->model.find(HazardKind::rate, one.what);
    if (hazard == nullptr)
      throw Error({.what = fmt::format("the model has no hazard of events named '{}'", printable(one.what)),
                   .where = one.where});
    act.hazard = static_cast<std::size_t>(hazard - leaders_->model.hazards.data());
  }
  return act;
}

void WorldStart::place_event(const Intervention& one, Act& act) const {
  act.event.time = at(act.tick);
  act.event.sender = act.one;
  act.event.receiver = act.other;
  act.event.intensity = static_cast<float>(one.intensity);
  if (leaders_ == nullptr) return;
  act.event.type = find_type(one.what, one.where);
  if (one.intensity == 0)
    act.event.intensity = static_cast<float>(leaders_->known.types[act.event.type].default_intensity);
}

TypeId WorldStart::find_type(const std::string& code, const Place& where) const {
  const std::vector<EventType>& types = leaders_->known.types;
  const auto type = std::find_if(types.begin(), types.end(), [&](const EventType& t) { return t.code == code; });
  if (type != types.end()) return static_cast<TypeId>(type - types.begin());
  std::vector<std::string> codes;
  for (const EventType& each : types) codes.push_back(each.code);
  throw Error({.what = fmt::format("the record has no type of event '{}'", printable(code)),
               .where = where,
               .hint = hint_for(code, codes)});
}

World::World(const WorldStart& start, std::uint32_t replicate, unsigned threads)
    : start_(&start), draws_{start.scenario().seed, replicate}, threads_(threads), layers_(start.make_layers(draws_)) {
  if (!start.has_leaders()) return;
  path_.emplace(start.path(), start.coefficients(replicate), PathKey{draws_.seed, replicate, true});
  events_.assign(start.path().model().hazards.size(), 0.0);
  ruptures_.assign(start.path().ties().size(), 0.0);
  starts_.assign(events_.size(), 0.0);
}

void World::tick() {
  const Time now = start_->at(tick_);
  const std::size_t happened = happenings_.size();
  const LayerStep step{now,         start_->at(tick_ + 1) - now, static_cast<std::uint32_t>(tick_), draws_, threads_,
                       &happenings_};
  intervene();
  if (path_)
    run_leaders(step);
  else
    layers_.flow(step);
  follow_happenings(happened);
  ++tick_;
}

void World::intervene() {
  const std::vector<WorldStart::Act>& acts = start_->acts();
  for (; next_act_ < acts.size() && acts[next_act_].tick <= tick_; ++next_act_) do_act(acts[next_act_]);
}

void World::do_act(const WorldStart::Act& act) {
  switch (act.deed) {
    case Deed::forbid: return;  // see run_leaders()
    case Deed::set: layers_.set(act.layer, act.setting, act.value); return;
    case Deed::event:
      if (path_) path_->act(act.event);
      layers_.hear(heard_from_outside(act.event));
      return;
    case Deed::cut: {
      const std::vector<TieId> ties = path_->memory().ties().between({act.one, act.other});
      for (const TieId tie : ties) path_->end_tie(tie, act.ruptured);
      return;
    }
    case Deed::start: (void)path_->start_tie(act.like, {act.one, act.other}, start_->at(tick_)); return;
  }
}

LayerEvent World::heard_from_outside(const Event& event) const {
  if (path_) return heard(event, start_->path().record().types, draws_, threads_);
  return {event.time, event.sender, event.receiver, static_cast<double>(event.intensity), draws_, threads_};
}

void World::run_leaders(const LayerStep& step) {
  PathObserver observer;
  observer.on_risk = [&](std::size_t, std::size_t tie, std::span<const double> probability) {
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (start_->path().model().hazards[k].name == "rupture") ruptures_[tie] += probability[k];
  };
  observer.on_event = [&](const Event& event, std::size_t hazard) {
    events_[hazard] += 1;
    if (kept_ != nullptr) kept_->push_back({event, hazard});
  };
  observe_new_ties(observer);
  const bool forbids = std::any_of(start_->acts().begin(), start_->acts().end(),
                                   [&](const WorldStart::Act& act) { return act.deed == Deed::forbid; });
  if (forbids)
    observer.allows = [&](std::size_t hazard, Dyad dyad, Time) {
      return std::none_of(start_->acts().begin(), start_->acts().end(), [&](const WorldStart::Act& act) {
        if (act.deed != Deed::forbid || tick_ < act.tick || tick_ >= act.until) return false;
        if (act.hazard != no_id && act.hazard != hazard) return false;
        const auto is = [&](ActorId a, ActorId b) { return a == act.one && (act.other == no_id || b == act.other); };
        return is(dyad.sender, dyad.receiver) || is(dyad.receiver, dyad.sender);
      });
    };
  exploded_ = !tick_together(*path_, layers_, start_->simulated_attributes(), step, observer) || exploded_;
}

// Who is dismissed holds no office there any more: ties of office and employment end, and not by rupture.  Who returns
// holds again what the dismissal ended.
void World::follow_happenings(std::size_t from) {
  for (std::size_t k = from; k < happenings_.size(); ++k) {
    const Happening& one = happenings_[k];
    if (one.who == no_id || one.whom == no_id) continue;
    if (!one.act.empty()) tell_of_act(one);
    if (!path_) continue;
    if (one.what == "return" && start_->scenario().new_ties) take_up_office(one);
    if (one.what != "dismissal") continue;
    const std::vector<TieId> ties = path_->memory().ties().between({one.who, one.whom});
    for (const TieId tie : ties)
      if (is_office(path_->memory().ties().tie(tie)) && path_->end_tie(tie, false))
        vacancies_.push_back({one.who, one.whom, path_->memory().ties().like(tie)});
  }
}

// What a layer did as an event: the next tick begins with it, for leaders and layers alike.
void World::tell_of_act(const Happening& one) {
  Event event{};
  event.time = start_->at(tick_ + 1);
  event.sender = one.who;
  event.receiver = one.whom;
  event.precision = Precision::day;
  if (!path_) {
    event.intensity = -default_act_size;
    return layers_.hear(heard_from_outside(event));
  }
  event.type = start_->find_type(one.act, {.file = file_of(start_->scenario())});
  event.intensity = static_cast<float>(start_->path().record().types[event.type].default_intensity);
  path_->act(event);
  layers_.hear(heard_from_outside(event));
}

void World::observe_leaders(ReadOuts& out) const {
  const Model& model = start_->path().model();
  for (std::size_t k = 0; k < events_.size(); ++k)
    if (has_event_rate(model.hazards[k].text.kind)) out.add("leaders.events", model.hazards[k].name, events_[k]);
  for (const std::size_t k : start_->path().starts().hazards())
    out.add("leaders.starts", model.hazards[k].name, starts_[k]);
  out.add("leaders.new_ruptures", new_ruptures_);  // always, so that branches have the same read-outs
  for (std::size_t tie = 0; tie < ruptures_.size(); ++tie) {
    const Record& record = start_->path().record();
    const Tie& one = record.ties[start_->path().ties()[tie]];
    out.add("leaders.rupture",
            fmt::format("{}-{} ({}, {})", record.actors[one.a].id, record.actors[one.b].id, one.kind, one.id),
            ruptures_[tie]);
  }
}

void World::observe(ReadOuts& out) const {
  if (path_) observe_leaders(out);
  layers_.observe(out, threads_);
}

}  // namespace detente
