#include "hazard/plain_sum.hpp"

#include <algorithm>
#include <array>

#include "hazard/line_moments.hpp"
#include "hazard/weighted_line.hpp"

namespace detente {

PlainSum::PlainSum(const Shape& shape) : line_(triangle(shape.plain())) {}

void PlainSum::make(Parts& parts) {
  const std::span<const double> senders = parts.senders.weights();
  if (!parts.by_lines) {
    product_.clear(parts.coded.groups(), parts.shape.sender, parts.shape.receiver);
    for (ActorId i = 0; i < senders.size() && !parts.listed; ++i) add_to_product(parts, i, 1);
    return;
  }
  sum_.assign(parts.shape.plain() * parts.shape.plain(), 0.0);
  for (ActorId i = 0; i < senders.size(); ++i) {
    if (senders[i] == 0) continue;
    read_line(parts, i, true);
    add_line(parts, i, true, 1);
  }
}

void PlainSum::read(Parts& parts, ActorId actor, bool is_row) {
  if (parts.by_lines) read_line(parts, actor, is_row);
}

void PlainSum::add(Parts& parts, ActorId actor, bool is_row, double sign) {
  if (parts.by_lines)
    add_line(parts, actor, is_row, sign);
  else if (!parts.listed)
    add_to_product(parts, actor, sign);
}

void PlainSum::add_to_product(const Parts& parts, ActorId i, double sign) {
  const Shape& shape = parts.shape;
  std::array<double, most_terms> sent, received;
  parts.senders.copy_values(i, shape.sender, sent.data());
  parts.receivers.copy_values(i, shape.receiver, received.data());
  product_.add(parts.coded.group_of(i),
               {parts.senders.weight(i), parts.receivers.weight(i), std::span(sent.data(), shape.sender),
                std::span(received.data(), shape.receiver)},
               sign);
}

void PlainSum::read_line(Parts& parts, ActorId actor, bool is_row) {
  std::fill(line_.begin(), line_.end(), 0.0);
  auto coded = is_row ? parts.coded.row(*parts.memory, actor) : parts.coded.column(*parts.memory, actor);
  std::array<CodedCells, most_terms> without_values;
  if (parts.shape.coded == 0) {
    for (std::size_t k = 0; k < coded.size(); ++k) without_values[k] = {coded[k].codes, coded[k].weight, {}};
    coded = std::span(without_values.data(), coded.size());
  }
  const std::span<const double> weights = parts.partners(is_row).weights();
  const DenseLine line{weights.data(), parts.partner_columns(is_row), coded};
  add_dense_line(line, 0, actor, line_.data());
  add_dense_line(line, actor + std::size_t{1}, weights.size(), line_.data());
}

void PlainSum::add_line(Parts& parts, ActorId actor, bool is_row, double sign) {
  add_weighted({parts.own(is_row), actor, line_.data(), is_row, sign}, parts.shape, parts.shape.plain(), sum_.data());
}

void PlainSum::change(Parts& parts, const ChangedRun& run) {
  if (!parts.by_lines) return;
  const std::span<const double> weights = parts.partners(run.is_row).weights();
  const auto own = parts.partner_columns(run.is_row);
  const std::size_t n = run.cells.size();
  run_.resize(n * (1 + own.size() + parts.shape.coded));
  columns_.clear();
  for (std::size_t c = 0; c < own.size() + parts.shape.coded; ++c) columns_.push_back(run_.data() + n * (1 + c));
  for (std::size_t c = 0; c < own.size(); ++c)
    for (std::size_t k = 0; k < n; ++k) run_[n * (1 + c) + k] = own[c][run.partner(run.cells[k])];
  double* coded_columns = run_.data() + n * (1 + own.size());
  std::fill(line_.begin(), line_.end(), 0.0);
  for (const bool after : {false, true}) {
    for (std::size_t k = 0; k < n; ++k) {
      const ChangedCell& cell = run.cells[k];
      const ChangedCell::Coded& coded = after ? cell.after : cell.before;
      run_[k] = weights[run.partner(cell)] * (after ? coded.weight : -coded.weight);
      for (std::size_t c = 0; c < parts.shape.coded; ++c) coded_columns[n * c + k] = coded.values[c];
    }
    add_products(run_.data(), columns_, n, line_.data());
  }
  add_line(parts, run.actor, run.is_row, 1);
}

double PlainSum::total(const Parts& parts) const {
  if (parts.by_lines) return sum_[0];
  return parts.listed ? 0 : product_.total(parts.coded);
}

void PlainSum::add_moments(const Parts& parts, std::size_t stride, double* out) const {
  const std::size_t plain = parts.shape.plain();
  if (parts.by_lines) {
    for (std::size_t p = 0; p < plain; ++p)
      for (std::size_t q = p; q < plain; ++q) out[p * stride + q] += sum_[p * plain + q];
  } else if (!parts.listed) {
    product_.add_moments(parts.coded, parts.shape.coded, stride, out);
  }
}

double PlainSum::add_row(Parts& parts, ActorId i, std::size_t stride, double* out) {
  if (parts.listed || parts.senders.weight(i) == 0) return 0;
  read_line(parts, i, true);
  const std::size_t plain = parts.shape.plain();
  std::vector<double>& row = row_;
  row.assign(plain * plain, 0.0);
  add_weighted({parts.senders, i, line_.data(), true, 1}, parts.shape, plain, row.data());
  for (std::size_t p = 0; p < plain; ++p)
    for (std::size_t q = p; q < plain; ++q) out[p * stride + q] += row[p * plain + q];
  return row[0];
}

double PlainSum::row(Parts& parts, ActorId i, std::span<const double> receivers) {
  if (parts.listed) return 0;
  if (parts.by_lines) {
    read_line(parts, i, true);
    return line_[0];
  }
  std::array<double, most_terms> values;
  const std::size_t own = parts.coded.group_of(i);
  double sum = 0;
  for (std::size_t g = 0; g < receivers.size(); ++g)
    sum += parts.coded.of_groups(own, g, values.data()) * (receivers[g] - (g == own ? parts.receivers.weight(i) : 0));
  return sum;
}

}  // namespace detente
