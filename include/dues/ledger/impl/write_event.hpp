// SPDX-License-Identifier: Apache-2.0
//
// Writes one event as event_reader reads it. Not public.
#pragma once

#include <dues/json/writer.hpp>
#include <dues/ledger/impl/prepay.hpp>
#include <dues/ledger/impl/read_events.hpp>

DUES_BEGIN

namespace detail {

inline void write_texts(json_writer& out, std::string_view name, std::span<const std::string> texts) {
  if (texts.empty()) return;
  out.key(name).begin_array();
  for (const std::string& one : texts) out.text(one);
  out.end_array();
}

inline void write_when_given(json_writer& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.member(name, text);
}

class event_writer {
 public:
  event_writer(json_writer& out, const program& tariff, const ledger_event& event) : out_(out), tariff_(tariff), event_(event) {}

  void write() {
    const bool one = has(field_receivable);
    out_.begin_object();
    out_.member("event", words::event_kind[static_cast<std::size_t>(event_.kind)]).member("id", event_.id);
    write_when_given(out_, "account", event_.account);
    days();
    what_it_is_of();
    if (one && !event_.receivables.empty()) out_.member("receivable", event_.receivables.front());
    amounts();
    if (!one) write_texts(out_, "for", event_.receivables);
    write_texts(out_, event_.kind == event_kind::opening ? "bound_to" : "for_fees", event_.fees);
    write_when_given(out_, "of", event_.of);
    if (has(field_through)) out_.member("through", to_text(event_.through));
    write_when_given(out_, "reason", event_.reason);
    write_when_given(out_, "actor", event_.actor);
    write_when_given(out_, "reference", event_.reference);
    out_.end_object();
  }

 private:
  bool has(event_field field) const {
    const event_fields& fields = fields_of_kind[static_cast<std::size_t>(event_.kind)];
    return ((fields.needed | fields.allowed) & field) != 0;
  }

  void days() {
    const bool stretch = event_.kind == event_kind::exclusion || (event_.kind == event_kind::legal_case && event_.of.empty());
    if (event_.kind == event_kind::exclusion) out_.member("kind", words::excluded_days[static_cast<std::size_t>(event_.excluded)]);
    out_.member(event_.kind == event_kind::charge ? "issue" : stretch ? "from" : "date", to_text(event_.date));
    if (stretch && (event_.to != last_day || event_.kind == event_kind::exclusion)) out_.member("to", to_text(event_.to));
    if (event_.recorded != event_.date) out_.member("recorded", to_text(event_.recorded));
  }

  void what_it_is_of() {
    const bool charge = event_.kind == event_kind::charge, owed = charge || event_.opens_receivable() || event_.kind == event_kind::received;
    if (charge) out_.member("unit", event_.unit).member("fee", event_.fee).member("subject", event_.subject).member("period", to_text(event_.period)).member("cause", event_.cause);
    else if (event_.kind == event_kind::prepay) write_ahead(out_, tariff_, event_);
    else if (event_.kind == event_kind::leave) write_kept(out_, tariff_, event_);
    else write_when_given(out_, "unit", event_.unit);
    if (owed && !charge) write_when_given(out_, "fee", event_.fee);
    if (owed) out_.member("due", to_text(event_.due));
    if (owed && event_.paid_as != claim_class::principal) out_.member("class", words::claim_class[static_cast<std::size_t>(event_.paid_as)]);
    write_when_given(out_, "plan", event_.plan);
    if (event_.kind == event_kind::deposit) out_.member("does", words::deposit_step[static_cast<std::size_t>(event_.step)]);
    write_when_given(out_, "subscription", event_.subscription);
    write_when_given(out_, event_.kind == event_kind::received ? "from" : "to", event_.other_account);
  }

  void amounts() {
    const auto money = [&](int128 amount) { return amount_text(amount, tariff_.minor_units); };
    if (event_.opens_credit() || event_.opens_deposit()) out_.member(event_.opens_credit() ? "credit" : "deposit", money(event_.amount));
    else if (has(field_amount) && !(event_.kind == event_kind::deposit && event_.amount == 0)) out_.member("amount", money(event_.amount));
    if (event_.share > decimal()) out_.member("share", decimal::make(event_.share.coefficient(), event_.share.scale() - 2)->to_text() + "%");
    if (event_.penalty != 0) out_.member("penalty", money(event_.penalty));
    if (!event_.sources.empty()) {
      out_.key("sources").begin_array();
      for (const money_source& source : event_.sources) out_.begin_object().member("kind", source.kind).member("amount", money(source.amount)).end_object();
      out_.end_array();
    }
    if (event_.instalments.empty()) return;
    out_.key("instalments").begin_array();
    for (const planned_instalment& part : event_.instalments) {
      out_.begin_object().member("due", to_text(part.due));
      if (part.amount != 0) out_.member("amount", money(part.amount));
      out_.end_object();
    }
    out_.end_array();
  }

  json_writer& out_;
  const program& tariff_;
  const ledger_event& event_;
};

inline void write_event(json_writer& out, const program& tariff, const ledger_event& event) { event_writer(out, tariff, event).write(); }

}  // namespace detail

DUES_END
