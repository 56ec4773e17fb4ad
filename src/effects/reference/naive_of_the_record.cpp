#include "effects/reference/naive_given.hpp"

namespace detente::reference {

NaiveEffects naive_of_the_record() {
  return {
      {"of_pair",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const std::string name = g.text(0, "attribute", "");
         const double there = pair_value(h, name, i, j);
         const double back = pair_value(h, name, j, i);
         if (!g.flag("both") || std::isnan(back)) return g.known(there);
         return std::isnan(there) ? back : (there + back) / 2;
       }},
  };
}

}  // namespace detente::reference
