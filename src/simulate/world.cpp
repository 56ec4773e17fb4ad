#include "simulate/world.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/catalogue.hpp"
#include "log/as_of.hpp"
#include "simulate/coupling.hpp"

namespace detente {
namespace {

std::string file_of(const Scenario& scenario) { return scenario.path.empty() ? "scenario" : scenario.path; }

double warmth(const Event& event, const Record& record) {
  const QuadClass quad = record.types[event.type].quad;
  const double size = std::abs(static_cast<double>(event.intensity));
  return is_conflict(quad) ? -size : is_cooperation(quad) ? size : 0;
}

}  // namespace

WorldStart::WorldStart(const Scenario& scenario) : scenario_(scenario), cast_{scenario.actors} {
  check_layers();
  place_acts();
}

WorldStart::WorldStart(const Scenario& scenario, const Record& known, const Model& model, const Fit& fit)
    : scenario_(scenario), known_(&known), model_(&model), fit_(&fit) {
  for (const Actor& actor : known.actors) cast_.actors.push_back(actor.id);
  check_layers();
  path_.emplace(known, model, last_known(known.clock, scenario.start));
  if (path_->tick().length() != scenario.tick)
    throw Error({.what = "the scenario's tick is not that of the model",
                 .where = {.file = file_of(scenario_)},
                 .got = fmt::format("{} days", scenario.tick),
                 .expected = fmt::format("{} days, as in [clock] of {}", path_->tick().length(), scenario.model)});
  const AttributeBook book(known);
  for (std::size_t column = 0; column < std::size(signal_columns); ++column)
    if (const AttributeId id = book.find(signal_columns[column].name); id != no_id) simulated_.push_back({id, column});
  place_acts();
}

Coefficients WorldStart::coefficients(std::uint32_t replicate) const {
  return draw_coefficients(*fit_, scenario_.seed, replicate);
}

Time WorldStart::at(std::size_t tick) const {
  return path_ ? path_->at(tick) : scenario_.start + static_cast<double>(tick) * scenario_.tick;
}

void WorldStart::check_layers() const {
  if (scenario_.layers.empty() && known_ == nullptr)
    throw Error({.what = "nothing to simulate: the scenario has no record and no layer",
                 .where = {.file = file_of(scenario_)},
                 .expected = "record and model, or a layer such as [publics]",
                 .hint = "`detente scenario new` writes a commented one"});
  for (std::size_t k = 0; k < scenario_.layers.size(); ++k)
    for (std::size_t other = 0; other < k; ++other)
      if (scenario_.layers[k].layer == scenario_.layers[other].layer)
        throw Error(
            {.what = fmt::format("[{}] stands twice", scenario_.layers[k].layer), .where = scenario_.layers[k].where});
}

std::vector<Layer> WorldStart::make_layers(const LayerDraws& draws) const {
  std::vector<Layer> layers;
  for (const LayerSpec& spec : scenario_.layers) {
    const LayerEntry& entry = find_layer(spec.layer, spec.model, spec.where);
    layers.push_back(
        entry.make(Settings(spec.settings, entry.doc->settings, spec.layer, file_of(scenario_)), cast_, draws));
  }
  return layers;
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
  if (known_ == nullptr && one.deed != Deed::event)
    throw Error({.what = "cut and forbid need leaders' events",
                 .where = one.where,
                 .expected = "a scenario with record and model"});
  act.one = cast_.find(one.one, one.where);
  if (!one.other.empty()) act.other = cast_.find(one.other, one.where);
  if (one.deed == Deed::event) place_event(one, act);
  if (one.deed == Deed::cut) act.ruptured = one.what == "rupture";
  if (one.deed == Deed::forbid && !one.what.empty()) {
    const Hazard* hazard = model_->find(HazardKind::tie, one.what);
    if (hazard == nullptr)
      throw Error({.what = fmt::format("the model has no hazard of events named '{}'", printable(one.what)),
                   .where = one.where});
    act.hazard = static_cast<std::size_t>(hazard - model_->hazards.data());
  }
  return act;
}

void WorldStart::place_event(const Intervention& one, Act& act) const {
  act.event.time = at(act.tick);
  act.event.sender = act.one;
  act.event.receiver = act.other;
  act.event.intensity = static_cast<float>(one.intensity);
  if (known_ == nullptr) return;
  const auto type =
      std::find_if(known_->types.begin(), known_->types.end(), [&](const EventType& t) { return t.code == one.what; });
  if (type == known_->types.end()) {
    std::vector<std::string> codes;
    for (const EventType& each : known_->types) codes.push_back(each.code);
    const std::string near = closest(one.what, codes);
    throw Error({.what = fmt::format("the record has no type of event '{}'", printable(one.what)),
                 .where = one.where,
                 .hint = near.empty() ? "" : fmt::format("did you mean '{}'?", near)});
  }
  act.event.type = static_cast<TypeId>(type - known_->types.begin());
  if (one.intensity == 0) act.event.intensity = static_cast<float>(type->default_intensity);
}

World::World(const WorldStart& start, std::uint32_t replicate, unsigned threads)
    : start_(&start),
      draws_{start.scenario().seed, replicate},
      threads_(threads),
      signals_(start.cast().actors.size()) {
  layers_ = start.make_layers(draws_);
  for (const Layer& layer : layers_) layer.publish(signals_);
  if (!start.has_leaders()) return;
  path_.emplace(start.path(), start.coefficients(replicate), PathKey{draws_.seed, replicate, true});
  events_.assign(start.path().model().hazards.size(), 0.0);
  ruptures_.assign(start.path().ties().size(), 0.0);
}

void World::tick() {
  const Time now = start_->at(tick_);
  const std::size_t happened = happenings_.size();
  tell_hazards();
  intervene();
  run_leaders();
  const LayerStep step{now,         start_->at(tick_ + 1) - now, static_cast<std::uint32_t>(tick_), draws_, threads_,
                       &happenings_};
  flow_layers(layers_, step, signals_);
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
    case Deed::set:
      for (Layer& layer : layers_)
        if (layer.doc().layer == act.layer) layer.set(act.setting, act.value);
      return;
    case Deed::event:
      if (path_) path_->act(act.event);
      hear(act.event);
      return;
    case Deed::cut: {
      const std::vector<Tie>& ties = path_->memory().ties().all();
      for (TieId tie = 0; tie < ties.size(); ++tie) {
        const bool between = (ties[tie].a == act.one && ties[tie].b == act.other) ||
                             (ties[tie].a == act.other && ties[tie].b == act.one);
        if (between) path_->end_tie(tie, act.ruptured);
      }
      return;
    }
  }
}

void World::hear(const Event& event) {
  const double warm = path_ ? warmth(event, start_->path().record()) : static_cast<double>(event.intensity);
  jump_layers(layers_, {event.time, event.sender, event.receiver, warm, threads_}, signals_);
}

void World::tell_hazards() {
  if (!path_) return;
  for (const WorldStart::SignalAttribute& one : start_->simulated_attributes()) {
    const std::vector<double>& values = signals_.*signal_columns[one.column].values;
    for (ActorId actor = 0; actor < values.size(); ++actor)
      if (!std::isnan(values[actor])) path_->set_attribute(one.attribute, actor, values[actor]);
  }
}

void World::run_leaders() {
  if (!path_) return;
  PathObserver observer;
  observer.on_risk = [&](std::size_t, std::size_t tie, std::span<const double> probability) {
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (start_->path().model().hazards[k].name == "rupture") ruptures_[tie] += probability[k];
  };
  observer.on_event = [&](const Event& event, std::size_t hazard) {
    events_[hazard] += 1;
    if (kept_ != nullptr) kept_->push_back({event, hazard});
    hear(event);
  };
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
  exploded_ = !path_->tick(tick_, observer) || exploded_;
}

// Who is dismissed holds no office there any more: ties of office and employment end, and not by rupture.
void World::follow_happenings(std::size_t from) {
  if (!path_) return;
  for (std::size_t k = from; k < happenings_.size(); ++k) {
    const Happening& one = happenings_[k];
    if (one.what != "dismissal") continue;
    const std::vector<Tie>& ties = path_->memory().ties().all();
    for (TieId tie = 0; tie < ties.size(); ++tie) {
      const bool between =
          (ties[tie].a == one.who && ties[tie].b == one.whom) || (ties[tie].a == one.whom && ties[tie].b == one.who);
      if (between && (ties[tie].kind == "office" || ties[tie].kind == "employment")) path_->end_tie(tie, false);
    }
  }
}

void World::observe(ReadOuts& out) const {
  if (path_) {
    const Model& model = start_->path().model();
    for (std::size_t k = 0; k < events_.size(); ++k)
      if (model.hazards[k].text.kind == HazardKind::tie) out.add("leaders.events", model.hazards[k].name, events_[k]);
    for (std::size_t tie = 0; tie < ruptures_.size(); ++tie) {
      const Record& record = start_->path().record();
      const Tie& one = record.ties[start_->path().ties()[tie]];
      out.add("leaders.rupture",
              fmt::format("{}-{} ({}, {})", record.actors[one.a].id, record.actors[one.b].id, one.kind, one.id),
              ruptures_[tie]);
    }
  }
  for (const Layer& layer : layers_) {
    ReadOuts own(threads_);
    layer.observe(own);
    for (const auto& [name, value] : own.values()) out.add(fmt::format("{}.{}", layer.doc().layer, name), value);
  }
}

}  // namespace detente
