// SPDX-License-Identifier: Apache-2.0
//
// Rows that a host has as texts give what the same table of CSV gives.
#include "small_facts.hpp"

#include <dues/facts/loader.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using texts = std::vector<std::string_view>;
using names = std::vector<std::string>;

TEST(row_by_row_test, units_and_tenures_are_taken_as_from_csv) {
  dues::facts_loader loader(dues_test::tariff_of_facts());
  ASSERT_TRUE(loader.begin_rows("units", names{"unit", "from"}));
  EXPECT_TRUE(loader.row(texts{"1-101", "2026-01-01"}));
  EXPECT_TRUE(loader.row(texts{"S-1", "2026-01-01"}));
  ASSERT_TRUE(loader.end_rows());
  ASSERT_TRUE(loader.begin_csv("tenures"));
  loader.feed("unit,account,role,from\n1-101,Chen,owner,2026-01-01\n");
  ASSERT_TRUE(loader.end_csv());
  const dues::facts_result made = loader.finish();
  ASSERT_NE(made.loaded, nullptr);
  EXPECT_EQ(made.loaded->units.size(), 2U);
  EXPECT_EQ(made.loaded->units.at(1), "S-1");
  EXPECT_EQ(made.loaded->tenures_of(0).size(), 1U);
}

TEST(row_by_row_test, a_mistake_of_the_columns_makes_the_facts_unusable) {
  const auto code = [](const names& columns) {
    dues::facts_loader loader(dues_test::tariff_of_facts());
    EXPECT_FALSE(loader.begin_rows("units", columns));
    const dues::facts_result made = loader.finish();
    EXPECT_EQ(made.loaded, nullptr);
    return made.found.empty() ? std::string() : made.found.all()[0].code;
  };
  EXPECT_EQ(code({"unit"}), "F146");
  EXPECT_EQ(code({"unit", "from", "unit"}), "F144");
  EXPECT_EQ(code({"unit", "from", ""}), "F145");
  EXPECT_EQ(code({"unit", "from", "nothing_of_the_kind"}), "F101");
  EXPECT_EQ(code({"unit", "from", std::string(1'001, 'x')}), "F149");
}

TEST(row_by_row_test, a_call_out_of_order_throws) {
  dues::facts_loader loader(dues_test::tariff_of_facts());
  EXPECT_FALSE(loader.end_rows());
  EXPECT_THROW(loader.row(texts{"1-101"}), std::logic_error);
  ASSERT_TRUE(loader.begin_rows("units", names{"unit", "from"}));
  EXPECT_THROW(loader.row(texts{"1-101"}), std::logic_error);
  EXPECT_THROW(loader.begin_rows("accounts", names{"account", "from"}), std::logic_error);
  EXPECT_THROW(loader.begin_csv("accounts"), std::logic_error);
  EXPECT_THROW(loader.json("{}"), std::logic_error);
  EXPECT_THROW(loader.finish(), std::logic_error);
}

}  // namespace
