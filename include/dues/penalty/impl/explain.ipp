// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/output.hpp>
#include <dues/json/writer.hpp>
#include <dues/penalty/explain.hpp>
#include <dues/penalty/impl/arrears.hpp>

#include <array>

DUES_BEGIN

namespace detail {

struct penalty_phrase {
  std::string_view key, en, zh;
};

inline constexpr std::array<penalty_phrase, 11> penalty_phrases{{
    {"penalty.ceiling", "{said}; the ceiling holds", "{said}；适用上限"},
    {"penalty.days", "{from} to {through}: {base} x {rate} {per} x {time} = {amount}", "{from} 至 {through}：{base} × {rate}（{per}）× {time} = {amount}"},
    {"penalty.days_flat", "{from} to {through}: {rate} {per} x {time} = {amount}", "{from} 至 {through}：{rate}（{per}）× {time} = {amount}"},
    {"penalty.limited", "{name}: {exact} accrued, a limit makes it {total}", "{name}：计得 {exact}，按限额为 {total}"},
    {"penalty.month", "{from}: for the month {base} x {rate} = {amount}", "{from}：当月 {base} × {rate} = {amount}"},
    {"penalty.month_flat", "{from}: {amount} for the month", "{from}：当月 {amount}"},
    {"penalty.none", "{name}: nothing has accrued", "{name}：尚未产生"},
    {"penalty.once", "{from}: once {base} x {rate} = {amount}", "{from}：一次性 {base} × {rate} = {amount}"},
    {"penalty.once_flat", "{from}: {amount} once", "{from}：一次性 {amount}"},
    {"penalty.rounded", "{name}: {exact} accrued, rounded {total}", "{name}：计得 {exact}，舍入为 {total}"},
    {"penalty.total", "{name}: {total} accrued", "{name}：计得 {total}"},
}};

inline std::string penalty_pattern(std::string_view key, const language& words) {
  if (const auto text = words.text(key)) return std::string(*text);
  for (const penalty_phrase& one : penalty_phrases)
    if (one.key == key) return std::string(words.is_chinese() ? one.zh : one.en);
  return {};
}

// A decimal without zeros that say nothing, money's two places apart; else n/d.
inline std::string exact_text(const exact256& value) {
  constexpr std::size_t kept = 3;  // the point and two places
  std::string text = value.to_text();
  const std::size_t point = text.find('.');
  while (point != std::string::npos && text.size() > point + kept && text.back() == '0') text.pop_back();
  return text;
}

inline std::string percent_of(const exact256& share) {
  const exact256 hundred = share * exact256(std::int64_t{100});
  const auto plain = hundred.to_decimal();
  return (plain ? plain->normalized().to_text() : hundred.to_text()) + "%";
}

inline std::string span_word(penalty_span per, bool chinese) {
  static constexpr std::array<std::string_view, 4> en{"a day", "a month", "a year", "once"};
  static constexpr std::array<std::string_view, 4> zh{"每日", "每月", "每年", "一次"};
  return std::string((chinese ? zh : en)[static_cast<std::size_t>(per)]);
}

// Days and the part of the span that each is: "40 days", "40/365".
inline std::string time_of(const penalty_segment& one, bool chinese) {
  const std::string days = std::to_string(one.days);
  const auto lowest = one.fraction.reduced();
  if (lowest && lowest->num == 1 && lowest->den == 1) return days + (chinese ? " 天" : one.days == 1 ? " day" : " days");
  if (lowest && lowest->num == 1) return days + "/" + to_string(lowest->den);
  return days + " x " + one.fraction.to_text();
}

inline std::string money_text(const int128& units, int places) { return decimal::make(units, places)->to_text(); }

}  // namespace detail

std::string sentence(const penalty_segment& one, const language& words) {
  using kind = penalty_segment::kind;
  const bool chinese = words.is_chinese();
  std::string key = one.is == kind::days ? "penalty.days" : one.is == kind::month ? "penalty.month" : "penalty.once";
  if (one.flat) key += "_flat";
  const std::vector<std::pair<std::string, std::string>> values{
      {"from", to_text(one.from)}, {"through", to_text(one.to - 1)}, {"base", one.base.to_text()},
      {"rate", one.flat ? detail::exact_text(one.rate) : detail::percent_of(one.rate)}, {"per", detail::span_word(one.per, chinese)},
      {"time", detail::time_of(one, chinese)}, {"amount", detail::exact_text(one.amount)}};
  std::string said = fill(detail::penalty_pattern(key, words), values);
  if (one.ceiling_at.empty()) return said;
  const std::vector<std::pair<std::string, std::string>> inner{{"said", std::move(said)}};
  return fill(detail::penalty_pattern("penalty.ceiling", words), inner);
}

std::string sentence(const program& tariff, const penalty& policy, const component_accrual& one, const language& words) {
  const std::string total = detail::money_text(one.total, tariff.minor_units);
  const auto exact_total = one.exact_total.to_decimal();
  const bool whole = exact_total && exact_total->normalized() == *decimal::parse(total);
  const std::string key = one.segments.empty() && one.total == 0 ? "penalty.none" : !one.limited_by.empty() ? "penalty.limited" : whole ? "penalty.total" : "penalty.rounded";
  const penalty_component& component = policy.components[static_cast<std::size_t>(one.component)];
  const std::vector<std::pair<std::string, std::string>> values{
      {"name", std::string(policy.name.in(words.tag(), policy.id)) + " / " + component.id}, {"exact", detail::exact_text(one.exact_total)}, {"total", total}};
  return fill(detail::penalty_pattern(key, words), values);
}

std::string to_json(const accrual& made, const program& tariff, bool indented) {
  static constexpr std::array<std::string_view, 3> kinds{"days", "month", "once"};
  std::string out;
  json_writer json(out, indented);
  const auto said = [&json](const auto& speak) { json.key("sentence").begin_object().member("en", speak(language::english())).member("zh", speak(language::chinese())).end_object(); };
  json.begin_object().member("receivable", made.receivable);
  const penalty* policy = made.penalty < 0 ? nullptr : &tariff.penalties[static_cast<std::size_t>(made.penalty)];
  if (policy != nullptr) json.member("penalty", policy->id);
  json.member("as_of", to_text(made.as_of)).key("components").begin_array();
  for (const component_accrual& one : made.components) {
    const penalty_component& component = policy->components[static_cast<std::size_t>(one.component)];
    json.begin_object().member("component", component.id).member("class", words::claim_class[static_cast<std::size_t>(component.paid_as)]).key("cites").begin_array();
    for (const std::string& cite : component.cites.empty() ? policy->cites : component.cites) json.text(cite);
    json.end_array().member("exact", detail::exact_text(one.exact_total));
    for (const auto& [name, amount] : {std::pair<std::string_view, int128>{"total", one.total}, {"paid", one.paid}, {"waived", one.waived}, {"open", one.open}})
      json.member(name, detail::money_text(amount, tariff.minor_units));
    if (!one.limited_by.empty()) json.member("limited_by", one.limited_by);
    said([&](const language& words) { return sentence(tariff, *policy, one, words); });
    json.key("segments").begin_array();
    for (const penalty_segment& segment : one.segments) {
      json.begin_object().member("is", kinds[static_cast<std::size_t>(segment.is)]).member("from", to_text(segment.from)).member("to", to_text(segment.to)).key("days").integer(segment.days);
      json.member("base", segment.base.to_text()).member("rate", segment.flat ? detail::exact_text(segment.rate) : detail::percent_of(segment.rate));
      json.member("per", words::penalty_span[static_cast<std::size_t>(segment.per)]).member("fraction", segment.fraction.to_text()).member("amount", detail::exact_text(segment.amount)).member("rate_at", segment.rate_at);
      if (!segment.ceiling_at.empty()) json.member("ceiling_at", segment.ceiling_at);
      said([&](const language& words) { return sentence(segment, words); });
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("diagnostics").written(to_json(made.found.all(), false)).end_object();
  return out;
}

payoff payoff_on(const penalty_terms& terms, const receivable_history& of, civil_day on) {
  payoff made;
  made.on = on;
  made.principal = detail::corrected_principal(of);
  for (const principal_change& one : of.changes)
    if (one.kind != principal_change_kind::correction && one.on <= on) made.principal -= one.lowers_by;
  if (made.principal < 0) made.principal = 0;
  made.total = made.principal;
  if (of.penalty < 0) return made;
  const accrual through = accrue(terms, of, on);
  const accrual before = accrue(terms, of, on - 1);
  for (const accrual* one : {&through, &before})
    if (!one->ok()) {
      made.found = one->found;
      return made;
    }
  const penalty& policy = terms.tariff->penalties[static_cast<std::size_t>(of.penalty)];
  for (std::size_t i = 0; i < policy.components.size(); ++i) {
    const component_accrual& counted = (policy.components[i].payment_day_counts ? through : before).components[i];
    const int128 settled = through.components[i].paid + through.components[i].waived;
    const int128 open = counted.total > settled ? int128(counted.total - settled) : int128(0);
    made.components.push_back(open);
    made.total += open;
  }
  return made;
}

DUES_END
