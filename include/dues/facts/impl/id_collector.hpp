// SPDX-License-Identifier: Apache-2.0
//
// Ids as they come, a million or more, chosen by anybody. Nothing is hashed to find an id: whoever
// writes the facts could choose ids of one hash. An id that repeats its neighbour is recognized, the
// others are told apart by sorting once, at the end: total bytes x log n at most. Not public.
#pragma once

#include <dues/facts/columns.hpp>
#include <dues/facts/impl/grown.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

DUES_BEGIN

namespace detail {

struct keyed_id {
  std::uint64_t key;
  std::uint32_t id;
};

// Seven bytes from `depth` on in the order of bytes, and how many there were: 8 when more follow. Texts
// of one key are the same up to there, and the same altogether when none follow.
inline std::uint64_t key_at(std::string_view text, std::size_t depth) noexcept {
  constexpr std::size_t bytes = 7;
  const std::string_view rest = text.substr(std::min(depth, text.size()));
  if constexpr (std::endian::native == std::endian::little) {
    if (rest.size() > bytes) {
      std::uint64_t v;
      std::memcpy(&v, rest.data(), sizeof v);
      v = (v & 0x00FF00FF00FF00FFU) << 8U | (v >> 8U & 0x00FF00FF00FF00FFU);
      v = (v & 0x0000FFFF0000FFFFU) << 16U | (v >> 16U & 0x0000FFFF0000FFFFU);
      v = v << 32U | v >> 32U;
      return (v & ~std::uint64_t{0xFF}) | (bytes + 1);
    }
  }
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < bytes; ++i) key = key << 8U | (i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0U);
  return key << 8U | std::min(rest.size(), bytes + 1);
}

/// Orders [begin, end) by key. Ids mostly come in rising runs (1, 2, ... 9, 10, ...), which are merged:
/// n x log(runs). @param room  to merge in, kept from call to call
inline void sort_by_key(keyed_id* begin, keyed_id* end, std::vector<keyed_id>& room, std::vector<std::size_t>& runs) {
  const auto before = [](const keyed_id& a, const keyed_id& b) { return a.key < b.key; };
  const auto count = static_cast<std::size_t>(end - begin);
  runs.assign(1, 0);
  for (std::size_t i = 1; i < count; ++i)
    if (begin[i].key < begin[i - 1].key) runs.push_back(i);
  if (runs.size() == 1) return;
  runs.push_back(count);
  if (room.size() < count) room.resize(count);
  keyed_id* from = begin;
  keyed_id* to = room.data();
  while (runs.size() > 2) {
    std::size_t kept = 1;
    for (std::size_t i = 0; i + 1 < runs.size(); i += 2) {
      const std::size_t middle = runs[i + 1], last = i + 2 < runs.size() ? runs[i + 2] : middle;
      std::merge(from + runs[i], from + middle, from + middle, from + last, to + runs[i], before);
      runs[kept++] = last;
    }
    runs.resize(kept);
    std::swap(from, to);
  }
  if (from != begin) std::copy(from, from + count, begin);
}

/// Orders `ids` by their texts, seven bytes at a time, so that a shared beginning is read once a level
/// and not once a comparison. @param room  to merge in  @param text_of  gives the text of an id
template <class TextOf>
void sort_ids(std::vector<keyed_id>& ids, std::vector<keyed_id>& room, TextOf&& text_of) {
  struct group {
    std::size_t begin, end, depth;
  };
  constexpr std::size_t few = 12, step = 7;
  std::vector<std::size_t> runs;
  std::vector<group> left{{0, ids.size(), 0}};
  while (!left.empty()) {
    const group now = left.back();
    left.pop_back();
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(now.begin), end = ids.begin() + static_cast<std::ptrdiff_t>(now.end);
    if (now.end - now.begin <= few) {
      const auto before = [&](const keyed_id& a, const keyed_id& b) { return text_of(a.id).substr(now.depth) < text_of(b.id).substr(now.depth); };
      if (!std::is_sorted(begin, end, before)) std::sort(begin, end, before);
      continue;
    }
    for (auto one = begin; one != end; ++one) one->key = key_at(text_of(one->id), now.depth);
    sort_by_key(ids.data() + now.begin, ids.data() + now.end, room, runs);
    for (auto run = begin; run != end;) {
      auto after = run + 1;
      while (after != end && after->key == run->key) ++after;
      const bool more = (run->key & 0xFFU) > step;
      if (more && after - run > 1) left.push_back({static_cast<std::size_t>(run - ids.begin()), static_cast<std::size_t>(after - ids.begin()), now.depth + step});
      run = after;
    }
  }
}

/// What ranking takes besides, kept from one collection to the next.
struct rank_room {
  std::vector<keyed_id> order, merged;
};

class id_collector {
 public:
  static constexpr std::uint32_t none = id_table::none;

  std::size_t size() const noexcept { return ends_.size(); }
  std::string_view at(std::uint32_t arrival) const noexcept {
    const std::uint64_t begin = arrival == 0 ? 0 : ends_[arrival - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[arrival] - begin)};
  }

  /// A number for `id`. One id may have several; rank() brings them together.
  /// @param near  the number before in the same column, which guesses the next: the same, or the one after it
  std::uint32_t add(std::string_view id, std::uint32_t& near) {
    if (near != none) {
      if (at(near) == id) return near;
      if (near + 1 < size() && at(near + 1) == id) return ++near;
    }
    return near = append(id);
  }
  /// The same for texts of which few are different: the last that were alike in length and ends are remembered.
  std::uint32_t add_again(std::string_view text) {
    const std::size_t mixed = text.empty() ? 0 : text.size() * 31 + static_cast<unsigned char>(text.front()) * 7 + static_cast<unsigned char>(text.back());
    std::uint32_t& last = last_[mixed % last_.size()];
    if (last == 0 || at(last - 1) != text) last = append(text) + 1;
    return last - 1;
  }

  /// Each id once, in order; nothing is left here.
  /// @param ranks  becomes the place of each number in the table
  id_table rank(std::vector<std::uint32_t>& ranks, rank_room& room);

 private:
  std::uint32_t append(std::string_view id) {
    DUES_ASSERT(size() < none);
    const auto arrival = static_cast<std::uint32_t>(size());
    sorted_ = sorted_ && (arrival == 0 || at(arrival - 1) < id);
    bytes_.append(id.data(), id.size());
    ends_.push_back(bytes_.size());
    return arrival;
  }

  grown<char> bytes_;
  grown<std::uint64_t> ends_;
  std::array<std::uint32_t, 512> last_{};  ///< one more than the number
  bool sorted_ = true;
};

inline id_table id_collector::rank(std::vector<std::uint32_t>& ranks, rank_room& room) {
  const auto count = static_cast<std::uint32_t>(size());
  ranks.resize(count);
  if (sorted_) {
    for (std::uint32_t i = 0; i < count; ++i) ranks[i] = i;
    id_table made(std::vector<char>(bytes_.begin(), bytes_.end()), std::vector<std::uint64_t>(ends_.begin(), ends_.end()));
    *this = id_collector();
    return made;
  }
  std::vector<keyed_id>& order = room.order;
  order.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i].id = i;
  sort_ids(order, room.merged, [&](std::uint32_t id) { return at(id); });
  std::size_t total = 0;
  std::uint32_t distinct = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view id = at(order[i].id);
    if (i == 0 || id != at(order[i - 1].id)) {
      total += id.size();
      ++distinct;
    }
    ranks[order[i].id] = distinct - 1;
  }
  std::vector<char> bytes;
  std::vector<std::uint64_t> ends;
  bytes.reserve(total);
  ends.reserve(distinct);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (ranks[order[i].id] != ends.size()) continue;
    const std::string_view id = at(order[i].id);
    bytes.insert(bytes.end(), id.begin(), id.end());
    ends.push_back(bytes.size());
  }
  *this = id_collector();
  return id_table(std::move(bytes), std::move(ends));
}

}  // namespace detail

DUES_END
