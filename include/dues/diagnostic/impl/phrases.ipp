// SPDX-License-Identifier: Apache-2.0
//
// What diagnostics hold in words - what was wanted, what does not go together - in Chinese. A diagnostic
// keeps the English words as values, as a host may compare them; a message in Chinese speaks these. `{}`
// stands for a part that stays, or is itself among the phrases.
#pragma once

#include <dues/config.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

DUES_BEGIN

namespace detail {

struct spoken_phrase {
  std::string_view en, zh;
};

inline constexpr spoken_phrase spoken_phrases[] = {
    // Kinds of values.
    {"38 digits, 18 of them after the point", "至多 38 位数字，其中小数至多 18 位"},
    {"at most 38 digits, 18 of them after the point", "至多 38 位数字，其中小数至多 18 位"},
    {"a choice", "选项"},
    {"a date", "日期"},
    {"a day as YYYY-MM-DD", "YYYY-MM-DD 形式的日期"},
    {"a day, YYYY-MM-DD", "YYYY-MM-DD 形式的日期"},
    {"a decimal number", "十进制数"},
    {"a decimal number written out, without an exponent", "完整写出的十进制数，不用指数"},
    {"a list", "列表"},
    {"a list of at least {}", "至少 {} 项的列表"},
    {"a list of ids", "编号的列表"},
    {"a list of {\"kind\", \"amount\"}", "由 {\"kind\", \"amount\"} 组成的列表"},
    {"a name", "名称"},
    {"a number", "数"},
    {"a number or an expression", "数或表达式"},
    {"a number or rate, and places from 0 to 18", "一个数或比率，以及 0 至 18 的小数位数"},
    {"a number, a name or '('", "数、名称或“(”"},
    {"a percentage above 0% and at most 100%, with at most 6 places", "大于 0%、至多 100%、小数至多 6 位的百分数"},
    {"a percentage with its sign, such as 50%", "带百分号的百分数，如 50%"},
    {"a percentage, \"3.10%\"", "百分数，如 \"3.10%\""},
    {"a rate", "比率"},
    {"a row", "一行"},
    {"a cell", "单元格"},
    {"a text", "文本"},
    {"a text of 1 to 16000 bytes", "1 至 16000 字节的文本"},
    {"a text of at most {} bytes", "至多 {} 字节的文本"},
    {"a text of {} bytes", "{} 字节的文本"},
    {"a value", "值"},
    {"a value, or no field at all", "写一个值，或不写该字段"},
    {"a whole number from {} to {}", "{} 至 {} 的整数"},
    {"a word in quotes", "加引号的词"},
    {"an amount", "金额"},
    {"an amount above 0", "大于 0 的金额"},
    {"an amount in {} with at most {} places", "以 {} 计、小数至多 {} 位的金额"},
    {"an attribute, such as unit.use", "属性，如 unit.use"},
    {"an expression", "表达式"},
    {"an id", "编号"},
    {"an object", "对象"},
    {"an operator or the end", "运算符或结尾"},
    {"cells by the words of {}", "按 {} 的各词列出的单元格"},
    {"texts by language, {\"zh\": ..., \"en\": ...}", "按语言给出的文字，{\"zh\": ..., \"en\": ...}"},
    {"true or false", "true 或 false"},
    {"true, or another form of due", "true，或另一种到期写法"},
    {"the end", "结尾"},
    {"nothing", "空"},
    {"nothing else", "不能有其他内容"},
    {"none", "没有"},
    // Bounds.
    {"0 or more", "不小于 0"},
    {"0 or more, with {} places at most and below 10^30 of its smallest units", "不小于 0，小数至多 {} 位，且小于 10^30 个最小单位"},
    {"an amount with {} places at most and below 10^30 of its smallest units", "小数至多 {} 位、小于 10^30 个最小单位的金额"},
    {"0 to 1, with at most 8 places", "0 至 1，小数至多 8 位"},
    {"0% or more", "不小于 0%"},
    {"0% to 100%", "0% 至 100%"},
    {"1 to {} attributes", "1 至 {} 个属性"},
    {"1 to {}", "1 至 {}"},
    {"above 0", "大于 0"},
    {"above 0, in whole minor units of the currency", "大于 0，且为货币最小单位的整数倍"},
    {"at least one fee", "至少一项收费"},
    {"at least one role", "至少一种角色"},
    {"at least one word", "至少一个词"},
    {"at least one of {}", "至少有其一：{}"},
    {"{} bytes of a key", "每个键 {} 字节"},
    {"{} bytes", "{} 字节"},
    {"{} values", "{} 个值"},
    {"{} steps", "{} 步"},
    {"more steps", "更多步"},
    // Arguments of functions.
    {"one name", "一个名称"},
    {"one number", "一个数"},
    {"one number or rate", "一个数或比率"},
    {"one of {}", "其中之一：{}"},
    {"two dates", "两个日期"},
    {"two or more numbers or rates of one type", "两个以上同类型的数或比率"},
    {"this place, which takes {},", "此处（应为{}）"},
    // Meters, readings, prices by steps.
    {"meter", "表"},
    {"meter in reads", "reads 中的表"},
    {"meter, in a row before its readings", "表（其行须在读数之前）"},
    {"meter {}", "表 {} "},
    {"register of {}", "{} 的计度器"},
    {"registers", "计度器"},
    {"fee by tiers with a window longer than its period", "按档计价且窗口长于账期的收费项目"},
    {"a number above 0", "大于 0 的数"},
    {"the first day of a window, such as {}", "窗口的首日，如 {}"},
    {"digits of the meter", "该表的位数（digits）"},
    {"a reading below the last, {}", "低于上次读数 {} 的读数"},
    {"a reading on {}, when it does not stand there", "{} 的读数不在该表的安装期内"},
    {"a meter has one row, and stands on one unit", "一块表只有一行，且只装在一处房屋"},
    {"two readings of one day that differ", "同一日有两个不同的读数"},
    {"a unit, a fee and a window stand once", "同一房屋、收费项目与窗口只写一次"},
    {"an amount with at most {} places", "小数至多 {} 位的金额"},
    {"at least one register", "至少一个计度器"},
    {"a meter of reads, and a register if it has several", "reads 中的一块表；有多个计度器时再写计度器"},
    {"a meter of {}", "{} 的表"},
    {"the last step has an end: nothing says what usage beyond it costs", "最后一档写了上限：超出部分没有价格"},
    {"a step without up_to is not the last", "没有 up_to 的档不是最后一档"},
    {"a schedule of kind readings goes with a fee of kind metered", "readings 类日程只用于 metered 类收费"},
    {"{} goes with price; write it into the amount", "{} 与 price 相配；请写入 amount"},
    {"prices by register go with tiers graduated", "分计度器的价格只用于 graduated 档"},
    {"flat does not go with tiers package; its blocks have a price", "package 档按块计价，不能写 flat"},
    {"block goes with tiers package", "block 只用于 package 档"},
    {"limits_scale by_months_served needs a window of several months", "limits_scale by_months_served 须与多月窗口同用"},
    {"the versions of a price count usage over one window", "同一价格的各版本须使用同一窗口"},
    {"tiers volume does not change into others", "volume 档不能与其他档互换"},
    {"tiers need one line for all payers, not rated_apart nor facts of the account", "分档计价须全体付款人一行，不能用 rated_apart 或账户属性"},
    {"tiers volume does not go with prices by register", "volume 档不能用分计度器的价格"},
    {"tiers volume corrects what was billed; a minimum or maximum does not go with it", "volume 档会更正已出账金额，不能设最低或最高额"},
    {"tiers volume needs usage that belongs to_closing_reading", "volume 档的用量须归属于抄表（to_closing_reading）"},
    {"tiers volume corrects what was billed; rounding of running_total does not go with it", "volume 档会更正已出账金额，不能用 running_total 取整"},
    // Rows of facts.
    {"a calendar has one row", "一个日历只有一行"},
    {"a day stands once", "一日只写一次"},
    {"a table stands once", "一张表只写一次"},
    {"each subscription has one row", "一项订用只有一行"},
    {"fee for_each subscription", "按订用计收（for_each subscription）的收费项目"},
    {"it ends before it begins", "结束早于开始"},
    {"some rows have a share and some have none", "有的行写了份额，有的没有"},
    {"the document", "文件"},
    {"the tables of facts", "事实的各表"},
    {"the name of a column", "列名"},
    {"the number of columns", "列数"},
    {"the number of rows", "行数"},
    {"the unit stands under two tariffs, and this row may be of either", "该房屋属于两份收费标准，此行可属任一份"},
    {"the version stands once", "版本只写一次"},
    {"two rows of one id and date", "同一编号、同一日期有两行"},
    {"two states on one day", "同一日有两种状态"},
    {"facts are one object of tables", "事实应为一个由各表组成的对象"},
    {"the end of the file inside a character", "文件在一个字符中间结束"},
    {"not a JSON document: {}", "不是 JSON 文件：{}"},
    {"the document has {} bytes; the limit is {}", "文件有 {} 字节；上限为 {}"},
    {"{} has more than {} cells", "{} 多于 {} 个单元格"},
    {"{} holds null; leave the cell out", "{} 为 null；请省去该单元格"},
    {"{} may not be an object", "{} 不能是对象"},
    {"{} is no table", "{} 不是表"},
    {"{} is no row", "{} 不是行"},
    {"a list stands where a value is wanted", "此处应为值，却是列表"},
    {"unit", "房屋"},
    {"tenure", "权属"},
    {"occupancy", "居住状态"},
    {"subscription", "订用"},
    {"calendar", "日历"},
    {"tariff", "收费标准"},
    {"fee", "收费项目"},
    {"owners' shares", "业主份额"},
    {"tenants' shares", "租户份额"},
    // What was billed before.
    {"a field of the line is missing or has no such value", "该行缺少字段，或字段的值不合"},
    {"no list of lines", "没有行的列表"},
    {"no tariff", "没有收费标准"},
    {"the lines of this key add to more than a line can hold", "该键各行之和超出一行可容纳的范围"},
    // Events.
    {"a day after from", "from 之后的日期"},
    {"a day not before the date of issue", "不早于出账日的日期"},
    {"a day not before {}", "不早于 {} 的日期"},
    {"a day of the years 1 to 9999", "1 至 9999 年间的日期"},
    {"one receivable", "一笔应收"},
    {"the id of an account", "账户编号"},
    {"the id of an event", "事件编号"},
    {"what kind of money it is", "款项的种类"},
    {"'dispute', 'deferral' or 'moratorium'", "“dispute”“deferral”或“moratorium”"},
    {"'due' and 'amount' of what is owed, or 'credit'", "所欠款项的“due”与“amount”，或“credit”"},
    {"'principal' or 'costs'", "“principal”或“costs”"},
    {"an account with events", "有事件的账户"},
    {"a field of an entry, as it was written", "与写出时相同的分录字段"},
    // What does not go together in a tariff.
    {"'{}' is a column of the facts already", "“{}”已是事实的列"},
    {"'{}' is a word of on already", "“{}”已是 on 的词"},
    {"a ceiling on the rate holds day by day, so per is not once", "利率上限逐日适用，per 不能是 once"},
    {"a ceiling on the rate is a percentage or a reference", "利率上限应为百分数或参考利率"},
    {"a chain of {} values that read each other", "{} 个相互读取的值"},
    {"a fee of kind one_off needs a schedule of kind once", "kind 为 one_off 的收费需要 kind 为 once 的周期"},
    {"a fee of kind {}", "kind 为 {} 的收费"},
    {"a free quantity of a fee that runs with time is prorated with it; prorated false does not go with free",
     "随时间计收的收费，其免费数量也随之折算；prorated 为 false 与 free 不能同用"},
    {"a price by tiers or by register", "分档或分时段的价格"},
    {"a reference is a rate per year, so per is year", "参考利率为年利率，per 应为 year"},
    {"a rounded month or day price needs price_per month", "月价或日价舍入需要 price_per 为 month"},
    {"a schedule of kind once goes with a fee of kind one_off", "kind 为 once 的周期用于 kind 为 one_off 的收费"},
    {"a schedule of kind {}", "kind 为 {} 的周期"},
    {"a season schedule implies price_per season", "季节周期应配 price_per 为 season"},
    {"a step before the last has no end", "末档之前的一档没有上限"},
    {"amount and quantity", "amount 与 quantity"},
    {"amount or quantity x price", "amount，或 quantity × price"},
    {"an index is no rate; a penalty needs a reference of type rate_per_year", "指数不是利率；违约金需要类型为 rate_per_year 的参考利率"},
    {"broken_year goes with compounds_every_months", "broken_year 需与 compounds_every_months 同用"},
    {"calendar in reads", "reads 中的日历"},
    {"cells of tables", "表的单元格"},
    {"compounds_every_months needs a rate per year", "compounds_every_months 需要年利率"},
    {"computed per_bill does not go with rate_on service_days", "computed 为 per_bill 与 rate_on 为 service_days 不能同用"},
    {"counted_from calendar needs months that divide 12, not {}", "counted_from 为 calendar 时 months 须整除 12，而不是 {}"},
    {"counted_from subscription_start needs for_each subscription", "counted_from 为 subscription_start 需要 for_each subscription"},
    {"day_counted without price_per day", "写了 day_counted，但 price_per 不是 day"},
    {"each goes with amount", "each 需与 amount 同用"},
    {"free takes from a quantity; an amount has none", "free 从数量中扣除；amount 没有数量"},
    {"free_months is for fees that are billed by months", "free_months 只用于按月计收的收费"},
    {"limits hold nothing_below twice", "limits 中有两个 nothing_below"},
    {"limits hold two minimums", "limits 中有两个最低额"},
    {"limits per period need one line for all payers, not rated_apart nor facts of the account", "按周期的限额要求各付款人合为一行，不能用 rated_apart，也不能读取账户的事实"},
    {"manager or {\"partner\": ...}", "manager 或 {\"partner\": ...}"},
    {"month goes with per month", "month 需与 per 为 month 同用"},
    {"no penalties are paused when penalties go_on", "penalties 为 go_on 时没有暂停的违约金"},
    {"price_ceiling and factor go with price; write them into the amount", "price_ceiling 与 factor 需与 price 同用；请写进 amount"},
    {"price_per season needs a season schedule", "price_per 为 season 需要季节周期"},
    {"principal, costs or a component", "principal、costs 或某一项"},
    {"pro_rata leaves no tie, so it stands last", "pro_rata 之后不再有并列，应放在最后"},
    {"rate_on payment", "rate_on 为 payment"},
    {"rounding of each_month needs a price that runs by months, days or years", "each_month 舍入需要按月、日或年的价格"},
    {"rounding of running_total does not go with limits", "running_total 舍入与 limits 不能同用"},
    {"rounding of running_total needs one line for all payers, not rated_apart nor facts of the account", "running_total 舍入要求各付款人合为一行，不能用 rated_apart，也不能读取账户的事实"},
    {"the bucket order/{} takes all that would fit this one", "顺位 order/{} 已包含本顺位的全部"},
    {"the last step has an end", "末档写了上限"},
    {"the places of all expressions together", "全部表达式的位置合计"},
    {"year_counted without price_per year", "写了 year_counted，但 price_per 不是 year"},
    {"year_of goes with per year", "year_of 需与 per 为 year 同用"},
    {"{} does not go with type {}", "{} 与类型 {} 不能同用"},
    {"{} goes with a reference", "{} 需与 reference 同用"},
    {"{} is for what lowers lines; penalty_relief lowers none", "{} 用于减少账单行的优惠；penalty_relief 不减少账单行"},
    {"{} is no choice, text or yes_no, so it cannot order cells", "{} 不是 choice、text 或 yes_no，不能用来排列单元格"},
    {"{} steps with the values that it reads", "连同所读的值共 {} 步"},
    // Last, as they begin other phrases.
    {"above {}", "大于 {}"},
    {"at least {}", "不小于 {}"},
    {"at most {}", "不大于 {}"},
    {"{} or {} more", "{}，另有 {} 项"},
    // Paying ahead.
    {"a due date not before the date of issue", "不早于出账日的到期日"},
    {"a list of {\"period\", \"amount\"}", "由 {\"period\", \"amount\"} 组成的列表"},
    {"a whole number of 1 to 1200", "1 至 1200 的整数"},
    {"amounts of 0 or more", "不小于 0 的金额"},
    {"an object, as a quote gives it", "报价给出的对象"},
    {"each period once", "每个服务期一次"},
    {"each period once, with an amount of 0 or more", "每个服务期一次，金额不小于 0"},
    {"one of its words", "该字段的词之一"},
    {"periods within {} and {}", "{} 与 {} 之间的服务期"},
    {"{} months of lines that are paid", "付款各行合计 {} 个月"},
};

/// The parts that stand for `{}`. @returns false when `text` is no such phrase
inline bool matches_phrase(std::string_view pattern, std::string_view text, std::vector<std::string_view>& parts) {
  parts.clear();
  for (;;) {
    const std::size_t open = pattern.find("{}");
    const std::string_view head = pattern.substr(0, open);
    if (!text.starts_with(head)) return false;
    text.remove_prefix(head.size());
    if (open == std::string_view::npos) return text.empty();
    pattern.remove_prefix(open + 2);
    const std::string_view next = pattern.substr(0, pattern.find("{}"));
    // The last part reaches to the end; one that stands before words ends where these begin.
    const std::size_t end = pattern.empty() ? text.size() : text.find(next);
    if (end == std::string_view::npos || end == 0) return false;
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// "a, b or c" as "a、b 或 c"; what is no list of words stays.
inline std::string list_in_chinese(std::string_view english) {
  std::string out;
  std::size_t joints = 0;
  for (;;) {
    const std::size_t end = english.find(' ');
    std::string_view word = english.substr(0, end);
    const bool comma = end != std::string_view::npos && word.ends_with(',');
    if (comma) word.remove_suffix(1);
    out += word;
    if (end == std::string_view::npos) return joints == 0 ? std::string(english) : out;
    english.remove_prefix(end + 1);
    const bool either = english.starts_with("or ");
    if (comma && !either) out += "、";
    else if (!comma && (either || english.starts_with("and "))) out += either ? " 或 " : "、";
    else return {};
    if (!comma) english.remove_prefix(either ? 3 : 4);
    ++joints;
  }
}

/// What a diagnostic says in English, in Chinese; as it stands when it is no phrase.
inline std::string in_chinese(std::string_view english, int depth = 0) {
  constexpr int deepest = 2;
  std::vector<std::string_view> parts;
  if (depth > deepest) return std::string(english);
  for (const spoken_phrase& one : spoken_phrases) {
    if (!matches_phrase(one.en, english, parts)) continue;
    std::string out;
    std::size_t part = 0;
    for (std::string_view left = one.zh;;) {
      const std::size_t open = left.find("{}");
      out += left.substr(0, open);
      if (open == std::string_view::npos) return out;
      if (part < parts.size()) out += in_chinese(parts[part++], depth + 1);
      left.remove_prefix(open + 2);
    }
  }
  std::string list = list_in_chinese(english);
  return list.empty() ? std::string(english) : list;
}

}  // namespace detail

DUES_END
