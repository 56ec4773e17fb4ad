// What the layers tell each other and the hazards: one table, written by publish() of the layer that owns a column and read
// by the layers that come after it in the order of coupling.cpp.  A column whose layer is off is NaN
// everywhere: nobody knows it.
#pragma once

#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include "base/ids.hpp"

namespace detente {

struct Signals {
  Signals() = default;
  explicit Signals(std::size_t actors)
      : approval(actors, unknown),
        morale(actors, unknown),
        board_confidence(actors, unknown),
        resources(actors, unknown) {}

  static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

  std::vector<ActorId> leaders;          // the rows and columns of `sentiment`; empty while there is no such layer
  Eigen::MatrixXd sentiment;             // of row towards column, in [-1, 1]; no self-entries
  std::vector<double> approval;          // by actor: mean affect of the public towards a leader, in [-1, 1]
  std::vector<double> morale;            // by actor: mean of an organization's staff, in [-1, 1]
  std::vector<double> board_confidence;  // by actor: a board's belief that its leader is able, in [0, 1]
  std::vector<double> resources;         // by actor: a lab's means from alliances, in shares of the start

  // How `a` feels about `b`; 0 where no layer knows.
  [[nodiscard]] double feeling(ActorId a, ActorId b) const;
};

// The columns that hazards may read as attributes of actors, by name.
struct SignalColumn {
  std::string_view name;
  std::vector<double> Signals::*values;
  double neutral;  // to a hazard, that of an actor of whom no layer says anything
};
inline constexpr SignalColumn signal_columns[] = {{"approval", &Signals::approval, 0},
                                                  {"morale", &Signals::morale, 0},
                                                  {"board_confidence", &Signals::board_confidence, 0.5},
                                                  {"resources", &Signals::resources, 1}};

}  // namespace detente
