#include "hazard/sender_sums.hpp"

#include "hazard/dense_line.hpp"
#include "hazard/likelihood.hpp"
#include "hazard/line_moments.hpp"

namespace detente {

SenderSums::SenderSums(const Hazard& hazard, std::size_t actors)
    : layout_(std::make_shared<Layout>(make_layout(hazard, {}))),
      senders_(hazard.risk_set, *layout_, OwnParts::Side::sender, actors) {
  const auto size = static_cast<Eigen::Index>(hazard.terms.size() + 1);
  moments_.resize(size, size);
}

void SenderSums::refresh(const Memory& memory, std::span<const double> theta) {
  senders_.refresh(memory, theta);
  stale_ = true;
}

void SenderSums::update(const Memory& memory) {
  if (!memory.touched().empty() && layout_->shifts_all) {
    senders_.set_all(memory);
    stale_ = true;
    return;
  }
  for (const Dyad dyad : memory.touched()) {  // both ways, so that everyone is a sender
    if (!senders_.changed(memory, dyad.sender)) continue;
    senders_.set(memory, dyad.sender);
    stale_ = true;
  }
}

void SenderSums::fade(const Memory& memory) {
  if (!layout_->sender_drifts) return;
  senders_.set_all(memory);
  stale_ = true;
}

const Eigen::MatrixXd& SenderSums::moments() {
  if (!stale_) return moments_;
  const std::size_t terms = layout_->sender.size();
  std::vector<double> upper(triangle(terms + 1), 0.0);
  add_products(senders_.weights().data(), senders_.columns(terms), senders_.weights().size(), upper.data());
  fill_symmetric(upper.data(), moments_);
  stale_ = false;
  return moments_;
}

const Eigen::MatrixXd& SenderSums::row_moments(ActorId) { return moments(); }

Dyad SenderSums::locate(double share) {
  double target = share * total_rate();
  ActorId last = no_id;
  for (ActorId i = 0; i < senders_.weights().size(); ++i) {
    if (senders_.weight(i) == 0) continue;
    last = i;
    target -= senders_.weight(i);
    if (target <= 0) break;
  }
  return {last, last};
}

}  // namespace detente
