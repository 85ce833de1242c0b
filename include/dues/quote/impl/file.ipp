// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/output.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/quote/file.hpp>
#include <dues/tariff/object_reader.hpp>

#include <charconv>

DUES_BEGIN

namespace detail {

inline constexpr std::array<std::string_view, 7> offer_outcomes{"granted", "out_of_window", "not_for_unit", "not_met", "outdone", "nothing_left", "cut_away"};

// A reason that has no words of its own here is a condition that does not hold.
inline std::size_t outcome_place(discount_note::outcome what) {
  const auto place = static_cast<std::size_t>(what);
  return place < offer_outcomes.size() ? place : static_cast<std::size_t>(discount_note::outcome::not_met);
}

class quote_writer {
 public:
  quote_writer(std::string& text, const quote& made) : made_(made), out_(text) {}

  void write() {
    out_.begin_object().member("dues_quote", "1");
    if (made_.ok()) out_.member("id", made_.id);
    write_request();
    if (made_.ok()) write_amounts();
    else {
      out_.key("diagnostics").begin_array();
      for (const diagnostic& one : made_.found.all()) append_diagnostic(out_, one);
      out_.end_array();
    }
    out_.end_object();
  }

 private:
  const program& tariff() const { return *made_.made.known->tariff; }
  std::string money(std::int64_t units) const { return amount_text(units, tariff().minor_units); }
  void day(std::string_view name, civil_day day) {
    if (day != ledger_event::no_day) out_.member(name, to_text(day));
  }
  void write_request() {
    const prepay_request& asked = made_.asked;
    out_.member("account", asked.account).member("unit", asked.unit);
    if (!asked.fee.empty()) out_.member("fee", asked.fee);
    if (!asked.subscription.empty()) out_.member("subscription", asked.subscription);
    out_.key("months").integer(asked.months);
    day("from", asked.from);
    day("on", asked.on);
    day("expires", asked.expires);
  }
  void write_amounts() {
    out_.member("to", to_text(made_.covered.to));
    out_.key("gift_months").integer(made_.gift_months);
    out_.member("tariff", tariff().id).member("edition", tariff().edition).member("currency", tariff().currency_code);
    out_.member("paid", money(made_.paid)).member("regular", money(made_.regular)).member("saved", money(made_.saved()));
    out_.key("inputs").begin_array();
    for (const quote_input& one : made_.inputs) out_.begin_object().member("what", one.what).member("hash", one.hash).end_object();
    out_.end_array().key("offers").begin_array();
    for (const quoted_offer& one : made_.offers) write_offer(one);
    out_.end_array();
    if (!made_.rebates.empty()) {
      out_.key("rebates").begin_array();
      for (const quoted_rebate& one : made_.rebates)
        out_.begin_object().member("discount", tariff().discounts[static_cast<std::size_t>(one.discount)].id).member("period", to_text(one.period)).member("amount", money(one.amount)).end_object();
      out_.end_array();
    }
    out_.key("bill").written(to_json(made_.made, false));
  }
  void write_offer(const quoted_offer& one) {
    out_.begin_object().member("discount", tariff().discounts[static_cast<std::size_t>(one.discount)].id);
    out_.member("outcome", offer_outcomes[outcome_place(one.what)]).member("amount", money(one.amount));
    if (one.months_needed != 0) out_.key("months_needed").integer(one.months_needed);
    if (one.paid_then) out_.member("paid_then", money(*one.paid_then)).member("saved_then", money(*one.saved_then));
    out_.key("sentence").begin_object().member("zh", sentence(made_, one, language::chinese())).member("en", sentence(made_, one)).end_object().end_object();
  }

  const quote& made_;
  json_writer out_;
};

class quote_reader {
 public:
  quote_reader(const program& tariff, json_node root, diagnostics& found) : tariff_(tariff), root_(root), found_(found) {}

  std::optional<quote> read() {
    quote made;
    if (!root_.is(node_kind::object)) {
      wrong(root_, "quote", "an object");
      return std::nullopt;
    }
    if (text("dues_quote") != "1") wrong(root_.find("dues_quote"), "dues_quote", "'1'");
    made.id = text("id");
    made.asked.account = text("account");
    made.asked.unit = text("unit");
    made.asked.fee = text("fee");
    if (root_.find("subscription")) made.asked.subscription = text("subscription");
    made.asked.months = months();
    made.asked.from = day("from");
    made.asked.on = day("on");
    made.asked.expires = day("expires");
    made.paid = amount("paid");
    const json_node inputs = root_.find("inputs");
    if (!inputs.is(node_kind::array) || inputs.size() == 0) wrong(inputs, "inputs", "a list");
    else
      for (json_node one = inputs.first(); one; one = one.next()) {
        const json_node what = one.find("what"), hash = one.find("hash");
        if (what.is(node_kind::text) && hash.is(node_kind::text)) made.inputs.push_back({std::string(what.text()), std::string(hash.text())});
        else wrong(one, "inputs", "{\"what\", \"hash\"}");
      }
    return good_ ? std::optional(std::move(made)) : std::nullopt;
  }

 private:
  void wrong(json_node at, std::string_view name, std::string_view wanted) {
    good_ = false;
    found_.add(make_diagnostic("Q116", at ? at.pointer() : "/" + std::string(name), {{"name", std::string(name)}, {"is", at ? shown(at) : "-"}, {"wanted", std::string(wanted)}}));
  }
  std::string text(std::string_view name) {
    const json_node at = root_.find(name);
    if (at.is(node_kind::text) && !at.text().empty()) return std::string(at.text());
    wrong(at, name, "a text");
    return {};
  }
  int months() {
    const json_node at = root_.find("months");
    int made = 0;
    const std::string_view is = at.is(node_kind::number) ? at.text() : std::string_view();
    const auto [end, error] = std::from_chars(is.data(), is.data() + is.size(), made);
    if (is.empty() || error != std::errc() || end != is.data() + is.size()) wrong(at, "months", "a whole number");
    return made;
  }
  civil_day day(std::string_view name) {
    const json_node at = root_.find(name);
    if (at.is(node_kind::text))
      if (const auto made = parse_day(at.text())) return *made;
    wrong(at, name, "a day as YYYY-MM-DD");
    return {};
  }
  std::int64_t amount(std::string_view name) {
    const json_node at = root_.find(name);
    const auto value = at.is(node_kind::text) ? decimal::parse(at.text()) : std::nullopt;
    const auto minor = value && value->normalized().scale() <= tariff_.minor_units ? value->rescaled(tariff_.minor_units, rounding_mode::half_up) : std::nullopt;
    const auto narrow = minor ? to_int64(minor->coefficient()) : std::nullopt;
    if (!narrow) wrong(at, name, "an amount in " + tariff_.currency_code);
    return narrow.value_or(0);
  }

  const program& tariff_;
  json_node root_;
  diagnostics& found_;
  bool good_ = true;
};

}  // namespace detail

std::string to_json(const quote& made) {
  std::string text;
  detail::quote_writer(text, made).write();
  text += '\n';
  return text;
}

std::string to_json(std::span<const quote> made) {
  std::string text = "[\n";
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (i != 0) text += ",\n";
    detail::quote_writer(text, made[i]).write();
  }
  return text + "\n]\n";
}

std::optional<quote> read_quote(const program& tariff, std::string_view json, diagnostics& found, const json_limits& limits) {
  const auto document = read_json(json, found, limits);
  if (document == nullptr || found.has_errors()) return std::nullopt;
  return detail::quote_reader(tariff, document->root(), found).read();
}

std::string sentence(const quote& made, const quoted_offer& offer, const language& words) {
  struct text {
    std::string_view key, en, zh;
  };
  static constexpr std::array<text, 10> texts{{
      {"granted", "{discount}: {amount} less", "{discount}：减 {amount}"},
      {"out_of_window", "{discount} is offered on other days", "{discount} 在其他日期提供"},
      {"not_for_unit", "{discount} is not for this unit", "{discount} 不适用于该房屋"},
      {"not_met", "{discount}: its condition does not hold", "{discount}：条件不满足"},
      {"outdone", "{discount}: another offer of its group grants more", "{discount}：同组的另一项优惠更多"},
      {"nothing_left", "{discount}: nothing is left to lower", "{discount}：没有可减的金额"},
      {"cut_away", "{discount}: a limit of all discounts leaves nothing of it", "{discount}：优惠总额上限使其不再减免"},
      {"months", "{discount} wants {months} months; {asked} are asked for", "{discount} 需预交 {months} 个月；申请 {asked} 个月"},
      {"almost", "{discount} wants {months} months: {paid} would be paid and {saved} saved", "{discount} 需预交 {months} 个月：届时付 {paid}，省 {saved}"},
      {"gift", "{discount}: {amount} less, as months that come free", "{discount}：减 {amount}，为赠送的月份"},
  }};
  const program& tariff = *made.made.known->tariff;
  const discount& one = tariff.discounts[static_cast<std::size_t>(offer.discount)];
  const bool gift = one.give.kind == gift_kind::free_months;
  const std::size_t place = offer.paid_then ? 8 : offer.months_needed != 0 ? 7 : offer.what == discount_note::outcome::granted && gift ? 9 : detail::outcome_place(offer.what);
  const auto money = [&](std::int64_t units) { return tariff.currency_code + " " + amount_text(units, tariff.minor_units); };
  const std::vector<std::pair<std::string, std::string>> values{
      {"discount", std::string(one.name.in(words.tag(), one.id))}, {"amount", money(offer.amount)}, {"months", std::to_string(offer.months_needed)},
      {"asked", std::to_string(made.asked.months)}, {"paid", money(offer.paid_then.value_or(0))}, {"saved", money(offer.saved_then.value_or(0))}};
  if (const auto laid = words.text("offer." + std::string(texts[place].key))) return fill(*laid, values);
  return fill(words.is_chinese() ? texts[place].zh : texts[place].en, values);
}

DUES_END
