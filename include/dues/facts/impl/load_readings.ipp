// SPDX-License-Identifier: Apache-2.0
//
// Readings become usage: put in order, checked, and joined over changes of meter. A real reading that
// closes a line takes the place of the estimates since the last real one.
#pragma once

#include <dues/diagnostic/shortened.hpp>
#include <dues/facts/impl/loader.hpp>

#include <algorithm>
#include <numeric>

DUES_BEGIN

namespace detail {

// What is wrong with a meter's rows is told, and its unit's lines of that kind carry it.
void loader::fault_of_meter(std::uint32_t at, std::uint32_t row, std::string_view code, std::string_view name,
                            std::initializer_list<std::pair<std::string_view, std::string>> values) {
  stand_at(fact_table::readings, row, {});
  meter_of_row_ = made_->meters.ids.at(at);
  fault(code, name, values);
  meter_of_row_ = {};
}

// Registers get their numbers; readings their order, each key once.
void loader::order_readings() {
  metering& into = made_->meters;
  std::vector<raw_reading> kept;
  kept.reserve(readings_.size());
  for (raw_reading& raw : readings_) {
    const meter& of = into.meters[raw.made.meter];
    const std::string_view id = into.ids.at(raw.made.meter);
    if (of.unit == id_table::none) {
      if (!meter_faults_.contains(id)) fault_of_meter(raw.made.meter, raw.made.row, "F105", "meter", {{"what", "meter"}, {"is", shortened(id)}});
      continue;
    }
    const std::vector<std::string>& registers = tariff_->meters[static_cast<std::size_t>(of.kind)].registers;
    const auto reg = std::find(registers.begin(), registers.end(), registers_.at(raw.reg));
    if (reg == registers.end()) {
      const std::vector<std::string_view> names(registers.begin(), registers.end());
      fault_of_meter(raw.made.meter, raw.made.row, "F105", "register",
                     {{"what", "register of " + tariff_->meters[static_cast<std::size_t>(of.kind)].id}, {"is", shortened(registers_.at(raw.reg))}, {"nearest", nearest(registers_.at(raw.reg), names)}});
      continue;
    }
    raw.made.reg = static_cast<std::uint16_t>(reg - registers.begin());
    if (raw.made.on < of.days.from - 1 || !(raw.made.on < of.days.to)) {
      fault_of_meter(raw.made.meter, raw.made.row, "F106", "read_on",
                     {{"what", "meter " + std::string(id)}, {"unit", std::string(made_->units.at(of.unit))}, {"from", to_text(of.days.from)}, {"is", "a reading on " + to_text(raw.made.on) + ", when it does not stand there"}});
      continue;
    }
    kept.push_back(raw);
  }
  const auto before = [](const raw_reading& a, const raw_reading& b) {
    if (a.made.meter != b.made.meter) return a.made.meter < b.made.meter;
    if (a.made.on != b.made.on) return a.made.on < b.made.on;
    return a.made.reg != b.made.reg ? a.made.reg < b.made.reg : a.made.row < b.made.row;
  };
  if (!std::is_sorted(kept.begin(), kept.end(), before)) std::sort(kept.begin(), kept.end(), before);
  into.readings.reserve(kept.size());
  for (const raw_reading& raw : kept) {
    if (!into.readings.empty()) {
      const meter_reading& last = into.readings.back();
      const std::size_t place = into.readings.size() - 1;
      if (last.meter == raw.made.meter && last.on == raw.made.on && last.reg == raw.made.reg) {
        // The same told twice is no contradiction.
        if (into.values.at(place) != reading_values_.at(raw.value) || last.kind != raw.made.kind)
          fault_of_meter(raw.made.meter, raw.made.row, "F109", "read_on",
                         {{"is", std::string(into.ids.at(raw.made.meter)) + " " + to_text(raw.made.on)}, {"what", "two readings of one day that differ"}});
        continue;
      }
    }
    into.readings.push_back(raw.made);
    into.values.add(reading_values_.at(raw.value));
  }
  readings_ = {};
  reading_values_ = {};
}

// The days of one meter. A day on which a register is missing is told, and left out.
void loader::read_days(std::uint32_t meter_rank, std::uint32_t first, std::uint32_t end, std::vector<read_day>& out) {
  const metering& from = made_->meters;
  const auto& registers = tariff_->meters[static_cast<std::size_t>(from.meters[meter_rank].kind)].registers;
  const auto count = static_cast<std::uint32_t>(registers.size());
  for (std::uint32_t at = first; at < end;) {
    std::uint32_t next = at;
    while (next < end && from.readings[next].on == from.readings[at].on) ++next;
    if (next - at == count) {
      out.push_back({meter_rank, at, from.readings[at].on, from.readings[at].kind});
    } else {
      std::uint32_t missing = 0;
      while (at + missing < next && from.readings[at + missing].reg == missing) ++missing;
      fault_of_meter(meter_rank, from.readings[at].row, "F122", "register",
                     {{"meter", std::string(from.ids.at(meter_rank))}, {"on", to_text(from.readings[at].on)}, {"is", registers[missing]}});
    }
    at = next;
  }
}

// Usage between two readings of one meter; a reading below the last is told, and stays with the interval.
usage_interval loader::interval_between(const read_day& a, const read_day& b) {
  const metering& from = made_->meters;
  usage_interval made{{a.on + 1, b.on + 1}, a.meter, a.place, b.place, -1};
  const meter& of = from.meters[a.meter];
  const auto registers = static_cast<std::uint32_t>(tariff_->meters[static_cast<std::size_t>(of.kind)].registers.size());
  for (std::uint32_t r = 0; r < registers && made.fault < 0; ++r) {
    const meter_reading& after = from.readings[b.place + r];
    const decimal was = from.values.at(a.place + r).normalized(), is = from.values.at(b.place + r).normalized();
    const bool below = is < was;
    if (below == after.rolled_over && (!below || of.digits > 0)) continue;
    stand_at(fact_table::readings, after.row, {});
    diagnostic told = below && !after.rolled_over
                          ? made_here("F120", "reading", {{"meter", std::string(from.ids.at(a.meter))}, {"is", is.to_text()}, {"before", was.to_text()}, {"on", to_text(b.on)}, {"last", to_text(a.on)}})
                          : made_here("F103", "rolled_over", {{"name", "rolled_over"}, {"is", "true"}, {"wanted", below ? "digits of the meter" : "a reading below the last, " + was.to_text()}});
    made.fault = static_cast<std::int32_t>(made_->faults.size());
    made_->faults.push_back(told);
    found_->add(std::move(told));
  }
  return made;
}

// Meters of one kind that followed each other on one unit: their days become intervals, each with the
// day that closes it; open_end where nothing does yet.
void loader::close_chain(std::span<const std::uint32_t> chain, std::span<const std::vector<read_day>> days, std::vector<closed_interval>& out) {
  std::vector<read_day> all;
  for (const std::uint32_t at : chain) all.insert(all.end(), days[at].begin(), days[at].end());
  const auto baseline = [&](std::size_t i) { return i == 0 || all[i - 1].meter != all[i].meter; };
  const auto closes = [&](std::size_t i) {
    if (baseline(i)) return false;
    switch (all[i].kind) {
      case reading_kind::actual:
      case reading_kind::estimated: return true;
      case reading_kind::final_: return i + 1 == all.size();
      case reading_kind::first: return false;
    }
    return false;
  };
  std::size_t real = 0;  // the last real reading that closes a line
  for (std::size_t i = 0; i < all.size(); ++i)
    if (closes(i) && all[i].kind != reading_kind::estimated) real = i;
  std::vector<read_day> kept;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (i >= real || baseline(i) || all[i].kind != reading_kind::estimated) kept.push_back(all[i]);
  all.swap(kept);
  civil_day closing = open_end;
  const std::size_t begin = out.size();
  for (std::size_t i = all.size(); i-- > 0;) {
    if (closes(i)) closing = all[i].on;
    if (!baseline(i)) out.push_back({interval_between(all[i - 1], all[i]), closing});
  }
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
  // Which of the two readings is wrong nobody knows, so the usage after the lower one is not known either.
  for (std::size_t i = out.size(); i-- > begin + 1;)
    if (out[i].is.fault < 0 && out[i - 1].is.meter == out[i].is.meter) out[i].is.fault = out[i - 1].is.fault;
}

void loader::finish_readings() {
  metering& into = made_->meters;
  order_readings();
  std::vector<std::vector<read_day>> days(into.meters.size());
  for (std::uint32_t at = 0; at < into.readings.size();) {
    const std::uint32_t of = into.readings[at].meter;
    std::uint32_t end = at;
    while (end < into.readings.size() && into.readings[end].meter == of) ++end;
    read_days(of, at, end, days[of]);
    at = end;
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < into.meters.size(); ++i)
    if (into.meters[i].unit != id_table::none) order.push_back(i);
  const auto key = [&](std::uint32_t i) { return std::tuple(into.place(into.meters[i].unit, into.meters[i].kind), into.meters[i].days.from, i); };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  const std::size_t places = made_->units.size() * into.kinds;
  into.interval_begin.assign(places + 1, 0);
  into.closing_begin.assign(places + 1, 0);
  into.fault.assign(places, -1);
  std::vector<closed_interval> found;
  std::vector<std::vector<std::uint32_t>> chains;
  for (std::size_t at = 0; at < order.size();) {
    const std::size_t place = into.place(into.meters[order[at]].unit, into.meters[order[at]].kind);
    chains.clear();
    found.clear();
    for (; at < order.size() && into.place(into.meters[order[at]].unit, into.meters[order[at]].kind) == place; ++at) {
      // It follows the first that was read for the last time, or ended, before it begins.
      const meter& next = into.meters[order[at]];
      const auto follows = std::find_if(chains.begin(), chains.end(), [&](const auto& chain) {
        const meter& last = into.meters[chain.back()];
        const auto& read = days[chain.back()];
        const bool removed = !read.empty() && read.back().kind == reading_kind::final_ && read.back().on < next.days.from;
        return removed || !(next.days.from < last.days.to);
      });
      if (follows != chains.end()) follows->push_back(order[at]);
      else chains.push_back({order[at]});
    }
    for (const auto& chain : chains) close_chain(chain, days, found);
    add_closings(place, found);
  }
  std::partial_sum(into.interval_begin.begin(), into.interval_begin.end(), into.interval_begin.begin());
  std::partial_sum(into.closing_begin.begin(), into.closing_begin.end(), into.closing_begin.begin());
}

// Intervals by the day that closes them; those of one day are one closing.
void loader::add_closings(std::size_t place, std::vector<closed_interval>& found) {
  metering& into = made_->meters;
  std::stable_sort(found.begin(), found.end(), [](const closed_interval& a, const closed_interval& b) { return a.closing < b.closing; });
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto at = static_cast<std::uint32_t>(into.intervals.size());
    const usage_interval& one = found[i].is;
    into.intervals.push_back(one);
    if (found[i].closing == open_end) continue;
    if (i == 0 || found[i - 1].closing != found[i].closing) into.closings.push_back({found[i].closing, one.days, at, at});
    meter_closing& closing = into.closings.back();
    closing.days = {std::min(closing.days.from, one.days.from), std::max(closing.days.to, one.days.to)};
    closing.end = at + 1;
    if (i == 0 || found[i - 1].closing != found[i].closing) ++into.closing_begin[place + 1];
  }
  into.interval_begin[place + 1] = static_cast<std::uint32_t>(found.size());
}

}  // namespace detail

DUES_END
