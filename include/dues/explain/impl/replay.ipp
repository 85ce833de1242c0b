// SPDX-License-Identifier: Apache-2.0
//
// Each word that a step does, done again from texts: what it says must come out. It shares the
// functions of value/ and month_count with the engine, and nothing of how the engine calls them.
#pragma once

#include <dues/explain/explain.hpp>
#include <dues/rating/proration.hpp>
#include <dues/value/split.hpp>

#include <charconv>
#include <functional>

DUES_BEGIN

namespace detail {

using replayed = std::optional<std::string>;

/// The inputs of one step, those made by earlier steps taken from there.
class step_inputs {
 public:
  step_inputs(const step& one, std::span<const std::string> before) {
    for (const step_input& in : one.inputs) {
      if (in.from.starts_with('#')) {
        std::size_t at = 0;
        const char* const end = in.from.data() + in.from.size();
        if (std::from_chars(in.from.data() + 1, end, at).ptr != end || at >= before.size()) whole_ = false;
        else values_.emplace_back(in.name, before[at]);
        continue;
      }
      values_.emplace_back(in.name, in.value);
    }
    whole_ = whole_ && !values_.empty();
  }

  bool whole() const noexcept { return whole_; }
  std::size_t size() const noexcept { return values_.size(); }
  const std::string& at(std::size_t i) const { return values_[i].second; }
  std::string text(std::string_view name) const {
    for (const auto& [key, value] : values_)
      if (key == name) return value;
    return {};
  }
  std::optional<exact256> number(std::size_t i) const { return i < values_.size() ? exact256::parse(values_[i].second) : std::nullopt; }
  std::optional<exact256> number(std::string_view name) const { return exact256::parse(text(name)); }
  std::optional<int> integer(std::string_view name) const {
    const std::string is = text(name);
    int value = 0;
    const char* const end = is.data() + is.size();
    return !is.empty() && std::from_chars(is.data(), end, value).ptr == end ? std::optional(value) : std::nullopt;
  }

 private:
  std::vector<std::pair<std::string, std::string>> values_;
  bool whole_ = true;
};

inline std::optional<day_range> range_from(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto from = parse_day(text.substr(0, dots));
  const auto to = dots == std::string_view::npos ? std::nullopt : parse_day(text.substr(dots + 2));
  return from && to ? std::optional(day_range{*from, *to}) : std::nullopt;
}

/// The words of a text, which must outlive them.
inline std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

template <class Operation>
replayed fold(const step_inputs& in, Operation&& operation) {
  auto sum = in.number(std::size_t{0});
  for (std::size_t i = 1; sum && i < in.size(); ++i) {
    const auto next = in.number(i);
    sum = next ? std::optional<exact256>(operation(*sum, *next)) : std::nullopt;
  }
  return sum && !sum->overflowed() ? replayed(sum->to_text()) : std::nullopt;
}

// Numbers by value, everything else by its text.
inline int ordered(const std::string& a, const std::string& b) {
  const auto x = exact256::parse(a);
  const auto y = exact256::parse(b);
  if (x && y) return *x < *y ? -1 : *y < *x ? 1 : 0;
  return a < b ? -1 : b < a ? 1 : 0;
}

inline replayed truth(bool is) { return is ? "true" : "false"; }

inline replayed rounded(const std::optional<exact256>& value, std::optional<int> places, const std::string& mode) {
  int128 coefficient;
  const auto how = rounding_mode_from(mode);
  if (!value || !places || !how || *places < 0 || *places > decimal::most_places || !value->round(*places, *how, coefficient)) return std::nullopt;
  const auto made = decimal::make(coefficient, *places);
  return made ? replayed(made->to_text()) : std::nullopt;
}

inline replayed counted(const step_inputs& in) {
  const auto month = range_from(in.text("month"));
  std::vector<day_range> covered;
  const std::string all = in.text("covered");
  for (const std::string_view one : words_of(all)) {
    const auto range = range_from(one);
    if (!range) return std::nullopt;
    covered.push_back(*range);
  }
  const std::string convention = in.text("convention");
  const std::size_t colon = convention.find(':');
  const auto at = std::find(words::proration.begin(), words::proration.end(), convention.substr(0, colon));
  if (!month || at == words::proration.end()) return std::nullopt;
  int from_day = 1;
  if (colon != std::string::npos) std::from_chars(convention.data() + colon + 1, convention.data() + convention.size(), from_day);
  const share_of_time count = month_count(static_cast<proration>(at - words::proration.begin()), from_day, *month, covered);
  return exact256::ratio(int256(count.num), int256(count.den)).to_text();
}

inline replayed shared_out(const step_inputs& in) {
  std::vector<exact256> weights;
  const std::string all = in.text("weights");
  for (const std::string_view one : words_of(all)) {
    const auto weight = exact256::parse(one);
    if (!weight) return std::nullopt;
    weights.push_back(*weight);
  }
  const auto amount = in.number("amount");
  const auto places = in.integer("places");
  const auto part = in.integer("part");
  const auto rotation = in.integer("rotation");
  const auto how = std::find(words::division.begin(), words::division.end(), in.text("division"));
  int128 units;
  if (!amount || !places || !part || !rotation || how == words::division.end() || *part < 1 || static_cast<std::size_t>(*part) > weights.size()) return std::nullopt;
  if (!amount->round(*places, rounding_mode::half_up, units)) return std::nullopt;
  std::vector<int128> parts(weights.size(), int128(0));
  if (units != 0 && !split(units, std::span<const exact256>(weights), static_cast<division>(how - words::division.begin()), static_cast<std::uint64_t>(*rotation), parts)) return std::nullopt;
  return decimal::make(parts[static_cast<std::size_t>(*part) - 1], *places)->to_text();
}

inline replayed taxed(const step_inputs& in, bool included) {
  const auto amount = in.number("amount");
  const auto rate = in.number("rate");
  const auto minor = in.integer("minor");
  if (!amount || !rate || !minor) return std::nullopt;
  const exact256 one(std::int64_t{1});
  const auto part = rounded(included ? *amount / (one + *rate) : *amount * *rate, in.integer("places"), in.text("mode"));
  const auto value = part ? exact256::parse(*part) : std::nullopt;
  if (!value) return std::nullopt;
  return rounded(included ? *amount - *value : *value, minor, "half_up");
}

inline replayed redo(const std::string& does, const step_inputs& in) {
  const auto one = [&](auto&& function) -> replayed {
    const auto value = in.number(std::size_t{0});
    return value ? replayed(function(*value).to_text()) : std::nullopt;
  };
  const auto lesser = [](const exact256& a, const exact256& b) { return b < a ? b : a; };
  const auto greater = [](const exact256& a, const exact256& b) { return a < b ? b : a; };
  if (does == "read" || does == "look_up" || does == "choose" || does == "and" || does == "or" || does == "period") return in.at(0);
  if (does == "applies") return "true";
  if (does == "add" || does == "add_lines" || does == "amount") return fold(in, [](const exact256& a, const exact256& b) { return a + b; });
  if (does == "subtract" || does == "less_discount" || does == "net" || does == "adjust" || does == "less_billed") return fold(in, [](const exact256& a, const exact256& b) { return a - b; });
  if (does == "multiply") return fold(in, [](const exact256& a, const exact256& b) { return a * b; });
  if (does == "divide") {
    const auto by = in.number(std::size_t{1});
    return by && !by->is_zero() ? fold(in, [](const exact256& a, const exact256& b) { return a / b; }) : std::nullopt;
  }
  if (does == "minimum" || does == "at_most") return fold(in, lesser);
  if (does == "maximum" || does == "at_least") return fold(in, greater);
  if (does == "slice" || does == "blocks") {
    const auto before = in.number("used_before");
    const auto used = in.number("usage");
    const auto above = in.number("above");
    const auto block = does == "blocks" ? in.number("block") : std::optional(exact256(std::int64_t{1}));
    if (!before || !used || !above || !block || block->is_zero()) return std::nullopt;
    const auto within = [&](exact256 total) {
      if (const auto up_to = in.number("up_to"); up_to && *up_to < total) total = *up_to;
      const exact256 over = *above < total ? total - *above : exact256();
      return does == "blocks" ? (over / *block).ceil() : over;
    };
    return (within(*before + *used) - within(*before)).to_text();
  }
  if (does == "reached" || does == "reached_last") return in.at(0);
  if (does == "usage" || does == "usage_turned") {
    const auto reading = in.number("reading");
    const auto before = in.number("before");
    const auto ratio = in.number("ratio");
    const auto turn = does == "usage" ? std::optional(exact256()) : in.number("turn");
    return reading && before && ratio && turn ? replayed(((*reading - *before + *turn) * *ratio).to_text()) : std::nullopt;
  }
  if (does == "less_free") return fold(in, [](const exact256& a, const exact256& b) { return b < a ? a - b : exact256(); });
  if (does == "negate") return one([](const exact256& a) { return -a; });
  if (does == "ceil") return one([](const exact256& a) { return a.ceil(); });
  if (does == "floor") return one([](const exact256& a) { return a.floor(); });
  if (does == "abs") return one([](const exact256& a) { return a.abs(); });
  if (does == "round_to") {
    const auto places = in.number(std::size_t{1});
    int128 units;
    return places && places->round(0, rounding_mode::half_up, units) ? rounded(in.number(std::size_t{0}), static_cast<int>(units), "half_up") : std::nullopt;
  }
  if (does == "round") return rounded(in.number("exact"), in.integer("places"), in.text("mode"));
  if (does == "count") return counted(in);
  if (does == "days_of") {
    const auto range = range_from(in.text("range"));
    return range ? replayed(std::to_string(range->days())) : std::nullopt;
  }
  if (does == "part_by_days") {
    const auto count = in.number("count");
    const auto days = in.number("days");
    const auto of = in.number("of");
    return count && days && of && !of->is_zero() ? replayed((*count * *days / *of).to_text()) : std::nullopt;
  }
  if (does == "share_out") return shared_out(in);
  if (does == "percent_off") {
    const auto amount = in.number("amount");
    const auto rate = in.number("rate");
    const auto share = in.number("share");
    return amount && rate && share ? rounded(*amount * *rate * *share, in.integer("places"), in.text("mode")) : std::nullopt;
  }
  for (const std::string_view none : {"out_of_window", "not_for_unit", "not_met", "outdone", "nothing_left", "cut_away", "not_vacant", "not_approved"})
    if (does == none) return "0";
  if (does == "tax_included" || does == "tax_on_top") return taxed(in, does == "tax_included");
  if (does == "not") return truth(in.at(0) == "false");
  if (does == "in") {
    bool found = false;
    for (std::size_t i = 1; i < in.size(); ++i) found = found || in.at(i) == in.at(0);
    return truth(found);
  }
  if (in.size() < 2) return std::nullopt;
  const int order = ordered(in.at(0), in.at(1));
  if (does == "equal") return truth(order == 0);
  if (does == "not_equal") return truth(order != 0);
  if (does == "less") return truth(order < 0);
  if (does == "less_equal") return truth(order <= 0);
  if (does == "greater") return truth(order > 0);
  if (does == "greater_equal") return truth(order >= 0);
  if (does == "days") {
    const auto from = parse_day(in.at(0));
    const auto to = parse_day(in.at(1));
    return from && to ? replayed(std::to_string(*to - *from)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace detail

std::optional<std::string> replay(const explanation& told) {
  std::vector<std::string> values;
  for (const step& one : told.steps) {
    const detail::step_inputs inputs(one, values);
    const auto again = inputs.whole() ? detail::redo(one.does, inputs) : std::nullopt;
    if (!again || detail::ordered(*again, one.value) != 0) return std::nullopt;
    values.push_back(one.value);
  }
  if (values.empty() || detail::ordered(values.back(), told.amount) != 0) return std::nullopt;
  return values.back();
}

DUES_END
