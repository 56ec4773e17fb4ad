#include "hazard/factorised_sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "hazard/line_moments.hpp"

namespace detente {
namespace {

constexpr double cancelled =
    1e-5;  // of the first sum: what is left of it when so little remains has lost too many digits
constexpr double far_below = 1e-4;  // of the highest total since the sums were made: cancellation may show

bool both_present(const Memory& memory, Dyad dyad) {
  return memory.present(dyad.sender) && memory.present(dyad.receiver);
}

std::vector<bool> counted(const Memory& memory) {
  std::vector<bool> counted;
  for (TwoPathId id = 0; id < memory.spec().two_paths.size(); ++id) {
    const TwoPaths& sums = memory.two_paths_of(id);
    counted.push_back(!sums.counts().empty() && (memory.spec().directed || sums.spec().first == sums.spec().second));
  }
  return counted;
}

}  // namespace

FactorisedSums::FactorisedSums(const Hazard& hazard, const Memory& memory, bool with_moments)
    : hazard_(&hazard),
      shared_(std::make_shared<Layout>(make_layout(hazard, counted(memory)))),
      layout_(*shared_),
      list_(hazard.risk_set),
      coded_(hazard, layout_),
      listed_(hazard.risk_set.kind() == RiskSet::Kind::listed),
      keeps_pairs_(!layout_.pair.empty() || hazard.risk_set.kind() != RiskSet::Kind::all),
      active_(keeps_pairs_ ? memory.actors() : 0),
      stride_(2 + layout_.coded() + layout_.pair.size()) {
  if (with_moments) shape_ = {layout_.sender.size(), layout_.receiver.size(), layout_.coded(), layout_.pair.size()};
  for (auto [own, terms] : {std::pair{&senders_, &layout_.sender}, std::pair{&receivers_, &layout_.receiver}}) {
    own->weight.resize(memory.actors());
    own->x.resize(memory.actors() * terms->size());
  }
  x_.resize(std::max(hazard.terms.size(), layout_.target.size()));
  z_.resize(layout_.size());
  const auto terms = static_cast<Eigen::Index>(hazard.terms.size() + 1);
  moments_.resize(terms, terms);
  assembled_.resize(shape_.size() * shape_.size());
  dense_line_.resize(triangle(shape_.plain()));
  met_line_.resize(triangle(shape_.size()));
}

// ---- own parts

double FactorisedSums::own_values(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms,
                                  double* x) const {
  double exponent = 0;
  for (std::size_t k = 0; k < terms.size(); ++k) {
    x[k] = layout_.own_share * hazard_->terms[terms[k]].value(memory, Link{{i, i}, no_id, no_id});
    exponent += theta_[terms[k]] * x[k];
  }
  return exponent;
}

void FactorisedSums::set_own(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms, OwnValues& own) {
  const bool present = memory.present(i);
  own.weight[i] = present ? std::exp(own_values(memory, i, terms, x_.data())) : 0;
  for (std::size_t k = 0; k < terms.size(); ++k) own.x[k * memory.actors() + i] = present ? x_[k] : 0;
}

bool FactorisedSums::own_changed(const Memory& memory, ActorId i, const std::vector<std::size_t>& terms,
                                 const OwnValues& own) {
  if (!memory.present(i) || terms.empty()) return false;
  own_values(memory, i, terms, x_.data());
  for (std::size_t k = 0; k < terms.size(); ++k)
    if (own.x[k * memory.actors() + i] != x_[k]) return true;
  return false;
}

void FactorisedSums::add_to_product(ActorId i, double sign) {
  std::array<double, 64> sent, received;
  const std::size_t actors = senders_.weight.size();
  for (std::size_t k = 0; k < shape_.sender; ++k) sent[k] = senders_.x[k * actors + i];
  for (std::size_t k = 0; k < shape_.receiver; ++k) received[k] = receivers_.x[k * actors + i];
  product_.add(coded_.group_of(i),
               {senders_.weight[i], receivers_.weight[i], std::span(sent.data(), shape_.sender),
                std::span(received.data(), shape_.receiver)},
               sign);
}

void FactorisedSums::change_sender(const Memory& memory, ActorId i) {
  if (!own_changed(memory, i, layout_.sender, senders_)) return;
  read_line(i, true);
  add_line(i, true, -1);
  if (!dense_ && !listed_) add_to_product(i, -1);
  set_own(memory, i, layout_.sender, senders_);
  if (!dense_ && !listed_) add_to_product(i, 1);
  add_line(i, true, 1);
}

void FactorisedSums::change_receiver(const Memory& memory, ActorId j) {
  if (!own_changed(memory, j, layout_.receiver, receivers_)) return;
  read_line(j, false);
  add_line(j, false, -1);
  if (!dense_ && !listed_) add_to_product(j, -1);
  set_own(memory, j, layout_.receiver, receivers_);
  if (!dense_ && !listed_) add_to_product(j, 1);
  add_line(j, false, 1);
}

// ---- pairs that have met

PairId FactorisedSums::activate(const Memory& memory, Dyad dyad) {
  const PairId pair = active_.insert(dyad.sender, dyad.receiver);
  if (pair < links_.size()) return pair;
  links_.emplace_back(dyad, no_id, no_id);
  pair_.resize((pair + std::size_t{1}) * stride_, 0.0);
  listed_pair_.push_back(listed_ ? 0 : 1);  // those that the list names are known: this one is not among them
  record_of(pair)[1] = listed_pair_[pair];
  set_coded(memory, pair);
  return pair;
}

void FactorisedSums::set_listed(const Memory& memory, PairId pair) {
  if (hazard_->risk_set.kind() != RiskSet::Kind::all)
    listed_pair_[pair] = hazard_->risk_set.contains(memory, links_[pair]) ? 1 : 0;
}

void FactorisedSums::set_coded(const Memory& memory, PairId pair) {
  double* record = record_of(pair);
  record[0] = coded_.cell(memory, links_[pair], record + 2);
}

// Every pair whose part may be other than zero, or that the risk set's list names.
void FactorisedSums::collect_pairs(const Memory& memory) {
  if (!keeps_pairs_) return;
  std::vector<Dyad> dyads(list_.dyads().begin(), list_.dyads().end());
  if (!layout_.pair.empty() && collected_) {  // the rest is known
    dyads.insert(dyads.end(), memory.touched().begin(), memory.touched().end());
    for (const TwoPathChange& change : memory.two_path_changes())
      for (const Dyad dyad : {change.dyad, reversed(change.dyad)}) dyads.push_back(dyad);
  } else if (!layout_.pair.empty()) {
    for (PairId pair = 0; pair < memory.pairs().size(); ++pair)
      for (const Dyad dyad : {memory.pairs().dyad(pair), reversed(memory.pairs().dyad(pair))}) dyads.push_back(dyad);
    for (ActorId i = 0; i < memory.actors(); ++i)
      for (const TieId tie : memory.ties().of(i)) {
        const Dyad dyad{memory.ties().tie(tie).a, memory.ties().tie(tie).b};
        dyads.insert(dyads.end(), {dyad, reversed(dyad)});
      }
    for (TwoPathId id = 0; id < memory.spec().two_paths.size() && layout_.pair_reads_two_paths; ++id)
      memory.two_paths_of(id).append_reached(memory.pairs(), memory.traces(), dyads);
  }
  if (layout_.both_ways)
    for (std::size_t k = 0, size = dyads.size(); k < size; ++k) dyads.push_back(reversed(dyads[k]));
  collected_ = true;
  for (const Dyad dyad : dyads) activate(memory, dyad);
}

// Reads some of the pair terms (positions in the layout) of all pairs.
void FactorisedSums::set_pairs(const Memory& memory, std::span<const std::size_t> which) {
  constexpr std::size_t chunk = 256;
  std::array<double, chunk> values, exponent;
  const std::size_t first = 2 + layout_.coded();
  for (PairId begin = 0; begin < links_.size(); begin += chunk) {
    const std::size_t n = std::min<std::size_t>(chunk, links_.size() - begin);
    const std::span links(links_.data() + begin, n);
    for (Link& link : links)
      if (link.there == no_id || link.back == no_id) link = memory.link(link);
    for (const std::size_t k : which) {
      const Term& term = hazard_->terms[layout_.pair[k]];
      if (layout_.both_ways)
        for (std::size_t c = 0; c < n; ++c) values[c] = term.value_both_ways(memory, links[c]);
      else
        term.values(memory, links, values.data());
      for (std::size_t c = 0; c < n; ++c)
        record_of(begin + static_cast<PairId>(c))[first + k] = both_present(memory, links[c]) ? values[c] : 0;
    }
    for (std::size_t c = 0; c < n; ++c) {
      const double* x = record_of(begin + static_cast<PairId>(c)) + first;
      exponent[c] = 0;
      for (std::size_t k = 0; k < layout_.pair.size(); ++k) exponent[c] += theta_[layout_.pair[k]] * x[k];
    }
    exponentials(exponent.data(), exponent.data(), n);
    for (std::size_t c = 0; c < n; ++c) {
      const PairId pair = begin + static_cast<PairId>(c);
      record_of(pair)[1] = exponent[c] * listed_pair_[pair];
    }
  }
}

void FactorisedSums::change_pair(const Memory& memory, Dyad dyad) {
  const bool counts = both_present(memory, dyad);
  PairId pair = active_.find(dyad.sender, dyad.receiver);
  Link link = pair == no_id ? memory.link(dyad) : links_[pair];
  if (link.there == no_id || link.back == no_id) link = memory.link(dyad);
  const std::size_t first = 2 + layout_.coded();
  bool changed = false;
  for (std::size_t k = 0; k < layout_.pair.size() && counts; ++k) {
    const Term& term = hazard_->terms[layout_.pair[k]];
    x_[k] = layout_.both_ways ? term.value_both_ways(memory, dyad) : term.value(memory, link);
    changed = changed || x_[k] != (pair == no_id ? 0 : record_of(pair)[first + k]);
  }
  if (pair == no_id) {
    if (!changed && counts && !layout_.zeros_wake) return;
    pair = activate(memory, dyad);
  }
  links_[pair] = link;
  if (!changed) return;
  add_pair(pair, -1);
  double exponent = 0;
  for (std::size_t k = 0; k < layout_.pair.size(); ++k) {
    record_of(pair)[first + k] = x_[k];
    exponent += theta_[layout_.pair[k]] * x_[k];
  }
  record_of(pair)[1] = std::exp(exponent) * listed_pair_[pair];
  add_pair(pair, 1);
}

// What came into the risk set's list or left it.
void FactorisedSums::change_list(const Memory& memory) {
  const std::size_t first = 2 + layout_.coded();
  const auto change = [&](Dyad dyad) {
    const PairId pair = activate(memory, dyad);
    add_pair(pair, -1);
    set_listed(memory, pair);
    double exponent = 0;
    for (std::size_t k = 0; k < layout_.pair.size(); ++k)
      exponent += theta_[layout_.pair[k]] * record_of(pair)[first + k];
    record_of(pair)[1] = std::exp(exponent) * listed_pair_[pair];
    add_pair(pair, 1);
  };
  for (const Dyad dyad : list_.changed()) {
    change(dyad);
    if (layout_.both_ways) change(reversed(dyad));
  }
}

void FactorisedSums::change_pairs_of(const Memory& memory, ActorId i) {
  for (const Partner& partner : active_.out(i)) change_pair(memory, {i, partner.actor});
  for (const Partner& partner : active_.in(i)) change_pair(memory, {partner.actor, i});
}

void FactorisedSums::fill_own(Dyad dyad, double* z) const {
  const std::size_t actors = senders_.weight.size();
  z[0] = 1;
  for (std::size_t k = 0; k < shape_.sender; ++k) z[1 + k] = senders_.x[k * actors + dyad.sender];
  for (std::size_t k = 0; k < shape_.receiver; ++k) z[1 + shape_.sender + k] = receivers_.x[k * actors + dyad.receiver];
}

void FactorisedSums::add_pair(PairId pair, double sign) {
  const Dyad dyad = links_[pair];
  const double* record = record_of(pair);
  const double weight = sign * senders_.weight[dyad.sender] * receivers_.weight[dyad.receiver] * record[0];
  if (weight == 0) return;
  fill_own(dyad, z_.data());
  std::copy_n(record + 2, shape_.coded + shape_.pair, z_.data() + shape_.own());
  pair_moments(shape_.plain(), shape_.pair, z_.data(), weight * (record[1] - (listed_ ? 0 : 1)), weight * record[1],
               met_.data());
}

// ---- cells whose counts changed

// Several counts of one cell may change together, or one count more than once: from what all were at first to what they are
// now.
void FactorisedSums::read_cells(std::span<const TwoPathChange> changes) {
  const std::size_t layers = layout_.counts.size();
  const std::size_t coded = layout_.coded();
  before_.resize(layers);
  after_.resize(layers);
  cells_.clear();
  cell_values_.resize(2 * coded * changes.size());
  const auto add = [&](Dyad dyad) {
    const std::size_t at = 2 * coded * cells_.size();
    const double before = coded_.cell(*memory_, dyad, before_, cell_values_.data() + at);
    const double after = coded_.cell(*memory_, dyad, after_, cell_values_.data() + at + coded);
    cells_.push_back({dyad, before, after, at});
  };
  if (layers == 1) {
    for (const TwoPathChange& change : changes) {
      if (change.id != layout_.counts.front().sums) continue;
      before_[0] = static_cast<std::uint32_t>(change.before);
      after_[0] = static_cast<std::uint32_t>(change.after);
      add(change.dyad);
    }
    return;
  }
  sorted_.assign(changes.begin(), changes.end());
  const auto key = [](const TwoPathChange& c) { return std::pair{c.dyad.sender, c.dyad.receiver}; };
  std::stable_sort(sorted_.begin(), sorted_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t begin = 0, end = 0; begin < sorted_.size(); begin = end) {
    const Dyad dyad = sorted_[begin].dyad;
    for (std::size_t layer = 0; layer < layers; ++layer)
      before_[layer] = after_[layer] =
          memory_->two_paths_of(layout_.counts[layer].sums).counts().at(dyad.sender, dyad.receiver);
    while (end < sorted_.size() && sorted_[end].dyad == dyad) ++end;
    for (std::size_t k = end; k > begin; --k)
      for (std::size_t layer = 0; layer < layers; ++layer)
        if (sorted_[k - 1].id == layout_.counts[layer].sums)
          before_[layer] = static_cast<std::uint32_t>(sorted_[k - 1].before);
    add(dyad);
  }
}

// An event changes cells of a few rows and columns: they are taken line by line.
void FactorisedSums::change_cells(const Memory& memory) {
  read_cells(memory.two_path_changes());
  in_run_.resize(memory.actors(), 0);
  for (std::size_t begin = 0, end = 0; begin < cells_.size(); begin = end) {
    const Dyad first = cells_[begin].dyad;
    const bool is_row = begin + 1 < cells_.size() && cells_[begin + 1].dyad.sender == first.sender;
    ++runs_;
    for (; end < cells_.size(); ++end) {
      const Dyad dyad = cells_[end].dyad;
      const ActorId partner = is_row ? dyad.receiver : dyad.sender;
      const bool same_line = is_row ? dyad.sender == first.sender : dyad.receiver == first.receiver;
      if (!same_line || in_run_[partner] == runs_) break;
      in_run_[partner] = runs_;
    }
    change_run(begin, end, is_row);
  }
}

// Cells of one line, each once.
void FactorisedSums::change_run(std::size_t begin, std::size_t end, bool is_row) {
  const ActorId actor = is_row ? cells_[begin].dyad.sender : cells_[begin].dyad.receiver;
  const OwnValues& partners = is_row ? receivers_ : senders_;
  const std::size_t own = is_row ? shape_.receiver : shape_.sender;
  const std::size_t n = end - begin;
  const std::size_t actors = partners.weight.size();
  const auto partner_of = [&](std::size_t k) {
    const Dyad dyad = cells_[begin + k].dyad;
    return is_row ? dyad.receiver : dyad.sender;
  };
  if (dense_) {
    run_.resize(n * (1 + own + shape_.coded));
    pointers_.clear();
    for (std::size_t c = 0; c < own + shape_.coded; ++c) pointers_.push_back(run_.data() + n * (1 + c));
    for (std::size_t c = 0; c < own; ++c)
      for (std::size_t k = 0; k < n; ++k) run_[n * (1 + c) + k] = partners.x[c * actors + partner_of(k)];
    std::fill(dense_line_.begin(), dense_line_.end(), 0.0);
    for (const bool after : {false, true}) {
      for (std::size_t k = 0; k < n; ++k) {
        const ChangedCell& cell = cells_[begin + k];
        run_[k] = partners.weight[partner_of(k)] * (after ? cell.after : -cell.before);
        const double* values = cell_values_.data() + cell.values + (after ? layout_.coded() : 0);
        for (std::size_t c = 0; c < shape_.coded; ++c) run_[n * (1 + own + c) + k] = values[c];
      }
      add_products(run_.data(), pointers_, n, dense_line_.data());
    }
    add_dense(actor, is_row, 1);
  }
  if (!keeps_pairs_) return;
  run_partners_.clear();
  run_cells_.clear();
  for (std::size_t k = begin; k < end; ++k) {
    const PairId pair = active_.find(cells_[k].dyad.sender, cells_[k].dyad.receiver);
    if (pair == no_id) continue;
    run_partners_.push_back({partner_of(k - begin), pair});
    run_cells_.push_back(k);
  }
  if (run_partners_.empty()) return;
  read_met(run_partners_, is_row);
  add_met(actor, is_row, -1);
  for (std::size_t k = 0; k < run_partners_.size(); ++k) {
    const ChangedCell& cell = cells_[run_cells_[k]];
    double* record = record_of(run_partners_[k].pair);
    record[0] = cell.after;
    std::copy_n(cell_values_.data() + cell.values + layout_.coded(), layout_.coded(), record + 2);
  }
  read_met(run_partners_, is_row);
  add_met(actor, is_row, 1);
}

// ---- lines

std::span<const double* const> FactorisedSums::columns(const OwnValues& own, std::size_t count) {
  pointers_.resize(count);
  for (std::size_t k = 0; k < count; ++k) pointers_[k] = own.x.data() + k * own.weight.size();
  return pointers_;
}

void FactorisedSums::read_dense(ActorId actor, bool is_row) {
  const OwnValues& partners = is_row ? receivers_ : senders_;
  std::fill(dense_line_.begin(), dense_line_.end(), 0.0);
  auto coded = is_row ? coded_.row(*memory_, actor) : coded_.column(*memory_, actor);
  std::array<CodedCells, 33> without_values;
  if (shape_.coded == 0) {
    for (std::size_t k = 0; k < coded.size(); ++k) without_values[k] = {coded[k].codes, coded[k].weight, {}};
    coded = std::span(without_values.data(), coded.size());
  }
  const auto own = columns(partners, is_row ? shape_.receiver : shape_.sender);
  const DenseLine line{partners.weight.data(), own, coded};
  add_dense_line(line, 0, actor, dense_line_.data());
  add_dense_line(line, actor + std::size_t{1}, partners.weight.size(), dense_line_.data());
}

void FactorisedSums::read_met(ActorId actor, bool is_row) {
  read_met(is_row ? active_.out(actor) : active_.in(actor), is_row);
}

void FactorisedSums::read_met(std::span<const Partner> met, bool is_row) {
  const OwnValues& partners = is_row ? receivers_ : senders_;
  const auto own = columns(partners, is_row ? shape_.receiver : shape_.sender);
  line_moments(
      {met, partners.weight.data(), own, pair_.data(), stride_, shape_.coded, shape_.pair, listed_ ? 0.0 : 1.0},
      met_line_.data());
}

void FactorisedSums::read_line(ActorId actor, bool is_row) {
  if (dense_) read_dense(actor, is_row);
  if (keeps_pairs_) read_met(actor, is_row);
}

// Position p of z is an own value of the line's actor, which multiplies position 0 of the line, or a position of the line.
namespace {

struct LineMap {
  std::size_t own_first, own_count, partner_first, partner_count;
  [[nodiscard]] bool is_own(std::size_t p) const { return p >= own_first && p < own_first + own_count; }
  [[nodiscard]] std::size_t position(std::size_t p) const {
    if (p == 0 || is_own(p)) return 0;
    const bool partner = p >= partner_first && p < partner_first + partner_count;
    return partner ? 1 + p - partner_first : p - own_count;
  }
};

void add_weighted(const LineMap& map, double weight, const double* own_x, std::size_t own_stride, const double* line,
                  std::size_t line_size, std::size_t size, double* sum) {
  std::array<double, 64> factor;
  std::array<std::size_t, 64> position;
  for (std::size_t p = 0; p < size; ++p) {
    factor[p] = map.is_own(p) ? own_x[(p - map.own_first) * own_stride] : 1.0;
    position[p] = map.position(p);
  }
  for (std::size_t p = 0; p < size; ++p) {
    const double wp = weight * factor[p];
    for (std::size_t q = p; q < size; ++q) {
      const auto [low, high] = std::minmax(position[p], position[q]);
      sum[p * size + q] += wp * factor[q] * line[triangle_at(line_size, low, high)];
    }
  }
}

}  // namespace

void FactorisedSums::add_dense(ActorId actor, bool is_row, double sign) {
  const OwnValues& own = is_row ? senders_ : receivers_;
  const std::size_t s = shape_.sender, r = shape_.receiver;
  const LineMap map = is_row ? LineMap{1, s, 1 + s, r} : LineMap{1 + s, r, 1, s};
  add_weighted(map, sign * own.weight[actor], own.x.data() + actor, own.weight.size(), dense_line_.data(),
               shape_.plain() - map.own_count, shape_.plain(), base_.data());
}

void FactorisedSums::add_met(ActorId actor, bool is_row, double sign) {
  const OwnValues& own = is_row ? senders_ : receivers_;
  const std::size_t s = shape_.sender, r = shape_.receiver;
  const LineMap map = is_row ? LineMap{1, s, 1 + s, r} : LineMap{1 + s, r, 1, s};
  add_weighted(map, sign * own.weight[actor], own.x.data() + actor, own.weight.size(), met_line_.data(),
               shape_.size() - map.own_count, shape_.size(), met_.data());
}

void FactorisedSums::add_line(ActorId actor, bool is_row, double sign) {
  if (dense_) add_dense(actor, is_row, sign);
  if (keeps_pairs_) add_met(actor, is_row, sign);
}

// ---- making and following

void FactorisedSums::make_base() {
  if (!dense_) {
    product_.clear(coded_.groups(), shape_.sender, shape_.receiver);
    for (ActorId i = 0; i < senders_.weight.size() && !listed_; ++i) add_to_product(i, 1);
    return;
  }
  base_.assign(shape_.plain() * shape_.plain(), 0.0);
  for (ActorId i = 0; i < senders_.weight.size(); ++i) {
    if (senders_.weight[i] == 0) continue;
    read_dense(i, true);
    add_dense(i, true, 1);
  }
}

void FactorisedSums::make_met() {
  met_.assign(shape_.size() * shape_.size(), 0.0);
  for (ActorId i = 0; i < senders_.weight.size() && keeps_pairs_; ++i) {
    if (senders_.weight[i] == 0 || active_.out(i).empty()) continue;
    read_met(i, true);
    add_met(i, true, 1);
  }
}

void FactorisedSums::make_all(bool check) {
  const double kept = check ? total_rate() : 0;
  make_base();
  make_met();
  updates_ = 0;
  highest_total_ = total_rate();
  if (check) drift_ = std::max(drift_, std::abs(kept / highest_total_ - 1));
}

void FactorisedSums::refresh(const Memory& memory, std::span<const double> theta) {
  memory_ = &memory;
  theta_.assign(theta.begin(), theta.end());
  coded_.refresh(memory, theta);
  dense_ = !listed_ && (!layout_.counts.empty() || coded_.groups() * coded_.groups() > memory.actors());
  list_.refresh(memory);
  collect_pairs(memory);
  for (ActorId i = 0; i < memory.actors(); ++i) {
    set_own(memory, i, layout_.sender, senders_);
    set_own(memory, i, layout_.receiver, receivers_);
  }
  for (PairId pair = 0; pair < links_.size(); ++pair) {
    set_coded(memory, pair);
    set_listed(memory, pair);
  }
  std::vector<std::size_t> all(layout_.pair.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
  set_pairs(memory, all);
  make_all(false);
}

void FactorisedSums::fade(const Memory& memory) {
  memory_ = &memory;
  if (!layout_.drifting_pair.empty()) set_pairs(memory, layout_.drifting_pair);
  for (ActorId i = 0; i < memory.actors(); ++i) {
    if (layout_.sender_drifts) set_own(memory, i, layout_.sender, senders_);
    if (layout_.receiver_drifts) set_own(memory, i, layout_.receiver, receivers_);
  }
  if (layout_.sender_drifts || layout_.receiver_drifts)
    make_all(false);
  else if (!layout_.drifting_pair.empty())
    make_met();
}

void FactorisedSums::update(const Memory& memory) {
  memory_ = &memory;
  if (!layout_.counts.empty() && !memory.two_path_changes().empty()) change_cells(memory);
  list_.advance(memory);
  change_list(memory);
  if (!layout_.pair.empty()) {
    for (const Dyad dyad : memory.touched()) change_pair(memory, dyad);
    if (layout_.pair_reads_two_paths)
      for (const TwoPathChange& change : memory.two_path_changes()) {
        change_pair(memory, change.dyad);
        if (layout_.both_ways) change_pair(memory, reversed(change.dyad));
      }
    if (layout_.pair_spreads)
      for (const Dyad dyad : memory.acted()) {
        change_pairs_of(memory, dyad.sender);
        change_pairs_of(memory, dyad.receiver);
      }
  }
  if (!memory.acted().empty() && layout_.shifts_all) {
    if (!layout_.shifting_pair.empty()) set_pairs(memory, layout_.shifting_pair);
    for (ActorId i = 0; i < memory.actors(); ++i) {
      set_own(memory, i, layout_.sender, senders_);
      set_own(memory, i, layout_.receiver, receivers_);
    }
    return make_all(false);
  }
  for (const Dyad dyad : memory.acted())
    for (const ActorId actor : {dyad.sender, dyad.receiver}) {
      change_sender(memory, actor);
      change_receiver(memory, actor);
    }
  const double total = total_rate();
  highest_total_ = std::max(highest_total_, total);
  if (++updates_ >= refresh_every || !(total > far_below * highest_total_)) make_all(true);
}

// ---- reading

double FactorisedSums::total_rate() {
  double all = cancels() ? visit_all(nullptr) : base_total() + met_[0];
  if (all < 0) all = 0;  // what rounding left of nothing
  return layout_.both_ways ? 0.5 * all : all;
}

bool FactorisedSums::cancels() const {
  const double base = base_total();
  return !listed_ && base + met_[0] < cancelled * base;
}

double FactorisedSums::base_total() const { return dense_ ? base_[0] : listed_ ? 0 : product_.total(coded_); }

// The sum over all cells, one by one, from the parts that are kept: where little is left of the first sum, taking back most
// of it would lose digits.  Adds the moments to `sum`, unless null.
double FactorisedSums::visit_all(double* sum) {
  std::array<double, 64> values;
  double total = 0;
  const auto actors = static_cast<ActorId>(senders_.weight.size());
  for (ActorId i = 0; i < actors; ++i)
    for (ActorId j = 0; j < actors; ++j) {
      const double ab = senders_.weight[i] * receivers_.weight[j];
      if (i == j || ab == 0) continue;
      const PairId pair = keeps_pairs_ ? active_.find(i, j) : no_id;
      const double* record = pair == no_id ? nullptr : record_of(pair);
      const double rate = ab * (record ? record[0] * record[1] : coded_.cell(*memory_, {i, j}, values.data()));
      total += rate;
      if (sum == nullptr || rate == 0) continue;
      fill_own({i, j}, z_.data());
      std::fill(z_.begin() + static_cast<std::ptrdiff_t>(shape_.own()), z_.end(), 0.0);
      std::copy_n(record ? record + 2 : values.data(), record ? shape_.coded + shape_.pair : shape_.coded,
                  z_.data() + shape_.own());
      pair_moments(shape_.plain(), shape_.pair, z_.data(), rate, rate, sum);
    }
  return total;
}

const Eigen::MatrixXd& FactorisedSums::moments() {
  const std::size_t plain = shape_.plain();
  const std::size_t size = shape_.size();
  assembled_.assign(met_.begin(), met_.end());
  if (cancels()) {
    std::fill(assembled_.begin(), assembled_.end(), 0.0);
    visit_all(assembled_.data());
  } else if (dense_) {
    for (std::size_t p = 0; p < plain; ++p)
      for (std::size_t q = p; q < plain; ++q) assembled_[p * size + q] += base_[p * plain + q];
  } else if (!listed_) {
    product_.add_moments(coded_, shape_.coded, size, assembled_.data());
  }
  moments_.setZero();
  for (std::size_t p = 0; p < size; ++p)
    for (std::size_t q = p; q < size; ++q) {
      const double sum = assembled_[p * size + q];
      const auto row = static_cast<Eigen::Index>(layout_.target[p]);
      const auto column = static_cast<Eigen::Index>(layout_.target[q]);
      moments_(row, column) += sum;
      if (p != q) moments_(column, row) += sum;
    }
  if (layout_.both_ways) moments_ *= 0.5;
  return moments_;
}

// `receivers`: sums of the receivers' weights by group.
double FactorisedSums::row_rate(ActorId i, std::span<const double> receivers) {
  if (cancels()) {
    double sum = 0;
    for (ActorId j = 0; j < receivers_.weight.size(); ++j)
      if (j != i) sum += cell_rate({i, j});
    return sum;
  }
  read_line(i, true);
  double row = keeps_pairs_ ? met_line_[0] : 0;
  if (dense_) {
    row += dense_line_[0];
  } else if (!listed_) {
    std::array<double, 33> values;
    const std::size_t own = coded_.group_of(i);
    for (std::size_t g = 0; g < receivers.size(); ++g)
      row += coded_.of_groups(own, g, values.data()) * (receivers[g] - (g == own ? receivers_.weight[i] : 0));
  }
  return senders_.weight[i] * row;
}

double FactorisedSums::cell_rate(Dyad dyad) {
  std::array<double, 33> values;
  const double ab = senders_.weight[dyad.sender] * receivers_.weight[dyad.receiver];
  const PairId pair = keeps_pairs_ ? active_.find(dyad.sender, dyad.receiver) : no_id;
  if (pair != no_id) return ab * record_of(pair)[0] * record_of(pair)[1];
  return listed_ ? 0 : ab * coded_.cell(*memory_, dyad, values.data());
}

Dyad FactorisedSums::locate(double share) {
  const double total = (layout_.both_ways ? 2 : 1) * total_rate();
  const double nothing = 1e-12 * total;  // what rounding may leave of a row
  double target = share * total;
  const std::vector<double>& a = senders_.weight;
  const std::vector<double>& b = receivers_.weight;
  std::vector<double> receivers(coded_.groups(), 0.0);
  for (ActorId j = 0; j < b.size() && !dense_; ++j) receivers[coded_.group_of(j)] += b[j];
  Dyad last{no_id, no_id};  // where rounding leaves the very end
  double before_last = target;
  for (ActorId i = 0; i < a.size(); ++i) {
    const double rate = a[i] == 0 ? 0 : row_rate(i, receivers);
    if (!(rate > nothing)) continue;
    last.sender = i;
    before_last = target;
    if (target <= rate) break;
    target -= rate;
  }
  if (last.sender == no_id) return last;
  target = before_last;
  for (ActorId j = 0; j < b.size(); ++j) {
    if (j == last.sender || b[j] == 0) continue;
    const double rate = cell_rate({last.sender, j});
    if (rate == 0) continue;
    last.receiver = j;
    target -= rate;
    if (target <= 0) break;
  }
  if (layout_.both_ways && last.sender > last.receiver) last = reversed(last);
  return last;
}

}  // namespace detente
