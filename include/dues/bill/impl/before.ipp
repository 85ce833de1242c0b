// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/bill/before.hpp>
#include <dues/bill/impl/escaped.hpp>
#include <dues/bill/line.hpp>
#include <dues/csv/reader.hpp>
#include <dues/json/node.hpp>

#include <array>
#include <charconv>

DUES_BEGIN

namespace detail {

/// What is read of a line, in the order of billed_texts.
enum billed_field : std::size_t { at_key, at_account, at_unit, at_fee, at_subject, at_cause, at_period, at_from, at_to, at_issue, at_due, at_gross, at_tax, at_amount, billed_fields };
inline constexpr std::array<std::string_view, billed_fields> billed_field_names{"key", "account", "unit", "fee", "subject", "cause", "period", "from", "to", "issue", "due", "gross", "tax", "amount"};
using billed_texts = std::array<std::string_view, billed_fields>;

// Reads one line; else the field that is no such value.
inline billed_field read_billed_line(const program& tariff, const billed_texts& texts, billed_line& into, std::string_view& base) {
  into.account = texts[at_account];
  into.unit = texts[at_unit];
  into.fee = texts[at_fee];
  into.subject = texts[at_subject];
  civil_day* const days[] = {&into.period, &into.from, &into.to, &into.issue, &into.due};
  for (std::size_t i = 0; i < std::size(days); ++i) {
    const auto day = parse_day(texts[at_period + i]);
    if (!day) return static_cast<billed_field>(at_period + i);
    *days[i] = *day;
  }
  std::int64_t* const amounts[] = {&into.gross, &into.tax, &into.amount};
  for (std::size_t i = 0; i < std::size(amounts); ++i) {
    const auto value = decimal::parse(texts[at_gross + i]);
    const auto minor = value && value->normalized().scale() <= tariff.minor_units ? value->rescaled(tariff.minor_units, rounding_mode::half_up) : std::nullopt;
    const auto narrow = minor ? to_int64(minor->coefficient()) : std::nullopt;
    if (!narrow) return static_cast<billed_field>(at_gross + i);
    *amounts[i] = *narrow;
  }
  const std::string_view key = texts[at_key], cause = texts[at_cause];
  const std::size_t end = key.rfind('/');
  if (end == std::string_view::npos || key.substr(end + 1) != cause) return at_key;
  base = key.substr(0, end);
  constexpr std::string_view adjustment = "adjustment:";
  if (cause == "charge") return billed_fields;
  if (!cause.starts_with(adjustment)) return at_cause;
  const char* const last = cause.data() + cause.size();
  const auto [at, error] = std::from_chars(cause.data() + adjustment.size(), last, into.adjustments);
  return error == std::errc() && at == last && into.adjustments > 0 ? billed_fields : at_cause;
}

// Adds to what stands under the key; false when the sum does not fit.
inline bool add_billed(billed_before& into, std::string_view base, billed_line&& one) {
  const auto at = into.lines.find(base);
  if (at == into.lines.end()) {
    into.lines.emplace(base, std::move(one));
    return true;
  }
  billed_line& sum = at->second;
  if (add_overflows(sum.gross, one.gross, sum.gross) || add_overflows(sum.tax, one.tax, sum.tax) || add_overflows(sum.amount, one.amount, sum.amount)) return false;
  sum.adjustments = std::max(sum.adjustments, one.adjustments);
  return true;
}

inline constexpr std::string_view sum_does_not_fit = "the lines of this key add to more than a line can hold";

/// The tariffs of a run and what was billed under them.
struct billed_under {
  std::vector<const program*> tariffs;
  std::vector<std::string> key_parts;  ///< the ids as keys begin with them
  std::vector<billed_before*> into;
  diagnostics& found;

  void add(const program& tariff, billed_before& lines) {
    tariffs.push_back(&tariff);
    append_escaped(key_parts.emplace_back(), tariff.id);
    into.push_back(&lines);
  }
  /// Place of the tariff with this id, or of a line's key; tariffs.size() when it is not in the run.
  std::size_t by_id(std::string_view id) const {
    return static_cast<std::size_t>(std::find_if(tariffs.begin(), tariffs.end(), [&](const program* one) { return one->id == id; }) - tariffs.begin());
  }
  std::size_t by_key(std::string_view key) const {
    return static_cast<std::size_t>(std::find(key_parts.begin(), key_parts.end(), key.substr(0, key.find('/'))) - key_parts.begin());
  }
  bool wrong(std::string pointer, std::string what) const {
    found.add(make_diagnostic("R114", std::move(pointer), {{"what", std::move(what)}}));
    return false;
  }
};

/// Rows of `to_csv`.
class billed_csv : public csv_sink {
 public:
  explicit billed_csv(const billed_under& under) : under_(under) {}

  static std::vector<std::string> needed() {
    std::vector<std::string> names(billed_field_names.begin(), billed_field_names.end());
    names.emplace_back("diagnostic");
    return names;
  }
  bool good() const noexcept { return good_; }

  bool header(std::span<const std::string> names) override {
    const auto place = [&](std::string_view name) { return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()); };
    for (std::size_t i = 0; i < billed_fields; ++i) places_[i] = place(billed_field_names[i]);
    diagnostic_ = place("diagnostic");
    return true;
  }

  void record(std::size_t row, std::span<const std::string_view> cells) override {
    if (!good_ || !cells[diagnostic_].empty()) return;
    billed_texts texts;
    for (std::size_t i = 0; i < billed_fields; ++i) texts[i] = cells[places_[i]];
    const std::size_t tariff = under_.by_key(texts[at_key]);
    billed_line one;
    std::string_view base;
    const billed_field wrong = tariff == under_.tariffs.size() ? at_key : read_billed_line(*under_.tariffs[tariff], texts, one, base);
    if (wrong != billed_fields) {
      under_.found.add(make_diagnostic("R118", "/lines/" + std::to_string(row - 2) + "/" + std::string(billed_field_names[wrong]),
                                       {{"row", std::to_string(row)}, {"column", std::string(billed_field_names[wrong])}, {"is", std::string(texts[wrong])}}));
      good_ = false;
    } else if (!add_billed(*under_.into[tariff], base, std::move(one))) {
      good_ = under_.wrong("/lines/" + std::to_string(row - 2), std::string(sum_does_not_fit));
    }
  }

 private:
  const billed_under& under_;
  std::array<std::size_t, billed_fields> places_{};
  std::size_t diagnostic_ = 0;
  bool good_ = true;
};

inline bool read_billed_result(const billed_under& under, json_node result) {
  const json_node of = result.find("tariff");
  const std::size_t tariff = of && of.is(node_kind::text) ? under.by_id(of.text()) : under.tariffs.size();
  if (tariff == under.tariffs.size()) return under.wrong(result.pointer() + "/tariff", of && of.is(node_kind::text) ? std::string(of.text()) : std::string("no tariff"));
  const json_node lines = result.find("lines");
  if (!lines || !lines.is(node_kind::array)) return under.wrong(result.pointer() + "/lines", "no list of lines");
  for (json_node node = lines.first(); node; node = node.next()) {
    if (node.find("diagnostic")) continue;  // was not billed
    billed_texts texts;
    bool whole = true;
    for (std::size_t i = 0; i < billed_fields; ++i) {
      const json_node field = node.find(billed_field_names[i]);
      whole = whole && field && field.is(node_kind::text);
      if (whole) texts[i] = field.text();
    }
    billed_line one;
    std::string_view base;
    if (!whole || read_billed_line(*under.tariffs[tariff], texts, one, base) != billed_fields) return under.wrong(node.pointer(), "a field of the line is missing or has no such value");
    if (!add_billed(*under.into[tariff], base, std::move(one))) return under.wrong(node.pointer(), std::string(sum_does_not_fit));
  }
  return true;
}

// A result, or a list of results.
inline bool read_billed_json(const billed_under& under, std::string_view text) {
  // A line is some twenty values and a kilobyte of indented text.
  json_limits limits;
  limits.bytes = std::size_t{1} << 30;
  limits.nodes = 64'000'000;
  const auto document = read_json(text, under.found, limits);
  if (!document) return false;
  const json_node root = document->root();
  if (!root.is(node_kind::array)) return read_billed_result(under, root);
  for (json_node one = root.first(); one; one = one.next())
    if (!read_billed_result(under, one)) return false;
  return true;
}

// One file, whose form its first byte tells.
class billed_file {
 public:
  billed_file(const billed_file&) = delete;
  billed_file& operator=(const billed_file&) = delete;
  explicit billed_file(const billed_under& under) : under_(under), rows_(under), csv_("lines", rows_, under.found, billed_csv::needed()) {}

  bool feed(std::string_view chunk) {
    if (!known_) {
      start_ += chunk;
      // Behind a byte order mark and what JSON may begin with.
      std::string_view rest = start_;
      if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
      rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(" \t\r\n")));
      if (rest.empty()) return true;
      known_ = true;
      json_ = rest.front() == '{' || rest.front() == '[';
      return json_ || (csv_.feed(start_) && rows_.good());
    }
    if (!json_) return csv_.feed(chunk) && rows_.good();
    start_ += chunk;
    return true;
  }
  bool finish() {
    if (json_) return read_billed_json(under_, start_);
    if (!known_ && !csv_.feed(start_)) return false;
    return csv_.finish() && rows_.good();
  }

 private:
  const billed_under& under_;
  billed_csv rows_;
  csv_reader csv_;
  std::string start_;  ///< all of a JSON document, the first bytes of CSV
  bool known_ = false, json_ = false;
};

}  // namespace detail

struct billed_reader::state {
  state(std::vector<std::shared_ptr<const program>> of, diagnostics& found) : tariffs(std::move(of)), made(tariffs.size()), under{{}, {}, {}, found} {
    for (std::size_t i = 0; i < tariffs.size(); ++i) under.add(*tariffs[i], made[i]);
  }

  std::vector<std::shared_ptr<const program>> tariffs;
  std::vector<billed_before> made;
  detail::billed_under under;
  std::optional<detail::billed_file> file;
};

billed_reader::billed_reader(std::vector<std::shared_ptr<const program>> tariffs, diagnostics& found) : state_(std::make_unique<state>(std::move(tariffs), found)) {}

billed_reader::~billed_reader() = default;

void billed_reader::begin() { state_->file.emplace(state_->under); }
bool billed_reader::feed(std::string_view chunk) { return state_->file->feed(chunk); }
bool billed_reader::finish() { return state_->file->finish(); }
std::vector<billed_before> billed_reader::take() { return std::move(state_->made); }

bool read_billed(const program& tariff, std::string_view result, billed_before& into, diagnostics& found) {
  detail::billed_under under{{}, {}, {}, found};
  under.add(tariff, into);
  detail::billed_file file(under);
  return file.feed(result) && file.finish();
}

DUES_END
