// What the race of labs (race.hpp) can be told and what it shows.
#pragma once

#include "layers/layer.hpp"

namespace detente {

inline constexpr SettingDoc race_settings[] = {
    {"labs", SettingKind::words, "", "", "actors that race, two or more"},
    {"leaders", SettingKind::words, "", "", "their leaders in the same order, whose feelings make the enmity"},
    {"capability", SettingKind::numbers, "1", "share of a lab's at the start", "C, one for all or one for each lab",
     1e-9, 1e9},
    {"openness", SettingKind::numbers, "0.3", "", "o, one for all or one for each; a change is of all", 0, 1, "", true},
    {"safety", SettingKind::numbers, "", "", "s at the start; the equilibrium unless given", 0, 1},
    {"charter", SettingKind::numbers, "", "", "the openness a lab was founded to have", 0, 1},
    {"growth", SettingKind::number, "0.5", "per year", "g: of capability, at the means of the start and no safety", 0,
     100},
    {"safety_drag", SettingKind::number, "0.5", "", "d: growth that full safety takes", 0, 1},
    {"spread", SettingKind::number, "1", "per year", "k: of the gap that laggards close behind a fully open leader", 0,
     100},
    {"mu", SettingKind::number, "1", "safety", "how much capability can differ in the race to the precipice", 1e-6,
     1e6},
    {"information", SettingKind::word, "private", "", "what labs know: no capability, their own, or all", 0, 0,
     "none|private|public"},
    {"enmity", SettingKind::number, "", "", "e, held fixed; unless given it comes from the leaders' feelings", 0, 1},
    {"safety_time", SettingKind::duration, "180d", "", "tau: in which safety comes nearer to its equilibrium e-fold"},
    {"safety_floor", SettingKind::number, "0", "", "least safety by rule, at the start", 0, 1},
    {"misuse_rate", SettingKind::number, "0.1", "per year", "of an open lab a unit of capability above the threshold",
     0, 1e6},
    {"misuse_threshold", SettingKind::number, "1", "capability", "below which there is nothing to misuse", 0, 1e9},
    {"oversight", SettingKind::number, "0.2", "share", "of misuse that is stopped", 0, 1, "", true},
    {"money_flow", SettingKind::number, "0", "per year", "m: growth of every lab's resources", -10, 10, "", true},
    {"event_gain", SettingKind::number, "0.1", "log resources", "what an event of warmth +10 adds", 0, 10},
    {"regulation", SettingKind::number, "0.2", "acts a year", "of the regulator while there is no misuse", 0, 365, "",
     true},
    {"board", SettingKind::number, "0.1", "acts a year", "of the leading lab's board while there is no lead", 0, 365},
    {"court", SettingKind::number, "0.1", "acts a year", "of a court while there is no misuse", 0, 365},
    {"alarm", SettingKind::number, "4", "", "a: acts added, in shares of those rates, by full misuse or a full lead", 0,
     100},
    {"act_share", SettingKind::number, "0.2", "share", "of the way to 1 a floor goes, or of openness lost, by an act",
     0, 1},
    {"group_sizes", SettingKind::numbers, "[0.2, 0.8]", "people", "of the groups of users", 0, 1e12},
    {"group_innovation", SettingKind::numbers, "[0.06, 0.01]", "per year", "p of each group", 1e-9, 10},
    {"group_imitation", SettingKind::numbers, "0.38", "per year", "q of each group", 0, 100},
    {"closed_access", SettingKind::number, "0.2", "share", "of the speed of diffusion that closed labs leave", 0, 1},
};

inline constexpr ReadOutDoc race_read_outs[] = {
    {"progress", "", "mean capability"},
    {"progress_max", "", "capability of the most capable lab"},
    {"enmity", "", "common enmity of the labs' leaders: 0 friends, 1 foes"},
    {"safety_equilibrium", "", "expected safety of the winner in the race to the precipice"},
    {"safety", "", "mean safety of the labs as it is; and of each (safety:LAB)"},
    {"risk_to_start", "share of the start",
     "1 - safety of the most capable lab, against the start; a comparative static"},
    {"marginal_misuse", "", "misuse so far that openness made possible"},
    {"access", "share", "people who have access"},
    {"access_gini", "", "inequality of access between groups of users"},
    {"regulator_acts", "acts", "so far"},
    {"board_acts", "acts", "so far"},
    {"court_acts", "acts", "so far"},
    {"capability", "", "of each lab"},
    {"lead", "", "of each lab: its capability against the best of the others"},
    {"resources", "share of the start", "of each lab"},
    {"openness", "", "of each lab"},
    {"mission_distance", "", "of each lab with a charter: openness it falls short by"},
};

}  // namespace detente
