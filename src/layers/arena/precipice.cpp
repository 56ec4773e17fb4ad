#include "layers/arena/precipice.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"teams", SettingKind::whole, "2", "teams", "n: how many race", 2, 1000},
    {"enmity", SettingKind::number, "1", "", "e: what is lost when another team wins, against a disaster", 0, 1, "",
     true},
    {"mu", SettingKind::number, "1", "safety", "capability is uniform from 0 to this", 1e-6, 1e6, "", true},
    {"information", SettingKind::word, "private", "", "what teams know: no capability, their own, or all", 0, 0,
     "none|private|public"},
    {"runs", SettingKind::whole, "0", "races a tick", "races drawn to estimate the risk as well", 0, 1e7},
};

constexpr ReadOutDoc read_outs[] = {
    {"risk", "", "1 - expected safety of the winner in equilibrium; a comparative static, not a forecast"},
    {"safety", "", "expected safety of the winner in equilibrium"},
    {"risk_drawn", "", "the same, as the mean of the races drawn so far; none without runs"},
};

}  // namespace

const LayerDoc Precipice::doc{
    .layer = "arena",
    .model = "precipice",
    .summary = "Teams race and trade safety for speed; how risky the equilibrium is.",
    .equation = "private: s(c) = min(1, c/((n-1)e + 1)); none: s = min(1, mu/(ne)); public: s = min(1, lead/e)",
    .source = "Armstrong, Bostrom & Shulman (2016)",
    .time = "none: the equilibrium does not move; each tick draws more races",
    .hypothesis = "public information: of the equilibria from lead to lead/e the safest, which all teams prefer",
    .settings = settings,
    .read_outs = read_outs};

RaceInformation race_information(std::string_view word) {
  if (word == "none") return RaceInformation::none;
  return word == "public" ? RaceInformation::open : RaceInformation::own;
}

double precipice_strategy(const PrecipiceRace& race, double capability, double lead) {
  const auto n = static_cast<double>(race.teams);
  switch (race.information) {
    case RaceInformation::none: return n * race.enmity <= race.mu ? 1 : race.mu / (n * race.enmity);
    case RaceInformation::own: return std::min(1.0, capability / ((n - 1) * race.enmity + 1));
    case RaceInformation::open: return lead >= race.enmity ? 1 : lead / race.enmity;
  }
  return 1;
}

double precipice_safety(const PrecipiceRace& race) {
  const auto n = static_cast<double>(race.teams);
  const double e = race.enmity;
  const double mu = race.mu;
  switch (race.information) {
    case RaceInformation::none: return precipice_strategy(race, 0, 0);
    case RaceInformation::own: {
      const double k = (n - 1) * e + 1;
      return mu <= k ? mu * n / ((n + 1) * k) : 1 - std::pow(k / mu, n) / (n + 1);
    }
    case RaceInformation::open: {
      if (e <= 0) return 1;
      const double short_of = e >= mu ? 1 : -std::expm1((n + 1) * std::log1p(-e / mu));
      return mu * short_of / (e * (n + 1));
    }
  }
  return 1;
}

double precipice_outcome(const PrecipiceRace& race, std::span<const double> capabilities) {
  double first = -1;
  double second = -1;
  for (const double c : capabilities) {
    second = std::max(second, std::min(c, first));
    first = std::max(first, c);
  }
  // c - s(c) rises with c in every regime, so the most capable team wins.
  return precipice_strategy(race, first, first - second);
}

Precipice::Precipice(const Settings& given, const Cast&, const LayerDraws&)
    : race_{.teams = given.whole("teams"),
            .enmity = given.number("enmity"),
            .mu = given.number("mu"),
            .information = race_information(given.word("information"))},
      runs_(given.whole("runs")) {}

void Precipice::flow(const LayerStep& step, const Signals&) {
  std::vector<double> capabilities(race_.teams);
  for (std::size_t run = 0; run < runs_; ++run, ++drawn_) {
    for (std::size_t team = 0; team < race_.teams; ++team)
      capabilities[team] =
          race_.mu * uniform(step.draws.key(Purpose::lab_progress, static_cast<std::uint32_t>(team), drawn_));
    safety_ += precipice_outcome(race_, capabilities);
  }
}

void Precipice::observe(ReadOuts& out) const {
  out.add("risk", precipice_risk(race_));
  out.add("safety", precipice_safety(race_));
  if (drawn_ > 0) out.add("risk_drawn", 1 - safety_ / drawn_);
}

bool Precipice::set(std::string_view name, double value) {
  if (name == "enmity")
    race_.enmity = value;
  else if (name == "mu")
    race_.mu = value;
  else
    return false;
  drawn_ = 0;  // the races drawn were of another game
  safety_ = 0;
  return true;
}

}  // namespace detente
