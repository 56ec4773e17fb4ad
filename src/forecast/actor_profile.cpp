#include "forecast/actor_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "forecast/known_date.hpp"
#include "forecast/profile_reading.hpp"
#include "log/as_of.hpp"

namespace detente {
namespace {

constexpr std::size_t most_places = 3;  // that a rank may leave open, and no more than half of those shown

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

// ProfilePlaces that the intervals of the differences between actors leave open.
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

// The coefficients that one window's events give, by hazard and block.
ProfilePosterior posterior_in(const ProfileWindow& window, bool last, const ProfileReading& reading,
                              const Record& known, std::uint64_t seed) {
  ProfilePosterior posterior;
  const auto first = std::lower_bound(known.events.begin(), known.events.end(), window.from,
                                      [](const Event& event, Time time) { return event.time < time; });
  for (std::size_t h = 0; h < reading.fit.hazards.size(); ++h) {
    const HazardFit& fit = reading.fit.hazards[h];
    if (fit.random.empty()) {
      posterior.emplace_back();
      continue;
    }
    RowTableOptions options{.first = static_cast<std::size_t>(first - known.events.begin()) + 1, .seed = seed};
    options.until = last ? last_known(known.clock, window.to) : std::nextafter(window.to, always);
    const RowTable table = RowTable::of_events(known, reading.model, reading.model.hazards[h], options);
    posterior.push_back(held_modes(table, fit.newton.estimate, fit.random));
  }
  return posterior;
}

// Events at which a term was not 0, over all windows.
std::size_t events_behind(const std::vector<ProfilePosterior>& windows, const ProfilePlace& place, ActorId actor) {
  double sum = 0;
  for (const ProfilePosterior& posterior : windows) {
    if (place.block >= posterior[place.hazard].size()) continue;
    const HeldModes& modes = posterior[place.hazard][place.block];
    const auto at = std::lower_bound(modes.groups.begin(), modes.groups.end(), Group{actor, no_id});
    if (at != modes.groups.end() && at->a == actor) sum += modes.events(at - modes.groups.begin(), place.term);
  }
  return static_cast<std::size_t>(std::lround(sum));
}

void fill_actor(ActorProfile& actor, const ProfileReading& reading, const ProfilePosterior& whole,
                const std::vector<ProfilePosterior>& windows) {
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

void fill_windows(ActorProfiles& result, const ProfileReading& reading, const std::vector<ProfilePosterior>& windows,
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

void add_notes(ActorProfiles& result, const ProfileReading& reading) {
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
      result.notes.push_back(
          fmt::format("the hazard '{}' was not estimated, so that no index that rests on it has a value: {}",
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
std::vector<ProfilePosterior> by_window(const ActorProfiles& result, const ProfileReading& reading,
                                        const ActorProfileOptions& options) {
  std::vector<ProfileWindow> windows = result.windows;
  if (windows.empty()) windows.push_back({result.known.events.front().time, options.as_of});
  std::vector<ProfilePosterior> posteriors;
  for (std::size_t w = 0; w < windows.size(); ++w) {
    if (options.progress) options.progress(fmt::format("window {} of {}", w + 1, windows.size()));
    posteriors.push_back(posterior_in(windows[w], w + 1 == windows.size(), reading, result.known, options.seed));
  }
  return posteriors;
}

}  // namespace

ActorProfiles actor_profiles(const Record& record, const ModelSpec& spec, const ActorProfileOptions& options) {
  require_known(record, options.as_of);
  if (record.events.empty() || record.events.front().time >= unknown_from(record.clock, options.as_of))
    throw Error({.what = "no event is known yet at the as-of date: there is no behaviour to compare",
                 .where = {.file = "--as-of"},
                 .got = format_time(options.as_of, record.clock)});
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
  (void)complete_record(result.known, kept,
                        {.until = last_known(result.known.clock, options.as_of), .everybody = record.actors});
  const Model model = bind_model(kept, result.known);
  const ProfilePlaces places = find_places(model, spec.path);
  const Sent sent = count_sent(result.known, model);
  result.events = sent.events.size();
  result.windows = cut_windows(result.known, sent, options);

  FitOptions fit_options{.threads = options.threads, .seed = options.seed};
  fit_options.until = last_known(result.known.clock, options.as_of);
  if (options.progress)
    fit_options.progress = [&](const std::string& hazard, int pass, double) {
      options.progress(fmt::format("fit {}: pass {}", hazard, pass));
    };
  result.fit = fit(result.known, model, fit_options);
  const ProfileReading reading{model, result.fit, places, normal_quantile_two_sided(options.interval)};
  for (std::size_t c = 0; c < places.size(); ++c) {
    const RandomEffects* effects = reading.effects_of(c);
    result.spread.push_back(effects == nullptr ? ComponentSpread{}
                                               : ComponentSpread{true, reading.deviation(c), effects->groups.size()});
  }
  list_actors(result, sent);
  const std::vector<ProfilePosterior> windows = by_window(result, reading, options);
  const ProfilePosterior whole = posterior_of(result.fit);
  for (ActorProfile& actor : result.actors)
    if (actor.shown()) fill_actor(actor, reading, whole, windows);
  for (std::size_t i = 0; i < profile_indices().size(); ++i) add_ranks(result.actors, i, reading.z);
  fill_windows(result, reading, windows, sent);
  add_notes(result, reading);
  return result;
}

}  // namespace detente
