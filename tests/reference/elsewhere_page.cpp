#include "elsewhere_page.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace detente::elsewhere {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream rest(line.substr(1));
  for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(trimmed(cell));
  return cells;
}

Page read_page() {
  Page page;
  std::ifstream file(DETENTE_SOURCE_DIR "/docs/guide/effects_elsewhere.md");
  std::string section;
  bool in_block = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("```", 0) == 0) {
      in_block = !in_block;
      if (in_block) page.settings.emplace_back();
    } else if (in_block) {
      page.settings.back() += fmt::format("{}\n", line);
    } else if (line.rfind('#', 0) == 0) {
      section = line.substr(line.find_first_not_of("# "));
    } else if (line.rfind("| ", 0) == 0 && line.find("| our term |") == std::string::npos) {
      std::vector<std::string> cells = cells_of(line);
      cells.resize(std::max<std::size_t>(cells.size(), 3));
      std::erase(cells[0], '`');
      page.rows.push_back({section, cells[0], cells[1], cells[2]});
    }
  }
  return page;
}

}  // namespace

const Page& the_page() {
  static const Page page = read_page();
  return page;
}

const std::map<std::string, std::vector<std::string>>& effects_of_packages() {
  static const std::map<std::string, std::vector<std::string>> all{
      {"goldfish",
       {"indeg(",
        "outdeg(",
        "nodeTrans(",
        "ego(",
        "alter(",
        "tertius(",
        "tie(",
        "inertia(",
        "recip(",
        "same(",
        "diff(",
        "sim(",
        "trans(",
        "cycle(",
        "ego_alter_interaction(",
        "tertius_diff(",
        "common_sender(",
        "four(",
        "mixed_trans(",
        "common_receiver(",
        "mixed_cycle(",
        "DyNAM-i",
        "mixed_common_sender(",
        "mixed_common_receiver("}},
      {"remstats",
       {"baseline(",
        "send(",
        "receive(",
        "tie(",
        "same(",
        "difference(",
        "average(",
        "minimum(",
        "maximum(",
        "event(",
        "indegreeSender(",
        "indegreeReceiver(",
        "outdegreeSender(",
        "outdegreeReceiver(",
        "totaldegreeSender(",
        "totaldegreeReceiver(",
        "totaldegreeDyad(",
        "inertia(",
        "reciprocity(",
        "otp(",
        "itp(",
        "osp(",
        "isp(",
        "psABBA(",
        "psABBY(",
        "psABXA(",
        "psABXB(",
        "psABXY(",
        "psABAY(",
        "psABAB(",
        "psABA(",
        "psABB(",
        "psABX(",
        "rrankSend(",
        "rrankReceive(",
        "recencySendSender(",
        "recencySendReceiver(",
        "recencyReceiveSender(",
        "recencyReceiveReceiver(",
        "recencyContinue(",
        "FEtype(",
        "userStat(",
        "activeTie(",
        "activeReciprocalTie(",
        "activeOutdegreeSender(",
        "activeIndegreeReceiver(",
        "activeTotaldegreeSender(",
        "activeTotaldegreeReceiver(",
        "activeTotaldegreeDyad(",
        "activeSharedPartners_otp(",
        "activeSharedPartners_itp(",
        "activeSharedPartners_osp(",
        "activeSharedPartners_isp("}},
      {"remstats, undirected events",
       {"degreeMin(", "degreeMax(", "degreeDiff(", "sp(", "spUnique(", "ccp(", "psABAB(", "psABAY(", "inertia(",
        "totaldegreeDyad(", "recencyContinue(", "activeDegreeMin(", "activeDegreeMax(", "activeDegreeDyad(",
        "activeSharedPartners("}},
      {"relevent",
       {"NIDSnd",  "NIDRec",  "NODSnd",  "NODRec",  "NTDegSnd", "NTDegRec", "FrPSndSnd", "FrRecSnd", "RRecSnd",
        "RSndSnd", "CovSnd",  "CovRec",  "CovInt",  "CovEvent", "OTPSnd",   "ITPSnd",    "OSPSnd",   "ISPSnd",
        "FESnd",   "FERec",   "FEInt",   "PSAB-BA", "PSAB-B0",  "PSAB-BY",  "PSA0-X0",   "PSA0-XA",  "PSA0-XY",
        "PSAB-X0", "PSAB-XA", "PSAB-XB", "PSAB-XY", "PSA0-AY",  "PSAB-A0",  "PSAB-AY"}},
      {"eventnet",
       {"DYAD_STATISTIC", "NODE_STATISTIC", "NETWORK_STATISTIC", "DEGREE_STATISTIC", "TRIANGLE_STATISTIC",
        "FOUR_CYCLE_STATISTIC", "JACCARD_SIM_STATISTIC", "COSINE_SIM_STATISTIC", "*_NEIGHBOR_STAT", "ABSDIFF",
        "CATDIFF"}}};
  return all;
}

}  // namespace detente::elsewhere
