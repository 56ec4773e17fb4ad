// An organization and its people learn from each other: the code teaches people (p1), people who know more than the code
// teach it (p2).  March (1991), pages 74-75; slow learners leave the organization more to learn from (figure 1).
//
// Reality is +-1 in m dimensions; the code and n people believe -1, 0 (nothing) or 1.  Each period, at once:
//   a person takes the code's belief, where that is not 0 and differs, with probability p1
//   the code takes the majority of the people who know more than it does, where it differs, with probability
//   1 - (1 - p2)^k, k = majority less minority among those people (a belief of 0 counts for neither)
//   a person leaves with probability p3 and a naive recruit takes the seat
//   a dimension of reality turns around with probability p4
#pragma once

#include <cstdint>
#include <vector>

#include "layers/layer.hpp"

namespace detente {

struct MarchOptions {
  std::size_t dimensions = 30;   // m
  std::size_t people = 50;       // n
  double from_code = 0.1;        // p1
  double by_code = 0.9;          // p2
  double turnover = 0;           // p3
  double turbulence = 0;         // p4
  std::uint32_t first_seat = 0;  // where this organization's draws begin
};

class MarchLearning {
 public:
  static const LayerDoc doc;

  MarchLearning(const Settings& settings, const Cast& cast, const LayerDraws& draws);
  MarchLearning(const MarchOptions& options, const LayerDraws& draws);

  void period(const LayerDraws& draws);
  void vacate(std::size_t seat) { present_[seat] = 0; }
  // A naive recruit: beliefs of -1, 0, 1, equally likely.
  void recruit(std::size_t seat, const LayerDraws& draws);

  [[nodiscard]] double knowledge() const;       // mean share of reality that people have right
  [[nodiscard]] double code_knowledge() const;  // of the code
  [[nodiscard]] bool settled() const;           // everybody believes the code

  void flow(const LayerStep& step, const Signals&);
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  [[nodiscard]] std::size_t right(const std::int8_t* beliefs) const;
  [[nodiscard]] std::vector<std::int8_t> taught_code(const LayerDraws& draws) const;
  void teach_people(const LayerDraws& draws);
  void turn_over(const LayerDraws& draws);
  // Uniform in (0, 1): of a seat (seats themselves, then the code, then reality), a dimension and the period.
  [[nodiscard]] double draw(const LayerDraws& draws, std::size_t seat, std::size_t dimension) const;

  MarchOptions options_;
  std::vector<std::int8_t> reality_;
  std::vector<std::int8_t> code_;
  std::vector<std::int8_t> beliefs_;   // seat by seat
  std::vector<std::uint8_t> present_;  // whether somebody has the seat
  std::uint32_t periods_ = 0;
  double every_ = 1;  // days
  double time_ = 0;   // days since the last period
};

}  // namespace detente
