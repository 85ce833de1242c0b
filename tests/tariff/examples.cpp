// SPDX-License-Identifier: Apache-2.0
//
// The six example tariffs: two compile whole, the others are refused for their later parts alone,
// each part at its place.
#include "tariff/small_tariff.hpp"

#include <algorithm>
#include <filesystem>

namespace {

using dues_test::expect_told;
using dues_test::file_text;

dues::compile_result example(const std::string& name) {
  return dues::compile(file_text(DUES_SOURCE_DIR "/src/data/examples/" + name + ".json"));
}

/// Places of what is refused, in order of the document's reading.
std::vector<std::string> refused(const dues::compile_result& result) {
  std::vector<std::string> places;
  for (const dues::diagnostic& one : result.found.all()) {
    EXPECT_TRUE(one.code == "T150" || one.level == dues::severity::warning) << dues_test::told(one);
    if (one.code == "T150") places.push_back(one.pointer);
  }
  std::sort(places.begin(), places.end());
  return places;
}

using places = std::vector<std::string>;

TEST(example_tariffs, are_six) {
  std::size_t examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(DUES_SOURCE_DIR "/src/data/examples")) {
    const std::string file = entry.path().string();
    if (file.ends_with(".json") && !file.ends_with(".facts.json")) ++examples;
  }
  EXPECT_EQ(examples, 6U);
}

TEST(example_tariffs, of_singapore_and_california_compile_whole) {
  const dues::compile_result singapore = example("singapore-scc");
  ASSERT_NE(singapore.compiled, nullptr);
  expect_told(singapore.found.all(), {"T214 /values/0/is/0/is", "T214 /values/0/is/1/is", "T214 /values/2/is", "T214 /values/3/is"});
  const dues::compile_result california = example("california-hoa");
  ASSERT_NE(california.compiled, nullptr);
  expect_told(california.found.all(), {});
}

TEST(example_tariffs, of_four_places_are_refused_for_later_parts_alone) {
  EXPECT_EQ(refused(example("nsw-strata")), (places{"/fees/0/kind", "/fees/1/kind", "/fees/2/kind", "/schedules/1/kind"}));
  EXPECT_EQ(refused(example("copropriete")), (places{"/fees/0/kind", "/fees/1/kind", "/fees/2/kind", "/fees/3/kind", "/reads/figures"}));
  // Growth, a rent-free start and revenue of the rent; shared cooling; turnover; the deposit.
  EXPECT_EQ(refused(example("shanghai-lease")), (places{"/fees/0/growth", "/fees/0/rent_free", "/fees/0/revenue", "/fees/2/kind", "/fees/4/kind", "/reads/figures"}));
  EXPECT_EQ(refused(example("beijing-community")),
            (places{"/fees/3/suspended_at", "/fees/5/kind", "/fees/7/kind", "/fees/9/kind",
                    "/reads/figures", "/reads/meters/3/of", "/reads/stay", "/schedules/6/kind", "/taxes/2/margin_over"}));
}

TEST(example_tariff_of_singapore, knows_which_discount_may_lower_which_fee) {
  const auto compiled = example("singapore-scc").compiled;
  ASSERT_NE(compiled, nullptr);
  EXPECT_EQ(compiled->fees[0].discounts, std::vector<std::int32_t>{0});
  EXPECT_TRUE(compiled->fees[1].discounts.empty());
  EXPECT_TRUE(compiled->fees[2].discounts.empty());
  const dues::discount& rebate = compiled->discounts[0];
  ASSERT_TRUE(rebate.when.condition);
  EXPECT_EQ(rebate.when.condition->source(), "account.gst_voucher");
  EXPECT_EQ(rebate.partner, "ministry-of-finance");
  EXPECT_EQ(compiled->penalties[static_cast<std::size_t>(compiled->fees[1].penalty)].id, "late_commercial");
}

}  // namespace
