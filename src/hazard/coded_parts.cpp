#include "hazard/coded_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace detente {

void CodedParts::refresh(const Memory& memory, std::span<const double> theta) {
  theta_.assign(theta.begin(), theta.end());
  if (!layout_->group.empty()) {
    make_groups(memory);
    make_group_tables(memory);
  }
  tables_.assign(layout_->counts.size(), {});
  for (std::size_t layer = 0; layer < tables_.size(); ++layer) extend(layer, memory);
}

// The absent are in no group of their own: what they lack would have no value.
void CodedParts::make_groups(const Memory& memory) {
  std::map<std::vector<double>, std::uint16_t> known;
  group_of_.assign(memory.actors(), 0);
  member_.clear();
  std::vector<double> key(layout_->group_attributes.size());
  for (ActorId i = 0; i < memory.actors(); ++i) {
    if (!memory.present(i)) continue;
    for (std::size_t k = 0; k < key.size(); ++k) {
      const double value = memory.attributes().value(layout_->group_attributes[k], i);
      key[k] = std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;  // unknown: NaN has no order
    }
    const auto [at, fresh] = known.emplace(key, static_cast<std::uint16_t>(member_.size()));
    if (fresh) member_.push_back(i);
    group_of_[i] = at->second;
  }
  groups_ = std::max<std::size_t>(1, member_.size());
}

void CodedParts::make_group_tables(const Memory& memory) {
  for (const int way : {0, 1}) {
    group_weight_[way].assign(groups_ * groups_, 1.0);
    group_values_[way].assign(layout_->group.size(), std::vector<double>(groups_ * groups_, 0.0));
  }
  for (std::size_t g = 0; g < member_.size(); ++g)
    for (std::size_t h = 0; h < member_.size(); ++h) {
      double exponent = 0;
      for (std::size_t k = 0; k < layout_->group.size(); ++k) {
        const Link link = memory.link({member_[g], member_[h]});
        const double x = hazard_->value(layout_->terms[layout_->group[k]], memory, link);
        group_values_[0][k][g * groups_ + h] = group_values_[1][k][h * groups_ + g] = x;
        exponent += theta_[layout_->group[k]] * x;
      }
      group_weight_[0][g * groups_ + h] = group_weight_[1][h * groups_ + g] = std::exp(exponent);
    }
}

double CodedParts::of_groups(std::size_t g, std::size_t h, double* values) const {
  if (layout_->group.empty()) return 1;
  for (const std::vector<double>& table : group_values_[0]) *values++ = table[g * groups_ + h];
  return group_weight_[0][g * groups_ + h];
}

// A table reaches as far as its counts ever did; room is left for the next ones.
void CodedParts::grow(std::size_t layer, std::size_t needed) {
  CountTable& table = tables_[layer];
  const std::vector<std::size_t>& terms = layout_->counts[layer].terms;
  table.values.resize(terms.size());
  table.is_count.resize(terms.size(), true);
  for (std::size_t count = table.weight.size(); count < needed + needed / 2 + 8; ++count) {
    double exponent = 0;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      const double x = layout_->terms[terms[k]].transformed(static_cast<double>(count));
      table.values[k].push_back(x);
      table.is_count[k] = table.is_count[k] && x == static_cast<double>(count);
      exponent += theta_[terms[k]] * x;
    }
    table.weight.push_back(std::exp(exponent));
  }
}

std::span<const CodedCells> CodedParts::line(const Memory& memory, ActorId actor, bool is_row) {
  const int way = is_row ? 0 : 1;
  line_.clear();
  pointers_.clear();
  pointers_.reserve(layout_->coded());
  if (!layout_->group.empty()) {
    const std::size_t first = group_of_[actor] * groups_;
    for (const std::vector<double>& table : group_values_[way]) pointers_.push_back(table.data() + first);
    line_.push_back({{group_of_.data(), nullptr}, group_weight_[way].data() + first, std::span(pointers_)});
  }
  for (std::size_t layer = 0; layer < tables_.size(); ++layer) {
    extend(layer, memory);
    const CountMatrix& counts = memory.two_paths_of(layout_->counts[layer].sums).counts();
    const std::size_t from = pointers_.size();
    for (std::size_t k = 0; k < tables_[layer].values.size(); ++k)
      pointers_.push_back(tables_[layer].is_count[k] ? nullptr : tables_[layer].values[k].data());
    line_.push_back({is_row ? counts.row(actor) : counts.column(actor), tables_[layer].weight.data(),
                     std::span(pointers_).subspan(from)});
  }
  return line_;
}

double CodedParts::cell(const Memory& memory, Dyad dyad, double* values) {
  counts_.resize(tables_.size());
  for (std::size_t layer = 0; layer < tables_.size(); ++layer)
    counts_[layer] = memory.two_paths_of(layout_->counts[layer].sums).counts().at(dyad.sender, dyad.receiver);
  return cell(memory, dyad, counts_, values);
}

double CodedParts::cell(const Memory& memory, Dyad dyad, std::span<const std::uint32_t> counts, double* values) {
  double weight = of_groups(group_of(dyad.sender), group_of(dyad.receiver), values);
  values += layout_->group.size();
  for (std::size_t layer = 0; layer < tables_.size(); ++layer) {
    extend(layer, memory);
    weight *= tables_[layer].weight[counts[layer]];
    for (const std::vector<double>& table : tables_[layer].values) *values++ = table[counts[layer]];
  }
  return weight;
}

}  // namespace detente
