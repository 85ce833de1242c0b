// SPDX-License-Identifier: Apache-2.0
//
// The compiler's own state, shared by the files that read one part of a tariff each. Not public.
#pragma once

#include <dues/expression/parse.hpp>
#include <dues/tariff/object_reader.hpp>
#include <dues/tariff/program.hpp>

#include <array>
#include <map>
#include <set>
#include <unordered_map>

DUES_BEGIN

namespace detail {

using field_list = std::span<const std::string_view>;

/// Where an expression stands decides which names it may read.
enum class place : std::uint8_t {
  where, unit_fee, subscription_fee, value, tax, unit_discount, subscription_discount, penalty
};
inline constexpr std::size_t place_count = 8;

class compiler {
 public:
  compiler(const json_document& document, const tariff_limits& limits, diagnostics& found)
      : document_(document), found_(found), limits_(limits) {}

  /// @returns null when there was an error
  std::shared_ptr<const program> run();

 private:
  // compile_document.ipp
  void read_head(object_reader& top);
  void read_reads(json_node node);
  void read_attributes(json_node node, slot_kind kind, std::string_view prefix, std::vector<attribute>& into);
  void read_attribute(json_node node, slot_kind kind, std::string_view prefix, std::vector<attribute>& into);
  void read_words(object_reader& reader, attribute& into);
  void read_bounds(object_reader& reader, attribute& into);
  void read_default(object_reader& reader, attribute& into);
  void describe(object_reader& reader, described& into, bool readable, bool name_needed = false);
  void warn_unused();
  /// Members of a list of parts; anything else, or more than `most`: reported.
  std::vector<json_node> parts(json_node node, std::size_t most);
  /// @param room  ids of one room are each used once: "unit.", "fee"
  void check_unique(std::string_view room, std::string_view of, const std::string& id, json_node at);
  std::string nearest(std::string_view word, std::span<const std::string_view> names) const;

  // compile_values.ipp
  void read_values(json_node node);
  void compile_in_order(const std::vector<json_node>& nodes);
  void report_circles(const std::vector<json_node>& nodes, const std::vector<std::vector<std::size_t>>& needs, const std::vector<bool>& done);
  bool read_value(json_node node, std::size_t place);
  bool read_by(json_node by, named_value& value);
  void check_chain(json_node node, std::size_t place);
  value_version read_version(json_node node, named_value& value, bool& typed);
  std::int32_t read_cells(json_node node, named_value& value, std::size_t depth, bool& typed);
  std::int32_t read_leaf(json_node node, named_value& value, bool& typed);
  std::optional<expression> leaf_expression(json_node node, std::optional<value_type> wanted);
  const std::unordered_map<std::string_view, std::int32_t>& places_of_words(std::int32_t slot);
  const std::vector<std::string>& words_of(const slot& by) const;
  bool tell_missing_cell(const named_value& value, const value_version& version);
  void warn_missing_cells(const named_value& value);

  // compile_schedules.ipp
  void read_schedules(json_node node);
  void read_schedule(json_node node);
  void read_due(object_reader& reader, schedule& into);
  void read_taxes(json_node node);
  void read_funds(json_node node);
  void read_references(json_node node);
  std::optional<day_roll> read_roll(json_node node, std::string_view of);

  // compile_fees.ipp
  void read_fees(json_node node);
  void read_fee(json_node node);
  void read_life(object_reader& reader, fee& into);
  void read_payers(object_reader& reader, fee& into);
  void read_price(object_reader& reader, fee& into, place at);
  void read_recurring(object_reader& reader, fee& into);
  void read_limits(json_node node, fee& into, place at);
  void read_fee_rounding(json_node node, fee& into);
  void check_fee(object_reader& reader, fee& into);
  void gather_reads(fee& into);
  void check_gaps(const fee& checked, bool whole_price);
  void check_value_gaps(const reads& read, civil_day from, const std::string& pointer);

  // compile_metered.ipp
  void read_meters(json_node node);
  void read_metered(object_reader& reader, fee& into, place at);
  metered_price read_metered_price(json_node is, const fee& of, place at);
  std::vector<expression> read_register_prices(json_node is, const fee& of, place at);

  // compile_tiers.ipp
  void read_tiers(json_node is, const fee& of, place at, metered_price& made);
  tier_window read_tier_window(json_node node);
  tier_step read_tier_step(json_node node, tier_kind tiers, const fee& of, place at);
  void check_rising(const metered_price& made);
  void warn_cliff(const metered_price& made);
  bool may_be_negative(const expression& what) const;
  void check_tiers(object_reader& reader, fee& made);
  void add_metered_reads(const metered_price& price, reads& into) const;

  // compile_sections.ipp
  void read_sections(object_reader& top);
  std::vector<std::int32_t> read_fee_list(object_reader& reader, json_node field);
  section_rounding read_section_rounding(object_reader& reader);
  template <class Enum, std::size_t N>
  std::vector<Enum> read_word_list(object_reader& reader, json_node field, const std::array<std::string_view, N>& words);
  /// A list that must stand there, of `least` to `most` members.
  std::vector<json_node> needed_parts(object_reader& reader, std::string_view name, std::size_t least, std::size_t most);
  /// A literal outside [least, most]: T117.
  void check_literal(const std::optional<expression>& made, const decimal& least, const std::optional<decimal>& most, std::string_view wanted);
  /// T230.
  void refuse(json_node at, std::string what);

  // compile_discounts.ipp
  void read_prepayments(json_node node);
  void read_discounts(json_node node);
  bool reads_line(const expression& what) const;
  std::string settle_computed();
  void read_group(json_node node);
  void read_discount(json_node node, std::int32_t group);
  void read_window(json_node node, discount& into);
  void read_when(json_node node, discount& into, place at);
  void read_paid_by(json_node node, discount& into);
  void read_vacant(json_node node, discount& into);
  void read_gift(json_node node, discount& into, place at);
  void read_funding(json_node node, discount& into);

  // compile_discount_limits.ipp
  struct granted_sum {
    exact<int128> percent;
    std::string discounts;  ///< ids
  };
  discount_cap read_cap(object_reader& reader);
  void read_discount_limits(json_node node);
  void warn_lone_members(const discount_group& group);
  std::vector<granted_sum> sums_of_percentages() const;
  void warn_past_limit(const discount_limit& limit, const std::vector<granted_sum>& sums);

  // compile_penalty_rates.ipp
  plain_rate read_plain_rate(json_node node, place percents, place amounts, reads& read);
  void check_plain_rate(object_reader& reader, const plain_rate& made);
  penalty_rate read_penalty_rate(json_node node, reads& read);
  void read_rate_steps(object_reader& reader, penalty_rate& into, reads& read);
  void warn_above_ceiling(const penalty_component& made);

  // compile_penalties.ipp
  void read_penalties(json_node node);
  penalty_component read_component(json_node node, const std::string& room, reads& read);
  void read_component_rate(object_reader& reader, penalty_component& into, reads& read);
  void check_compounding(object_reader& reader, const penalty_component& made);
  void read_bearing(json_node node, const std::map<std::string_view, std::int32_t>& components, penalty_component& made);
  void check_bearing(const penalty& made);
  void read_grace(json_node node, penalty_component& into);
  void read_penalty_limits(object_reader& reader, penalty_component& into, reads& read);
  void read_penalty_maximum(json_node node, penalty_limit& into, reads& read);

  // compile_payments.ipp
  void read_payments(json_node node);
  void read_buckets(object_reader& reader, payment_policy& into);
  void read_ranks(object_reader& reader, payment_policy& into);
  void read_credit(json_node node, payment_policy& into);
  void read_cash(json_node node, payment_policy& into);
  void check_classes_are_paid(const payment_policy& made);
  void read_plans(json_node node);
  void read_arrears(json_node node);
  void read_level(json_node node, arrears_policy& into);
  void read_lapse(json_node node, arrears_policy& into);

  // compile_expressions.ipp
  const scope& names_in(place at);
  bool in_scope(const reads& what, place at) const;
  void add_expression_reads(const expression& e, reads& into) const;
  std::size_t steps_of(const expression& what) const;
  bool bounded(const expression& what);
  bool take_pointer(const std::string& pointer);
  std::optional<expression> read_expression(json_node node, value_type wanted, place at);
  void warn_never_true(const expression& condition);
  /// A plain value or a list of {from, is}; `optional`: may end with "none".
  dated_expression read_dated(json_node node, value_type wanted, place at, bool optional);
  /// Calls `entry(from or MM-DD, is node)` for each version in order, or once with no date.
  template <class Entry>
  void each_version(json_node node, Entry&& entry);
  void add_slot(slot_kind kind, std::int32_t index, value_type type, std::string name);
  /// Whether what is wrong with `name` was told where it is declared.
  bool is_spoiled(std::string_view name) const;
  template <class Part>
  std::int32_t refer(object_reader& reader, json_node field, const std::vector<Part>& parts, std::string_view of);

  const json_document& document_;
  diagnostics& found_;
  program made_;
  const tariff_limits& limits_;
  bool life_known_ = false;
  std::vector<reads> value_reads_;   ///< closure of each value
  std::vector<bool> value_is_whole_; ///< no mistake in it
  std::vector<int> value_depth_;     ///< values that read each other below it, itself included
  std::vector<std::size_t> value_steps_;  ///< of each value with all that it reads
  std::size_t cells_ = 0;            ///< of all tables
  std::size_t pointer_bytes_ = 0;    ///< of all expressions
  std::unordered_map<std::string, std::int32_t> slot_places_;
  std::map<std::int32_t, std::unordered_map<std::string_view, std::int32_t>> word_places_;  ///< of a slot
  std::array<scope, place_count> scopes_;         ///< by place; grown as slots are added
  std::array<std::size_t, place_count> scoped_{}; ///< slots that each scope has seen
  std::map<std::string_view, std::int32_t> fee_places_;  ///< by id, once all are read
  std::set<std::string, std::less<>> refused_fees_;                ///< ids of fees that a later release builds
  std::set<std::pair<std::string, std::string>> ids_;   ///< (room, id) that are taken
  std::set<std::pair<std::string, std::string>> used_;  ///< (kind, id) that something refers to
  std::set<std::string, std::less<>> spoiled_;          ///< names and prefixes whose mistake is told elsewhere
};

void merge_reads(reads& into, const reads& from);

}  // namespace detail

DUES_END
