// SPDX-License-Identifier: Apache-2.0
//
// Facts from Arrow: each accepted type gives what the same CSV gives; what is not accepted says so.
#include "arrow_made.hpp"
#include "house.hpp"

namespace {

using namespace house;
using arrow_made::bits;
using arrow_made::column;
using arrow_made::source;
using arrow_made::texts;
using arrow_made::values;

std::int32_t load_into(dues_loader* loader, std::string_view table, source& from, dues_error* error = nullptr) {
  ArrowArrayStream stream = arrow_made::stream_of(from);
  const std::int32_t status = dues_loader_arrow(loader, table.data(), table.size(), &stream, error);
  EXPECT_EQ(stream.release, nullptr) << "it is released whatever comes";
  EXPECT_EQ(from.made, from.released) << "every struct is released once";
  return status;
}

// The area of the flat: 80.02 and of the shop: 45.50, as 128-bit integers of two places.
column areas() { return values<std::int64_t>("area", "d:10,2", {8002, 0, 4550, 0}); }
std::vector<column> units_with(column area) {
  area.length = 2;
  return {texts("unit", {"1-101", "S-1"}), values<std::int32_t>("from", "tdD", {20'454, 20'454}), texts("use", {"flat", "shop"}), std::move(area)};
}
source tenures() {
  source made;
  made.columns = {texts("unit", {"1-101", "1-101", "S-1"}), texts("account", {"Chen", "Lin", "Lin"}), texts("role", {"owner", "owner", "owner"}),
                  values<std::int32_t>("from", "tdD", {20'454, 20'645, 20'454}), values<std::int32_t>("to", "tdD", {20'645, 0, 0})};
  made.columns[4].buffers[0] = bits({true, false, false});
  made.columns[4].nulls = 2;
  return made;
}

std::string july_lines(source units) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  dues_error error = DUES_ERROR_INIT;
  source held = tenures();
  EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_OK) << error.code << ' ' << error.pointer << ' ' << error.message;
  EXPECT_EQ(load_into(loader.get(), "tenures", held, &error), DUES_OK) << error.code << ' ' << error.pointer << ' ' << error.message;
  return text_of(bill(finish(loader.get()).get(), run_of(july, august)).get(), DUES_CSV);
}

std::string expected() { return text_of(bill_july().get(), DUES_CSV); }

TEST(arrow_in_test, texts_days_and_decimals_give_the_lines_of_the_readme) {
  source units;
  units.columns = units_with(areas());
  EXPECT_EQ(july_lines(units), expected());
}

TEST(arrow_in_test, numbers_may_be_decimals_of_any_scale_texts_or_of_large_texts) {
  source scaled, zeros, text, large;
  scaled.columns = units_with(values<std::int64_t>("area", "d:38,4", {800'200, 0, 455'000, 0}));
  // 8002 x 10^18 = 433 x 2^64 + 14559816083764150272, 4550 x 10^18 = 246 x 2^64 + 12100957867450302464 (Python's divmod).
  zeros.columns = units_with(values<std::uint64_t>("area", "d:38,20", {14'559'816'083'764'150'272U, 433U, 12'100'957'867'450'302'464U, 246U}));
  text.columns = units_with(texts("area", {"80.02", "45.50"}));
  large.columns = units_with(texts<std::int64_t>("area", {"80.02", "45.50"}));
  for (source* one : {&scaled, &zeros, &text, &large}) EXPECT_EQ(july_lines(*one), expected());
}

TEST(arrow_in_test, dictionaries_of_every_index_give_their_words) {
  const auto words = std::make_shared<column>(texts("", {"shop", "flat"}));
  const auto with = [&](column use) {
    use.dictionary = words;
    source made;
    made.columns = units_with(areas());
    made.columns[2] = std::move(use);
    return made;
  };
  const source all[] = {with(values<std::int8_t>("use", "c", {1, 0})),    with(values<std::uint8_t>("use", "C", {1, 0})), with(values<std::int16_t>("use", "s", {1, 0})),
                        with(values<std::uint16_t>("use", "S", {1, 0})), with(values<std::int32_t>("use", "i", {1, 0})), with(values<std::uint32_t>("use", "I", {1, 0})),
                        with(values<std::int64_t>("use", "l", {1, 0})),  with(values<std::uint64_t>("use", "L", {1, 0}))};
  for (const source& one : all) EXPECT_EQ(july_lines(one), expected());
}

TEST(arrow_in_test, views_of_texts_stand_inline_or_in_a_buffer) {
  // 16 bytes each: size and 12 bytes, or size, 4 bytes, buffer, place.
  const auto inline_view = [](std::string_view text) {
    std::string view(16, '\0');
    const auto size = static_cast<std::int32_t>(text.size());
    std::memcpy(view.data(), &size, 4);
    text.copy(view.data() + 4, 12);
    return view;
  };
  source units;
  units.columns = units_with(areas());
  units.columns[2] = {"use", "vu", {"", inline_view("flat") + inline_view("shop"), std::string(8, '\0')}, 2, 0, 0, nullptr};
  EXPECT_EQ(july_lines(units), expected());

  std::string far(16, '\0');
  const std::int32_t size = 20, which = 0, place = 3;
  std::memcpy(far.data(), &size, 4);
  std::memcpy(far.data() + 8, &which, 4);
  std::memcpy(far.data() + 12, &place, 4);
  const std::int64_t of_buffer = 23;
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  source one;
  one.columns = {{"unit", "vu", {"", far, "...a flat of the fifth", std::string(reinterpret_cast<const char*>(&of_buffer), 8)}, 1, 0, 0, nullptr},
                 values<std::int32_t>("from", "tdD", {20'454}), texts("use", {"flat"}), values<std::int64_t>("area", "d:10,2", {8002, 0})};
  one.columns[0].buffers[2] += " ";
  source held;
  held.columns = {texts("unit", {"a flat of the fifth "}), texts("account", {"Chen"}), texts("role", {"owner"}), values<std::int32_t>("from", "tdD", {20'454})};
  ASSERT_EQ(load_into(loader.get(), "units", one), DUES_OK);
  ASSERT_EQ(load_into(loader.get(), "tenures", held), DUES_OK);
  dues_line line{};
  line.struct_size = sizeof line;
  const result_ptr made = bill(finish(loader.get()).get(), run_of(july, august));
  ASSERT_EQ(dues_result_line(made.get(), 0, &line, nullptr), DUES_OK);
  EXPECT_EQ(view(line.unit), "a flat of the fifth ");
}

TEST(arrow_in_test, days_may_be_texts_or_moments_at_midnight) {
  constexpr std::int64_t day = 20'454;  // 2026-01-01
  const auto with = [&](column from) {
    source made;
    made.columns = units_with(areas());
    made.columns[1] = std::move(from);
    return made;
  };
  const source all[] = {with(texts("from", {"2026-01-01", "2026-01-01"})),
                        with(values<std::int64_t>("from", "tdm", {day * 86'400'000, day * 86'400'000})),
                        with(values<std::int64_t>("from", "tss:", {day * 86'400, day * 86'400})),
                        with(values<std::int64_t>("from", "tsm:", {day * 86'400'000, day * 86'400'000})),
                        with(values<std::int64_t>("from", "tsu:", {day * 86'400'000'000, day * 86'400'000'000})),
                        with(values<std::int64_t>("from", "tsn:", {day * 86'400'000'000'000, day * 86'400'000'000'000}))};
  for (const source& one : all) EXPECT_EQ(july_lines(one), expected());
}

TEST(arrow_in_test, a_moment_after_midnight_is_no_day) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  source units;
  units.columns = units_with(areas());
  units.columns[1] = values<std::int64_t>("from", "tss:", {20'454 * 86'400, 20'454 * 86'400 + 1});
  ASSERT_EQ(load_into(loader.get(), "units", units), DUES_OK);
  dues_facts* made = nullptr;
  dues_text found = {nullptr, 0};
  ASSERT_EQ(dues_loader_finish(loader.get(), &made, &found, nullptr), DUES_OK);
  dues_facts_free(made);
  const std::string told = taken(found);
  EXPECT_NE(told.find("\"F107\""), std::string::npos) << told;
  EXPECT_NE(told.find("/units/1/from"), std::string::npos) << told;
}

TEST(arrow_in_test, offsets_of_batch_and_column_are_passed_over) {
  source units;
  units.offset = 1;
  units.columns = {texts("unit", {"x", "x", "1-101", "S-1"}), values<std::int32_t>("from", "tdD", {0, 20'454, 20'454}), texts("use", {nullptr, "flat", "shop"}),
                   values<std::int64_t>("area", "d:10,2", {1, 0, 8002, 0, 4550, 0})};
  units.columns[0].offset = 1;
  units.columns[0].length = 3;
  units.columns[3].length = 3;
  EXPECT_EQ(july_lines(units), expected());
}

TEST(arrow_in_test, a_null_is_an_absent_cell_and_a_column_of_nulls_is_none) {
  source units;
  units.columns = units_with(areas());
  units.columns.push_back({"to", "n", {}, 2, 0, 2, nullptr});
  EXPECT_EQ(july_lines(units), expected());
}

TEST(arrow_in_test, batches_follow_each_other) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  source units;
  units.batches = 3;
  units.columns = units_with(areas());
  ASSERT_EQ(load_into(loader.get(), "units", units), DUES_OK);
  dues_facts* made = nullptr;
  dues_text found = {nullptr, 0};
  ASSERT_EQ(dues_loader_finish(loader.get(), &made, &found, nullptr), DUES_OK);
  dues_facts_free(made);
  const std::string told = taken(found);
  EXPECT_NE(told.find("/units/4/from"), std::string::npos) << "the same unit and day again, in the third batch: " << told;
}

TEST(arrow_in_test, a_float_for_an_area_is_refused_with_what_to_do) {
  for (const char* format : {"e", "f", "g"}) {
    const tariff_ptr of = compile();
    const loader_ptr loader = open_loader(of.get());
    source units;
    units.columns = units_with(values<std::int64_t>("area", format, {0, 0}));
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_WRONG_COLUMN);
    EXPECT_STREQ(error.code, "C106");
    EXPECT_NE(std::string_view(error.message).find("area"), std::string_view::npos);
    EXPECT_NE(std::string_view(error.cure).find("decimal128"), std::string_view::npos);
  }
}

TEST(arrow_in_test, other_types_are_refused) {
  for (const char* format : {"z", "w:4", "d:10,2,256", "d:10,-2", "d:10", "tdx", "tsn:UTC", "tts", "tDs", "+l", "+s", "", "vz"}) {
    const tariff_ptr of = compile();
    const loader_ptr loader = open_loader(of.get());
    source units;
    units.columns = units_with(values<std::int64_t>("area", format, {0, 0, 0, 0}));
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_WRONG_COLUMN) << format;
  }
}

TEST(arrow_in_test, a_stream_that_fails_hands_on_what_its_producer_says) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  source units;
  units.columns = units_with(areas());
  units.fails_at = 0;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_STREAM_FAILED);
  EXPECT_STREQ(error.code, "C303");
  EXPECT_NE(std::string_view(error.message).find("the disk is on fire"), std::string_view::npos);
  EXPECT_EQ(dues_loader_json(loader.get(), "{}", 2, nullptr), DUES_WRONG_ORDER) << "half a table has been read";
}

TEST(arrow_in_test, structs_that_break_the_rules_are_seen) {
  const auto broken = [](auto&& change) {
    const tariff_ptr of = compile();
    const loader_ptr loader = open_loader(of.get());
    source units;
    units.columns = units_with(areas());
    change(units);
    return load_into(loader.get(), "units", units);
  };
  EXPECT_EQ(broken([](source& s) { s.columns[1].length = 1; }), DUES_STREAM_FAILED) << "a column shorter than the batch";
  EXPECT_EQ(broken([](source& s) { s.columns[1].offset = -1; }), DUES_STREAM_FAILED);
  EXPECT_EQ(broken([](source& s) { s.columns[0].buffers.pop_back(); }), DUES_STREAM_FAILED) << "texts without their bytes";
  EXPECT_EQ(broken([](source& s) { s.columns[0].buffers[1] = arrow_made::bytes_of<std::int32_t>({0, 5, 2}); }), DUES_STREAM_FAILED) << "offsets that fall";
  EXPECT_EQ(broken([](source& s) {
              s.columns[2] = values<std::int32_t>("use", "i", {0, 7});
              s.columns[2].dictionary = std::make_shared<column>(texts("", {"flat", "shop"}));
            }),
            DUES_STREAM_FAILED)
      << "an index outside the dictionary";
}

TEST(arrow_in_test, texts_that_are_no_utf8_or_have_a_zero_are_refused_with_their_place) {
  for (const std::string& bytes : {std::string("1-10\xFF", 5), std::string("1-1\0" "1", 5)}) {
    const tariff_ptr of = compile();
    const loader_ptr loader = open_loader(of.get());
    source units;
    units.columns = units_with(areas());
    units.columns[0].buffers[2] = bytes + "S-1";
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_NOT_UTF8);
    EXPECT_STREQ(error.pointer, "/units/0/unit");
  }
}

TEST(arrow_in_test, columns_are_checked_as_in_csv) {
  const auto code = [](auto&& change) {
    const tariff_ptr of = compile();
    const loader_ptr loader = open_loader(of.get());
    source units;
    units.columns = units_with(areas());
    change(units.columns);
    dues_error error = DUES_ERROR_INIT;
    EXPECT_EQ(load_into(loader.get(), "units", units, &error), DUES_BAD_FACTS);
    return std::string(error.code);
  };
  EXPECT_EQ(code([](auto& all) { all[3].name = "aera"; }), "F101");
  EXPECT_EQ(code([](auto& all) { all[3].name = "use"; }), "F144");
  EXPECT_EQ(code([](auto& all) { all[3].name = ""; }), "F145");
  EXPECT_EQ(code([](auto& all) { all[0].name = "use2"; }), "F146");
}

}  // namespace
