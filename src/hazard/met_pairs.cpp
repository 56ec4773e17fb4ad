#include "hazard/met_pairs.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace detente {
namespace {

constexpr std::size_t block = 256;

void complete(const Memory& memory, Link& link) {
  if (link.there == no_id || link.back == no_id) link = memory.link(link);
}

}  // namespace

MetPairs::MetPairs(const Hazard& hazard, const Layout& layout, std::size_t actors)
    : hazard_(&hazard),
      layout_(&layout),
      kept_(!layout.pair.empty() || hazard.risk_set.kind() != RiskSet::Kind::all),
      table_(kept_ ? actors : 0),
      first_(2 + layout.coded()),
      stride_(first_ + layout.pair.size()),
      read_(layout.pair.size()) {}

void MetPairs::refresh(const Memory& memory, const RiskList& list, CodedParts& coded, std::span<const double> theta) {
  if (!kept_) return;
  theta_.clear();
  for (const std::size_t term : layout_->pair) theta_.push_back(theta[term]);
  for (const Dyad dyad : collect(memory, list)) complete(memory, links_[insert(memory, coded, dyad)]);
  collected_ = true;
  for (PairId pair = 0; pair < links_.size(); ++pair) {
    read_coded(memory, coded, pair);
    set_at_risk(memory, pair);
    record(pair)[1] = at_risk_[pair];
  }
}

// What is to be a pair and may not be one yet: once collected, only what was touched since.
std::vector<Dyad> MetPairs::collect(const Memory& memory, const RiskList& list) const {
  std::vector<Dyad> dyads(list.dyads().begin(), list.dyads().end());
  const auto add = [&](Dyad dyad) { dyads.insert(dyads.end(), {dyad, reversed(dyad)}); };
  if (!layout_->pair.empty() && collected_) {
    dyads.insert(dyads.end(), memory.touched().begin(), memory.touched().end());
    for (const TwoPathChange& change : memory.two_path_changes()) add(change.dyad);
  } else if (!layout_->pair.empty()) {
    for (PairId pair = 0; pair < memory.pairs().size(); ++pair) add(memory.pairs().dyad(pair));
    for (ActorId i = 0; i < memory.actors(); ++i)
      for (const TieId tie : memory.ties().of(i)) add({memory.ties().tie(tie).a, memory.ties().tie(tie).b});
    for (PairAttributeId id = 0; id < memory.pair_values().size() && layout_->pair_reads_numbers; ++id)
      memory.pair_values().for_each_pair(id, add);
    for (TwoPathId id = 0; id < memory.spec().two_paths.size() && layout_->pair_reads_two_paths; ++id)
      memory.two_paths_of(id).append_reached(memory.pairs(), memory.traces(), dyads);
  }
  if (layout_->both_ways)
    for (std::size_t k = 0, size = dyads.size(); k < size; ++k) dyads.push_back(reversed(dyads[k]));
  return dyads;
}

PairId MetPairs::insert(const Memory& memory, CodedParts& coded, Dyad dyad) {
  const PairId pair = table_.insert(dyad.sender, dyad.receiver);
  if (pair < links_.size()) return pair;
  links_.push_back(memory.link(dyad));
  records_.resize((pair + std::size_t{1}) * stride_, 0.0);
  // Those that the risk set's list names are known: this one is not among them.
  at_risk_.push_back(hazard_->risk_set.kind() == RiskSet::Kind::listed ? 0 : 1);
  record(pair)[1] = at_risk_[pair];
  read_coded(memory, coded, pair);
  return pair;
}

void MetPairs::read_coded(const Memory& memory, CodedParts& coded, PairId pair) {
  record(pair)[0] = coded.cell(memory, links_[pair], record(pair) + 2);
}

void MetPairs::set_coded(PairId pair, double weight, const double* values) {
  record(pair)[0] = weight;
  std::copy_n(values, first_ - 2, record(pair) + 2);
}

void MetPairs::set_at_risk(const Memory& memory, PairId pair) {
  if (hazard_->risk_set.kind() != RiskSet::Kind::all)
    at_risk_[pair] = hazard_->risk_set.contains(memory, links_[pair]) ? 1 : 0;
}

void MetPairs::set_listed(const Memory& memory, PairId pair) {
  set_at_risk(memory, pair);
  set_weight(pair);
}

double MetPairs::exponent(PairId pair) {
  const double* x = pair_values(pair);
  double sum = 0;
  for (std::size_t k = 0; k < theta_.size(); ++k) sum += theta_[k] * x[k];
  return sum;
}

void MetPairs::set_all(const Memory& memory) {
  std::vector<std::size_t> all(theta_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  set_all(memory, all);
}

void MetPairs::set_all(const Memory& memory, std::span<const std::size_t> which) {
  for (PairId begin = 0; begin < links_.size(); begin += block)
    set_block(memory, which, begin, std::min<std::size_t>(block, links_.size() - begin));
}

void MetPairs::set_block(const Memory& memory, std::span<const std::size_t> which, PairId begin, std::size_t count) {
  std::array<double, block> values;
  const PairId end = begin + static_cast<PairId>(count);
  const std::span links(links_.data() + begin, count);
  for (const std::size_t k : which) {
    hazard_->values(layout_->terms[layout_->pair[k]], memory, links, values.data());
    for (PairId pair = begin; pair < end; ++pair)
      pair_values(pair)[k] = memory.both_present(links_[pair]) ? values[pair - begin] : 0;
  }
  for (PairId pair = begin; pair < end; ++pair) values[pair - begin] = exponent(pair);
  exponentials(values.data(), values.data(), count);
  for (PairId pair = begin; pair < end; ++pair) record(pair)[1] = values[pair - begin] * at_risk_[pair];
}

void MetPairs::set_row(const Memory& memory, ActorId sender) {
  const std::span<const Partner> row = line(sender, true);
  row_links_.clear();
  for (const Partner& partner : row) { row_links_.push_back(links_[partner.pair]); }
  row_values_.resize(row.size());
  for (std::size_t k = 0; k < theta_.size(); ++k) {
    hazard_->values(layout_->terms[layout_->pair[k]], memory, row_links_, row_values_.data());
    for (std::size_t m = 0; m < row.size(); ++m)
      pair_values(row[m].pair)[k] = memory.both_present(row_links_[m]) ? row_values_[m] : 0;
  }
  for (std::size_t m = 0; m < row.size(); ++m) row_values_[m] = exponent(row[m].pair);
  exponentials(row_values_.data(), row_values_.data(), row.size());
  for (std::size_t m = 0; m < row.size(); ++m) record(row[m].pair)[1] = row_values_[m] * at_risk_[row[m].pair];
}

void MetPairs::touch(const Memory& memory, CodedParts& coded, Dyad dyad) {
  complete(memory, links_[insert(memory, coded, dyad)]);
}

PairId MetPairs::read(const Memory& memory, CodedParts& coded, Dyad dyad) {
  const bool counts = memory.both_present(dyad);
  PairId pair = table_.find(dyad.sender, dyad.receiver);
  Link link = pair == no_id ? Link{dyad, no_id, no_id} : links_[pair];
  complete(memory, link);
  bool changed = false;
  for (std::size_t k = 0; k < read_.size() && counts; ++k) {
    read_[k] = hazard_->value(layout_->terms[layout_->pair[k]], memory, link);
    changed = changed || read_[k] != (pair == no_id ? 0 : pair_values(pair)[k]);
  }
  if (pair == no_id) {
    if (!changed && counts && !layout_->zeros_wake) return no_id;
    pair = insert(memory, coded, dyad);
  }
  links_[pair] = link;
  return changed ? pair : no_id;
}

void MetPairs::set_read(PairId pair) {
  std::copy(read_.begin(), read_.end(), pair_values(pair));
  set_weight(pair);
}

}  // namespace detente
