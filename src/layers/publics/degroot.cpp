#include "layers/publics/degroot.hpp"

#include "layers/publics/averaging.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"self_weight", SettingKind::number, "0.5", "share", "s: weight of what one held", 0, 1, "", true},
    {"issues", SettingKind::whole, "1", "issues", "held by each person, independent at the start", 1, 64},
    {"sweep", SettingKind::duration, "1d", "", "the time in which everybody hears all ties once"},
};
constexpr auto settings = with_network(own_settings, network_settings);

}  // namespace

const LayerDoc DeGroot::doc{.layer = "publics",
                            .model = "degroot",
                            .summary = "People average over their ties until they agree.",
                            .equation = "x(t+1) = s x(t) + (1 - s) W x(t)",
                            .source = "DeGroot (1974)",
                            .time = "one sweep over everybody in the time of `sweep`",
                            .hypothesis = "starts are independent and uniform on [-1, 1]",
                            .settings = settings,
                            .read_outs = opinion_read_outs};

DeGroot::DeGroot(const Settings& given, const Cast&, const LayerDraws& draws)
    : network_(make_network(given, draws)), self_weight_(given.number("self_weight")), clock_(given.days("sweep")) {
  require_opinions(network_.people(), given.whole("issues") + 1);
  next_.resize(network_.people());
  for (std::uint32_t issue = 0; issue < given.whole("issues"); ++issue)
    opinions_.push_back(drawn_opinions(network_.people(), -1, 1, issue, draws));
}

DeGroot::DeGroot(Network network, double self_weight, std::vector<double> start)
    : network_(std::move(network)), self_weight_(self_weight), opinions_{std::move(start)}, next_(network_.people()) {}

void DeGroot::sweep(unsigned threads) {
  for (std::vector<double>& x : opinions_) {
    degroot_sweep<double>(network_, self_weight_, x, next_, threads);
    x.swap(next_);
  }
}

void DeGroot::flow(const LayerStep& step, const Signals&) {
  for (std::size_t left = clock_.take(step.days); left > 0; --left) sweep(step.threads);
}

void DeGroot::observe(ReadOuts& out) const { observe_opinions(opinions_, -1, 1, &network_, out); }

bool DeGroot::set(std::string_view name, double value) {
  if (name != "self_weight") return false;
  self_weight_ = value;
  return true;
}

}  // namespace detente
