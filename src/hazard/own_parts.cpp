#include "hazard/own_parts.hpp"

#include <cmath>

namespace detente {

OwnParts::OwnParts(const RiskSet& risk_set, const Layout& layout, Side side, std::size_t actors)
    : risk_set_(&risk_set),
      layout_(&layout),
      side_(side),
      terms_(side == Side::sender ? &layout.sender : &layout.receiver),
      weight_(actors),
      x_(actors * terms_->size()),
      read_(terms_->size()) {
  for (ActorId i = 0; i < actors; ++i) links_.emplace_back(Dyad{i, i}, no_id, no_id);
}

bool OwnParts::is_at_risk(const Memory& memory, ActorId i) const {
  return memory.present(i) && (side_ == Side::sender ? risk_set_->may_send(i) : risk_set_->may_receive(i));
}

void OwnParts::refresh(const Memory& memory, std::span<const double> theta) {
  theta_.assign(theta.begin(), theta.end());
  set_all(memory);
}

// Term by term, so that an effect is asked once for all actors.  The same sums in the same order as set().
void OwnParts::set_all(const Memory& memory) {
  const std::size_t actors = weight_.size();
  if (terms_->empty()) {
    for (ActorId i = 0; i < actors; ++i) weight_[i] = is_at_risk(memory, i) ? 1 : 0;
    return;
  }
  exponent_.assign(actors, 0.0);
  for (std::size_t k = 0; k < terms_->size(); ++k) {
    const std::size_t term = (*terms_)[k];
    double* const column = x_.data() + k * actors;
    layout_->terms[term].values(memory, links_, column);
    for (std::size_t i = 0; i < actors; ++i) {
      column[i] *= layout_->own_share;
      exponent_[i] += theta_[term] * column[i];
    }
  }
  for (ActorId i = 0; i < actors; ++i) {
    const bool at_risk = is_at_risk(memory, i);
    weight_[i] = at_risk ? std::exp(exponent_[i]) : 0;
    for (std::size_t k = 0; k < read_.size() && !at_risk; ++k) x_[k * actors + i] = 0;
  }
}

double OwnParts::read(const Memory& memory, ActorId i) {
  double exponent = 0;
  for (std::size_t k = 0; k < terms_->size(); ++k) {
    const std::size_t term = (*terms_)[k];
    read_[k] = layout_->own_share * layout_->terms[term].value(memory, Link{{i, i}, no_id, no_id});
    exponent += theta_[term] * read_[k];
  }
  return exponent;
}

void OwnParts::set(const Memory& memory, ActorId i) {
  const bool at_risk = is_at_risk(memory, i);
  weight_[i] = at_risk ? std::exp(read(memory, i)) : 0;
  for (std::size_t k = 0; k < read_.size(); ++k) x_[k * weight_.size() + i] = at_risk ? read_[k] : 0;
}

bool OwnParts::changed(const Memory& memory, ActorId i) {
  if (terms_->empty() || !is_at_risk(memory, i)) return false;
  read(memory, i);
  for (std::size_t k = 0; k < read_.size(); ++k)
    if (value(k, i) != read_[k]) return true;
  return false;
}

std::span<const double* const> OwnParts::columns(std::size_t count) {
  columns_.resize(count);
  for (std::size_t k = 0; k < count; ++k) columns_[k] = x_.data() + k * weight_.size();
  return columns_;
}

}  // namespace detente
