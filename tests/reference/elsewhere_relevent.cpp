// relevent: the manual of rem.dyad and Butts (2008), section 2.2.
#include "elsewhere_definitions.hpp"

namespace detente::elsewhere {
namespace {

using P = const Past&;
using A = std::size_t;

Count counts(P past) {
  return [&past](A i, A j) { return past.count(i, j); };
}

double share_of_all(P past, double part) { return past.acts() > 0 ? part / past.acts() : no_claim; }

double share(P past, double part, double all) { return all > 0 ? part / all : 1 / static_cast<double>(past.n() - 1); }

double total_share(P past, A actor) {
  return share_of_all(past, (sent(past, actor, counts(past)) + received(past, actor, counts(past))) / 2);
}

double events(P past, A i, A j) { return past.count(i, j); }

}  // namespace

Definitions relevent() {
  return {
      {"NIDSnd", [](P past, A i, A) { return share_of_all(past, received(past, i, counts(past))); }},
      {"NIDRec", [](P past, A, A j) { return share_of_all(past, received(past, j, counts(past))); }},
      {"NODSnd", [](P past, A i, A) { return share_of_all(past, sent(past, i, counts(past))); }},
      {"NODRec", [](P past, A, A j) { return share_of_all(past, sent(past, j, counts(past))); }},
      {"NTDegSnd", [](P past, A i, A) { return total_share(past, i); }},
      {"NTDegRec", [](P past, A, A j) { return total_share(past, j); }},
      {"FrPSndSnd", [](P past, A i, A j) { return share(past, past.count(i, j), sent(past, i, counts(past))); }},
      {"FrRecSnd", [](P past, A i, A j) { return share(past, past.count(j, i), received(past, i, counts(past))); }},
      {"RRecSnd", rank_of_received},
      {"RSndSnd", rank_of_sent},
      {"CovSnd", [](P past, A i, A) { return past.size(i); }},
      {"CovRec", [](P past, A, A j) { return past.size(j); }},
      {"CovInt", [](P past, A i, A j) { return past.size(i) + past.size(j); }},
      {"CovEvent", [](P past, A i, A j) { return past.world.closeness[i][j]; }},
      {"OTPSnd", triads<Shape::transitive, events, events, smaller>},
      {"ITPSnd", triads<Shape::cyclic, events, events, smaller>},
      {"OSPSnd", triads<Shape::to_third, events, events, smaller>},
      {"ISPSnd", triads<Shape::from_third, events, events, smaller>},
      {"FESnd", [](P, A i, A) { return i == 1 ? 1.0 : 0.0; }},
      {"FERec", [](P, A, A j) { return j == 1 ? 1.0 : 0.0; }},
      {"FEInt", [](P, A i, A j) { return (i == 1 ? 1.0 : 0.0) + (j == 1 ? 1.0 : 0.0); }},
      {"PSAB-BA", shift<Turn::ab_ba>},
      {"PSAB-BY", shift<Turn::ab_by>},
      {"PSAB-XA", shift<Turn::ab_xa>},
      {"PSAB-XB", shift<Turn::ab_xb>},
      {"PSAB-XY", shift<Turn::ab_xy>},
      {"PSAB-AY", shift<Turn::ab_ay>},
  };
}

}  // namespace detente::elsewhere
