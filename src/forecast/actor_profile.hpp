// How each actor differs from the average one in what it does, as of a date: the record is masked after it, hazards with
// coefficients by sender are fitted to what is left, and those coefficients are summed into indices (profile_mapping.hpp).
//
//   component  c = b / sd,       b the actor's own deviation, sd the standard deviation between actors
//   index      I = w' c,         sd(I)^2 = w' C w with C their posterior covariance: joint within a hazard, 0 between two
//
// An index has no value where none of its components has any spread between actors, or one was not estimated.  An actor
// with fewer events than a minimum is not shown.  Of two actors, one stands above the other where the interval of their
// difference holds no 0; places that this leaves open make the range of a rank.
//
// In a window of time, common coefficients and variances are held at those of the whole, and the actor's own ones are
// those that the window's events give alone, with a memory of all that was before (estimate/held_modes.hpp).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "estimate/fit.hpp"
#include "forecast/profile_mapping.hpp"
#include "forecast/profile_reading.hpp"
#include "forecast/profile_windows.hpp"
#include "hazard/model.hpp"
#include "log/record.hpp"

namespace detente {

struct ActorProfileOptions {
  Time as_of = 0;  // inclusive
  double interval = 0.8;
  std::size_t minimum = 15;  // events sent, below which an actor is not shown
  std::size_t windows = 3;   // with about as many events each; 0 = none
  double window_length = 0;  // if above 0: windows of that length, the last one ending with the as-of date
  std::uint64_t seed = 1;    // of sampled risk sets
  unsigned threads = 0;
  std::function<void(const std::string& stage)> progress{};
};

struct ComponentValue : ProfileValue {
  std::size_t events = 0;  // sent, of the hazard, where the term was not 0
  double shrinkage = 0;    // 1 - posterior / prior variance: the share that is the actor's own
};

struct IndexValue : ProfileValue {
  std::optional<std::size_t> rank{};  // among those shown, the highest first; nothing where intervals leave it open
  std::size_t rank_low = 0;
  std::size_t rank_high = 0;
};

struct ActorInWindow {
  std::size_t events = 0;
  std::vector<std::optional<ProfileValue>> indices;  // as profile_indices(); nothing where events are too few
};

struct ActorProfile {
  ActorId actor = no_id;  // in `known`
  std::size_t events = 0;
  std::size_t needed = 0;                                 // more, to be shown
  std::vector<std::optional<ComponentValue>> components;  // as profile_components(); empty where it is not shown
  std::vector<std::optional<IndexValue>> indices;         // as profile_indices(); likewise
  std::vector<ActorInWindow> windows;                     // likewise
  [[nodiscard]] bool shown() const { return needed == 0; }
};

// What the fit says of one component.
struct ComponentSpread {
  bool estimated = false;
  double deviation = 0;  // between actors; 0 = no more than chance
  std::size_t groups = 0;
};

struct ActorProfiles {
  Record known;  // the record as of the date
  Fit fit;
  Time as_of = 0;
  double interval = 0.8;
  std::size_t minimum = 0;
  std::size_t events = 0;  // of all actors
  std::vector<ProfileWindow> windows;
  std::vector<ComponentSpread> spread;  // as profile_components()
  std::vector<ActorProfile> actors;     // those with the most events first
  std::vector<std::string> notes;
};

// The hazards of the model that have components, in directed events.  Throws Error: nothing known by the date, no
// component in the model, a model that cannot be bound, too many windows.
[[nodiscard]] ActorProfiles actor_profiles(const Record& record, const ModelSpec& model,
                                           const ActorProfileOptions& options);

}  // namespace detente
