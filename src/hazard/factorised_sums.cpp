#include "hazard/factorised_sums.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/line_moments.hpp"

namespace detente {
namespace {

constexpr double far_below = 1e-4;  // of the highest total since the sums were made: cancellation may show

bool at_risk(const Memory& memory, Dyad dyad) { return memory.present(dyad.sender) && memory.present(dyad.receiver); }

// A term that is zero where it was touched may change later without being touched: with time, or by another factor.
bool zeros_wake(const Hazard& hazard) {
  const auto wakes = [](const Term& t) { return t.traits().wakes || t.is_product(); };
  return std::any_of(hazard.terms.begin(), hazard.terms.end(), wakes);
}

}  // namespace

FactorisedSums::FactorisedSums(const Hazard& hazard, std::size_t actors, bool with_moments)
    : hazard_(&hazard),
      with_moments_(with_moments),
      zeros_wake_(zeros_wake(hazard)),
      a_(actors),
      b_(actors),
      active_(actors) {
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) {
    const Traits& traits = hazard.terms[p].traits();
    if (traits.scope == Scope::sender) {
      layout_.sender.push_back(p);
      layout_.sender_drifts = layout_.sender_drifts || traits.drifts;
    } else if (traits.scope == Scope::receiver) {
      layout_.receiver.push_back(p);
      layout_.receiver_drifts = layout_.receiver_drifts || traits.drifts;
    } else {
      if (traits.drifts) layout_.drifting_dyad.push_back(layout_.dyad.size());
      if (traits.shifts_all) layout_.shifting_dyad.push_back(layout_.dyad.size());
      layout_.dyad.push_back(p);
    }
  }
  layout_.s = layout_.sender.size();
  layout_.r = layout_.receiver.size();
  layout_.d = layout_.dyad.size();
  sender_x_.resize(actors * layout_.s);
  receiver_x_.resize(actors * layout_.r);
  scratch_.resize(layout_.d);
  const std::size_t m = layout_.size();
  z_.resize(m);
  stride_ = 1 + layout_.d;
  factor_.resize(m);
  position_.resize(m);
  full_.resize(triangle(m));
  plain_.resize(triangle(m));
  for (auto* matrix : {&senders_, &receivers_, &diagonal_, &active_sum_}) matrix->assign(m * m, 0.0);
  moments_.resize(static_cast<Eigen::Index>(m), static_cast<Eigen::Index>(m));
}

void FactorisedSums::set_sender(const Memory& memory, ActorId i) {
  double u = 0;
  for (std::size_t k = 0; k < layout_.s; ++k) {
    const double x = memory.present(i) ? hazard_->terms[layout_.sender[k]].value(memory, {i, i}) : 0;
    sender_x_[i * layout_.s + k] = x;
    u += theta_[layout_.sender[k]] * x;
  }
  a_[i] = memory.present(i) ? std::exp(u) : 0;
}

void FactorisedSums::set_receiver(const Memory& memory, ActorId j) {
  double v = 0;
  for (std::size_t k = 0; k < layout_.r; ++k) {
    const double x = memory.present(j) ? hazard_->terms[layout_.receiver[k]].value(memory, {j, j}) : 0;
    receiver_x_[j * layout_.r + k] = x;
    v += theta_[layout_.receiver[k]] * x;
  }
  b_[j] = memory.present(j) ? std::exp(v) : 0;
}

void FactorisedSums::set_pair(const Memory& memory, PairId pair) {
  const Dyad dyad = active_.dyad(pair);
  const bool counts = at_risk(memory, dyad);
  double d = 0;
  for (std::size_t k = 0; k < layout_.d; ++k) {
    const double x = counts ? hazard_->terms[layout_.dyad[k]].value(memory, dyad) : 0;
    pair_[pair * stride_ + 1 + k] = x;
    d += theta_[layout_.dyad[k]] * x;
  }
  pair_[pair * stride_] = std::exp(d);
}

// As set_pair, for some of the dyad terms; the exponential only where one changed.
void FactorisedSums::set_pair_terms(const Memory& memory, PairId pair, std::span<const std::size_t> which) {
  const Dyad dyad = active_.dyad(pair);
  if (!at_risk(memory, dyad)) return;
  double* x = pair_.data() + pair * stride_ + 1;
  bool changed = false;
  for (const std::size_t k : which) {
    const double value = hazard_->terms[layout_.dyad[k]].value(memory, dyad);
    changed = changed || value != x[k];
    x[k] = value;
  }
  if (!changed) return;
  double d = 0;
  for (std::size_t k = 0; k < layout_.d; ++k) d += theta_[layout_.dyad[k]] * x[k];
  x[-1] = std::exp(d);
}

void FactorisedSums::set_all(const Memory& memory, bool senders, bool receivers,
                             std::span<const std::size_t> dyad_terms) {
  for (ActorId i = 0; i < a_.size() && (senders || receivers); ++i) {
    if (senders) set_sender(memory, i);
    if (receivers) set_receiver(memory, i);
  }
  for (PairId pair = 0; pair < active_.size() && !dyad_terms.empty(); ++pair) set_pair_terms(memory, pair, dyad_terms);
  make_totals();
}

void FactorisedSums::fade(const Memory& memory) {
  if (layout_.sender_drifts || layout_.receiver_drifts || !layout_.drifting_dyad.empty())
    set_all(memory, layout_.sender_drifts, layout_.receiver_drifts, layout_.drifting_dyad);
}

// Adds sign x the pair's part of the active sum: blocks without a dyad term weigh e^d - 1, those with one e^d.
void FactorisedSums::add_pair(PairId pair, double sign) {
  const Dyad dyad = active_.dyad(pair);
  const double ab = sign * a_[dyad.sender] * b_[dyad.receiver];
  const double excess = ab * (pair_[pair * stride_] - 1);
  if (!with_moments_) {
    active_sum_[0] += excess;
    return;
  }
  const double full = ab * pair_[pair * stride_];
  z_[0] = 1;
  std::size_t at = 1;
  for (std::size_t k = 0; k < layout_.s; ++k) z_[at++] = sender_x_[dyad.sender * layout_.s + k];
  for (std::size_t k = 0; k < layout_.r; ++k) z_[at++] = receiver_x_[dyad.receiver * layout_.r + k];
  for (std::size_t k = 0; k < layout_.d; ++k) z_[at++] = pair_[pair * stride_ + 1 + k];
  pair_moments(layout_.first_dyad(), layout_.d, z_.data(), excess, full, active_sum_.data());
}

void FactorisedSums::add_actor(ActorId i, double sign) {
  const std::size_t m = layout_.size();
  const std::size_t s = layout_.s;
  const double* xs = sender_x_.data() + i * s;
  const double* xr = receiver_x_.data() + i * layout_.r;
  const auto sender = [&](std::size_t p) { return p == 0 ? 1.0 : xs[p - 1]; };
  const auto receiver = [&](std::size_t p) { return p == 0 ? 1.0 : xr[p - 1]; };
  const auto own = [&](std::size_t p) { return p <= s ? sender(p) : receiver(p - s); };
  const std::size_t last_s = with_moments_ ? s : 0;
  const std::size_t last_r = with_moments_ ? layout_.r : 0;
  for (std::size_t p = 0; p <= last_s; ++p)
    for (std::size_t q = p; q <= last_s; ++q) senders_[p * m + q] += sign * a_[i] * sender(p) * sender(q);
  for (std::size_t p = 0; p <= last_r; ++p)
    for (std::size_t q = p; q <= last_r; ++q) receivers_[p * m + q] += sign * b_[i] * receiver(p) * receiver(q);
  for (std::size_t p = 0; p <= last_s + last_r; ++p)
    for (std::size_t q = p; q <= last_s + last_r; ++q) diagonal_[p * m + q] += sign * a_[i] * b_[i] * own(p) * own(q);
}

void FactorisedSums::row_moments(ActorId i) {
  line_moments({active_.out(i), b_.data(), receiver_x_.data(), layout_.r, pair_.data(), layout_.d}, full_.data(),
               plain_.data());
}

void FactorisedSums::column_moments(ActorId j) {
  line_moments({active_.in(j), a_.data(), sender_x_.data(), layout_.s, pair_.data(), layout_.d}, full_.data(),
               plain_.data());
}

// Adds a row's (or column's) moments, weighted with the own part of its actor.  Position p of z is an own value, which
// multiplies position 0 of the line, or a position of the line: `own` tells where the actor's own values stand in z, and
// `first` where those of its partners do.
void FactorisedSums::add_line(double weight, const double* own_x, std::size_t own, std::size_t own_size,
                              std::size_t first, std::size_t partner_size) {
  if (!with_moments_) {
    active_sum_[0] += weight * (full_[0] - plain_[0]);
    return;
  }
  const std::size_t m = layout_.size();
  const std::size_t first_dyad = layout_.first_dyad();
  const std::size_t n = 1 + partner_size + layout_.d;
  for (std::size_t p = 0; p < m; ++p) {
    const bool is_own = p >= own && p < own + own_size;
    factor_[p] = is_own ? own_x[p - own] : 1.0;
    position_[p] = p == 0 || is_own ? 0 : p >= first_dyad ? 1 + partner_size + (p - first_dyad) : 1 + (p - first);
  }
  for (std::size_t p = 0; p < m; ++p)
    for (std::size_t q = p; q < m; ++q) {
      const std::size_t row = std::min(position_[p], position_[q]);
      const std::size_t column = std::max(position_[p], position_[q]);
      double sum = full_[triangle_at(n, row, column)];
      if (q < first_dyad) sum -= plain_[triangle_at(1 + partner_size, row, column)];
      active_sum_[p * m + q] += weight * factor_[p] * factor_[q] * sum;
    }
}

void FactorisedSums::add_row(ActorId i, double sign) {
  add_line(sign * a_[i], sender_x_.data() + i * layout_.s, 1, layout_.s, 1 + layout_.s, layout_.r);
}

void FactorisedSums::add_column(ActorId j, double sign) {
  add_line(sign * b_[j], receiver_x_.data() + j * layout_.r, 1 + layout_.s, layout_.r, 1, layout_.s);
}

void FactorisedSums::make_totals() {
  for (auto* matrix : {&senders_, &receivers_, &diagonal_, &active_sum_})
    std::fill(matrix->begin(), matrix->end(), 0.0);
  for (ActorId i = 0; i < a_.size(); ++i) add_actor(i, 1);
  for (ActorId i = 0; i < a_.size(); ++i) {
    if (a_[i] == 0 || active_.out(i).empty()) continue;
    if (with_moments_) {
      row_moments(i);
      add_row(i, 1);
      continue;
    }
    double excess = 0;
    for (const Partner& partner : active_.out(i)) excess += b_[partner.actor] * (pair_[partner.pair * stride_] - 1);
    active_sum_[0] += a_[i] * excess;
  }
  updates_ = 0;
  highest_total_ = total_rate();
}

void FactorisedSums::refresh(const Memory& memory, std::span<const double> theta) {
  theta_.assign(theta.begin(), theta.end());
  for (const Dyad dyad : memory.touched()) activate(dyad);
  if (hazard_->reads_two_paths())
    for (const Dyad dyad : memory.touched_by_two_paths()) activate(dyad);
  for (ActorId i = 0; i < a_.size(); ++i) {
    set_sender(memory, i);
    set_receiver(memory, i);
  }
  for (PairId pair = 0; pair < active_.size(); ++pair) set_pair(memory, pair);
  make_totals();
}

PairId FactorisedSums::activate(Dyad dyad) {
  const PairId pair = active_.insert(dyad.sender, dyad.receiver);
  if ((pair + 1) * stride_ > pair_.size()) {
    pair_.resize((pair + 1) * stride_, 0.0);
    pair_[pair * stride_] = 1;
  }
  return pair;
}

bool FactorisedSums::pair_changed(const Memory& memory, Dyad dyad) {
  if (!at_risk(memory, dyad)) return false;
  const PairId pair = active_.find(dyad.sender, dyad.receiver);
  bool changed = false;
  for (std::size_t k = 0; k < layout_.d; ++k) {
    scratch_[k] = hazard_->terms[layout_.dyad[k]].value(memory, dyad);
    changed = changed || scratch_[k] != (pair == no_id ? 0 : pair_[pair * stride_ + 1 + k]);
  }
  return changed;
}

void FactorisedSums::change_pair(const Memory& memory, Dyad dyad) {
  if (!pair_changed(memory, dyad)) {
    if (zeros_wake_ || !at_risk(memory, dyad)) activate(dyad);
    return;
  }
  const PairId pair = activate(dyad);
  add_pair(pair, -1);
  double d = 0;
  for (std::size_t k = 0; k < layout_.d; ++k) {
    pair_[pair * stride_ + 1 + k] = scratch_[k];
    d += theta_[layout_.dyad[k]] * scratch_[k];
  }
  pair_[pair * stride_] = std::exp(d);
  add_pair(pair, 1);
}

void FactorisedSums::change_pairs_of(const Memory& memory, ActorId i) {
  for (const Partner& partner : active_.out(i)) change_pair(memory, {i, partner.actor});
  for (const Partner& partner : active_.in(i)) change_pair(memory, {partner.actor, i});
}

void FactorisedSums::change_sender(const Memory& memory, ActorId i) {
  if (!memory.present(i)) return;
  bool changed = false;
  for (std::size_t k = 0; k < layout_.s && !changed; ++k)
    changed = hazard_->terms[layout_.sender[k]].value(memory, {i, i}) != sender_x_[i * layout_.s + k];
  if (!changed) return;
  row_moments(i);
  add_row(i, -1);
  add_actor(i, -1);
  set_sender(memory, i);
  add_actor(i, 1);
  add_row(i, 1);
}

void FactorisedSums::change_receiver(const Memory& memory, ActorId j) {
  if (!memory.present(j)) return;
  bool changed = false;
  for (std::size_t k = 0; k < layout_.r && !changed; ++k)
    changed = hazard_->terms[layout_.receiver[k]].value(memory, {j, j}) != receiver_x_[j * layout_.r + k];
  if (!changed) return;
  column_moments(j);
  add_column(j, -1);
  add_actor(j, -1);
  set_receiver(memory, j);
  add_actor(j, 1);
  add_column(j, 1);
}

void FactorisedSums::update(const Memory& memory) {
  if (layout_.d > 0)
    for (const Dyad dyad : memory.touched()) change_pair(memory, dyad);
  if (hazard_->reads_two_paths())
    for (const Dyad dyad : memory.touched_by_two_paths()) change_pair(memory, dyad);
  if (hazard_->spreads())
    for (const Dyad dyad : memory.acted()) {
      change_pairs_of(memory, dyad.sender);
      change_pairs_of(memory, dyad.receiver);
    }
  if (!memory.acted().empty() && hazard_->shifts_all()) {
    const bool senders = layout_.s > 0, receivers = layout_.r > 0;  // those that do not shift may still have acted
    return set_all(memory, senders, receivers, layout_.shifting_dyad);
  }
  for (const Dyad dyad : memory.acted()) {
    if (layout_.s > 0) {
      change_sender(memory, dyad.sender);
      change_sender(memory, dyad.receiver);
    }
    if (layout_.r > 0) {
      change_receiver(memory, dyad.sender);
      change_receiver(memory, dyad.receiver);
    }
  }
  const double total = total_rate();
  highest_total_ = std::max(highest_total_, total);
  if (++updates_ >= refresh_every || !(total > far_below * highest_total_)) make_totals();
}

double FactorisedSums::total_rate() { return senders_[0] * receivers_[0] - diagonal_[0] + active_sum_[0]; }

const Eigen::MatrixXd& FactorisedSums::moments() {
  const std::size_t m = layout_.size();
  const std::size_t s = layout_.s;
  const std::size_t first_dyad = layout_.first_dyad();
  std::vector<std::size_t> position(m, 0);  // of z in the order of the formula's terms
  for (std::size_t k = 0; k < s; ++k) position[1 + k] = 1 + layout_.sender[k];
  for (std::size_t k = 0; k < layout_.r; ++k) position[1 + s + k] = 1 + layout_.receiver[k];
  for (std::size_t k = 0; k < layout_.d; ++k) position[first_dyad + k] = 1 + layout_.dyad[k];
  for (std::size_t p = 0; p < m; ++p) {
    for (std::size_t q = p; q < m; ++q) {
      double sum = active_sum_[p * m + q];
      if (q < first_dyad) {
        const std::size_t sp = p <= s ? p : 0, sq = q <= s ? q : 0;
        const std::size_t rp = p > s ? p - s : 0, rq = q > s ? q - s : 0;
        sum += senders_[std::min(sp, sq) * m + std::max(sp, sq)] * receivers_[std::min(rp, rq) * m + std::max(rp, rq)];
        sum -= diagonal_[p * m + q];
      }
      const auto row = static_cast<Eigen::Index>(position[p]);
      const auto column = static_cast<Eigen::Index>(position[q]);
      moments_(row, column) = moments_(column, row) = sum;
    }
  }
  return moments_;
}

Dyad FactorisedSums::locate(double share) {
  double target = share * total_rate();
  ActorId last_row = no_id;  // where rounding leaves the very end
  for (ActorId i = 0; i < a_.size(); ++i)
    if (a_[i] > 0) last_row = i;
  Dyad last{no_id, no_id};
  for (ActorId i = 0; i < a_.size(); ++i) {
    if (a_[i] == 0) continue;
    double row = receivers_[0] - b_[i];
    for (const Partner& partner : active_.out(i)) row += b_[partner.actor] * (pair_[partner.pair * stride_] - 1);
    const double rate = a_[i] * row;
    if (target > rate && i != last_row) {
      target -= rate;
      continue;
    }
    for (ActorId j = 0; j < b_.size(); ++j) {
      if (j == i || b_[j] == 0) continue;
      const PairId pair = active_.find(i, j);
      last = {i, j};
      target -= a_[i] * b_[j] * (pair == no_id ? 1 : pair_[pair * stride_]);
      if (target <= 0) return last;
    }
  }
  return last;
}

}  // namespace detente
