// SPDX-License-Identifier: Apache-2.0
//
// What discounts take off lines. They work over the lines of one bill, in the order of the document: each
// on what those before it left, or on the gross; of a group the member that grants most; caps cut the
// last first. Tax comes after them.
#pragma once

#include <dues/bill/line.hpp>
#include <dues/discount/prepaid.hpp>

#include <memory>
#include <string>
#include <vector>

DUES_BEGIN

/// What one discount takes off one line.
struct granted_discount {
  std::uint32_t line = 0;     ///< place of the line
  std::int32_t discount = 0;  ///< into program::discounts
  std::int64_t amount = 0;    ///< minor units, above 0
};

/// What became of one discount at one line, and what went into it; for explanations.
struct discount_note {
  enum class outcome : std::uint8_t {
    granted,
    out_of_window,   ///< the days that it is offered on are others
    not_for_unit,    ///< `where` does not hold
    not_met,         ///< the condition does not hold
    outdone,         ///< another of its group grants more
    nothing_left,    ///< nothing remained, or it came to nothing
    cut_away,        ///< a cap left nothing of it
    not_vacant,      ///< the unit is not vacant, or not in the months for which it is given
    not_approved     ///< it is, and on these days the vacancy is not approved
  } what = outcome::granted;
  std::int32_t discount = -1;
  std::int64_t base = 0;                ///< minor units that it works on
  std::string rate, share;              ///< percent of these, on this part of the money; an amount: on this part of the days
  std::string given;                    ///< the amount that is given
  std::vector<std::int64_t> weights;    ///< when it is given once: what remained of the lines that it reaches
  std::size_t part = 0;                 ///< and which of them this is
  std::int64_t spread = 0;              ///< and what there was to spread, no more than remained
  std::int64_t rounded = 0, came = 0, amount = 0;  ///< what is given, what of it comes to this line, and what caps and the rest of the line leave of that
};

namespace detail {
struct single_bills;
}

/// Lowers the lines of one bill after another. One thread at a time.
class discount_stage {
 public:
  /// @param known  must live as long
  explicit discount_stage(const facts& known);
  ~discount_stage();
  discount_stage(const discount_stage&) = delete;
  discount_stage& operator=(const discount_stage&) = delete;

  /// Lowers the lines and taxes them anew. A line that cannot be computed gets a fault.
  /// @param lines    of one bill, in order; those with a fault stay as they are
  /// @param rates    that the lines refer to; a tax by the bill is left to whoever makes it
  /// @param granted  gets what is granted, by line, then in the order of work; `line` is the place in `lines`
  /// @param prepaid  empty, or of each line how it is paid ahead
  void lower(std::span<line> lines, std::span<const tax_rate> rates, std::vector<diagnostic>& faults, std::vector<granted_discount>& granted, prepaid_lines prepaid = {});

 private:
  std::unique_ptr<detail::single_bills> works_;
};

/// What becomes of every discount at one line of a bill, in the order of work.
/// @param lines    of the bill, in order
/// @param of_line  place in `lines`
std::vector<discount_note> note_discounts(const facts& known, std::vector<line> lines, std::span<const tax_rate> rates, std::size_t of_line, prepaid_lines prepaid = {});

/// What of a tax's base discounts left: minor units.
/// @returns the gross less the discounts that lower the tax
std::int64_t taxed_gross(const program& tariff, const line& one, std::span<const granted_discount> of_line);

/// Whether a discount that is computed may reach lines of the fee; of any fee.
bool has_computed_discounts(const program& tariff, const fee& rule);
bool lowers_by_bill(const program& tariff);

DUES_END
