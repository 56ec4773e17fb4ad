#include "forecast/sentence.hpp"

#include <gtest/gtest.h>

#include "effects/catalogue.hpp"
#include "forecast/phrase.hpp"

namespace detente::sentence_test {

// Anna and Ben, allied, with one insult between them.
Forecast small_forecast() {
  Forecast forecast;
  Record& record = forecast.known;
  record.types = {{"insult", "Insult", QuadClass::verbal_conflict, -3}};
  record.actors = {{.id = "anna", .name = "Anna", .kind = "", .note = ""},
                   {.id = "ben", .name = "Ben", .kind = "", .note = ""}};
  record.events.push_back({static_cast<Time>(days_from_civil(2025, 3, 4)), 0, 1, -3, 0, Precision::day, 0, 2});
  record.ties.push_back({.id = "t1",
                         .a = 0,
                         .b = 1,
                         .kind = "alliance",
                         .start = static_cast<Time>(days_from_civil(2024, 1, 1)),
                         .ending = "",
                         .how_it_ended = "",
                         .reference = ""});
  forecast.ends = static_cast<Time>(days_from_civil(2025, 9, 27));
  AllianceForecast one;
  one.tie = 0;
  one.probability = 0.24;
  one.low = 0.12;
  one.high = 0.4;
  one.baseline_constant = 0.18;
  one.events_behind = 1;
  forecast.alliances = {one};
  return forecast;
}

Reason reason(const std::string& effect, double ratio, double low, double high, double value, double reference) {
  return {.effect = effect,
          .hazard_ratio = ratio,
          .low = low,
          .high = high,
          .value = value,
          .reference = reference,
          .events = {}};
}

TEST(sentence, tells_the_chance_and_what_goes_most_with_it) {
  Forecast f = small_forecast();
  AllianceForecast& one = f.alliances.front();
  one.reasons = {reason("log1p(inertia(grievance))", 2, 1.2, 3.5, 1.5, 0.2),
                 reason("age >= 365.25d", 0.8, 0.5, 1.3, 1, 0.6)};
  one.reasons[0].events = {0};
  one.hazard_ratio = 1.6;
  EXPECT_EQ(
      sentence_of(one, f),
      "Anna – Ben: the chance of a rupture by 2025-09-27 is 24 % (80 % interval 12 % to 40 %), beside 18 % at one "
      "constant rate for all ties. A higher hazard goes with recorded grievance between the two, more than in the "
      "average tie in force (×2.00, interval 1.20 to 3.50; of the recorded events that weigh most the latest is Anna "
      "to "
      "Ben, Insult, 2025-03-04). A lower one goes with a tie of one year or more (×0.80, interval 0.50 to 1.30, which "
      "includes no effect). At the point estimate all factors together make 1.60 times the hazard of the average tie "
      "in "
      "force. 1 recorded event between the two is known.");
}

TEST(sentence, says_when_nothing_stands_out_or_there_is_nothing_to_say) {
  Forecast f = small_forecast();
  const std::string nothing = "Nothing in the model sets it apart from the average tie in force.";
  EXPECT_NE(sentence_of(f.alliances.front(), f).find(nothing), std::string::npos);
  f.alliances.front().reasons = {reason("contact(disputes)", 1.04, 0.9, 1.2, 1, 0.9)};
  EXPECT_NE(sentence_of(f.alliances.front(), f).find(nothing), std::string::npos);
}

TEST(sentence, of_a_chance_and_ratio_on_different_sides_says_why) {
  Forecast f = small_forecast();
  f.alliances.front().reasons = {reason("contact(disputes)", 0.9, 0.2, 4, 1, 0.9)};
  f.alliances.front().hazard_ratio = 0.9;
  EXPECT_NE(sentence_of(f.alliances.front(), f).find("averages over what the coefficients may be"), std::string::npos);
}

TEST(sentence, of_a_start_compares_with_pairs_at_risk) {
  Forecast f = small_forecast();
  f.start_hazards.push_back({.name = "formation"});
  StartForecast one;
  one.probability = 0.02;
  one.low = 0.01;
  one.high = 0.03;
  one.baseline_constant = 0.03;
  one.pair = {0, 1};
  EXPECT_EQ(
      sentence_of(one, f),
      "Anna – Ben: the chance that a tie starts (formation) by 2025-09-27 is 2 % (80 % interval 1 % to 3 %), beside 3 "
      "% at "
      "one constant rate for all pairs at risk. Nothing in the model sets it apart from the average pair at risk. 0 "
      "recorded events between the two are known.");
}

TEST(sentence, of_a_term_that_counts_downwards_says_more_where_there_is_more) {
  Forecast f = small_forecast();
  f.alliances.front().reasons = {reason("of_tie(asymm, missing=0) / -0.44", 0.7, 0.5, 0.9, -2.3, -0.5)};
  EXPECT_NE(sentence_of(f.alliances.front(), f).find("the tie's number 'asymm', more than in the average tie"),
            std::string::npos);
}

TEST(sentence, of_a_change_tells_the_factor_that_moved_most_and_its_events) {
  const Forecast f = small_forecast();
  Change change{.since = static_cast<Time>(days_from_civil(2025, 3, 1)), .ratio = 1.5, .factors = {}};
  change.factors = {{.effect = "log1p(inertia(grievance))",
                     .ratio = 1.75,
                     .value_then = 0.3,
                     .value_now = 1.5,
                     .events = {0},
                     .events_since = 1},
                    {.effect = "threat_gone", .ratio = 0.857, .value_then = 2, .value_now = 1, .events = {}}};
  EXPECT_EQ(
      sentence_of(change, f),
      "Since 2025-03-01 the hazard of a rupture has risen to 1.50 times what it was, both read with the coefficients "
      "fitted now. Higher with recorded grievance between the two, now more (×1.75; 1 recorded event of it since, the "
      "latest of the weightiest Anna to Ben, Insult, 2025-03-04). Lower with threat gone, now less (×0.86; no recorded "
      "event of it since).");
  change.ratio = 1;
  change.factors.clear();
  EXPECT_EQ(sentence_of(change, f),
            "Since 2025-03-01 the hazard of a rupture has hardly changed (1.00 times what it was), both read with the "
            "coefficients fitted now. No factor of it has moved by more than 2 %.");
}

TEST(phrase, every_effect_of_the_catalogue_has_words) {
  for (const CatalogueEntry& entry : catalogue()) EXPECT_FALSE(entry.doc->words.empty()) << entry.doc->name;
}

TEST(phrase, every_example_of_the_catalogue_can_be_said) {
  for (const CatalogueEntry& entry : catalogue()) {
    const std::string words = in_words(entry.doc->example, 1, true).words;
    EXPECT_FALSE(words.empty());
    EXPECT_EQ(words.find_first_of("_{}="), std::string::npos) << entry.doc->name << ": " << words;
  }
}

TEST(phrase, follows_the_formula) {
  EXPECT_EQ(in_words("send(camp=blue)", 1, true).words, "blue of the two");
  EXPECT_EQ(in_words("power_shift / 0.3", 1, true).words, "power shift");
  EXPECT_EQ(in_words("shift(AB-BA, grievance)", 1, false).words,
            "whose turn it is after the latest recorded grievance");
  EXPECT_EQ(in_words("shift(trace=grievance, form=AB-BA)", 1, false).words,
            "whose turn it is after the latest recorded grievance");
  EXPECT_EQ(in_words("inertia(unique)", 1, false).words, "recorded acts between the two");
  EXPECT_EQ(in_words("of_pair(trade, both, missing=0)", 1, false).words, "'trade' between the two");
  EXPECT_EQ(
      in_words("sqrt(attention_share(spotlight, of=sender)):sqrt(attention_share(spotlight, of=receiver))", 1, true)
          .words,
      "the share of both in all that is done to anybody (spotlight)");
  EXPECT_EQ(in_words("sum(log1p(contact(disputes2, once)) + larger(cinc))", 1, true).words,
            "recorded disputes2 between the two and the larger cinc of the two");
  EXPECT_EQ(in_words("age >= 30d", 0, false).words, "a time at risk of less than 30 days");
}

}  // namespace detente::sentence_test
