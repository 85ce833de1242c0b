// SPDX-License-Identifier: Apache-2.0
//
// Decimals and days as texts, at their ends too.
#include "house.hpp"

namespace {

using namespace house;

TEST(values_test, decimals_are_written_with_all_their_places) {
  EXPECT_EQ(text({1230, 0, 2, 1}), "12.30");
  EXPECT_EQ(text({0, 0, 2, 1}), "0.00");
  EXPECT_EQ(text({5, 0, 3, 1}), "0.005");
  EXPECT_EQ(text({7, 0, 0, 1}), "7");
  EXPECT_EQ(text({~std::uint64_t{0} - 4, -1, 3, 1}), "-0.005");  // two's complement of -5
  EXPECT_EQ(text({0, 1, 0, 1}), "18446744073709551616");           // 2^64
  EXPECT_EQ(text({~std::uint64_t{0}, INT64_MAX, 0, 1}), "170141183460469231731687303715884105727");   // 2^127 - 1
  EXPECT_EQ(text({0, INT64_MIN, 38, 1}), "-1.70141183460469231731687303715884105728");                // -2^127 / 10^38
  EXPECT_EQ(text({0, 0, 0, 0}), "");
}

TEST(values_test, a_decimal_needs_room_and_a_scale) {
  char out[4];
  const dues_decimal value{1230, 0, 2, 1};
  EXPECT_EQ(dues_decimal_text(&value, out, sizeof out), DUES_OUT_OF_RANGE);
  EXPECT_STREQ(out, "");
  const dues_decimal beyond{1, 0, 39, 1}, negative{1, 0, -1, 1};
  char room[DUES_DECIMAL_SIZE];
  EXPECT_EQ(dues_decimal_text(&beyond, room, sizeof room), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_decimal_text(&negative, room, sizeof room), DUES_OUT_OF_RANGE);
}

TEST(values_test, days_are_read_and_written) {
  std::int32_t days = -1;
  ASSERT_EQ(dues_date_parse("1970-01-02", 10, &days), DUES_OK);
  EXPECT_EQ(days, 1);
  ASSERT_EQ(dues_date_parse("2026-07-01", 10, &days), DUES_OK);
  EXPECT_EQ(days, july);
  EXPECT_EQ(dues_date_parse("2026-02-30", 10, &days), DUES_OUT_OF_RANGE);
  EXPECT_EQ(days, 0);
  EXPECT_EQ(day(-719'162), "0001-01-01");
  EXPECT_EQ(day(2'932'896), "9999-12-31");
  char out[DUES_DATE_SIZE];
  EXPECT_EQ(dues_date_text(2'932'897, out, sizeof out), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_date_text(0, out, 10), DUES_OUT_OF_RANGE);
}

}  // namespace
