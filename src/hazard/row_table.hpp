// A hazard's likelihood as a table of rows, for estimates in which actors or pairs have coefficients of their own: sums over
// the risk set do not factorise where every actor differs, so what was at risk is written down.
//
//   poisson      a row is the time over which a dyad or tie was at risk with covariates that did not change; equal rows
//                are one                                              events x eta - e^eta x exposure
//   durations    likewise, of ties that end at a hazard with a shape     eta + log h0(to) - e^eta (H0(to) - H0(from))
//   conditional  a row is a dyad or tie at risk at events; a stratum is those at risk together (Cox, the order of events,
//                events with their controls)                          sum of eta - log of the sum of e^{eta + offset}
//
//   eta_r = x_r beta + sum over blocks and members g of the row  b_g' z_r
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include <Eigen/Dense>

#include "hazard/random_terms.hpp"

namespace detente {

struct RowTableOptions {
  std::size_t first = 1;  // event that enters the likelihood
  Time until = never;
  std::uint64_t seed = 1;  // of controls
  double most_rows = 8e6;
  double most_bytes = 2e9;
  double most_visits = 2e9;  // of dyads at risk, to see whether anything changed
};

class RowTable {
 public:
  enum class Kind : std::uint8_t { poisson, durations, conditional };

  struct Block {
    Grouping grouping;
    std::size_t terms;
    std::size_t members;              // of a row: 1 or 2
    std::vector<Group> groups;        // in order
    std::vector<std::size_t> events;  // by group
    std::size_t first = 0;            // of its coefficients, group by group, among those of all blocks
  };

  struct Stratum {
    std::vector<std::uint32_t> at_risk;  // rows
    std::vector<std::uint32_t> ended;    // those of them with events in it
    double events = 0;
  };

  // Throws Error where the table would be too large.
  static RowTable of_ties(const Record& record, const Model& model, const Hazard& hazard,
                          const RowTableOptions& options);
  static RowTable of_events(const Record& record, const Model& model, const Hazard& hazard,
                            const RowTableOptions& options);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::size_t rows() const { return events_.size(); }
  [[nodiscard]] std::size_t columns() const { return columns_; }  // of x
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }
  [[nodiscard]] std::size_t own_size() const { return own_size_; }  // coefficients of all groups
  [[nodiscard]] const std::vector<Stratum>& strata() const { return strata_; }
  [[nodiscard]] bool efron() const { return efron_; }
  [[nodiscard]] EndBaseline baseline() const { return baseline_; }

  [[nodiscard]] const double* x(std::size_t row) const { return x_.data() + row * columns_; }
  [[nodiscard]] double events(std::size_t row) const { return events_[row]; }
  [[nodiscard]] double exposure(std::size_t row) const { return exposure_[row]; }  // poisson, durations
  [[nodiscard]] double from(std::size_t row) const { return from_[row]; }          // durations: the age at its start
  [[nodiscard]] double offset(std::size_t row) const { return exposure_[row]; }    // conditional: a log weight

  // A value for each coefficient of its groups that is not surely 0.
  struct Entry {
    std::uint32_t coefficient;
    double value;
  };
  void entries(std::size_t row, std::vector<Entry>& out) const;

 private:
  RowTable(const Hazard& hazard, Kind kind, std::size_t columns, const RowTableOptions& options);

  // `wide`: the columns of x, then the slopes of all blocks.  Returns the row.
  std::uint32_t add(Dyad dyad, std::span<const double> wide, double exposure, double events, double from);
  void add_or_merge(Dyad dyad, std::span<const double> wide, double exposure, double events);
  void prepare(Dyad dyad, std::span<const double> wide);
  void check_size() const;
  [[noreturn]] void refuse(const std::string& got) const;
  void finish();
  void add_strata_of_ages(std::span<const double> age, std::span<const double> until);
  struct Filling;

  const Hazard* hazard_;
  RowTableOptions options_;
  Kind kind_;
  std::size_t columns_;
  std::size_t values_ = 0;   // z of a row
  std::size_t members_ = 0;  // groups of a row
  std::size_t own_size_ = 0;
  bool efron_ = false;
  EndBaseline baseline_ = EndBaseline::piecewise;
  std::vector<Block> blocks_;
  std::vector<double> x_, z_, exposure_, events_, from_;
  std::vector<std::uint32_t> group_;
  std::vector<Stratum> strata_;
  double at_risk_ = 0;  // rows of all strata

  struct GroupHash {
    std::size_t operator()(const Group& g) const { return (std::size_t{g.a} << 32) ^ (std::size_t{g.b} * 0x9E3779B9U); }
  };
  std::vector<std::unordered_map<Group, std::uint32_t, GroupHash>> numbers_;  // while rows are added
  std::unordered_multimap<std::uint64_t, std::uint32_t> same_;                // likewise: rows by what they hold
  std::vector<double> row_x_, row_z_;
  std::vector<std::uint32_t> row_group_;
};

}  // namespace detente
