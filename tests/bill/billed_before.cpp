// SPDX-License-Identifier: Apache-2.0
//
// What earlier runs billed, read back from the files that they wrote: a second run has nothing to bill.
#include "bill/small_town.hpp"

namespace {

using dues_test::billed;
using dues_test::days;
using dues_test::town;

struct read_back {
  std::vector<dues::billed_before> before;
  dues::diagnostics found;
  bool whole = true;
};

read_back read(const std::vector<std::shared_ptr<const dues::program>>& tariffs, const std::vector<std::string>& files, std::size_t piece = std::string::npos) {
  read_back made;
  dues::billed_reader reader(tariffs, made.found);
  for (const std::string_view text : files) {
    reader.begin();
    bool more = true;
    for (std::size_t at = 0; more && at < text.size(); at += std::min(piece, text.size() - at)) more = reader.feed(text.substr(at, piece));
    made.whole = reader.finish() && made.whole;
  }
  made.before = reader.take();
  return made;
}

std::string told(const std::string& text) {
  const read_back made = read({town().compiled()}, {text});
  EXPECT_FALSE(made.whole);
  if (made.found.all().empty()) return {};
  const dues::diagnostic& first = made.found.all()[0];
  return first.code + " " + first.pointer + " " + std::string(first.value("is"));
}

// Ids that spreadsheets, readers of CSV and shells have trouble with.
town hostile_town() {
  town of;
  of.units = of.tenures = "";
  for (const std::string id : {R"(=cmd|' /C calc'!A0)", "+1", "-2", "@x", R"(a \"b\", c)", R"(\"\")", "'", "a/b%2F", "东 1/101", "\\ufeff1"}) {
    const std::string comma = of.units.empty() ? "" : ", ";
    of.units += comma + R"({"unit": ")" + id + R"(", "from": "2026-01-01", "area": "80"})";
    of.tenures += comma + R"({"unit": ")" + id + R"(", "account": ")" + id + R"(", "role": "owner", "from": "2026-01-01"})";
  }
  return of;
}

TEST(billed_lines, come_back_from_csv_and_json_whatever_their_ids_are) {
  const town of = hostile_town();
  const dues::billing first = billed(of);
  ASSERT_EQ(first.lines.size(), 10U);
  for (const std::string& text : {dues::to_csv(first), dues::to_json(first), dues::to_json(first, false)}) {
    const read_back was = read({of.compiled()}, {text});
    EXPECT_TRUE(was.whole && was.found.empty());
    ASSERT_EQ(was.before[0].lines.size(), 10U);
    const dues::billing again = dues::make_bills(of.loaded().loaded, days("2026-03-01", "2026-04-01"), &was.before[0]);
    EXPECT_TRUE(again.lines.empty());
    EXPECT_TRUE(again.found.empty()) << "nothing is gone";
  }
}

TEST(billed_lines, are_the_same_however_the_file_is_cut) {
  const town of = hostile_town();
  const std::string text = dues::to_csv(billed(of));
  const read_back whole = read({of.compiled()}, {text});
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) {
    const read_back cut = read({of.compiled()}, {text}, piece);
    EXPECT_TRUE(cut.whole);
    ASSERT_EQ(cut.before[0].lines.size(), whole.before[0].lines.size()) << piece;
    for (auto a = cut.before[0].lines.begin(), b = whole.before[0].lines.begin(); a != cut.before[0].lines.end(); ++a, ++b) {
      EXPECT_EQ(a->first, b->first);
      EXPECT_EQ(a->second.unit, b->second.unit);
      EXPECT_EQ(a->second.amount, b->second.amount);
    }
  }
}

TEST(billed_lines, of_several_files_add_up) {
  // 80 at 2.00 is 160.00; then 90 is 180.00, an adjustment of 20.00.
  town of;
  const auto program = of.compiled();
  const dues::billing first = billed(of);
  const read_back once = read({program}, {dues::to_csv(first)});
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "90"})";
  const dues::billing second = dues::make_bills(of.loaded().loaded, days("2026-03-01", "2026-04-01"), &once.before[0]);
  ASSERT_EQ(second.lines.size(), 1U);
  const read_back both = read({program}, {dues::to_csv(first), dues::to_json(second)});
  ASSERT_EQ(both.before[0].lines.size(), 1U);
  EXPECT_EQ(both.before[0].lines.begin()->second.amount, 18'000);
  EXPECT_EQ(both.before[0].lines.begin()->second.adjustments, 1);
}

TEST(billed_lines, of_several_tariffs_go_each_to_its_own) {
  const town of;
  std::string other_tariff = of.tariff();
  other_tariff.replace(other_tariff.find(R"("id": "town")"), 12, R"("id": "city")");
  const auto other = dues::compile(other_tariff).compiled;
  const std::vector<dues::billing> made{dues::make_bills(dues::load_facts(other, of.facts()).loaded, days("2026-03-01", "2026-04-01")), billed(of)};
  std::string csv, json;
  dues::write_csv(made, [&](std::string_view chunk) { csv += chunk; });
  dues::write_json(made, [&](std::string_view chunk) { json += chunk; });
  for (const std::string& text : {csv, json}) {
    const read_back was = read({other, of.compiled()}, {text});
    EXPECT_TRUE(was.whole);
    ASSERT_EQ(was.before[0].lines.size(), 1U);
    ASSERT_EQ(was.before[1].lines.size(), 1U);
    EXPECT_EQ(was.before[0].lines.begin()->first, "city/A/1-101/management/-/2026-03-01");
    EXPECT_EQ(was.before[1].lines.begin()->first, "town/A/1-101/management/-/2026-03-01");
    EXPECT_FALSE(read({of.compiled()}, {text}).whole) << "a line of another tariff is no line of this run";
  }
}

TEST(billed_lines, without_an_amount_were_not_billed) {
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01"})";
  const read_back was = read({of.compiled()}, {dues::to_csv(billed(of))});
  EXPECT_TRUE(was.whole);
  EXPECT_TRUE(was.before[0].lines.empty());
}

TEST(billed_lines, of_a_damaged_file_are_refused_with_row_and_column) {
  const std::string good = dues::to_csv(billed({}));
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t at = text.rfind(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  EXPECT_EQ(told(changed("160.00,CNY", "160.0x,CNY")), "R118 /lines/0/amount 160.0x");
  EXPECT_EQ(told(changed("160.00,CNY", "160.001,CNY")), "R118 /lines/0/amount 160.001");
  EXPECT_EQ(told(changed("160.00,CNY", "92233720368547758.08,CNY")), "R118 /lines/0/amount 92233720368547758.08");
  EXPECT_EQ(told(changed("160.00,CNY", ",CNY")), "R118 /lines/0/amount ");
  EXPECT_EQ(told(changed(",2026-03-10,", ",2026-02-30,")), "R118 /lines/0/due 2026-02-30");
  EXPECT_EQ(told(changed(",charge,", ",gift,")), "R118 /lines/0/key town/A/1-101/management/-/2026-03-01/charge");
  EXPECT_EQ(told(changed("town/", "city/")), "R118 /lines/0/key city/A/1-101/management/-/2026-03-01/charge");
  EXPECT_EQ(told(changed(",amount,", ",amounts,")).substr(0, 4), "F146");
  EXPECT_EQ(told(good.substr(0, good.size() - 40)).substr(0, 4), "F143") << "a file that was cut off";
  EXPECT_EQ(told("").substr(0, 4), "F150");
  const read_back row = read({town().compiled()}, {changed("160.00,CNY", "x,CNY")});
  EXPECT_EQ(row.found.all()[0].value("row"), "2");
  EXPECT_EQ(row.found.all()[0].value("column"), "amount");
}

TEST(billed_lines, that_add_to_more_than_a_line_can_hold_are_refused) {
  std::string text = dues::to_csv(billed({}));
  for (std::size_t at; (at = text.find(",160.00,")) != std::string::npos;) text.replace(at, 8, ",92233720368547758.07,");
  text += text.substr(text.find("\r\n") + 2);
  EXPECT_EQ(told(text), "R114 /lines/1 ");
}

}  // namespace
