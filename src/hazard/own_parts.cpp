#include "hazard/own_parts.hpp"

#include <cmath>

namespace detente {

OwnParts::OwnParts(const Layout& layout, const std::vector<std::size_t>& terms, std::size_t actors)
    : layout_(&layout), terms_(&terms), weight_(actors), x_(actors * terms.size()), read_(terms.size()) {
  for (ActorId i = 0; i < actors; ++i) links_.emplace_back(Dyad{i, i}, no_id, no_id);
}

void OwnParts::refresh(const Memory& memory, std::span<const double> theta) {
  theta_.assign(theta.begin(), theta.end());
  set_all(memory);
}

// Term by term, so that an effect is asked once for all actors.  The same sums in the same order as set().
void OwnParts::set_all(const Memory& memory) {
  const std::size_t actors = weight_.size();
  if (terms_->empty()) {
    for (ActorId i = 0; i < actors; ++i) weight_[i] = memory.present(i) ? 1 : 0;
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
    const bool present = memory.present(i);
    weight_[i] = present ? std::exp(exponent_[i]) : 0;
    for (std::size_t k = 0; k < read_.size() && !present; ++k) x_[k * actors + i] = 0;
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
  const bool present = memory.present(i);
  weight_[i] = present ? std::exp(read(memory, i)) : 0;
  for (std::size_t k = 0; k < read_.size(); ++k) x_[k * weight_.size() + i] = present ? read_[k] : 0;
}

bool OwnParts::changed(const Memory& memory, ActorId i) {
  if (!memory.present(i) || terms_->empty()) return false;
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
