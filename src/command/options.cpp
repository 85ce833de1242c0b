// SPDX-License-Identifier: Apache-2.0

#include "options.hpp"

#include "files.hpp"
#include "table.hpp"
#include "tell.hpp"
#include "texts.hpp"
#include "words.hpp"

#include <dues/diagnostic/nearest.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace dues::command {

namespace {

// What CLI11 collects: texts only. They are read here, so that every complaint speaks both languages.
struct collected {
  request asked;
  std::string tariff, facts, facts_format;
  std::vector<std::string> tariffs, tables;
  std::string from, to, select = "issue", threads = "0", most_lines, rows = "20", format, lang, words;
  std::string event_file, as_of, known_at, recorded;
  std::string months, on, expires;
};

[[noreturn]] void complain(const language& words, const std::string& what) { throw failure(wrong_use, say(words, "wrong_use", {{"what", printable(what)}})); }

civil_day read_day(std::string_view option, const std::string& is, const language& words) {
  const auto day = parse_day(is);
  if (!day) complain(words, say(words, "no_day", {{"option", std::string(option)}, {"is", is}}));
  return *day;
}

std::size_t read_count(std::string_view option, const std::string& is, std::size_t most, const language& words) {
  std::size_t count = 0;
  const char* const last = is.data() + is.size();
  const auto [end, error] = std::from_chars(is.data(), last, count);
  if (error != std::errc() || end != last || count > most)
    complain(words, say(words, "no_count", {{"option", std::string(option)}, {"is", is}, {"most", std::to_string(most)}}));
  return count;
}

// The place of a word among those that an option takes.
std::size_t read_word(std::string_view option, const std::string& is, std::span<const std::string_view> known, const language& words) {
  const auto at = std::find(known.begin(), known.end(), is);
  if (at != known.end()) return static_cast<std::size_t>(at - known.begin());
  complain(words, say_none_of(option, is, known, words));
}

// "3,6,12"
std::vector<std::string> pieces(const std::string& list) {
  std::vector<std::string> made(1);
  for (const char c : list) {
    if (c == ',') made.emplace_back();
    else made.back() += c;
  }
  return made;
}

bool is_named_csv(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name.ends_with(".csv");
}

// Tables of facts that a file of CSV may hold.
constexpr std::array<std::string_view, 10> csv_tables{"units", "accounts", "tenures", "subscriptions", "occupancy", "meters", "readings", "usage_before", "calendars", "calendar_days"};

constexpr std::array<std::string_view, 8> verbs{"check", "bill", "explain", "pay", "ledger", "correct", "penalties", "quote"};

// The parser of the arguments: options of all verbs, bound to one place.
class parser {
 public:
  explicit parser(const language& words) : words_(words), app_(title("help"), "dues") {
    app_.set_help_flag("-h,--help", title("help_option"));
    app_.set_version_flag("--version", "dues " + std::to_string(DUES_VERSION_MAJOR) + "." + std::to_string(DUES_VERSION_MINOR) + "." + std::to_string(DUES_VERSION_PATCH),
                          title("help_version"));
    app_.option_defaults()->group(title("help_options"));
    app_.get_help_ptr()->group(title("help_options"));
    app_.get_version_ptr()->group(title("help_options"));
    auto form = std::make_shared<CLI::Formatter>();
    form->column_width(32);
    form->label("Usage", title("help_usage"));
    form->label("OPTIONS", title("help_options_word"));
    form->label("Positionals", title("help_files"));
    form->label("SUBCOMMAND", title("help_command_word"));
    form->label("REQUIRED", title("help_required"));
    app_.formatter(form);
    app_.footer(title("help_exit"));
    app_.require_subcommand(1);
    add_language(app_);
    check_ = add_verb("check", "help_check");
    bill_ = add_verb("bill", "help_bill");
    explain_ = add_verb("explain", "help_explain");
    add_ledger_verbs();
    add_quote_verb();
    check_->add_flag("--strict", asked().strict, title("help_strict"));
    add(*check_, "--format", into_.format, "text|json", "help_format_check");
    add_run(*bill_);
    add(*bill_, "--account", asked().run.account, "ID", "help_account");
    add(*bill_, "--format", into_.format, "table|json|csv|sheet", "help_format_bill");
    add(*bill_, "--output", asked().output, "FILE", "help_output");
    add_each(*bill_, "--prepaid", asked().prepaid, "FILE", "help_prepaid_bill");
    bill_->add_flag("--lines", asked().lines, title("help_lines"));
    add(*bill_, "--rows", into_.rows, "N", "help_rows");
    add_run(*explain_);
    add(*explain_, "--key", asked().key, "KEY", "help_key");
    add(*explain_, "--account", asked().run.account, "ID", "help_account");
    add(*explain_, "--fee", asked().fee, "ID", "help_fee");
    add(*explain_, "--format", into_.format, "table|json", "help_format_explain");
    add(*explain_, "--rows", into_.rows, "N", "help_rows_explain");
  }

  std::optional<invocation> read(std::vector<std::string> arguments) {
    look_at_verb(arguments);
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      write_file("", app_.help(), words_);
      return std::nullopt;
    } catch (const CLI::CallForVersion& version) {
      write_file("", std::string(version.what()) + "\n", words_);
      return std::nullopt;
    } catch (const CLI::ParseError& wrong) {
      complain(words_, wording(wrong));
    }
    return checked();
  }

 private:
  std::string title(std::string_view key) const { return std::string(say(words_, key)); }
  request& asked() { return into_.asked; }

  CLI::Option* add(CLI::App& to, const std::string& option, std::string& into, const std::string& kind, std::string_view help) {
    return to.add_option(option, into, title(help))->type_name(kind);
  }
  void add_language(CLI::App& to) {
    add(to, "--lang", into_.lang, "en|zh", "help_lang");
    add(to, "--words", into_.words, "FILE", "help_words");
  }
  // One value each time: a list would swallow the files that follow.
  void add_each(CLI::App& to, const std::string& option, std::vector<std::string>& into, const std::string& kind, std::string_view help) {
    to.add_option(option, into, title(help))->type_name(kind)->expected(1)->allow_extra_args(false)->take_all();
  }
  CLI::App* add_plain_verb(const std::string& name, std::string_view help) {
    CLI::App* made = app_.add_subcommand(name, title(help));
    made->group(title("help_commands"));
    made->get_help_ptr()->group(title("help_options"));
    add(*made, "TARIFF", into_.tariff, "FILE", "help_tariff")->required();
    return made;
  }
  void add_ledger_verbs() {
    pay_ = add_plain_verb("pay", "help_pay");
    add(*pay_, "EVENTS", into_.event_file, "FILE", "help_events");
    add(*pay_, "--ledger", asked().ledger, "FILE", "help_ledger_before");
    add_each(*pay_, "--bills", asked().bills, "FILE", "help_bills");
    add(*pay_, "--output", asked().output, "FILE", "help_ledger_output");
    ledger_ = add_plain_verb("ledger", "help_ledger");
    add(*ledger_, "LEDGER", asked().ledger, "FILE", "help_ledger_file")->required();
    add(*ledger_, "--account", asked().run.account, "ID", "help_account");
    add(*ledger_, "--as-of", into_.as_of, "DATE", "help_as_of")->required();
    add(*ledger_, "--known-at", into_.known_at, "DATE", "help_known_at");
    ledger_->add_flag("--explain", asked().explain, title("help_why"));
    penalties_ = add_plain_verb("penalties", "help_penalties");
    add(*penalties_, "HISTORY", into_.event_file, "FILE", "help_history")->required();
    add(*penalties_, "--as-of", into_.as_of, "DATE", "help_as_of")->required();
    penalties_->add_flag("--explain", asked().explain, title("help_why_penalties"));
    correct_ = add_verb("correct", "help_correct");
    add(*correct_, "--ledger", asked().ledger, "FILE", "help_ledger_file")->required();
    add(*correct_, "--recorded", into_.recorded, "DATE", "help_recorded")->required();
    add(*correct_, "--was", asked().was, "FILE", "help_was");
    add(*correct_, "--account", asked().run.account, "ID", "help_account");
    add(*correct_, "--output", asked().output, "FILE", "help_ledger_output");
    add_days(*correct_);
    for (CLI::App* verb : {pay_, ledger_, correct_, penalties_}) {
      add(*verb, "--format", into_.format, verb == ledger_ ? "table|json|csv" : "table|json", verb == ledger_ ? "help_format_ledger" : "help_format_explain");
      add_each(*verb, "--references", asked().references, "FILE", "help_references");
      if (verb != correct_) add_language(*verb);
    }
  }
  void add_quote_verb() {
    quote_ = add_plain_verb("quote", "help_quote");
    add(*quote_, "FACTS", into_.facts, "FILE", "help_facts");
    add_each(*quote_, "--table", into_.tables, "TABLE=FILE", "help_table");
    add(*quote_, "--facts-format", into_.facts_format, "csv|json", "help_facts_format");
    add(*quote_, "--account", asked().ahead.account, "ID", "help_quote_account");
    add(*quote_, "--unit", asked().ahead.unit, "ID", "help_quote_unit");
    add(*quote_, "--fee", asked().ahead.fee, "ID", "help_quote_fee");
    add(*quote_, "--subscription", asked().ahead.subscription, "ID", "help_subscription");
    add(*quote_, "--months", into_.months, "N,N", "help_months");
    add(*quote_, "--from", into_.from, "DATE,DATE", "help_quote_from");
    add(*quote_, "--on", into_.on, "DATE", "help_on");
    add(*quote_, "--expires", into_.expires, "DATE", "help_expires");
    add_each(*quote_, "--prepaid", asked().prepaid, "FILE", "help_prepaid");
    add_each(*quote_, "--before", asked().before, "FILE", "help_before");
    add(*quote_, "--quote", asked().quote_file, "FILE", "help_quote_file");
    add(*quote_, "--leave", asked().leave, "ID", "help_leave");
    add(*quote_, "--id", asked().id, "ID", "help_event_id");
    quote_->add_flag("--by-manager", asked().by_manager, title("help_by_manager"));
    add(*quote_, "--refund-to", asked().refund_to, "ID", "help_refund_to");
    add(*quote_, "--format", into_.format, "table|json", "help_format_explain");
    add(*quote_, "--output", asked().output, "FILE", "help_output");
    add_language(*quote_);
  }
  CLI::App* add_verb(const std::string& name, std::string_view help) {
    CLI::App* made = add_plain_verb(name, help);
    add(*made, "FACTS", into_.facts, "FILE", "help_facts");
    add_each(*made, "--table", into_.tables, "TABLE=FILE", "help_table");
    add(*made, "--facts-format", into_.facts_format, "csv|json", "help_facts_format");
    add_each(*made, "--tariff", into_.tariffs, "FILE", "help_tariffs");
    add_language(*made);
    return made;
  }
  void add_days(CLI::App& to) {
    add(to, "--from", into_.from, "DATE", "help_from")->required();
    add(to, "--to", into_.to, "DATE", "help_to")->required();
    add(to, "--select", into_.select, "issue|service", "help_select");
    add(to, "--unit", asked().run.unit, "ID", "help_unit");
  }
  void add_run(CLI::App& to) {
    add_days(to);
    add_each(to, "--before", asked().before, "FILE", "help_before");
    add(to, "--threads", into_.threads, "N", "help_threads");
    add(to, "--most-lines", into_.most_lines, "N", "help_most_lines");
  }

  std::string wording(const CLI::ParseError& wrong) const;
  static std::vector<std::string> known_options(const CLI::App& of);
  std::string not_understood(const std::string& argument, const std::vector<std::string>& known) const;
  void look_at_verb(const std::vector<std::string>& arguments) const;
  void read_facts_files();
  void read_once() const;
  invocation checked();
  invocation checked_quote();

  const language& words_;
  collected into_;
  CLI::App app_;
  CLI::App *check_ = nullptr, *bill_ = nullptr, *explain_ = nullptr, *pay_ = nullptr, *ledger_ = nullptr, *correct_ = nullptr, *penalties_ = nullptr, *quote_ = nullptr;
};

std::vector<std::string> parser::known_options(const CLI::App& of) {
  std::vector<std::string> known;
  for (const CLI::Option* one : of.get_options())
    for (const std::string& name : one->get_lnames()) known.push_back("--" + name);
  return known;
}

std::string parser::not_understood(const std::string& argument, const std::vector<std::string>& known) const {
  const std::string word = argument.substr(0, argument.find('='));
  const std::vector<std::string_view> names(known.begin(), known.end());
  const std::string_view nearest = nearest_name(word, names);
  const std::string text = say(words_, "unknown_option", {{"is", word}});
  return nearest.empty() ? text : text + say(words_, "did_you_mean", {{"nearest", std::string(nearest)}});
}

// CLI11 says in English what it wants; the common complaints are said in our words, the others as they are.
std::string parser::wording(const CLI::ParseError& wrong) const {
  const std::string what = wrong.what();
  const auto chosen = app_.get_subcommands();
  if (const std::size_t at = what.find(" is required"); at != std::string::npos && dynamic_cast<const CLI::RequiredError*>(&wrong) != nullptr) {
    // The files are complained about first.
    const bool without_facts = !chosen.empty() && (chosen.front() == bill_ || chosen.front() == explain_ || chosen.front() == correct_) && !into_.tariff.empty() && into_.facts.empty() && into_.tables.empty();
    const std::string name = without_facts ? "FACTS" : what.substr(0, at);
    return name.starts_with("A subcommand") ? title("no_verb") : say(words_, "missing", {{"option", name}});
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&wrong) != nullptr && !chosen.empty())
    if (const auto extras = chosen.front()->remaining(); !extras.empty()) return not_understood(extras.front(), known_options(*chosen.front()));
  if (const std::size_t at = what.find(": 1 required"); at != std::string::npos) return say(words_, "needs_value", {{"option", what.substr(0, at)}});
  return what;
}

// CLI11 does not say which verb it did not know.
void parser::look_at_verb(const std::vector<std::string>& arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang" || arguments[i] == "--words") ++i;
    else if (std::find(verbs.begin(), verbs.end(), arguments[i]) != verbs.end()) return;
    else if (arguments[i] != "-h" && arguments[i] != "--help" && arguments[i] != "--version" && !arguments[i].starts_with("--lang=") && !arguments[i].starts_with("--words="))
      complain(words_, not_understood(arguments[i], {"check", "bill", "explain", "pay", "ledger", "correct", "penalties", "quote", "--help", "--version", "--lang", "--words"}));
  }
}

// FACTS and every --table, units before what names them.
void parser::read_facts_files() {
  constexpr std::array<std::string_view, 2> formats{"csv", "json"};
  std::vector<facts_file>& files = asked().facts;
  if (!into_.facts.empty()) {
    const bool csv = into_.facts_format.empty() ? is_named_csv(into_.facts) : read_word("--facts-format", into_.facts_format, formats, words_) == 0;
    files.push_back({csv ? "units" : "", into_.facts});
  }
  for (const std::string& one : into_.tables) {
    const std::size_t at = one.find('=');
    if (at == std::string::npos || at + 1 == one.size()) complain(words_, say(words_, "no_table_file", {{"is", one}}));
    const std::size_t table = read_word("--table", one.substr(0, at), csv_tables, words_);
    files.push_back({std::string(csv_tables[table]), one.substr(at + 1)});
  }
  std::stable_partition(files.begin(), files.end(), [](const facts_file& one) { return one.table.empty() || one.table == "units"; });
}

// Standard input cannot be two files.
void parser::read_once() const {
  const request& made = into_.asked;
  auto count = std::count(made.tariffs.begin(), made.tariffs.end(), "-") + std::count(made.before.begin(), made.before.end(), "-") + std::count(made.prepaid.begin(), made.prepaid.end(), "-") + (made.quote_file == "-" ? 1 : 0);
  count += std::count(made.events.begin(), made.events.end(), "-") + std::count(made.bills.begin(), made.bills.end(), "-") + (made.ledger == "-" ? 1 : 0);
  count += std::count_if(made.facts.begin(), made.facts.end(), [](const facts_file& one) { return one.name == "-"; });
  if (count > 1) throw failure(wrong_use, title("stdin_twice"));
}

invocation parser::checked() {
  constexpr std::array<std::string_view, 4> shapes{"table", "json", "csv", "sheet"};
  constexpr std::array<std::string_view, 2> texts{"text", "json"}, selections{"issue", "service"};
  const CLI::App* const chosen = app_.get_subcommands().front();
  request& made = into_.asked;
  made.tariffs = {into_.tariff};
  made.tariffs.insert(made.tariffs.end(), into_.tariffs.begin(), into_.tariffs.end());
  if (!into_.event_file.empty()) made.events.push_back(into_.event_file);
  read_facts_files();
  if (!into_.format.empty()) {
    const auto known = chosen == check_ ? std::span<const std::string_view>(texts) : std::span(shapes).first(chosen == bill_ ? 4 : chosen == ledger_ ? 3 : 2);
    made.format = static_cast<shape>(read_word("--format", into_.format, known, words_));
  }
  made.rows = read_count("--rows", into_.rows, 1'000'000'000, words_);
  read_once();
  if (chosen == check_) return {check, made};
  if (chosen == pay_) {
    if (made.events.empty() && made.bills.empty()) complain(words_, say(words_, "missing", {{"option", "EVENTS"}}));
    return {pay, made};
  }
  if (chosen == penalties_) {
    made.as_of = read_day("--as-of", into_.as_of, words_);
    return {show_penalties, made};
  }
  if (chosen == ledger_) {
    made.as_of = read_day("--as-of", into_.as_of, words_);
    if (!into_.known_at.empty()) made.known_at = read_day("--known-at", into_.known_at, words_);
    return {show_ledger, made};
  }
  if (made.facts.empty()) complain(words_, say(words_, "missing", {{"option", "FACTS"}}));
  if (chosen == quote_) return checked_quote();
  made.run.days = {read_day("--from", into_.from, words_), read_day("--to", into_.to, words_)};
  made.run.select = read_word("--select", into_.select, selections, words_) == 0 ? selection::issue : selection::service;
  made.run.threads = static_cast<unsigned>(read_count("--threads", into_.threads, 1'024, words_));
  if (!into_.most_lines.empty())
    made.run.most_lines = static_cast<std::int64_t>(read_count("--most-lines", into_.most_lines, 4'000'000'000, words_));
  if (chosen == correct_) {
    made.as_of = read_day("--recorded", into_.recorded, words_);
    if (made.tariffs.size() > 1) complain(words_, title("one_tariff"));
    return {correct, made};
  }
  if (chosen == bill_) return {bill, made};
  if (made.key.empty() && made.fee.empty() && made.run.unit.empty() && made.run.account.empty()) complain(words_, title("no_key"));
  return {explain, made};
}

// A request, a quote to bill by, or a prepayment to settle.
invocation parser::checked_quote() {
  request& made = into_.asked;
  const auto need = [&](std::string_view option, const std::string& is) {
    if (is.empty()) complain(words_, say(words_, "missing", {{"option", std::string(option)}}));
  };
  if (made.leave.empty() || !into_.on.empty()) {
    need("--on", into_.on);
    made.ahead.on = read_day("--on", into_.on, words_);
  } else {
    made.ahead.on = ledger_event::no_day;
  }
  if (!made.leave.empty() || !made.quote_file.empty()) return {quote, made};
  need("--account", made.ahead.account);
  need("--unit", made.ahead.unit);
  if (made.ahead.subscription.empty()) need("--fee", made.ahead.fee);
  need("--months", into_.months);
  if (!into_.expires.empty()) made.ahead.expires = read_day("--expires", into_.expires, words_);
  for (const std::string& one : pieces(into_.months)) {
    int count = 0;
    const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), count);
    if (one.empty() || error != std::errc() || end != one.data() + one.size()) complain(words_, say(words_, "no_months", {{"is", into_.months}}));
    made.months.push_back(count);
  }
  if (!into_.from.empty())
    for (const std::string& one : pieces(into_.from)) made.dates.push_back(read_day("--from", one, words_));
  return {quote, made};
}

std::string value_of(const std::vector<std::string>& arguments, std::string_view option) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view one = arguments[i];
    if (one == option && i + 1 < arguments.size()) return arguments[i + 1];
    if (one.starts_with(option) && one.substr(option.size()).starts_with("=")) return std::string(one.substr(option.size() + 1));
  }
  return {};
}

}  // namespace

language language_of(const std::vector<std::string>& arguments, const std::string& from_environment) {
  const std::string file = value_of(arguments, "--words");
  const std::string on_line = value_of(arguments, "--lang");
  const std::string wanted = on_line.empty() ? from_environment : on_line;
  const language& plain = wanted == "zh" ? language::chinese() : language::english();
  if (!file.empty()) {
    language laid = read_words(file, plain);
    if (on_line.empty() || on_line == laid.tag()) return laid;
  }
  constexpr std::array<std::string_view, 2> known{"en", "zh"};
  if (!wanted.empty()) read_word(on_line.empty() ? "DUES_LANG" : "--lang", wanted, known, plain);
  return plain;
}

std::optional<invocation> read_arguments(const std::vector<std::string>& arguments, const language& words) { return parser(words).read(arguments); }

}  // namespace dues::command
