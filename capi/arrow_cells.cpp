// SPDX-License-Identifier: Apache-2.0
#include <capi/impl/arrow_cells.hpp>
#include <capi/impl/utf8.hpp>

#include <charconv>

namespace dues::capi {

void refuse_stream(const std::string& what) { refuse(DUES_STREAM_FAILED, {{"what", what}}); }

namespace {

constexpr std::int64_t ms_a_day = 86'400'000;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) noexcept { return value / by - (value % by < 0 ? 1 : 0); }

// "precision,scale", or "precision,scale,128". Only as wide as that, and without negative scales.
bool decimal_scale(std::string_view format, int& scale) noexcept {
  const char* at = format.data();
  const char* const end = at + format.size();
  std::array<int, 3> numbers{0, -1, 128};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [next, wrong] = std::from_chars(at, end, numbers[i]);
    if (wrong != std::errc()) return false;
    if (next == end) break;
    if (*next != ',') return false;
    at = next + 1;
  }
  scale = numbers[1];
  return scale >= 0 && numbers[2] == 128;
}

}  // namespace

arrow_column::arrow_column(const ArrowSchema& schema) : name_(schema.name == nullptr ? "" : schema.name) {
  if (!is_utf8(name_)) refuse(DUES_NOT_UTF8, {{"name", "the name of a column"}});
  if (schema.format == nullptr) refuse_stream("a column has no format");
  accept(schema.format);
  if (schema.dictionary == nullptr) return;
  if (form_ != form::whole && form_ != form::natural) refuse_stream("the index of " + name_ + " is no integer");
  words_ = std::make_unique<arrow_column>(*schema.dictionary);
  if (words_->form_ != form::text && words_->form_ != form::long_text && words_->form_ != form::view_text) words_->refuse_type("a dictionary of other values");
  form_ = form::dictionary;
}

void arrow_column::refuse_type(std::string_view format) const {
  refuse(DUES_WRONG_COLUMN, {{"name", name_}, {"is", std::string(format.substr(0, 40))}, {"wanted", "text, decimal128, an integer, a boolean or date32"}});
}

// https://arrow.apache.org/docs/format/CDataInterface.html#data-type-description-format-strings
void arrow_column::accept(std::string_view format) {
  const auto be = [&](form is, int bytes = 0, bool is_signed = true) {
    form_ = is;
    bytes_ = bytes;
    is_signed_ = is_signed;
  };
  constexpr std::string_view integers = "cCsSiIlL";
  if (format.size() == 1) {
    const char type = format[0];
    if (type == 'n') return be(form::nothing);
    if (type == 'u') return be(form::text);
    if (type == 'U') return be(form::long_text);
    if (type == 'b') return be(form::yes_no);
    if (const std::size_t at = integers.find(type); at != std::string_view::npos) return be(at % 2 == 0 ? form::whole : form::natural, 1 << (at / 2), at % 2 == 0);
  }
  if (format == "vu") return be(form::view_text);
  if (format == "tdD") return be(form::day, 4);
  if (format == "tdm") {
    ticks_a_day_ = ms_a_day;
    return be(form::moment, 8);
  }
  // A moment without a zone is a day where its clock shows midnight.
  for (const auto& [begin, ticks] : {std::pair<std::string_view, std::int64_t>{"tss:", 86'400}, {"tsm:", ms_a_day}, {"tsu:", ms_a_day * 1'000}, {"tsn:", ms_a_day * 1'000'000}})
    if (format == begin) {
      ticks_a_day_ = ticks;
      return be(form::moment, 8);
    }
  constexpr int most_scale = 38, decimal_bytes = 16;
  if (format.starts_with("d:") && decimal_scale(format.substr(2), scale_) && scale_ <= most_scale) return be(form::decimal, decimal_bytes);
  refuse_type(format);
}

void arrow_column::bind(const ArrowArray& array, std::int64_t offset, std::int64_t rows) {
  const auto wrong = [&](const char* what) { refuse_stream("column " + name_ + " " + what); };
  if (array.length < 0 || array.offset < 0 || offset < 0 || offset > array.length || rows > array.length - offset) wrong("is shorter than its batch");
  if (array.offset > INT64_MAX - array.length) wrong("has no such offset");
  const std::int64_t buffers = form_ == form::nothing ? 0 : form_ == form::text || form_ == form::long_text || form_ == form::view_text ? 3 : 2;
  if (form_ == form::view_text ? array.n_buffers < buffers : array.n_buffers != buffers && form_ != form::nothing) wrong("has another number of buffers");
  if (buffers != 0 && array.buffers == nullptr) wrong("has no buffers");
  array_ = &array;
  offset_ = array.offset + offset;
  length_ = rows;
  if (rows != 0 && form_ != form::nothing && array.buffers[1] == nullptr) wrong("has no values");
  if (form_ != form::dictionary) return;
  if (array.dictionary == nullptr) wrong("has no dictionary");
  words_->bind(*array.dictionary, 0, array.dictionary->length);
}

bool arrow_column::is_null(std::int64_t at) const noexcept {
  const auto* const valid = buffer<std::uint8_t>(0);
  return valid != nullptr && (valid[at / 8] >> (at % 8) & 1U) == 0;
}

std::int64_t arrow_column::integer(std::int64_t at) const noexcept {
  const void* const values = array_->buffers[1];
  const auto read = [&]<class Value>(Value) { return static_cast<std::int64_t>(static_cast<const Value*>(values)[at]); };
  switch (bytes_) {
    case 1: return is_signed_ ? read(std::int8_t{}) : read(std::uint8_t{});
    case 2: return is_signed_ ? read(std::int16_t{}) : read(std::uint16_t{});
    case 4: return is_signed_ ? read(std::int32_t{}) : read(std::uint32_t{});
    default: return read(std::int64_t{});  // of the unsigned the same bits
  }
}

std::string_view arrow_column::text_at(std::int64_t at) const {
  std::int64_t begin = 0, end = 0;
  if (form_ == form::text) {
    begin = buffer<std::int32_t>(1)[at];
    end = buffer<std::int32_t>(1)[at + 1];
  } else {
    begin = buffer<std::int64_t>(1)[at];
    end = buffer<std::int64_t>(1)[at + 1];
  }
  if (begin < 0 || end < begin) refuse_stream("column " + name_ + " has offsets that fall");
  if (begin == end) return {};
  if (array_->buffers[2] == nullptr) refuse_stream("column " + name_ + " has no text");
  return {buffer<char>(2) + begin, static_cast<std::size_t>(end - begin)};
}

// 16 bytes: the size, then the text when it has at most 12 bytes, else 4 bytes of it, the buffer, the place.
std::string_view arrow_column::view_at(std::int64_t at) const {
  constexpr std::int32_t most_inline = 12;
  const char* const view = buffer<char>(1) + at * 16;
  std::int32_t size = 0, which = 0, place = 0;
  std::memcpy(&size, view, sizeof size);
  if (size < 0) refuse_stream("column " + name_ + " has a text of no size");
  if (size <= most_inline) return {view + 4, static_cast<std::size_t>(size)};
  std::memcpy(&which, view + 8, sizeof which);
  std::memcpy(&place, view + 12, sizeof place);
  // The last buffer holds the sizes of the others.
  if (which < 0 || which >= array_->n_buffers - 3 || place < 0) refuse_stream("column " + name_ + " has a text in no buffer");
  const std::int64_t has = buffer<std::int64_t>(static_cast<std::size_t>(array_->n_buffers - 1))[which];
  if (has < place || has - place < size) refuse_stream("column " + name_ + " has a text beyond its buffer");
  return {buffer<char>(static_cast<std::size_t>(which) + 2) + place, static_cast<std::size_t>(size)};
}

std::string_view arrow_column::digits(uint128 magnitude, bool negative, int places) {
  char* at = room_.data() + room_.size();
  const char* const end = at;
  const auto put = [&](auto value) {
    for (int place = 0; value != 0 || place <= places; ++place) {
      if (place == places && places != 0) *--at = '.';
      *--at = static_cast<char>('0' + static_cast<int>(value % 10));
      value /= 10;
    }
  };
  if (magnitude <= uint128(~std::uint64_t{0})) put(static_cast<std::uint64_t>(magnitude));
  else put(magnitude);
  if (negative) *--at = '-';
  return {at, static_cast<std::size_t>(end - at)};
}

std::string_view arrow_column::decimal_at(std::int64_t at) {
  std::uint64_t words[2];
  std::memcpy(words, buffer<char>(1) + at * 16, sizeof words);
  const bool negative = (words[1] >> 63U) != 0;
  if (negative) {
    words[0] = ~words[0] + 1;
    words[1] = ~words[1] + (words[0] == 0 ? 1 : 0);
  }
  // Zeros behind the point are not counted among the places that a number may have.
  uint128 magnitude = (uint128(words[1]) << 64U) + uint128(words[0]);
  int places = scale_;
  constexpr int most_places = decimal::most_places;
  while (places > most_places && magnitude % 10 == 0) {
    magnitude /= 10;
    --places;
  }
  return digits(magnitude, negative, places);
}

std::string_view arrow_column::day_text(std::int64_t day, bool whole) {
  if (day != last_day_) {
    const bool exists = day >= first_day.days && day <= last_day.days;
    const std::string text = exists ? to_text(civil_day{static_cast<std::int32_t>(day)}) : "no day";
    last_day_text_.fill(0);
    std::copy(text.begin(), text.end(), last_day_text_.begin());
    last_day_ = day;
  }
  const std::size_t size = std::strlen(last_day_text_.data());
  if (whole) return {last_day_text_.data(), size};
  const std::string_view later = " and hours";  // which is no day
  std::copy_n(last_day_text_.begin(), size, room_.begin());
  std::copy(later.begin(), later.end(), room_.begin() + static_cast<std::ptrdiff_t>(size));
  return {room_.data(), size + later.size()};
}

std::string_view arrow_column::text(std::int64_t row) {
  if (form_ == form::nothing) return {};
  const std::int64_t at = offset_ + row;
  if (is_null(at)) return {};
  switch (form_) {
    case form::text:
    case form::long_text: return text_at(at);
    case form::view_text: return view_at(at);
    case form::yes_no: return (buffer<std::uint8_t>(1)[at / 8] >> (at % 8) & 1U) != 0 ? "true" : "false";
    case form::natural: return digits(uint128(static_cast<std::uint64_t>(integer(at))), false, 0);
    case form::whole: {
      const std::int64_t value = integer(at);
      return digits(uint128(value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value)), value < 0, 0);
    }
    case form::decimal: return decimal_at(at);
    case form::day: return day_text(integer(at), true);
    case form::dictionary: {
      const std::int64_t place = integer(at);
      if (place < 0 || place >= words_->length_) refuse_stream("column " + name_ + " has an index outside its dictionary");
      return words_->text(place);
    }
    default: {
      const std::int64_t value = integer(at), day = floor_divide(value, ticks_a_day_);
      return day_text(day, day * ticks_a_day_ == value);
    }
  }
}

}  // namespace dues::capi
