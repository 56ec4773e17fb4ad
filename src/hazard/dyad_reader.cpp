#include "hazard/dyad_reader.hpp"

#include <algorithm>

namespace detente {

DyadReader::DyadReader(const Hazard& hazard) : hazard_(&hazard) {
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) {
    const Traits& traits = hazard.terms[p].traits();
    reads_sums_ = reads_sums_ || (traits.scope != Scope::dyad && traits.reads == Reads::events);
    const TwoPathId id = traits.sum_of;
    if (id == no_id) continue;
    const auto found = std::find(sums_.begin(), sums_.end(), id);
    are_.emplace_back(p, static_cast<std::size_t>(found - sums_.begin()));
    if (found == sums_.end()) sums_.push_back(id);
  }
}

void DyadReader::read(const Memory& memory, std::span<const Dyad> dyads, std::vector<double>& x) {
  x.resize(hazard_->terms.size() * dyads.size());
  read_links(memory, dyads, x.data());
  if (hazard_->directed()) return;
  reversed_.clear();
  for (const Dyad dyad : dyads) reversed_.push_back(reversed(dyad));
  back_.resize(x.size());
  read_links(memory, reversed_, back_.data());
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = 0.5 * (x[k] + back_[k]);
}

void DyadReader::read_links(const Memory& memory, std::span<const Dyad> dyads, double* x) {
  const bool third_actors = memory.neighbours().kept() && !sums_.empty();
  for (const Dyad dyad : dyads) {
    memory.pairs().prefetch(dyad.sender, dyad.receiver);
    for (std::size_t t = 0; reads_sums_ && t < memory.traces().size(); ++t) memory.traces()[t].prefetch_sums(dyad);
    if (!third_actors) continue;
    memory.neighbours().prefetch_list(dyad.sender);
    memory.neighbours().prefetch_list(dyad.receiver);
  }
  for (const Dyad dyad : dyads) memory.pairs().prefetch_found(dyad.sender, dyad.receiver);
  links_.clear();
  for (const Dyad dyad : dyads) {
    links_.push_back(memory.link(dyad));
    const Link& link = links_.back();
    if (link.there == no_id && link.back == no_id) continue;
    for (const Trace& trace : memory.traces()) {
      trace.prefetch(link.there);
      trace.prefetch(link.back);
    }
  }
  for (std::size_t p = 0; p < hazard_->terms.size(); ++p)
    if (!third_actors || hazard_->terms[p].traits().sum_of == no_id)
      hazard_->terms[p].values(memory, links_, x + p * dyads.size());
  if (third_actors) read_two_paths(memory, dyads, x);
}

void DyadReader::read_two_paths(const Memory& memory, std::span<const Dyad> dyads, double* x) {
  constexpr std::size_t ahead = 4;
  const Neighbours& neighbours = memory.neighbours();
  const auto prefetch = [&](std::size_t k) {
    neighbours.prefetch_partners(dyads[k].sender);
    neighbours.prefetch_partners(dyads[k].receiver);
  };
  for (std::size_t k = 0; k < std::min(ahead, dyads.size()); ++k) prefetch(k);
  for (std::size_t k = 0; k < dyads.size(); ++k) {
    if (k + ahead < dyads.size()) prefetch(k + ahead);
    totals_.assign(sums_.size(), 0.0);
    neighbours.for_each_common(dyads[k].sender, dyads[k].receiver, [&](const CommonNeighbour& third) {
      for (std::size_t s = 0; s < sums_.size(); ++s)
        totals_[s] += memory.two_paths_of(sums_[s]).through(memory.traces(), third);
    });
    for (const auto& [term, sum] : are_) x[term * dyads.size() + k] = hazard_->terms[term].transformed(totals_[sum]);
  }
}

}  // namespace detente
