// SPDX-License-Identifier: Apache-2.0
//
// Until when a claim stands, from events as a host records them. Civil Code arts. 188, 195, 201, 202.
#include "ledger/late_tariff.hpp"

namespace {

using namespace dues_test;

constexpr std::string_view lapses = R"(, "arrears": {"claim_lapses": {"years": 3, "restarts_on": ["demand", "acknowledgement", "part_payment"]}})";

struct claims_test : testing::Test {
  book_of_lateness book{five_in_ten_thousand_a_day, principal_first, lapses};
  const std::string id = key("A", "management", "2023-03-01");
  void SetUp() override { book.record(charge("A", "management", "2023-03-01", "2023-03-31", "268.80")); }
  std::string last_day(std::string_view as_of) const {
    const dues::account_state then = book.state("A", as_of);
    const auto end = dues::claim_ends(book.kept.tariff(), *then.find(id), *dues::parse_day(as_of));
    return end ? dues::to_text(end->last_day) : "none";
  }
};

// LP-19.
TEST_F(claims_test, a_demand_counts_three_years_anew_and_without_one_the_claim_has_lapsed) {
  EXPECT_EQ(last_day("2026-11-23"), "2026-03-31");
  book.record(event("demand", "d", "A", "2025-12-01"));
  EXPECT_EQ(last_day("2026-11-23"), "2028-12-01");
  EXPECT_EQ(last_day("2025-11-30"), "2026-03-31") << "before the demand";
}

TEST_F(claims_test, who_owes_it_may_acknowledge_it_and_taking_that_back_is_as_never) {
  book.record(event("acknowledgement", "a", "A", "2025-06-01", R"(, "for": [")" + id + R"("])"));
  EXPECT_EQ(last_day("2026-11-23"), "2028-06-01");
  book.record(event("reversal", "r", "A", "2025-06-02", R"(, "of": "a")"));
  EXPECT_EQ(last_day("2026-11-23"), "2026-03-31");
}

TEST_F(claims_test, a_part_payment_counts_anew_and_one_that_bounced_does_not) {
  book.record(payment("p", "A", "2024-05-01", "100.00"));
  EXPECT_EQ(last_day("2026-11-23"), "2027-05-01");
  book.record(event("reversal", "r", "A", "2024-05-20", R"(, "of": "p")"));
  EXPECT_EQ(last_day("2026-11-23"), "2026-03-31");
}

}  // namespace
