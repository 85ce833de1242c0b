// SPDX-License-Identifier: Apache-2.0
//
// What one component accrues to a day: maximal runs of days with one base, one rate and one day
// fraction, months and flat amounts as they fall due. Exact; nothing is rounded or limited here except by
// legal ceilings, which hold day by day.
#pragma once

#include <dues/penalty/impl/cuts.hpp>
#include <dues/penalty/impl/rates.hpp>

DUES_BEGIN

namespace detail {

template <class Int>
struct accrued_segment {
  penalty_segment::kind is = penalty_segment::kind::days;
  civil_day from, to;
  int days = 0;
  exact<Int> base, growth;  ///< growth: of one day, of the month, or once
  rate_today<Int> rate;
  const std::string* ceiling_at = nullptr;
  exact<Int> amount() const { return is == penalty_segment::kind::days ? growth * exact<Int>(std::int64_t{days}) : growth; }
};

template <class Int>
using segments_of = std::vector<accrued_segment<Int>>;

/// Versions of a rate whose two alternatives do not fall due together are compared on totals to date, each
/// accrued apart.
inline bool compared_on_totals(const penalty_rate& rate) {
  if (rate.is != penalty_rate::form::higher_of && rate.is != penalty_rate::form::lower_of) return false;
  const plain_rate& a = rate.rates[0].rate;
  const plain_rate& b = rate.rates[1].rate;
  return a.per != b.per || (a.per == penalty_span::month && a.month != b.month);
}

template <class Int>
class component_run {
 public:
  /// @param line  what the component bears on, at the start of each day
  component_run(const penalty_terms& terms, const penalty_component& component, const component_clock& clock, const base_line& line,
                const base_line& principal, const arrears& owed, civil_day as_of)
      : terms_(terms), component_(component), clock_(clock), line_(&line), principal_(&principal), owed_(owed), as_of_(as_of), reader_(terms, owed) {
    reader_.component = &component;
    reader_.clock = &clock;
    reader_.open_principal = &principal;
    through_ = std::min(as_of, owed.within.to == open_end ? as_of : owed.within.to - 1);
    if (clock_.first <= through_) cuts_ = cut_days(terms, component, clock, principal, owed, through_);
  }

  diagnostic& failed() noexcept { return reader_.failed; }
  rate_reader<Int>& reader() noexcept { return reader_; }
  /// The line to bear on from now on: compounding adds to it.
  void bear_on(const base_line& line) noexcept { line_ = &line; }

  /// All of (first, as_of], the total being `total()` of what comes out. @returns false when it failed
  bool accrue(segments_of<Int>& out) {
    if (clock_.first > through_) return true;
    only_version_ = -1;
    if (!days(clock_.first, through_, {}, out) || !lumps(out)) return false;
    for (std::size_t v = 0; v < component_.rate.size(); ++v) {
      if (!compared_on_totals(component_.rate.at(v))) continue;
      only_version_ = static_cast<int>(v);
      std::array<segments_of<Int>, 2> both;
      for (only_member_ = 0; only_member_ < 2; ++only_member_)
        if (!days(clock_.first, through_, {}, both[static_cast<std::size_t>(only_member_)]) || !lumps(both[static_cast<std::size_t>(only_member_)])) return false;
      const bool first_more = !(sum(both[0]) < sum(both[1]));
      const bool higher = component_.rate.at(v).is == penalty_rate::form::higher_of;
      segments_of<Int>& winner = both[first_more == higher ? 0 : 1];
      out.insert(out.end(), winner.begin(), winner.end());
    }
    only_version_ = -1;
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return true;
  }

  /// Days that grow alike, [from, through]. @param span_share  of a yearly rate, instead of its day fraction
  bool days(civil_day from, civil_day through, const std::optional<exact<Int>>& span_share, segments_of<Int>& out) {
    std::vector<civil_day> cuts = cuts_;
    for (const base_line::level& one : line_->levels()) cuts.push_back(one.from);
    cuts.push_back(from);
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    auto at = std::lower_bound(cuts.begin(), cuts.end(), from);
    for (; at != cuts.end() && *at <= through; ++at) {
      const civil_day next = std::next(at) == cuts.end() || through < *std::next(at) ? through + 1 : *std::next(at);
      if (!clock_.counted->counts(*at)) continue;
      const int128 units = line_->at(*at);
      if (units == 0) continue;
      if (!run_of_days({*at, next}, reader_.in_currency(units), span_share, out)) return false;
    }
    return true;
  }

  static exact<Int> sum(const segments_of<Int>& of) {
    exact<Int> total;
    for (const auto& one : of) total = total + one.amount();
    return total;
  }

 private:
  using kind = penalty_segment::kind;

  // What stands in force on a day, and whether this pass looks at it.
  struct in_force {
    const plain_rate* one = nullptr;
    const plain_rate* other = nullptr;
    bool higher = false;
  };
  in_force rate_on(civil_day day) const {
    const int version = component_.rate.index_on(day);
    if (version < 0) return {};
    const penalty_rate& rate = component_.rate.at(static_cast<std::size_t>(version));
    const bool apart = compared_on_totals(rate);
    if (apart != (only_version_ >= 0) || (apart && version != only_version_)) return {};
    if (apart) return {&rate.rates[static_cast<std::size_t>(only_member_)].rate, nullptr, false};
    switch (rate.is) {
      case penalty_rate::form::plain: return {&rate.rates[0].rate, nullptr, false};
      case penalty_rate::form::higher_of: return {&rate.rates[0].rate, &rate.rates[1].rate, true};
      case penalty_rate::form::lower_of: return {&rate.rates[0].rate, &rate.rates[1].rate, false};
      case penalty_rate::form::steps: break;
    }
    const int overdue = clock_.days_overdue(day);
    for (const penalty_rate::step& one : rate.rates)
      if (one.days_overdue_up_to == 0 || overdue <= one.days_overdue_up_to) return {&one.rate, nullptr, false};
    return {};
  }

  std::optional<rate_today<Int>> chosen(const in_force& what, civil_day day, const exact<Int>& base, const std::optional<exact<Int>>& span_share = {}) {
    auto one = reader_.on(*what.one, day, base, span_share);
    if (!one || what.other == nullptr) return one;
    auto other = reader_.on(*what.other, day, base, span_share);
    if (!other) return std::nullopt;
    const bool other_wins = what.higher ? one->growth < other->growth : other->growth < one->growth;
    return other_wins ? other : one;
  }

  static bool daily(const plain_rate& what) { return what.per == penalty_span::day || what.per == penalty_span::year; }

  bool run_of_days(day_range days, const exact<Int>& base, const std::optional<exact<Int>>& span_share, segments_of<Int>& out) {
    const in_force what = rate_on(days.from);
    if (what.one == nullptr || !daily(*what.one)) return true;
    const auto rate = chosen(what, days.from, base, span_share);
    if (!rate) return false;
    accrued_segment<Int> made{kind::days, days.from, days.to, days.days(), base, rate->growth, *rate, nullptr};
    if (!under_ceilings(made)) return false;
    const bool joins = !out.empty() && out.back().is == kind::days && out.back().to == made.from && out.back().base == made.base && out.back().growth == made.growth &&
                       out.back().rate.rate == made.rate.rate && out.back().rate.fraction == made.rate.fraction && out.back().ceiling_at == made.ceiling_at;
    if (joins) {
      out.back().to = made.to;
      out.back().days += made.days;
    } else {
      out.push_back(std::move(made));
    }
    return true;
  }

  // A legal ceiling on the same day and base.
  bool under_ceilings(accrued_segment<Int>& day) {
    for (const penalty_limit& limit : component_.limits) {
      if (limit.is != penalty_limit::form::at_most_rate) continue;
      const int version = limit.rate.index_on(day.from);
      if (version < 0 || !limit.rate.at(static_cast<std::size_t>(version))) continue;
      auto most = reader_.on(*limit.rate.at(static_cast<std::size_t>(version)), day.from, day.base);
      if (!most) return false;
      by_the_day(*most, day.base);
      if (!(most->growth < day.growth)) continue;
      day.growth = most->growth;
      day.rate = *most;
      day.ceiling_at = &limit.pointer;
    }
    return true;
  }

  // A ceiling per month, on one day: twelve months are a year of 365 days.
  static void by_the_day(rate_today<Int>& most, const exact<Int>& base) {
    constexpr std::int64_t months = 12;
    constexpr std::int64_t days = 365;
    if (most.of->per != penalty_span::month) return;
    most.fraction = exact<Int>::ratio(Int(months), Int(days));
    most.growth = base * most.rate * most.fraction;
  }

  bool has_ceiling(civil_day day) const {
    return std::any_of(component_.limits.begin(), component_.limits.end(), [day](const penalty_limit& one) {
      if (one.is != penalty_limit::form::at_most_rate) return false;
      const int version = one.rate.index_on(day);
      return version >= 0 && one.rate.at(static_cast<std::size_t>(version)).has_value();
    });
  }

  bool lumps(segments_of<Int>& out) { return months(penalty_month::completed, out) && months(penalty_month::started, out) && once(out); }

  bool bears_by(penalty_span per, std::optional<penalty_month> month) const {
    for (std::size_t v = 0; v < component_.rate.size(); ++v)
      for (const penalty_rate::step& one : component_.rate.at(v).rates)
        if (one.rate.per == per && (!month || one.rate.month == *month)) return true;
    return false;
  }

  // A whole month bears on what is open at its completion, a started one on what is open at its start.
  bool months(penalty_month which, segments_of<Int>& out) {
    if (!bears_by(penalty_span::month, which)) return true;
    const bool completed = which == penalty_month::completed;
    const std::int64_t first = completed ? 1 : 0;
    for (std::int64_t k = first;; ++k) {
      const civil_day end = clock_.month_end(k);
      const civil_day day = completed || end == open_end ? end : clock_.counted->nth(end, 1);
      if (day > through_) return true;
      const day_range covered{completed ? clock_.month_end(k - 1) + 1 : day, day + 1};
      if (!lump(kind::month, day, covered, [which](const plain_rate& rate) { return rate.per == penalty_span::month && rate.month == which; }, out)) return false;
    }
  }

  template <class Wanted>
  bool lump(kind is, civil_day day, day_range covered, Wanted&& wanted, segments_of<Int>& out) {
    const in_force what = rate_on(day);
    const int128 units = line_->at(day);
    if (what.one == nullptr || !wanted(*what.one) || units == 0) return true;
    const exact<Int> base = reader_.in_currency(units);
    const auto rate = chosen(what, day, base);
    if (!rate) return false;
    accrued_segment<Int> made{is, day, day + 1, clock_.counted->between(covered.from - 1, covered.to - 1), base, rate->growth, *rate, nullptr};
    if (is == kind::month && rate->of->month == penalty_month::completed) {
      if (!under_month_ceiling(made, covered)) return false;
    } else if (has_ceiling(day)) {
      if (failed().code.empty()) failed() = make_diagnostic("P118", rate->of->pointer, {{"component", component_.id}, {"receivable", owed_.members.front()->id}});
      return false;
    }
    out.push_back(std::move(made));
    return true;
  }

  // Of a month: what the ceiling allows on its days, each on what was open then.
  bool under_month_ceiling(accrued_segment<Int>& month, day_range covered) {
    if (std::none_of(component_.limits.begin(), component_.limits.end(), [](const penalty_limit& one) { return one.is == penalty_limit::form::at_most_rate; })) return true;
    std::vector<civil_day> cuts = cuts_;
    for (const base_line::level& one : line_->levels()) cuts.push_back(one.from);
    cuts.push_back(covered.from);
    std::sort(cuts.begin(), cuts.end());
    exact<Int> most;
    const std::string* by = nullptr;
    for (auto at = std::lower_bound(cuts.begin(), cuts.end(), covered.from); at != cuts.end() && *at < covered.to; ++at) {
      const civil_day next = std::next(at) == cuts.end() || covered.to < *std::next(at) ? covered.to : *std::next(at);
      const int128 units = line_->at(*at);
      if (next == *at || units == 0 || !clock_.counted->counts(*at)) continue;
      // Without a ceiling on some day the month is whole for that day: it is measured by its own share.
      accrued_segment<Int> day{kind::days, *at, next, next - *at, reader_.in_currency(units), month.growth, month.rate, nullptr};
      day.growth = month.growth / exact<Int>(std::int64_t{std::max(month.days, 1)});
      if (!under_ceilings(day)) return false;
      most = most + day.amount();
      if (day.ceiling_at != nullptr) by = day.ceiling_at;
    }
    if (by != nullptr && most < month.growth) {
      month.growth = most;
      month.ceiling_at = by;
    }
    return true;
  }

  // Once: when lateness begins, or when a step is entered.
  bool once(segments_of<Int>& out) {
    if (!bears_by(penalty_span::once, std::nullopt)) return true;
    const auto wanted = [](const plain_rate& rate) { return rate.per == penalty_span::once; };
    std::vector<civil_day> days{clock_.first};
    const int overdue = clock_.days_overdue(clock_.first);
    for (std::size_t v = 0; v < component_.rate.size(); ++v) {
      const penalty_rate& rate = component_.rate.at(v);
      if (rate.is != penalty_rate::form::steps) continue;
      for (std::size_t i = 0; i + 1 < rate.rates.size(); ++i)
        if (overdue <= rate.rates[i].days_overdue_up_to) days.push_back(entered_on(v, clock_.overdue_day(std::int64_t{rate.rates[i].days_overdue_up_to} + 1)));
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    for (const civil_day day : days)
      if (day <= through_ && !lump(kind::once, day, {day, day + 1}, wanted, out)) return false;
    return true;
  }
  // A step of a version that is not in force on the day it would be entered is never entered.
  civil_day entered_on(std::size_t version, civil_day day) const {
    return day != open_end && component_.rate.index_on(day) == static_cast<int>(version) ? day : open_end;
  }

  const penalty_terms& terms_;
  const penalty_component& component_;
  const component_clock& clock_;
  const base_line *line_, *principal_;
  const arrears& owed_;
  civil_day as_of_, through_;
  rate_reader<Int> reader_;
  std::vector<civil_day> cuts_;
  int only_version_ = -1, only_member_ = 0;
};

}  // namespace detail

DUES_END
