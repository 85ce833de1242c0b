// SPDX-License-Identifier: Apache-2.0
//
// The loader's own state: rows are taken in any order into raw columns, then ranked, sorted and
// checked once. Not public.
#pragma once

#include <dues/facts/facts.hpp>
#include <dues/facts/rows.hpp>

#include <array>
#include <set>
#include <unordered_map>

DUES_BEGIN

namespace detail {

/// Columns that every row of the table must fill.
std::span<const std::string_view> needed_columns(std::string_view table);

/// One table of dated attributes while it is read.
struct raw_attributes {
  const std::vector<attribute>* declared = nullptr;
  std::vector<std::uint32_t> id;  ///< in order of arrival
  std::vector<civil_day> from, to;
  std::vector<std::uint32_t> source;
  std::vector<number_column> numbers;
  std::vector<word_column> words;

  void begin(const std::vector<attribute>& attributes);
  void open_row(std::uint32_t row_id, std::size_t source_row);
};

class loader final : public row_sink {
 public:
  loader(std::shared_ptr<const program> tariff, diagnostics& found);

  void version(std::string_view text) override;
  void table(std::string_view name) override;
  void row(std::string_view table, std::size_t row, std::span<const cell> cells) override;
  bool refused() const noexcept { return refused_; }
  /// Whether the document has told its version; else that is a mistake.
  bool has_version();
  std::shared_ptr<const facts> finish();

 private:
  struct arrivals {
    std::unordered_map<std::string, std::uint32_t> places;
    std::vector<std::string> ids;
    std::uint32_t add(std::string_view id);
  };
  struct raw_tenure {
    std::string unit, account;
    tenure made;
    std::size_t row;
  };
  struct raw_subscription {
    std::string unit, account;
    subscription made;
    std::size_t row;
  };
  struct raw_occupancy {
    std::string unit;
    occupancy made;
    std::size_t row;
  };
  struct raw_exception {
    civil_day on;
    bool business_day;
    std::size_t row;
  };
  struct raw_calendar {
    day_range covered{first_day, last_day + 1};
    unsigned weekend = 0;
    std::vector<raw_exception> exceptions;
    bool declared = false;
  };
  struct placed_tenure {
    std::uint32_t unit;
    tenure made;
    std::size_t row;
  };
  using maker = void (loader::*)(std::size_t, std::span<const cell>);

  // load_tables.ipp: one row of one table
  void unit_row(std::size_t row, std::span<const cell> cells);
  void account_row(std::size_t row, std::span<const cell> cells);
  void tenure_row(std::size_t row, std::span<const cell> cells);
  void subscription_row(std::size_t row, std::span<const cell> cells);
  void occupancy_row(std::size_t row, std::span<const cell> cells);
  void calendar_row(std::size_t row, std::span<const cell> cells);
  void calendar_day_row(std::size_t row, std::span<const cell> cells);
  void attribute_row(raw_attributes& into, arrivals& ids, std::string_view key, bool has_to, std::size_t row, std::span<const cell> cells);
  void take_attribute(raw_attributes& into, std::size_t column, const cell& one, std::size_t row, std::string_view of);

  // load_cells.ipp: one cell
  bool begin_row(std::string_view table, std::span<const std::string_view> needed, std::span<const cell> cells);
  std::string_view cell_text(std::string_view name) const;
  const cell* find(std::string_view name) const;
  civil_day day(std::string_view name, civil_day otherwise);
  std::optional<decimal> number(const cell& one);
  std::optional<decimal> percentage(const cell& one);
  std::optional<std::size_t> word(const cell& one, std::span<const std::string_view> words);
  void unknown_columns(std::span<const std::string_view> known);
  void fault(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values);
  void stand_at(std::string_view table, std::size_t row, std::string_view unit);
  std::string nearest(std::string_view word, std::span<const std::string_view> names) const;
  std::string here(std::string_view column) const;

  // load_finish.ipp: rank, sort, check
  void finish_attributes(raw_attributes& raw, const arrivals& ids, id_table& table, attribute_rows& into, std::string_view name);
  void check_row_ends(const raw_attributes& raw, const id_table& table);
  void finish_tenures();
  void finish_subscriptions();
  void finish_held();
  void finish_occupancies();
  void finish_calendars();
  void check_shares(std::span<const placed_tenure> held);
  void finish_faults();

  std::shared_ptr<const program> tariff_;
  diagnostics& found_;
  bool refused_ = false, versioned_ = false;
  std::shared_ptr<facts> made_;
  arrivals unit_ids_, account_ids_;
  raw_attributes units_, accounts_, subscription_attributes_;
  std::vector<raw_tenure> tenures_;
  std::map<decimal, std::int32_t> share_places_;
  std::vector<raw_subscription> subscriptions_;
  std::vector<raw_occupancy> occupancies_;
  std::map<std::string, raw_calendar, std::less<>> calendars_;
  std::vector<std::pair<std::string, diagnostic>> unit_faults_;  ///< (unit id, what is wrong)
  std::map<std::string, diagnostic, std::less<>> account_faults_;
  std::set<std::string, std::less<>> units_with_wrong_tenures_;
  std::set<std::string, std::less<>> tables_;                    ///< that have begun
  std::string_view table_;                                       ///< the row being read
  std::size_t row_ = 0;
  std::span<const cell> cells_;
  std::string unit_of_row_, account_of_row_;
  std::vector<bool> filled_;  ///< attributes that the row has given
};

}  // namespace detail

DUES_END
