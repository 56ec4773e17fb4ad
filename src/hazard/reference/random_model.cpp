#include "hazard/reference/random_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "base/random.hpp"

namespace detente::reference {
namespace {

constexpr auto factoring = std::to_array<std::string_view>({
    "inertia(goodwill)",
    "reciprocity(grievance)",
    "recency",
    "recency(grievance, way=back)",
    "unanswered_slights(grievance)",
    "ledger(goodwill)",
    "tie(alliance)",
    "tie_age",
    "in_degree(of=receiver)",
    "out_degree(spotlight)",
    "total_degree(goodwill, of=receiver)",
    "attention_share(spotlight, of=receiver)",
    "attention_share(goodwill)",
    "activity_share(grievance)",
    "otp(goodwill)",
    "otp(unique)",
    "otp(goodwill, grievance, combine=sum)",
    "itp(goodwill, combine=product)",
    "itp(all, grievance)",
    "osp(all, combine=sum)",
    "osp(spotlight, combine=product)",
    "isp(grievance)",
    "isp(all, combine=product)",
    "sp(unique)",
    "sp(goodwill, all, combine=sum)",
    "shared_ally(goodwill)",
    "shared_enemy(spotlight)",
    "friend_of_enemy(goodwill, grievance)",
    "send(size)",
    "receive(camp=blue)",
    "log1p(inertia(all))",
    "sqrt(ledger(goodwill))",
    "log1p(in_degree(all, of=receiver))",
    "tie(alliance):send(size)",
    "inertia(grievance):in_degree(of=receiver)",
    "otp(unique):out_degree",
    "reciprocity:attention_share(all)",
    "inertia(goodwill):ally_conflict(grievance, alliance)",
    "inertia:earlier_ruptures(alliance)",
    "reciprocity(goodwill):rupture_rate(alliance, within=9)",
    "inertia(grievance):new_ties(alliance, within=5)",
    "earlier_ruptures(alliance):tie_age",
    "tie_degree(alliance)",
    "tie_degree(of=receiver)",
    "tie(alliance):tie_degree(alliance, of=smaller)",
    "inertia(goodwill):shared_ties(alliance)",
    "sent_share(goodwill)",
    "received_share(spotlight)",
    "total_share(goodwill)",
    "total_share(spotlight)",
    "inertia(goodwill):log1p(degree_max(grievance))",
    "reciprocity:log1p(degree_min)",
    "inertia(grievance):four_cycle(combine=unique)",
    "activity_share(grievance, even, of=receiver)",
    "neighbours_mean(goodwill, size)",
    "inertia:neighbours_difference(grievance, size)",
    "neighbours_mean(spotlight, size, way=out, of=receiver, weighted)",
    "node_transitivity(goodwill)",
    "node_transitivity(spotlight, of=receiver)",
    "inertia:partner_similarity(grievance, way=in)",
    "reciprocity(goodwill):degree_min(scale=even)",
    "shift(AB-BA)",
    "shift(AB-AB, goodwill)",
    "shift(AB-X, grievance)",
    "shift(AB-BY)",
    "shift(AB-XA, grievance)",
    "shift(AB-XB)",
    "shift(AB-AY, goodwill)",
    "inertia:shift(AB-BY)",
    "reciprocity:shift(AB-A)",
    "reciprocity(goodwill):shift(A0-XA, group=company)",
    "recency_rank(grievance)",
    "recency_rank(way=back)",
    "last_act(goodwill, as=receiver)",
    "last_act(of=receiver)",
    "inertia(goodwill):of_pair(distance)",
    "of_pair(trade, missing=0)",
    "log1p(of_pair(trade, both, missing=0))",
    "of_pair(trade, missing=0):out_degree(spotlight)",
    "series(rate)",
    "inertia:series(price, missing=0.5)",
    "time(unit=30)",
    "reciprocity:time(unit=20)",
    "inertia(goodwill):degree_max(grievance)",
    "reciprocity:degree_min",
    "inertia(unique)",
    "reciprocity(spotlight, unique)",
    "inertia(grievance, unique):out_degree(of=receiver, unique)",
    "in_degree(spotlight, of=receiver, unique)",
    "inertia(echo)",
    "recency(echo)",
    "in_degree(echo, of=receiver)",
    "attention_share(echo, of=receiver)",
    "sent_share(echo)",
    "total_share(echo)",
    "otp(echo)",
    "isp(goodwill, echo, combine=product)",
    "sp(echo, unique)",
    "inertia(echo):in_degree(of=receiver)",
});
constexpr auto not_factoring = std::to_array<std::string_view>({
    "same(camp)",
    "abs_difference(size)",
    "send(size):receive(size)",
    "out_degree:in_degree(of=receiver)",
    "sent_share(even)",
    "received_share(grievance, even)",
    "four_cycle(goodwill)",
    "four_cycle(combine=unique)",
    "degree_min(goodwill)",
    "degree_difference(spotlight, of_degree=out)",
    "degree_max(goodwill, scale=share)",
    "partner_similarity(goodwill, measure=cosine)",
    "pair_degree(grievance)",
    "tie_degree(alliance, of=both)",
    "shared_ties(alliance)",
    "difference(size)",
    "mean(size)",
    "smaller(size, log=1)",
    "product(size)",
    "distance(view)",
    "alignment(view)",
    "neighbours_difference(goodwill, size)",
    "shift(AB-XY)",
    "shift(AB-AY, goodwill, group=leader)",
    "shift(AB-B0, group=company)",
    "of_pair(distance)",
    "of_pair(trade, both, missing=0.5)",
    "of_pair(distance):send(size)",
});

constexpr auto of_sender = std::to_array<std::string_view>({
    "out_degree(spotlight)",
    "attention_share(goodwill)",
    "activity_share(grievance)",
    "send(size)",
    "log1p(in_degree(all))",
    "send(size):out_degree",
    "tie_degree(alliance)",
    "node_transitivity(goodwill)",
    "total_degree(goodwill)",
    "neighbours_mean(goodwill, size)",
    "shift(AB-B)",
    "shift(AB-X, grievance)",
    "last_act(grievance)",
    "last_act(goodwill, as=receiver)",
    "series(rate)",
    "time(unit=30)",
    "out_degree(echo)",
    "out_degree(goodwill, unique)",
});

constexpr double reach = 0.2;  // of coefficients

double draw(std::uint64_t seed, std::uint32_t entity, std::uint32_t step) {
  return uniform({seed, 0, Purpose::generate, entity, step});
}

template <class List>
std::string_view pick(const List& list, double share) {
  return list[std::min(list.size() - 1, static_cast<std::size_t>(share * static_cast<double>(list.size())))];
}

std::string make_formula(const RandomModel& options) {
  std::vector<std::string_view> terms;
  for (std::uint32_t step = 0; terms.size() < options.terms; ++step) {
    const bool blocked = !options.factors && terms.empty();
    const double share = draw(options.seed, 1, step);
    const std::string_view term = options.kind == HazardKind::rate ? pick(of_sender, share)
                                  : blocked                        ? pick(not_factoring, share)
                                                                   : pick(factoring, share);
    const bool same_for_all = std::find(of_sender.begin(), of_sender.end(), term) != of_sender.end();
    if (options.kind == HazardKind::choice && same_for_all) continue;
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
  }
  std::string text;
  for (std::size_t k = 0; k < terms.size(); ++k) {
    const bool separate = options.marks > 0 && draw(options.seed, 5, static_cast<std::uint32_t>(k)) < 0.5;
    if (k > 0) text += " + ";
    text += separate ? fmt::format("by_mark({})", terms[k]) : std::string(terms[k]);
  }
  return text;
}

std::vector<MarkText> make_marks(std::size_t count) {
  if (count == 2) return {{"warm", {"cooperation"}}, {"cold", {"conflict"}}};
  return {{"cold", {"conflict"}}, {"meet", {"meet"}}, {"help", {"help"}}};
}

}  // namespace

ModelSpec make_model(const RandomModel& options) {
  ModelSpec spec;
  if (options.tick >= 0) spec.tick = options.tick;  // else that of the record's clock
  spec.directed = options.directed;
  TraceText goodwill{.name = "goodwill", .events = {"cooperation"}, .fade = Fade::half_life, .span = 8};
  goodwill.weight = Weight::intensity;
  const TraceText grievance{.name = "grievance", .events = {"conflict"}, .fade = Fade::half_life, .span = 3};
  const TraceText spotlight{.name = "spotlight", .fade = Fade::window, .span = 6};
  const TraceText echo{.name = "echo", .fade = Fade::interval, .span = 6, .from = 2};
  spec.traces = {goodwill, grievance, spotlight, echo};
  HazardText hazard{.name = "random"};
  hazard.kind = options.kind;
  hazard.timing = options.timing;
  hazard.at_risk.rule = options.at_risk;
  hazard.simultaneous = options.simultaneous;
  if (options.marks > 0) hazard.marks = make_marks(options.marks);
  if (draw(options.seed, 2, 0) < 0.4) hazard.events = {"conflict", "help"};
  if (!is_of_events(options.kind) && draw(options.seed, 2, 1) < 0.5) hazard.age_cuts = {2, 9.5};
  if (options.kind == HazardKind::end && draw(options.seed, 2, 2) < 0.3) hazard.endings = {"rupture", "exit"};
  hazard.pairs = options.pairs;
  hazard.formula.text = make_formula(options);
  spec.hazards = {hazard};
  return spec;
}

ModelSpec make_model(const RandomModel& options, const Record& record) {
  ModelSpec spec = make_model(options);
  RiskSetText& at_risk = spec.hazards.front().at_risk;
  if (names_file(at_risk)) at_risk.dyads = make_dyads(options.seed, record);
  return spec;
}

std::vector<DyadText> make_dyads(std::uint64_t seed, const Record& record) {
  std::vector<DyadText> dyads;
  const Span span = time_span(record);
  const double length = std::max(2.0, span.last - span.first);
  const auto moment = [&](double share) {
    const double time = span.first + share * length;
    return format_time(record.clock == Clock::calendar ? std::floor(time) : time, record.clock);
  };
  std::uint32_t step = 0;
  const auto share = [&] { return draw(seed, 4, step++); };
  for (const Actor& sender : record.actors)
    for (const Actor& receiver : record.actors) {
      if (sender.id == receiver.id || share() < 0.4) continue;
      DyadText row{.sender = sender.id, .receiver = receiver.id};
      const double middle = 0.2 + 0.6 * share();
      if (share() < 0.5) row.from = moment(middle * share() - 0.1);
      if (share() < 0.6) row.until = moment(middle + 0.3 * share() + 1.1 / length);
      dyads.push_back(row);
      if (share() < 0.3) dyads.push_back({.sender = sender.id, .receiver = receiver.id, .from = moment(0.9)});
    }
  return dyads;
}

Eigen::VectorXd make_coefficients(std::uint64_t seed, std::size_t size) {
  Eigen::VectorXd theta(static_cast<Eigen::Index>(size));
  for (Eigen::Index p = 0; p < theta.size(); ++p)
    theta(p) = reach * (2 * draw(seed, 3, static_cast<std::uint32_t>(p)) - 1);
  return theta;
}

}  // namespace detente::reference
