// The race to the precipice: n teams, the first to finish takes all, and haste makes a disaster more likely.  Team i
// has capability c_i, uniform on [0, mu], and chooses safety s_i in [0, 1]; the highest c_i - s_i wins, and then
// there is no disaster with probability s_i.  A team's utility is 1 when it wins, 1 - e when another does (e:
// enmity), 0 in a disaster.  In the symmetric equilibrium, by what the teams know of capabilities:
//
//   none     nobody knows any:      s = min(1, mu / (n e)),   as d P(win) / ds = -1/mu at equal safety
//   private  each knows its own:    s(c) = min(1, c / k), k = (n-1) e + 1,   from s' + (n-1) e s / c = 1, s(0) = 0
//   open     all know all:          the first has s = min(1, D / e), D its lead: more, and the second, who keeps
//            s_2 = s - D, would gain by overtaking (s - D > (1-e) s); D/mu is Beta(1, n)
//
// With open information that is one equilibrium of many.  In pure strategies, a tie won by the more capable, every s from
// min(1, D) to min(1, D/e) is one: the others keep their scores at the first's, so that it would lose by more safety, and
// up to D/e they gain nothing by overtaking.  The range is a point only where e = 1 or D >= 1.  The safest is taken: the
// first's utility is s and that of all others (1-e) s, so that all prefer it.  The least safe has the risk of e = 1,
// whatever e is: the two bound the risk of the rest.
//
//   E s =  none: s    private: mu n / ((n+1) k) up to mu = k, then 1 - (k/mu)^n / (n+1)
//          open: mu (1 - (1 - m/mu)^{n+1}) / (e (n+1)), m = min(e, mu)
//
// and the risk is 1 - E s.  It is a comparative static: what enmity, numbers and knowledge do to it, not a forecast.
// Armstrong, Bostrom & Shulman (2016).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "layers/layer.hpp"

namespace detente {

enum class RaceInformation : std::uint8_t { none, own, open };

struct PrecipiceRace {
  std::size_t teams = 2;  // 2 or more
  double enmity = 1;      // in [0, 1]
  double mu = 1;          // > 0: how much capability can differ, against safety
  RaceInformation information = RaceInformation::own;
};

// "none", "private" or "public"; anything else counts as private.
[[nodiscard]] RaceInformation race_information(std::string_view word);

// What a team does in equilibrium: `capability` its own, `lead` its lead on the next (used where it is known).
[[nodiscard]] double precipice_strategy(const PrecipiceRace& race, double capability, double lead);
[[nodiscard]] double precipice_safety(const PrecipiceRace& race);  // expected safety of the winner
[[nodiscard]] inline double precipice_risk(const PrecipiceRace& race) { return 1 - precipice_safety(race); }

// The winner's safety in one race among these capabilities.
[[nodiscard]] double precipice_outcome(const PrecipiceRace& race, std::span<const double> capabilities);

class Precipice {
 public:
  static const LayerDoc doc;

  Precipice(const Settings& settings, const Cast& cast, const LayerDraws& draws);

  void flow(const LayerStep& step, const Signals&);  // draws `runs` more races
  void jump(const LayerEvent&, const Signals&) {}
  void publish(Signals&) const {}
  void observe(ReadOuts& out) const;
  bool set(std::string_view name, double value);

 private:
  PrecipiceRace race_;
  std::size_t runs_;
  std::uint32_t drawn_ = 0;
  double safety_ = 0;  // sum over the races drawn
};

}  // namespace detente
