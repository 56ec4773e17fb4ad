#include "hazard/row_table.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include <fmt/format.h>

#include "hazard/end_likelihood.hpp"

namespace detente {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t next) {
  hash ^= next + 0x9E3779B97F4A7C15U + (hash << 6) + (hash >> 2);
  return hash * 0xBF58476D1CE4E5B9U;
}

}  // namespace

RowTable::RowTable(const Hazard& hazard, Kind kind, std::size_t columns, const RowTableOptions& options)
    : hazard_(&hazard),
      options_(options),
      kind_(kind),
      columns_(columns),
      efron_(hazard.text.simultaneous == Simultaneous::efron),
      baseline_(hazard.text.baseline),
      numbers_(hazard.random.size()) {
  for (const RandomTerms& random : hazard.random) {
    const std::size_t of_row = random.grouping == Grouping::both ? 2 : 1;
    blocks_.push_back({random.grouping, random.size(), of_row, {}, {}});
    values_ += random.size();
    members_ += of_row;
  }
}

// What a row holds, into row_x_, row_z_ and row_group_; -0 is 0.
void RowTable::prepare(Dyad dyad, std::span<const double> wide) {
  row_x_.assign(wide.begin(), wide.begin() + static_cast<std::ptrdiff_t>(columns_));
  for (double& value : row_x_) value += 0.0;
  row_z_.clear();
  row_group_.clear();
  std::size_t next = columns_;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const RandomTerms& random = hazard_->random[b];
    if (random.intercept) row_z_.push_back(1);
    for (std::size_t k = 0; k < random.slopes.size(); ++k) row_z_.push_back(wide[next++] + 0.0);
    const Membership member = members(random.grouping, dyad);
    for (std::size_t m = 0; m < member.count; ++m) {
      const auto number = static_cast<std::uint32_t>(blocks_[b].groups.size());
      const auto [at, is_new] = numbers_[b].try_emplace(member.group[m], number);
      if (is_new) blocks_[b].groups.push_back(member.group[m]);
      row_group_.push_back(at->second);
    }
  }
}

void RowTable::check_size() const {
  const double row = 8.0 * static_cast<double>(columns_ + values_ + 3) + 4.0 * static_cast<double>(members_) +
                     (kind_ == Kind::poisson ? 40.0 : 0.0);
  const auto rows = static_cast<double>(events_.size());
  if (rows < options_.most_rows && rows * row + 4 * at_risk_ < options_.most_bytes) return;
  refuse(fmt::format("more than {:.0f} rows of what was at risk", rows));
}

void RowTable::refuse(const std::string& got) const {
  const bool sampled = hazard_->text.sampling.controls > 0;
  throw Error(
      {.what = fmt::format("the hazard '{}' has coefficients by actor or pair and too much at risk for them: {}",
                           hazard_->name, hazard_->random.front().name),
       .where = hazard_->text.formula.where,
       .got = got,
       .hint = hazard_->text.kind == HazardKind::end ? "fewer effects that change with time"
               : sampled                             ? "fewer controls"
                         : "timing = \"ordinal\" with controls, or fewer effects that change with time alone"});
}

std::uint32_t RowTable::add(Dyad dyad, std::span<const double> wide, double exposure, double events, double from) {
  check_size();
  prepare(dyad, wide);
  x_.insert(x_.end(), row_x_.begin(), row_x_.end());
  z_.insert(z_.end(), row_z_.begin(), row_z_.end());
  group_.insert(group_.end(), row_group_.begin(), row_group_.end());
  exposure_.push_back(exposure);
  events_.push_back(events);
  if (kind_ == Kind::durations) from_.push_back(from);
  return static_cast<std::uint32_t>(events_.size() - 1);
}

// Rows that hold the same are one: their times and events add up.
void RowTable::add_or_merge(Dyad dyad, std::span<const double> wide, double exposure, double events) {
  prepare(dyad, wide);
  std::uint64_t hash = 0;
  for (const double value : row_x_) hash = mix(hash, std::bit_cast<std::uint64_t>(value));
  for (const double value : row_z_) hash = mix(hash, std::bit_cast<std::uint64_t>(value));
  for (const std::uint32_t group : row_group_) hash = mix(hash, group);
  const auto holds = [](const auto& all, std::uint32_t row, const auto& one) {
    return std::equal(one.begin(), one.end(), all.begin() + static_cast<std::ptrdiff_t>(row * one.size()));
  };
  for (auto [at, end] = same_.equal_range(hash); at != end; ++at) {
    const std::uint32_t row = at->second;
    if (!holds(x_, row, row_x_) || !holds(z_, row, row_z_) || !holds(group_, row, row_group_)) continue;
    exposure_[row] += exposure;
    events_[row] += events;
    return;
  }
  same_.emplace(hash, add(dyad, wide, exposure, events, 0));
}

// Groups in the order of their ids, whenever they first appeared; events behind each.
void RowTable::finish() {
  own_size_ = 0;
  std::size_t at = 0;
  for (Block& block : blocks_) {
    std::vector<std::uint32_t> order(block.groups.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return block.groups[a] < block.groups[b]; });
    std::vector<std::uint32_t> place(order.size());
    std::vector<Group> sorted;
    for (std::uint32_t k = 0; k < order.size(); ++k) {
      place[order[k]] = k;
      sorted.push_back(block.groups[order[k]]);
    }
    block.groups = std::move(sorted);
    block.events.assign(block.groups.size(), 0);
    for (std::size_t row = 0; row < rows(); ++row)
      for (std::size_t m = at; m < at + block.members; ++m) {
        std::uint32_t& group = group_[row * members_ + m];
        group = place[group];
        block.events[group] += static_cast<std::size_t>(events_[row]);
      }
    at += block.members;
    block.first = own_size_;
    own_size_ += block.groups.size() * block.terms;
  }
  numbers_.clear();
  same_.clear();
}

void RowTable::entries(std::size_t row, std::vector<Entry>& out) const {
  out.clear();
  const double* z = z_.data() + row * values_;
  const std::uint32_t* group = group_.data() + row * members_;
  for (const Block& block : blocks_) {
    for (std::size_t m = 0; m < block.members; ++m, ++group)
      for (std::size_t k = 0; k < block.terms; ++k)
        if (z[k] != 0) out.push_back({static_cast<std::uint32_t>(block.first + *group * block.terms + k), z[k]});
    z += block.terms;
  }
}

// For Cox: of each age at which ties end, the rows of the ties in force at it.
void RowTable::add_strata_of_ages(std::span<const double> age, std::span<const double> until) {
  std::vector<double> ages;
  for (std::size_t row = 0; row < rows(); ++row)
    if (events_[row] > 0) ages.push_back(until[row]);
  std::sort(ages.begin(), ages.end());
  ages.erase(std::unique(ages.begin(), ages.end()), ages.end());
  for (const double now : ages) {
    Stratum stratum;
    for (std::uint32_t row = 0; row < rows(); ++row) {
      if (!(age[row] < now && now <= until[row])) continue;
      stratum.at_risk.push_back(row);
      if (events_[row] > 0 && until[row] == now) stratum.ended.push_back(row);
    }
    stratum.events = static_cast<double>(stratum.ended.size());
    at_risk_ += static_cast<double>(stratum.at_risk.size());
    strata_.push_back(std::move(stratum));
    check_size();
  }
}

RowTable RowTable::of_ties(const Record& record, const Model& model, const Hazard& hazard,
                           const RowTableOptions& options) {
  const Hazard wide = with_slopes(hazard);
  const EndLikelihood likelihood(record, model, wide, options.until);
  const EndBaseline baseline = hazard.text.baseline;
  const Kind kind = baseline == EndBaseline::cox         ? Kind::conditional
                    : baseline == EndBaseline::piecewise ? Kind::poisson
                                                         : Kind::durations;
  RowTable table(hazard, kind, end_columns(hazard), options);
  std::vector<double> age, until;
  for (std::size_t r = 0; r < likelihood.rows().size(); ++r) {
    const EndLikelihood::Row& row = likelihood.rows()[r];
    const Dyad dyad{record.ties[row.tie].a, record.ties[row.tie].b};
    const double events = row.ended ? 1 : 0;
    if (kind == Kind::poisson)
      table.add_or_merge(dyad, likelihood.covariates(r), row.exposure, events);
    else
      table.add(dyad, likelihood.covariates(r), kind == Kind::conditional ? 0 : row.exposure, events, row.age);
    age.push_back(row.age);
    until.push_back(row.until);
  }
  if (kind == Kind::conditional) table.add_strata_of_ages(age, until);
  table.finish();
  return table;
}

}  // namespace detente
