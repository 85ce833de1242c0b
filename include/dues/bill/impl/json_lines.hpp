// SPDX-License-Identifier: Apache-2.0
//
// Lines as JSON objects. What stands between two values is the same in every line, so it is made once
// for a run, as is what all lines of a fee or a rate have. Not public.
#pragma once

#include <dues/bill/impl/line_texts.hpp>

DUES_BEGIN

namespace detail {

// Without its quotes: they belong to what stands between.
inline void append_json_bare(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  append_json_text(out, text);
  out.erase(begin, 1);
  out.pop_back();
}

/// What stands between the members of an object that lies `depth` levels deep, all of them texts.
class json_glue {
 public:
  json_glue(bool indented, std::size_t depth) : indented_(indented), depth_(depth) {}
  std::string first(std::string_view name) const { return "{" + new_line(depth_ + 1) + named(name); }
  std::string next(std::string_view name) const { return "\"," + new_line(depth_ + 1) + named(name); }
  std::string list(std::string_view name) const { return "\"," + new_line(depth_ + 1) + "\"" + std::string(name) + (indented_ ? "\": [" : "\":["); }
  std::string separator() const { return indented_ ? ", " : ","; }
  std::string last() const { return "\"" + new_line(depth_) + "}"; }

 private:
  std::string new_line(std::size_t depth) const { return indented_ ? "\n" + std::string(2 * depth, ' ') : std::string(); }
  std::string named(std::string_view name) const { return "\"" + std::string(name) + (indented_ ? "\": \"" : "\":\""); }

  bool indented_;
  std::size_t depth_;
};

class json_lines {
 public:
  json_lines(const billing& made, bool indented, std::size_t depth)
      : tariff_(*made.known->tariff), glue_(indented, depth), texts_(made, append_json_bare) {
    for (const fee& one : tariff_.fees) fee_tails_.push_back(tail_of(one));
    rates_.emplace_back();
    for (const tax_rate& one : made.rates) rates_.push_back(rate_of(one));
  }

  /// A line that has its amounts, and what discounts take off it.
  void add(const line& one, std::span<const granted_discount> granted, chunk_writer& out) {
    const line_ids ids = texts_.ids(one);
    const std::string& tail = fee_tails_[static_cast<std::size_t>(one.fee)];
    const std::string& rate = rates_[static_cast<std::size_t>(one.rate + 1)];
    out.need(key_bytes(texts_, ids) + ids.cells() + tail.size() + rate.size() + other_bytes);
    std::array<char, 24> room;
    const std::string_view cause = put_cause(one, room);
    out.put(key_);
    put_key(out, texts_, ids, texts_.day(one.period), cause);
    const auto put = [&](const std::string& before, std::string_view text) {
      out.put(before);
      out.put(text);
    };
    put(account_, ids.account.cell);
    put(unit_, ids.unit.cell);
    put(fee_, ids.fee.cell);
    put(subject_, ids.subject.cell);
    put(period_, texts_.day(one.period));
    put(from_, texts_.day(one.from));
    put(to_, texts_.day(one.to));
    put(cause_, cause);
    put(issue_, texts_.day(one.issue));
    put(due_, texts_.day(one.due));
    const auto number = [&](const std::string& before, std::int64_t units, int places) {
      if (places < 0) return;
      out.put(before);
      put_number(out, units, places);
    };
    number(quantity_, one.quantity, one.quantity_scale);
    number(price_, one.price, one.price_scale);
    number(gross_, one.gross, tariff_.minor_units);
    number(discounts_, discounts_of(tariff_, one), tariff_.minor_units);
    std::string_view next = rate.empty() ? taxed_ : rate;
    if (!granted.empty()) {
      put_granted(granted, out);
      next.remove_prefix(1);  // a list leaves no quote to close
    }
    out.put(next);
    if (!rate.empty()) out.put(taxed_);
    put_number(out, taxed_of(one, granted), tariff_.minor_units);
    number(tax_, one.tax, tariff_.minor_units);
    number(net_, one.net(), tariff_.minor_units);
    number(amount_, one.amount, tariff_.minor_units);
    out.put(tail);
  }

 private:
  // Eight numbers, five days and a cause, and what stands between: less than 64 bytes before each.
  static constexpr std::size_t members = 24, most_glue_bytes = 64;
  static constexpr std::size_t other_bytes = members * (most_glue_bytes + most_number_bytes);

  // What is taxed, without the tax.
  std::int64_t taxed_of(const line& one, std::span<const granted_discount> granted) const {
    const std::int32_t tax = tariff_.fees[static_cast<std::size_t>(one.fee)].tax;
    if (granted.empty() || tax < 0) return one.net();
    return taxed_gross(tariff_, one, granted) - (tariff_.taxes[static_cast<std::size_t>(tax)].included ? one.tax : 0);
  }
  void put_granted(std::span<const granted_discount> granted, chunk_writer& out) const {
    out.append(granted_);
    for (const granted_discount& each : granted) {
      const discount& by = tariff_.discounts[static_cast<std::size_t>(each.discount)];
      std::string text = &each == granted.data() ? "" : granted_next_;
      json_writer object(text, false);
      object.begin_object();
      object.member("discount", by.id).member("amount", amount_text(each.amount, tariff_.minor_units));
      if (!by.partner.empty()) object.member("funded_by", by.partner);
      object.end_object();
      out.append(text);
    }
    out.append("]");
    out.need(other_bytes);
  }
  std::string tail_of(const fee& one) const {
    std::string out;
    const auto add = [&](std::string_view name, std::string_view text) {
      out += glue_.next(name);
      append_json_bare(out, text);
    };
    if (!one.fund.empty()) add("fund", one.fund);
    add("edition", tariff_.edition);
    add("tariff_hash", tariff_.content_hash);
    return out + glue_.last();
  }
  std::string rate_of(const tax_rate& one) const {
    std::string out = glue_.next("tax_id");
    append_json_bare(out, tariff_.taxes[static_cast<std::size_t>(one.tax)].id);
    if (!one.rate) return out;
    out += glue_.next("rate");
    append_json_bare(out, percent_text(*one.rate));
    return out;
  }

  const program& tariff_;
  json_glue glue_;
  line_texts texts_;
  std::vector<std::string> fee_tails_, rates_;
  std::string key_ = glue_.first("key"), account_ = glue_.next("account"), unit_ = glue_.next("unit"), fee_ = glue_.next("fee"), subject_ = glue_.next("subject"),
              period_ = glue_.next("period"), from_ = glue_.next("from"), to_ = glue_.next("to"), cause_ = glue_.next("cause"), issue_ = glue_.next("issue"),
              due_ = glue_.next("due"), quantity_ = glue_.next("quantity"), price_ = glue_.next("price"), gross_ = glue_.next("gross"),
              discounts_ = glue_.next("discounts"), granted_ = glue_.list("by_discount"), granted_next_ = glue_.separator(), taxed_ = glue_.next("taxed"), tax_ = glue_.next("tax"), net_ = glue_.next("net"), amount_ = glue_.next("amount");
};

}  // namespace detail

DUES_END
