// SPDX-License-Identifier: Apache-2.0
//
// What a ledger tells at the C boundary: balances, and texts of them, of what was recorded and of what was posted.
#include <capi/impl/ledger_view.hpp>

using namespace dues::capi;

namespace dues::capi {

ledger_view::ledger_view(const dues_ledger& of, const dues_ledger_view* view) {
  with.penalties = &of.penalties;
  if (view == nullptr) return;
  check_options(view, "view");
  if ((view->flags & ~std::uint32_t{DUES_WHY}) != 0) refuse(DUES_WRONG_OPTION, {{"name", "view.flags"}, {"is", std::to_string(view->flags)}});
  with.as_of = day_of(view->as_of, "view.as_of");
  with.known_at = day_of(view->known_at, "view.known_at");
  with.explain = (view->flags & DUES_WHY) != 0;
  account = id_of(view->account.data, view->account.size, "view.account");
  has_day = view->as_of != DUES_OPEN_END;
}

void ledger_view::need_account(const ledger& of) const {
  if (account.empty() || of.find(account) != nullptr) return;
  constexpr std::size_t shown = 200;
  throw refusal{DUES_NOT_FOUND, make_diagnostic("L190", "", {{"account", std::string(account.substr(0, shown))}})};
}

}  // namespace dues::capi

namespace {

using dues::account_book;
using dues::account_state;

// A list, an item for each account.
class list_text {
 public:
  void add(std::string_view item) {
    out_ += out_.size() == 1 ? "\n" : ",\n";
    while (item.ends_with('\n')) item.remove_suffix(1);
    out_ += item;
  }
  std::string take() { return std::move(out_ += "\n]\n"); }

 private:
  std::string out_ = "[";
};

std::string balances(const dues::ledger& of, const ledger_view& view) {
  list_text out;
  view.each_state(of, [&](const std::string&, const account_book&, const account_state& state) { out.add(dues::to_json(of.tariff(), state, view.with.as_of)); });
  return out.take();
}

std::string openings(const dues::ledger& of, const ledger_view& view) {
  list_text out;
  view.each_state(of, [&](const std::string&, const account_book&, const account_state& state) {
    for (const dues::ledger_event& one : dues::openings_of(of.tariff(), state, view.with.as_of)) out.add(dues::to_json(of.tariff(), one));
  });
  return out.take();
}

std::string history(const dues::ledger& of, const ledger_view& view) {
  list_text out;
  view.each_book(of, [&](const std::string& id, const account_book& book) {
    std::string item;
    dues::json_writer json(item, false);
    json.begin_object().member("account", id).key("version").integer(static_cast<std::int64_t>(book.version())).key("events").begin_array();
    for (const dues::ledger_event& one : book.events)
      if (view.shows(one)) json.written(dues::to_json(of.tariff(), one));
    json.end_array().key("entries");
    std::vector<dues::ledger_entry> entries;
    for (const dues::ledger_entry& one : book.entries)
      if (view.shows(one)) entries.push_back(one);
    json.written(dues::to_json(of.tariff(), entries)).end_object();
    out.add(item);
  });
  return out.take();
}

}  // namespace

int32_t dues_ledger_get(const dues_ledger* ledger, const dues_ledger_view* view, dues_account_info* out, dues_error* error) {
  return guarded(error, [&] {
    clear_struct(out, "out");
    const dues_ledger& from = checked(ledger, "ledger");
    const dues::program& tariff = from.kept.tariff();
    const ledger_view asked(from, view);
    dues_account_info made{};
    made.minor_units = tariff.minor_units;
    made.currency = str_of(tariff.currency_code);
    made.version = asked.account.empty() ? from.kept.common_version() : 0;
    dues::int128 open = 0, penalties = 0, credit = 0;
    asked.each_state(from.kept, [&](const std::string&, const account_book& book, const account_state& state) {
      ++made.accounts;
      open += state.open_principal();
      penalties += state.open_penalties();
      credit += state.credit_total();
      if (asked.account.empty()) return;
      made.version = book.version();
      if (!asked.has_day) return;
      const dues::cash_quote cash = dues::quote_cash(tariff, state, asked.with.as_of);
      made.owed = decimal_of(cash.owed, tariff.minor_units);
      made.to_pay = decimal_of(cash.to_pay, tariff.minor_units);
    });
    made.open = decimal_of(open, tariff.minor_units);
    made.penalties = decimal_of(penalties, tariff.minor_units);
    made.credit = decimal_of(credit, tariff.minor_units);
    put_struct(out, made, "out");
  });
}

int32_t dues_ledger_text(const dues_ledger* ledger, const dues_ledger_view* view, int32_t form, dues_text* out, dues_error* error) {
  if (out != nullptr) *out = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const dues_ledger& from = checked(ledger, "ledger");
    const ledger_view asked(from, view);
    if (form < DUES_LEDGER_JSON || form > DUES_OPENINGS_JSON) refuse(DUES_WRONG_OPTION, {{"name", "form"}, {"is", std::to_string(form)}});
    asked.need_account(from.kept);
    switch (form) {
      case DUES_LEDGER_JSON:
        if (view != nullptr && (asked.has_day || view->known_at != DUES_OPEN_END)) refuse(DUES_WRONG_OPTION, {{"name", "view.as_of, view.known_at"}, {"is", "given"}});
        *out = text_of(dues::to_json(from.kept, asked.account));
        break;
      case DUES_BALANCES_JSON: *out = text_of(balances(from.kept, asked)); break;
      case DUES_HISTORY_JSON: *out = text_of(history(from.kept, asked)); break;
      case DUES_ENTRIES_CSV: *out = text_of(dues::entries_csv(from.kept, asked.account, asked.with.as_of, asked.with.known_at)); break;
      default:
        if (!asked.has_day) refuse(DUES_WRONG_OPTION, {{"name", "view.as_of"}, {"is", "not given"}});
        *out = text_of(openings(from.kept, asked));
        break;
    }
  });
}
