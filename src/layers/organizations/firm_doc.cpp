#include "layers/organizations/firm.hpp"

namespace detente {
namespace {

using enum SettingKind;

constexpr SettingDoc settings[] = {
    {"organization", word, "", "", "the organization, an actor"},
    {"leader", word, "", "", "its leader, an actor"},
    {"board", word, "", "", "its board, if that is an actor of its own"},
    {"staff", whole, "500", "people", "seats", 1, 1e6},
    {"ability", number, "", "sd", "of the leader; not given: drawn from the board's prior", -10, 10},
    {"prior_mean", number, "0", "sd", "what the board expects of a leader", -10, 10},
    {"prior_precision", number, "1", "1/sd^2", "of the board's prior", 1e-6, 1e6},
    {"signal_every", duration, "91d", "", "time between signals of ability"},
    {"signal_noise", number, "2", "sd", "of one signal", 1e-6, 1e6},
    {"dismissal_threshold", number, "-0.7", "sd", "dismissal when the belief's mean is under it", -100, 100, "", true},
    {"performance_weight", number, "1", "sd per unit", "performance in a signal", 0, 100},
    {"event_gain", number, "2", "sd", "of the next signal by an event of warmth 10", 0, 100},
    {"distraction_gain", number, "0.3", "pressure", "by an event of warmth -10 of the leader with others", 0, 10},
    {"distraction_half_life", duration, "30d", "", "of distraction"},
    {"reversal_share", number, "0.7", "share", "of staff in revolt that takes the leader back", 0, 1},
    {"reversal_window", duration, "5d", "", "until an interim leader is settled"},
    {"attachment", number, "0.5", "affect", "mean of staff towards the leader", -1, 1},
    {"attachment_deviation", number, "0.3", "affect", "between people", 0, 2},
    {"attachment_doubt", number, "0.15", "affect", "standard error of the mean, drawn once a run", 0, 2},
    {"revolt_threshold", number, "0.6", "share", "mean threshold of people without affect", -10, 10},
    {"revolt_deviation", number, "0.1", "share", "of thresholds between people of equal affect", 0, 10},
    {"loyalty", number, "0.6", "share per affect", "how far affect lowers a threshold", 0, 10},
    {"contagion", number, "1", "days", "mean time until one whose threshold is reached joins; 0: the same day", 0,
     1000},
    {"ego", number, "0", "", "the leader's style: ego", -1, 1},
    {"eco", number, "0", "", "the leader's style: eco", -1, 1},
    {"intuitive", number, "0", "", "the leader's style: intuitive", -1, 1},
    {"ego_weight", number, "-0.3", "", "of ego in morale", -10, 10},
    {"eco_weight", number, "0.6", "", "of eco in morale", -10, 10},
    {"intuitive_weight", number, "0.2", "", "of intuitive in morale", -10, 10},
    {"pressure", number, "0.2", "", "on the staff", 0, 1, "", true},
    {"pressure_weight", number, "0.6", "", "of pressure in morale", 0, 10},
    {"morale_time", duration, "60d", "", "in which morale follows, to 1/e"},
    {"culture", number, "0", "", "of staff: -1 caring to 1 driven", -1, 1},
    {"culture_deviation", number, "0.3", "", "between people", 0, 2},
    {"exit_rate", number, "0.12", "per year", "of people without misfit", 0, 100},
    {"misfit_weight", number, "2", "", "log of the exit rate by a misfit of 1", 0, 20},
    {"socialization", number, "0.5", "per year", "of culture towards what is asked", 0, 100},
    {"hiring", number, "60", "days", "mean time until a seat is filled; 0: the next day", 0, 10000},
    {"dimensions", whole, "30", "dimensions", "of what there is to know", 1, 1000},
    {"p1", number, "0.1", "per period", "people learn from the organization", 0, 1},
    {"p2", number, "0.5", "per period", "the organization learns from people", 0, 1},
    {"learning_period", duration, "30d", "", "a period of learning"},
    {"mission", number, "0", "share", "distance of practice from the charter at the start", 0, 1},
    {"drift", number, "0.5", "per year", "away from the charter, all money commercial", 0, 100},
    {"commercial_share", number, "0.3", "share", "of money that is commercial", 0, 1, "", true},
    {"governance", number, "0.3", "per year", "back to the charter", 0, 100, "", true},
};

constexpr ReadOutDoc read_outs[] = {
    {"board_confidence", "probability", "the board's belief that ability is above what it expects of a leader"},
    {"morale", "-1 to 1", "mean of the staff"},
    {"staff", "people", "present"},
    {"exits", "people", "who left so far"},
    {"knowledge", "share", "mean share of reality that people have right"},
    {"performance", "share", "knowledge (1 + morale)/2 present/staff"},
    {"mission_distance", "share", "of practice from the charter"},
    {"revolt_share", "share", "of staff, the most so far"},
    {"dismissed", "0 or 1", "whether the leader was dismissed so far"},
    {"returned", "0 or 1", "whether the leader was taken back so far"},
    {"dismissed_day", "days", "of the first dismissal; not a number before"},
    {"returned_day", "days", "of the first return; not a number before"},
    {"leader_in_office", "0 or 1", "whether the leader is in office"},
};

}  // namespace

const LayerDoc FirmOrganization::doc{
    .layer = "organizations",
    .model = "firm",
    .summary = "A board learns about its leader and may dismiss; staff may leave, or revolt and bring the leader back.",
    .equation =
        "mean' = (precision mean + h y)/(precision + h); dismissal when mean < threshold; r(t+1) = F(r(t)) in revolt",
    .source = "Hermalin & Weisbach (1998); Taylor (2010); Granovetter (1978); Harrison & Carroll (1991); March (1991)",
    .time = "a day is a day; the organization lives in whole days",
    .hypothesis =
        "The parts are published, their combination is ours: thresholds that fall with affect, morale from style "
        "and pressure, the form of the exit rate, performance as a product, events in the board's signal, the "
        "prior held again after a return, the mission's equation, and all default values.",
    .settings = settings,
    .read_outs = read_outs};

}  // namespace detente
