// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/loader.hpp>

#include <algorithm>
#include <utility>

DUES_BEGIN

namespace detail {

loader::loader(std::shared_ptr<const program> tariff, diagnostics& found, bool of_several)
    : tariff_(std::move(tariff)), found_(&found), of_several_(of_several), made_(std::make_shared<facts>()) {
  made_->tariff = tariff_;
  near_units_.fill(id_table::none);
  near_accounts_.fill(id_table::none);
  units_.begin(tariff_->unit_attributes);
  accounts_.begin(tariff_->account_attributes);
  subscription_attributes_.begin(tariff_->subscription_attributes);
}

void loader::row(fact_table table, std::size_t row, std::span<const cell> cells) {
  static constexpr std::array<maker, tables> makers{&loader::unit_row,      &loader::account_row,  &loader::tenure_row,      &loader::subscription_row,
                                                    &loader::occupancy_row, &loader::meter_row,    &loader::reading_row,     &loader::usage_before_row,
                                                    &loader::calendar_row,  &loader::calendar_day_row};
  DUES_ASSERT(row < row_of_units);
  table_ = table;
  row_ = row;
  (this->*makers[static_cast<std::size_t>(table)])(cells);
}

std::int32_t loader::share_of_row() {
  const cell* share = find(column::share);
  const auto part = share == nullptr ? std::nullopt : percentage(*share);
  if (!part) return -1;
  const auto [at, fresh] = share_places_.try_emplace(*part, static_cast<std::int32_t>(made_->shares.size()));
  if (fresh) made_->shares.push_back(*part);
  return at->second;
}

void loader::tenure_row(std::span<const cell> cells) {
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  raw_tenure raw{0, static_cast<std::uint32_t>(row_), {}};
  if (const auto role = word(*find(column::role), words::payer_role)) raw.made.role = static_cast<payer_role>(*role);
  raw.made.days = {day(column::from, first_day), day(column::to, open_end)};
  day(column::recorded, first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "tenure"}, {"unit", std::string(unit_of_row_)}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  raw.made.share = share_of_row();
  raw.unit = unit_ids_.add(unit_of_row_, near_unit());
  raw.made.account = account_ids_.add(cell_text(column::account), near_account());
  tenures_.push_back(raw);
}

void loader::subscription_row(std::span<const cell> cells) {
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  raw_subscription raw{0, static_cast<std::uint32_t>(row_), {}};
  raw.made.id = cell_text(column::subscription);
  const std::string_view of = cell_text(column::fee);
  raw.made.fee = tariff_->fee_index(of);
  if (raw.made.fee < 0 || tariff_->fees[static_cast<std::size_t>(raw.made.fee)].scope != fee_scope::subscription) {
    std::vector<std::string_view> fees;
    for (const fee& f : tariff_->fees)
      if (f.scope == fee_scope::subscription) fees.push_back(f.id);
    fault("F105", "fee", {{"what", "fee for_each subscription"}, {"is", shortened(of)}, {"nearest", nearest(of, fees)}});
    return;
  }
  raw.made.days = {day(column::from, first_day), day(column::to, open_end)};
  day(column::recorded, first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "subscription"}, {"unit", std::string(unit_of_row_)}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  if (const cell* quantity = find(column::quantity)) raw.made.quantity = number(*quantity);
  if (const cell* price = find(column::price)) raw.made.price = number(*price);
  raw_attributes& into = subscription_attributes_;
  raw.made.row = static_cast<std::uint32_t>(into.id.size());
  into.open_row(raw.made.row, raw.row);
  const std::size_t declared = into.declared->size();
  filled_.assign(declared, 0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (layout().slots[i] < table_layout::attributes) continue;
    const auto at = static_cast<std::size_t>(layout().slots[i] - table_layout::attributes);
    if (filled_[at] != 0 || (cells[i].text.empty() && cells[i].kind == cell_kind::text)) continue;
    filled_[at] = 1;
    take_attribute(into, at, cells[i], "subscription");
  }
  for (std::size_t i = 0; i < declared; ++i)
    if (filled_[i] == 0) into.add_missing(i);
  raw.unit = unit_ids_.add(unit_of_row_, near_unit());
  if (find(column::account) != nullptr) raw.made.account = account_ids_.add(cell_text(column::account), near_account());
  subscriptions_.push_back(std::move(raw));
}

void loader::occupancy_row(std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 2> states{"occupied", "vacant"};
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  raw_occupancy raw{unit_ids_.add(unit_of_row_, near_unit()), static_cast<std::uint32_t>(row_), {}};
  raw.made.days = {day(column::from, first_day), day(column::to, open_end)};
  day(column::recorded, first_day);
  if (const auto state = word(*find(column::state), states)) raw.made.state = static_cast<occupancy_state>(*state);
  if (find(column::approved) != nullptr) raw.made.approved = day(column::approved, first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "occupancy"}, {"unit", std::string(unit_of_row_)}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  occupancies_.push_back(raw);
}

void loader::calendar_row(std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 7> days{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  const std::string_view id = cell_text(column::calendar);
  raw_calendar& raw = calendars_[std::string(id)];
  if (raw.declared) fault("F109", "calendar", {{"is", shortened(id)}, {"what", "a calendar has one row"}});
  raw.declared = true;
  raw.covered = {day(column::from, first_day), day(column::to, last_day + 1)};
  if (raw.covered.empty())
    fault("F106", "to", {{"what", "calendar"}, {"unit", shortened(id)}, {"from", to_text(raw.covered.from)}, {"is", "it ends before it begins"}});
  const cell* weekend = find(column::weekend);
  if (weekend == nullptr) return;
  std::string_view rest = weekend->text;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    const auto at = word(cell{"weekend", one, cell_kind::text}, days);
    if (at) raw.weekend |= 1U << *at;
  }
}

void loader::calendar_day_row(std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 2> kinds{"holiday", "business_day"};
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  const civil_day when = day(column::date, first_day);
  const auto kind = word(*find(column::is), kinds);
  day(column::recorded, first_day);
  if (kind) calendars_[std::string(cell_text(column::calendar))].exceptions.push_back({when, *kind == 1, row_});
}

}  // namespace detail

DUES_END
