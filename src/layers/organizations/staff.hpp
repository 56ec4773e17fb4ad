// The staff of an organization as a small public: who is attached to the leader, who joins a revolt, who leaves.
//
//   threshold  tau_i = revolt_threshold + revolt_deviation z_i - loyalty a_i,   a_i the affect towards the leader
//   revolt     whoever has tau_i <= r (the share at the day's start) joins that day with probability 1 - e^{-1/contagion}
//              Granovetter (1978); contagion = 0 is his map, a round a day
//   exit       rate_i = exit_rate e^{misfit_weight misfit_i} per year,   misfit_i = |c_i - asked| / 2 in [0, 1]
//   culture    c_i moves towards what is asked at `socialization` per year; a recruit comes with N(asked, culture_deviation)
//              after Harrison & Carroll (1991): exit by misfit, socialization, recruits chosen by fit
//
// That the threshold falls with affect, and the form of the exit rate, are hypotheses of this project.
#pragma once

#include <cstdint>
#include <vector>

#include "layers/layer.hpp"

namespace detente {

struct StaffOptions {
  std::size_t people = 500;
  double attachment = 0.5;  // mean affect, in [-1, 1]
  double attachment_deviation = 0.3;
  double attachment_doubt = 0.15;  // of the mean itself: drawn once
  double culture = 0;              // mean, in [-1, 1]
  double culture_deviation = 0.3;
  double revolt_threshold = 0.6;
  double revolt_deviation = 0.1;
  double loyalty = 0.6;
  double contagion = 1;  // days
  double exit_rate = 0.12;
  double misfit_weight = 2;
  double socialization = 0.5;
  double hiring = 60;            // days until a seat is filled, on average
  std::uint32_t first_seat = 0;  // where this organization's draws begin
};

struct StaffMoves {
  std::vector<std::uint32_t> left;
  std::vector<std::uint32_t> hired;
};

class Staff {
 public:
  Staff(const StaffOptions& options, const LayerDraws& draws);

  // `asked`: the culture that leader and pressure ask for, in [-1, 1].  `day` counts from 1.
  StaffMoves turn_over(double asked, std::uint32_t day, const LayerDraws& draws);
  void contagion(std::uint32_t day, const LayerDraws& draws);
  void calm();  // the revolt is over

  [[nodiscard]] std::size_t present() const { return present_count_; }
  [[nodiscard]] double revolt_share() const;

 private:
  struct Person {
    double threshold;
    double culture;
    bool present;
    bool revolts;
  };
  [[nodiscard]] DrawKey key(const LayerDraws& draws, Purpose purpose, std::size_t seat, std::uint32_t step) const;
  [[nodiscard]] Person person(std::size_t seat, double culture, std::uint32_t day, const LayerDraws& draws) const;

  StaffOptions options_;
  double attachment_ = 0;  // the mean as drawn
  std::vector<Person> people_{};
  std::size_t present_count_ = 0;
  std::size_t revolting_ = 0;
};

}  // namespace detente
