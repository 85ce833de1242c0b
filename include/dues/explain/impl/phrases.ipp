// SPDX-License-Identifier: Apache-2.0
//
// The catalogue of sentences, sorted by key. "name." are names of inputs, "step." what is done,
// "word." words of the tariff language. `{terms}` stands for all inputs with their names.
#pragma once

#include <dues/explain/explain.hpp>

DUES_BEGIN

namespace detail {

// clang-format off
inline constexpr phrase phrase_table[] = {
{"name.amount", "amount", "金额"},
{"name.billed", "billed before", "此前已出账"},
{"name.count", "counted", "计"},
{"name.day_price", "price of a day", "日价"},
{"name.days", "days", "天数"},
{"name.days_a_year", "days a year", "全年天数"},
{"name.exact", "exact amount", "精确值"},
{"name.factor", "factor", "系数"},
{"name.free", "free quantity", "免费量"},
{"name.gross", "charge", "费用"},
{"name.limit", "limit", "限额"},
{"name.month_price", "price of the month", "月价"},
{"name.owed", "owed now", "现应收"},
{"name.part", "part of the period", "期间占比"},
{"name.price", "price", "单价"},
{"name.quantity", "quantity", "数量"},
{"name.share", "share", "份额"},
{"name.tax", "tax", "税额"},
{"name.time", "time", "时间"},
{"name.value", "value", "值"},
{"step.abs", "the amount of {value1} without its sign is {value}", "{value1} 的绝对值为 {value}"},
{"step.add", "{left} + {right} = {value}", "{left} + {right} = {value}"},
{"step.add_lines", "the lines of the bill at this rate add up to {value}: {terms}", "账单中同一税率各行合计 {value}：{terms}"},
{"step.adjust", "{owed} is owed now, {billed} was billed before: the adjustment is {value}", "现应收 {owed}，此前已出账 {billed}，调整 {value}"},
{"step.amount", "the line comes to {value}", "本行金额为 {value}"},
{"step.and", "a condition that does not hold settles it: {value}", "其一不成立，结论：{value}"},
{"step.applies", "the fee applies, for {condition}", "适用条件成立：{condition}"},
{"step.at_least", "not less than {limit}: {before} becomes {value}", "不低于 {limit}：{before} 取 {value}"},
{"step.at_most", "not more than {limit}: {before} becomes {value}", "不高于 {limit}：{before} 取 {value}"},
{"step.ceil", "{value1} rounded up to a whole number is {value}", "{value1} 向上取整为 {value}"},
{"step.choose", "the condition is {value}", "条件为 {value}"},
{"step.count", "of the month {month}, {covered} is covered and counts {value} ({convention})", "{month} 当月覆盖 {covered}，按{convention}计 {value} 个月"},
{"step.days", "from {left} to {right} are {value} days", "{left} 至 {right} 共 {value} 天"},
{"step.days_of", "{range} has {value} days", "{range} 共 {value} 天"},
{"step.divide", "{left} / {right} = {value}", "{left} ÷ {right} = {value}"},
{"step.equal", "{left} = {right}: {value}", "{left} 等于 {right}：{value}"},
{"step.floor", "{value1} rounded down to a whole number is {value}", "{value1} 向下取整为 {value}"},
{"step.greater", "{left} > {right}: {value}", "{left} 大于 {right}：{value}"},
{"step.greater_equal", "{left} >= {right}: {value}", "{left} 不小于 {right}：{value}"},
{"step.in", "{value1} is one of {rest}: {value}", "{value1} 属于 {rest}：{value}"},
{"step.less", "{left} < {right}: {value}", "{left} 小于 {right}：{value}"},
{"step.less_equal", "{left} <= {right}: {value}", "{left} 不大于 {right}：{value}"},
{"step.less_free", "{quantity} less {free} that is free leaves {value}", "{quantity} 减去免费 {free}，余 {value}"},
{"step.look_up", "{name1}: {value}", "{name1}：{value}"},
{"step.look_up_by", "{name1}: {value} (for {rest})", "{name1}：{value}（{rest}）"},
{"step.maximum", "the greatest of {values} is {value}", "{values} 中最大为 {value}"},
{"step.minimum", "the least of {values} is {value}", "{values} 中最小为 {value}"},
{"step.multiply", "{terms} = {value}", "{terms} = {value}"},
{"step.negate", "the negative of {value1} is {value}", "{value1} 取负为 {value}"},
{"step.net", "without tax: {amount} - {tax} = {value}", "不含税：{amount} - {tax} = {value}"},
{"step.not", "not {value1}: {value}", "非 {value1}：{value}"},
{"step.not_equal", "{left} is not {right}: {value}", "{left} 不等于 {right}：{value}"},
{"step.or", "a condition that holds settles it: {value}", "其一成立，结论：{value}"},
{"step.part_by_days", "{days} of {of} days of {count}: {value}", "{count} 按 {of} 天中的 {days} 天计 {value}"},
{"step.period", "covers {covered} of the period {period}; issued {issue}, due {due}", "所属期间 {period}，覆盖 {covered}；出账日 {issue}，到期日 {due}"},
{"step.read", "{name1}: {value}", "{name1}：{value}"},
{"step.round", "{exact} rounded to {places} places ({mode}) is {value}", "{exact} 保留 {places} 位小数（{mode}）为 {value}"},
{"step.round_to", "{left} rounded to {right} places is {value}", "{left} 四舍五入保留 {right} 位为 {value}"},
{"step.share_out", "{amount} is divided by the weights {weights} ({division}): part {part} is {value}", "{amount} 按权重 {weights} 分摊（{division}），第 {part} 份为 {value}"},
{"step.subtract", "{left} - {right} = {value}", "{left} - {right} = {value}"},
{"step.tax_included", "{amount} contains tax at {rate}: {value}", "{amount} 含税，税率 {rate}，税额 {value}"},
{"step.tax_on_top", "tax at {rate} on {amount}: {value}", "{amount} 按税率 {rate} 加税 {value}"},
{"word.actual_365", "12 x days / 365", "12×天数÷365"},
{"word.actual_actual", "days over their own years", "按各自年度天数"},
{"word.actual_days", "days over the days of the month", "当月实际天数"},
{"word.ceiling", "towards plus infinity", "向上"},
{"word.down", "towards zero", "向零舍去"},
{"word.false", "no", "否"},
{"word.floor", "towards minus infinity", "向下"},
{"word.from_day", "by the day of the month", "按指定日"},
{"word.half_down", "half towards zero", "五舍六入"},
{"word.half_even", "half to even", "四舍六入五成双"},
{"word.half_month", "half months", "半月"},
{"word.half_up", "half away from zero", "四舍五入"},
{"word.in_order", "in order", "依次"},
{"word.largest_remainder", "largest remainder", "最大余数"},
{"word.next_month", "from the next month", "次月起算"},
{"word.none", "charged whole", "不折算"},
{"word.rotating", "rotating", "轮流"},
{"word.thirty_360", "30/360", "30/360"},
{"word.thirty_day", "days over 30", "按30天"},
{"word.true", "yes", "是"},
{"word.up", "away from zero", "远零进位"},
{"word.whole_month", "whole months", "整月"},
};
// clang-format on

}  // namespace detail

std::span<const phrase> phrases() noexcept { return detail::phrase_table; }

DUES_END
