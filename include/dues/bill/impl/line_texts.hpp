// SPDX-License-Identifier: Apache-2.0
//
// The texts of a line that other lines have too: ids of account, unit and subscription, escaped once
// while they stay the same, and what a fee or a rate brings, once for a run. Not public.
#pragma once

#include <dues/bill/impl/chunks.hpp>
#include <dues/bill/impl/escaped.hpp>

DUES_BEGIN

namespace detail {

inline std::string_view account_text(const billing& made, std::uint32_t account) {
  return account == id_table::none ? std::string_view() : made.known->accounts.at(account);
}

// What a cell needs before it can stand in a document: nothing, or to be quoted or escaped.
using write_cell = void (*)(std::string& out, std::string_view text);

/// An id as a cell and as a part of a key.
struct id_text {
  std::string cell, part;
};

/// The ids of one line, until the next is asked for.
struct line_ids {
  const id_text &account, &unit, &fee, &subject;
  /// Bytes of their cells.
  std::size_t cells() const noexcept { return account.cell.size() + unit.cell.size() + fee.cell.size() + subject.cell.size(); }
};

/// Keeps the texts of the id that was asked for last.
class last_id {
 public:
  template <typename TextOf>
  const id_text& of(std::uint32_t id, write_cell write, const TextOf& text_of) {
    if (known_ && id_ == id) return text_;
    const std::string_view text = text_of();
    text_.cell.clear();
    text_.part.clear();
    write(text_.cell, text);
    append_escaped(text_.part, text);
    id_ = id;
    known_ = true;
    return text_;
  }

 private:
  id_text text_;
  std::uint32_t id_ = 0;
  bool known_ = false;
};

/// Of the lines of one run, one after the other.
class line_texts {
 public:
  line_texts(const billing& made, write_cell write) : made_(made), write_(write) {
    append_escaped(tariff_, made.known->tariff->id);
    for (const fee& one : made.known->tariff->fees) fees_.push_back(text_of(one.id));
  }

  const std::string& tariff_part() const noexcept { return tariff_; }
  line_ids ids(const line& one) {
    return {account_.of(one.account, write_, [&] { return account_text(made_, one.account); }), unit_.of(one.unit, write_, [&] { return made_.known->units.at(one.unit); }),
            fees_[static_cast<std::size_t>(one.fee)], subject_.of(one.subscription, write_, [&] { return subject_text(*made_.known, one); })};
  }
  std::string_view day(civil_day of) { return days_.of(of); }

 private:
  id_text text_of(std::string_view id) const {
    id_text made;
    write_(made.cell, id);
    append_escaped(made.part, id);
    return made;
  }

  const billing& made_;
  write_cell write_;
  std::string tariff_;
  std::vector<id_text> fees_;
  last_id account_, unit_, subject_;
  day_texts days_;
};

/// "charge", or "adjustment:1" in `room`.
inline std::string_view put_cause(const line& one, std::array<char, 24>& room) {
  if (one.adjustment == 0) return "charge";
  constexpr std::string_view adjustment = "adjustment:";
  adjustment.copy(room.data(), adjustment.size());
  return {room.data(), static_cast<std::size_t>(std::to_chars(room.data() + adjustment.size(), room.data() + room.size(), one.adjustment).ptr - room.data())};
}

/// Bytes of a line's key at most.
inline std::size_t key_bytes(const line_texts& texts, const line_ids& ids) {
  return texts.tariff_part().size() + ids.account.part.size() + ids.unit.part.size() + ids.fee.part.size() + ids.subject.part.size() + most_day_bytes + 32;
}

/// The key of a line. Room: key_bytes.
inline void put_key(chunk_writer& out, const line_texts& texts, const line_ids& ids, std::string_view period, std::string_view cause) noexcept {
  for (const std::string_view part : {std::string_view(texts.tariff_part()), std::string_view(ids.account.part), std::string_view(ids.unit.part), std::string_view(ids.fee.part),
                                      std::string_view(ids.subject.part), period}) {
    out.put(part);
    out.put('/');
  }
  out.put(cause);
}

}  // namespace detail

DUES_END
