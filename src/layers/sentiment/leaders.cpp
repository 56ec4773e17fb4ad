#include "layers/sentiment/leaders.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "layers/dormand_prince.hpp"
#include "layers/sentiment/named_leaders.hpp"
#include "layers/sentiment/signed_graph.hpp"

namespace detente {
namespace {

constexpr double most_gain = 100;

constexpr SettingDoc settings[] = {
    {"leaders", SettingKind::words, "", "", "who takes part, in the order of the lists; not given: every actor"},
    {"ego", SettingKind::numbers, "1", "per unit of sentiment", "alpha: self-gain; of all, or one for each leader", 0,
     most_gain, "", true},
    {"attention", SettingKind::numbers, "0.8", "factor", "u: of all, or one for each leader", 0, most_gain, "", true},
    {"balance", SettingKind::number, "2", "per unit of sentiment squared", "gamma: pull of common friends and enemies",
     0, most_gain, "", true},
    {"kick", SettingKind::number, "0.3", "sentiment", "what an event of warmth 10 adds to its sender's sentiment", 0, 2,
     "", true},
    {"echo", SettingKind::number, "0.5", "share of the kick", "how far the receiver's sentiment moves with it", 0, 1,
     "", true},
    {"start", SettingKind::numbers, "", "sentiment",
     "X row by row, L x L with 0 on the diagonal; not given: see `jolt`", -1, 1},
    {"jolt", SettingKind::number, "0", "sentiment", "x: start at x s s', a line between two camps; 0: neutral", 0, 1},
    {"sides", SettingKind::numbers, "", "", "s: 1 or -1 for each leader; not given: the first half is 1", -1, 1},
    {"time_scale", SettingKind::duration, "30d", "", "time in which an unfed sentiment falls to 1/e", 1e-6},
    {"tolerance", SettingKind::number, "1e-9", "sentiment", "largest error of an entry in one step", 1e-13, 1e-2},
};

constexpr ReadOutDoc read_outs[] = {
    {"sentiment", "-1 to 1", "of one leader towards another (\"sentiment:a>b\")"},
    {"camp", "1 or -1", "side of a leader by the leading eigenvector; the first's is 1; 0: on neither"},
    {"camps", "camps", "0 while every sentiment is below .01, else 1 or 2"},
    {"balance", "share", "triads that are balanced"},
    {"energy", "-1 to 1", "mean of -x_ij x_jk x_ki over triads; -1: balanced to the full"},
    {"hostility", "0 to 1", "strongest hostility of one towards another"},
    {"self_gain", "factor", "largest u alpha; from 1 on, neutrality is lost by itself"},
    {"tipping_point", "sentiment", "x_c: the jolt between two camps that tips; only where all have one u and alpha"},
};

// One for each leader, from one for all or a list.
Eigen::VectorXd for_each_leader(const Settings& given, std::string_view key, std::size_t leaders) {
  const std::vector<double> list = given.numbers(key);
  const auto L = static_cast<Eigen::Index>(leaders);
  if (list.size() == 1) return Eigen::VectorXd::Constant(L, list.front());
  if (list.size() != leaders)
    given.wrong(key, fmt::format("'{}' has {} numbers for {} leaders", key, list.size(), leaders),
                "one number, or one for each leader");
  return Eigen::Map<const Eigen::VectorXd>(list.data(), L);
}

std::vector<double> sides_from(const Settings& given, std::size_t leaders) {
  std::vector<double> sides(leaders, 1);
  if (!given.given("sides")) {
    std::fill(sides.begin() + static_cast<std::ptrdiff_t>((leaders + 1) / 2), sides.end(), -1);
    return sides;
  }
  sides = given.numbers("sides");
  const bool all_signs = std::all_of(sides.begin(), sides.end(), [](double s) { return std::abs(s) == 1; });
  if (!all_signs || sides.size() != leaders) given.wrong("sides", "'sides' needs 1 or -1 for each leader");
  return sides;
}

Eigen::MatrixXd start_from(const Settings& given, std::size_t leaders) {
  if (leaders < 2)
    given.wrong("leaders", fmt::format("[sentiment] has {} of the two leaders that a feeling needs", leaders),
                "leaders = [\"anna\", \"ben\"], actors of the scenario or its record");
  if (!given.given("start")) return two_camps(given.number("jolt"), sides_from(given, leaders));
  if (given.number("jolt") != 0) given.wrong("jolt", "'start' and 'jolt' cannot both say where sentiment starts");
  Eigen::MatrixXd start = square_from(given, "start", leaders);
  if (!start.diagonal().isZero(0))
    given.wrong("start", "'start' has an entry on the diagonal; there is no self-feeling");
  return start;
}

}  // namespace

const LayerDoc LeaderSentiment::doc{
    .layer = "sentiment",
    .model = "leaders",
    .summary = "Leaders' feelings fade to neutral, feed on themselves and on balance, and are kicked by events.",
    .equation = "dX/dt = -X + tanh(u o (alpha X + gamma X^2 / L)), no self-entries; event: X_ij += kick warmth/10",
    .source = "X^2: Marvel, Kleinberg, Kleinberg & Strogatz (2011), PNAS 108:1771",
    .time = "a day is 1/time_scale of the unit of time",
    .hypothesis =
        "ego, saturation, the pull to neutral, the kick of an event and its echo are this project's own; so are "
        "the thresholds u alpha = 1 and x_c: more ego needs less attention to act, and a smaller jolt to split",
    .settings = settings,
    .read_outs = read_outs};

void sentiment_rate(const SentimentGains& gains, const Eigen::MatrixXd& X, Eigen::MatrixXd& change) {
  const double weight = gains.balance / static_cast<double>(std::max<Eigen::Index>(X.rows(), 1));
  if (weight != 0)
    change.noalias() = weight * (X * X);
  else
    change.setZero();
  change += gains.ego.asDiagonal() * X;
  change = (gains.attention.asDiagonal() * change).eval();
  change = change.array().tanh().matrix() - X;
  change.diagonal().setZero();
}

Eigen::MatrixXd two_camps(double x, const std::vector<double>& sides) {
  const Eigen::Map<const Eigen::VectorXd> s(sides.data(), static_cast<Eigen::Index>(sides.size()));
  Eigen::MatrixXd X = x * s * s.transpose();
  X.diagonal().setZero();
  return X;
}

LeaderSentiment::LeaderSentiment(const Settings& given, const Cast& cast, const LayerDraws&)
    : leaders_(leaders_from(given, cast)),
      names_(names_of(leaders_, cast)),
      X_(start_from(given, leaders_.size())),
      gains_{for_each_leader(given, "ego", leaders_.size()), for_each_leader(given, "attention", leaders_.size()),
             given.number("balance")},
      kick_(given.number("kick")),
      echo_(given.number("echo")),
      time_scale_(given.days("time_scale")),
      tolerance_(given.number("tolerance")) {}

LeaderSentiment::LeaderSentiment(Eigen::MatrixXd start, SentimentGains gains)
    : X_(std::move(start)), gains_(std::move(gains)) {
  assert(X_.rows() == X_.cols() && gains_.ego.size() == X_.rows() && gains_.attention.size() == X_.rows());
  for (Eigen::Index i = 0; i < X_.rows(); ++i) {
    leaders_.push_back(static_cast<ActorId>(i));
    names_.push_back(fmt::format("{}", i));
  }
}

void LeaderSentiment::advance(double time) {
  const auto rate = [this](const Eigen::MatrixXd& X, Eigen::MatrixXd& change) { sentiment_rate(gains_, X, change); };
  const FlowSummary summary = integrate(rate, X_, time, {.tolerance = tolerance_, .first_step = next_step_});
  if (summary.next_step > 0) next_step_ = summary.next_step;
}

void LeaderSentiment::kick(ActorId from, ActorId to, double by) {
  const auto row = std::find(leaders_.begin(), leaders_.end(), from) - leaders_.begin();
  const auto column = std::find(leaders_.begin(), leaders_.end(), to) - leaders_.begin();
  if (row >= X_.rows() || column >= X_.cols() || row == column) return;
  X_(row, column) = std::clamp(X_(row, column) + by, -1.0, 1.0);
}

void LeaderSentiment::jump(const LayerEvent& event, const Signals&) {
  const double by = kick_ * event.warmth / 10;
  kick(event.sender, event.receiver, by);
  kick(event.receiver, event.sender, echo_ * by);
}

void LeaderSentiment::publish(Signals& signals) const {
  signals.leaders = leaders_;
  signals.sentiment = X_.cwiseMax(-1).cwiseMin(1);
}

void LeaderSentiment::observe(ReadOuts& out) const {
  const std::vector<int> camps = camps_of(X_);
  for (Eigen::Index i = 0; i < X_.rows(); ++i)
    for (Eigen::Index j = 0; j < X_.cols(); ++j)
      if (i != j)
        out.add("sentiment",
                fmt::format("{}>{}", names_[static_cast<std::size_t>(i)], names_[static_cast<std::size_t>(j)]),
                X_(i, j));
  for (std::size_t i = 0; i < names_.size(); ++i) out.add("camp", names_[i], camps[i]);
  out.add("camps", number_of_camps(camps));
  out.add("balance", balanced_share(X_));
  out.add("energy", balance_energy(X_));
  out.add("hostility", X_.size() == 0 ? 0 : std::max(0.0, -X_.minCoeff()));
  out.add("self_gain", X_.size() == 0 ? 0 : gains_.attention.cwiseProduct(gains_.ego).maxCoeff());
  const bool equal = X_.size() > 0 && (gains_.ego.array() == gains_.ego(0)).all() &&
                     (gains_.attention.array() == gains_.attention(0)).all();
  const std::optional<double> tip = equal ? tipping_point({.gain = gains_.attention(0) * gains_.ego(0),
                                                           .balance = gains_.attention(0) * gains_.balance,
                                                           .leaders = names_.size()})
                                          : std::nullopt;
  out.add("tipping_point", tip.value_or(Signals::unknown));
}

bool LeaderSentiment::set_of(std::string_view key, std::string_view whose, double value) {
  Eigen::VectorXd& of = key == "ego" ? gains_.ego : gains_.attention;
  const auto at = std::find(names_.begin(), names_.end(), whose) - names_.begin();
  if ((key != "ego" && key != "attention") || at >= of.size()) return false;
  of(at) = value;
  return true;
}

bool LeaderSentiment::set(std::string_view name, double value) {
  const double most = name == "echo" ? 1 : (name == "kick" ? 2 : most_gain);
  if (!(value >= 0 && value <= most)) return false;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    return set_of(name.substr(0, colon), name.substr(colon + 1), value);
  if (name == "ego")
    gains_.ego.setConstant(value);
  else if (name == "attention")
    gains_.attention.setConstant(value);
  else if (name == "balance")
    gains_.balance = value;
  else if (name == "kick")
    kick_ = value;
  else if (name == "echo")
    echo_ = value;
  else
    return false;
  return true;
}

}  // namespace detente
