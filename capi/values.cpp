// SPDX-License-Identifier: Apache-2.0
//
// Version, statuses, texts, decimals and days at the C boundary.
#include <capi/impl/calls.hpp>

#include <array>

namespace {

using namespace dues::capi;

struct named_status {
  std::int32_t status;
  const char* name;
};

constexpr std::array<named_status, 23> names{{
    {DUES_OK, "DUES_OK"},
    {DUES_NULL_ARGUMENT, "DUES_NULL_ARGUMENT"},
    {DUES_WRONG_HANDLE, "DUES_WRONG_HANDLE"},
    {DUES_WRONG_OPTION, "DUES_WRONG_OPTION"},
    {DUES_OUT_OF_RANGE, "DUES_OUT_OF_RANGE"},
    {DUES_WRONG_ORDER, "DUES_WRONG_ORDER"},
    {DUES_NOT_UTF8, "DUES_NOT_UTF8"},
    {DUES_WRONG_COLUMN, "DUES_WRONG_COLUMN"},
    {DUES_BAD_TARIFF, "DUES_BAD_TARIFF"},
    {DUES_BAD_FACTS, "DUES_BAD_FACTS"},
    {DUES_BAD_RUN, "DUES_BAD_RUN"},
    {DUES_BAD_LINE, "DUES_BAD_LINE"},
    {DUES_NOT_FOUND, "DUES_NOT_FOUND"},
    {DUES_BAD_LEDGER, "DUES_BAD_LEDGER"},
    {DUES_BAD_HISTORY, "DUES_BAD_HISTORY"},
    {DUES_STALE, "DUES_STALE"},
    {DUES_BAD_QUOTE, "DUES_BAD_QUOTE"},
    {DUES_NO_MEMORY, "DUES_NO_MEMORY"},
    {DUES_STOPPED, "DUES_STOPPED"},
    {DUES_SINK_FAILED, "DUES_SINK_FAILED"},
    {DUES_STREAM_FAILED, "DUES_STREAM_FAILED"},
    {DUES_NO_THREAD, "DUES_NO_THREAD"},
    {DUES_INTERNAL, "DUES_INTERNAL"},
}};

void put_chars(std::string_view text, char* out, std::size_t size) {
  if (size < text.size() + 1) refuse(DUES_OUT_OF_RANGE, {{"name", "size"}, {"is", std::to_string(size)}, {"range", "at least " + std::to_string(text.size() + 1)}});
  std::memcpy(out, text.data(), text.size());
  out[text.size()] = 0;
}

dues::int128 whole(const dues_decimal& value) {
  dues::int128 made(value.high);
  made *= dues::int128(std::int64_t{1} << 32U);
  made *= dues::int128(std::int64_t{1} << 32U);
  return made + dues::int128(value.low);
}

}  // namespace

int32_t dues_version(void) { return DUES_VERSION; }

const char* dues_status_name(int32_t status) {
  for (const named_status& one : names)
    if (one.status == status) return one.name;
  return "unknown";
}

void dues_text_free(dues_text* text) {
  if (text == nullptr) return;
  delete[] text->data;
  *text = {nullptr, 0};
}

int32_t dues_decimal_text(const dues_decimal* value, char* out, size_t size) {
  return guarded(nullptr, [&] {
    need(out, "out");
    if (size != 0) *out = 0;
    need(value, "value");
    constexpr int most_scale = 38;
    if (value->scale < 0 || value->scale > most_scale) refuse(DUES_OUT_OF_RANGE, {{"name", "scale"}, {"is", std::to_string(value->scale)}, {"range", "0 to 38"}});
    if (value->present == 0) return put_chars("", out, size);
    std::string text = dues::to_string(whole(*value));
    const std::size_t sign = text[0] == '-' ? 1 : 0;
    const auto places = static_cast<std::size_t>(value->scale);
    if (text.size() - sign <= places) text.insert(sign, places + 1 - (text.size() - sign), '0');
    if (places != 0) text.insert(text.size() - places, 1, '.');
    put_chars(text, out, size);
  });
}

int32_t dues_date_text(int32_t days, char* out, size_t size) {
  return guarded(nullptr, [&] {
    need(out, "out");
    if (size != 0) *out = 0;
    const dues::civil_day day{days};
    if (day != dues::open_end && (day < dues::first_day || day > dues::last_day))
      refuse(DUES_OUT_OF_RANGE, {{"name", "days"}, {"is", std::to_string(days)}, {"range", "the years 1 to 9999"}});
    put_chars(dues::to_text(day), out, size);
  });
}

int32_t dues_date_parse(const char* text, size_t size, int32_t* days) {
  return guarded(nullptr, [&] {
    need(days, "days");
    *days = 0;
    const std::string_view from = view_of(text, size, "text");
    const auto day = dues::parse_day(from);
    if (!day) refuse(DUES_OUT_OF_RANGE, {{"name", "text"}, {"is", "no day"}, {"range", "the years 1 to 9999, as 2026-07-01"}});
    *days = day->days;
  });
}
