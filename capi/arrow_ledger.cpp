// SPDX-License-Identifier: Apache-2.0
//
// Tables of a ledger: balances, what is open, what was posted.
#include <capi/impl/arrow_table.hpp>
#include <capi/impl/ledger_view.hpp>

#include <array>

using namespace dues::capi;

namespace {

using dues::account_book;
using dues::account_state;

constexpr std::array<table_column, 5> of_balances{{
    {"account", cell_type::text}, {"version", cell_type::whole}, {"open", cell_type::money}, {"penalties", cell_type::money}, {"credit", cell_type::money}}};
constexpr std::array<table_column, 12> of_open_items{{
    {"account", cell_type::text}, {"receivable", cell_type::text}, {"unit", cell_type::text_or_none}, {"fee", cell_type::text_or_none},
    {"issue", cell_type::day}, {"due", cell_type::day}, {"billed", cell_type::money}, {"corrected", cell_type::money},
    {"settled", cell_type::money}, {"written_off", cell_type::money}, {"open", cell_type::money}, {"penalties", cell_type::money}}};
constexpr std::array<table_column, 14> of_entries{{
    {"account", cell_type::text}, {"entry", cell_type::text}, {"id", cell_type::text}, {"date", cell_type::day}, {"recorded", cell_type::day},
    {"cause", cell_type::text}, {"receivable", cell_type::text_or_none}, {"part", cell_type::text_or_none}, {"source", cell_type::text_or_none},
    {"amount", cell_type::money}, {"by", cell_type::text}, {"reason", cell_type::text_or_none}, {"actor", cell_type::text_or_none},
    {"reference", cell_type::text_or_none}}};

void write_balances(table_writer& to, const dues::ledger& of, const ledger_view& view) {
  view.each_state(of, [&](const std::string& id, const account_book& book, const account_state& state) {
    to.text(id);
    to.whole(book.version());
    to.money(state.open_principal());
    to.money(state.open_penalties());
    to.money(state.credit_total());
    to.end_row();
  });
}

void write_open_items(table_writer& to, const dues::ledger& of, const ledger_view& view) {
  view.each_state(of, [&](const std::string& id, const account_book&, const account_state& state) {
    for (const dues::receivable& one : state.receivables) {
      dues::int128 penalties = 0;
      for (const dues::penalty_part& part : one.penalties) penalties += part.open();
      if (one.open() == 0 && penalties == 0) continue;
      to.text(id);
      to.text(one.id);
      to.text(one.unit);
      to.text(one.fee < 0 ? std::string_view() : of.tariff().fees[static_cast<std::size_t>(one.fee)].id);
      to.day(one.issue);
      to.day(one.due);
      for (const dues::int128& amount : {one.billed, one.corrected, one.settled, one.written_off, one.open(), penalties}) to.money(amount);
      to.end_row();
    }
  });
}

void write_entries(table_writer& to, const dues::ledger& of, const ledger_view& view) {
  view.each_book(of, [&](const std::string& id, const account_book& book) {
    for (const dues::ledger_entry& one : book.entries) {
      if (!view.shows(one)) continue;
      to.text(id);
      to.text(dues::words::movement_kind[static_cast<std::size_t>(one.kind)]);
      to.text(one.id);
      to.day(one.date);
      to.day(one.recorded);
      for (const std::string& text : {std::cref(one.cause), std::cref(one.receivable), std::cref(one.part), std::cref(one.source)}) to.text(text);
      to.money(one.amount);
      for (const std::string& text : {std::cref(one.by), std::cref(one.reason), std::cref(one.actor), std::cref(one.reference)}) to.text(text);
      to.end_row();
    }
  });
}

}  // namespace

int32_t dues_ledger_arrow(const dues_ledger* ledger, const dues_ledger_view* view, int32_t table, struct ArrowArrayStream* out, dues_error* error) {
  if (out != nullptr) *out = {};
  return guarded(error, [&] {
    need(out, "out");
    const dues_ledger& from = checked(ledger, "ledger");
    const ledger_view asked(from, view);
    if (table < DUES_BALANCES || table > DUES_ENTRIES) refuse(DUES_WRONG_OPTION, {{"name", "table"}, {"is", std::to_string(table)}});
    asked.need_account(from.kept);
    const dues::program& tariff = from.kept.tariff();
    std::span<const table_column> columns = of_entries;
    if (table == DUES_BALANCES) columns = of_balances;
    if (table == DUES_OPEN_ITEMS) columns = of_open_items;
    table_writer to(columns, tariff.minor_units, tariff.id, tariff.currency_code);
    if (table == DUES_BALANCES) write_balances(to, from.kept, asked);
    else if (table == DUES_OPEN_ITEMS) write_open_items(to, from.kept, asked);
    else write_entries(to, from.kept, asked);
    to.give(out);
  });
}
