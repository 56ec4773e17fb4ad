// Marks: who acts towards whom and which kind of act it is, in one hazard.
//
//   lambda_ijm(t) = 1[(i, j) at risk] exp(beta_m + sum_p theta_p x_ijp(t) + sum_q theta_qm x_ijq(t))
//
// p are terms whose coefficient all marks share, q those in by_mark(...), with a coefficient for each.  In exact timing
// every mark has a baseline; in ordinal timing beta_m is the log of how often a dyad alike acts in mark m for once in the
// first mark, whose own is 0.  Events with types that compete: Butts (2008); signed ones: Brandes, Lerner & Snijders (2009).
//
// All coefficients together are c; those of an act of mark m are A_m c, with A_m a choice of places.  So the likelihood's
// parts are linear in those of each mark: A_m' g_m and A_m' H_m A_m.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Dense>

#include "hazard/model.hpp"

namespace detente {

// Binds HazardText::marks.  Throws Error: one mark alone, marks with an event in common, what does not go with marks.
void bind_marks(Hazard& hazard, const Record& record);

// Where the coefficients of each mark stand among all coefficients.  A hazard without marks has one.
class MarkPlaces {
 public:
  explicit MarkPlaces(const Hazard& hazard);

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }  // of all coefficients
  [[nodiscard]] std::size_t marks() const { return places_.size(); }
  // A baseline's; 0 where that is no coefficient.  Of the terms, in their order.
  [[nodiscard]] double baseline(std::size_t mark, const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] std::vector<double> effects(std::size_t mark, const Eigen::VectorXd& coefficients) const;
  // The mark's baseline, then its terms: which coefficient each is; `none` of a baseline that is no coefficient.
  [[nodiscard]] const std::vector<std::size_t>& of(std::size_t mark) const { return places_[mark]; }
  static constexpr auto none = static_cast<std::size_t>(-1);

  // Rows of a likelihood's moments: one for each coefficient, in ordinal timing after a 1.
  [[nodiscard]] Eigen::Index rows() const { return rows_; }
  // A_m' z, with z = (1, x).
  void spread(std::size_t mark, const Eigen::VectorXd& z, Eigen::VectorXd& row) const;
  // Adds weight x A_m' M A_m, with M the moments of z.
  void add(std::size_t mark, const Eigen::MatrixXd& moments, double weight, Eigen::MatrixXd& sum) const;

 private:
  struct Entry {
    Eigen::Index row;
    Eigen::Index of;  // z
  };
  std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> places_;  // by mark
  std::vector<std::vector<Entry>> entries_;       // by mark: A_m
  Eigen::Index rows_ = 0;
};

// Of a coefficient's name: is it a baseline, or a mark's?
[[nodiscard]] inline bool is_baseline(std::string_view name) {
  return name == "baseline" || name.starts_with("baseline [");
}

// The hazard of one mark's acts alone, with all the terms; at risk are the same dyads.
[[nodiscard]] Hazard of_mark(const Hazard& hazard, std::size_t mark);

}  // namespace detente
