#include "layers/sentiment/marvel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include "base/memory_limit.hpp"
#include "layers/sentiment/named_leaders.hpp"
#include "layers/sentiment/signed_graph.hpp"

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"leaders", SettingKind::words, "", "", "who takes part; not given: `nodes` without names"},
    {"nodes", SettingKind::whole, "60", "nodes", "how many, where no leaders are named", 1, 5000},
    {"start", SettingKind::numbers, "", "sentiment", "X row by row, symmetric; not given: drawn, see `mean`, `spread`"},
    {"mean", SettingKind::number, "0", "sentiment", "mean of the normal entries that are drawn"},
    {"spread", SettingKind::number, "1", "sentiment", "their standard deviation", 0},
    {"kick", SettingKind::number, "0", "sentiment",
     "what an event of warmth 10 adds between its two; 0: deaf to events", 0},
    {"time_scale", SettingKind::duration, "30d", "", "the unit of time", 1e-6},
    {"stop", SettingKind::number, "0.999", "share", "of the way to the blow-up at which the flow stands still", 0.01,
     0.999999},
};

constexpr ReadOutDoc read_outs[] = {
    {"blow_up", "days", "1/lambda_1, from the start of the run; unknown when the leading eigenvalue is not above 0"},
    {"progress", "share", "of the way from the last event to the blow-up"},
    {"camp", "1 or -1", "side of a leader by the leading eigenvector; the first's is 1"},
    {"camps", "camps", "1 or 2; 0 with every feeling at 0"},
    {"larger_camp", "share", "nodes in the larger camp"},
    {"balance", "share", "triads that are balanced"},
};

Eigen::MatrixXd drawn_start(const Settings& given, std::size_t size, const LayerDraws& draws) {
  const auto n = static_cast<Eigen::Index>(size);
  const double mean = given.number("mean");
  const double spread = given.number("spread");
  Eigen::MatrixXd X(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) {
      const DrawKey key = draws.key(Purpose::layer_start, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
      X(i, j) = X(j, i) = mean + spread * normal(key);
    }
  return X;
}

Eigen::MatrixXd start_of(const Settings& given, std::size_t size, const LayerDraws& draws) {
  const double n = static_cast<double>(size);
  require_memory(6 * n * n * sizeof(double), fmt::format("sentiment between {} nodes", size), {});
  if (!given.given("start")) return drawn_start(given, size, draws);
  Eigen::MatrixXd start = square_from(given, "start", size);
  if (start != start.transpose()) given.wrong("start", "'start' is not symmetric");
  return start;
}

}  // namespace

const LayerDoc StructuralBalance::doc{
    .layer = "sentiment",
    .model = "marvel",
    .summary = "Feelings fed by third parties until the group is one camp or two.",
    .equation = "dX/dt = X^2, X symmetric; X(t) = X0 (I - X0 t)^-1 before t = 1/lambda_1",
    .source = "Marvel, Kleinberg, Kleinberg & Strogatz (2011), PNAS 108:1771",
    .time = "a day is 1/time_scale of the unit of time",
    .hypothesis = "that events add to feelings (`kick`) is this project's own; the published model has none",
    .settings = settings,
    .read_outs = read_outs};

StructuralBalance::StructuralBalance(const Settings& given, const Cast& cast, const LayerDraws& draws)
    : kick_(given.number("kick")), time_scale_(given.days("time_scale")), stop_(given.number("stop")) {
  if (given.given("leaders")) {
    leaders_ = leaders_from(given, cast);
    names_ = names_of(leaders_, cast);
  }
  begin(start_of(given, leaders_.empty() ? given.whole("nodes") : leaders_.size(), draws));
}

StructuralBalance::StructuralBalance(const Eigen::MatrixXd& start, double stop) : stop_(stop) { begin(start); }

void StructuralBalance::begin(const Eigen::MatrixXd& X) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(X);
  values_ = solver.eigenvalues();
  vectors_ = solver.eigenvectors();
  elapsed_ += time_;
  time_ = 0;
}

double StructuralBalance::blow_up() const {
  const double largest = values_(values_.size() - 1);
  return largest > 0 ? 1 / largest : std::numeric_limits<double>::infinity();
}

void StructuralBalance::advance(double time) { time_ = std::min(time_ + time, stop_ * blow_up()); }

Eigen::MatrixXd StructuralBalance::sentiment() const {
  const Eigen::VectorXd now = values_.array() / (1 - time_ * values_.array());
  return vectors_ * now.asDiagonal() * vectors_.transpose();
}

std::vector<int> StructuralBalance::camps() const { return camps_of(sentiment(), 1e-12); }

void StructuralBalance::jump(const LayerEvent& event, const Signals&) {
  if (kick_ == 0 || stopped()) return;
  const auto row = std::find(leaders_.begin(), leaders_.end(), event.sender) - leaders_.begin();
  const auto column = std::find(leaders_.begin(), leaders_.end(), event.receiver) - leaders_.begin();
  const auto L = static_cast<std::ptrdiff_t>(leaders_.size());
  if (row >= L || column >= L || row == column) return;
  Eigen::MatrixXd X = sentiment();
  X(row, column) += kick_ * event.warmth / 10;
  X(column, row) = X(row, column);
  begin(X);
}

void StructuralBalance::publish(Signals& signals) const {
  if (leaders_.empty()) return;
  Eigen::MatrixXd X = sentiment();
  X.diagonal().setZero();
  const double largest = X.cwiseAbs().maxCoeff();
  signals.leaders = leaders_;
  signals.sentiment = X / std::max(largest, 1.0);  // a flow without bounds, shown within them
}

void StructuralBalance::observe(ReadOuts& out) const {
  const Eigen::MatrixXd X = sentiment();
  const std::vector<int> sides = camps_of(X, 1e-12);
  const double end = blow_up();
  const bool ends = std::isfinite(end);
  const double first = static_cast<double>(std::count(sides.begin(), sides.end(), 1));
  const double n = static_cast<double>(sides.size());
  out.add("blow_up", ends ? (elapsed_ + end) * time_scale_ : Signals::unknown);
  out.add("progress", ends ? time_ / end : 0);
  for (std::size_t i = 0; i < names_.size(); ++i) out.add("camp", names_[i], sides[i]);
  out.add("camps", number_of_camps(sides));
  out.add("larger_camp", std::max(first, n - first) / n);
  out.add("balance", balanced_share(X));
}

}  // namespace detente
