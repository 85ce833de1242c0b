// SPDX-License-Identifier: Apache-2.0
//
// What is refused, with code, place and values; and that a refusal changes nothing.
#include "ledger/book.hpp"

namespace {

using namespace dues_test;

struct mistakes_test : testing::Test {
  test_book book{oldest_first};
  void SetUp() override { book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "40.00")}); }
  void TearDown() override {
    // Nothing of what was refused is there.
    EXPECT_EQ(book.open(key("A", "water", "2026-01-01")), "60.00");
    EXPECT_EQ(book.kept.find("A")->version(), 2U);
  }
  std::string unread(const std::string& json) {
    dues::diagnostics found;
    EXPECT_FALSE(dues::read_events(book.kept.tariff(), json, found).has_value());
    return told(found);
  }
};

TEST_F(mistakes_test, a_payment_of_nothing_or_less) {
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-06", "0.00")), "L112 /amount: payment q: the amount is 0.00; wanted more than 0");
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-06", "-5.00")), "L112 /amount: payment q: the amount is -5.00; wanted more than 0");
}

TEST_F(mistakes_test, a_payment_in_another_currency) {
  EXPECT_EQ(unread("[" + payment("q", "A", "2026-01-06", "5.00", R"(, "currency": "USD")") + "]"), "L113 /0/currency: the currency is USD; this ledger is kept in CNY");
}

TEST_F(mistakes_test, an_amount_with_half_a_cent) {
  EXPECT_EQ(unread(payment("q", "A", "2026-01-06", "5.005")), "L103 /amount: amount is '5.005'; wanted an amount in CNY with at most 2 places");
}

TEST_F(mistakes_test, a_field_that_is_unknown_missing_or_of_another_kind) {
  EXPECT_EQ(unread(payment("q", "A", "2026-01-06", "5.00", R"(, "trough": "2026-01-31")")), "L101 /trough: 'trough' is no field of payment");
  EXPECT_EQ(unread(payment("q", "A", "2026-01-06", "5.00", R"(, "receivable": "x")")), "L101 /receivable: 'receivable' is no field of payment");
  EXPECT_EQ(unread(R"({"event": "payment", "id": "q", "date": "2026-01-06", "amount": "5.00"})"), "L102 : account is missing in payment");
  EXPECT_EQ(unread(payment("q", "A", "2026-02-30", "5.00")), "L103 /date: date is '2026-02-30'; wanted a day as YYYY-MM-DD");
}

TEST_F(mistakes_test, a_word_that_is_no_event) {
  EXPECT_EQ(unread(event("paiment", "q", "A", "2026-01-06")), "L104 /event: 'paiment' is no event; did you mean 'payment'?");
}

TEST_F(mistakes_test, what_is_designated_must_be_owed_by_the_account) {
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-06", "5.00", R"(, "for": ["nothing"])")), "L114 /for: account A has no receivable 'nothing'");
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-06", "5.00", R"(, "for_fees": ["watr"])")), "L124 /for_fees: the tariff t has no fee 'watr'");
}

TEST_F(mistakes_test, sources_that_do_not_add_to_the_payment) {
  EXPECT_EQ(book.refused(payment("q", "A", "2026-01-06", "5.00", R"(, "sources": [{"kind": "cash", "amount": "4.00"}])")), "L121 /sources: the sources of q add to 4.00; the amount is 5.00");
}

TEST_F(mistakes_test, a_reversal_of_nothing_and_one_before_what_it_takes_back) {
  EXPECT_EQ(book.refused(event("reversal", "r", "A", "2026-01-06", R"(, "of": "x")")), "L115 /of: r takes back 'x', which is not recorded for account A");
  EXPECT_EQ(book.refused(event("reversal", "r", "A", "2026-01-04", R"(, "of": "p")")), "L103 /date: date is 2026-01-04; wanted a day not before 2026-01-05");
}

TEST_F(mistakes_test, the_same_id_with_other_content) {
  EXPECT_EQ(book.refused(payment("p", "A", "2026-01-05", "41.00")), "L110 /id: 'p' is recorded already (account A), with other content");
  EXPECT_EQ(book.refused(payment("p", "B", "2026-01-05", "40.00")), "L110 /id: 'p' is recorded already (account A), with other content");
}

TEST_F(mistakes_test, the_same_payment_twice_is_one_payment_and_the_second_call_is_told_so) {
  const dues::applied again = book.apply(payment("p", "A", "2026-01-05", "40.00"));
  EXPECT_TRUE(again.recorded && again.repeated);
  EXPECT_TRUE(again.entries.empty());
  EXPECT_EQ(again.version, 2U);
}

TEST_F(mistakes_test, a_version_that_is_no_longer_the_accounts) {
  const dues::applied stale = book.kept.apply(event_of(book.kept.tariff(), payment("q", "A", "2026-01-06", "5.00")), {1, nullptr});
  EXPECT_FALSE(stale.recorded);
  EXPECT_EQ(told(stale.found), "L111 : account A is at version 2; this call knows version 1");
}

TEST(mistakes_of_reversals_test, a_reversal_of_a_reversal_and_a_second_one) {
  test_book book(oldest_first);
  book.record_all({payment("p", "A", "2026-01-05", "40.00"), event("reversal", "r", "A", "2026-01-06", R"(, "of": "p")")});
  EXPECT_EQ(book.refused(event("reversal", "s", "A", "2026-01-07", R"(, "of": "r")")), "L127 /of: s takes back 'r' of account A, which is itself a reversal, a closing or a reopening");
  EXPECT_EQ(book.refused(event("reversal", "s", "A", "2026-01-07", R"(, "of": "p")")), "L128 /of: 'p' of account A was reversed before; s would do it twice");
}

TEST(mistakes_of_sizes_test, amounts_that_add_to_more_than_64_bits) {
  test_book book(oldest_first);
  book.record(payment("p", "A", "2026-01-05", "90000000000000000.00"));
  book.record(payment("q", "A", "2026-01-06", "90000000000000000.00"));
  book.record(charge("A", "water", "2026-02-01", "2026-02-10", "90000000000000000.00"));
  // Credit of one day would settle both: 18 * 10^18 minor units.
  EXPECT_EQ(book.refused(charge("A", "management", "2026-02-01", "2026-02-10", "90000000000000000.00")),
            "L122 /amount: with t/A/U/management/-/2026-02-01/charge the amounts of account A add to more than can be held");
  EXPECT_EQ(book.credit(), "90000000000000000.00");
}

TEST(mistakes_of_openings_test, nothing_lies_before_an_opening) {
  test_book book(oldest_first);
  book.record(event("opening", "o", "A", "2026-06-01", R"(, "fee": "water", "due": "2026-01-10", "amount": "10.00")"));
  EXPECT_EQ(book.refused(payment("p", "A", "2026-05-31", "5.00")), "L117 /date: p touches 2026-05-31; account A begins on 2026-06-01");
}

TEST(mistakes_of_policies_test, without_payments_nothing_says_what_money_settles) {
  test_book book("");
  EXPECT_EQ(book.refused(payment("p", "A", "2026-05-31", "5.00")), "L119 : the tariff t has no payments, so nothing says what p settles");
}

TEST(mistakes_of_files_test, a_file_that_was_cut_off_or_changed) {
  test_book book(oldest_first);
  book.record_all({charge("A", "water", "2026-01-01", "2026-01-10", "100.00"), payment("p", "A", "2026-01-05", "40.00")});
  const auto tariff = tariff_with(oldest_first);
  const std::string whole = dues::to_json(book.kept);
  dues::diagnostics fine;
  const auto read = dues::read_ledger(tariff, whole, fine);
  ASSERT_TRUE(read.has_value()) << told(fine);
  EXPECT_EQ(dues::to_json(*read), whole);

  dues::diagnostics cut;
  EXPECT_FALSE(dues::read_ledger(tariff, whole.substr(0, whole.size() / 2), cut).has_value());
  EXPECT_EQ(cut.all().front().code, "T116");

  std::string changed = whole;
  changed.replace(changed.find("40.00"), 5, "41.00");
  dues::diagnostics found;
  EXPECT_FALSE(dues::read_ledger(tariff, changed, found).has_value());
  EXPECT_EQ(told(found).substr(0, 106), "L126 /entries: the entries of account A are not what its events give: p differs by 1.00");

  std::string twice = whole;
  const std::size_t at = twice.find("[\n") + 1;
  twice.insert(at, "\n" + payment("p", "A", "2026-01-05", "41.00") + ",");
  dues::diagnostics doubled;
  EXPECT_FALSE(dues::read_ledger(tariff, twice, doubled).has_value());
  EXPECT_EQ(doubled.all().front().code, "L110");
}

}  // namespace
