// Recency of an actor: how recently it last acted, or was last acted upon, on the clock of fading.  x = 1 / (1 + t -
// t_last(a)), 0 when never.  Vu et al. (2017).
#pragma once

#include <array>

#include "effects/parts.hpp"

namespace detente {

struct LastAct : OfActor {
  static constexpr std::array arguments{
      trace_argument, of_argument,
      ArgumentDoc{"as", Argument::choice, "", "when it acted, or when it was acted upon", "sender|receiver"}};
  static constexpr EffectDoc doc{
      .name = "last_act",
      .summary = "How recently an actor last acted, or was last acted upon.",
      .words = "how recent the last recorded {x} of {who} is",
      .formula =
          "x = 1 / (1 + t - max_h t_last(a, h)), 0 when never; as=receiver: max_h t_last(h, a); a = the actor that of= "
          "names; t_last of all acts of the trace's types, whatever fades or is too young",
      .unit = "1 / (1 + units of time)",
      .scope = "sender or receiver, as `of` says",
      .source = "remstats, recencySendSender to recencyReceiveReceiver; Vu et al. (2017)",
      .example = "last_act(grievance, of=receiver, as=sender)",
      .arguments = arguments};

  explicit LastAct(const Arguments& given) : OfActor(given), received(given.choice_is("as", "receiver")) {
    own_traits.drifts = true;
    given.keep(trace, &Keeps::actors);
  }

  double operator()(const Memory& memory, const Link& d) const {
    const LastActs& acts = memory.trace(trace).last_acts();
    const Time last = received ? acts.last_received(actor(d)) : acts.last_sent(actor(d));
    return last == always ? 0 : 1 / (1 + memory.fade_time() - last);
  }
  void sources(const Memory& memory, Dyad d, std::vector<Source>& out) const {
    received ? add_received(memory, d, out) : add_sent(memory, d, out);
  }

  bool received;
};

}  // namespace detente
