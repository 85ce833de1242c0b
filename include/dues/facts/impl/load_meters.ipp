// SPDX-License-Identifier: Apache-2.0
//
// Rows of meters, of their readings, and of usage before these facts begin. What is wrong with a meter
// follows it into the lines that need it.
#pragma once

#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/loader.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

void loader::meter_row(std::span<const cell> cells) {
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  std::vector<std::string_view> kinds;
  for (const meter_kind& one : tariff_->meters) kinds.push_back(one.id);
  const std::string_view of = cell_text(column::kind);
  const auto kind = std::find(kinds.begin(), kinds.end(), of);
  if (kind == kinds.end()) fault("F105", "kind", {{"what", "meter in reads"}, {"is", shortened(of)}, {"nearest", nearest(of, kinds)}});
  raw_meter raw;
  raw.made.kind = static_cast<std::int32_t>(kind - kinds.begin());
  raw.made.row = static_cast<std::uint32_t>(row_);
  raw.made.days = {day(column::from, first_day), day(column::to, open_end)};
  day(column::recorded, first_day);
  if (raw.made.days.empty())
    fault("F106", "to", {{"what", "meter"}, {"unit", std::string(unit_of_row_)}, {"from", to_text(raw.made.days.from)}, {"is", "it ends before it begins"}});
  if (const cell* ratio = find(column::ratio)) {
    raw.made.ratio = number(*ratio).value_or(decimal(1));
    if (raw.made.ratio <= decimal()) fault("F103", "ratio", {{"name", "ratio"}, {"is", shortened(ratio->text)}, {"wanted", "a number above 0"}});
  }
  if (const cell* digits = find(column::digits)) {
    constexpr int most = 18;
    const auto count = number(*digits);
    if (count && (count->normalized().scale() != 0 || *count < decimal(1) || decimal(most) < *count))
      fault("F103", "digits", {{"name", "digits"}, {"is", shortened(digits->text)}, {"wanted", "1 to 18"}});
    else if (count) raw.made.digits = static_cast<int>(count->normalized().coefficient());
  }
  raw.made.unit = unit_ids_.add(unit_of_row_, near_unit());
  raw.meter = meter_ids_.add(cell_text(column::meter), near_meter_);
  if (!fault_in_row_) meters_.push_back(raw);
}

void loader::reading_row(std::span<const cell> cells) {
  static constexpr std::array<std::string_view, 4> kinds{"actual", "estimated", "first", "final"};
  static constexpr std::array<std::string_view, 2> truths{"false", "true"};
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  raw_reading raw;
  raw.made.row = static_cast<std::uint32_t>(row_);
  raw.made.on = day(column::read_on, first_day);
  day(column::recorded, first_day);
  if (const cell* kind = find(column::kind)) raw.made.kind = static_cast<reading_kind>(word(*kind, kinds).value_or(0));
  if (const cell* rolled = find(column::rolled_over)) raw.made.rolled_over = word(*rolled, truths).value_or(0) == 1;
  const auto shown = number(*find(column::reading));
  if (shown && *shown < decimal()) fault("F103", "reading", {{"name", "reading"}, {"is", shortened(find(column::reading)->text)}, {"wanted", "0 or more"}});
  if (fault_in_row_) return;
  const std::string_view reg = find(column::reg) == nullptr ? std::string_view("total") : cell_text(column::reg);
  raw.reg = registers_.add_again(reg);
  raw.made.meter = meter_ids_.add(meter_of_row_, near_meter_);
  raw.value = static_cast<std::uint32_t>(reading_values_.size());
  reading_values_.add(*shown);
  readings_.push_back(raw);
}

void loader::usage_before_row(std::span<const cell> cells) {
  if (!begin_row(cells)) return;
  unknown_columns(cells);
  usage_before raw;
  raw.row = static_cast<std::uint32_t>(row_);
  const std::string_view of = cell_text(column::fee);
  raw.fee = tariff_->fee_index(of);
  if (raw.fee < 0 || !tariff_->fees[static_cast<std::size_t>(raw.fee)].has_window()) {
    std::vector<std::string_view> fees;
    for (const fee& f : tariff_->fees)
      if (f.has_window()) fees.push_back(f.id);
    fault("F105", "fee", {{"what", "fee by tiers with a window longer than its period"}, {"is", shortened(of)}, {"nearest", nearest(of, fees)}});
  }
  raw.window_from = day(column::window_from, first_day);
  day(column::recorded, first_day);
  raw.usage = number(*find(column::usage)).value_or(decimal());
  if (const cell* billed = find(column::billed)) {
    raw.billed = number(*billed);
    const int places = tariff_->minor_units;
    const auto minor = raw.billed ? raw.billed->rescaled(places, rounding_mode::half_up) : std::nullopt;
    if (raw.billed && (!minor || *minor != *raw.billed || !to_int64(minor->coefficient())))
      fault("F103", "billed", {{"name", "billed"}, {"is", shortened(billed->text)}, {"wanted", "an amount with at most " + std::to_string(places) + " places"}});
  }
  raw.unit = unit_ids_.add(unit_of_row_, near_unit());
  if (!fault_in_row_) usage_before_.push_back(raw);
}

// Ids become ranks. A meter with two rows is on nobody's unit: both carry it.
void loader::rank_meters(rank_room& room) {
  metering& into = made_->meters;
  into.kinds = tariff_->meters.size();
  std::vector<std::uint32_t> ranks;
  into.ids = meter_ids_.rank(ranks, room);
  into.meters.assign(into.ids.size(), meter{});
  for (raw_reading& one : readings_) one.made.meter = ranks[one.made.meter];
  for (const raw_meter& raw : meters_) {
    const std::uint32_t at = ranks[raw.meter];
    meter& made = into.meters[at];
    const std::string id(into.ids.at(at));
    if ((raw.made.unit & stranger) != 0) {
      stand_at(fact_table::meters, raw.made.row, {});
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(unit_text(raw.made.unit))}});
    } else if (made.unit != id_table::none) {
      stand_at(fact_table::meters, raw.made.row, made_->units.at(raw.made.unit));
      diagnostic twice = made_here("F109", "meter", {{"is", shortened(id)}, {"what", "a meter has one row, and stands on one unit"}});
      unit_faults_.emplace_back(made_->units.at(made.unit), twice);
      fault("F109", "meter", {{"is", shortened(id)}, {"what", "a meter has one row, and stands on one unit"}});
    } else {
      made = raw.made;
    }
  }
  meters_ = {};
}

void loader::finish_usage_before() {
  for (usage_before& one : usage_before_) {
    if ((one.unit & stranger) != 0) {
      stand_at(fact_table::usage_before, one.row, {});
      fault("F105", "unit", {{"what", "unit"}, {"is", shortened(unit_text(one.unit))}});
      continue;
    }
    const fee& rule = tariff_->fees[static_cast<std::size_t>(one.fee)];
    const civil_day begins = rule.window.of(one.window_from).from;
    stand_at(fact_table::usage_before, one.row, made_->units.at(one.unit));
    if (begins != one.window_from)
      fault("F103", "window_from", {{"name", "window_from"}, {"is", to_text(one.window_from)}, {"wanted", "the first day of a window, such as " + to_text(begins)}});
    else made_->meters.before.push_back(one);
  }
  usage_before_ = {};
  auto& all = made_->meters.before;
  std::sort(all.begin(), all.end(), [](const usage_before& a, const usage_before& b) {
    if (a.unit != b.unit) return a.unit < b.unit;
    if (a.fee != b.fee) return a.fee < b.fee;
    return a.window_from != b.window_from ? a.window_from < b.window_from : a.row < b.row;
  });
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i].unit != all[i - 1].unit || all[i].fee != all[i - 1].fee || all[i].window_from != all[i - 1].window_from) continue;
    stand_at(fact_table::usage_before, all[i].row, made_->units.at(all[i].unit));
    fault("F109", "window_from", {{"is", to_text(all[i].window_from)}, {"what", "a unit, a fee and a window stand once"}});
  }
}

}  // namespace detail

DUES_END
