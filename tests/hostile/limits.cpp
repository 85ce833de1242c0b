// SPDX-License-Identifier: Apache-2.0
//
// Each limit is there: what stands at it compiles, one more is refused with its code. And the page that
// lists the limits says what the code says.
#include "hostile/documents.hpp"

#include <dues/bill/bill.hpp>
#include <dues/csv/reader.hpp>
#include <dues/expression/expression.hpp>
#include <dues/facts/rows.hpp>
#include <dues/tariff/impl/compiler.hpp>

#include <cctype>
#include <fstream>
#include <map>
#include <sstream>

namespace {

using namespace dues_test;

// Name in the code, and the default; from every table of the page.
std::map<std::string, std::string> table_of_limits() {
  std::ifstream page(std::string(DUES_SOURCE_DIR) + "/include/dues/LIMITS.md");
  std::map<std::string, std::string> rows;
  std::string line;
  while (std::getline(page, line)) {
    const std::size_t open = line.find("| `");
    if (!line.starts_with("| ") || open == std::string::npos) continue;
    const std::size_t close = line.find('`', open + 3);
    const std::string name = line.substr(open + 3, close - open - 3);
    std::string digits;
    for (const char c : line.substr(close, line.find('|', close + 3) - close))
      if (std::isdigit(static_cast<unsigned char>(c)) != 0) digits += c;
    EXPECT_TRUE(rows.emplace(name, digits).second) << name << " stands twice";
  }
  return rows;
}

TEST(the_page_of_limits, says_what_the_code_says) {
  const dues::tariff_limits tariff;
  const dues::facts_limits facts;
  const dues::csv_limits csv;
  const std::map<std::string, std::string> code{
      {"json_limits::bytes", std::to_string(tariff.document.bytes)},
      {"json_limits::depth", std::to_string(tariff.document.depth)},
      {"json_limits::nodes", std::to_string(tariff.document.nodes)},
      {"json_limits::key_bytes", std::to_string(tariff.document.key_bytes)},
      {"longest_id", std::to_string(dues::longest_id)},
      {"tariff_limits::text_bytes", std::to_string(tariff.text_bytes)},
      {"tariff_limits::texts", std::to_string(tariff.texts)},
      {"tariff_limits::fees", std::to_string(tariff.fees)},
      {"tariff_limits::values", std::to_string(tariff.values)},
      {"tariff_limits::schedules", std::to_string(tariff.schedules)},
      {"tariff_limits::attributes", std::to_string(tariff.attributes)},
      {"tariff_limits::words", std::to_string(tariff.words)},
      {"tariff_limits::versions", std::to_string(tariff.versions)},
      {"tariff_limits::cells", std::to_string(tariff.cells)},
      {"tariff_limits::steps", std::to_string(tariff.steps)},
      {"tariff_limits::pointer_bytes", std::to_string(tariff.pointer_bytes)},
      {"facts_limits::bytes", std::to_string(facts.bytes)},
      {"facts_limits::cells", std::to_string(facts.cells)},
      {"facts_limits::name_bytes", std::to_string(facts.name_bytes)},
      {"facts_limits::cell_bytes", std::to_string(facts.cell_bytes)},
      {"csv_limits::cell_bytes", std::to_string(csv.cell_bytes)},
      {"csv_limits::row_bytes", std::to_string(csv.row_bytes)},
      {"csv_limits::columns", std::to_string(csv.columns)},
      {"csv_limits::name_bytes", std::to_string(csv.name_bytes)},
      {"csv_limits::rows", std::to_string(csv.rows)},
      {"most_facts_depth", std::to_string(dues::most_facts_depth)},
      {"longest_fact_id", std::to_string(dues::longest_fact_id)},
      {"most_levels", std::to_string(dues::most_levels)},
      {"deepest_chain", std::to_string(dues::deepest_chain)},
      {"most_months", std::to_string(dues::most_months)},
      {"most_shift_days", std::to_string(dues::most_shift_days)},
      {"expression::most_characters", std::to_string(dues::expression::most_characters)},
      {"expression::most_depth", std::to_string(dues::expression::most_depth)},
      {"expression::most_steps", std::to_string(dues::expression::most_steps)},
      {"decimal::most_digits", std::to_string(dues::decimal::most_digits)},
      {"decimal::most_places", std::to_string(dues::decimal::most_places)},
      {"first_day", std::to_string(dues::to_ymd(dues::first_day).year)},
      {"last_day", std::to_string(dues::to_ymd(dues::last_day).year)},
      {"bill_request::most_lines", std::to_string(dues::bill_request{}.most_lines)},
      {"diagnostics::limit", std::to_string(dues::diagnostics::limit)},
      {"diagnostics::most_warnings", std::to_string(dues::diagnostics::most_warnings)},
  };
  EXPECT_EQ(table_of_limits(), code);
}

// A tariff in which each part stands as often as is asked for.
struct shape {
  int fees = 1, values = 0, schedules = 1, taxes = 0, funds = 0, calendars = 0;
  int units = 1, accounts = 0, subscriptions = 0, words = 1, prices = 1, languages = 1, citations = 0;
  std::string name = "N", price = "1";
};

template <class Make>
std::string list_of(int count, Make&& make) {
  std::string out = "[";
  for (int i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + make(std::to_string(i));
  return out + "]";
}

std::string tariff_of(const shape& has) {
  const auto attribute = [](const std::string& i) { return "{\"id\":\"a" + i + "\",\"type\":\"number\"}"; };
  std::string units = list_of(has.units, attribute);
  const std::string words = list_of(has.words, [](const std::string& i) { return "\"w" + i + "\""; });
  units.insert(1, "{\"id\":\"use\",\"type\":\"choice\",\"of\":" + words + "}" + (has.units == 0 ? "" : ","));
  std::string name = "{";
  for (int i = 0; i < has.languages; ++i) name += std::string(i == 0 ? "" : ",") + "\"l" + std::to_string(i) + "\":\"" + has.name + "\"";
  const std::string price = has.prices == 1 ? has.price : list_of(has.prices, [](const std::string& i) { return "{\"from\":\"" + dues::to_text(*dues::parse_day("2026-01-01") + std::stoi(i)) + "\",\"is\":1}"; });
  return R"({"dues_tariff":"1","id":"t","edition":"1","from":"2026-01-01","currency":"CNY","name":)" + name + R"(},"cites":)" +
         list_of(has.citations, [](const std::string& i) { return "\"c" + i + "\""; }) + R"(,"reads":{"unit":)" + units + R"(,"account":)" + list_of(has.accounts, attribute) +
         R"(,"subscription":)" + list_of(has.subscriptions, attribute) + R"(,"calendars":)" + list_of(has.calendars, [](const std::string& i) { return "\"c" + i + "\""; }) +
         R"(},"values":)" + list_of(has.values, [](const std::string& i) { return "{\"id\":\"v" + i + "\",\"is\":1}"; }) +
         R"(,"funds":)" + list_of(has.funds, [](const std::string& i) { return "{\"id\":\"f" + i + "\",\"name\":{\"en\":\"F\"}}"; }) +
         R"(,"taxes":)" + list_of(has.taxes, [](const std::string& i) { return "{\"id\":\"t" + i + "\",\"rate\":\"6%\",\"included\":true}"; }) +
         R"(,"schedules":)" + list_of(has.schedules, [](const std::string& i) { return "{\"id\":\"s" + i + R"(","kind":"months","months":1,"billed":"in_advance","due":{"day_of_month":1}})"; }) +
         R"(,"fees":)" + list_of(has.fees, [&](const std::string& i) { return "{\"id\":\"f" + i + R"(","kind":"recurring","name":{"en":"F"},"schedule":"s0","price":)" + price + "}"; }) + "}";
}

// Small limits, so that what goes one beyond them is small too.
dues::tariff_limits small_limits() {
  dues::tariff_limits few;
  few.fees = few.values = few.schedules = few.attributes = few.words = few.versions = few.texts = 3;
  few.text_bytes = 20;
  return few;
}

std::string first_error(const shape& has, const dues::tariff_limits& limits = small_limits()) {
  const dues::compile_result made = dues::compile(tariff_of(has), limits);
  for (const dues::diagnostic& one : made.found.all())
    if (one.level == dues::severity::error) return one.code + " " + one.pointer + " " + dues::message(one);
  return made.compiled == nullptr ? "nothing compiled" : "";
}

TEST(a_limit_of_parts, lets_through_what_stands_at_it_and_refuses_one_more) {
  struct part {
    int shape::*how_many;
    int others;  ///< that stand in the same list anyway
    const char* wanted;
  };
  const std::vector<part> parts{
      {&shape::fees, 0, "T208 /fees 4 fees is beyond the limit of 3"},
      {&shape::values, 0, "T208 /values 4 values is beyond the limit of 3"},
      {&shape::schedules, 0, "T208 /schedules 4 schedules is beyond the limit of 3"},
      {&shape::taxes, 0, "T208 /taxes 4 taxes is beyond the limit of 3"},
      {&shape::funds, 0, "T208 /funds 4 funds is beyond the limit of 3"},
      {&shape::calendars, 0, "T208 /reads/calendars 4 calendars is beyond the limit of 3"},
      {&shape::units, 1, "T208 /reads/unit 4 unit is beyond the limit of 3"},
      {&shape::accounts, 0, "T208 /reads/account 4 account is beyond the limit of 3"},
      {&shape::subscriptions, 0, "T208 /reads/subscription 4 subscription is beyond the limit of 3"},
      {&shape::words, 0, "T208 /reads/unit/0/of 4 of is beyond the limit of 3"},
      {&shape::languages, 0, "T208 /name 4 name is beyond the limit of 3"},
      {&shape::citations, 0, "T208 /cites 4 cites is beyond the limit of 3"},
      {&shape::prices, 0, "T117 /fees/0/price price is 4 versions; wanted 1 to 3"},
  };
  for (const part& one : parts) {
    SCOPED_TRACE(one.wanted);
    shape has;
    has.*one.how_many = 3 - one.others;
    EXPECT_EQ(first_error(has), "");
    ++(has.*one.how_many);
    EXPECT_EQ(first_error(has), one.wanted);
  }
}

TEST(a_limit_of_texts, is_in_bytes) {
  shape has;
  has.name = std::string(20, 'x');
  EXPECT_EQ(first_error(has), "");
  has.name += 'x';
  EXPECT_EQ(first_error(has), "T208 /name/l0 a text of 21 bytes is beyond the limit of 20 bytes");
}

TEST(limits_of_a_document, are_bytes_values_depth_and_bytes_of_a_key) {
  const std::string text = tariff_of(shape{});
  dues::tariff_limits limits;
  limits.document.bytes = text.size();
  EXPECT_EQ(first_error({}, limits), "");
  --limits.document.bytes;
  EXPECT_EQ(first_error({}, limits).substr(0, 5), "T151 ");
  limits = {};
  limits.document.key_bytes = std::string_view("subscription").size();
  EXPECT_EQ(first_error({}, limits), "");
  --limits.document.key_bytes;
  EXPECT_EQ(first_error({}, limits).substr(0, 60), "T151  the document is larger than 11 bytes of a key: line 1,");
  limits = {};
  limits.document.depth = 5;  // the document, reads, unit, an attribute, its words
  EXPECT_EQ(first_error({}, limits), "");
  --limits.document.depth;
  EXPECT_EQ(first_error({}, limits).substr(0, 35), "T116  not a JSON document: too deep");
  limits = {};
  limits.document.nodes = 1;
  while (first_error({}, limits).starts_with("T151 ")) ++limits.document.nodes;
  const std::size_t plain = 5, name = 2, cites = 1, lists_that_are_empty = 3;
  const std::size_t reads = 1 + (1 + 5 + 3) + 3;  // of units: the choice with its words, the number
  const std::size_t schedules = 1 + 1 + 4 + 2, fees = 1 + 1 + 4 + 2;
  EXPECT_EQ(limits.document.nodes, 1 + plain + name + cites + reads + lists_that_are_empty + schedules + fees);
}

TEST(an_id, is_sixty_four_bytes_long_at_most) {
  std::string text = tariff_of(shape{});
  const std::size_t at = text.find("\"id\":\"t\"") + 6;
  text.insert(at, std::string(dues::longest_id - 1, 't'));
  EXPECT_NE(dues::compile(text).compiled, nullptr);
  text.insert(at, "t");
  expect_one(dues::compile(text).found.all(), "T118 /id: ");
}

std::string chain(int values) {
  std::string list = "\"values\":[{\"id\":\"v1\",\"is\":1}";
  for (int i = 2; i <= values; ++i) list += ",{\"id\":\"v" + std::to_string(i) + "\",\"is\":\"value.v" + std::to_string(i - 1) + "\"}";
  std::string tariff = dues_test::tariff_of("\"value.v" + std::to_string(values) + "\"");
  return tariff.insert(tariff.find("\"schedules\""), list + "],");
}

TEST(a_chain_of_values, is_thirty_two_long_at_most) {
  EXPECT_NE(dues::compile(chain(dues::deepest_chain)).compiled, nullptr);
  expect_one(dues::compile(chain(dues::deepest_chain + 1)).found.all(), "T208 /values/32/is: a chain of 33 values that read each other is beyond the limit of 32");
}

TEST(steps_of_an_expression, are_counted_with_the_values_that_it_reads) {
  dues::tariff_limits limits;
  limits.steps = 32;  // each of 32 values is one step more than the one that it reads, and the price one more
  const std::string tariff = chain(31);
  EXPECT_NE(dues::compile(tariff, limits).compiled, nullptr);
  --limits.steps;
  expect_one(dues::compile(tariff, limits).found.all(), "T208 /fees/0/price: 32 steps with the values that it reads is beyond the limit of 31 steps");
}

TEST(places_of_expressions, are_counted_together) {
  dues::tariff_limits limits;
  limits.pointer_bytes = std::string_view("/fees/0/quantity/fees/0/price").size();
  EXPECT_NE(dues::compile(dues_test::tariff_of("1"), limits).compiled, nullptr);
  --limits.pointer_bytes;
  expect_one(dues::compile(dues_test::tariff_of("1"), limits).found.all(), "T151 /fees/0/price: the document is larger than 28 bytes: the places of all expressions together");
}

TEST(cells_of_tables, are_counted_together) {
  std::string tariff = tariff_of(shape{.words = 3});
  tariff.replace(tariff.find("\"price\":1"), 9, "\"price\":\"value.v\"");
  tariff.replace(tariff.find("\"values\":[]"), 11, R"("values":[{"id":"v","by":["unit.use"],"is":[{"from":"2026-01-01","is":{"otherwise":1}},{"from":"2027-01-01","is":{"otherwise":2}}]}])");
  dues::tariff_limits limits;
  limits.cells = 6;  // two versions of three words
  EXPECT_NE(dues::compile(tariff, limits).compiled, nullptr) << told(dues::compile(tariff, limits).found.all());
  --limits.cells;
  EXPECT_EQ(told(dues::compile(tariff, limits).found.all().first(1)).substr(0, 54), "T151 /values/0/is/1/is: the document is larger than 5:");
}

struct counting_rows final : dues::row_sink {
  std::size_t rows = 0;
  void version(std::string_view) override {}
  void row(std::string_view, std::size_t, std::span<const dues::cell>) override { ++rows; }
};

std::string rows_told(std::string_view text, const dues::facts_limits& limits) {
  counting_rows sink;
  dues::diagnostics found;
  const bool read = dues::read_json_rows(text, sink, found, limits);
  EXPECT_EQ(read, found.empty());
  return told(found.all());
}

// The place is that of the closing quote, where the length of a name or a text is known.
TEST(limits_of_facts, are_bytes_cells_and_bytes_of_names_and_cells) {
  constexpr std::string_view text = R"({"units":[{"unit":"abcdefgh","a":1}],"calendars":[{"weekend":["aaa","bbb"]}]})";
  dues::facts_limits limits;
  limits.bytes = text.size();
  limits.cells = 2;
  limits.name_bytes = 9;  // calendars
  limits.cell_bytes = 8;
  EXPECT_EQ(rows_told(text, limits), "");
  --limits.bytes;
  EXPECT_EQ(rows_told(text, limits), "F108 : the document has 77 bytes; the limit is 76");
  ++limits.bytes;
  --limits.cells;
  EXPECT_EQ(rows_told(text, limits), "F108 : /units/0 has more than 1 cells at line 1, column 32");
  ++limits.cells;
  --limits.name_bytes;
  EXPECT_EQ(rows_told(text, limits), "F108 : the document has a name of more than 8 bytes at line 1, column 48");
  ++limits.name_bytes;
  --limits.cell_bytes;
  EXPECT_EQ(rows_told(text, limits), "F108 : /units/0 has a value of more than 7 bytes at line 1, column 28");
  limits.cell_bytes = 6;
  EXPECT_EQ(rows_told(R"({"calendars":[{"weekend":["aaa","bbb"]}]})", limits), "F108 : /calendars/0 has a list of more than 6 bytes at line 1, column 37");
}

TEST(an_id_of_facts, is_a_thousand_bytes_long_at_most) {
  const auto with = [](std::size_t bytes) {
    const std::string id(bytes, 'u');
    return dues::load_facts(plain_tariff(), R"({"dues_facts":"1","units":[{"unit":")" + id + R"(","from":"2026-01-01"}]})");
  };
  EXPECT_TRUE(with(dues::longest_fact_id).found.empty());
  expect_one(with(dues::longest_fact_id + 1).found.all(), "F103 /units/0/unit: unit is " + std::string(80, 'u') + "...; wanted a text of at most 1000 bytes");
}

}  // namespace
