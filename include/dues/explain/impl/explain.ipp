// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dues/explain/explain.hpp>
#include <dues/json/writer.hpp>
#include <dues/rating/group.hpp>
#include <dues/tax/tax.hpp>

#include <algorithm>

DUES_BEGIN

namespace detail {

/// Adds the steps of one line: its period, its gross, its tax, its amount.
class line_explainer {
 public:
  line_explainer(const billing& made, std::size_t place)
      : made_(made), known_(*made.known), tariff_(*known_.tariff), place_(place), line_(made.lines[place]), rule_(tariff_.fees[static_cast<std::size_t>(line_.fee)]) {}

  std::optional<explanation> run() {
    explanation told;
    told.key = line_key(known_, line_);
    if (line_.adjustment != 0) {
      if (!adjusted()) return std::nullopt;
    } else {
      const std::int32_t gross = gross_step();
      if (gross < 0 && steps_.steps.empty()) return std::nullopt;
      finish(gross);
    }
    told.steps = std::move(steps_.steps);
    told.gross = text(line_.gross);
    told.tax = text(line_.tax);
    told.amount = text(line_.amount);
    return told;
  }

 private:
  std::string text(std::int64_t units) const { return amount_text(units, tariff_.minor_units); }
  std::string places() const { return std::to_string(tariff_.minor_units); }

  // Period and condition first, then what the rule does.
  std::int32_t gross_step() {
    const schedule& when = tariff_.schedules[static_cast<std::size_t>(rule_.schedule)];
    const civil_day start = line_.subscription == id_table::none ? first_day : known_.subscriptions[line_.subscription].days.from;
    const fee_period what = make_fee_period(tariff_, rule_, period_named(known_, rule_, line_.unit, start, line_.period));
    steps_.add({when.pointer, "period",
                {{"covered", range_text({line_.from, line_.to}), {}}, {"period", range_text(what.period.days), when.pointer}, {"issue", to_text(line_.issue), when.pointer}, {"due", to_text(line_.due), when.pointer + "/due"}},
                range_text({line_.from, line_.to}), {}});
    if (rule_.where) steps_.add({rule_.where->pointer(), "applies", {{"condition", rule_.where->source(), rule_.where->pointer()}}, "true", {}});
    group_rater<trace> rater(known_, steps_);
    rater.only(line_.account);
    group_lines lines;
    const charge_group group{&what, line_.unit, line_.subscription};
    rater.rate(group, lines);
    charged_ = rater.charged_days(group, line_.account);
    for (const payer_line& one : lines.lines)
      if (one.account == line_.account && !lines.fault) return one.step;
    steps_.steps.clear();
    return -1;
  }

  step_input made_by(std::string_view name, std::int64_t units, std::int32_t step) const { return {std::string(name), text(units), trace::mark(step)}; }

  std::int32_t add(std::string at, std::string does, std::vector<step_input> inputs, std::string value, std::vector<std::string> cites = {}) {
    return steps_.add({std::move(at), std::move(does), std::move(inputs), std::move(value), std::move(cites)});
  }

  std::int32_t tax_of_base(const tax_rule& by, const exact128& rate, std::int64_t base, std::int32_t base_step, std::int64_t tax) {
    return add(by.pointer, by.included ? "tax_included" : "tax_on_top",
               {made_by("amount", base, base_step), {"rate", rate.to_text(), by.pointer + "/rate"}, {"places", std::to_string(by.places), {}},
                {"mode", std::string(words::rounding_mode[static_cast<std::size_t>(by.mode)]), {}}, {"minor", places(), {}}},
               text(tax), by.cites);
  }

  std::int32_t share(std::string at, std::int64_t total, std::int32_t total_step, const std::string& weights, std::size_t part, std::int64_t value) {
    return add(std::move(at), "share_out",
               {made_by("amount", total, total_step), {"weights", weights, {}}, {"part", std::to_string(part + 1), {}}, {"division", "largest_remainder", {}}, {"rotation", "0", {}}, {"places", places(), {}}},
               text(value));
  }

  std::int32_t tax_step(std::int32_t gross) {
    const tax_rule& by = tariff_.taxes[static_cast<std::size_t>(rule_.tax)];
    const std::int64_t base = taxed_gross(tariff_, line_, granted_to(made_, place_));
    if (by.moment == tax_moment::service_days) return tax_by_service_days(by, base, gross);
    const exact128& rate = *made_.rates[static_cast<std::size_t>(line_.rate)].rate;
    if (by.scope == tax_scope::per_bill) return tax_by_bill(by, rate);
    return tax_of_base(by, rate, base, gross, line_.tax);
  }

  std::int32_t tax_by_service_days(const tax_rule& by, std::int64_t base, std::int32_t gross) {
    const std::vector<rate_span> spans = rates_over(tariff_, by, charged_);
    if (spans.size() == 1) return spans[0].rate ? tax_of_base(by, *spans[0].rate, base, gross, line_.tax) : -1;
    std::vector<int128> weights;
    std::string days;
    for (const rate_span& span : spans) {
      weights.emplace_back(span.days);
      days += (days.empty() ? "" : " ") + std::to_string(span.days);
    }
    std::vector<int128> parts(weights.size());
    split(int128(base), std::span<const int128>(weights), division::largest_remainder, 0, parts);
    std::int32_t sum = -1;
    std::int64_t total = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (!spans[i].rate) continue;
      const auto part = static_cast<std::int64_t>(parts[i]);
      const std::int64_t tax = *tax_of(by, *spans[i].rate, part, tariff_.minor_units);
      const std::int32_t of_part = tax_of_base(by, *spans[i].rate, part, share(by.pointer, base, gross, days, i, part), tax);
      sum = sum < 0 ? of_part : add(by.pointer, "add", {made_by("left", total, sum), made_by("right", tax, of_part)}, text(total + tax));
      total += tax;
    }
    return sum;
  }

  // One tax for the lines of the bill at this rate, spread by their amounts.
  std::int32_t tax_by_bill(const tax_rule& by, const exact128& rate) {
    struct member {
      line is;
      bool mine;
      std::int64_t taxed;
    };
    std::vector<member> members;
    const auto [first, end] = lines_of(made_, line_.account);
    for (std::size_t i = first; i < end; ++i) {
      const line one = made_.lines[i];
      if (one.issue == line_.issue && one.due == line_.due && one.rate == line_.rate) members.push_back({one, i == place_, taxed_gross(tariff_, one, granted_to(made_, i))});
    }
    std::stable_sort(members.begin(), members.end(), [](const member& a, const member& b) { return std::tuple(a.is.fee, a.is.from, a.is.unit) < std::tuple(b.is.fee, b.is.from, b.is.unit); });
    std::vector<step_input> inputs;
    std::string weights;
    std::int64_t base = 0, tax = 0;
    std::size_t mine = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const line& one = members[i].is;
      if (members[i].mine) mine = i;
      const std::int64_t taxed = members[i].taxed;
      inputs.push_back({"line" + std::to_string(i + 1), text(taxed), line_key(known_, one)});
      weights += (i == 0 ? "" : " ") + text(taxed < 0 ? -taxed : taxed);
      base += taxed;
      tax += one.tax;
    }
    const std::int32_t all = add(by.pointer, "add_lines", std::move(inputs), text(base), by.cites);
    return share(by.pointer, tax, tax_of_base(by, rate, base, all, tax), weights, mine, line_.tax);
  }

  // What each discount of the fee does to the line, or why it does nothing.
  // @returns the step that left what is charged; `taxed` becomes the one that left what is taxed
  std::int32_t discount_steps(std::int32_t gross, std::int32_t& taxed) {
    taxed = gross;
    if (!made_.asked.discounted || !has_computed_discounts(tariff_, rule_)) return gross;
    std::vector<line> lines;
    std::size_t mine = 0;
    const auto [first, end] = lines_of(made_, line_.account);
    for (std::size_t i = first; i < end; ++i) {
      const line one = made_.lines[i];
      if (one.issue != line_.issue || one.due != line_.due) continue;
      if (i == place_) mine = lines.size();
      lines.push_back(one);
    }
    std::int64_t left = line_.gross, base = line_.gross;
    std::int32_t left_step = gross;
    for (const discount_note& note : note_discounts(known_, std::move(lines), made_.rates, mine)) {
      const discount& by = tariff_.discounts[static_cast<std::size_t>(note.discount)];
      const std::int32_t made = discount_step(by, note, by.works_on == discount_base::gross || by.give.kind == gift_kind::free_months || by.give.kind == gift_kind::price ? gross : left_step);
      if (note.what != discount_note::outcome::granted) continue;
      const bool one_for_both = taxed == left_step && base == left;
      const std::int32_t less = add(by.pointer, "less_discount", {made_by("left", left, left_step), made_by("right", note.amount, made)}, text(left - note.amount));
      if (by.lowers_tax.value_or(by.partner.empty())) {
        taxed = one_for_both ? less : add(by.pointer, "less_discount", {made_by("left", base, taxed), made_by("right", note.amount, made)}, text(base - note.amount));
        base -= note.amount;
      }
      left -= note.amount;
      left_step = less;
    }
    return left_step;
  }

  std::int32_t no_more(std::string at, std::int64_t before, std::int64_t limit, std::int32_t step) {
    return add(std::move(at), "at_most", {made_by("before", before, step), {"limit", text(limit), {}}}, text(limit));
  }

  std::int32_t discount_step(const discount& by, const discount_note& note, std::int32_t base) {
    using outcome = discount_note::outcome;
    static constexpr std::array<std::string_view, 9> words_of{"", "out_of_window", "not_for_unit", "not_met", "outdone", "nothing_left", "cut_away", "not_vacant", "not_approved"};
    if (note.what != outcome::granted) return add(by.pointer, std::string(words_of[static_cast<std::size_t>(note.what)]), {{"discount", by.id, by.pointer}}, "0", by.cites);
    const std::string mode(words::rounding_mode[static_cast<std::size_t>(by.rounding.mode)]);
    const std::string at_places = std::to_string(by.rounding.places);
    std::int32_t made = -1;
    if (by.give.kind == gift_kind::percent || by.give.kind == gift_kind::price) {
      made = add(by.pointer + "/give/" + std::string(words::gift_kind[static_cast<std::size_t>(by.give.kind)]), "percent_off",
                 {made_by("amount", note.base, base), {"rate", note.rate, by.give.is->pointer()}, {"share", note.share, {}}, {"places", at_places, {}}, {"mode", mode, {}}}, text(note.rounded), by.cites);
    } else if (by.give.kind == gift_kind::free_months) {
      made = add(by.pointer + "/give/free_months", "percent_off",
                 {made_by("amount", note.base, base), {"rate", note.rate, by.pointer + "/give/free_months"}, {"share", note.share, {}}, {"places", at_places, {}}, {"mode", mode, {}}}, text(note.rounded), by.cites);
    } else {
      made = add(by.pointer + "/give/amount", "round", {{"exact", note.given, by.give.is->pointer()}, {"places", at_places, {}}, {"mode", mode, {}}}, text(note.rounded), by.cites);
      if (!note.weights.empty()) {
        std::string weights;
        for (const std::int64_t one : note.weights) weights += (weights.empty() ? "" : " ") + text(one);
        if (note.spread != note.rounded) made = no_more(by.pointer, note.rounded, note.spread, made);
        made = share(by.pointer + "/give/amount", note.spread, made, weights, note.part, note.came);
      }
    }
    return note.came == note.amount ? made : no_more(by.at_most ? by.pointer + "/at_most" : std::string("/discount_limits"), note.came, note.amount, made);
  }

  void finish(std::int32_t before_discounts) {
    std::int32_t base = -1;
    const std::int32_t gross = discount_steps(before_discounts, base);
    const std::int64_t charged = line_.gross - discounts_of(tariff_, line_);
    const std::int32_t taxed = line_.rate >= 0 ? tax_step(base) : -1;
    const tax_rule* by = rule_.tax < 0 ? nullptr : &tariff_.taxes[static_cast<std::size_t>(rule_.tax)];
    if (taxed >= 0 && by->included) add(by->pointer, "net", {made_by("amount", charged, gross), made_by("tax", line_.tax, taxed)}, text(line_.net()));
    std::vector<step_input> inputs{made_by("gross", charged, gross)};
    if (taxed >= 0 && !by->included) inputs.push_back(made_by("tax", line_.tax, taxed));
    add(rule_.pointer, "amount", std::move(inputs), text(line_.amount));
  }

  // What a fresh run bills the account, less what was billed before.
  bool adjusted() {
    bill_request asked;
    asked.days = made_.asked.days;
    asked.select = made_.asked.select;
    asked.account = known_.accounts.at(line_.account);
    const billing fresh = make_lines(made_.known, asked);
    const auto place = find_line(fresh, line_key_base(known_, line_) + "/charge");
    std::int64_t owed = 0;
    std::int32_t last = -1;
    if (place) {
      if (fresh.lines[*place].fault >= 0) return false;
      steps_.steps = line_explainer(fresh, *place).run()->steps;
      last = static_cast<std::int32_t>(steps_.steps.size()) - 1;
      owed = fresh.lines[*place].amount;
    }
    add(rule_.pointer, "adjust", {made_by("owed", owed, last), {"billed", text(owed - line_.amount), "before"}}, text(line_.amount));
    return true;
  }

  const billing& made_;
  const facts& known_;
  const program& tariff_;
  const std::size_t place_;
  const line line_;
  const fee& rule_;
  trace steps_;
  std::vector<day_range> charged_;
};

}  // namespace detail

std::optional<explanation> explain_line(const billing& made, std::size_t place) {
  if (place >= made.lines.size() || made.lines[place].fault >= 0) return std::nullopt;
  const line one = made.lines[place];
  const program& tariff = *made.known->tariff;
  const fee& rule = tariff.fees[static_cast<std::size_t>(one.fee)];
  const bool by_bill = has_computed_discounts(tariff, rule) || (one.rate >= 0 && tariff.taxes[static_cast<std::size_t>(rule.tax)].scope == tax_scope::per_bill);
  if (one.adjustment != 0 || !by_bill || (made.asked.unit.empty() && !made.adjusted)) return detail::line_explainer(made, place).run();
  // The other lines of the bill are needed, and this result has not all of them.
  bill_request asked = made.asked;
  asked.unit.clear();
  asked.account = made.known->accounts.at(one.account);
  const billing whole = make_lines(made.known, asked);
  const auto there = find_line(whole, line_key(*made.known, one));
  return there ? detail::line_explainer(whole, *there).run() : std::nullopt;
}

std::string to_json(const explanation& told, const program& tariff, bool indented) {
  std::string text;
  json_writer out(text, indented);
  out.begin_object();
  out.member("key", told.key).member("edition", tariff.edition).member("tariff_hash", tariff.content_hash);
  out.member("gross", told.gross).member("tax", told.tax).member("amount", told.amount);
  out.key("steps").begin_array();
  for (const step& one : told.steps) {
    out.begin_object();
    out.member("at", one.at).key("cites").begin_array();
    for (const std::string& cited : one.cites) out.text(cited);
    out.end_array();
    out.member("does", one.does).key("inputs").begin_array();
    for (const step_input& in : one.inputs) {
      out.begin_object();
      out.member("name", in.name).member("value", in.value);
      if (!in.from.empty()) out.member("from", in.from);
      out.end_object();
    }
    out.end_array();
    out.member("value", one.value).key("sentence").begin_object();
    out.member("zh", sentence(tariff, one, language::chinese())).member("en", sentence(tariff, one, language::english()));
    out.end_object();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  if (indented) text += '\n';
  return text;
}

DUES_END
