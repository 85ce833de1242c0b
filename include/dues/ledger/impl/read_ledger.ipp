// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/ledger/file.hpp>
#include <dues/ledger/impl/read_events.hpp>

#include <set>

DUES_BEGIN

/// Reads a ledger that was stored: its events and entries go to their books as they are.
class ledger_file {
 public:
  ledger_file(std::shared_ptr<const program> tariff, diagnostics& found) : made_(tariff), tariff_(*tariff), found_(found) {}

  bool read(json_node root, const accruals* penalties) {
    if (!read_head(root)) return false;
    const json_node entries = root.find("entries");
    detail::event_reader reader(tariff_, found_);
    for (json_node member = root.find("events").first(); member; member = member.next()) {
      ledger_event event;
      if (!reader.read(member, event)) continue;
      if (entries) keep(member, std::move(event));
      else if (applied done = made_.apply(std::move(event), {std::nullopt, penalties}); !done.recorded) tell(member, done.found);
    }
    if (entries && !found_.has_errors())
      for (json_node member = entries.first(); member; member = member.next()) read_entry(member);
    if (entries && !found_.has_errors()) compare(penalties);
    return !found_.has_errors();
  }
  ledger take() { return std::move(made_); }

 private:
  bool wrong(json_node node, std::string_view name, std::string_view wanted) {
    found_.add(make_diagnostic("L103", node ? node.pointer() : "", {{"name", std::string(name)}, {"is", node ? shown(node) : "absent"}, {"wanted", std::string(wanted)}}));
    return false;
  }
  bool read_head(json_node root) {
    if (!root.is(dues::node_kind::object)) return wrong(root, "ledger", "an object");
    for (json_node member = root.first(); member; member = member.next()) {
      constexpr std::array<std::string_view, 5> known{"dues_ledger", "tariff", "currency", "events", "entries"};
      if (std::find(known.begin(), known.end(), member.key()) == known.end()) found_.add(make_diagnostic("L101", member.pointer(), {{"name", std::string(member.key())}, {"of", "ledger"}}));
    }
    const json_node version = root.find("dues_ledger"), id = root.find("tariff"), currency = root.find("currency"), entries = root.find("entries");
    if (!version.is(dues::node_kind::text) || version.text() != "1") return wrong(version, "dues_ledger", "'1'");
    if (!id.is(dues::node_kind::text) || id.text() != tariff_.id) return wrong(id, "tariff", "'" + tariff_.id + "'");
    if (!currency.is(dues::node_kind::text) || currency.text() != tariff_.currency_code) return wrong(currency, "currency", "'" + tariff_.currency_code + "'");
    if (!root.find("events").is(dues::node_kind::array)) return wrong(root.find("events"), "events", "a list");
    if (entries && !entries.is(dues::node_kind::array)) return wrong(entries, "entries", "a list");
    return !found_.has_errors();
  }
  // What an event says wrong, at its place in the file.
  void tell(json_node at, const diagnostics& told) {
    for (diagnostic one : told.all()) {
      one.pointer = at.pointer() + one.pointer;
      found_.add(std::move(one));
    }
  }
  void keep(json_node at, ledger_event event) {
    diagnostics told;
    account_book& book = event.account.empty() ? made_.common_ : made_.books_[event.account];
    if (!detail::event_check(tariff_, event, told).good()) return tell(at, told);
    if (!ids_.insert(event.id).second) {
      found_.add(make_diagnostic("L110", at.pointer() + "/id", {{"is", event.id}, {"account", event.account}}));
      return;
    }
    if (event.kind != event_kind::charge) made_.account_of_.emplace(event.id, event.account);
    book.events.push_back(std::move(event));
  }
  void read_entry(json_node node) {
    ledger_entry made;
    std::string account, amount;
    const std::pair<std::string_view, std::string*> texts[] = {{"id", &made.id}, {"account", &account}, {"cause", &made.cause}, {"receivable", &made.receivable}, {"part", &made.part},
                                                              {"source", &made.source}, {"amount", &amount}, {"by", &made.by}, {"reason", &made.reason}, {"actor", &made.actor}, {"reference", &made.reference}};
    for (json_node member = node.first(); member; member = member.next()) {
      if (!member.is(dues::node_kind::text)) return static_cast<void>(wrong(member, member.key(), "a text"));
      const auto text = std::find_if(std::begin(texts), std::end(texts), [&](const auto& one) { return one.first == member.key(); });
      const auto day = parse_day(member.text());
      const auto kind = std::find(words::movement_kind.begin(), words::movement_kind.end(), member.text());
      if (text != std::end(texts)) *text->second = member.text();
      else if (member.key() == "date" && day) made.date = *day;
      else if (member.key() == "recorded" && day) made.recorded = *day;
      else if (member.key() == "entry" && kind != words::movement_kind.end()) made.kind = static_cast<movement_kind>(kind - words::movement_kind.begin());
      else return static_cast<void>(wrong(member, member.key(), "a field of an entry, as it was written"));
    }
    const auto value = decimal::parse(amount);
    const auto minor = value && value->normalized().scale() <= tariff_.minor_units ? value->rescaled(tariff_.minor_units, rounding_mode::half_up) : std::nullopt;
    const auto narrow = minor ? to_int64(minor->coefficient()) : std::nullopt;
    if (!narrow) return static_cast<void>(wrong(node, "amount", "an amount in " + tariff_.currency_code));
    made.amount = *narrow;
    const auto book = made_.books_.find(account);
    if (book == made_.books_.end()) return static_cast<void>(wrong(node, "account", "an account with events"));
    if (!ids_.insert("entry " + made.id).second) return found_.add(make_diagnostic("L110", node.pointer() + "/id", {{"is", made.id}, {"account", account}}));
    book->second.entries.push_back(std::move(made));
  }
  // A file that was cut off, or that somebody changed, says something else than its events.
  void compare(const accruals* penalties) {
    for (auto& [account, book] : made_.books_) {
      derive_options with;
      with.penalties = penalties;
      const account_state state = derive(tariff_, made_.order(), book.events, with, made_.common_.events);
      account_book copy = book;
      std::vector<ledger_entry> more;
      made_.post(book.events.back(), state, copy, more);
      if (!more.empty())
        found_.add(make_diagnostic("L126", "/entries", {{"account", account}, {"cause", more.front().cause}, {"amount", amount_text(more.front().amount, tariff_.minor_units)}}));
    }
  }

  ledger made_;
  const program& tariff_;
  diagnostics& found_;
  std::set<std::string, std::less<>> ids_;
};

std::optional<ledger> read_ledger(std::shared_ptr<const program> tariff, std::string_view json, diagnostics& found, const json_limits& limits, const accruals* penalties) {
  const auto document = read_json(json, found, limits);
  if (document == nullptr || found.has_errors()) return std::nullopt;
  ledger_file file(std::move(tariff), found);
  if (!file.read(document->root(), penalties)) return std::nullopt;
  return file.take();
}

DUES_END
