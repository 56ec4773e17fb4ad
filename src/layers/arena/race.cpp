#include "layers/arena/race.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/arena/gini.hpp"
#include "layers/arena/race_doc.hpp"
#include "layers/dormand_prince.hpp"

namespace detente {
namespace {

constexpr double year = 365.25;  // days
constexpr double ode_tolerance = 1e-10;

// Where the integrated rates of the institutions stand, after ln C of the labs and misuse.
constexpr Eigen::Index regulator = 0, board = 1, court = 2, roles = institution_roles;

// One number of a list for each lab, or one for all; empty where the setting is not given.
std::vector<double> for_each_of(const Settings& given, std::string_view key, std::size_t count, const char* what) {
  if (!given.given(key)) return {};
  std::vector<double> values = given.numbers(key);
  if (values.size() == 1) values.assign(count, values.front());
  if (values.size() != count)
    given.wrong(key, fmt::format("'{}' has {} numbers", key, values.size()),
                fmt::format("one for all or one for each of the {} {}", count, what));
  return values;
}

}  // namespace

const LayerDoc LabRace::doc{
    .layer = "arena",
    .model = "race",
    .summary = "Labs race: capability, safety effort, openness, money from alliances, access and those who oversee.",
    .equation =
        "d ln C_i/dt = g R_i (1 - d s_i) + k o_L (C_L/C_i - 1); ds_i/dt = (max(s*(n, e), floor_i) - s_i)/tau; "
        "dM/dt = rate (1 - oversight) sum o_i max(0, C_i - threshold)",
    .source = "safety: Armstrong, Bostrom & Shulman (2016); access: Bass (1969); inequality: Gini (1912)",
    .time = "rates are per year of 365.25 days",
    .hypothesis =
        "How capability, openness and misuse move, what institutions answer to, and that safety relaxes to the "
        "equilibrium of one common enmity taken from the leaders' feelings, are this project's own assumptions.",
    .settings = race_settings,
    .read_outs = race_read_outs};

LabRace::LabRace(const Settings& given, const Cast& cast, const LayerDraws& draws)
    : rates_{.growth = given.number("growth"),
             .safety_drag = given.number("safety_drag"),
             .spread = given.number("spread"),
             .misuse = given.number("misuse_rate"),
             .threshold = given.number("misuse_threshold"),
             .oversight = given.number("oversight"),
             .money_flow = given.number("money_flow"),
             .event_gain = given.number("event_gain"),
             .tau = given.days("safety_time") / year,
             .regulation = given.number("regulation"),
             .board = given.number("board"),
             .court = given.number("court"),
             .alarm = given.number("alarm"),
             .share = given.number("act_share")},
      closed_access_(given.number("closed_access")),
      institutions_(given, cast, given.given("labs") ? given.words("labs").size() : 0) {
  if (!given.given("labs")) given.wrong("labs", "no labs are named", "labs = [\"...\", \"...\"]");
  const std::vector<std::string> names = given.words("labs");
  const std::size_t n = names.size();
  if (n < 2) given.wrong("labs", "a race needs two labs or more");
  const std::vector<std::string> leaders = given.given("leaders") ? given.words("leaders") : std::vector<std::string>{};
  if (!leaders.empty() && leaders.size() != n)
    given.wrong("leaders", fmt::format("{} leaders of {} labs", leaders.size(), n), "one for each lab, in their order");
  if (given.given("enmity")) fixed_enmity_ = given.number("enmity");

  race_ = {
      .teams = n, .enmity = 0.5, .mu = given.number("mu"), .information = race_information(given.word("information"))};
  enmity_ = race_.enmity = fixed_enmity_.value_or(0.5);
  equilibrium_ = precipice_safety(race_);

  const auto capability = for_each_of(given, "capability", n, "labs");
  const auto openness = for_each_of(given, "openness", n, "labs");
  const auto safety = for_each_of(given, "safety", n, "labs");
  const auto charter = for_each_of(given, "charter", n, "labs");
  for (std::size_t i = 0; i < n; ++i) {
    if (std::count(names.begin(), names.end(), names[i]) > 1)
      given.wrong("labs", fmt::format("'{}' is named twice", printable(names[i])));
    Lab lab{.name = names[i], .charter = std::nullopt};
    lab.actor = cast.find(names[i], given.place("labs"));
    if (!leaders.empty()) lab.leader = cast.find(leaders[i], given.place("leaders"));
    lab.capability = capability[i];
    lab.openness = openness[i];
    lab.floor = given.number("safety_floor");
    lab.safety = safety.empty() ? std::max(equilibrium_, lab.floor) : safety[i];
    if (!charter.empty()) lab.charter = charter[i];
    labs_.push_back(lab);
  }
  start_risk_ = 1 - labs_[leading()].safety;

  group_sizes_ = given.numbers("group_sizes");
  if (std::all_of(group_sizes_.begin(), group_sizes_.end(), [](double w) { return w <= 0; }))
    given.wrong("group_sizes", "no group of users has anybody in it");
  const auto innovation = for_each_of(given, "group_innovation", group_sizes_.size(), "groups");
  const auto imitation = for_each_of(given, "group_imitation", group_sizes_.size(), "groups");
  for (std::size_t g = 0; g < group_sizes_.size(); ++g) groups_.emplace_back(innovation[g], imitation[g]);
  for (std::uint32_t k = 0; k < institution_roles; ++k)
    clocks_[k].wait = exponential(draws.key(Purpose::lab_progress, k, 0));
}

double LabRace::enmity(const Signals& seen) const {
  if (fixed_enmity_) return *fixed_enmity_;
  double sum = 0;
  for (const Lab& a : labs_)
    for (const Lab& b : labs_) {
      if (&a == &b) continue;
      const double feeling = a.leader == no_id ? 0 : seen.feeling(a.leader, b.leader);
      sum += (1 - (std::isfinite(feeling) ? std::clamp(feeling, -1.0, 1.0) : 0)) / 2;
    }
  const auto n = static_cast<double>(labs_.size());
  return sum / (n * (n - 1));
}

std::size_t LabRace::leading() const {
  const auto less = [](const Lab& a, const Lab& b) { return a.capability < b.capability; };
  return static_cast<std::size_t>(std::max_element(labs_.begin(), labs_.end(), less) - labs_.begin());
}

// In shares of the best of the others: 1 is level.
double LabRace::lead(std::size_t lab) const {
  double others = 0;
  for (std::size_t i = 0; i < labs_.size(); ++i)
    if (i != lab) others = std::max(others, labs_[i].capability);
  return labs_[lab].capability / others;
}

double LabRace::safety_after(const Lab& lab, double equilibrium, double years) const {
  const double towards = std::max(equilibrium, lab.floor);
  return towards + (lab.safety - towards) * std::exp(-years / rates_.tau);
}

// The state: ln C of each lab, misuse, the integrated rates of the institutions, and the years since the step began.
Eigen::VectorXd LabRace::rate(const Eigen::VectorXd& state, double equilibrium) const {
  const auto n = static_cast<Eigen::Index>(labs_.size());
  const double years = state(n + 1 + roles);
  Eigen::VectorXd moves = Eigen::VectorXd::Zero(state.size());
  moves(n + 1 + roles) = 1;
  Eigen::Index first = 0;
  state.head(n).maxCoeff(&first);
  double second = -std::numeric_limits<double>::infinity();
  const double money = std::exp(rates_.money_flow * years);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Lab& lab = labs_[static_cast<std::size_t>(i)];
    const double ahead = std::expm1(state(first) - state(i));
    if (i != first) second = std::max(second, state(i));
    moves(i) =
        rates_.growth * lab.resources * money * (1 - rates_.safety_drag * safety_after(lab, equilibrium, years)) +
        rates_.spread * labs_[static_cast<std::size_t>(first)].openness * ahead;
    moves(n) +=
        rates_.misuse * (1 - rates_.oversight) * lab.openness * std::max(0.0, std::exp(state(i)) - rates_.threshold);
  }
  const double misused = 1 + rates_.alarm * state(n) / (1 + state(n));
  moves(n + 1 + regulator) = rates_.regulation * misused;
  moves(n + 1 + board) = rates_.board * (1 - rates_.alarm * std::expm1(second - state(first)));
  moves(n + 1 + court) = rates_.court * misused;
  return moves;
}

void LabRace::flow(const LayerStep& step, const Signals& seen) {
  const double years = step.days / year;
  enmity_ = race_.enmity = enmity(seen);
  equilibrium_ = precipice_safety(race_);

  double open = 0;
  for (const Lab& lab : labs_) open += lab.openness / static_cast<double>(labs_.size());
  for (BassDiffusion& group : groups_) group.advance(years * (closed_access_ + (1 - closed_access_) * open));

  const auto n = static_cast<Eigen::Index>(labs_.size());
  Eigen::MatrixXd state = Eigen::MatrixXd::Zero(n + 2 + roles, 1);
  for (Eigen::Index i = 0; i < n; ++i) state(i) = std::log(labs_[static_cast<std::size_t>(i)].capability);
  state(n) = misuse_;
  // The race has kinks, where the leader changes or misuse begins: a step that is short enough is taken over them.
  (void)integrate(
      [&](const Eigen::MatrixXd& y, Eigen::MatrixXd& moves) { moves = rate(y, equilibrium_); }, state, years,
      {.tolerance = ode_tolerance, .relative = ode_tolerance, .first_step = years, .shortest = 1e-9 * years});
  for (Eigen::Index i = 0; i < n; ++i) {
    Lab& lab = labs_[static_cast<std::size_t>(i)];
    lab.capability = std::exp(state(i));
    lab.safety = safety_after(lab, equilibrium_, years);
    lab.resources *= std::exp(rates_.money_flow * years);
  }
  misuse_ = state(n);
  for (std::uint32_t k = 0; k < institution_roles; ++k) {
    Clock& clock = clocks_[k];
    clock.waited += state(n + 1 + static_cast<Eigen::Index>(k));
    while (clock.waited >= clock.wait) {
      clock.waited -= clock.wait;
      clock.wait = exponential(step.draws.key(Purpose::lab_progress, k, ++clock.drawn));
      draw_act(static_cast<InstitutionRole>(k), step);
    }
  }
}

// Of its own, or as an event of the actor who is named for it, which works when it is heard.
void LabRace::draw_act(InstitutionRole role, const LayerStep& step) {
  const auto number = static_cast<std::uint32_t>(role);
  const std::size_t lab = target(role);
  const double u = uniform(step.draws.key(Purpose::lab_progress, institution_roles + number, clocks_[number].drawn));
  const ActorId who = institutions_.who(role, lab, u);
  if (who == no_id) return act(role, role == InstitutionRole::regulator ? labs_.size() : lab);
  constexpr const char* words[] = {"regulator acts", "board acts", "court acts"};
  if (step.happenings != nullptr)
    step.happenings->push_back({step.from, words[number], who, labs_[lab].actor, institutions_.act(role)});
}

// Whom an act is for: the lab with the most misuse, the most capable one, the most open one.
std::size_t LabRace::target(InstitutionRole role) const {
  if (role == InstitutionRole::board) return leading();
  const auto size = [&](const Lab& lab) {
    return role == InstitutionRole::court ? lab.openness
                                          : lab.openness * std::max(0.0, lab.capability - rates_.threshold);
  };
  const auto less = [&](const Lab& a, const Lab& b) { return size(a) < size(b); };
  return static_cast<std::size_t>(std::max_element(labs_.begin(), labs_.end(), less) - labs_.begin());
}

// On one lab, or on all.
void LabRace::act(InstitutionRole role, std::size_t which) {
  ++clocks_[static_cast<std::size_t>(role)].worked;
  for (std::size_t i = 0; i < labs_.size(); ++i) {
    if (which < labs_.size() && which != i) continue;
    Lab& lab = labs_[i];
    if (role == InstitutionRole::court)
      lab.openness *= 1 - rates_.share;
    else
      lab.floor += rates_.share * (1 - lab.floor);
  }
}

void LabRace::jump(const LayerEvent& event, const Signals&) {
  const auto of = [](const Lab& lab, ActorId actor) { return lab.actor == actor || lab.leader == actor; };
  for (Lab& lab : labs_) {
    if (of(lab, event.sender) == of(lab, event.receiver)) continue;  // neither, or within the lab
    lab.resources *= std::exp(rates_.event_gain * event.warmth / 10);
  }
  for (std::size_t i = 0; i < labs_.size() && event.warmth < 0; ++i)
    if (of(labs_[i], event.receiver))
      if (const auto role = institutions_.role_of(event.sender, i)) act(*role, i);
}

void LabRace::publish(Signals& signals) const {
  for (const Lab& lab : labs_) signals.resources[lab.actor] = lab.resources;
}

void LabRace::observe(ReadOuts& out) const {
  const Lab& first = labs_[leading()];
  double progress = 0;
  double safety = 0;
  for (const Lab& lab : labs_) {
    progress += lab.capability / static_cast<double>(labs_.size());
    safety += lab.safety / static_cast<double>(labs_.size());
  }
  std::vector<double> access;
  double mean_access = 0;
  double people = 0;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    access.push_back(groups_[g].adopted());
    mean_access += group_sizes_[g] * groups_[g].adopted();
    people += group_sizes_[g];
  }
  out.add("progress", progress);
  out.add("progress_max", first.capability);
  out.add("enmity", enmity_);
  out.add("safety_equilibrium", equilibrium_);
  out.add("safety", safety);
  if (start_risk_ > 0) out.add("risk_to_start", (1 - first.safety) / start_risk_);
  out.add("marginal_misuse", misuse_);
  out.add("access", mean_access / people);
  out.add("access_gini", gini(access, group_sizes_));
  out.add("regulator_acts", clocks_[regulator].worked);
  out.add("board_acts", clocks_[board].worked);
  out.add("court_acts", clocks_[court].worked);
  for (std::size_t i = 0; i < labs_.size(); ++i) {
    const Lab& lab = labs_[i];
    out.add("capability", lab.name, lab.capability);
    out.add("lead", lab.name, lead(i));
    out.add("resources", lab.name, lab.resources);
    out.add("openness", lab.name, lab.openness);
    out.add("safety", lab.name, lab.safety);
    if (lab.charter) out.add("mission_distance", lab.name, std::max(0.0, *lab.charter - lab.openness));
  }
}

bool LabRace::set(std::string_view name, double value) {
  if (name == "openness") {
    for (Lab& lab : labs_) lab.openness = value;
    return true;
  }
  struct Lever {
    std::string_view name;
    double Rates::*rate;
  };
  constexpr Lever levers[] = {
      {"oversight", &Rates::oversight}, {"regulation", &Rates::regulation}, {"money_flow", &Rates::money_flow}};
  for (const Lever& lever : levers) {
    if (lever.name != name) continue;
    rates_.*lever.rate = value;
    return true;
  }
  return false;
}

}  // namespace detente
