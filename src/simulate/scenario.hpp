// A scenario: from when, for how long, with which record and model of leaders' events, which layers, and what is done from
// outside.  Plain data; src/io/scenario_file.hpp reads it, WorldStart judges it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "layers/layer_spec.hpp"

namespace detente {

enum class Deed : std::uint8_t {
  cut,     // every tie between two actors ends
  start,   // a tie starts between two actors
  event,   // one acts towards another
  forbid,  // from then until `until`, acts between two do not happen
  set      // a setting of a layer takes another value
};

struct Intervention {
  Deed deed = Deed::cut;
  Time at = 0;
  Time until = never;    // of what is forbidden
  std::string one{};     // cut, start, event, forbid: who
  std::string other{};   // towards whom; forbid: empty = anybody
  std::string what{};    // event: the code of its type; forbid: a hazard, empty = all; cut: the ending, "exit";
                         // start: the kind of tie
  double intensity = 0;  // event: 0 = that of its type
  std::string layer{};   // set
  std::string setting{};
  double value = 0;
  Place where{};
};

// What a branch does otherwise than the base.
struct Branch {
  std::string name;
  std::string title;
  std::vector<Intervention> interventions{};                                        // besides those of all branches
  std::vector<std::pair<std::string, std::pair<std::string, Setting>>> settings{};  // layer, key, value
};

struct Sweep {
  std::string branch{};       // whose interventions move
  std::vector<Time> dates{};  // to these dates, or
  std::string layer{};        // a setting of this layer
  std::string setting{};
  std::vector<double> values{};  // takes these values
  Place where{};
  [[nodiscard]] bool any() const { return !dates.empty() || !values.empty(); }
};

struct SensitivityRange {
  std::string layer;
  std::string setting;
  double least;
  double most;
};

struct SensitivitySpec {
  std::string method = "morris";
  std::size_t samples = 8;     // trajectories of Morris; base points of Sobol
  std::size_t replicates = 8;  // paths for each point
  std::vector<std::string> read_outs{};
  std::vector<SensitivityRange> ranges{};
  Place where{};
};

struct Scenario {
  std::string path{};  // of its file
  std::string title{};
  std::string record{};  // empty: the layers alone
  std::string model{};
  Clock clock = Clock::number;
  Time start = 0;  // the last day that is known (inclusive), with a record; else where the clock begins
  double horizon = 0;
  double tick = 1;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  bool new_ties = true;               // ties start, where the model has hazards of them
  std::vector<std::string> actors{};  // without a record
  std::vector<std::string> watch{};   // read-outs to be shown first
  LayerSpecs layers{};                // in the order of coupling; with those of its model
  std::vector<Intervention> interventions{};
  std::vector<Branch> branches{};
  Sweep sweep{};
  SensitivitySpec sensitivity{};

  [[nodiscard]] std::size_t ticks() const;
};

// The layers that a model runs along its record, taken into a scenario.  Throws Error: the scenario has one of that name.
void adopt_layers(Scenario& scenario, const LayerSpecs& of_model);

// A setting of a layer, replaced or added.  Throws Error: no such layer in the scenario, no such setting; of a layer that the
// model has, a setting that cannot change in the middle of a run.
void set_setting(Scenario& scenario, const std::string& layer, const std::string& key, const Setting& value);
// The documentation of a setting.  Throws Error with the closest name.
[[nodiscard]] const SettingDoc& find_setting(const Scenario& scenario, const std::string& layer, const std::string& key,
                                             const Place& where);

// The scenario as a branch has it: its settings and its interventions besides the common ones.
[[nodiscard]] Scenario of_branch(const Scenario& scenario, const Branch& branch);

}  // namespace detente
