#include "layers/signals.hpp"

#include <algorithm>

namespace detente {

double Signals::feeling(ActorId a, ActorId b) const {
  const auto row = std::find(leaders.begin(), leaders.end(), a) - leaders.begin();
  const auto column = std::find(leaders.begin(), leaders.end(), b) - leaders.begin();
  const bool known = row < sentiment.rows() && column < sentiment.cols();
  return known ? sentiment(row, column) : 0;
}

}  // namespace detente
