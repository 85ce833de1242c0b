// SPDX-License-Identifier: Apache-2.0
//
// One replay of an account: which events count, in which order, and what each does. Not public.
#pragma once

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
/// that were paid ahead, refunds.
enum class stage : std::uint8_t { charge, correction, demand, waiver, write_off, credit, credit_use, payment, ahead, refund };

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
  };

  // replay_prepare.ipp
  void choose(std::span<const ledger_event> events, std::span<const ledger_event> common);
  void add_receivables();
  void leave_out();
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

  // replay.ipp
  void take(const replay_step& step);
  void issue(std::uint32_t place, civil_day day, std::string_view cause);
  void correct_later(const replay_step& step);
  void demand(const ledger_event& event);
  void waive(const ledger_event& event);
  void write_off(const ledger_event& event);
  void refund(const ledger_event& event, std::uint32_t place);

  // replay_settle.ipp
  void pay(const ledger_event& event);
  void use_credit(std::string_view cause, civil_day day, const ledger_event* event);
  void collect(civil_day day, const ledger_event* event, std::span<const std::int32_t> only);
  void settle(std::string_view cause, civil_day day, std::vector<money>& from, const ledger_event* event, int128 most);
  void settle_group(std::string_view cause, civil_day day, std::span<money*> group, const ledger_event* event, int128& most);
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
};

}  // namespace detail

DUES_END
