// SPDX-License-Identifier: Apache-2.0
//
// Reads a history document part by part.
#pragma once

#include <dues/penalty/reading.hpp>
#include <dues/tariff/object_reader.hpp>

DUES_BEGIN

namespace detail {

class history_reader {
 public:
  history_reader(const program* tariff, diagnostics& found) : tariff_(tariff), found_(found) {}

  void references(json_node list, std::map<std::string, reference_series, std::less<>>& into);
  void calendars(json_node list, std::map<std::string, business_calendar, std::less<>>& into);
  void receivables(json_node list, std::vector<receivable_history>& into);

 private:
  receivable_history receivable(json_node node);
  void changes(object_reader& of, receivable_history& into);
  void left_out(object_reader& of, receivable_history& into);
  void settled(object_reader& of, receivable_history& into);
  void costs(object_reader& of, receivable_history& into);
  void facts(object_reader& of, receivable_history& into);
  std::optional<known_attribute> fact_value(object_reader& of, const slot& named);
  /// Minor units; a negative one only where it may be.
  std::optional<int128> amount(object_reader& of, std::string_view name, bool may_be_negative);
  template <class Row>
  void rows(json_node list, std::string_view of, std::span<const std::string_view> fields, Row&& row);

  const program* tariff_;
  diagnostics& found_;
  tariff_limits limits_;
};

}  // namespace detail

DUES_END
