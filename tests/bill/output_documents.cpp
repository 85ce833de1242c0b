// SPDX-License-Identifier: Apache-2.0
//
// Results as documents: what a cell holds, whatever stands in an id, and that chunks and texts agree.
#include "bill/small_town.hpp"

#include <dues/json/node.hpp>

namespace {

using dues_test::billed;
using dues_test::days;
using dues_test::town;

// What a reader of RFC 4180 makes of a text: rows of cells.
std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') row.back() += text[++i];
    else if (c == '"') quoted = !quoted;
    else if (!quoted && c == ',') row.emplace_back();
    else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      ++i;
      rows.push_back(std::move(row));
      row.assign(1, "");
    } else row.back() += c;
  }
  EXPECT_TRUE(!quoted && row.size() == 1 && row[0].empty()) << "the text ends with a row";
  return rows;
}

std::string cell_of(const std::vector<std::vector<std::string>>& rows, std::size_t row, std::string_view column) {
  const auto at = std::find(rows[0].begin(), rows[0].end(), column);
  EXPECT_NE(at, rows[0].end()) << column;
  return rows.at(row).at(static_cast<std::size_t>(at - rows[0].begin()));
}

// 80 at 2.00 with 6 % in it: 160 - 150.943..., so 9.06.
town taxed_town() {
  town of;
  of.taxes = R"({"id": "vat", "rate": "6%", "included": true})";
  of.fees.replace(of.fees.find("\"schedule\""), 0, "\"tax\": \"vat\", ");
  return of;
}

TEST(csv, has_every_cell_of_a_line) {
  const dues::billing made = billed(taxed_town());
  const auto rows = rows_of(dues::to_csv(made));
  ASSERT_EQ(rows.size(), 2U);
  const std::vector<std::string> wanted{"town/A/1-101/management/-/2026-03-01/charge", "A", "1-101", "management", "-", "2026-03-01", "2026-03-01", "2026-04-01",
                                        "charge", "2026-03-01", "2026-03-10", "80", "2.00", "160.00", "0.00", "150.94", "9.06", "160.00", "CNY", "vat", "6%", "", "1",
                                        made.known->tariff->content_hash, ""};
  EXPECT_EQ(rows[1], wanted);
}

TEST(csv, gives_back_any_id_byte_for_byte) {
  // As JSON texts, and as the ids that they are.
  const std::vector<std::pair<std::string, std::string>> ids{
      {R"(=cmd|' /C calc'!A0)", "=cmd|' /C calc'!A0"}, {"+1", "+1"}, {"-2", "-2"}, {"@x", "@x"}, {R"(a \"b\" c)", "a \"b\" c"}, {"a,b", "a,b"}, {R"(\"\")", "\"\""}, {"'", "'"}, {"东 1/101", "东 1/101"}};
  town of;
  of.units = of.tenures = "";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string comma = i == 0 ? "" : ", ";
    of.units += comma + R"({"unit": ")" + ids[i].first + R"(", "from": "2026-01-01", "area": "80"})";
    of.tenures += comma + R"({"unit": ")" + ids[i].first + R"(", "account": ")" + ids[i].first + R"(", "role": "owner", "from": "2026-01-01"})";
  }
  const auto rows = rows_of(dues::to_csv(billed(of)));
  ASSERT_EQ(rows.size(), ids.size() + 1);
  std::vector<std::string> wanted;
  for (const auto& one : ids) wanted.push_back(one.second);
  std::sort(wanted.begin(), wanted.end());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(cell_of(rows, i + 1, "account"), wanted[i]);
    EXPECT_EQ(cell_of(rows, i + 1, "unit"), wanted[i]);
  }
}

TEST(csv, of_a_line_without_an_amount_has_the_code_and_no_numbers) {
  town of = taxed_town();
  of.units = R"({"unit": "1-101", "from": "2026-01-01"})";
  const auto rows = rows_of(dues::to_csv(billed(of)));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(cell_of(rows, 1, "diagnostic"), "F110");
  for (const std::string_view column : {"quantity", "price", "gross", "net", "tax", "amount", "tax_id", "rate"}) EXPECT_EQ(cell_of(rows, 1, column), "") << column;
  EXPECT_EQ(cell_of(rows, 1, "currency"), "CNY");
}

TEST(csv, shows_small_and_negative_amounts_with_their_zeros) {
  town of;
  of.units = R"({"unit": "1-101", "from": "2026-01-01", "area": "0.5"})";
  of.fees = R"({"id": "refund", "kind": "recurring", "name": {"en": "Refund"}, "quantity": "unit.area", "price": "-0.08", "schedule": "monthly"})";
  const auto rows = rows_of(dues::to_csv(billed(of)));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(cell_of(rows, 1, "quantity"), "0.5");
  EXPECT_EQ(cell_of(rows, 1, "price"), "-0.08");
  EXPECT_EQ(cell_of(rows, 1, "amount"), "-0.04");
}

TEST(documents, in_chunks_are_the_same_bytes_as_whole) {
  // Some thousand lines: many chunks. Two of three accounts change from unit to unit.
  town of = taxed_town();
  of.units = of.tenures = "";
  for (int i = 0; i < 4'000; ++i) {
    const std::string unit = "unit, no. " + std::to_string(i), account = "A-" + std::to_string(i / 3 * 3);
    of.units += (i == 0 ? "" : ", ") + (R"({"unit": ")" + unit + R"(", "from": "2026-01-01", "area": ")" + std::to_string(i) + ".25\"}");
    of.tenures += (i == 0 ? "" : ", ") + (R"({"unit": ")" + unit + R"(", "account": ")" + account + R"(", "role": "owner", "from": "2026-01-01"})");
  }
  const dues::billing made = billed(of);
  ASSERT_EQ(made.lines.size(), 4'000U);
  std::size_t chunks = 0;
  std::string csv, json;
  dues::write_csv(made, [&](std::string_view chunk) {
    csv += chunk;
    ++chunks;
    EXPECT_LE(chunk.size(), std::size_t{1} << 18);
  });
  EXPECT_GT(chunks, 2U);
  EXPECT_EQ(csv, dues::to_csv(made));
  dues::write_json(made, [&](std::string_view chunk) {
    json += chunk;
    EXPECT_LE(chunk.size(), std::size_t{1} << 18);
  });
  EXPECT_EQ(json, dues::to_json(made));
  const auto rows = rows_of(csv);
  ASSERT_EQ(rows.size(), 4'001U);
  std::size_t i = 0;
  for (const dues::line& one : made.lines) {
    ++i;
    EXPECT_EQ(cell_of(rows, i, "key"), dues::line_key(*made.known, one));
    EXPECT_EQ(cell_of(rows, i, "unit"), made.known->units.at(one.unit));
    EXPECT_EQ(cell_of(rows, i, "amount"), dues::amount_text(one.amount, 2));
  }
}

TEST(documents, of_several_tariffs_are_one_list_and_one_table) {
  const std::vector<dues::billing> made{billed(taxed_town()), billed({})};
  std::string csv, json;
  dues::write_csv(made, [&](std::string_view chunk) { csv += chunk; });
  dues::write_json(made, [&](std::string_view chunk) { json += chunk; }, false);
  EXPECT_EQ(rows_of(csv).size(), 3U);
  std::string compact = dues::to_json(made[0], false) + "," + dues::to_json(made[1], false);
  EXPECT_EQ(json, "[" + compact + "]");
  json.clear();
  dues::write_json(made, [&](std::string_view chunk) { json += chunk; });
  dues::diagnostics found;
  const auto read = dues::read_json(json, found);
  ASSERT_NE(read, nullptr);
  ASSERT_EQ(read->root().size(), 2U);
  EXPECT_EQ(read->root().first().next().find("lines").first().find("amount").text(), "160.00");
}

TEST(documents, pass_on_what_their_taker_throws) {
  const dues::billing made = billed({});
  struct full {};
  EXPECT_THROW(dues::write_csv(made, [](std::string_view) { throw full(); }), full);
  EXPECT_THROW(dues::write_json(made, [](std::string_view) { throw full(); }), full);
}

}  // namespace
