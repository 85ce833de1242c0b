// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a tariff. One that compiles is billed for made-up facts of every type that it declares.
#include "fuzz/billed.hpp"

namespace dues_fuzz {

namespace {

void append_cells(const std::vector<dues::attribute>& declared, dues::json_writer& out) {
  for (const dues::attribute& one : declared) {
    out.key(one.id);
    switch (one.type) {
      case dues::value_type::choice: out.text(one.words[0]); break;
      case dues::value_type::yes_no: out.boolean(true); break;
      case dues::value_type::date: out.text("2020-02-29"); break;
      case dues::value_type::text: out.text("x"); break;
      default: out.text(one.at_least ? one.at_least->to_text() : one.at_most ? one.at_most->to_text() : one.above ? one.above->to_text() : "12.5"); break;
    }
  }
}

// A unit that is handed over in the middle of the month, and a subscription of each fee that takes one.
std::string facts_for(const dues::program& tariff, dues::civil_day from, dues::civil_day handed_over) {
  std::string text;
  dues::json_writer out(text, false);
  const std::string begin = dues::to_text(from);
  out.begin_object().member("dues_facts", "1");
  out.key("units").begin_array().begin_object().member("unit", "U").member("from", begin);
  append_cells(tariff.unit_attributes, out);
  out.end_object().end_array();
  out.key("accounts").begin_array().begin_object().member("account", "A").member("from", begin);
  append_cells(tariff.account_attributes, out);
  out.end_object().end_array();
  out.key("tenures").begin_array();
  for (const char* const role : {"owner", "tenant", "developer", "operator"}) {
    out.begin_object().member("unit", "U").member("account", "A").member("role", role).member("from", begin).member("to", dues::to_text(handed_over)).end_object();
    out.begin_object().member("unit", "U").member("account", "B").member("role", role).member("from", dues::to_text(handed_over)).end_object();
  }
  out.end_array().key("subscriptions").begin_array();
  for (const dues::fee& one : tariff.fees)
    if (one.scope == dues::fee_scope::subscription) {
      out.begin_object().member("subscription", "S-" + one.id).member("unit", "U").member("fee", one.id).member("from", begin).member("price", "3");
      append_cells(tariff.subscription_attributes, out);
      out.end_object();
    }
  out.end_array().key("calendars").begin_array();
  for (const std::string& id : tariff.calendars) out.begin_object().member("calendar", id).end_object();
  out.end_array().end_object();
  return text;
}

}  // namespace

void tariff(std::string_view bytes) {
  const dues::compile_result made = dues::compile(bytes);
  const dues::compile_result again = dues::compile(bytes);
  require_sound(made.found, again.found);
  require((made.compiled == nullptr) == made.found.has_errors(), "a program, or an error");
  if (made.compiled == nullptr) return;
  require(made.compiled->content_hash == again.compiled->content_hash, "the same document has the same hash");
  const dues::civil_day from = std::clamp(made.compiled->life.from, dues::first_day, dues::last_day - 400);
  const dues::day_range month{dues::month_begin(from + 31), dues::add_months(dues::month_begin(from + 31), 1)};
  const dues::facts_result facts = dues::load_facts(made.compiled, facts_for(*made.compiled, from, month.from + 10));
  if (facts.loaded != nullptr) require_billed(facts.loaded, month);
}

}  // namespace dues_fuzz
