// SPDX-License-Identifier: Apache-2.0
//
// Everything that the command itself says, in both languages and in one place. A file of words may
// lay a further language over it: the text "command.bills" stands for the key "bills".
#pragma once

#include <dues/diagnostic/catalogue.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dues::command {

struct own_text {
  std::string_view key, en, zh;
};

// clang-format off
inline constexpr own_text own_texts[] = {
// A diagnostic: severity, then code, place and message.
{"error", "error", "错误"},
{"warning", "warning", "警告"},
{"colon", ": ", "："},
{"more_diagnostics", "and {n} more", "另有 {n} 处"},
{"no_mistakes", "no mistakes: {name}, edition {edition}; fees: {fees}", "没有错误：{name}，版次 {edition}；收费项目：{fees}"},
{"no_mistakes_facts", "; units: {units}, accounts: {accounts}", "；房屋：{units}，账户：{accounts}"},
{"counted", "errors: {errors}, warnings: {warnings}", "错误：{errors}，警告：{warnings}"},
{"warnings_of_tariff", "warnings about the tariff: {n}; dues check shows them", "收费标准有警告：{n}；用 dues check 查看"},
{"lines_without_amount", "lines without an amount: {n}", "无金额的行：{n}"},

// The table of a run.
{"edition", "Edition", "版次"},
{"days", "Days", "期间"},
{"days_by_issue", "{from} to {to} (not included), by issue date", "{from} 至 {to}（不含），按出账日"},
{"days_by_service", "{from} to {to} (not included), by service period", "{from} 至 {to}（不含），按服务期"},
{"currency", "Currency", "币种"},
{"bills", "Bills", "账单"},
{"lines", "Lines", "行数"},
{"total", "Total", "合计"},
{"of_which_tax", "Tax in it", "其中税额"},
{"fee", "Fee", "收费项目"},
{"amount", "Amount", "金额"},
{"account", "Account", "账户"},
{"issue", "Issued", "出账日"},
{"due", "Due", "到期日"},
{"without_amount", "Without amount", "无金额"},
{"unit", "Unit", "房屋"},
{"subject", "Subscription", "订购"},
{"from", "From", "起"},
{"to", "To", "止（不含）"},
{"cause", "Cause", "事由"},
{"charge", "charge", "收费"},
{"adjustment", "adjustment {n}", "第 {n} 次调整"},
{"quantity", "Quantity", "数量"},
{"price", "Price", "单价"},
{"net", "Net", "不含税额"},
{"rate", "Rate", "税率"},
{"tax", "Tax", "税额"},
{"problem", "Problem", "问题"},
{"more_rows", "… and {n} more (--rows 0 shows all)", "……另有 {n} 行（--rows 0 显示全部）"},

// An explanation.
{"key", "Key", "键"},
{"served", "Days", "期间"},
{"not_included", "{from} to {to} (not included)", "{from} 至 {to}（不含）"},
{"number", "No.", "序"},
{"step", "Step", "步骤"},
{"steps", "Steps", "步骤"},
{"place", "In the tariff", "收费标准"},
{"cites", "According to", "依据"},
// The ledger.
{"open", "Open", "未清"},
{"penalty", "Penalty", "滞纳金"},
{"credit", "Credit", "预存款"},
{"recorded", "events recorded: {n}; already there: {repeated}; entries posted: {entries}", "已记录事件：{n}；此前已有：{repeated}；过账分录：{entries}"},
{"trial", "a trial: without --output nothing is kept", "试算：未给 --output，不保存"},
{"nothing_kept", "nothing was recorded", "没有记录任何事项"},
{"date", "Date", "日期"},
{"does", "Entry", "分录"},
{"receivable", "Receivable", "应收款"},
{"part", "Part", "部分"},

// Paying ahead.
{"months", "Months", "月数"},
{"free_months", "Free months", "赠送月数"},
{"paid", "To pay", "应付"},
{"saved", "Saved", "节省"},
{"cheapest", "Cheapest", "最省"},
{"quote_of", "{months} months from {from}, quote {id}", "自 {from} 起 {months} 个月，报价 {id}"},
{"no_prepayment", "no prepayment '{is}' stands among the events", "事件中没有有效的预交“{is}”"},
{"refunded", "left on {on}; to be credited: {amount}", "离开日 {on}；应退为预存款：{amount}"},
{"no_months", "--months: '{is}' is no list of whole numbers such as 3,6,12", "--months：“{is}”不是整数列表，如 3,6,12"},

{"no_match", "no line of this run matches", "本次没有相符的行"},

// Progress.
{"reading", "reading {name}", "正在读取 {name}"},
{"billing", "billing", "正在出账"},
{"writing", "writing", "正在写出"},
{"rows_read", "{n} rows", "{n} 行"},
{"lines_made", "{n} lines", "{n} 行"},
{"megabytes", "{n} MB", "{n} MB"},

// Failures.
{"cannot_read", "cannot read {name}: {why}", "无法读取 {name}：{why}"},
{"cannot_write", "cannot write {name}: {why}", "无法写入 {name}：{why}"},
{"standard_input", "standard input", "标准输入"},
{"standard_output", "standard output", "标准输出"},
{"tariff_twice", "two tariffs have the id '{id}'", "两份收费标准的 id 都是“{id}”"},
{"stdin_twice", "standard input can be read once only; - stands for more than one file", "标准输入只能读取一次；“-”代表了多个文件"},
{"no_memory", "not enough memory", "内存不足"},
{"failed", "the run failed: {why}", "运行失败：{why}"},
{"wrong_use", "{what}\nRun with --help for more.", "用法不对：{what}\n用 --help 查看说明。"},
{"no_day", "{option}: {is} is no day; write an existing day as YYYY-MM-DD", "{option}：{is} 不是日期；按 YYYY-MM-DD 写一个存在的日期"},
{"none_of", "{option}: '{is}' is none of {words}", "{option}：“{is}”不在 {words} 之中"},
{"did_you_mean", "; did you mean '{nearest}'?", "；是否想写“{nearest}”？"},
{"unknown_option", "'{is}' is not understood here", "此处不认识“{is}”"},
{"missing", "{option} is missing", "缺少 {option}"},
{"needs_value", "{option} needs a value", "{option} 需要一个值"},
{"no_count", "{option}: '{is}' is no whole number from 0 to {most}", "{option}：“{is}”不是 0 至 {most} 的整数"},
{"no_table_file", "--table: '{is}' names no table and file; write --table tenures=tenures.csv", "--table：“{is}”没有写明表和文件；写成 --table tenures=tenures.csv"},
{"no_verb", "one of check, bill, explain is missing", "缺少 check、bill 或 explain"},
{"no_key", "--key, --account, --unit or --fee is missing", "缺少 --key、--account、--unit 或 --fee"},
{"words_of", "{name}: {what}", "{name}：{what}"},
{"words_wanted", "wanted {\"tag\": \"fr\", \"texts\": {\"T101\": \"...\"}}", "应为 {\"tag\": \"fr\", \"texts\": {\"T101\": \"...\"}}"},

// What is said by the system, where it is common.
{"no_such_file", "no such file or folder", "没有这个文件或文件夹"},
{"is_directory", "it is a directory", "它是目录"},
{"not_permitted", "permission denied", "没有权限"},
{"no_space", "no space left", "空间不足"},
{"closed", "nobody reads it any more", "对方已关闭"},

// Help.
{"help", "Bills property fees exactly and explains every line.", "精确计算物业费用，并能解释每一行。"},
{"help_option", "show this and end", "显示本说明并结束"},
{"help_version", "show the version and end", "显示版本并结束"},
{"help_lang", "language of what people read: en or zh (default en; also DUES_LANG)", "语言：en 或 zh（默认 en；也可用环境变量 DUES_LANG）"},
{"help_words", "a further language, as JSON {\"tag\": \"fr\", \"texts\": {...}}", "另一种语言，JSON：{\"tag\": \"fr\", \"texts\": {...}}"},
{"help_check", "Tells all mistakes of a tariff and its facts.", "列出收费标准及事实中的全部错误。"},
{"help_bill", "Bills, and prints a table, JSON, CSV or a sheet.", "出账，输出表格、JSON、CSV 或电子表格用的 CSV。"},
{"help_explain", "Explains lines: every step from facts and tariff to the amount.", "解释各行：从事实和收费标准到金额的每一步。"},
{"help_tariff", "the tariff, a JSON file; - is standard input", "收费标准，JSON 文件；“-”为标准输入"},
{"help_facts", "the facts: a JSON file, or the table of units as a .csv file; - is standard input", "事实：JSON 文件，或房屋表的 .csv 文件；“-”为标准输入"},
{"help_facts_format", "what FACTS is, whatever its name: csv or json (default: by its name)", "FACTS 的格式，不论文件名：csv 或 json（默认按文件名）"},
{"help_table", "another table of facts as CSV, such as tenures=tenures.csv. Once for each table", "事实的另一张表，CSV，如 tenures=tenures.csv。每张表写一次"},
{"help_tariffs", "a further tariff; each unit names its own in the cell tariff. Once for each file", "另一份收费标准；每套房屋在 tariff 一栏写明自己的标准。每个文件写一次"},
{"help_strict", "warnings count as mistakes too", "警告也算错误"},
{"help_format_check", "text (default), or json: the diagnostics as a list", "text（默认），或 json：诊断列表"},
{"help_from", "first day", "首日"},
{"help_to", "last day, not included", "末日（不含）"},
{"help_select", "issue (default): lines issued on these days; service: lines whose period begins on them", "issue（默认）：在此期间出账的行；service：服务期始于此期间的行"},
{"help_account", "only this account", "只算这个账户"},
{"help_unit", "only this unit", "只算这套房屋"},
{"help_fee", "only lines of this fee", "只要这个收费项目的行"},
{"help_before", "JSON or CSV of an earlier run; then only what changed comes out. Once for each file", "先前一次的 JSON 或 CSV 结果；此时只输出变化。每个文件写一次"},
{"help_threads", "how many threads (default 0: as many as the machine has)", "线程数（默认 0：与机器相同）"},
{"help_most_lines", "refuse a run that could make more lines (default 20000000)", "可能产生更多行的计算将被拒绝（默认 20000000）"},
{"help_format_bill", "table (default); json or csv for programs; sheet: CSV for spreadsheets", "table（默认）；json 或 csv 供程序使用；sheet 为供电子表格使用的 CSV"},
{"help_format_explain", "table (default) or json", "table（默认）或 json"},
{"help_output", "write to this file instead of standard output", "写入此文件，而非标准输出"},
{"help_lines", "the table lists lines rather than bills", "表格列出各行，而非账单"},
{"help_rows", "rows of each list of the table (default 20; 0 shows all)", "表格每个清单的行数（默认 20；0 显示全部）"},
{"help_rows_explain", "lines to explain at most (default 20; 0: all)", "最多解释的行数（默认 20；0：全部）"},
{"help_key", "the line with this key", "具有此键的行"},
{"help_usage", "Usage", "用法"},
{"help_options", "Options", "选项"},
{"help_options_word", "OPTIONS", "选项"},
{"help_commands", "Commands", "命令"},
{"help_command_word", "COMMAND", "命令"},
{"help_files", "Files", "文件"},
{"help_required", "required", "必填"},
{"help_pay", "record events - payments, reversals, bills - and show what they post", "记录收款、冲正、账单等事件，并显示过账结果"},
{"help_ledger", "what accounts owe and have on a day", "某日各账户的欠款与预存"},
{"help_correct", "bill again by today's facts and tariff, and record what the ledger has billed otherwise", "按现在的事实与标准重新计费，与台账已记的差额作为调整记录"},
{"help_recorded", "the day on which the corrections are recorded", "记录更正的日期"},
{"help_was", "the edition of the tariff before: what the new one changes of the past is told", "标准的前一版：列出新版对过去的改动"},
{"one_tariff", "a ledger is kept by one tariff", "一本台账只按一个标准"},
{"help_penalties", "what lateness has cost to a day, of receivables with their history", "截至某日，各应收款因逾期产生的费用"},
{"help_history", "receivables with what happened to them, as JSON", "应收款及其经过（JSON）"},
{"help_why_penalties", "each stretch of days with its base and rate", "列出各段日期及其基数与利率"},
{"help_events", "events as JSON", "事件（JSON）"},
{"help_ledger_before", "the ledger that goes on; without it a new one begins", "要继续的台账；不给则新建"},
{"help_bills", "what a run of dues bill made, recorded as charges; once for each file", "dues bill 的结果，作为收费记录；每个文件写一次"},
{"help_ledger_output", "the file that the ledger is kept in; without it this is a trial", "保存台账的文件；不给则为试算"},
{"help_ledger_file", "the ledger as JSON", "台账（JSON）"},
{"help_format_ledger", "table (default), json, or csv: the entries by those days", "table（默认）、json，或 csv：截至这些日期的分录"},
{"help_as_of", "the day that is asked about", "所问的日期"},
{"help_known_at", "as it was known on this day", "按该日所知"},
{"help_why", "why money went where it did", "说明款项去向的理由"},
{"help_references", "published rates as JSON, for penalties; once for each file", "公布利率（JSON），用于滞纳金；每个文件写一次"},
{"help_quote", "what months paid ahead cost and save; bills by a quote, settles one that ended early", "预交若干月的应付与节省；按报价出账；结算提前终止的预交"},
{"help_quote_account", "who pays", "付款账户"},
{"help_quote_unit", "for which unit", "房屋"},
{"help_quote_fee", "what is paid ahead", "预交的收费项目"},
{"help_subscription", "of a fee that is taken by subscription, when there are several", "订购（同一项目有多项时）"},
{"help_months", "months to pay, such as 3,6,12", "预交月数，如 3,6,12"},
{"help_quote_from", "first days, such as 2026-01-01,2026-02-01 (default: the first period that is neither begun nor paid ahead)", "首日，如 2026-01-01,2026-02-01（默认：首个未开始且未预交的服务期）"},
{"help_on", "day of the quote, of billing by it, or of the settlement", "报价日、按报价出账日或结算日"},
{"help_expires", "last day on which it may be billed (default: --on)", "报价有效的最后一天（默认同 --on）"},
{"help_prepaid", "a ledger or events with what is paid ahead already; once for each file", "含已预交内容的台账或事件；每个文件写一次"},
{"help_prepaid_bill", "a ledger or events: what is paid ahead in it is not billed again; once for each file", "台账或事件：其中已预交的不再出账；每个文件写一次"},
{"help_quote_file", "bill by this quote: writes the event to record", "按此报价出账：写出要记录的事件"},
{"help_leave", "settle this prepayment, whose payer left: writes the events to record", "结算付款人已离开的这笔预交：写出要记录的事件"},
{"help_event_id", "id of the event that is written", "所写事件的 id"},
{"help_by_manager", "the manager ends the contract: nothing is clawed back", "由物业方终止合同：不扣回优惠"},
{"help_refund_to", "account that gets the refund, when the months follow the unit", "退款归属的账户（预交随房屋转移时）"},
{"help_exit",
 "Exit codes:\n"
 "  0  fine\n"
 "  1  a mistake in the input documents; nothing was billed\n"
 "  2  wrong use of the command, an unknown account, unit, fee or key included\n"
 "  3  billed, but some lines have no amount, or rows of the facts have mistakes\n"
 "  4  a file cannot be read or written",
 "退出码：\n"
 "  0  正常\n"
 "  1  输入文件有错误，没有出账\n"
 "  2  用法不对，包括未知的账户、房屋、收费项目或键\n"
 "  3  已出账，但有的行没有金额，或事实中有的行有错误\n"
 "  4  无法读取或写入文件"},
};
// clang-format on

using text_values = std::vector<std::pair<std::string, std::string>>;

/// The text of `key` in this language. A key that is not in the list is our own mistake.
inline std::string_view say(const language& words, std::string_view key) {
  if (const auto laid = words.text("command." + std::string(key))) return *laid;
  for (const own_text& one : own_texts)
    if (one.key == key) return words.is_chinese() ? one.zh : one.en;
  constexpr bool key_is_in_the_list = false;
  DUES_ASSERT(key_is_in_the_list);
  return {};
}

/// The same with its `{name}`s filled in.
inline std::string say(const language& words, std::string_view key, const text_values& values) { return fill(say(words, key), values); }

}  // namespace dues::command
