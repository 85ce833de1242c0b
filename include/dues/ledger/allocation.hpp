// SPDX-License-Identifier: Apache-2.0
//
// What a sum of money settles first. The order is the tariff's `payments`: buckets, then ranks, then
// the id. This is the rule alone, on plain numbers; the ledger calls it for each payment.
#pragma once

#include <dues/tariff/program.hpp>
#include <dues/value/exact.hpp>

#include <span>
#include <vector>

DUES_BEGIN

/// Something open that money can settle: the principal of a receivable, or one part of its penalty.
struct claim {
  int128 open = 0;                ///< minor units, > 0
  civil_day due;                  ///< of the receivable
  std::uint32_t receivable = 0;   ///< claims of one receivable stand together
  std::int32_t fee = -1;          ///< into program::fees; -1: none
  claim_class paid_as = claim_class::principal;
  bool designated = false;        ///< by the payer
  exact128 burden;                ///< nominal percent a day that it bears; flat ones 0
};

/// What part of the order put one claim before another.
enum class order_step : std::uint8_t { due_before_not_due, bucket, class_in_bucket, designated, due_first, least_secured, heaviest_burden, earliest_due, pro_rata, id, alone };

namespace words {
inline constexpr std::array<std::string_view, 11> order_step{
    "due_before_not_due", "bucket", "class", "designated", "due_first", "least_secured", "heaviest_burden", "earliest_due", "pro_rata", "id", "alone"};
}  // namespace words

/// The payment policy of a tariff, ready for use. Immutable; any number of threads may read it.
class payment_order {
 public:
  /// @throws std::invalid_argument when the tariff has no `payments`
  explicit payment_order(std::shared_ptr<const program> tariff);

  const payment_policy& policy() const noexcept { return *tariff_->payments; }
  const program& tariff() const noexcept { return *tariff_; }
  /// The first bucket that fits; order.size() when none does, which comes last.
  std::size_t bucket(std::int32_t fee, claim_class paid_as, claim_age age) const noexcept;
  /// The first bucket that fits a receivable, whatever its classes.
  std::size_t bucket_of_receivable(std::int32_t fee, claim_age age) const noexcept;
  bool secured(std::int32_t fee) const noexcept { return fee >= 0 && tariff_->fees[static_cast<std::size_t>(fee)].secured; }

 private:
  std::shared_ptr<const program> tariff_;
  std::vector<std::uint8_t> by_claim_, by_receivable_;
};

/// past_due: due before the day; due: on it; not_due.
claim_age age_on(civil_day due, civil_day day) noexcept;

/// Memory that is used again from payment to payment.
class allocation {
 public:
  struct part {
    std::uint32_t claim = 0;  ///< place in the claims
    int128 amount = 0;        ///< > 0
  };

  /// Settles claims in the order of the policy.
  /// @param claims  by the id of their receivable, which breaks the last tie
  /// @param money   > 0, minor units
  /// @returns what is left
  /// Cost: n log n in the claims; up to 24 are sorted in place.
  int128 allocate(const payment_order& order, std::span<const claim> claims, civil_day on, int128 money);

  /// What was settled, in the order in which it was.
  std::span<const part> parts() const noexcept { return parts_; }
  /// All claims in their order, settled or not.
  std::span<const std::uint32_t> order() const noexcept { return order_; }

 private:
  struct key {
    std::uint64_t first = 0, second = 0;
    std::uint32_t inner = 0, at = 0;
  };
  void make_keys(const payment_order& order, std::span<const claim> claims, civil_day on);
  void rank_burdens(std::span<const claim> claims);
  int128 settle(std::span<const claim> claims, std::size_t begin, std::size_t end, int128 money);
  int128 settle_pro_rata(std::span<const claim> claims, std::size_t begin, std::size_t end, int128 money);

  std::vector<key> keys_;
  std::vector<std::uint32_t> order_, burdens_, by_burden_;
  std::vector<part> parts_;
  bool in_turn_ = false;
};

/// Why `first` stands before `second` (claims by id, as above).
order_step why_before(const payment_order& order, const claim& first, const claim& second, civil_day on);

DUES_END
