// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/allocation.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <tuple>

DUES_BEGIN

claim_age age_on(civil_day due, civil_day day) noexcept { return due < day ? claim_age::past_due : due == day ? claim_age::due : claim_age::not_due; }

namespace detail {

inline constexpr std::size_t claim_classes = words::claim_class.size(), claim_ages = words::claim_age.size();

// Costs, interest, penalties, principal: the order in a bucket that names no class.
inline std::uint32_t class_order(claim_class one) noexcept {
  constexpr std::array<std::uint8_t, claim_classes> places{0, 2, 1, 3};
  return places[static_cast<std::size_t>(one)];
}

inline bool fits(const payment_bucket& bucket, const program& tariff, std::int32_t fee, claim_age age) {
  if (bucket.age && *bucket.age != age) return false;
  if (!bucket.fees.empty() && !std::binary_search(bucket.fees.begin(), bucket.fees.end(), fee)) return false;
  return bucket.fund.empty() || (fee >= 0 && tariff.fees[static_cast<std::size_t>(fee)].fund == bucket.fund);
}

/// Puts numbers one behind the other, the first the most significant.
struct packed_key {
  std::uint64_t words[2] = {0, 0};
  unsigned used = 0;

  void put(std::uint64_t value, unsigned bits) {
    const std::size_t at = used / 64;
    const unsigned left = 64 - used % 64;
    if (bits <= left) words[at] |= value << (left - bits);
    else {
      words[at] |= value >> (bits - left);
      words[at + 1] |= value << (64 - (bits - left));
    }
    used += bits;
  }
};

}  // namespace detail

payment_order::payment_order(std::shared_ptr<const program> tariff) : tariff_(std::move(tariff)) {
  if (tariff_ == nullptr || !tariff_->payments) throw std::invalid_argument("the tariff has no payments");
  const std::vector<payment_bucket>& order = tariff_->payments->order;
  const std::size_t fees = tariff_->fees.size() + 1;  // the first: of no fee
  by_claim_.resize(fees * detail::claim_classes * detail::claim_ages);
  by_receivable_.resize(fees * detail::claim_ages);
  for (std::size_t fee = 0; fee < fees; ++fee)
    for (std::size_t age = 0; age < detail::claim_ages; ++age) {
      const auto first = [&](std::optional<claim_class> paid_as) {
        const auto found = std::find_if(order.begin(), order.end(), [&](const payment_bucket& bucket) {
          return (!bucket.paid_class || !paid_as || bucket.paid_class == paid_as) &&
                 detail::fits(bucket, *tariff_, static_cast<std::int32_t>(fee) - 1, static_cast<claim_age>(age));
        });
        return static_cast<std::uint8_t>(found - order.begin());
      };
      by_receivable_[fee * detail::claim_ages + age] = first(std::nullopt);
      for (std::size_t one = 0; one < detail::claim_classes; ++one)
        by_claim_[(fee * detail::claim_classes + one) * detail::claim_ages + age] = first(static_cast<claim_class>(one));
    }
}

std::size_t payment_order::bucket(std::int32_t fee, claim_class paid_as, claim_age age) const noexcept {
  return by_claim_[(static_cast<std::size_t>(fee + 1) * detail::claim_classes + static_cast<std::size_t>(paid_as)) * detail::claim_ages + static_cast<std::size_t>(age)];
}

std::size_t payment_order::bucket_of_receivable(std::int32_t fee, claim_age age) const noexcept {
  return by_receivable_[static_cast<std::size_t>(fee + 1) * detail::claim_ages + static_cast<std::size_t>(age)];
}

// Heavier burdens get lower numbers, equal ones the same.
void allocation::rank_burdens(std::span<const claim> claims) {
  by_burden_.resize(claims.size());
  burdens_.assign(claims.size(), 0);
  std::iota(by_burden_.begin(), by_burden_.end(), 0U);
  std::sort(by_burden_.begin(), by_burden_.end(), [&](auto a, auto b) { return claims[b].burden < claims[a].burden; });
  for (std::size_t i = 1; i < by_burden_.size(); ++i)
    burdens_[by_burden_[i]] = burdens_[by_burden_[i - 1]] + (claims[by_burden_[i]].burden == claims[by_burden_[i - 1]].burden ? 0U : 1U);
}

void allocation::make_keys(const payment_order& order, std::span<const claim> claims, civil_day on) {
  const payment_policy& policy = order.policy();
  const bool in_turn = in_turn_ = policy.across == payment_across::each_receivable_in_turn;
  if (std::find(policy.then.begin(), policy.then.end(), payment_rank::heaviest_burden) != policy.then.end()) rank_burdens(claims);
  keys_.resize(claims.size());
  const bool last_not_due = policy.not_due == not_due_order::after_all_due;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const claim& one = claims[i];
    const claim_age age = age_on(one.due, on);
    const std::size_t bucket = order.bucket(one.fee, one.paid_as, age);
    const bool by_class = bucket == policy.order.size() || !policy.order[bucket].paid_class;
    const std::uint32_t inside = by_class ? detail::class_order(one.paid_as) : 0;
    detail::packed_key packed;
    packed.put(last_not_due && age == claim_age::not_due ? 1 : 0, 1);
    packed.put(in_turn ? order.bucket_of_receivable(one.fee, age) : bucket, 7);
    packed.put(in_turn ? 0 : inside, 2);
    for (const payment_rank rank : policy.then) switch (rank) {
        case payment_rank::designated: packed.put(one.designated ? 0 : 1, 1); break;
        case payment_rank::due_first: packed.put(age == claim_age::not_due ? 1 : 0, 1); break;
        case payment_rank::least_secured: packed.put(order.secured(one.fee) ? 1 : 0, 1); break;
        case payment_rank::heaviest_burden: packed.put(burdens_[i], 32); break;
        case payment_rank::earliest_due: packed.put(static_cast<std::uint64_t>(one.due - first_day), 32); break;
        case payment_rank::pro_rata: break;
      }
    keys_[i] = {packed.words[0], packed.words[1], in_turn ? static_cast<std::uint32_t>(bucket << 2U | inside) : 0U, static_cast<std::uint32_t>(i)};
  }
  // Claims come by id; in turn, the claims of one receivable stay together.
  const auto before = [&](const key& a, const key& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return std::tuple(claims[a.at].receivable, a.inner, a.at) < std::tuple(claims[b.at].receivable, b.inner, b.at);
  };
  // What an account owes is a few items, mostly in their order already.
  constexpr std::size_t few = 24;
  if (keys_.size() > few) {
    std::sort(keys_.begin(), keys_.end(), before);
  } else {
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      const key moved = keys_[i];
      std::size_t to = i;
      for (; to > 0 && before(moved, keys_[to - 1]); --to) keys_[to] = keys_[to - 1];
      keys_[to] = moved;
    }
  }
  order_.resize(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) order_[i] = keys_[i].at;
}

int128 allocation::settle(std::span<const claim> claims, std::size_t begin, std::size_t end, int128 money) {
  for (std::size_t i = begin; i < end && money > 0; ++i) {
    const int128 taken = std::min(money, claims[order_[i]].open);
    parts_.push_back({order_[i], taken});
    money -= taken;
  }
  return money;
}

// Money that does not reach is divided by what is open: among receivables in turn, else among claims.
int128 allocation::settle_pro_rata(std::span<const claim> claims, std::size_t begin, std::size_t end, int128 money) {
  struct share {
    std::size_t begin, end;
    civil_day due;
    int128 open;
  };
  std::vector<share> shares;
  int128 all = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const claim& one = claims[order_[i]];
    const bool same = in_turn_ && !shares.empty() && claims[order_[i - 1]].receivable == one.receivable;
    if (same) {
      shares.back().end = i + 1;
      shares.back().open += one.open;
    } else {
      shares.push_back({i, i + 1, one.due, one.open});
    }
    all += one.open;
  }
  if (shares.size() == 1 || all <= money) return settle(claims, begin, end, money);
  // Equal remainders go by due date, then by id.
  std::stable_sort(shares.begin(), shares.end(), [](const share& a, const share& b) { return a.due < b.due; });
  std::vector<int128> weights(shares.size()), given(shares.size());
  for (std::size_t i = 0; i < shares.size(); ++i) weights[i] = shares[i].open;
  const bool divided = split(money, std::span<const int128>(weights), division::largest_remainder, 0, given);
  DUES_ASSERT(divided);
  for (std::size_t i = 0; i < shares.size(); ++i)
    if (given[i] > 0) settle(claims, shares[i].begin, shares[i].end, given[i]);
  return 0;
}

int128 allocation::allocate(const payment_order& order, std::span<const claim> claims, civil_day on, int128 money) {
  parts_.clear();
  make_keys(order, claims, on);
  const std::vector<payment_rank>& then = order.policy().then;
  if (then.empty() || then.back() != payment_rank::pro_rata) return settle(claims, 0, claims.size(), money);
  for (std::size_t begin = 0; begin < keys_.size() && money > 0;) {
    std::size_t end = begin + 1;
    while (end < keys_.size() && keys_[end].first == keys_[begin].first && keys_[end].second == keys_[begin].second) ++end;
    money = settle_pro_rata(claims, begin, end, money);
    begin = end;
  }
  return money;
}

order_step why_before(const payment_order& order, const claim& first, const claim& second, civil_day on) {
  const payment_policy& policy = order.policy();
  const claim_age a = age_on(first.due, on), b = age_on(second.due, on);
  if (policy.not_due == not_due_order::after_all_due && (a == claim_age::not_due) != (b == claim_age::not_due)) return order_step::due_before_not_due;
  const auto buckets_differ = [&] { return order.bucket(first.fee, first.paid_as, a) != order.bucket(second.fee, second.paid_as, b); };
  const bool in_turn = policy.across == payment_across::each_receivable_in_turn;
  const bool same_receivable = first.receivable == second.receivable;
  if (in_turn && !same_receivable) {
    if (order.bucket_of_receivable(first.fee, a) != order.bucket_of_receivable(second.fee, b)) return order_step::bucket;
  } else {
    if (buckets_differ()) return order_step::bucket;
    const std::size_t bucket = order.bucket(first.fee, first.paid_as, a);
    if ((bucket == policy.order.size() || !policy.order[bucket].paid_class) && first.paid_as != second.paid_as) return order_step::class_in_bucket;
  }
  for (const payment_rank rank : policy.then) switch (rank) {
      case payment_rank::designated:
        if (first.designated != second.designated) return order_step::designated;
        break;
      case payment_rank::due_first:
        if ((a == claim_age::not_due) != (b == claim_age::not_due)) return order_step::due_first;
        break;
      case payment_rank::least_secured:
        if (order.secured(first.fee) != order.secured(second.fee)) return order_step::least_secured;
        break;
      case payment_rank::heaviest_burden:
        if (first.burden != second.burden) return order_step::heaviest_burden;
        break;
      case payment_rank::earliest_due:
        if (first.due != second.due) return order_step::earliest_due;
        break;
      case payment_rank::pro_rata: return order_step::pro_rata;
    }
  return order_step::id;
}

DUES_END
