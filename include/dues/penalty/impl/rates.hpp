// SPDX-License-Identifier: Apache-2.0
//
// A rate on a day: the share or amount, the fraction of its span that a day is, and what a base grows by.
#pragma once

#include <dues/penalty/impl/component_clock.hpp>
#include <dues/penalty/impl/penalty_context.hpp>

DUES_BEGIN

namespace detail {

/// What a plain rate is on a day.
template <class Int>
struct rate_today {
  exact<Int> rate, fraction;
  exact<Int> growth;  ///< of the base on one day, or of a month or once
  bool flat = false;
  const plain_rate* of = nullptr;
};

template <class Int>
class rate_reader {
 public:
  rate_reader(const penalty_terms& terms, const arrears& owed) : terms_(terms), owed_(owed), context_(*terms.tariff, owed.attributes()) {
    context_.principal = in_currency(owed.principal());
  }

  const penalty_component* component = nullptr;
  const component_clock* clock = nullptr;
  const base_line* open_principal = nullptr;
  diagnostic failed;  ///< code is empty until something fails

  exact<Int> in_currency(const int128& units) const { return exact<Int>::scaled(Int(units), terms_.tariff->minor_units); }

  /// An expression of the component on a day.
  std::optional<exact<Int>> compute(const expression& what, civil_day day) {
    if (what.is_literal()) return exact<Int>(what.literal());
    context_.day = day;
    context_.open = in_currency(open_principal == nullptr ? int128(0) : open_principal->at(day));
    auto made = context_.compute(what);
    if (!made && failed.code.empty()) {
      const auto& why = context_.failed;
      failed = make_diagnostic(why.code, why.pointer, {{"name", why.name}, {"receivable", owed_.members.front()->id}, {"on", to_text(day)}}, why.position);
      context_.failed = {};
    }
    return made;
  }

  /// @param span_share  takes the place of a yearly rate's day fraction (compounding)
  std::optional<rate_today<Int>> on(const plain_rate& what, civil_day day, const exact<Int>& base, const std::optional<exact<Int>>& span_share = {}) {
    rate_today<Int> made;
    made.of = &what;
    switch (what.is) {
      case plain_rate::form::percent: {
        const auto rate = compute(*what.percent, day);
        if (!rate) return std::nullopt;
        made.rate = *rate;
        break;
      }
      case plain_rate::form::amount: {
        const auto amount = compute(*what.amount, day);
        if (!amount) return std::nullopt;
        made.rate = *amount;
        made.flat = true;
        break;
      }
      case plain_rate::form::reference: {
        const auto rate = published(what, day);
        if (!rate) return std::nullopt;
        made.rate = *rate;
        break;
      }
    }
    if (made.rate.sign() < 0) made.rate = exact<Int>();  // lateness never pays the debtor
    made.fraction = what.per == penalty_span::year && span_share ? *span_share : fraction_of(what, day);
    made.growth = made.flat ? made.rate * made.fraction : base * made.rate * made.fraction;
    // What did not fit cannot be compared with another.
    if (!made.growth.overflowed()) return made;
    if (failed.code.empty()) failed = make_diagnostic("P115", what.pointer, {{"name", component->id}, {"receivable", owed_.members.front()->id}, {"on", to_text(day)}});
    return std::nullopt;
  }

 private:
  static exact<Int> fraction_of(const plain_rate& what, civil_day day) {
    constexpr std::int64_t of_365 = 365;
    constexpr std::int64_t of_360 = 360;
    if (what.per != penalty_span::year) return exact<Int>(std::int64_t{1});
    switch (what.year_of) {
      case penalty_year::of_365: return exact<Int>::ratio(Int(1), Int(of_365));
      case penalty_year::of_360: return exact<Int>::ratio(Int(1), Int(of_360));
      case penalty_year::actual: break;
    }
    return exact<Int>::ratio(Int(1), Int(days_in_year(to_ymd(day).year)));
  }

  std::optional<civil_day> read_on(const plain_rate& what, civil_day day) {
    switch (what.fixed_on) {
      case rate_fixing::moving: return day;
      case rate_fixing::due_date: return owed_.due();
      case rate_fixing::start: return clock->first;
      case rate_fixing::demand: break;
    }
    std::optional<civil_day> found;
    for (const receivable_history* one : owed_.members)
      if (const auto demand = first_demand(*one); demand && (!found || *demand < *found)) found = demand;
    if (!found && failed.code.empty())
      failed = make_diagnostic("P119", what.pointer, {{"receivable", owed_.members.front()->id}, {"on", to_text(day)}});
    return found;
  }

  std::optional<exact<Int>> published(const plain_rate& what, civil_day day) {
    const auto when = read_on(what, day);
    if (!when) return std::nullopt;
    const std::string& id = terms_.tariff->references[static_cast<std::size_t>(what.reference)].id;
    const auto series = terms_.references.find(id);
    const reference_series::entry* found = series == terms_.references.end() ? nullptr : series->second.find(*when);
    if (found == nullptr) {
      if (!failed.code.empty()) return std::nullopt;
      if (series == terms_.references.end() || series->second.entries().empty())
        failed = make_diagnostic("P109", what.pointer, {{"reference", id}, {"on", to_text(*when)}});
      else if (series->second.ends_before(*when))
        failed = make_diagnostic("P111", what.pointer, {{"reference", id}, {"on", to_text(*when)}, {"last", to_text(series->second.last_known())}});
      else
        failed = make_diagnostic("P110", what.pointer, {{"reference", id}, {"on", to_text(*when)}, {"first", to_text(series->second.entries().front().from)}});
      return std::nullopt;
    }
    exact<Int> rate(found->rate);
    if (what.times) rate = rate * exact<Int>(*what.times);
    if (what.plus) {
      const auto plus = compute(*what.plus, day);
      if (!plus) return std::nullopt;
      rate = rate + *plus;
    }
    return rate;
  }

  const penalty_terms& terms_;
  const arrears& owed_;
  penalty_context<Int> context_;
};

}  // namespace detail

DUES_END
