#include "hazard/reference/naive_terms.hpp"

#include <cmath>

#include "effects/reference/naive_effects.hpp"
#include "hazard/likelihood.hpp"

namespace detente::reference {
namespace {

double transformed(Transform transform, double x) {
  const double sign = x < 0 ? -1 : 1;
  switch (transform) {
    case Transform::identity: return x;
    case Transform::log1p: return sign * std::log(1 + sign * x);
    case Transform::sqrt: return sign * std::sqrt(sign * x);
  }
  return x;
}

// What stands between the parentheses of "tie(KIND)" or "not tie(KIND)"; allied and not_allied speak of cooperative ties.
std::string kind_in(const std::string& rule) {
  if (rule == "allied" || rule == "not_allied") return "cooperative";
  const std::size_t open = rule.find('(');
  return rule.substr(open + 1, rule.size() - open - 2);
}

bool has_tie(const History& history, const std::string& kind, ActorId i, ActorId j) {
  for (const Tie& tie : history.record->ties) {
    const bool between = (tie.a == i && tie.b == j) || (tie.a == j && tie.b == i);
    const bool wanted = kind == "cooperative" ? tie.kind != "litigation" : tie.kind == kind;
    if (between && wanted && in_force(history, tie)) return true;
  }
  return false;
}

bool is_in_file(const History& history, const RiskSetText& text, ActorId i, ActorId j) {
  const std::vector<Actor>& actors = history.record->actors;
  for (const DyadText& row : text.dyads) {
    const bool there = row.sender == actors[i].id && row.receiver == actors[j].id;
    const bool back = row.sender == actors[j].id && row.receiver == actors[i].id;
    if (!there && (history.directed || !back)) continue;
    const bool begun = row.from.empty() || parse_time(row.from, history.record->clock)->time <= history.now;
    const bool over = !row.until.empty() && parse_time(row.until, history.record->clock)->time <= history.now;
    if (begun && !over) return true;
  }
  return false;
}

bool is_observed(const History& history, const Hazard& hazard, ActorId i, ActorId j) {
  for (const Event& e : history.record->events) {
    const bool there = e.sender == i && e.receiver == j;
    const bool back = e.sender == j && e.receiver == i;
    if (hazard.makes_events[e.type] && (there || (!history.directed && back))) return true;
  }
  return false;
}

bool may_receive(const History& history, const std::string& rule, ActorId j) {
  const std::string& kind = history.record->actors[j].kind;
  return rule.starts_with("bipartite(") ? rule.ends_with(", " + kind + ")")
                                        : !rule.starts_with("to(") || rule == "to(" + kind + ")";
}

bool is_by_kind(const std::string& rule) {
  return rule.starts_with("bipartite(") || rule.starts_with("from(") || rule.starts_with("to(");
}

using Naive = std::function<double(const History&, ActorId, ActorId)>;

Naive naive_term(const TermSyntax& term, std::span<const TraceSpec> traces, const Hazard& hazard);

// What a term is for everybody it is compared with when i acts.
std::vector<double> compared(const Naive& term, const Hazard& hazard, const History& history, ActorId i) {
  std::vector<double> x;
  const auto actors = static_cast<ActorId>(history.record->actors.size());
  if (hazard.text.kind == HazardKind::rate) {
    for (ActorId k = 0; k < actors; ++k)
      if (present(history, k) && may_send(history, hazard.text.at_risk.rule, k))
        x.push_back(term(history, k, k == 0 ? actors - 1 : 0));
    return x;
  }
  for (ActorId k = 0; k < actors; ++k)
    for (ActorId l = 0; l < actors; ++l) {
      if (k == l || (hazard.text.kind == HazardKind::choice && k != i) || !at_risk(history, hazard, k, l)) continue;
      if (history.directed)
        x.push_back(term(history, k, l));
      else if (k < l)
        x.push_back((term(history, k, l) + term(history, l, k)) / 2);
    }
  return x;
}

double standardized(double value, const std::vector<double>& all) {
  const auto n = static_cast<double>(all.size());
  double mean = 0, variance = 0;
  for (const double x : all) mean += x / n;
  for (const double x : all) variance += (x - mean) * (x - mean) / (n - 1);
  if (all.size() < 2 || variance <= constant_below * mean * mean) return 0;
  return (value - mean) / std::sqrt(variance);
}

Naive naive_factor(const FactorSyntax& factor, std::span<const TraceSpec> traces, const Hazard& hazard) {
  if (factor.summands.empty()) return naive_effect(factor.call, traces);
  std::vector<Naive> terms;
  for (const TermSyntax& term : factor.summands) terms.push_back(naive_term(term, traces, hazard));
  if (factor.standardized)
    return [term = terms.front(), hazard](const History& history, ActorId i, ActorId j) {
      return standardized(term(history, i, j), compared(term, hazard, history, i));
    };
  return [terms](const History& history, ActorId i, ActorId j) {
    double sum = 0;
    for (const Naive& term : terms) sum += term(history, i, j);
    return sum;
  };
}

Naive naive_term(const TermSyntax& term, std::span<const TraceSpec> traces, const Hazard& hazard) {
  std::vector<std::pair<Transform, Naive>> factors;
  for (const FactorSyntax& factor : term.factors)
    factors.emplace_back(factor.transform, naive_factor(factor, traces, hazard));
  return [factors, unit = term.unit](const History& history, ActorId i, ActorId j) {
    double product = 1 / unit;
    for (const auto& [transform, effect] : factors) product *= transformed(transform, effect(history, i, j));
    return product;
  };
}

}  // namespace

bool may_send(const History& history, const std::string& rule, ActorId i) {
  const std::string& kind = history.record->actors[i].kind;
  return rule.starts_with("bipartite(") ? rule.starts_with("bipartite(" + kind + ",")
                                        : !rule.starts_with("from(") || rule == "from(" + kind + ")";
}

bool at_risk(const History& history, const Hazard& hazard, ActorId i, ActorId j) {
  if (!present(history, i) || !present(history, j)) return false;
  const std::string& rule = hazard.text.at_risk.rule;
  if (rule == "all") return true;
  if (is_by_kind(rule))
    return (may_send(history, rule, i) && may_receive(history, rule, j)) ||
           (!history.directed && may_send(history, rule, j) && may_receive(history, rule, i));
  if (rule == "observed") return is_observed(history, hazard, i, j);
  if (rule.ends_with(".csv")) return is_in_file(history, hazard.text.at_risk, i, j);
  return has_tie(history, kind_in(rule), i, j) != rule.starts_with("not");
}

NaiveTerms::NaiveTerms(std::string_view formula, std::span<const TraceSpec> traces, Hazard hazard) {
  for (const TermSyntax& term : parse_formula(formula).terms) terms_.push_back(naive_term(term, traces, hazard));
}

Eigen::VectorXd NaiveTerms::operator()(const History& history, ActorId i, ActorId j) const {
  Eigen::VectorXd x = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(terms_.size()));
  for (std::size_t p = 0; p < terms_.size(); ++p) x(static_cast<Eigen::Index>(p)) = terms_[p](history, i, j);
  return x;
}

}  // namespace detente::reference
