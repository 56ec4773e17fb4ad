#include "layers/sentiment/named_leaders.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/memory_limit.hpp"

namespace detente {

std::vector<ActorId> leaders_from(const Settings& given, const Cast& cast) {
  std::vector<ActorId> leaders;
  if (given.given("leaders")) {
    for (const std::vector<std::string> names = given.words("leaders"); const std::string& name : names) {
      const ActorId leader = cast.find(name, given.place("leaders"));
      if (std::find(leaders.begin(), leaders.end(), leader) != leaders.end())
        given.wrong("leaders", fmt::format("'{}' is a leader twice", printable(name)));
      leaders.push_back(leader);
    }
  } else {
    for (std::size_t a = 0; a < cast.actors.size(); ++a) leaders.push_back(static_cast<ActorId>(a));
  }
  const double L = static_cast<double>(leaders.size());
  constexpr double matrices = 16;  // the state, the stages of the integrator, read-outs
  require_memory(L * L * sizeof(double) * matrices, fmt::format("sentiment between {} leaders", leaders.size()), {},
                 "name fewer `leaders`");
  return leaders;
}

std::vector<std::string> names_of(const std::vector<ActorId>& leaders, const Cast& cast) {
  std::vector<std::string> names;
  for (const ActorId leader : leaders) names.push_back(cast.actors[leader]);
  return names;
}

Eigen::MatrixXd square_from(const Settings& given, std::string_view key, std::size_t size) {
  const std::vector<double> list = given.numbers(key);
  if (list.size() != size * size)
    given.wrong(key, fmt::format("'{}' has {} numbers for {} rows of {}", key, list.size(), size, size),
                fmt::format("{} numbers, row by row", size * size));
  const auto n = static_cast<Eigen::Index>(size);
  return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(list.data(), n, n);
}

}  // namespace detente
