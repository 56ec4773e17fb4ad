#include "hazard/met_sum.hpp"

#include "hazard/line_moments.hpp"
#include "hazard/weighted_line.hpp"

namespace detente {

MetSum::MetSum(const Shape& shape)
    : sum_(shape.size() * shape.size()), line_(triangle(shape.size())), z_(shape.size()) {}

void MetSum::make(Parts& parts) {
  sum_.assign(parts.shape.size() * parts.shape.size(), 0.0);
  if (!parts.pairs.kept()) return;
  const std::span<const double> senders = parts.senders.weights();
  for (ActorId i = 0; i < senders.size(); ++i) {
    if (senders[i] == 0 || parts.pairs.line(i, true).empty()) continue;
    read(parts, i, true);
    add(parts, i, true, 1);
  }
}

void MetSum::read(Parts& parts, ActorId actor, bool is_row) {
  if (parts.pairs.kept()) read(parts, parts.pairs.line(actor, is_row), is_row);
}

void MetSum::read(Parts& parts, std::span<const Partner> met, bool is_row) {
  line_moments({met, parts.partners(is_row).weights().data(), parts.partner_columns(is_row), parts.pairs.records(),
                parts.pairs.stride(), parts.shape.coded, parts.shape.pair, parts.listed ? 0.0 : 1.0},
               line_.data());
}

void MetSum::add(Parts& parts, ActorId actor, bool is_row, double sign) {
  if (!parts.pairs.kept()) return;
  add_weighted({parts.own(is_row), actor, line_.data(), is_row, sign}, parts.shape, parts.shape.size(), sum_.data());
}

void MetSum::add_pair(const Parts& parts, PairId pair, double sign) {
  const Dyad dyad = parts.pairs.dyad(pair);
  const double weight = sign * parts.own_weight(dyad) * parts.pairs.coded_weight(pair);
  if (weight == 0) return;
  parts.fill(dyad, std::span(parts.pairs.values(pair), parts.shape.coded + parts.shape.pair), z_.data());
  const double pair_weight = parts.pairs.pair_weight(pair);
  pair_moments(parts.shape.plain(), parts.shape.pair, z_.data(), weight * (pair_weight - (parts.listed ? 0 : 1)),
               weight * pair_weight, sum_.data());
}

void MetSum::change(Parts& parts, const ChangedRun& run) {
  if (!parts.pairs.kept()) return;
  run_.clear();
  run_cells_.clear();
  for (const ChangedCell& cell : run.cells) {
    const PairId pair = parts.pairs.find(cell.dyad);
    if (pair == no_id) continue;
    run_.push_back({run.partner(cell), pair});
    run_cells_.push_back(&cell);
  }
  if (run_.empty()) return;
  read(parts, run_, run.is_row);
  add(parts, run.actor, run.is_row, -1);
  for (std::size_t k = 0; k < run_.size(); ++k)
    parts.pairs.set_coded(run_[k].pair, run_cells_[k]->after.weight, run_cells_[k]->after.values);
  read(parts, run_, run.is_row);
  add(parts, run.actor, run.is_row, 1);
}

void MetSum::add_row(Parts& parts, ActorId i, double* out) {
  if (!parts.pairs.kept() || parts.senders.weight(i) == 0) return;
  read(parts, i, true);
  add_weighted({parts.senders, i, line_.data(), true, 1}, parts.shape, parts.shape.size(), out);
}

double MetSum::row(Parts& parts, ActorId i) {
  if (!parts.pairs.kept()) return 0;
  read(parts, i, true);
  return line_[0];
}

}  // namespace detente
