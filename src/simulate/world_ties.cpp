// The ties that start in a world: which hazards start them, what is told of them, and those that are started from outside.
#include <algorithm>

#include <fmt/format.h>

#include "simulate/world.hpp"

namespace detente {

bool tells_of_tie(std::string_view what) { return what.ends_with(')'); }

std::vector<bool> WorldStart::find_starts() {
  std::vector<bool> starts(leaders_->model.hazards.size(), false);
  bool any = false;
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const Hazard& hazard = leaders_->model.hazards[k];
    if (hazard.text.kind != HazardKind::start) continue;
    any = true;
    const FitStatus status = leaders_->fit.hazards[k].newton.status;
    starts[k] = scenario_.new_ties && status == FitStatus::converged;
    if (scenario_.new_ties && !starts[k])
      notes_.push_back(fmt::format("'{}' starts no ties here: its fit to what was known by then says {}", hazard.name,
                                   to_string(status)));
  }
  if (!scenario_.new_ties) notes_.emplace_back("ties do not start here: new_ties = false");
  if (scenario_.new_ties && !any)
    notes_.emplace_back("ties do not start here: the model has no hazard of kind = \"start\"");
  return starts;
}

// The newest tie of that kind in the record: of the two, if they had one.
TieId WorldStart::find_like(const Intervention& one, Dyad pair) const {
  TieId like = no_id;
  bool own = false;
  std::vector<std::string> kinds;
  for (TieId id = 0; id < leaders_->known.ties.size(); ++id) {
    const Tie& tie = leaders_->known.ties[id];
    kinds.push_back(tie.kind);
    const bool theirs = Dyad{tie.a, tie.b} == pair || Dyad{tie.b, tie.a} == pair;
    if (tie.kind != one.what || (own && !theirs)) continue;
    like = id;
    own = theirs;
  }
  if (like != no_id) return like;
  throw Error({.what = fmt::format("the record has no tie of kind '{}' by then", printable(one.what)),
               .where = one.where,
               .expected = "kind = that of a tie that was known at the start",
               .hint = hint_for(one.what, kinds)});
}

// Ties that start have no read-outs of their own, as nobody knows them beforehand: they are told as what happened.
void World::observe_new_ties(PathObserver& observer) {
  const Model& model = start_->path().model();
  observer.on_start = [&](std::size_t, TieId tie, std::size_t hazard) {
    starts_[hazard] += 1;
    tell("a tie starts", tie);
  };
  observer.on_new_risk = [&](std::size_t, TieId, std::span<const double> probability) {
    for (std::size_t k = 0; k < probability.size(); ++k)
      if (model.hazards[k].name == "rupture") new_ruptures_ += probability[k];
  };
  observer.on_new_end = [&](std::size_t, TieId tie, std::size_t hazard) {
    tell(model.hazards[hazard].name == "rupture" ? "a new tie ruptures" : "a new tie ends", tie);
  };
}

void World::tell(std::string what, TieId tie) {
  const Tie& one = path_->memory().ties().tie(tie);
  what += fmt::format(" ({})", one.kind);
  happenings_.push_back({start_->at(tick_), std::move(what), std::min(one.a, one.b), std::max(one.a, one.b)});
}

void World::take_up_office(const Happening& one) {
  for (const Vacancy& vacancy : vacancies_)
    if (vacancy.organization == one.who && vacancy.leader == one.whom)
      (void)path_->start_tie(vacancy.like, {one.who, one.whom}, one.time);
  std::erase_if(vacancies_, [&](const Vacancy& v) { return v.organization == one.who && v.leader == one.whom; });
}

}  // namespace detente
