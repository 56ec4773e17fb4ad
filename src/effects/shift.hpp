// Participation shifts: who takes the turn after the latest act.  x_ij(t) = 1 if for one of the latest acts A -> B, i -> j
// has the form, else 0.  Gibson (2003); Butts (2008).
//
// A form names both acts: X and Y are neither A nor B, 0 is a group, and all others are no groups.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "effects/arguments.hpp"

namespace detente {

struct Shift {
  static constexpr std::array arguments{
      ArgumentDoc{"form", Argument::choice, "", "the act before and the next; of the latter the sender alone in AB-A",
                  "AB-BA|AB-B0|AB-BY|A0-X0|A0-XA|A0-XY|AB-X0|AB-XA|AB-XB|AB-XY|A0-AY|AB-A0|AB-AY|AB-AB|AB-A|AB-B|AB-X"},
      trace_argument, ArgumentDoc{"group", Argument::actor_kind, "group", "the kind of actors that stand for groups"}};
  static constexpr EffectDoc doc{
      .name = "shift",
      .summary =
          "Who takes the turn after the latest act: the 13 participation shifts, the repeat, and those of senders.",
      .words = "whose turn it is after the latest recorded {x}",
      .formula =
          "x_ij(t) = 1 if i -> j has the form for one of the latest acts A -> B, else 0; X and Y are neither A nor B, "
          "0 is "
          "a group and all others are not.  The latest acts are all those of one moment, whatever fades or is too "
          "young.  Without "
          "directions a form may be read either way of both acts",
      .unit = "0 or 1",
      .scope = "dyad; sender for AB-A, AB-B and AB-X",
      .source =
          "Gibson (2003); Butts (2008); remstats psABBA to psABXY, psABA, psABB, psABX; relevent PSAB-BA to PSAB-AY",
      .example = "shift(AB-BA, grievance)",
      .arguments = arguments};

  // Without groups, AB-BY, AB-AY, AB-XA and AB-XB are a part of the one whom the form names among A and B, and a rest in
  // the dyads of the latest acts alone.
  enum class Part : std::uint8_t { whole, named, rest };

  explicit Shift(const Arguments& given)
      : form(given.choice("form")),
        trace(given.trace("trace")),
        is_group(given.actors_of_kind("group")),
        either_way(!given.directed() && !of_sender()) {
    given.keep(trace, &Keeps::latest);
    constexpr std::array<std::string_view, 4> in_parts{"AB-BY", "AB-AY", "AB-XA", "AB-XB"};
    splits = given.directed() && std::find(is_group.begin(), is_group.end(), true) == is_group.end() &&
             std::find(in_parts.begin(), in_parts.end(), form) != in_parts.end();
  }

  double operator()(const Memory& memory, const Link& d) const {
    const std::span<const Dyad> latest = memory.trace(trace).last_acts().latest();
    const auto share = [&](auto counts) { return std::any_of(latest.begin(), latest.end(), counts) ? 1.0 : 0.0; };
    const auto makes = [&](Dyad before) {
      return has_form(before, d) || (either_way && has_form(before, reversed(d)));
    };
    const auto names = [&](Dyad before) {
      return names_sender() ? is(form[sender_at], d.sender, before) : is(form[receiver_at], d.receiver, before);
    };
    switch (part) {
      case Part::named: return share(names);
      case Part::rest: return share(makes) - share(names);
      case Part::whole: break;
    }
    return share(makes);
  }
  Traits traits() const {
    if (part == Part::rest || form == "AB-BA" || form == "AB-AB") return {.scope = Scope::dyad, .sparse = true};
    if (part == Part::named) return {.scope = names_sender() ? Scope::sender : Scope::receiver};
    // The first act of all makes everybody who had no part in it an X.
    return {.scope = of_sender() ? Scope::sender : Scope::dyad, .shifts_all = !of_sender() || !names_sender()};
  }
  std::vector<Shift> parts() const {
    std::vector<Shift> both(splits && part == Part::whole ? 2 : 0, *this);
    for (std::size_t k = 0; k < both.size(); ++k) both[k].part = k == 0 ? Part::named : Part::rest;
    return both;
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    const std::span<const Dyad> latest = memory.trace(trace).last_acts().latest();
    for (const Dyad before : latest)
      if (has_form(before, d)) out.push_back({trace, before});
  }

  [[nodiscard]] bool of_sender() const { return form.size() == receiver_at; }
  [[nodiscard]] bool names_sender() const { return form[sender_at] != 'X'; }
  [[nodiscard]] bool has_form(Dyad before, Dyad next) const {
    if (is_group[before.sender] || is_group[before.receiver] != (form[1] == '0')) return false;
    return is(form[sender_at], next.sender, before) && (of_sender() || is(form[receiver_at], next.receiver, before));
  }
  [[nodiscard]] bool is(char letter, ActorId actor, Dyad before) const {
    switch (letter) {
      case 'A': return actor == before.sender;
      case 'B': return actor == before.receiver;
      case '0': return is_group[actor];
      default: return !is_group[actor] && actor != before.sender && actor != before.receiver;
    }
  }

  static constexpr std::size_t sender_at = 3, receiver_at = 4;  // in the form
  std::string form;
  TraceId trace;
  std::vector<bool> is_group;  // by actor
  bool either_way;
  bool splits = false;
  Part part = Part::whole;
};

}  // namespace detente
