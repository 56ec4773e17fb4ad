#include "hazard/time_nodes.hpp"

#include <algorithm>
#include <array>

namespace detente {
namespace {

struct RuleNode {
  double at;  // in [-1, 1]
  double weight;
  double coarse;
};

constexpr std::array<RuleNode, 7> kronrod{{{-0.9604912687080202, 0.1046562260264673, 0},
                                           {-0.7745966692414834, 0.2684880898683334, 5.0 / 9},
                                           {-0.4342437493468026, 0.4013974147759622, 0},
                                           {0, 0.4509165386584741, 8.0 / 9},
                                           {0.4342437493468026, 0.4013974147759622, 0},
                                           {0.7745966692414834, 0.2684880898683334, 5.0 / 9},
                                           {0.9604912687080202, 0.1046562260264673, 0}}};
constexpr std::array<RuleNode, 3> gauss{
    {{-0.7745966692414834, 5.0 / 9, 0}, {0, 8.0 / 9, 2}, {0.7745966692414834, 5.0 / 9, 0}}};

constexpr double first_panel = 0.5;        // of the scale
constexpr double short_panel = 1.0 / 512;  // of the scale

template <class Rule>
void append_panel(const Rule& rule, Time from, Time to, std::vector<TimeNode>& nodes) {
  const double half = (to - from) / 2;
  for (const RuleNode& node : rule)
    nodes.push_back({from + half * (1 + node.at), half * node.weight, half * node.coarse});
  nodes.back().ends_panel = true;
}

}  // namespace

void append_time_nodes(Time from, Time to, double scale, unsigned parts, std::vector<TimeNode>& nodes) {
  double width = first_panel * scale;
  for (Time begin = from; begin < to; width *= 2) {
    const Time end = to - begin <= 1.5 * width ? to : begin + width;
    const double step = (end - begin) / parts;
    for (unsigned part = 0; part < parts; ++part) {
      const Time a = begin + part * step;
      const Time b = part + 1 == parts ? end : begin + (part + 1) * step;
      if (b - a < short_panel * scale)
        append_panel(gauss, a, b, nodes);
      else
        append_panel(kronrod, a, b, nodes);
    }
    begin = end;
  }
}

}  // namespace detente
