#include "estimate/cumulative_incidence.hpp"

#include <algorithm>
#include <cmath>

#include "hazard/end_baseline.hpp"
#include "hazard/end_likelihood.hpp"

namespace detente {
namespace {

// What happens at one age at which ties end.
struct EndingAge {
  double age;
  double at_risk;    // Y
  double ends;       // d
  double of_cause;   // d_k
  double survival;   // S just before
  double incidence;  // F_k there
};

std::vector<EndingAge> walk(std::span<const Spell> spells, std::size_t cause) {
  std::vector<double> ages, entries, exits;
  for (const Spell& spell : spells) {
    if (!(spell.to > spell.from)) continue;  // never at risk
    entries.push_back(spell.from);
    exits.push_back(spell.to);
    if (spell.cause != not_ended) ages.push_back(spell.to);
  }
  for (std::vector<double>* list : {&ages, &entries, &exits}) std::sort(list->begin(), list->end());
  ages.erase(std::unique(ages.begin(), ages.end()), ages.end());
  std::vector<EndingAge> all;
  for (const double age : ages) {
    const auto entered = std::lower_bound(entries.begin(), entries.end(), age) - entries.begin();
    const auto left = std::lower_bound(exits.begin(), exits.end(), age) - exits.begin();
    all.push_back({age, static_cast<double>(entered - left), 0, 0, 1, 0});
  }
  for (const Spell& spell : spells) {
    if (spell.cause == not_ended || !(spell.to > spell.from)) continue;
    EndingAge& at = *std::lower_bound(all.begin(), all.end(), spell.to,
                                      [](const EndingAge& one, double age) { return one.age < age; });
    at.ends += 1;
    at.of_cause += spell.cause == cause ? 1 : 0;
  }
  double survival = 1;
  double incidence = 0;
  for (EndingAge& at : all) {
    at.survival = survival;
    incidence += survival * at.of_cause / at.at_risk;
    at.incidence = incidence;
    survival *= 1 - at.ends / at.at_risk;
  }
  return all;
}

// Of F_k at the last of `ages`.
double variance(std::span<const EndingAge> ages) {
  double sum = 0;
  for (const EndingAge& at : ages) {
    const double later = ages.back().incidence - at.incidence;
    const double y = at.at_risk;
    if (y > at.ends) sum += later * later * at.ends / (y * (y - at.ends));
    sum += at.survival * at.survival * at.of_cause * (y - at.of_cause) / (y * y * y);
    sum -= 2 * later * at.survival * at.of_cause / (y * y);
  }
  return std::max(0.0, sum);
}

// What is at risk and fitted of one hazard: its rate at mean covariates, apart from its age.
class MeanHazard {
 public:
  MeanHazard(const Record& record, const Model& model, const Hazard& hazard, const HazardFit& fit, Time until)
      : hazard_(&hazard), estimate_(fit.newton.estimate), columns_(end_columns(hazard)) {
    const EndLikelihood likelihood(record, model, hazard, until);
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns_));
    for (std::size_t r = 0; r < likelihood.rows().size(); ++r)
      sum += likelihood.rows()[r].exposure *
             Eigen::Map<const Eigen::VectorXd>(likelihood.covariates(r).data(), sum.size());
    const auto before = static_cast<Eigen::Index>(1 + hazard.age_cuts.size());
    level_ = estimate_(0);
    const Eigen::Index effects = sum.size() - before;
    if (likelihood.exposure() > 0)
      level_ += estimate_.segment(before, effects).dot(sum.tail(effects)) / likelihood.exposure();
  }

  // The integral of the hazard from one age to another.
  [[nodiscard]] double between(double from, double to) const {
    if (hazard_->text.baseline != EndBaseline::piecewise) {
      const std::span<const double> shape(estimate_.data() + columns_, estimate_.data() + estimate_.size());
      return std::exp(level_) * cumulative_baseline(hazard_->text.baseline, shape, from, to).value;
    }
    double sum = 0;
    double step = level_;
    for (std::size_t k = 0; k <= hazard_->age_cuts.size(); ++k) {  // cuts rise
      const bool last = k == hazard_->age_cuts.size();
      const double cut = last ? to : std::clamp(hazard_->age_cuts[k], from, to);
      sum += std::exp(step) * (cut - from);
      from = cut;
      if (!last) step += estimate_(static_cast<Eigen::Index>(1 + k));
    }
    return sum;
  }

 private:
  const Hazard* hazard_;
  Eigen::VectorXd estimate_;
  std::size_t columns_;
  double level_ = 0;
};

// F_k from competing hazards, at rising ages: within a step their ratio is taken as constant.
std::vector<double> implied(const std::vector<MeanHazard>& hazards, std::size_t which,
                            const std::vector<IncidencePoint>& points) {
  constexpr int steps = 400;
  std::vector<double> values;
  if (points.empty()) return values;
  const double longest = points.back().age / steps;
  double age = 0;
  double survival = 1;
  double incidence = 0;
  for (const IncidencePoint& point : points) {
    const int parts = std::max(1, static_cast<int>(std::ceil((point.age - age) / longest)));
    const double step = (point.age - age) / parts;
    for (int part = 0; part < parts; ++part, age += step) {
      double all = 0;
      for (const MeanHazard& hazard : hazards) all += hazard.between(age, age + step);
      if (all > 0) incidence += survival * -std::expm1(-all) * hazards[which].between(age, age + step) / all;
      survival *= std::exp(-all);
    }
    age = point.age;
    values.push_back(incidence);
  }
  return values;
}

std::vector<const Hazard*> end_hazards(const Model& model) {
  std::vector<const Hazard*> ends;
  for (const Hazard& hazard : model.hazards)
    if (hazard.text.kind == HazardKind::end) ends.push_back(&hazard);
  return ends;
}

std::vector<Spell> spells_of(const Record& record, const std::vector<const Hazard*>& hazards, const Hazard& hazard,
                             Time until) {
  std::vector<Spell> spells;
  for (TieId id = 0; id < record.ties.size(); ++id) {
    const Tie& tie = record.ties[id];
    if (!hazard.at_risk_ties[id] || !std::isfinite(tie.start)) continue;
    Spell spell{0, std::min(tie.end, until) - tie.start, not_ended};
    for (std::size_t k = 0; k < hazards.size() && tie.end <= until; ++k)
      if (hazards[k]->makes_endings[id]) spell.cause = k;
    spells.push_back(spell);
  }
  std::vector<double> ages;
  for (const Spell& spell : spells) ages.push_back(spell.to);
  ages = distinct_times(std::move(ages), time_tolerance(record));
  for (Spell& spell : spells) spell.to = stands_for(spell.to, ages);
  return spells;
}

bool has_curve(const Hazard& hazard, const HazardFit& fit, const Hazard& of) {
  return hazard.text.baseline != EndBaseline::cox && fit.newton.status == FitStatus::converged &&
         hazard.at_risk_ties == of.at_risk_ties && std::is_sorted(hazard.age_cuts.begin(), hazard.age_cuts.end());
}

}  // namespace

std::vector<IncidencePoint> cumulative_incidence(std::span<const Spell> spells, std::size_t cause, double level) {
  const std::vector<EndingAge> ages = walk(spells, cause);
  const double z = normal_quantile_two_sided(level);
  std::vector<IncidencePoint> points;
  for (std::size_t k = 0; k < ages.size(); ++k) {
    const EndingAge& at = ages[k];
    if (at.of_cause == 0) continue;
    const double f = at.incidence;
    const double error = std::sqrt(variance(std::span(ages).first(k + 1)));
    const double half = f < 1 ? z * error / std::abs(f * std::log(f)) : 0;
    points.push_back({at.age, static_cast<std::size_t>(at.at_risk), f, error, std::pow(f, std::exp(half)),
                      std::pow(f, std::exp(-half))});
  }
  return points;
}

std::vector<HazardIncidence> incidence_of_ties(const Record& record, const Model& model, const Fit& fit, Time until,
                                               double level) {
  if (until == never) until = time_span(record).last;
  const std::vector<const Hazard*> hazards = end_hazards(model);
  std::vector<HazardIncidence> all;
  for (std::size_t which = 0; which < hazards.size(); ++which) {
    const Hazard& hazard = *hazards[which];
    const std::vector<Spell> spells = spells_of(record, hazards, hazard, until);
    HazardIncidence one{hazard.name, cumulative_incidence(spells, which, level)};
    const bool every = std::all_of(hazards.begin(), hazards.end(), [&](const Hazard* other) {
      return has_curve(*other, *fit.find(other->name), hazard);
    });
    if (every) {
      std::vector<MeanHazard> means;
      for (const Hazard* other : hazards) means.emplace_back(record, model, *other, *fit.find(other->name), until);
      one.model = implied(means, which, one.points);
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace detente
