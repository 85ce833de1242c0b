// SPDX-License-Identifier: Apache-2.0
//
// Rows of facts on their way to the loader of their tariff: of units by their cell `tariff`, of what
// names a unit after the unit, of accounts to whoever declares their cells. Not public.
#pragma once

#include <dues/facts/impl/loader.hpp>

#include <memory>

DUES_BEGIN

namespace detail {

class fact_rows final : public row_sink {
 public:
  fact_rows(std::span<const std::shared_ptr<const program>> tariffs, diagnostics& found);

  void version(std::string_view text) override;
  void table(std::string_view name) override;
  void row(std::string_view table, std::size_t row, std::span<const cell> cells) override;
  /// The table comes as CSV. @returns false when the columns are of no use
  bool csv_header(std::string_view table, std::span<const std::string> names);
  bool refused() const noexcept { return refused_; }
  /// Before each document, which has to tell its version; has_version() tells when it did not.
  void begin_document() noexcept { versioned_ = false; }
  bool has_version();
  /// Facts by tariff, in the order of the tariffs.
  std::vector<std::shared_ptr<const facts>> finish();

 private:
  void unit_row(std::size_t row, std::span<const cell> cells);
  void account_row(std::size_t row, std::span<const cell> cells);
  void row_of_unit(fact_table table, std::size_t row, std::span<const cell> cells);
  void learn_accounts(std::span<const cell> cells);
  void learn_units();
  void learn_meter(std::span<const cell> cells);
  void row_of_meter(std::size_t row, std::span<const cell> cells);
  std::string_view unit_at(std::size_t place) const { return text_of(units_[place].id); }
  std::string_view text_of(std::uint32_t unit) const;
  std::size_t owner_of(std::uint32_t unit) const;

  diagnostics& found_;
  std::vector<std::unique_ptr<loader>> loaders_;
  bool refused_ = false, versioned_ = false;
  std::set<std::string, std::less<>> tables_;  ///< that have begun
  // With several tariffs
  std::vector<std::string_view> ids_;           ///< of the tariffs
  std::size_t last_tariff_ = 0;                 ///< of the row of units before
  std::vector<std::string> account_names_;      ///< of the row of accounts before
  std::vector<std::vector<bool>> declares_;     ///< by tariff and cell of it
  std::vector<cell> cells_;
  bool units_learnt_ = false;
  std::map<std::string, std::size_t, std::less<>> meters_;  ///< whose loader has it
  std::vector<std::uint32_t> first_unit_;       ///< number of each loader's first unit
  std::vector<keyed_id> units_;                 ///< of all loaders, by their bytes
  std::size_t last_unit_ = 0;
};

}  // namespace detail

DUES_END
