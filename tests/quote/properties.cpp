// SPDX-License-Identifier: Apache-2.0
//
// What holds of every prepayment, whatever it costs and whatever is offered: billing by a quote is the quote, what is
// due stays within the gross, leaving before it began gives all back, a reversal restores everything.
#include "quote/prepaid_book.hpp"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

using namespace dues_test;

int within(int from, int through) { return *rc::gen::inRange(from, through + 1); }

template <class T>
T one_of(std::initializer_list<T> all) {
  return *rc::gen::elementOf(std::vector<T>(all));
}

// A discount of each kind that paying ahead may have, in any order.
std::string any_discounts() {
  std::string out;
  const int count = within(0, 4);
  for (int i = 0; i < count; ++i) {
    const std::string months = std::to_string(within(1, 14));
    const std::string gives[] = {R"({"percent": ")" + std::to_string(within(0, 60)) + R"(%"})", R"({"amount": ")" + std::to_string(within(0, 900)) + "." + std::to_string(within(10, 99)) + R"("})",
                                 R"({"free_months": )" + std::to_string(within(1, 4)) + "}"};
    const int kind = within(0, 2);
    out += (out.empty() ? "" : ", ") + (R"({"id": "d)" + std::to_string(i) + R"(", "of": ["management"], "when": {"prepaid_months": )" + months + R"(}, "give": )" + gives[kind]);
    if (kind == 0 && within(0, 1) == 1) out += R"(, "works_on": "gross")";
    out += "}";
  }
  return out;
}

offer_town any_town() {
  offer_town of;
  of.area = std::to_string(within(1, 300)) + "." + std::to_string(within(10, 99));
  of.price = R"([{"from": "2020-01-01", "is": ")" + std::to_string(within(0, 9)) + "." + std::to_string(within(10, 99)) + R"("}, {"from": "2026-08-01", "is": ")" + std::to_string(within(1, 9)) + R"(.07"}])";
  of.discounts = any_discounts();
  of.prepayments = R"({"id": "ahead", "of": ["management"], "at_most_months": 36, "leaving_early": ")" + std::string(one_of({"reprice", "pro_rata"})) + R"("})";
  const int each = one_of({1, 1, 1, 3, 6});
  of.schedule = R"({"id": "monthly", "kind": "months", "months": )" + std::to_string(each) + R"(, "billed": ")" + one_of({"in_advance", "in_arrears"}) + R"(", "due": {"day_of_month": 10}})";
  if (within(0, 1) == 1) {
    of.taxes = R"({"id": "vat", "included": )" + std::string(one_of({"true", "false"})) + R"(, "rate": "6%", "computed": ")" + one_of({"per_line", "per_bill"}) + R"("})";
    of.tax = R"(, "tax": "vat")";
  }
  return of;
}

// Periods of any of these lengths begin in January and July.
dues::prepay_request any_request() {
  dues::prepay_request asked = ahead(6 * within(1, 4), one_of({"2026-01-01", "2026-07-01"}), "2026-01-01");
  asked.expires = day("2026-02-28");
  return asked;
}

std::string ended(const std::string& to) { return R"({"unit": "1-101", "account": "A-1", "role": "owner", "from": "2020-01-01", "to": ")" + to + R"("}, {"unit": "1-101", "account": "A-2", "role": "owner", "from": ")" + to + R"("})"; }

RC_GTEST_PROP(every_quote, is_what_its_bill_comes_to, ()) {
  const offer_town of = any_town();
  const dues::quote given = make_quote(of.loaded(), any_request());
  RC_ASSERT(given.ok());
  dues::diagnostics found;
  const auto read = dues::read_quote(*given.made.known->tariff, dues::to_json(given), found);
  RC_ASSERT(read.has_value());
  const dues::quote billed = bill_quote(of.loaded(), *read, day("2026-02-" + std::to_string(within(10, 28))));
  RC_ASSERT(billed.ok());
  RC_ASSERT(billed.paid == given.paid);
  RC_ASSERT(billed.made.lines.size() == given.made.lines.size());
  dues::int128 sum = 0;
  for (std::size_t i = 0; i < given.made.lines.size(); ++i) {
    RC_ASSERT(billed.made.lines[i].amount == given.made.lines[i].amount);
    sum += billed.made.lines[i].amount;
  }
  RC_ASSERT(sum == given.paid);
  RC_ASSERT(total_of(billed.made, billed.made.bills.front()) == given.paid);
}

RC_GTEST_PROP(every_quote, stays_between_nothing_and_the_gross, ()) {
  const dues::quote made = make_quote(any_town().loaded(), any_request());
  RC_ASSERT(made.ok());
  for (std::size_t i = 0; i < made.made.lines.size(); ++i) {
    const dues::line one = made.made.lines[i];
    std::int64_t granted = 0;
    for (const dues::granted_discount& each : granted_to(made.made, i)) granted += each.amount;
    RC_ASSERT(one.amount >= 0);
    RC_ASSERT(granted == discounts_of(*made.made.known->tariff, one));
    RC_ASSERT(granted <= one.gross);
    RC_ASSERT(!made.parts[i].gift || (one.amount == 0 && granted == one.gross));
  }
  RC_ASSERT(made.paid >= 0);
  RC_ASSERT(made.id == make_quote(made.made.known, made.asked).id);
}

RC_GTEST_PROP(every_prepayment, left_before_any_covered_day_gives_all_back, ()) {
  offer_town of = any_town();
  const dues::quote made = make_quote(of.loaded(), any_request());
  RC_PRE(made.ok() && made.paid > 0);
  const dues::ledger_event paid = prepay_of(made, "p1");
  of.tenures = ended(dues::to_text(made.covered.from));
  const dues::leaving left = settle_leaving(of.loaded(), paid, {"l1", {}, false, {}});
  RC_ASSERT(left.ok());
  RC_ASSERT(left.refund == made.paid);
  for (const dues::settled_line& one : left.lines) RC_ASSERT(one.is == 0);
}

RC_GTEST_PROP(every_prepayment, left_on_any_day_keeps_and_refunds_what_was_paid, ()) {
  offer_town of = any_town();
  of.more = settled_in_order;
  const dues::quote made = make_quote(of.loaded(), any_request());
  RC_PRE(made.ok() && made.paid > 0);
  prepaid_book book{[&] {
    offer_town plain = of;
    plain.more.clear();
    return plain;
  }()};
  const dues::ledger_event paid = prepay_of(made, "p1");
  book.record(paid);
  const dues::civil_day to = made.covered.from + within(0, made.covered.to - made.covered.from);
  of.tenures = ended(dues::to_text(to));
  const dues::leaving left = settle_leaving(of.loaded(), paid, {"l1", {}, within(0, 3) == 0, {}}, book.events());
  RC_ASSERT(left.ok());
  std::int64_t kept = 0;
  for (const dues::settled_line& one : left.lines) {
    RC_ASSERT(one.is >= 0);
    kept += one.is;
  }
  RC_ASSERT(left.refund >= 0);
  RC_ASSERT(kept + left.refund == made.paid);
  for (const dues::ledger_event& one : left.events) RC_ASSERT(book.apply(one).recorded);
  RC_ASSERT(book.state().credit_total() == left.refund);
  RC_ASSERT(book.state().open_principal() == 0);
}

// A book with older credit and debts: after the reversal it is what it was.
RC_GTEST_PROP(every_prepayment, taken_back_before_it_began_restores_everything, ()) {
  offer_town of = any_town();
  prepaid_book book(of);
  const int credit = within(0, 90'000);
  if (credit > 0) book.record(R"({"event": "payment", "id": "m", "account": "A-1", "date": "2025-12-20", "amount": ")" + money(credit) + R"("})");
  const std::string before = dues::to_json(*book.known->tariff, book.state(), day("2025-12-31"));
  const std::string were = before.substr(0, before.find("\"movements\""));
  dues::prepay_request asked = any_request();
  asked.from = day("2026-07-01");
  const dues::quote made = make_quote(book.known, asked);
  RC_PRE(made.ok() && made.paid > credit);
  dues::ledger_event paid = prepay_of(made, "p1");
  if (credit > 0) paid.sources = {{"credit", credit}, {"bank", made.paid - credit}};
  RC_ASSERT(book.apply(paid).recorded);
  RC_ASSERT(book.state().credit_total() == 0);
  book.record(reversal("p1", "2026-06-30"));
  const std::string after = dues::to_json(*book.known->tariff, book.state(), day("2025-12-31"));
  RC_ASSERT(after.substr(0, after.find("\"movements\"")) == were);
}

}  // namespace
