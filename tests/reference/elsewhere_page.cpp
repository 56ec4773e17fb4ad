#include "elsewhere_page.hpp"

#include <fstream>

#include <fmt/format.h>

namespace detente::elsewhere {
namespace {

Page read_page() {
  Page page{.rows = effects_elsewhere(), .settings = {}};
  std::ifstream file(DETENTE_SOURCE_DIR "/docs/guide/effects_elsewhere.md");
  bool in_block = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("```", 0) == 0) {
      in_block = !in_block;
      if (in_block) page.settings.emplace_back();
    } else if (in_block) {
      page.settings.back() += fmt::format("{}\n", line);
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
        "totaldegreeDyad(", "recencyContinue(", "activeTie(", "activeDegreeMin(", "activeDegreeMax(",
        "activeDegreeDyad(", "activeSharedPartners("}},
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
