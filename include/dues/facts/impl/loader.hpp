// SPDX-License-Identifier: Apache-2.0
//
// The loader's own state, for one tariff: rows are taken in any order into raw columns, then ranked,
// sorted and checked once. Not public.
#pragma once

#include <dues/facts/facts.hpp>
#include <dues/facts/impl/fact_tables.hpp>
#include <dues/facts/impl/id_collector.hpp>
#include <dues/facts/impl/raw_facts.hpp>

#include <array>
#include <map>
#include <set>

DUES_BEGIN

namespace detail {

class loader {
 public:
  /// @param of_several  whether facts for other tariffs stand in the same rows: then empty cells may have names that are not this tariff's
  loader(std::shared_ptr<const program> tariff, diagnostics& found, bool of_several);

  void row(fact_table table, std::size_t row, std::span<const cell> cells);
  /// The table comes as CSV with these columns; its rows have as many cells.
  void csv_header(fact_table table, std::span<const std::string> names);
  /// @param calendars_of  facts whose calendars were read for all; null when they were read here
  std::shared_ptr<const facts> finish(const facts* calendars_of = nullptr);

  const program& tariff() const noexcept { return *tariff_; }
  /// Whether a row of `table` may have a column of that name.
  bool knows(fact_table table, std::string_view name) const { return slot_of(table, name, 0) != table_layout::unknown; }
  /// Whether the column of units may be the unit's or the account's.
  bool is_ambiguous(fact_table table, std::string_view name) const;
  std::vector<std::string_view> known_names(fact_table table) const;
  /// A mistake in a row that is not (only) this loader's.
  void tell(fact_table table, std::size_t row, std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values);
  /// Mistakes go there from now on.
  void tell_to(diagnostics& found) noexcept { found_ = &found; }
  const id_collector& unit_ids() const noexcept { return unit_ids_; }

 private:
  using maker = void (loader::*)(std::span<const cell>);
  static constexpr std::size_t tables = fact_tables.size();

  // load_tables.ipp and load_attributes.ipp: one row of one table
  void unit_row(std::span<const cell> cells);
  void account_row(std::span<const cell> cells);
  void tenure_row(std::span<const cell> cells);
  void subscription_row(std::span<const cell> cells);
  void occupancy_row(std::span<const cell> cells);
  void meter_row(std::span<const cell> cells);
  void reading_row(std::span<const cell> cells);
  void usage_before_row(std::span<const cell> cells);
  void calendar_row(std::span<const cell> cells);
  void calendar_day_row(std::span<const cell> cells);
  bool attribute_row(raw_attributes& into, column key, bool has_to, std::span<const cell> cells);
  void holder_of_row(std::span<const cell> cells, bool whole);
  void account_of_units(std::span<const cell> cells, std::uint32_t account);
  void take_attribute(raw_attributes& into, std::size_t at, const cell& one, std::string_view of);
  bool take_number(number_column& into, const attribute& declared, const cell& one, std::string_view of);
  std::int32_t share_of_row();

  // load_cells.ipp: one cell
  void lay_out(std::span<const cell> cells);
  std::int32_t slot_of(fact_table table, std::string_view name, std::size_t guess) const;
  bool begin_row(std::span<const cell> cells);
  void tell_twice(std::span<const cell> cells);
  std::string_view cell_text(column name) const { return find(name) == nullptr ? std::string_view() : find(name)->text; }
  const cell* find(column name) const { return fixed_[static_cast<std::size_t>(name)]; }
  civil_day day(column name, civil_day otherwise);
  std::optional<decimal> number(const cell& one);
  std::optional<decimal> percentage(const cell& one);
  std::optional<std::size_t> word(const cell& one, std::span<const std::string_view> words);
  void unknown_columns(std::span<const cell> cells);
  void unknown_column(const cell& one);
  void fault(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values);
  diagnostic made_here(std::string_view code, std::string_view column, std::initializer_list<std::pair<std::string_view, std::string>> values) const;
  void stand_at(fact_table table, std::size_t row, std::string_view unit);
  void stand_at_tenure(std::uint32_t row, std::string_view unit);
  std::string nearest(std::string_view word, std::span<const std::string_view> names) const;
  table_layout& layout() noexcept { return layouts_[static_cast<std::size_t>(table_)]; }
  std::uint32_t& near_unit() noexcept { return near_units_[static_cast<std::size_t>(table_)]; }
  std::uint32_t& near_account() noexcept { return near_accounts_[static_cast<std::size_t>(table_)]; }
  /// The id of an attribute row, a tenure, ...: a rank, or one that no row of units has.
  std::string_view unit_text(std::uint32_t unit) const { return (unit & stranger) != 0 ? strangers_.at(unit & ~stranger) : made_->units.at(unit); }

  // load_finish.ipp, load_rows.ipp, load_tenures.ipp: rank, sort, check
  void rank_units(rank_room& room);
  void rank_accounts(rank_room& room);
  void rank_texts(rank_room& room);
  void order_rows(raw_attributes& raw, std::size_t ids, attribute_rows& into);
  void fill_rows(raw_attributes& raw, const id_table& table, fact_table of);
  void finish_attributes(raw_attributes& raw, const id_table& table, attribute_rows& into, fact_table of);
  void tell_same_date(const raw_attributes& raw, std::size_t row, const id_table& table, fact_table of);
  void check_row_ends(const raw_attributes& raw, const id_table& table);
  void finish_tenures();
  template <class Take>
  void each_holder(Take&& take) const;
  void place_tenures(std::vector<std::uint32_t>& rows);
  void finish_subscriptions();
  void finish_held();
  void finish_reach();
  void finish_occupancies();
  // load_meters.ipp, load_readings.ipp
  void rank_meters(rank_room& room);
  void finish_usage_before();
  void fault_of_meter(std::uint32_t at, std::uint32_t row, std::string_view code, std::string_view name,
                      std::initializer_list<std::pair<std::string_view, std::string>> values);
  void order_readings();
  void read_days(std::uint32_t meter_rank, std::uint32_t first, std::uint32_t end, std::vector<read_day>& out);
  usage_interval interval_between(const read_day& a, const read_day& b);
  void close_chain(std::span<const std::uint32_t> chain, std::span<const std::vector<read_day>> days, std::vector<closed_interval>& out);
  void finish_readings();
  void add_closings(std::size_t place, std::vector<closed_interval>& found);
  void finish_calendars();
  void need_calendars();
  void check_shares(std::uint32_t unit, std::span<const std::uint32_t> rows);
  void finish_faults();

  std::shared_ptr<const program> tariff_;
  diagnostics* found_;
  bool of_several_;
  bool rows_hold_ = false;  ///< rows of units say who holds them
  std::shared_ptr<facts> made_;
  std::array<table_layout, tables> layouts_;
  std::array<std::uint32_t, tables> near_units_, near_accounts_;
  id_collector unit_ids_, account_ids_, texts_;
  id_table strangers_;
  raw_attributes units_, accounts_, subscription_attributes_;
  raw_holders holders_;  ///< by rows of units
  std::vector<raw_tenure> tenures_;
  std::map<decimal, std::int32_t> share_places_;
  std::vector<raw_subscription> subscriptions_;
  std::vector<raw_occupancy> occupancies_;
  id_collector meter_ids_, registers_;
  std::uint32_t near_meter_ = id_table::none;
  std::vector<raw_meter> meters_;
  std::vector<raw_reading> readings_;
  number_column reading_values_;
  std::vector<usage_before> usage_before_;
  std::map<std::string, raw_calendar, std::less<>> calendars_;
  std::vector<std::pair<std::string, diagnostic>> unit_faults_;  ///< (unit id, what is wrong)
  std::map<std::string, diagnostic, std::less<>> account_faults_, meter_faults_;
  std::set<std::string, std::less<>> units_with_wrong_tenures_;
  // The row being read
  fact_table table_ = fact_table::units;
  std::size_t row_ = 0;
  std::array<const cell*, column_names.size()> fixed_{};  ///< null: no such cell, or empty
  std::string_view unit_of_row_, account_of_row_, meter_of_row_;
  bool fault_in_row_ = false;
  std::vector<char> filled_;  ///< attributes that the row has given
  std::array<char, 10> last_day_text_{};
  std::optional<civil_day> last_day_;  ///< what it means
};

}  // namespace detail

DUES_END
