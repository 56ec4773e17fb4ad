#include "layers/publics/friedkin_johnsen.hpp"

#include <cmath>

#include "layers/publics/averaging.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"susceptibility", SettingKind::number, "0.8", "share", "λ: mean weight of others against one's start", 0, 1},
    {"susceptibility_spread", SettingKind::number, "0.1", "share", "λ is uniform on mean ± this, within [0, 1]", 0, 1},
    {"issues", SettingKind::whole, "1", "issues", "held by each person, independent at the start", 1, 64},
    {"sweep", SettingKind::duration, "1d", "", "the time in which everybody hears all ties once"},
    {"index", SettingKind::flag, "false", "", "also find Polarization + Disagreement, of an undirected network"},
};
constexpr auto settings = with_network(own_settings, network_settings);

constexpr ReadOutDoc index_read_out[] = {
    {"polarization_disagreement", "opinion²", "s'(I + L)^-1 s of the start s, with index = true (Musco et al. 2018)"},
};
constexpr auto read_outs = with_read_outs(opinion_read_outs, index_read_out);

}  // namespace

const LayerDoc FriedkinJohnsen::doc{
    .layer = "publics",
    .model = "friedkin-johnsen",
    .summary = "People average over their ties and stay anchored to where they began.",
    .equation = "x(t+1) = Λ W x(t) + (I - Λ) x(0)",
    .source = "Friedkin & Johnsen (1990), eq. 1; index: Musco, Musco & Tsourakakis (2018), theorem 1",
    .time = "one sweep over everybody in the time of `sweep`",
    .hypothesis = "starts are independent and uniform on [-1, 1]",
    .settings = settings,
    .read_outs = read_outs};

FriedkinJohnsen::FriedkinJohnsen(const Settings& given, const Cast&, const LayerDraws& draws)
    : network_(make_network(given, draws)), clock_(given.days("sweep")) {
  require_opinions(network_.people(), 2 * given.whole("issues") + 2);
  susceptibility_ =
      drawn_trait(network_.people(), given.number("susceptibility"), given.number("susceptibility_spread"), 0, draws);
  if (given.flag("index") && (network_.is_complete() || given.flag("generated")))
    given.wrong("index", "the index needs a stored network", "", "network = \"small-world\"");
  for (std::uint32_t issue = 0; issue < given.whole("issues"); ++issue)
    start_.push_back(drawn_opinions(network_.people(), -1, 1, issue, draws));
  opinions_ = start_;
  next_.resize(network_.people());
  if (given.flag("index")) index_ = polarization_plus_disagreement(network_, start_.front(), 1e-10);
}

FriedkinJohnsen::FriedkinJohnsen(Network network, std::vector<double> susceptibility, std::vector<double> start)
    : network_(std::move(network)),
      susceptibility_(std::move(susceptibility)),
      start_{std::move(start)},
      opinions_(start_),
      next_(network_.people()) {}

void FriedkinJohnsen::sweep(unsigned threads) {
  for (std::size_t issue = 0; issue < start_.size(); ++issue) {
    std::vector<double>& x = opinions_[issue];
    friedkin_johnsen_sweep<double>(network_, susceptibility_, start_[issue], x, next_, threads);
    x.swap(next_);
  }
}

void FriedkinJohnsen::flow(const LayerStep& step, const Signals&) {
  for (std::size_t left = clock_.take(step.days); left > 0; --left) sweep(step.threads);
}

void FriedkinJohnsen::observe(ReadOuts& out) const {
  observe_opinions(opinions_, -1, 1, &network_, out);
  if (!std::isnan(index_)) out.add("polarization_disagreement", index_);
}

}  // namespace detente
