// remstats: its help pages, for events with a direction.
#include <algorithm>
#include <cmath>

#include "elsewhere_standardized.hpp"

namespace detente::elsewhere {
namespace {

using P = const Past&;
using A = std::size_t;

Count counts(P past) {
  return [&past](A i, A j) { return past.count(i, j); };
}
double out_degree(P past, A i) { return sent(past, i, counts(past)); }
double in_degree(P past, A i) { return received(past, i, counts(past)); }
double total_degree(P past, A i) { return out_degree(past, i) + in_degree(past, i); }

// The fraction of all past events, or of twice as many; equal parts before the first.
double part(P past, double degree, double actors = 1, double times = 1) {
  return past.acts() > 0 ? degree / (times * past.acts()) : actors / static_cast<double>(past.n());
}
double fraction(P past, double count, double degree) {
  return degree > 0 ? count / degree : 1 / static_cast<double>(past.n() - 1);
}

double inertia(P past, A i, A j) { return past.count(i, j); }
double reciprocity(P past, A i, A j) { return past.count(j, i); }
double indegree_sender(P past, A i, A) { return in_degree(past, i); }
double indegree_receiver(P past, A, A j) { return in_degree(past, j); }
double outdegree_sender(P past, A i, A) { return out_degree(past, i); }
double outdegree_receiver(P past, A, A j) { return out_degree(past, j); }
double totaldegree_sender(P past, A i, A) { return total_degree(past, i); }
double totaldegree_receiver(P past, A, A j) { return total_degree(past, j); }
double totaldegree_dyad(P past, A i, A j) { return total_degree(past, i) + total_degree(past, j); }
double send(P past, A i, A) { return past.size(i); }

template <double (*combine)(double, double)>
constexpr Definition otp = triads<Shape::transitive, inertia, inertia, combine>;
template <double (*combine)(double, double)>
constexpr Definition itp = triads<Shape::cyclic, inertia, inertia, combine>;
template <double (*combine)(double, double)>
constexpr Definition osp = triads<Shape::to_third, inertia, inertia, combine>;
template <double (*combine)(double, double)>
constexpr Definition isp = triads<Shape::from_third, inertia, inertia, combine>;

double of_age(P past, A i, A j, double from, double to) {
  return past.sum(i, j, [&](const Act& act) {
    const double age = past.now - act.time;
    return from <= age && age < to ? 1.0 : 0.0;
  });
}

Definitions degrees() {
  return {
      {"indegreeSender()", indegree_sender},
      {R"(indegreeSender(scaling = "prop"))", [](P past, A i, A) { return part(past, in_degree(past, i)); }},
      {R"(indegreeSender(scaling = "std"))", standardized<indegree_sender>},
      {"indegreeReceiver()", indegree_receiver},
      {R"(indegreeReceiver(scaling = "prop"))", [](P past, A, A j) { return part(past, in_degree(past, j)); }},
      {R"(indegreeReceiver(scaling = "std"))", standardized<indegree_receiver>},
      {"outdegreeSender()", outdegree_sender},
      {R"(outdegreeSender(scaling = "prop"))", [](P past, A i, A) { return part(past, out_degree(past, i)); }},
      {R"(outdegreeSender(scaling = "std"))", standardized<outdegree_sender>},
      {"outdegreeReceiver()", outdegree_receiver},
      {R"(outdegreeReceiver(scaling = "prop"))", [](P past, A, A j) { return part(past, out_degree(past, j)); }},
      {R"(outdegreeReceiver(scaling = "std"))", standardized<outdegree_receiver>},
      {"totaldegreeSender()", totaldegree_sender},
      {R"(totaldegreeSender(scaling = "prop"))",
       [](P past, A i, A) { return part(past, total_degree(past, i), 1, 2); }},
      {R"(totaldegreeSender(scaling = "std"))", standardized<totaldegree_sender>},
      {"totaldegreeReceiver()", totaldegree_receiver},
      {R"(totaldegreeReceiver(scaling = "prop"))",
       [](P past, A, A j) { return part(past, total_degree(past, j), 1, 2); }},
      {R"(totaldegreeReceiver(scaling = "std"))", standardized<totaldegree_receiver>},
      {"totaldegreeDyad()", totaldegree_dyad},
      {R"(totaldegreeDyad(scaling = "prop"))",
       [](P past, A i, A j) { return part(past, totaldegree_dyad(past, i, j), 2, 2); }},
      {R"(totaldegreeDyad(scaling = "std"))", standardized<totaldegree_dyad>},
  };
}

Definitions two_paths() {
  return {
      {"otp()", otp<smaller>},
      {"otp(unique = TRUE)", otp<both>},
      {R"(otp(scaling = "std"))", standardized<otp<smaller>>},
      {"itp()", itp<smaller>},
      {"itp(unique = TRUE)", itp<both>},
      {R"(itp(scaling = "std"))", standardized<itp<smaller>>},
      {"osp()", osp<smaller>},
      {"osp(unique = TRUE)", osp<both>},
      {R"(osp(scaling = "std"))", standardized<osp<smaller>>},
      {"isp()", isp<smaller>},
      {"isp(unique = TRUE)", isp<both>},
      {R"(isp(scaling = "std"))", standardized<isp<smaller>>},
  };
}

Definitions turns() {
  return {
      {"psABBA()", shift<Turn::ab_ba>},
      {"psABBY()", shift<Turn::ab_by>},
      {"psABXA()", shift<Turn::ab_xa>},
      {"psABXB()", shift<Turn::ab_xb>},
      {"psABXY()", shift<Turn::ab_xy>},
      {"psABAY()", shift<Turn::ab_ay>},
      {"psABAB()", shift<Turn::ab_ab>},
      {"psABA()", [](P past, A i, A) { return past.last() != nullptr && i == past.last()->from ? 1.0 : 0.0; }},
      {"psABB()", [](P past, A i, A) { return past.last() != nullptr && i == past.last()->to ? 1.0 : 0.0; }},
      {"psABX()",
       [](P past, A i, A) {
         return past.last() != nullptr && i != past.last()->from && i != past.last()->to ? 1.0 : 0.0;
       }},
      {"rrankSend()", rank_of_sent},
      {"rrankReceive()", rank_of_received},
      {"recencySendSender()",
       [](P past, A i, A) { return past.recency([&](const Act& act) { return act.from == i; }); }},
      {"recencySendReceiver()",
       [](P past, A, A j) { return past.recency([&](const Act& act) { return act.from == j; }); }},
      {"recencyReceiveSender()",
       [](P past, A i, A) { return past.recency([&](const Act& act) { return act.to == i; }); }},
      {"recencyReceiveReceiver()",
       [](P past, A, A j) { return past.recency([&](const Act& act) { return act.to == j; }); }},
      {"recencyContinue()",
       [](P past, A i, A j) { return past.recency([&](const Act& act) { return act.from == i && act.to == j; }); }},
  };
}

}  // namespace

Definitions remstats() {
  Definitions all{
      {R"(send("x"))", send},
      {R"(receive("x"))", [](P past, A, A j) { return past.size(j); }},
      {R"(send("x", scaling = "std"))", standardized<send>},
      {"tie(x)", [](P past, A i, A j) { return past.world.closeness[i][j]; }},
      {R"(same("x"))", [](P past, A i, A j) { return past.world.red[i] == past.world.red[j] ? 1.0 : 0.0; }},
      {R"(difference("x"))", [](P past, A i, A j) { return std::abs(past.size(i) - past.size(j)); }},
      {R"(difference("x", absolute = FALSE))", [](P past, A i, A j) { return past.size(i) - past.size(j); }},
      {R"(average("x"))", [](P past, A i, A j) { return (past.size(i) + past.size(j)) / 2; }},
      {R"(minimum("x"))", [](P past, A i, A j) { return std::min(past.size(i), past.size(j)); }},
      {R"(maximum("x"))", [](P past, A i, A j) { return std::max(past.size(i), past.size(j)); }},
      {"inertia()", inertia},
      {R"(inertia(scaling = "prop"))",
       [](P past, A i, A j) { return fraction(past, past.count(i, j), out_degree(past, i)); }},
      {R"(inertia(scaling = "std"))", standardized<inertia>},
      {"inertia(), events with a weight", [](P past, A i, A j) { return past.weight(i, j); }},
      {"reciprocity()", reciprocity},
      {R"(reciprocity(scaling = "prop"))",
       [](P past, A i, A j) { return fraction(past, past.count(j, i), in_degree(past, i)); }},
      {R"(reciprocity(scaling = "std"))", standardized<reciprocity>},
      {"inertia():reciprocity()", [](P past, A i, A j) { return past.count(i, j) * past.count(j, i); }},
      {R"(inertia(consider_type = "separate"))", [](P past, A i, A j) { return past.count(i, j, trade); }},
      {R"(inertia(), memory = "window", 10)", [](P past, A i, A j) { return of_age(past, i, j, 0, 10); }},
      {R"(inertia(), memory = "interval", 5 and 10)", [](P past, A i, A j) { return of_age(past, i, j, 5, 10); }},
  };
  all.merge(degrees());
  all.merge(two_paths());
  all.merge(turns());
  return all;
}

}  // namespace detente::elsewhere
