#include "effects/reference/naive_given.hpp"

namespace detente::reference {
namespace {

Combine combine_of(const Given& g) {
  const std::string how = g.text(9, "combine", g.flag("unique") ? "unique" : "min");
  if (how == "sum") return Combine::sum;
  if (how == "product") return Combine::product;
  return how == "unique" ? Combine::unique : Combine::min_sum;
}

// first(i, h) and second(h, j), each with its direction.
double closure(const Given& g, const History& h, TwoPathSpec spec, ActorId i, ActorId j) {
  spec.combine = combine_of(g);
  return two_paths(h, g.traces, spec, i, j);
}

TraceId first(const Given& g) { return g.id(0, "trace"); }

// Without a trace of its own the second leg is read from the first's.
TraceId second(const Given& g) { return g.text(1, "second", "").empty() ? first(g) : g.id(1, "second"); }

}  // namespace

NaiveEffects naive_closure() {
  return {
      {"otp",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return closure(g, h, {first(g), Leg::forward, second(g), Leg::forward, Combine::min_sum}, i, j);
       }},
      {"itp",  // from j to i
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return closure(g, h, {first(g), Leg::forward, second(g), Leg::forward, Combine::min_sum}, j, i);
       }},
      {"osp",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return closure(g, h, {first(g), Leg::forward, second(g), Leg::backward, Combine::min_sum}, i, j);
       }},
      {"isp",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         return closure(g, h, {first(g), Leg::backward, second(g), Leg::forward, Combine::min_sum}, i, j);
       }},
      {"sp",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const Leg leg = h.directed ? Leg::both : Leg::forward;
         return closure(g, h, {first(g), leg, second(g), leg, Combine::min_sum}, i, j);
       }},
      {"node_transitivity",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const ActorId source = g.of(i, j);
         const auto acted = [&](ActorId a, ActorId b) { return a != b && weight(h, g.trace(), a, b) > 0; };
         double triads = 0;
         for (ActorId b = 0; b < h.record->actors.size(); ++b)
           for (ActorId c = 0; c < h.record->actors.size(); ++c)
             if (c != source && acted(source, b) && acted(b, c) && acted(source, c)) triads += 1;
         return triads;
       }},
      {"partner_similarity",
       [](const Given& g, const History& h, ActorId i, ActorId j) {
         const bool in = g.text(2, "way", "out") == "in";
         const bool cosine = g.text(1, "measure", "jaccard") == "cosine";
         double mine = 0, theirs = 0, both = 0, either = 0;
         for (ActorId third = 0; third < h.record->actors.size(); ++third) {
           if (third == i || third == j) continue;
           const double of_i = in ? weight(h, g.trace(), third, i) : weight(h, g.trace(), i, third);
           const double of_j = in ? weight(h, g.trace(), third, j) : weight(h, g.trace(), j, third);
           mine += of_i * of_i;
           theirs += of_j * of_j;
           both += cosine ? of_i * of_j : of_i > 0 && of_j > 0 ? 1 : 0;
           either += of_i > 0 || of_j > 0 ? 1 : 0;
         }
         if (both == 0) return 0.0;
         return cosine ? both / std::sqrt(mine * theirs) : both / either;
       }},
      {"four_cycle",
       [](const Given& g, const History& history, ActorId i, ActorId j) {
         const std::string how = g.text(1, "combine", "min");
         const auto all = static_cast<ActorId>(history.record->actors.size());
         double sum = 0;
         for (ActorId h = 0; h < all; ++h)
           for (ActorId k = 0; k < all; ++k) {
             if (h == i || h == j || k == i || k == j || k == h) continue;
             const double first = weight(history, g.trace(), i, h);
             const double second = weight(history, g.trace(), k, h);
             const double third = weight(history, g.trace(), k, j);
             const double smallest = std::min(first, std::min(second, third));
             if (smallest <= 0) continue;
             sum += how == "unique" ? 1 : how == "product" ? first * second * third : smallest;
           }
         return sum;
       }},
  };
}

}  // namespace detente::reference
