// SPDX-License-Identifier: Apache-2.0
//
// One replay of an account: which events count, in which order, and what each does. Not public.
#pragma once

#include <dues/bill/impl/escaped.hpp>
#include <dues/ledger/account.hpp>
#include <dues/ledger/impl/prepay.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

DUES_BEGIN

namespace detail {

/// The order of a day: charges, corrections, demands, waivers, write-offs, credit, payments, what corrects lines
/// that were paid ahead, refunds. What a plan missed the day before is found first; what is agreed on a day meets its
/// payments, and what is handed over goes after them.
enum class stage : std::uint8_t { plan_day, charge, correction, demand, waiver, write_off, plan, credit, credit_use, payment, ahead, refund, transfer };

struct replay_step {
  civil_day date;
  stage at = stage::charge;
  std::string_view id;
  const ledger_event* event = nullptr;
  std::uint32_t place = 0;  ///< of the receivable, where there is one
  int128 amount = 0;
};

/// Minor units, to a multiple of what the tariff's cash_rounding says.
inline int128 rounded_cash(const program& tariff, int128 amount) {
  if (!tariff.payments || !tariff.payments->cash) return amount;
  const cash_rounding& cash = *tariff.payments->cash;
  const auto step = cash.to.rescaled(tariff.minor_units, rounding_mode::half_up);
  DUES_ASSERT(step && step->coefficient() > 0);
  return divide_rounded(amount, step->coefficient(), cash.mode) * step->coefficient();
}

/// What a receivable is called that another account handed over.
inline std::string taken_over_id(const ledger_event& received) {
  std::string id;
  append_escaped(id, received.of);
  return id + "/" + received.receivables.front();
}
inline std::string interest_id(const ledger_event& plan, std::size_t part) { return plan.id + "/interest/" + std::to_string(part + 1); }

class replay {
 public:
  replay(const program& tariff, const payment_order* order, const derive_options& options) : tariff_(tariff), order_(order), options_(options) {}

  account_state run(std::span<const ledger_event> events, std::span<const ledger_event> common);

 private:
  /// Money that is to settle something: of a payment's source, or credit.
  struct money {
    std::string source;
    int128 amount = 0;
    bool was_credit = false;
    std::vector<std::int32_t> bound_to;
    std::string held_for = {};  ///< a deposit's subscription
  };
  /// What a plan covers of one receivable, cut into the plan's parts.
  struct covered_receivable {
    std::uint32_t place = 0;
    int128 planned = 0, settled_before = 0;
    std::vector<std::pair<std::uint32_t, int128>> pieces;  ///< part and amount, in the order of parts
  };
  struct running_plan {
    const ledger_event* event = nullptr;
    const plan* terms = nullptr;
    std::size_t state = 0;  ///< in state_.plans
    std::vector<covered_receivable> covers;
    bool runs = true;
  };

  // replay_prepare.ipp
  void choose(std::span<const ledger_event> events, std::span<const ledger_event> common);
  void add_receivables();
  void leave_out();
  void join_received();
  void add_interest(const ledger_event& event);
  civil_day case_end(const ledger_event& opened) const;
  void add_receivable(const ledger_event& event);
  void add_steps();
  void correct(const ledger_event& event, std::span<const std::uint32_t> places);
  bool closed_for(const ledger_event& correction, const receivable& target) const;
  std::vector<std::uint32_t> corrected_by(const ledger_event& event) const;
  std::optional<std::uint32_t> place_of(std::string_view id) const;

  // replay_ahead.ipp
  void choose_ahead(const ledger_event& event, std::optional<civil_day> taken_back);
  void add_ahead(const ledger_event& event);
  void prepay(const ledger_event& event);
  void leave(const ledger_event& event);

  // replay.ipp
  void take(const replay_step& step);
  void issue(std::uint32_t place, civil_day day, std::string_view cause);
  void correct_later(const replay_step& step);
  void demand(const ledger_event& event);
  void waive(const ledger_event& event);
  void write_off(const ledger_event& event);
  void refund(const ledger_event& event, std::uint32_t place);

  // replay_plans.ipp
  void agree(const ledger_event& event);
  void plan_day(const ledger_event& event, std::uint32_t part);
  void charge_interest(running_plan& of, std::uint32_t part, civil_day from);
  void end_plan(running_plan& of, civil_day day);
  const covered_receivable* covering(std::uint32_t place, const running_plan*& of) const;
  std::vector<int128> open_pieces(const covered_receivable& of) const;
  int128 open_of(const running_plan& of) const;
  void close_plans();

  // replay_moves.ipp
  void hold(const ledger_event& event);
  void use_deposit(const ledger_event& event);
  void return_deposit(const ledger_event& event, std::uint32_t place);
  void forfeit(const ledger_event& event);
  int128 held_for(std::string_view subscription) const noexcept;
  void change_deposit(std::string_view subscription, int128 amount, std::string_view cause, civil_day day);
  std::vector<money> draw_deposits(int128 most, std::span<const money> drawn_before) const;
  void transfer(const ledger_event& event);
  void move_away(receivable& one, const ledger_event& event);

  // replay_settle.ipp
  void pay(const ledger_event& event);
  void use_credit(std::string_view cause, civil_day day, const ledger_event* event);
  void collect(civil_day day, const ledger_event* event, std::span<const std::int32_t> only);
  void settle(std::string_view cause, civil_day day, std::vector<money>& from, const ledger_event* event, int128 most);
  bool settle_group(std::string_view cause, civil_day day, std::span<money*> group, const ledger_event* event, int128& most);
  void round_cash(const ledger_event& event, money& cash);
  std::string part_name(std::size_t claim) const;
  std::string fee_list(std::span<const std::int32_t> fees) const;
  movement& move(movement_kind kind, std::string_view cause, civil_day day, int128 amount);
  void add_credit(std::vector<std::int32_t> bound_to, int128 amount);
  std::vector<money> draw_credit(int128 most);
  void give_back(std::vector<money>& drawn, std::span<const int128> before, std::string_view cause, civil_day day);
  void accrue(civil_day day, bool for_payment);
  void record_penalty(receivable& one, penalty_part& part, civil_day day);

  const program& tariff_;
  const payment_order* order_;
  const derive_options& options_;
  account_state state_;
  std::vector<const ledger_event*> events_;     ///< that count
  std::vector<const ledger_event*> closings_;   ///< close and reopen, by when they were recorded
  /// An event that brought money or credit, on which day, and when that was taken back.
  struct taken_money {
    civil_day date, taken_back;
  };
  std::vector<taken_money> taken_money_;
  std::vector<std::string_view> taken_back_;    ///< ids, sorted
  std::deque<ledger_event> derived_;            ///< charges that follow from prepayments
  std::set<std::string, std::less<>> cancelled_;  ///< keys of lines whose prepayment was taken back before they began
  std::vector<replay_step> steps_;
  std::vector<std::uint32_t> open_;  ///< places of receivables that may be open, rising
  std::map<std::pair<std::string, std::string>, int128> recorded_penalties_;  ///< by receivable and component
  std::vector<claim> claims_;
  std::vector<std::int32_t> claim_part_;  ///< of each claim: place among the penalties, -1 principal
  allocation allocation_;
  std::vector<running_plan> plans_;
  std::vector<ledger_event> joined_;  ///< what was taken over, summed up
  bool withheld_ = false;  ///< whether collect() left out penalties because a plan runs
  bool issued_today_ = false;
};

}  // namespace detail

DUES_END
