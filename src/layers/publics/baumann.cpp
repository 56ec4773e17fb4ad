#include "layers/publics/baumann.hpp"

#include <algorithm>
#include <cmath>

#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"people", SettingKind::whole, "1000", "people", "how many", 2, 1e7},
    {"social", SettingKind::number, "3", "", "K: strength of what is heard", 0, 100, "", true},
    {"controversy", SettingKind::number, "3", "", "α: how soon the pull of an opinion saturates", 0, 100, "", true},
    {"homophily", SettingKind::number, "3", "", "β: how much likeness draws contacts", 0, 20, "", true},
    {"reciprocity", SettingKind::number, "0.5", "probability", "r: that a contact hears back", 0, 1, "", true},
    {"contacts", SettingKind::whole, "10", "people", "m: heard by an active person in one step", 1, 40},
    {"activity_least", SettingKind::number, "0.01", "probability", "least activity in one step", 1e-6, 0.999},
    {"activity_power", SettingKind::number, "2.1", "", "γ: activities have density a^-γ", 1.001, 10},
    {"dt", SettingKind::number, "0.01", "units of time", "length of a step", 1e-5, 0.5},
    {"unit", SettingKind::duration, "1d", "", "the unit of time of the equation"},
};

double power_law(double least, double power, double u) {
  const double q = 1 - power;
  const double low = std::pow(least, q);
  return std::pow(low + u * (1 - low), 1 / q);
}

constexpr double nearest = 1e-6;  // opinions nearer than this are as like as can be

}  // namespace

const LayerDoc Baumann::doc{
    .layer = "publics",
    .model = "baumann",
    .summary = "Activity, homophily and saturating influence make consensus, radicalization or two echo chambers.",
    .equation = "dx_i/dt = -x_i + K sum_j A_ij(t) tanh(α x_j)",
    .source = "Baumann, Lorenz-Spreen, Sokolov & Starnini (2020), eqs. 1-3",
    .time = "a day is 1/unit of the unit of time, in steps of `dt`",
    .hypothesis = "starts are uniform on [-1, 1]; distances below 1e-6 count as 1e-6",
    .settings = settings,
    .read_outs = opinion_read_outs};

Baumann::Baumann(const Settings& given, const Cast&, const LayerDraws& draws)
    : Baumann({.people = given.whole("people"),
               .social = given.number("social"),
               .controversy = given.number("controversy"),
               .homophily = given.number("homophily"),
               .reciprocity = given.number("reciprocity"),
               .contacts = given.whole("contacts"),
               .activity_least = given.number("activity_least"),
               .activity_power = given.number("activity_power"),
               .dt = given.number("dt")},
              draws) {
  if (options_.contacts >= options_.people) given.wrong("contacts", "more contacts than others", "fewer than people");
  clock_ = SweepClock(given.days("unit") * options_.dt);
}

Baumann::Baumann(const BaumannOptions& options, const LayerDraws& draws)
    : options_(options),
      draws_(draws),
      activity_(drawn_opinions(options.people, 0, 1, first_trait_column, draws)),
      opinions_{drawn_opinions(options.people, -1, 1, 0, draws)},
      chance_(options.people),
      moved_(options.people),
      clock_(options.dt) {
  for (double& a : activity_) a = power_law(options.activity_least, options.activity_power, a);
}

// Drawn one after the other without replacement: who was chosen weighs nothing from then on.
void Baumann::contacts_of(std::uint32_t i) {
  const std::vector<double>& x = opinions_.front();
  for (std::size_t j = 0; j < x.size(); ++j)
    chance_[j] = j == i ? 0 : std::pow(std::max(std::abs(x[i] - x[j]), nearest), -options_.homophily);
  constexpr std::uint32_t draws_of_step = 64;
  for (std::uint32_t contact = 0; contact < options_.contacts; ++contact) {
    const auto u = uniform_pair(draws_.key(Purpose::public_pair, i, steps_ * draws_of_step + contact));
    double sum = 0;
    for (const double weight : chance_) sum += weight;
    double left = u[0] * sum;
    std::size_t chosen = x.size();
    for (std::size_t j = 0; j < x.size() && left >= 0; ++j) {
      if (chance_[j] <= 0) continue;
      chosen = j;
      left -= chance_[j];
    }
    const auto j = static_cast<std::uint32_t>(chosen);
    chance_[chosen] = 0;
    contacts_.push_back({i, j});
    if (u[1] < options_.reciprocity) contacts_.push_back({j, i});
  }
}

void Baumann::draw_contacts() {
  contacts_.clear();
  for (std::uint32_t i = 0; i < options_.people; ++i)
    if (uniform(draws_.key(Purpose::public_flow, i, steps_)) < activity_[i]) contacts_of(i);
  // A_ij is 1 however often i came to hear j.
  const auto key = [](const Contact& c) { return static_cast<std::uint64_t>(c.hears) << 32 | c.whom; };
  std::sort(contacts_.begin(), contacts_.end(), [&](const Contact& a, const Contact& b) { return key(a) < key(b); });
  contacts_.erase(std::unique(contacts_.begin(), contacts_.end(),
                              [&](const Contact& a, const Contact& b) { return key(a) == key(b); }),
                  contacts_.end());
}

void Baumann::slope(const std::vector<double>& x, std::vector<double>& change) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    moved_[i] = std::tanh(options_.controversy * x[i]);
    change[i] = -x[i];
  }
  for (const Contact& contact : contacts_) change[contact.hears] += options_.social * moved_[contact.whom];
}

void Baumann::step() {
  draw_contacts();
  std::vector<double>& x = opinions_.front();
  const std::size_t n = x.size();
  const double h = options_.dt;
  std::vector<double> k(n);
  std::vector<double> y = x;
  std::vector<double> sum(n, 0.0);
  const double reach[] = {0.5, 0.5, 1, 0};
  const double weight[] = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};
  for (int stage = 0; stage < 4; ++stage) {
    slope(y, k);
    for (std::size_t i = 0; i < n; ++i) {
      sum[i] += weight[stage] * k[i];
      y[i] = x[i] + h * reach[stage] * k[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) x[i] += h * sum[i];
  ++steps_;
}

void Baumann::flow(const LayerStep& step_of_world, const Signals&) {
  draws_ = step_of_world.draws;
  for (std::size_t left = clock_.take(step_of_world.days); left > 0; --left) step();
}

void Baumann::observe(ReadOuts& out) const {
  const std::vector<double>& x = opinions_.front();
  double most = 1;
  for (const double value : x) most = std::max(most, std::abs(value));
  observe_opinions(opinions_, -most, most, nullptr, out);
}

bool Baumann::set(std::string_view name, double value) {
  if (name == "social")
    options_.social = value;
  else if (name == "controversy")
    options_.controversy = value;
  else if (name == "homophily")
    options_.homophily = value;
  else if (name == "reciprocity")
    options_.reciprocity = value;
  else
    return false;
  return true;
}

}  // namespace detente
