#include "hazard/changed_cells.hpp"

#include <algorithm>
#include <utility>

namespace detente {

std::span<const ChangedRun> ChangedCells::read(const Memory& memory, CodedParts& coded) {
  cells_.clear();
  before_.resize(layout_->counts.size());
  after_.resize(layout_->counts.size());
  values_.resize(2 * layout_->coded() * memory.two_path_changes().size());
  if (layout_->counts.size() == 1)
    read_layer(memory, coded);
  else
    read_layers(memory, coded);
  cut(memory.actors());
  return runs_;
}

void ChangedCells::add(const Memory& memory, CodedParts& coded, Dyad dyad) {
  double* before = values_.data() + 2 * layout_->coded() * cells_.size();
  double* after = before + layout_->coded();
  const double weight = coded.cell(memory, dyad, before_, before);
  cells_.push_back({dyad, {weight, before}, {coded.cell(memory, dyad, after_, after), after}});
}

void ChangedCells::read_layer(const Memory& memory, CodedParts& coded) {
  for (const TwoPathChange& change : memory.two_path_changes()) {
    if (change.id != layout_->counts.front().sums) continue;
    before_[0] = static_cast<std::uint32_t>(change.before);
    after_[0] = static_cast<std::uint32_t>(change.after);
    add(memory, coded, change.dyad);
  }
}

// Several counts of one cell may change together, or one count more than once: from what all were at first to what they are
// now.
void ChangedCells::read_layers(const Memory& memory, CodedParts& coded) {
  const std::span changes = memory.two_path_changes();
  const std::size_t layers = layout_->counts.size();
  sorted_.assign(changes.begin(), changes.end());
  std::stable_sort(sorted_.begin(), sorted_.end(),
                   [](const auto& a, const auto& b) { return precedes(a.dyad, b.dyad); });
  for (std::size_t begin = 0, end = 0; begin < sorted_.size(); begin = end) {
    const Dyad dyad = sorted_[begin].dyad;
    for (std::size_t layer = 0; layer < layers; ++layer)
      before_[layer] = after_[layer] =
          memory.two_paths_of(layout_->counts[layer].sums).counts().at(dyad.sender, dyad.receiver);
    while (end < sorted_.size() && sorted_[end].dyad == dyad) ++end;
    for (std::size_t k = end; k > begin; --k)
      for (std::size_t layer = 0; layer < layers; ++layer)
        if (sorted_[k - 1].id == layout_->counts[layer].sums)
          before_[layer] = static_cast<std::uint32_t>(sorted_[k - 1].before);
    add(memory, coded, dyad);
  }
}

void ChangedCells::cut(std::size_t actors) {
  seen_.resize(actors, 0);
  runs_.clear();
  for (std::size_t begin = 0, end = 0; begin < cells_.size(); begin = end) {
    const Dyad first = cells_[begin].dyad;
    const bool is_row = begin + 1 < cells_.size() && cells_[begin + 1].dyad.sender == first.sender;
    ++run_;
    for (; end < cells_.size(); ++end) {
      const Dyad dyad = cells_[end].dyad;
      const ActorId partner = is_row ? dyad.receiver : dyad.sender;
      const bool same_line = is_row ? dyad.sender == first.sender : dyad.receiver == first.receiver;
      if (!same_line || seen_[partner] == run_) break;
      seen_[partner] = run_;
    }
    runs_.push_back({is_row ? first.sender : first.receiver, is_row, std::span(cells_).subspan(begin, end - begin)});
  }
}

}  // namespace detente
