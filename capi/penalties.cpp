// SPDX-License-Identifier: Apache-2.0
//
// What lateness costs, at the C boundary: a history in, a document out - with its segments, as what would settle it,
// or as what a run posts.
#include <capi/impl/options.hpp>
#include <dues/tariff/object_reader.hpp>

#include <map>

using namespace dues::capi;

namespace {

using dues::int128;

// The totals that an earlier run posted, by receivable and component.
using posted_totals = std::map<std::string, std::map<std::string, int128, std::less<>>, std::less<>>;

// Reads what DUES_POSTINGS_JSON gave. Of it the totals are needed; the rest is for people.
bool read_posted(const dues::program& tariff, std::string_view text, posted_totals& into, dues::diagnostics& found) {
  static constexpr std::array<std::string_view, 5> of_document{"as_of", "currency", "post", "failed", "receivables"};
  static constexpr std::array<std::string_view, 3> of_receivable{"receivable", "components", "diagnostics"};
  static constexpr std::array<std::string_view, 4> of_component{"component", "total", "posted", "post"};
  const auto document = dues::read_json(text, found);
  if (document == nullptr || found.has_errors()) return false;
  const dues::tariff_limits limits;
  dues::object_reader root(document->root(), "postings", of_document, {}, limits, found);
  if (!root.usable()) return false;
  if (const auto currency = root.text(root.need("currency")); currency && *currency != tariff.currency_code)
    found.add(dues::make_diagnostic("L113", "/currency", {{"is", *currency}, {"wanted", tariff.currency_code}}));
  for (const dues::json_node node : root.list(root.need("receivables"))) {
    dues::object_reader row(node, "posting", of_receivable, {}, limits, found);
    const auto receivable = row.usable() ? row.text(row.need("receivable")) : std::nullopt;
    if (!receivable) continue;
    for (const dues::json_node part : row.list(row.get("components"))) {
      dues::object_reader one(part, "component", of_component, {}, limits, found);
      if (!one.usable()) continue;
      const auto component = one.text(one.need("component"));
      const auto total = one.number(one.need("total"));
      if (!component || !total) continue;
      const auto plain = total->normalized();
      const auto units = plain.scale() <= tariff.minor_units ? plain.rescaled(tariff.minor_units, dues::rounding_mode::half_up) : std::nullopt;
      if (!units) one.wrong_type(one.get("total"), "an amount in " + tariff.currency_code);
      else if (!into[*receivable].emplace(*component, units->coefficient()).second) found.add(dues::make_diagnostic("T109", part.pointer(), {{"of", "components"}, {"id", *component}}));
    }
  }
  return !found.has_errors();
}

// What a call works on.
struct late {
  const dues::program& tariff;
  const dues::penalty_history& history;
  dues::civil_day day;
  std::string_view account;

  bool shows(std::size_t i) const { return account.empty() || history.receivables[i].account == account; }
  std::string money(const int128& amount) const { return dues::decimal::make(amount, tariff.minor_units)->to_text(); }
  const dues::penalty& policy(std::size_t i) const { return tariff.penalties[static_cast<std::size_t>(history.receivables[i].penalty)]; }
  void begin(dues::json_writer& out, std::string_view of_day) const { out.begin_object().member(of_day, dues::to_text(day)).member("currency", tariff.currency_code); }
  void end(dues::json_writer& out, std::string_view sum, const int128& amount, std::size_t failed) const {
    out.member(sum, money(amount)).key("failed").integer(static_cast<std::int64_t>(failed));
  }
};

void write_found(dues::json_writer& out, const dues::diagnostics& found) {
  if (!found.empty()) out.key("diagnostics").written(dues::to_json(found.all(), false));
}

std::string accruals(const late& of) {
  const dues::arrears_accrual made = dues::accrue_all(of.history.terms, of.history.receivables, of.day);
  std::string text, list;
  dues::json_writer out(text, false), items(list, false);
  int128 total = 0, open = 0;
  std::size_t failed = 0;
  items.begin_array();
  for (std::size_t i = 0; i < made.receivables.size(); ++i) {
    if (!of.shows(i)) continue;
    const dues::accrual& one = made.receivables[i];
    if (one.ok()) total += one.total(), open += one.open();
    else ++failed;
    items.written(dues::to_json(one, of.tariff, false));
  }
  items.end_array();
  of.begin(out, "as_of");
  out.member("total", of.money(total));
  of.end(out, "open", open, failed);
  out.key("receivables").written(list).key("episodes").begin_array();
  for (const dues::penalty_episode& one : made.episodes) {
    if (std::none_of(one.receivables.begin(), one.receivables.end(), [&](std::size_t i) { return of.shows(i); })) continue;
    out.begin_object().key("receivables").begin_array();
    for (const std::size_t i : one.receivables) out.text(made.receivables[i].receivable);
    out.end_array().member("from", dues::to_text(one.days.from));
    if (one.days.to != dues::open_end) out.member("to", dues::to_text(one.days.to));
    // Segments stand with the whole; what was paid and is open with each receivable.
    dues::accrual whole;
    whole.penalty = made.receivables[one.receivables.front()].penalty;
    whole.as_of = of.day;
    whole.components.push_back(one.accrued);
    out.key("accrued").written(dues::to_json(whole, of.tariff, false)).end_object();
  }
  out.end_array().end_object();
  return text;
}

// Principal and penalties that are open when it is paid on the day; the components that leave the day of payment out
// count through the day before.
std::string payoffs(const late& of) {
  const dues::penalty_terms& terms = of.history.terms;
  const dues::arrears_accrual through = dues::accrue_all(terms, of.history.receivables, of.day);
  const dues::arrears_accrual before = dues::accrue_all(terms, of.history.receivables, of.day - 1);
  std::string text, list;
  dues::json_writer out(text, false), items(list, false);
  int128 sum = 0;
  std::size_t failed = 0;
  items.begin_array();
  for (std::size_t i = 0; i < of.history.receivables.size(); ++i) {
    if (!of.shows(i)) continue;
    const dues::accrual& now = through.receivables[i];
    const dues::accrual& earlier = before.receivables[i];
    items.begin_object().member("receivable", of.history.receivables[i].id);
    if (now.ok() && earlier.ok()) {
      dues::receivable_history bare = of.history.receivables[i];
      bare.penalty = -1;
      int128 total = dues::payoff_on(terms, bare, of.day).principal;
      items.member("principal", of.money(total)).key("components").begin_array();
      for (std::size_t c = 0; c < now.components.size(); ++c) {
        const dues::penalty_component& component = of.policy(i).components[static_cast<std::size_t>(now.components[c].component)];
        const int128 counted = component.payment_day_counts ? now.components[c].total : earlier.components[c].total;
        const int128 open = std::max(int128(0), int128(counted - now.components[c].paid - now.components[c].waived));
        items.begin_object().member("component", component.id).member("open", of.money(open)).end_object();
        total += open;
      }
      items.end_array().member("total", of.money(total));
      sum += total;
    } else {
      ++failed;
    }
    write_found(items, now.ok() ? earlier.found : now.found);
    items.end_object();
  }
  items.end_array();
  of.begin(out, "on");
  of.end(out, "total", sum, failed);
  out.key("receivables").written(list).end_object();
  return text;
}

// Totals through the day less what was posted. What failed stays as it was posted; a receivable that is not in the
// history any more has no penalty.
std::string postings(const late& of, posted_totals posted) {
  const dues::arrears_accrual made = dues::accrue_all(of.history.terms, of.history.receivables, of.day);
  std::string text, list;
  dues::json_writer out(text, false), items(list, false);
  int128 sum = 0;
  std::size_t failed = 0;
  const auto write = [&](const std::string& component, const int128& total, const int128& before) {
    const int128 post = total - before;
    sum += post;
    items.begin_object().member("component", component).member("total", of.money(total)).member("posted", of.money(before)).member("post", of.money(post)).end_object();
  };
  items.begin_array();
  for (std::size_t i = 0; i < made.receivables.size(); ++i) {
    const dues::accrual& one = made.receivables[i];
    auto before = std::move(posted[of.history.receivables[i].id]);
    posted.erase(of.history.receivables[i].id);
    items.begin_object().member("receivable", of.history.receivables[i].id).key("components").begin_array();
    for (const dues::component_accrual& part : one.components) {
      const std::string& id = of.policy(i).components[static_cast<std::size_t>(part.component)].id;
      const auto at = before.find(id);
      write(id, part.total, at == before.end() ? int128(0) : at->second);
      if (at != before.end()) before.erase(at);
    }
    if (!one.ok()) ++failed;
    for (const auto& [component, total] : before) write(component, one.ok() ? int128(0) : total, total);
    items.end_array();
    write_found(items, one.found);
    items.end_object();
  }
  for (const auto& [receivable, components] : posted) {
    items.begin_object().member("receivable", receivable).key("components").begin_array();
    for (const auto& [component, total] : components) write(component, 0, total);
    items.end_array().end_object();
  }
  items.end_array();
  of.begin(out, "as_of");
  of.end(out, "post", sum, failed);
  out.key("receivables").written(list).end_object();
  return text;
}

}  // namespace

int32_t dues_penalties(const dues_tariff* tariff, const dues_penalty_run* run, dues_text* out, dues_text* diagnostics, dues_error* error) {
  for (dues_text* const text : {out, diagnostics})
    if (text != nullptr) *text = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const std::shared_ptr<const dues::program>& of = checked(tariff, "tariff").program;
    check_options(run, "run");
    if (run->form < DUES_ACCRUALS_JSON || run->form > DUES_POSTINGS_JSON) refuse(DUES_WRONG_OPTION, {{"name", "run.form"}, {"is", std::to_string(run->form)}});
    if (run->day == DUES_OPEN_END) refuse(DUES_OUT_OF_RANGE, {{"name", "run.day"}, {"is", "no day"}, {"range", "the years 1 to 9999"}});
    const dues::civil_day day = day_of(run->day, "run.day");
    const std::string_view account = id_of(run->account.data, run->account.size, "run.account");
    const std::string_view posted = view_of(run->posted.data, run->posted.size, "run.posted");
    if (!account.empty() && run->form == DUES_POSTINGS_JSON) refuse(DUES_WRONG_OPTION, {{"name", "run.account"}, {"is", "given, with postings"}});
    if (!posted.empty() && run->form != DUES_POSTINGS_JSON) refuse(DUES_WRONG_OPTION, {{"name", "run.posted"}, {"is", "given, without postings"}});

    const auto refuse_if_wrong = [&](const dues::diagnostics& found) {
      if (!found.has_errors()) return;
      put_diagnostics(diagnostics, found);
      refuse(DUES_BAD_HISTORY, found);
    };
    dues::penalty_history history = dues::read_penalty_history(of, view_of(run->history.data, run->history.size, "run.history"));
    refuse_if_wrong(history.found);
    read_references_of(run->references, run->reference_count, "run.references", history.terms, history.found);
    refuse_if_wrong(history.found);
    posted_totals before;
    if (!posted.empty()) read_posted(*of, posted, before, history.found);
    refuse_if_wrong(history.found);
    const late asked{*of, history, day, account};
    owned_text told;
    if (diagnostics != nullptr) put_diagnostics(&told, history.found);
    *out = text_of(run->form == DUES_ACCRUALS_JSON ? accruals(asked) : run->form == DUES_PAYOFFS_JSON ? payoffs(asked) : postings(asked, std::move(before)));
    told.give(diagnostics);
  });
}
