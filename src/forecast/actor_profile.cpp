#include "forecast/actor_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "estimate/held_modes.hpp"
#include "forecast/known_date.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

constexpr std::size_t most_places = 3;  // that a rank may leave open, and no more than half of those shown

// Where the coefficients of a component stand.
struct Place {
  std::size_t hazard;  // in the model and its fit
  std::size_t block;
  Eigen::Index term;
};
using Places = std::vector<std::optional<Place>>;  // as profile_components()

// The coefficients of all actors, by hazard and block.
using Posterior = std::vector<std::vector<HeldModes>>;

std::string without_spaces(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return kept;
}

std::optional<Place> find_place(const Model& model, const ProfileComponent& component) {
  for (std::size_t h = 0; h < model.hazards.size(); ++h) {
    const Hazard& hazard = model.hazards[h];
    if (hazard.name != component.hazard) continue;
    for (std::size_t b = 0; b < hazard.random.size(); ++b) {
      if (hazard.random[b].grouping != Grouping::sender) continue;
      const std::vector<std::string> names = hazard.random[b].term_names();
      for (std::size_t k = 0; k < names.size(); ++k)
        if (without_spaces(names[k]) == without_spaces(component.term))
          return Place{h, b, static_cast<Eigen::Index>(k)};
    }
  }
  return std::nullopt;
}

// The hazards that have components; throws Error where none has.
ModelSpec with_components(ModelSpec spec) {
  const auto named = [](const HazardText& hazard) {
    const auto components = profile_components();
    return hazard.kind == HazardKind::tie && std::any_of(components.begin(), components.end(),
                                                         [&](const auto& one) { return one.hazard == hazard.name; });
  };
  std::erase_if(spec.hazards, [&](const HazardText& hazard) { return !named(hazard); });
  return spec;
}

[[noreturn]] void refuse_model(const std::string& path) {
  throw Error({.what = "the model has no coefficients that a profile is made of",
               .where = {.file = path},
               .expected = "hazards 'conflict', 'cooperation' or 'memory' of kind tie, with by_actor(...) of directed "
                           "events",
               .hint = "docs/guide/profiles.md lists the terms; without --model the built-in model is used"});
}

Places find_places(const Model& model, const std::string& path) {
  Places places;
  for (const ProfileComponent& component : profile_components()) places.push_back(find_place(model, component));
  if (std::none_of(places.begin(), places.end(), [](const auto& place) { return place.has_value(); }))
    refuse_model(path);
  return places;
}

// Events of the hazards, and how many of them each actor sent.
struct Sent {
  std::vector<EventId> events;
  std::vector<std::size_t> by_actor;
};

Sent count_sent(const Record& known, const Model& model) {
  Sent sent{{}, std::vector<std::size_t>(known.actors.size(), 0)};
  for (EventId e = 0; e < known.events.size(); ++e) {
    const Event& event = known.events[e];
    const auto makes = [&](const Hazard& hazard) { return hazard.makes_events[event.type]; };
    if (std::none_of(model.hazards.begin(), model.hazards.end(), makes)) continue;
    sent.events.push_back(e);
    ++sent.by_actor[event.sender];
  }
  return sent;
}

Posterior posterior_of(const Fit& fit) {
  Posterior posterior;
  for (const HazardFit& hazard : fit.hazards) {
    std::vector<HeldModes>& blocks = posterior.emplace_back();
    for (const RandomEffects& effects : hazard.random)
      blocks.push_back({effects.groups, effects.estimate, effects.conditional, {}});
  }
  return posterior;
}

// What a profile is read off: which coefficients, and how far actors differ on them.
struct Reading {
  const Model& model;
  const Fit& fit;
  const Places& places;
  double z;

  [[nodiscard]] const RandomEffects* effects_of(std::size_t component) const {
    const std::optional<Place>& place = places[component];
    if (!place || fit.hazards[place->hazard].newton.status != FitStatus::converged) return nullptr;
    return place->block < fit.hazards[place->hazard].random.size() ? &fit.hazards[place->hazard].random[place->block]
                                                                   : nullptr;
  }

  // 0 where there is no spread, or no estimate.
  [[nodiscard]] double deviation(std::size_t component) const {
    const RandomEffects* effects = effects_of(component);
    if (effects == nullptr) return 0;
    const Eigen::Index term = places[component]->term;
    return std::sqrt(effects->covariance(term, term));
  }

  // A weighted sum of an actor's components; nothing where none has any spread, or a part of it was not estimated.
  [[nodiscard]] std::optional<ProfileValue> sum(std::span<const ProfilePart> parts, const Posterior& posterior,
                                                ActorId actor) const;
};

std::optional<ProfileValue> Reading::sum(std::span<const ProfilePart> parts, const Posterior& posterior,
                                         ActorId actor) const {
  ProfileValue found;
  double variance = 0;
  bool spread = false;
  for (std::size_t h = 0; h < fit.hazards.size(); ++h)
    for (std::size_t b = 0; b < fit.hazards[h].random.size(); ++b) {
      const RandomEffects& effects = fit.hazards[h].random[b];
      Eigen::VectorXd weights = Eigen::VectorXd::Zero(effects.covariance.rows());
      for (const ProfilePart& part : parts)
        if (effects_of(part.component) == &effects && deviation(part.component) > 0)
          weights(places[part.component]->term) += part.weight / deviation(part.component);
      if (weights.isZero(0)) continue;
      spread = true;
      if (b >= posterior[h].size()) return std::nullopt;
      const HeldModes& modes = posterior[h][b];
      const auto at = std::lower_bound(modes.groups.begin(), modes.groups.end(), Group{actor, no_id});
      if (at == modes.groups.end() || at->a != actor) {  // never at risk: nothing but what holds for all
        variance += weights.dot(effects.covariance * weights);
        continue;
      }
      const auto g = at - modes.groups.begin();
      found.value += modes.estimate.row(g).dot(weights);
      variance += weights.dot(modes.conditional[static_cast<std::size_t>(g)] * weights);
    }
  if (!spread) return std::nullopt;
  found.error = std::sqrt(variance);
  found.low = found.value - z * found.error;
  found.high = found.value + z * found.error;
  return found;
}

// Places that the intervals of the differences between actors leave open.
void add_ranks(std::vector<ActorProfile>& actors, std::size_t index, double z) {
  std::vector<IndexValue*> shown;
  for (ActorProfile& actor : actors)
    if (actor.shown() && actor.indices[index]) shown.push_back(&*actor.indices[index]);
  for (IndexValue* one : shown) {
    std::size_t above = 0, surely_above = 0, surely_below = 0;
    for (const IndexValue* other : shown) {
      const double difference = other->value - one->value;
      const double margin = z * std::hypot(other->error, one->error);
      above += difference > 0 ? 1 : 0;
      surely_above += difference > margin ? 1 : 0;
      surely_below += -difference > margin ? 1 : 0;
    }
    one->rank_low = surely_above + 1;
    one->rank_high = shown.size() - surely_below;
    const std::size_t places = one->rank_high - one->rank_low + 1;
    if (places <= most_places && 2 * places <= shown.size()) one->rank = above + 1;
  }
}

// All of the as-of day has been observed.
Time end_of(const Record& known, Time as_of) {
  return known.clock == Clock::calendar ? std::floor(as_of) + 1 - 1e-9 : as_of;
}

// The coefficients that one window's events give, by hazard and block.
Posterior posterior_in(const ProfileWindow& window, bool last, const Reading& reading, const Record& known,
                       std::uint64_t seed) {
  Posterior posterior;
  const auto first = std::lower_bound(known.events.begin(), known.events.end(), window.from,
                                      [](const Event& event, Time time) { return event.time < time; });
  for (std::size_t h = 0; h < reading.fit.hazards.size(); ++h) {
    const HazardFit& fit = reading.fit.hazards[h];
    if (fit.random.empty()) {
      posterior.emplace_back();
      continue;
    }
    RowTableOptions options{.first = static_cast<std::size_t>(first - known.events.begin()) + 1, .seed = seed};
    options.until = last ? end_of(known, window.to) : std::nextafter(window.to, always);
    const RowTable table = RowTable::of_events(known, reading.model, reading.model.hazards[h], options);
    posterior.push_back(held_modes(table, fit.newton.estimate, fit.random));
  }
  return posterior;
}

// Events at which a term was not 0, over all windows.
std::size_t events_behind(const std::vector<Posterior>& windows, const Place& place, ActorId actor) {
  double sum = 0;
  for (const Posterior& posterior : windows) {
    if (place.block >= posterior[place.hazard].size()) continue;
    const HeldModes& modes = posterior[place.hazard][place.block];
    const auto at = std::lower_bound(modes.groups.begin(), modes.groups.end(), Group{actor, no_id});
    if (at != modes.groups.end() && at->a == actor) sum += modes.events(at - modes.groups.begin(), place.term);
  }
  return static_cast<std::size_t>(std::lround(sum));
}

void fill_actor(ActorProfile& actor, const Reading& reading, const Posterior& whole,
                const std::vector<Posterior>& windows) {
  for (std::size_t c = 0; c < profile_components().size(); ++c) {
    const ProfilePart alone[] = {{c, 1}};
    const std::optional<ProfileValue> value = reading.sum(alone, whole, actor.actor);
    std::optional<ComponentValue>& component = actor.components.emplace_back();
    if (!value) continue;
    component.emplace(ComponentValue{*value});
    component->events = events_behind(windows, *reading.places[c], actor.actor);
    component->shrinkage = std::clamp(1 - value->error * value->error, 0.0, 1.0);
  }
  for (const ProfileIndex& index : profile_indices()) {
    const std::optional<ProfileValue> value = reading.sum(index.parts, whole, actor.actor);
    actor.indices.push_back(value ? std::optional(IndexValue{*value}) : std::nullopt);
  }
}

void fill_windows(ActorProfiles& result, const Reading& reading, const std::vector<Posterior>& windows,
                  const Sent& sent) {
  for (ActorProfile& actor : result.actors) {
    if (!actor.shown()) continue;
    for (std::size_t w = 0; w < result.windows.size(); ++w) {
      ActorInWindow& in = actor.windows.emplace_back();
      for (const EventId e : sent.events) {
        const Event& event = result.known.events[e];
        const bool counts =
            event.sender == actor.actor && within(result.windows[w], w + 1 == result.windows.size(), event.time);
        in.events += counts ? 1 : 0;
      }
      for (const ProfileIndex& index : profile_indices())
        in.indices.push_back(in.events < result.minimum ? std::nullopt
                                                        : reading.sum(index.parts, windows[w], actor.actor));
    }
  }
}

void list_actors(ActorProfiles& result, const Sent& sent) {
  for (ActorId a = 0; a < result.known.actors.size(); ++a) {
    ActorProfile actor{.actor = a, .events = sent.by_actor[a], .components = {}, .indices = {}, .windows = {}};
    actor.needed = actor.events < result.minimum ? result.minimum - actor.events : 0;
    result.actors.push_back(std::move(actor));
  }
  std::stable_sort(result.actors.begin(), result.actors.end(),
                   [](const ActorProfile& a, const ActorProfile& b) { return a.events > b.events; });
}

void add_notes(ActorProfiles& result, const Reading& reading) {
  std::vector<std::string> still, missing;
  for (std::size_t c = 0; c < profile_components().size(); ++c) {
    const ProfileComponent& component = profile_components()[c];
    if (const ComponentSpread& spread = result.spread[c]; spread.estimated && spread.deviation == 0)
      still.emplace_back(component.label);
    else if (!reading.places[c])
      missing.emplace_back(component.label);
  }
  for (const HazardFit& hazard : result.fit.hazards)
    if (hazard.newton.status != FitStatus::converged)
      result.notes.push_back(fmt::format("the hazard '{}' was not estimated, and what rests on it contributes 0: {}",
                                         hazard.hazard, hazard.newton.message));
  if (!still.empty())
    result.notes.push_back(
        fmt::format("no more spread between actors than chance, which contributes 0: {}", fmt::join(still, ", ")));
  if (!missing.empty())
    result.notes.push_back(fmt::format("not in the model, which contributes 0: {}", fmt::join(missing, ", ")));
}

std::vector<ProfileWindow> cut_windows(const Record& known, const Sent& sent, const ActorProfileOptions& options) {
  if (options.window_length > 0) return windows_of_length(known, options.window_length, options.as_of);
  return windows_of_events(known, sent.events, options.windows, options.as_of);
}

// One posterior for each window, or one of everything where no windows are asked for, which tells the events behind.
std::vector<Posterior> by_window(const ActorProfiles& result, const Reading& reading,
                                 const ActorProfileOptions& options) {
  std::vector<ProfileWindow> windows = result.windows;
  if (windows.empty()) windows.push_back({result.known.events.front().time, options.as_of});
  std::vector<Posterior> posteriors;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (options.progress) options.progress(fmt::format("window {} of {}", w + 1, windows.size()));
    posteriors.push_back(posterior_in(windows[w], w + 1 == windows.size(), reading, result.known, options.seed));
  }
  return posteriors;
}

}  // namespace

ActorProfiles actor_profiles(const Record& record, const ModelSpec& spec, const ActorProfileOptions& options) {
  require_known(record, options.as_of);
  ActorProfiles result{.known = as_of(record, options.as_of),
                       .fit = {},
                       .as_of = options.as_of,
                       .interval = options.interval,
                       .minimum = options.minimum,
                       .windows = {},
                       .spread = {},
                       .actors = {},
                       .notes = {}};
  const ModelSpec kept = with_components(spec);
  if (kept.hazards.empty()) refuse_model(spec.path);
  const Model model = bind_model(kept, result.known);
  const Places places = find_places(model, spec.path);
  const Sent sent = count_sent(result.known, model);
  result.events = sent.events.size();
  result.windows = cut_windows(result.known, sent, options);

  FitOptions fit_options{.threads = options.threads, .seed = options.seed};
  fit_options.until = end_of(result.known, options.as_of);
  if (options.progress)
    fit_options.progress = [&](const std::string& hazard, int pass, double) {
      options.progress(fmt::format("fit {}: pass {}", hazard, pass));
    };
  result.fit = fit(result.known, model, fit_options);
  const Reading reading{model, result.fit, places, normal_quantile_two_sided(options.interval)};
  for (std::size_t c = 0; c < places.size(); ++c) {
    const RandomEffects* effects = reading.effects_of(c);
    result.spread.push_back(effects == nullptr ? ComponentSpread{}
                                               : ComponentSpread{true, reading.deviation(c), effects->groups.size()});
  }
  list_actors(result, sent);
  const std::vector<Posterior> windows = by_window(result, reading, options);
  const Posterior whole = posterior_of(result.fit);
  for (ActorProfile& actor : result.actors)
    if (actor.shown()) fill_actor(actor, reading, whole, windows);
  for (std::size_t i = 0; i < profile_indices().size(); ++i) add_ranks(result.actors, i, reading.z);
  fill_windows(result, reading, windows, sent);
  add_notes(result, reading);
  return result;
}

}  // namespace detente
