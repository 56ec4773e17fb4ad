// Regulators, courts and boards of a race, as actors: who of them acts on which lab, and whose acts are heard as theirs.
//
// A race draws when one acts (race.hpp).  Where no actor is named for it, the act is the race's own.  Where one is, the act
// becomes an event between that actor and the lab, and works when the race hears it, as does any hostile act of theirs
// towards a lab or its leader that the record has or leaders' hazards draw: an act works once, whoever drew it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "layers/layer.hpp"

namespace detente {

enum class InstitutionRole : std::uint8_t { regulator, board, court };
inline constexpr std::size_t institution_roles = 3;

class Institutions {
 public:
  // From `regulators`, `courts` and `boards` (one for each lab, "" = none), and the types of their acts.  Throws Error.
  Institutions(const Settings& given, const Cast& cast, std::size_t labs);

  // Who acts on a lab: `u` in [0, 1) chooses among several.  no_id: nobody is named for it.
  [[nodiscard]] ActorId who(InstitutionRole role, std::size_t lab, double u) const;
  // As what somebody's hostile act towards a lab counts.
  [[nodiscard]] std::optional<InstitutionRole> role_of(ActorId actor, std::size_t lab) const;
  [[nodiscard]] const std::string& act(InstitutionRole role) const { return acts_[static_cast<std::size_t>(role)]; }

 private:
  std::vector<ActorId> regulators_, courts_;
  std::vector<ActorId> boards_;  // by lab
  std::array<std::string, institution_roles> acts_;
};

}  // namespace detente
