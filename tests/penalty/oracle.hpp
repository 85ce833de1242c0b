// SPDX-License-Identifier: Apache-2.0
//
// An oracle that walks day by day in fractions without bounds, written from SEMANTICS.md and sharing
// nothing with the library but dates. Slow and plain on purpose.
#pragma once

#include "penalty/oracle_rules.hpp"

#include <algorithm>
#include <array>

namespace dues_test::oracle {

inline whole floor_of(const fraction& value) {
  const whole n = numerator(value), d = denominator(value);
  whole q = n / d;
  if (n % d != 0 && n < 0) --q;
  return q;
}

// Nothing here is negative.
inline whole rounded(const fraction& value, bool down) { return down ? floor_of(value) : floor_of(value + fraction(1, 2)); }

class walk {
 public:
  walk(const policy& rules, const debt& of) : rules_(rules), of_(of) {}

  /// Minor units.
  whole total(std::size_t at, civil_day as_of) const {
    const component& c = rules_.components[at];
    const auto start = start_of(c);
    if (!start) return 0;
    const int shift = c.that_day ? 1 : 0;

    // The last day of grace: so many days that count have passed since the start.
    civil_day grace_end = *start;
    if (c.grace != 0) {
      int left = c.grace_months ? dues::add_months(*start, c.grace) - *start : c.grace;
      for (; left > 0; ) {
        grace_end = grace_end + 1;
        if (grace_end - *start > 20'000) return 0;
        if (counts(grace_end)) --left;
      }
      if (c.cliff && as_of <= grace_end) return 0;
    }
    const bool deferred = c.grace != 0 && !c.cliff;
    const civil_day origin = deferred ? grace_end : *start;
    const int origin_shift = deferred ? 0 : shift;

    std::vector<fraction> plain(1);                                        // what is accrued together
    std::vector<std::array<fraction, 2>> apart(c.versions.size());         // compared on totals
    int overdue = 0;  // days that count since the start
    int since = 0;    // days that count since the origin
    bool begun = false;
    civil_day first{};
    std::vector<bool> entered(100, false);
    fraction carried;       // of compounding: what joined the base
    int next_anniversary = c.compounds;
    for (civil_day d = *start + 1 - shift; d <= as_of; d = d + 1) {
      if (!counts(d)) continue;
      ++overdue;
      if (deferred && d <= grace_end) continue;
      ++since;
      if (!begun) first = d;
      const fraction base = base_of(c, d, grace_end, carried_on(c, at, carried, d));
      const int v = version_on(c, d);
      const bool fresh = !begun;
      begun = true;
      if (v >= 0 && base > 0) {
        const version& now = c.versions[static_cast<std::size_t>(v)];
        const int step = now.is == version::form::steps ? step_of(now, overdue) : 0;
        const bool split = (now.is == version::form::higher || now.is == version::form::lower) && differ(now.rates[0], now.rates[1]);
        const bool two = now.is == version::form::higher || now.is == version::form::lower;
        const auto grown = [&](const rate& r) { return growth(c, r, d, base, overdue, since, fresh, now, step, origin, origin_shift, as_of, first, grace_end); };
        if (split) {
          for (std::size_t i = 0; i < 2; ++i) apart[static_cast<std::size_t>(v)][i] += grown(now.rates[i]);
        } else if (two) {
          const fraction a = grown(now.rates[0]), b = grown(now.rates[1]);
          plain[0] += now.is == version::form::higher ? std::max(a, b) : std::min(a, b);
        } else {
          plain[0] += grown(now.rates[static_cast<std::size_t>(step)]);
        }
      }
      if (c.compounds != 0 && since == month_days(origin, next_anniversary)) {
        carried = fraction(limited(c, plain[0]), 100);
        next_anniversary += c.compounds;
      }
    }
    fraction raw = plain[0];
    for (std::size_t v = 0; v < apart.size(); ++v)
      raw += c.versions[v].is == version::form::higher ? std::max(apart[v][0], apart[v][1]) : std::min(apart[v][0], apart[v][1]);
    return limited(c, raw);
  }

  /// What is left of it after payments and waivers.
  whole open(std::size_t at, civil_day as_of) const {
    whole left = total(at, as_of);
    for (const settlement& one : of_.settled)
      if (one.component == at && one.on <= as_of) left -= one.amount;
    return left < 0 ? whole(0) : left;
  }

 private:
  std::optional<civil_day> start_of(const component& c) const {
    if (!c.from_demand) return of_.due;
    std::optional<civil_day> found;
    for (const civil_day one : of_.demands)
      if (one >= of_.due && (!found || one < *found)) found = one;
    return found;
  }

  bool counts(civil_day d) const {
    for (const auto& [from, to] : of_.out)
      if (from <= d && d < to) return false;
    return true;
  }

  whole corrected() const {
    whole p = of_.principal;
    for (const change& one : of_.changes)
      if (one.kind == 3) p -= one.by;
    return p < 0 ? whole(0) : p;
  }

  // Open at the start of a day; within a cliff what is open after it.
  fraction base_of(const component& c, civil_day d, civil_day grace_end, const fraction& carried) const {
    fraction base = carried;
    if (c.on_principal) {
      whole open = corrected();
      for (const change& one : of_.changes) {
        if (one.kind == 3) continue;
        const bool before = one.kind == 0 && !c.payment_day ? one.on <= d : one.on < d;
        const bool forgiven = c.grace != 0 && c.cliff && one.on <= grace_end;
        if (before || forgiven) open -= one.by;
      }
      if (open > 0) base += fraction(open, 100);
    }
    if (c.on_costs) {
      whole costs = 0;
      for (const auto& [on, by] : of_.costs)
        if (on < d) costs += by;
      if (costs > 0) base += fraction(costs, 100);
    }
    if (c.on_first) {
      whole open = total(0, d - 1);
      for (const settlement& one : of_.settled)
        if (one.component == 0 && settled_before(c, one, d)) open -= one.amount;
      if (open > 0) base += fraction(open, 100);
    }
    return base;
  }

  static bool settled_before(const component& c, const settlement& one, civil_day d) { return !one.waiver && !c.payment_day ? one.on <= d : one.on < d; }

  fraction carried_on(const component& c, std::size_t at, const fraction& carried, civil_day d) const {
    if (carried == 0) return 0;
    fraction left = carried;
    for (const settlement& one : of_.settled)
      if (one.component == at && settled_before(c, one, d)) left -= fraction(one.amount, 100);
    return left < 0 ? fraction(0) : left;
  }

  static int version_on(const component& c, civil_day d) {
    int found = -1;
    for (std::size_t i = 0; i < c.versions.size(); ++i)
      if (c.versions[i].from <= d) found = static_cast<int>(i);
    return found;
  }

  static int step_of(const version& v, int overdue) {
    for (std::size_t i = 0; i < v.ends.size(); ++i)
      if (v.ends[i] == 0 || overdue <= v.ends[i]) return static_cast<int>(i);
    return 0;
  }

  static bool differ(const rate& a, const rate& b) { return a.per != b.per || (a.per == span::month && a.started != b.started); }
  static int month_days(civil_day origin, int k) { return dues::add_months(origin, k) - origin; }

  fraction published(const rate& r, civil_day d, civil_day first) const {
    const civil_day when = r.held == 0 ? of_.due : r.held == 1 ? first : d;
    fraction value;
    for (const auto& [from, is] : rules_.reference)
      if (from <= when) value = is;
    return value * r.value + r.plus;
  }

  // Of one day as a share of a year.
  static fraction of_year(const rate& r, civil_day d) {
    if (r.year_of != 0) return fraction(1, r.year_of);
    return fraction(1, dues::days_in_year(dues::to_ymd(d).year));
  }

  fraction money(const rate& r, civil_day d, const fraction& base, civil_day first) const {
    if (r.is == rate::form::amount) return r.value;
    const fraction share = r.is == rate::form::reference ? published(r, d, first) : r.value;
    return base * share;
  }

  std::optional<fraction> ceiling_on(const component& c, civil_day d, const fraction& base, civil_day first) const {
    const rate* found = nullptr;
    for (const ceiling& one : c.ceilings)
      if (one.from <= d) found = one.is ? &*one.is : nullptr;
    if (found == nullptr) return std::nullopt;
    fraction most = money(*found, d, base, first);
    if (found->per == span::year) most *= of_year(*found, d);
    if (found->per == span::month) most *= fraction(12, 365);
    return most;
  }

  // What a rate adds on a day that counts.
  fraction growth(const component& c, const rate& r, civil_day d, const fraction& base, int overdue, int since, bool fresh, const version& now, int step, civil_day origin,
                  int origin_shift, civil_day as_of, civil_day first, civil_day grace_end) const {
    switch (r.per) {
      case span::day:
      case span::year: {
        fraction grown = money(r, d, base, first);
        if (r.per == span::year) grown *= c.compounds != 0 ? of_period(c, r, d, since, origin, origin_shift, as_of) : of_year(r, d);
        const auto most = ceiling_on(c, d, base, first);
        return most && *most < grown ? *most : grown;
      }
      case span::month: {
        for (int k = r.started ? 0 : 1;; ++k) {
          const int days = month_days(origin, k);
          if (r.started ? since == days + 1 : since == days) break;
          if (days > since) return 0;
        }
        const fraction grown = money(r, d, base, first);
        return c.ceilings.empty() || r.started ? grown : under_month(c, grown, d, since, origin, first, grace_end);
      }
      case span::once:
        if (now.is != version::form::steps) return fresh ? money(r, d, base, first) : fraction(0);
        if (fresh || (step > 0 && overdue == now.ends[static_cast<std::size_t>(step) - 1] + 1)) return money(r, d, base, first);
        return 0;
    }
    return 0;
  }

  // A completed month under a ceiling: its days, each at the lower of its share of the month and the ceiling.
  fraction under_month(const component& c, const fraction& grown, civil_day end, int since, civil_day origin, civil_day first, civil_day grace_end) const {
    int k = 1;
    while (month_days(origin, k) != since) ++k;
    int left = since - month_days(origin, k - 1);
    const int days = left;
    fraction sum;
    bool any = false;
    for (civil_day d = end; left > 0; d = d - 1) {
      if (!counts(d)) continue;
      --left;
      const fraction base = base_of(c, d, grace_end, 0);
      if (base == 0) continue;
      const fraction share = grown / days;
      const auto most = ceiling_on(c, d, base, first);
      any = any || (most && *most < share);
      sum += most && *most < share ? *most : share;
    }
    return any && sum < grown ? sum : grown;
  }

  fraction of_period(const component& c, const rate& r, civil_day d, int since, civil_day origin, int, civil_day as_of) const {
    int j = 0;
    while (month_days(origin, (j + 1) * c.compounds) < since) ++j;
    const int begin = month_days(origin, j * c.compounds), end = month_days(origin, (j + 1) * c.compounds);
    int more = 0;
    for (civil_day e = d + 1; e <= as_of; e = e + 1) more += counts(e) ? 1 : 0;
    if (since + more >= end) return fraction(c.compounds, 12) / (end - begin);
    if (!c.by_months) return of_year(r, d);
    int k = j * c.compounds;
    while (month_days(origin, k + 1) < since) ++k;
    return fraction(1, 12) / (month_days(origin, k + 1) - month_days(origin, k));
  }

  // Minor units: the minimum, every maximum, one rounding, down where it would pass a maximum.
  whole limited(const component& c, const fraction& raw) const {
    if (raw == 0) return 0;
    fraction amount = raw;
    if (c.least) amount = std::max(amount, *c.least);
    std::optional<fraction> most;
    if (c.most) most = *c.most;
    if (c.most_share) {
      const fraction share = *c.most_share * fraction(corrected(), 100);
      if (!most || share < *most) most = share;
    }
    if (most) amount = std::min(amount, *most);
    const int scale = c.places == 2 ? 100 : c.places == 1 ? 10 : 1;
    whole units = rounded(amount * scale, c.down);
    if (most && fraction(units) > *most * scale) units = floor_of(*most * scale);
    units *= 100 / scale;
    return c.nothing_below && fraction(units) < *c.nothing_below * 100 ? whole(0) : units;
  }

  const policy& rules_;
  const debt& of_;
};

}  // namespace dues_test::oracle
