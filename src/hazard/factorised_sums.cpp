#include "hazard/factorised_sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hazard/line_moments.hpp"

namespace detente {
namespace {

constexpr double cancelled = 1e-5;  // of the first sum: what is left of it has then lost too many digits
constexpr double far_below = 1e-4;  // of the highest total since the sums were made: cancellation may show

std::vector<bool> counted(const Memory& memory) {
  std::vector<bool> counted;
  for (TwoPathId id = 0; id < memory.spec().two_paths.size(); ++id) {
    const TwoPaths& sums = memory.two_paths_of(id);
    counted.push_back(!sums.counts().empty() && (memory.spec().directed || sums.spec().first == sums.spec().second));
  }
  return counted;
}

}  // namespace

FactorisedSums::FactorisedSums(const Hazard& hazard, const Memory& memory, Keep keep)
    : rows_only_(keep == Keep::rows),
      shared_(std::make_shared<Layout>(make_layout(hazard, counted(memory)))),
      layout_(*shared_),
      list_(hazard.risk_set),
      parts_(hazard, layout_, memory.actors(), keep != Keep::rate),
      cells_(layout_),
      plain_(parts_.shape),
      met_(parts_.shape),
      assembled_(parts_.shape.size() * parts_.shape.size()),
      z_(parts_.shape.size()) {
  const auto terms = static_cast<Eigen::Index>(hazard.terms.size() + 1);
  moments_.resize(terms, terms);
}

// ---- making and following

void FactorisedSums::make_all(bool check) {
  if (rows_only_) return;
  const double kept = check ? total_rate() : 0;
  plain_.make(parts_);
  met_.make(parts_);
  updates_ = 0;
  highest_total_ = total_rate();
  if (check) drift_ = std::max(drift_, std::abs(kept / highest_total_ - 1));
}

void FactorisedSums::refresh(const Memory& memory, std::span<const double> theta) {
  list_.refresh(memory);
  parts_.refresh(memory, list_, layout_.coefficients(theta));
  if (!rows_only_) parts_.pairs.set_all(memory);
  make_all(false);
}

void FactorisedSums::fade(const Memory& memory) {
  parts_.memory = &memory;
  if (!layout_.drifting_pair.empty() && !rows_only_) parts_.pairs.set_all(memory, layout_.drifting_pair);
  if (layout_.sender_drifts) parts_.senders.set_all(memory);
  if (layout_.receiver_drifts) parts_.receivers.set_all(memory);
  if (layout_.sender_drifts || layout_.receiver_drifts)
    make_all(false);
  else if (!layout_.drifting_pair.empty() && !rows_only_)
    met_.make(parts_);
}

void FactorisedSums::update(const Memory& memory) {
  parts_.memory = &memory;
  change_cells();
  list_.advance(memory);
  change_list();
  change_touched_pairs();
  if (!memory.touched().empty() && layout_.shifts_all) {
    if (!layout_.shifting_pair.empty() && !rows_only_) parts_.pairs.set_all(memory, layout_.shifting_pair);
    parts_.senders.set_all(memory);
    parts_.receivers.set_all(memory);
    return make_all(false);
  }
  for (const Dyad dyad : memory.touched())  // both ways, so that everyone is a sender
    for (const bool is_row : {true, false}) change_own(dyad.sender, is_row);
  if (rows_only_) return;
  const double total = total_rate();
  highest_total_ = std::max(highest_total_, total);
  if (++updates_ >= refresh_every || !(total > far_below * highest_total_)) make_all(true);
}

void FactorisedSums::change_cells() {
  if (layout_.counts.empty() || parts_.memory->two_path_changes().empty()) return;
  for (const ChangedRun& run : cells_.read(*parts_.memory, parts_.coded)) {
    if (!rows_only_) plain_.change(parts_, run);
    met_.change(parts_, run);
  }
}

// What came into the risk set's list or left it.
void FactorisedSums::change_list() {
  const auto change = [&](Dyad dyad) {
    const PairId pair = parts_.pairs.insert(*parts_.memory, parts_.coded, dyad);
    if (!rows_only_) met_.add_pair(parts_, pair, -1);
    parts_.pairs.set_listed(*parts_.memory, pair);
    if (!rows_only_) met_.add_pair(parts_, pair, 1);
  };
  for (const Dyad dyad : list_.changed()) {
    change(dyad);
    if (layout_.both_ways) change(reversed(dyad));
  }
}

void FactorisedSums::change_touched_pairs() {
  if (layout_.pair.empty()) return;
  const Memory& memory = *parts_.memory;
  for (const Dyad dyad : memory.touched()) {
    if (rows_only_)
      parts_.pairs.touch(memory, parts_.coded, dyad);  // read with its row
    else
      change_pair(dyad);
  }
  if (layout_.pair_reads_two_paths)
    for (const TwoPathChange& change : memory.two_path_changes()) {
      change_pair(change.dyad);
      if (layout_.both_ways) change_pair(reversed(change.dyad));
    }
  if (layout_.pair_spreads && !rows_only_)
    for (const Dyad dyad : memory.touched()) change_pairs_of(dyad.sender);
}

void FactorisedSums::change_pair(Dyad dyad) {
  if (rows_only_) {  // read with its row
    (void)parts_.pairs.insert(*parts_.memory, parts_.coded, dyad);
    return;
  }
  const PairId pair = parts_.pairs.read(*parts_.memory, parts_.coded, dyad);
  if (pair == no_id) return;
  met_.add_pair(parts_, pair, -1);
  parts_.pairs.set_read(pair);
  met_.add_pair(parts_, pair, 1);
}

void FactorisedSums::change_pairs_of(ActorId i) {
  for (const Partner& partner : parts_.pairs.line(i, true)) change_pair({i, partner.actor});
  for (const Partner& partner : parts_.pairs.line(i, false)) change_pair({partner.actor, i});
}

void FactorisedSums::change_own(ActorId actor, bool is_row) {
  OwnParts& own = parts_.own(is_row);
  if (!own.changed(*parts_.memory, actor)) return;
  if (rows_only_) return own.set(*parts_.memory, actor);
  plain_.read(parts_, actor, is_row);
  met_.read(parts_, actor, is_row);
  plain_.add(parts_, actor, is_row, -1);
  met_.add(parts_, actor, is_row, -1);
  own.set(*parts_.memory, actor);
  plain_.add(parts_, actor, is_row, 1);
  met_.add(parts_, actor, is_row, 1);
}

// ---- reading

bool FactorisedSums::cancels(double first_sum) const {
  return !parts_.listed && first_sum + met_.total() < cancelled * first_sum;
}

double FactorisedSums::total_rate() {
  const double first_sum = plain_.total(parts_);
  double all = cancels(first_sum) ? visit_all(nullptr) : first_sum + met_.total();
  if (all < 0) all = 0;  // what rounding left of nothing
  return layout_.twice ? 0.5 * all : all;
}

// The sum over all cells, one by one, from the parts that are kept: where little is left of the first sum, taking back most
// of it would lose digits.  Adds the moments to `sum`, unless null.
double FactorisedSums::visit_all(double* sum) {
  double total = 0;
  for (ActorId i = 0; i < parts_.senders.weights().size(); ++i) total += visit_line(i, sum);
  return total;
}

double FactorisedSums::visit_line(ActorId i, double* sum) {
  const std::span<const double> b = parts_.receivers.weights();
  double total = 0;
  for (ActorId j = 0; j < b.size(); ++j) {
    if (i == j || parts_.senders.weight(i) * b[j] == 0) continue;
    const Parts::Cell cell = parts_.cell({i, j});
    total += cell.rate;
    if (sum == nullptr || cell.rate == 0) continue;
    parts_.fill({i, j}, cell.values, z_.data());
    pair_moments(parts_.shape.plain(), parts_.shape.pair, z_.data(), cell.rate, cell.rate, sum);
  }
  return total;
}

const Eigen::MatrixXd& FactorisedSums::moments() {
  if (cancels(plain_.total(parts_))) {
    std::fill(assembled_.begin(), assembled_.end(), 0.0);
    visit_all(assembled_.data());
  } else {
    assembled_ = met_.moments();
    plain_.add_moments(parts_, parts_.shape.size(), assembled_.data());
  }
  assemble();
  if (layout_.twice) moments_ *= 0.5;
  return moments_;
}

const Eigen::MatrixXd& FactorisedSums::row_moments(ActorId sender) {
  if (!layout_.pair.empty()) parts_.pairs.set_row(*parts_.memory, sender);
  std::fill(assembled_.begin(), assembled_.end(), 0.0);
  const double first_sum = plain_.add_row(parts_, sender, parts_.shape.size(), assembled_.data());
  met_.add_row(parts_, sender, assembled_.data());
  if (!parts_.listed && assembled_[0] < cancelled * first_sum) {
    std::fill(assembled_.begin(), assembled_.end(), 0.0);
    visit_line(sender, assembled_.data());
  }
  assemble();
  return moments_;
}

// From where values stand in z to the terms.
void FactorisedSums::assemble() {
  const std::size_t size = parts_.shape.size();
  moments_.setZero();
  for (std::size_t p = 0; p < size; ++p)
    for (std::size_t q = p; q < size; ++q) {
      const double sum = assembled_[p * size + q];
      const auto row = static_cast<Eigen::Index>(layout_.target[p]);
      const auto column = static_cast<Eigen::Index>(layout_.target[q]);
      moments_(row, column) += sum;
      if (p != q) moments_(column, row) += sum;
    }
}

// ---- drawing

double FactorisedSums::visit_row(ActorId i) {
  double sum = 0;
  for (ActorId j = 0; j < parts_.receivers.weights().size(); ++j)
    if (j != i) sum += parts_.cell({i, j}).rate;
  return sum;
}

// The sender in whose row `target` of the total falls, from which the rows before it are taken.
ActorId FactorisedSums::locate_sender(double total, double& target) {
  // What rounding may leave of a row; a rate beyond all numbers is more than that.
  const double nothing = std::min(1e-12 * total, std::numeric_limits<double>::max());
  const bool by_cells = cancels(plain_.total(parts_));
  const std::span<const double> a = parts_.senders.weights(), b = parts_.receivers.weights();
  std::vector<double> receivers(parts_.coded.groups(), 0.0);  // sums of weights, by group
  for (ActorId j = 0; j < b.size() && !parts_.by_lines; ++j) receivers[parts_.coded.group_of(j)] += b[j];
  ActorId last = no_id;  // where rounding leaves the very end
  double left = target;
  for (ActorId i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    const double rate = by_cells ? visit_row(i) : a[i] * (met_.row(parts_, i) + plain_.row(parts_, i, receivers));
    if (!(rate > nothing)) continue;
    last = i;
    target = left;
    if (left <= rate) break;
    left -= rate;
  }
  return last;
}

ActorId FactorisedSums::locate_receiver(ActorId sender, double target) {
  const std::span<const double> b = parts_.receivers.weights();
  ActorId last = no_id;
  for (ActorId j = 0; j < b.size(); ++j) {
    if (j == sender || b[j] == 0) continue;
    const double rate = parts_.cell({sender, j}).rate;
    if (rate == 0) continue;
    last = j;
    target -= rate;
    if (target <= 0) break;
  }
  return last;
}

Dyad FactorisedSums::locate(double share) {
  const double total = (layout_.twice ? 2 : 1) * total_rate();
  double target = share * total;
  const ActorId sender = locate_sender(total, target);
  if (sender == no_id) return {no_id, no_id};
  const ActorId receiver = locate_receiver(sender, target);
  return layout_.both_ways && sender > receiver ? Dyad{receiver, sender} : Dyad{sender, receiver};
}

Dyad FactorisedSums::locate_from(ActorId sender, double share) {
  if (rows_only_ && !layout_.pair.empty()) parts_.pairs.set_row(*parts_.memory, sender);
  const double row = visit_row(sender);
  if (!std::isfinite(row)) return {no_id, no_id};
  return {sender, row > 0 ? locate_receiver(sender, share * row) : no_id};
}

}  // namespace detente
