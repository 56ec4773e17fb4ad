#include "hazard/layout.hpp"

#include <algorithm>

namespace detente {
namespace {

void add_terms(Layout& layout, const Hazard& hazard) {
  for (std::size_t p = 0; p < hazard.terms.size(); ++p) {
    std::vector<Term> parts = hazard.terms[p].parts();
    if (parts.empty()) parts.push_back(hazard.terms[p]);
    layout.term_of.insert(layout.term_of.end(), parts.size(), p);
    layout.terms.insert(layout.terms.end(), parts.begin(), parts.end());
  }
}

void add_own(Layout& layout, const Traits& traits, std::size_t term) {
  const bool sends = traits.scope == Scope::sender || layout.both_ways;
  const bool receives = traits.scope == Scope::receiver || layout.both_ways;
  if (sends) layout.sender.push_back(term);
  if (receives) layout.receiver.push_back(term);
  layout.sender_drifts = layout.sender_drifts || (sends && traits.drifts);
  layout.receiver_drifts = layout.receiver_drifts || (receives && traits.drifts);
}

void add_count(Layout& layout, TwoPathId sums, std::size_t term) {
  const auto found = std::find_if(layout.counts.begin(), layout.counts.end(),
                                  [&](const Layout::Counts& counts) { return counts.sums == sums; });
  if (found == layout.counts.end())
    layout.counts.push_back({sums, {term}});
  else
    found->terms.push_back(term);
}

void add_pair(Layout& layout, const Term& term, std::size_t index) {
  const Traits& traits = term.traits();
  if (traits.drifts) layout.drifting_pair.push_back(layout.pair.size());
  if (traits.shifts_all) layout.shifting_pair.push_back(layout.pair.size());
  layout.pair_reads_two_paths = layout.pair_reads_two_paths || traits.two_paths;
  layout.pair_reads_numbers = layout.pair_reads_numbers || traits.of_pairs;
  layout.pair_spreads = layout.pair_spreads || traits.spreads;
  layout.zeros_wake = layout.zeros_wake || traits.wakes || term.is_product();
  layout.pair.push_back(index);
}

void add_targets(Layout& layout) {
  layout.target.push_back(0);
  const auto add = [&](const std::vector<std::size_t>& terms) {
    for (const std::size_t term : terms) layout.target.push_back(1 + layout.term_of[term]);
  };
  add(layout.sender);
  add(layout.receiver);
  add(layout.group);
  for (const Layout::Counts& counts : layout.counts) add(counts.terms);
  add(layout.pair);
}

}  // namespace

std::vector<double> Layout::coefficients(std::span<const double> of_formula) const {
  std::vector<double> theta;
  for (const std::size_t term : term_of) theta.push_back(of_formula[term]);
  return theta;
}

std::size_t Layout::coded() const {
  std::size_t sum = group.size();
  for (const Counts& layer : counts) sum += layer.terms.size();
  return sum;
}

Layout make_layout(const Hazard& hazard, const std::vector<bool>& counted) {
  Layout layout;
  layout.both_ways = !hazard.directed();
  layout.twice = hazard.risk_set.both_ways();
  layout.own_share = layout.both_ways ? 0.5 : 1;
  add_terms(layout, hazard);
  for (std::size_t p = 0; p < layout.terms.size(); ++p) {
    const Traits& traits = layout.terms[p].traits();
    layout.shifts_all = layout.shifts_all || traits.shifts_all;
    if (traits.scope != Scope::dyad) {
      add_own(layout, traits, p);
    } else if (traits.reads != Reads::events && !traits.sparse) {
      layout.group.push_back(p);
      layout.terms[p].attributes(layout.group_attributes);
    } else if (traits.sum_of != no_id && counted[traits.sum_of]) {
      add_count(layout, traits.sum_of, p);
    } else {
      add_pair(layout, layout.terms[p], p);
    }
  }
  add_targets(layout);
  return layout;
}

}  // namespace detente
