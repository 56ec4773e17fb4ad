// The pairs that have met: all whose pair part (layout.hpp) may be other than zero, as where the record has a number of
// them, or that the risk set's list names.  Each
// has a record, which a line reads in one go:
//
//   e^c, e^d, coded values, pair values          e^d is 0 where the risk set lacks the pair
//
// A changed pair costs its terms and one exponential; all pairs are read in blocks.  There are no sums in it.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "base/large_pages.hpp"
#include "hazard/coded_parts.hpp"

namespace detente {

class MetPairs {
 public:
  // Both must outlive it.
  MetPairs(const Hazard& hazard, const Layout& layout, std::size_t actors);

  // Finds the pairs, with their coded values; pair terms are read by what follows.
  void refresh(const Memory& memory, const RiskList& list, CodedParts& coded, std::span<const double> theta);
  // Reads all pair terms, or some (positions in the layout), of all pairs.
  void set_all(const Memory& memory);
  void set_all(const Memory& memory, std::span<const std::size_t> which);
  // Reads all pair terms of the pairs in a sender's row.
  void set_row(const Memory& memory, ActorId sender);
  // The memory touched the dyad: it may have met by now.
  void touch(const Memory& memory, CodedParts& coded, Dyad dyad);
  PairId insert(const Memory& memory, CodedParts& coded, Dyad dyad);  // the pair it is, or a new one

  // The pair of the dyad if set_read() will change its pair part, else no_id.
  [[nodiscard]] PairId read(const Memory& memory, CodedParts& coded, Dyad dyad);
  void set_read(PairId pair);  // as the last read() found it
  void set_listed(const Memory& memory, PairId pair);
  void set_coded(PairId pair, double weight, const double* values);

  [[nodiscard]] bool kept() const { return kept_; }  // else every pair part is zero
  [[nodiscard]] PairId find(Dyad dyad) const { return kept_ ? table_.find(dyad.sender, dyad.receiver) : no_id; }
  [[nodiscard]] Dyad dyad(PairId pair) const { return links_[pair]; }
  [[nodiscard]] std::span<const Partner> line(ActorId actor, bool is_row) const {
    return is_row ? table_.out(actor) : table_.in(actor);
  }

  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] const double* records() const { return records_.data(); }
  [[nodiscard]] double coded_weight(PairId pair) const { return record(pair)[0]; }
  [[nodiscard]] double pair_weight(PairId pair) const { return record(pair)[1]; }
  [[nodiscard]] const double* values(PairId pair) const { return record(pair) + 2; }  // coded, then pair values

 private:
  [[nodiscard]] double* record(PairId pair) { return records_.data() + pair * stride_; }
  [[nodiscard]] const double* record(PairId pair) const { return records_.data() + pair * stride_; }
  [[nodiscard]] double* pair_values(PairId pair) { return record(pair) + first_; }
  [[nodiscard]] std::vector<Dyad> collect(const Memory& memory, const RiskList& list) const;
  void read_coded(const Memory& memory, CodedParts& coded, PairId pair);
  void set_at_risk(const Memory& memory, PairId pair);
  void set_block(const Memory& memory, std::span<const std::size_t> which, PairId begin, std::size_t count);
  [[nodiscard]] double exponent(PairId pair);
  void set_weight(PairId pair) { record(pair)[1] = std::exp(exponent(pair)) * at_risk_[pair]; }

  const Hazard* hazard_;
  const Layout* layout_;
  bool kept_;
  bool collected_ = false;
  std::vector<double> theta_;  // by position in the layout's pair part
  PairTable table_;
  std::vector<Link> links_;      // by pair
  std::vector<double> at_risk_;  // by pair: 1 where the risk set has it, else 0
  std::size_t first_;            // of a record's pair values
  std::size_t stride_;           // of a record
  LargeVector<double> records_;  // by pair
  std::vector<double> read_;
  std::vector<Link> row_links_;
  std::vector<double> row_values_;
};

}  // namespace detente
