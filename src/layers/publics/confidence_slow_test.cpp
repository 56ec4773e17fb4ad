// The thresholds of bounded confidence at N = 10^4.
#include <gtest/gtest.h>

#include "layers/publics/deffuant.hpp"
#include "layers/publics/hegselmann_krause.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente::confidence_slow_test {

constexpr std::size_t people = 10000;

std::size_t majors(double epsilon) {
  const LayerDraws draws{.seed = 1};
  Deffuant model(Network::complete(people), epsilon, 0.5, drawn_opinions(people, 0, 1, 0, draws), draws);
  for (int sweep = 0; sweep < 400; ++sweep) model.sweep();
  return major_camps(camp_shares(opinion_histogram(model.opinions(), 0, 1), 0.01));
}

TEST(KnownResults, DeffuantHasOneMajorCampThenTwoThenThree) {
  EXPECT_EQ(majors(0.28), 1u);
  EXPECT_EQ(majors(0.26), 2u);
  EXPECT_EQ(majors(0.20), 2u);
  EXPECT_EQ(majors(0.15), 3u);
}

double consensus_share(double epsilon) {
  constexpr std::uint32_t runs = 50;
  double agreed = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    HegselmannKrause model(Network::complete(people), epsilon,
                           drawn_opinions(people, 0, 1, 0, {.seed = 1, .replicate = run}));
    bool moving = true;
    for (int sweep = 0; sweep < 20000 && moving; ++sweep) moving = model.sweep();
    EXPECT_FALSE(moving);
    agreed += model.consensus() ? 1 : 0;
  }
  return agreed / runs;
}

TEST(KnownResults, HegselmannKrauseAgreesFromAFifthOn) {
  EXPECT_LE(consensus_share(0.19), 0.15);
  const double at_fifth = consensus_share(0.20);
  EXPECT_GE(at_fifth, 0.25);
  EXPECT_LE(at_fifth, 0.75);
  EXPECT_GE(consensus_share(0.21), 0.85);
  EXPECT_GE(consensus_share(0.22), 0.98);
}

}  // namespace detente::confidence_slow_test
