// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/report/aging.hpp>
#include <dues/tariff/object_reader.hpp>

#include <set>

DUES_BEGIN

namespace detail {

class aging_reader {
 public:
  explicit aging_reader(diagnostics& found) : found_(found) {}

  aging_plan read(json_node root) {
    static constexpr std::array<std::string_view, 4> fields{"dues_aging", "note", "buckets", "not_due_loss"};
    aging_plan made;
    object_reader reader(root, "aging", fields, {}, limits_, found_);
    if (!reader.usable()) return made;
    reader.version("dues_aging");
    reader.localized(reader.get("note"));
    made.not_due_loss = loss(reader, "not_due_loss");
    const json_node list = reader.need("buckets");
    if (list.is(dues::node_kind::array) && list.size() == 0) reader.wrong_type(list, "a list of at least 1");
    if (reader.too_many(list, most_buckets)) return made;
    for (const json_node member : reader.list(list)) bucket(member, made);
    if (!made.buckets.empty() && made.buckets.back().days_up_to != 0)
      found_.add(make_diagnostic("T221", list.pointer() + "/" + std::to_string(made.buckets.size() - 1), {{"what", "the last step has an end"}}));
    return made;
  }

 private:
  static constexpr std::size_t most_buckets = 100;

  std::optional<decimal> loss(object_reader& reader, std::string_view name) {
    const auto value = reader.percentage(reader.get(name));
    if (value && (*value < decimal() || *value > *decimal::make(1, 0)))
      found_.add(make_diagnostic("T117", reader.get(name).pointer(), {{"name", std::string(name)}, {"is", shown(reader.get(name))}, {"wanted", "0% to 100%"}}));
    return value;
  }

  void bucket(json_node member, aging_plan& into) {
    static constexpr std::array<std::string_view, 4> fields{"id", "name", "days_up_to", "loss"};
    object_reader reader(member, "bucket", fields, {}, limits_, found_);
    if (!reader.usable()) return;
    aging_bucket made;
    made.id = reader.text(reader.need("id")).value_or(std::string());
    if (!made.id.empty() && !ids_.insert(made.id).second) found_.add(make_diagnostic("T109", member.pointer(), {{"of", "bucket"}, {"id", shortened(made.id)}}));
    made.name = reader.localized(reader.get("name"));
    constexpr int longest = 365'000;
    made.days_up_to = static_cast<int>(reader.integer(reader.get("days_up_to"), 1, longest).value_or(0));
    made.loss = loss(reader, "loss");
    if (!into.buckets.empty()) {
      const int before = into.buckets.back().days_up_to;
      if (before == 0) found_.add(make_diagnostic("T221", member.pointer(), {{"what", "a step before the last has no end"}}));
      else if (made.days_up_to != 0 && made.days_up_to <= before)
        found_.add(make_diagnostic("T220", reader.get("days_up_to").pointer(), {{"is", std::to_string(made.days_up_to)}, {"before", std::to_string(before)}}));
    }
    into.buckets.push_back(std::move(made));
  }

  diagnostics& found_;
  tariff_limits limits_;
  std::set<std::string> ids_;
};

}  // namespace detail

std::optional<aging_plan> read_aging_plan(std::string_view json, diagnostics& found, const json_limits& limits) {
  const std::size_t errors = found.errors();
  const auto document = read_json(json, found, limits);
  if (!document) return std::nullopt;
  aging_plan made = detail::aging_reader(found).read(document->root());
  return found.errors() == errors ? std::optional(std::move(made)) : std::nullopt;
}

DUES_END
