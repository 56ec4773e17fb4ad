#include "layers/arena/institutions.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {
namespace {

std::vector<ActorId> actors_of(const Settings& given, std::string_view key, const Cast& cast) {
  std::vector<ActorId> actors;
  if (!given.given(key)) return actors;
  for (const std::string& name : given.words(key)) {
    const ActorId actor = name.empty() ? no_id : cast.find(name, given.place(key));
    if (actor != no_id && std::find(actors.begin(), actors.end(), actor) != actors.end())
      given.wrong(key, fmt::format("'{}' is named twice", printable(name)));
    actors.push_back(actor);
  }
  return actors;
}

bool holds(const std::vector<ActorId>& actors, ActorId actor) {
  return actor != no_id && std::find(actors.begin(), actors.end(), actor) != actors.end();
}

}  // namespace

Institutions::Institutions(const Settings& given, const Cast& cast, std::size_t labs)
    : regulators_(actors_of(given, "regulators", cast)),
      courts_(actors_of(given, "courts", cast)),
      boards_(actors_of(given, "boards", cast)),
      acts_{given.word("regulator_act"), given.word("board_act"), given.word("court_act")} {
  if (!boards_.empty() && boards_.size() != labs)
    given.wrong("boards", fmt::format("{} boards of {} labs", boards_.size(), labs),
                "one for each lab, in their order; \"\" where there is none");
  for (const ActorId actor : regulators_)
    if (actor == no_id || holds(courts_, actor) || holds(boards_, actor))
      given.wrong("regulators", "an institution has one role");
  for (const ActorId actor : courts_)
    if (actor == no_id || holds(boards_, actor)) given.wrong("courts", "an institution has one role");
}

ActorId Institutions::who(InstitutionRole role, std::size_t lab, double u) const {
  if (role == InstitutionRole::board) return boards_.empty() ? no_id : boards_[lab];
  const std::vector<ActorId>& actors = role == InstitutionRole::court ? courts_ : regulators_;
  return actors.empty() ? no_id : actors[static_cast<std::size_t>(u * static_cast<double>(actors.size()))];
}

std::optional<InstitutionRole> Institutions::role_of(ActorId actor, std::size_t lab) const {
  if (holds(regulators_, actor)) return InstitutionRole::regulator;
  if (holds(courts_, actor)) return InstitutionRole::court;
  if (!boards_.empty() && actor != no_id && boards_[lab] == actor) return InstitutionRole::board;
  return std::nullopt;
}

}  // namespace detente
