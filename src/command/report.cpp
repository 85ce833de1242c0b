// SPDX-License-Identifier: Apache-2.0

#include "report.hpp"

#include "documents.hpp"
#include "table.hpp"
#include "texts.hpp"

#include <algorithm>
#include <map>

namespace dues::command {

namespace {

class report_writer {
 public:
  report_writer(const billing& made, const request& asked, const language& words)
      : made_(made), asked_(asked), words_(words), known_(*made.known), tariff_(*known_.tariff) {}

  std::string write() {
    summary();
    by_fee();
    if (asked_.lines) lines();
    else bills();
    problems();
    return std::move(out_);
  }

 private:
  std::string title(std::string_view key) const { return std::string(say(words_, key)); }
  std::string amount(int128 units) const { return amount_text(units, tariff_.minor_units); }
  std::string account(const line& one) const { return one.account == id_table::none ? "-" : std::string(known_.accounts.at(one.account)); }
  std::size_t shown(std::size_t all) const { return asked_.rows == 0 ? all : std::min(all, asked_.rows); }
  void append(const table& rows, std::size_t all) {
    if (all == 0) return;
    out_ += '\n';
    rows.append_to(out_);
    if (shown(all) < all) out_ += say(words_, "more_rows", {{"n", std::to_string(all - shown(all))}}) + "\n";
  }

  void summary();
  void by_fee();
  void bills();
  void lines();
  void problems();

  const billing& made_;
  const request& asked_;
  const language& words_;
  const facts& known_;
  const program& tariff_;
  std::string out_;
};

void report_writer::summary() {
  int128 total = 0, tax = 0;
  for (const line& one : made_.lines) {
    total += one.amount;
    tax += one.tax;
  }
  out_ += printable(tariff_.name.in(words_.tag(), tariff_.id)) + "\n\n";
  const bool by_issue = made_.asked.select == selection::issue;
  std::vector<std::pair<std::string_view, std::string>> rows{
      {"edition", tariff_.edition},
      {"days", say(words_, by_issue ? "days_by_issue" : "days_by_service", {{"from", to_text(made_.asked.days.from)}, {"to", to_text(made_.asked.days.to)}})},
      {"currency", tariff_.currency_code},
      {"bills", std::to_string(made_.bills.size())},
      {"lines", std::to_string(made_.lines.size())},
      {"total", amount(total)},
      {"of_which_tax", amount(tax)}};
  if (const std::size_t missing = lines_without_amount(made_); missing != 0) rows.insert(rows.begin() + 5, {"without_amount", std::to_string(missing)});
  out_ += labelled(rows, words_);
}

void report_writer::by_fee() {
  struct sum {
    std::size_t lines = 0;
    int128 amount = 0;
  };
  std::map<std::int32_t, sum> sums;  // in the order of the tariff
  for (const line& one : made_.lines) {
    sum& of = sums[one.fee];
    ++of.lines;
    of.amount += one.amount;
  }
  if (sums.empty()) return;
  table rows({{title("fee")}, {title("lines"), align::right}, {title("amount"), align::right}});
  for (const auto& [fee, of] : sums) rows.add({fee_name(tariff_, fee, words_), std::to_string(of.lines), amount(of.amount)});
  out_ += '\n';
  rows.append_to(out_);
}

void report_writer::bills() {
  std::vector<table::column> columns{{title("account")}, {title("issue")}, {title("due")}, {title("lines"), align::right}, {title("total"), align::right}};
  const bool missing = lines_without_amount(made_) != 0;
  if (missing) columns.push_back({title("without_amount"), align::right});
  table rows(std::move(columns));
  for (std::size_t i = 0; i < shown(made_.bills.size()); ++i) {
    const dues::bill& one = made_.bills[i];
    std::vector<std::string> cells{std::string(known_.accounts.at(one.account)), to_text(one.issue), to_text(one.due), std::to_string(one.end - one.begin),
                                   amount(total_of(made_, one))};
    if (missing) {
      const auto faulty = std::count_if(made_.bill_lines.begin() + one.begin, made_.bill_lines.begin() + one.end, [&](std::uint32_t place) { return made_.lines[place].fault >= 0; });
      cells.push_back(faulty == 0 ? "" : std::to_string(faulty));
    }
    rows.add(std::move(cells));
  }
  append(rows, made_.bills.size());
}

void report_writer::lines() {
  const bool subjects = std::any_of(made_.lines.begin(), made_.lines.end(), [](const line& one) { return one.subscription != id_table::none; });
  const bool causes = std::any_of(made_.lines.begin(), made_.lines.end(), [](const line& one) { return one.adjustment != 0; });
  std::vector<table::column> columns{{title("account")}, {title("unit")}, {title("fee")}};
  if (subjects) columns.push_back({title("subject")});
  if (causes) columns.push_back({title("cause")});
  for (const std::string_view key : {"from", "to", "due"}) columns.push_back({title(key)});
  for (const std::string_view key : {"quantity", "price", "tax", "amount"}) columns.push_back({title(key), align::right});
  table rows(std::move(columns));
  const auto number = [](std::int64_t value, int scale) { return scale < 0 ? std::string() : decimal::make(int128(value), scale)->to_text(); };
  for (std::size_t i = 0; i < shown(made_.lines.size()); ++i) {
    const line& one = made_.lines[i];
    std::vector<std::string> cells{account(one), std::string(known_.units.at(one.unit)), fee_name(tariff_, one.fee, words_)};
    if (subjects) cells.emplace_back(subject_text(known_, one));
    if (causes) cells.push_back(cause_in(one, words_));
    for (const civil_day day : {one.from, one.to, one.due}) cells.push_back(to_text(day));
    const bool computed = one.fault < 0;
    cells.push_back(computed ? number(one.quantity, one.quantity_scale) : "");
    cells.push_back(computed ? number(one.price, one.price_scale) : "");
    cells.push_back(computed ? amount(one.tax) : "");
    cells.push_back(computed ? amount(one.amount) : made_.faults[static_cast<std::size_t>(one.fault)].code);
    rows.add(std::move(cells));
  }
  append(rows, made_.lines.size());
}

// Each line without an amount, and once for each code how to cure it.
void report_writer::problems() {
  const std::size_t all = lines_without_amount(made_);
  table rows({{title("account")}, {title("unit")}, {title("fee")}, {title("from")}, {title("problem")}});
  std::map<std::string, std::string> cures;
  std::size_t count = 0;
  for (const line& one : made_.lines) {
    if (one.fault < 0) continue;
    const diagnostic& fault = made_.faults[static_cast<std::size_t>(one.fault)];
    if (!cures.contains(fault.code)) cures.emplace(fault.code, cure(fault, words_));
    if (count++ >= shown(all)) continue;
    rows.add({account(one), std::string(known_.units.at(one.unit)), fee_name(tariff_, one.fee, words_), to_text(one.from), fault.code + " " + message(fault, words_)});
  }
  append(rows, all);
  for (const auto& [code, text] : cures) out_ += code + std::string(say(words_, "colon")) + printable(text) + "\n";
}

}  // namespace

std::string report(std::span<const billing> made, const request& asked, const language& words) {
  std::string out;
  for (const billing& one : made) out += (out.empty() ? "" : "\n\n") + report_writer(one, asked, words).write();
  return out;
}

std::string labelled(const std::vector<std::pair<std::string_view, std::string>>& rows, const language& words) {
  std::string out;
  std::size_t widest = 0;
  for (const auto& [key, text] : rows) widest = std::max(widest, width(say(words, key)));
  for (const auto& [key, text] : rows) {
    const std::string_view label = say(words, key);
    out += std::string(label) + std::string(widest - width(label) + 2, ' ') + printable(text) + "\n";
  }
  return out;
}

std::string fee_name(const program& tariff, std::int32_t fee, const language& words) {
  const auto& rule = tariff.fees[static_cast<std::size_t>(fee)];
  return std::string(rule.name.in(words.tag(), rule.id));
}

std::string cause_in(const line& one, const language& words) {
  return one.adjustment == 0 ? std::string(say(words, "charge")) : say(words, "adjustment", {{"n", std::to_string(one.adjustment)}});
}

}  // namespace dues::command
