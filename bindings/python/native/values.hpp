// SPDX-License-Identifier: Apache-2.0
//
// Values of dues.h as Python has them: decimal.Decimal, datetime.date, str, None.
#pragma once

#include "binding.hpp"

#include <unordered_map>

namespace dues_python {

inline constexpr int unix_epoch = 719'163;  // ordinal of 1970-01-01 in datetime

// Makes the values of rows; days come back often.
class values {
 public:
  values() : decimal_(nb::module_::import_("decimal").attr("Decimal")), day_of_(nb::module_::import_("datetime").attr("date").attr("fromordinal")) {}

  nb::object day(std::int32_t days) {
    const auto [at, is_new] = days_.try_emplace(days);
    if (is_new) at->second = days == DUES_OPEN_END ? nb::object(nb::none()) : nb::object(day_of_(days + unix_epoch));
    return at->second;
  }
  nb::object decimal(const dues_decimal& value) const {
    if (value.present == 0) return nb::none();
    char text[DUES_DECIMAL_SIZE];
    dues_decimal_text(&value, text, sizeof text);
    return decimal_(nb::str(text));
  }
  static nb::object text(const dues_str& from) { return from.data == nullptr ? nb::object(nb::none()) : nb::object(nb::str(from.data, from.size)); }

 private:
  nb::object decimal_, day_of_;
  std::unordered_map<std::int32_t, nb::object> days_;
};

}  // namespace dues_python
