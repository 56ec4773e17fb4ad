#include "memory/tie_book.hpp"

#include <algorithm>

namespace detente {

void TieBook::start(TieId tie) {
  of_[(*ties_)[tie].a].push_back(tie);
  of_[(*ties_)[tie].b].push_back(tie);
}

void TieBook::end(TieId tie) {
  std::erase(of_[(*ties_)[tie].a], tie);
  std::erase(of_[(*ties_)[tie].b], tie);
}

bool TieBook::in_force(TieId tie) const {
  const std::vector<TieId>& list = of_[(*ties_)[tie].a];
  return std::find(list.begin(), list.end(), tie) != list.end();
}

}  // namespace detente
