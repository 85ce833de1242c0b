// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/csv/writer.hpp>
#include <dues/json/writer.hpp>
#include <dues/ledger/file.hpp>
#include <dues/ledger/impl/write_event.hpp>

DUES_BEGIN

namespace detail {

inline void write_entry(json_writer& out, const program& tariff, const ledger_entry& one, std::string_view account) {
  out.begin_object().member("entry", words::movement_kind[static_cast<std::size_t>(one.kind)]).member("id", one.id);
  write_when_given(out, "account", account);
  out.member("date", to_text(one.date)).member("recorded", to_text(one.recorded)).member("cause", one.cause);
  write_when_given(out, "receivable", one.receivable);
  write_when_given(out, "part", one.part);
  write_when_given(out, "source", one.source);
  out.member("amount", amount_text(one.amount, tariff.minor_units)).member("by", one.by);
  write_when_given(out, "reason", one.reason);
  write_when_given(out, "actor", one.actor);
  write_when_given(out, "reference", one.reference);
  out.end_object();
}

// One book, or all where no account is named, without passing over the others.
inline std::pair<ledger::book_map::const_iterator, ledger::book_map::const_iterator> books_of(const ledger& whole, std::string_view account) {
  if (account.empty()) return {whole.books().begin(), whole.books().end()};
  const auto at = whole.books().find(account);
  return {at, at == whole.books().end() ? at : std::next(at)};
}

// Deposits and plans, where there are any.
inline void write_agreed(json_writer& out, const program& tariff, const account_state& state) {
  const auto money = [&](int128 amount) { return amount_text(amount, tariff.minor_units); };
  if (!state.deposits.empty()) {
    out.key("deposits").begin_array();
    for (const deposit_balance& one : state.deposits) out.begin_object().member("subscription", one.subscription).member("amount", money(one.amount)).end_object();
    out.end_array();
  }
  if (state.plans.empty()) return;
  out.key("plans").begin_array();
  for (const plan_state& one : state.plans) {
    out.begin_object().member("id", one.id).member("plan", tariff.plans[static_cast<std::size_t>(one.plan)].id).member("covered", money(one.covered));
    write_texts(out, "for", one.receivables);
    out.key("instalments").begin_array();
    for (const plan_part& part : one.parts) {
      out.begin_object().member("due", to_text(part.due)).member("amount", money(part.amount));
      if (part.interest != 0) out.member("interest", money(part.interest));
      out.member("open", money(part.open)).end_object();
    }
    out.end_array();
    if (one.missed) out.member("missed", to_text(*one.missed));
    out.end_object();
  }
  out.end_array();
}

}  // namespace detail

std::string to_json(const program& tariff, const ledger_event& event) {
  std::string text;
  json_writer out(text);
  detail::write_event(out, tariff, event);
  return text;
}

std::string to_json(const program& tariff, std::span<const ledger_entry> entries) {
  std::string text;
  json_writer out(text);
  out.begin_array();
  for (const ledger_entry& one : entries) detail::write_entry(out, tariff, one, {});
  out.end_array();
  return text;
}

std::string to_json(const ledger& whole, std::string_view account) {
  const program& tariff = whole.tariff();
  std::string text;
  json_writer out(text);
  out.begin_object().member("dues_ledger", "1").member("tariff", tariff.id).member("currency", tariff.currency_code);
  out.key("events").begin_array();
  for (const ledger_event& event : whole.common()) detail::write_event(out, tariff, event);
  const auto [first, last] = detail::books_of(whole, account);
  for (auto at = first; at != last; ++at)
    for (const ledger_event& event : at->second.events) detail::write_event(out, tariff, event);
  out.end_array().key("entries").begin_array();
  for (auto at = first; at != last; ++at)
    for (const ledger_entry& one : at->second.entries) detail::write_entry(out, tariff, one, at->first);
  out.end_array().end_object();
  text += '\n';
  return text;
}

std::string entries_csv(const ledger& whole, std::string_view account, civil_day as_of, civil_day known_at) {
  std::string out = "account,entry,id,date,recorded,cause,receivable,part,source,amount,by,reason,actor,reference\n";
  const auto [first, last] = detail::books_of(whole, account);
  for (auto at = first; at != last; ++at) {
    const std::string& id = at->first;
    for (const ledger_entry& one : at->second.entries) {
      if (as_of < one.date || known_at < one.recorded) continue;
      const std::string date = to_text(one.date), recorded = to_text(one.recorded), amount = amount_text(one.amount, whole.tariff().minor_units);
      const std::string_view cells[] = {id, words::movement_kind[static_cast<std::size_t>(one.kind)], one.id, date, recorded, one.cause, one.receivable, one.part, one.source, amount, one.by, one.reason, one.actor, one.reference};
      for (std::size_t i = 0; i < std::size(cells); ++i) {
        if (i != 0) out += ',';
        append_csv_cell(out, cells[i]);
      }
      out += '\n';
    }
  }
  return out;
}

std::string to_json(const program& tariff, const account_state& state, civil_day as_of) {
  std::string text;
  json_writer out(text);
  const auto money = [&](int128 amount) { return amount_text(amount, tariff.minor_units); };
  out.begin_object().member("account", state.account).member("as_of", to_text(as_of)).member("currency", tariff.currency_code);
  out.member("open", money(state.open_principal())).member("penalties", money(state.open_penalties())).member("credit", money(state.credit_total()));
  if (!state.deposits.empty()) out.member("deposits_held", money(state.deposit_total()));
  out.key("receivables").begin_array();
  for (const receivable& one : state.receivables) {
    out.begin_object().member("id", one.id);
    detail::write_when_given(out, "unit", one.unit);
    if (one.fee >= 0) out.member("fee", tariff.fees[static_cast<std::size_t>(one.fee)].id);
    out.member("issue", to_text(one.issue)).member("due", to_text(one.due)).member("billed", money(one.billed)).member("corrected", money(one.corrected));
    out.member("settled", money(one.settled)).member("written_off", money(one.written_off));
    if (one.moved != 0) out.member("transferred", money(one.moved));
    out.member("open", money(one.open()));
    if (!one.penalties.empty()) {
      out.key("penalties").begin_array();
      for (const penalty_part& part : one.penalties)
        out.begin_object().member("component", part.component).member("accrued", money(part.accrued)).member("paid", money(part.paid)).member("waived", money(part.waived)).member("open", money(part.open())).end_object();
      out.end_array();
    }
    out.end_object();
  }
  out.end_array().key("credits").begin_array();
  for (const credit_balance& one : state.credit) {
    out.begin_object().member("amount", money(one.amount));
    if (!one.bound_to.empty()) {
      out.key("bound_to").begin_array();
      for (const std::int32_t fee : one.bound_to) out.text(tariff.fees[static_cast<std::size_t>(fee)].id);
      out.end_array();
    }
    out.end_object();
  }
  out.end_array();
  detail::write_agreed(out, tariff, state);
  out.key("movements").begin_array();
  for (const movement& one : state.movements) {
    out.begin_object().member("does", words::movement_kind[static_cast<std::size_t>(one.kind)]).member("date", to_text(one.date)).member("cause", one.cause);
    detail::write_when_given(out, "receivable", one.receivable);
    detail::write_when_given(out, "part", one.part);
    detail::write_when_given(out, "source", one.source);
    out.member("amount", money(one.amount));
    if (one.why != order_step::alone) {
      out.member("why", words::order_step[static_cast<std::size_t>(one.why)]).member("before", one.before);
      out.key("sentence").begin_object().member("zh", sentence(tariff, state, one, language::chinese())).member("en", sentence(tariff, state, one)).end_object();
    }
    out.end_object();
  }
  out.end_array().end_object();
  text += '\n';
  return text;
}

// What is told of one step of the order: {first} came before {second}.
std::string sentence(const program& tariff, const account_state& state, const movement& one, const language& words) {
  struct text {
    std::string_view en, zh;
  };
  static constexpr std::array<text, 11> texts{{
      {"{amount} went to {first} ({part}) before {second}: what is not yet due comes after all that is", "{amount} 先清偿 {first}（{part}），后清偿 {second}：未到期的在全部到期的之后"},
      {"{amount} went to {first} ({part}) before {second}: {pointer} ranks it in an earlier group", "{amount} 先清偿 {first}（{part}），后清偿 {second}：按 {pointer}，其所在顺位在前"},
      {"{amount} went to {first} ({part}) before {second}: costs, then interest, then penalties, then principal", "{amount} 先清偿 {first}（{part}），后清偿 {second}：顺序为费用、利息、滞纳金、本金"},
      {"{amount} went to {first} ({part}) before {second}: the payer designated it", "{amount} 先清偿 {first}（{part}），后清偿 {second}：付款人指定"},
      {"{amount} went to {first} ({part}) before {second}: it is due and the other is not", "{amount} 先清偿 {first}（{part}），后清偿 {second}：前者已到期，后者未到期"},
      {"{amount} went to {first} ({part}) before {second}: it is less secured", "{amount} 先清偿 {first}（{part}），后清偿 {second}：前者担保较少"},
      {"{amount} went to {first} ({part}) before {second}: it is the heavier burden", "{amount} 先清偿 {first}（{part}），后清偿 {second}：前者负担较重"},
      {"{amount} went to {first} ({part}) before {second}: it fell due earlier ({due})", "{amount} 先清偿 {first}（{part}），后清偿 {second}：前者到期较早（{due}）"},
      {"{amount} went to {first} ({part}) beside {second}: both by their share", "{amount} 清偿 {first}（{part}），与 {second} 按比例分摊"},
      {"{amount} went to {first} ({part}) before {second}: nothing else tells them apart, so the id does", "{amount} 先清偿 {first}（{part}），后清偿 {second}：其余条件相同，按编号"},
      {"{amount} went to {first} ({part})", "{amount} 清偿 {first}（{part}）"},
  }};
  const auto step = static_cast<std::size_t>(one.why);
  const receivable* first = state.find(one.receivable);
  const std::vector<std::pair<std::string, std::string>> values{
      {"amount", tariff.currency_code + " " + amount_text(one.amount, tariff.minor_units)}, {"first", one.receivable}, {"part", one.part}, {"second", one.before},
      {"pointer", "/payments/order"}, {"due", first == nullptr ? std::string() : to_text(first->due)}};
  if (const auto laid = words.text("order." + std::string(words::order_step[step]))) return fill(*laid, values);
  return fill(words.is_chinese() ? texts[step].zh : texts[step].en, values);
}

DUES_END
