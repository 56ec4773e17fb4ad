#include "layers/organizations/firm.hpp"

#include <algorithm>
#include <cmath>

#include "base/memory_limit.hpp"

namespace detente {
namespace {

constexpr double days_per_year = 365.25;

ActorId actor(const Settings& given, const Cast& cast, std::string_view key) {
  try {
    return cast.find(given.word(key), given.place(key));
  } catch (const Error& error) { given.wrong(key, error.problem().what, "an actor", error.problem().hint); }
}

std::uint32_t first_seat(ActorId organization, std::size_t spacing) {
  return static_cast<std::uint32_t>(organization * spacing);
}

StaffOptions staff_of(const Settings& given, ActorId organization) {
  const double seats = given.number("staff");
  require_memory(seats * (32 + given.number("dimensions")), "the staff of an organization", {}, "fewer `staff`");
  return {.people = given.whole("staff"),
          .attachment = given.number("attachment"),
          .attachment_deviation = given.number("attachment_deviation"),
          .attachment_doubt = given.number("attachment_doubt"),
          .culture = given.number("culture"),
          .culture_deviation = given.number("culture_deviation"),
          .revolt_threshold = given.number("revolt_threshold"),
          .revolt_deviation = given.number("revolt_deviation"),
          .loyalty = given.number("loyalty"),
          .contagion = given.number("contagion"),
          .exit_rate = given.number("exit_rate"),
          .misfit_weight = given.number("misfit_weight"),
          .socialization = given.number("socialization"),
          .hiring = given.number("hiring"),
          .first_seat = first_seat(organization, given.whole("staff"))};
}

MarchOptions knowledge_of(const Settings& given, ActorId organization) {
  return {.dimensions = given.whole("dimensions"),
          .people = given.whole("staff"),
          .from_code = given.number("p1"),
          .by_code = given.number("p2"),
          .turnover = 0,  // seats empty and fill by exits instead
          .turbulence = 0,
          .first_seat = first_seat(organization, 2 * given.whole("staff") + 2)};
}

}  // namespace

FirmOrganization::Numbers FirmOrganization::numbers_of(const Settings& given) {
  const auto n = [&given](std::string_view key) { return given.number(key); };
  return {.prior_mean = n("prior_mean"),
          .prior_precision = n("prior_precision"),
          .signal_every = given.days("signal_every"),
          .signal_noise = n("signal_noise"),
          .dismissal_threshold = n("dismissal_threshold"),
          .performance_weight = n("performance_weight"),
          .event_gain = n("event_gain"),
          .distraction_gain = n("distraction_gain"),
          .distraction_half_life = given.days("distraction_half_life"),
          .reversal_share = n("reversal_share"),
          .reversal_window = given.days("reversal_window"),
          .ego = n("ego"),
          .eco = n("eco"),
          .intuitive = n("intuitive"),
          .ego_weight = n("ego_weight"),
          .eco_weight = n("eco_weight"),
          .intuitive_weight = n("intuitive_weight"),
          .pressure = n("pressure"),
          .pressure_weight = n("pressure_weight"),
          .morale_time = given.days("morale_time"),
          .learning_period = given.days("learning_period"),
          .drift = n("drift"),
          .commercial_share = n("commercial_share"),
          .governance = n("governance")};
}

FirmOrganization::FirmOrganization(const Settings& given, const Cast& cast, const LayerDraws& draws)
    : is_(numbers_of(given)),
      organization_(actor(given, cast, "organization")),
      leader_(actor(given, cast, "leader")),
      board_(given.given("board") ? actor(given, cast, "board") : no_id),
      seats_(given.whole("staff")),
      staff_(staff_of(given, organization_), draws),
      knowledge_(knowledge_of(given, organization_), draws),
      belief_{.mean = is_.prior_mean, .precision = is_.prior_precision},
      mission_(given.number("mission")),
      next_signal_(is_.signal_every),
      next_learning_(is_.learning_period) {
  if (leader_ == organization_) given.wrong("leader", "a leader cannot be the organization", "another actor");
  ability_ = given.given("ability")
                 ? given.number("ability")
                 : is_.prior_mean + noise(0, draws) / is_.signal_noise / std::sqrt(is_.prior_precision);
  morale_ = morale_goal();
  first_performance_ = performance();
}

double FirmOrganization::noise(std::uint32_t number, const LayerDraws& draws) const {
  return is_.signal_noise * normal(draws.key(Purpose::board_signal, organization_, number));
}

double FirmOrganization::morale_goal() const {
  const double here = office_ == Office::leader ? 1 : 0;
  return std::tanh(here * (is_.ego_weight * is_.ego + is_.eco_weight * is_.eco + is_.intuitive_weight * is_.intuitive) -
                   is_.pressure_weight * (is_.pressure + distraction_));
}

double FirmOrganization::asked() const {
  const double style = office_ == Office::leader ? (is_.ego - is_.eco) / 2 : 0;
  return std::clamp(style + is_.pressure + distraction_, -1.0, 1.0);
}

double FirmOrganization::performance() const {
  const double here = static_cast<double>(staff_.present()) / static_cast<double>(seats_);
  return knowledge_.knowledge() * (1 + morale_) / 2 * here;
}

void FirmOrganization::flow(const LayerStep& step, const Signals&) {
  mission_ = mission_after(mission_, is_.drift * is_.commercial_share, is_.governance, step.days / days_per_year);
  const double before = elapsed_;
  elapsed_ += step.days;
  while (day_ + 1 <= elapsed_ + 1e-9) {
    ++day_;
    live_a_day(step, step.from + (day_ - before));
  }
}

void FirmOrganization::live_a_day(const LayerStep& step, Time time) {
  distraction_ *= std::exp2(-1 / is_.distraction_half_life);
  const double goal = morale_goal();
  morale_ = goal + (morale_ - goal) * std::exp(-1 / is_.morale_time);
  move_staff(step.draws);
  for (; day_ >= next_learning_; next_learning_ += is_.learning_period) knowledge_.period(step.draws);
  if (office_ == Office::interim) face_revolt(step, time);
  hear_signals(step, time);
}

void FirmOrganization::move_staff(const LayerDraws& draws) {
  const StaffMoves moves = staff_.turn_over(asked(), day_, draws);
  for (const std::uint32_t seat : moves.left) knowledge_.vacate(seat);
  for (const std::uint32_t seat : moves.hired) knowledge_.recruit(seat, draws);
  exits_ += moves.left.size();
}

void FirmOrganization::hear_signals(const LayerStep& step, Time time) {
  for (; day_ >= next_signal_; next_signal_ += is_.signal_every) {
    ++signals_;
    if (office_ != Office::leader) continue;
    const double performed = is_.performance_weight * (performance() - first_performance_);
    belief_.learn(ability_ + performed + shock_ + noise(signals_, step.draws),
                  1 / (is_.signal_noise * is_.signal_noise));
    shock_ = 0;
    if (belief_.mean >= is_.dismissal_threshold) continue;
    office_ = Office::interim;
    interim_since_ = day_;
    if (std::isnan(dismissed_day_)) dismissed_day_ = day_;
    tell(step, time, "dismissal");
  }
}

void FirmOrganization::face_revolt(const LayerStep& step, Time time) {
  staff_.contagion(day_, step.draws);
  peak_revolt_ = std::max(peak_revolt_, staff_.revolt_share());
  if (staff_.revolt_share() >= is_.reversal_share) {
    office_ = Office::leader;
    belief_ = {.mean = is_.prior_mean, .precision = is_.prior_precision};
    shock_ = 0;
    if (std::isnan(returned_day_)) returned_day_ = day_;
    tell(step, time, "return");
  } else if (day_ - interim_since_ >= is_.reversal_window) {
    office_ = Office::successor;
  }
  if (office_ != Office::interim) staff_.calm();
}

void FirmOrganization::tell(const LayerStep& step, Time time, std::string_view what) const {
  if (step.happenings != nullptr)
    step.happenings->push_back({.time = time, .what = std::string(what), .who = organization_, .whom = leader_});
}

bool FirmOrganization::inside(ActorId a, ActorId b) const {
  return a == leader_ && (b == organization_ || (board_ != no_id && b == board_));
}

void FirmOrganization::jump(const LayerEvent& event, const Signals&) {
  if (office_ != Office::leader) return;
  if (inside(event.sender, event.receiver) || inside(event.receiver, event.sender))
    shock_ += is_.event_gain * event.warmth / 10;
  else if ((event.sender == leader_ || event.receiver == leader_) && event.warmth < 0)
    distraction_ -= is_.distraction_gain * event.warmth / 10;
}

void FirmOrganization::publish(Signals& signals) const {
  signals.morale[organization_] = morale_;
  signals.board_confidence[organization_] = belief_.confidence(is_.prior_mean);
}

void FirmOrganization::observe(ReadOuts& out) const {
  out.add("board_confidence", belief_.confidence(is_.prior_mean));
  out.add("morale", morale_);
  out.add("staff", static_cast<double>(staff_.present()));
  out.add("exits", static_cast<double>(exits_));
  out.add("knowledge", knowledge_.knowledge());
  out.add("performance", performance());
  out.add("mission_distance", mission_);
  out.add("revolt_share", peak_revolt_);
  out.add("dismissed", std::isnan(dismissed_day_) ? 0 : 1);
  out.add("returned", std::isnan(returned_day_) ? 0 : 1);
  out.add("dismissed_day", dismissed_day_);
  out.add("returned_day", returned_day_);
  out.add("leader_in_office", office_ == Office::leader ? 1 : 0);
}

bool FirmOrganization::set(std::string_view name, double value) {
  if (name == "pressure")
    is_.pressure = value;
  else if (name == "governance")
    is_.governance = value;
  else if (name == "commercial_share")
    is_.commercial_share = value;
  else if (name == "dismissal_threshold")
    is_.dismissal_threshold = value;
  else
    return false;
  return true;
}

}  // namespace detente
