#include "layers/publics/hegselmann_krause.hpp"

#include <algorithm>
#include <cmath>

#include "layers/publics/averaging.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"epsilon", SettingKind::number, "0.2", "opinion", "ε: who is further apart is not heard", 0, 1, "", true},
    {"sweep", SettingKind::duration, "1d", "", "the time in which everybody moves once"},
};
constexpr auto settings = with_network(own_settings, network_settings);

constexpr ReadOutDoc consensus_read_out[] = {
    {"consensus", "", "1 when no gap between neighbours in opinion is above 1e-4"},
};
constexpr auto read_outs = with_read_outs(opinion_read_outs, consensus_read_out);

}  // namespace

const LayerDoc HegselmannKrause::doc{.layer = "publics",
                                     .model = "hegselmann-krause",
                                     .summary = "Everybody takes the mean of those near in opinion.",
                                     .equation = "x_i(t+1) = mean{x_j : |x_j - x_i| <= ε}",
                                     .source = "Hegselmann & Krause (2002), eq. 3.2",
                                     .time = "one sweep over everybody in the time of `sweep`",
                                     .hypothesis = "starts are uniform on [0, 1]",
                                     .settings = settings,
                                     .read_outs = read_outs};

HegselmannKrause::HegselmannKrause(const Settings& given, const Cast&, const LayerDraws& draws)
    : HegselmannKrause(make_network(given, draws), given.number("epsilon"), {}) {
  opinions_ = drawn_opinions(network_.people(), 0, 1, 0, draws);
  if (network_.is_complete()) std::sort(opinions_.begin(), opinions_.end());
  clock_ = SweepClock(given.days("sweep"));
}

HegselmannKrause::HegselmannKrause(Network network, double epsilon, std::vector<double> start)
    : network_(std::move(network)),
      epsilon_(epsilon),
      opinions_(std::move(start)),
      next_(network_.people()),
      sums_(network_.people() + 1) {
  if (network_.is_complete()) std::sort(opinions_.begin(), opinions_.end());
}

void HegselmannKrause::sweep_sorted() {
  const std::vector<double>& x = opinions_;
  for (std::size_t i = 0; i < x.size(); ++i) sums_[i + 1] = sums_[i] + x[i];
  std::size_t low = 0;
  std::size_t high = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    while (x[i] - x[low] > epsilon_) ++low;
    while (high < x.size() && x[high] - x[i] <= epsilon_) ++high;
    next_[i] = (sums_[high] - sums_[low]) / static_cast<double>(high - low);
    if (i > 0) next_[i] = std::max(next_[i], next_[i - 1]);  // rounding must not undo the order
  }
}

void HegselmannKrause::sweep_network(unsigned threads) {
  const std::vector<double>& x = opinions_;
  for_people(x.size(), threads, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      double sum = x[i];
      double heard = 1;
      network_.for_ties(i, [&](std::uint32_t j, float) {
        if (std::abs(x[j] - x[i]) > epsilon_) return;
        sum += x[j];
        ++heard;
      });
      next_[i] = sum / heard;
    }
  });
}

bool HegselmannKrause::sweep(unsigned threads) {
  if (network_.is_complete())
    sweep_sorted();
  else
    sweep_network(threads);
  double moved = 0;
  for (std::size_t i = 0; i < next_.size(); ++i) moved = std::max(moved, std::abs(next_[i] - opinions_[i]));
  opinions_.swap(next_);
  return moved > 1e-10;
}

bool HegselmannKrause::consensus(double gap) const {
  std::vector<double> x = opinions_;
  if (!network_.is_complete()) std::sort(x.begin(), x.end());
  for (std::size_t i = 1; i < x.size(); ++i)
    if (x[i] - x[i - 1] > gap) return false;
  return true;
}

void HegselmannKrause::flow(const LayerStep& step, const Signals&) {
  for (std::size_t left = clock_.take(step.days); left > 0; --left) sweep(step.threads);
}

void HegselmannKrause::observe(ReadOuts& out) const {
  const std::vector<std::vector<double>> issues{opinions_};
  observe_opinions(issues, 0, 1, network_.is_complete() ? nullptr : &network_, out);
  out.add("consensus", consensus() ? 1 : 0);
}

bool HegselmannKrause::set(std::string_view name, double value) {
  if (name != "epsilon") return false;
  epsilon_ = value;
  return true;
}

}  // namespace detente
