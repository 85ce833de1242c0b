/* SPDX-License-Identifier: Apache-2.0
 *
 * What a binding has copied from the header - sizes, offsets, numbers - does not change by accident. This
 * file is compiled as C and as C++; it says what holds where pointers have 64 bits.
 */
#include <dues.h>
#include <dues_arrow.h>

#ifdef __cplusplus
#define PIN(name, condition) static_assert(condition, #name)
#else
#define PIN(name, condition) _Static_assert(condition, #name)
#endif

#define PIN_SIZE(type, bytes) PIN(type, sizeof(type) == (bytes))
#define PIN_AT(type, member, bytes) PIN(type, offsetof(type, member) == (bytes))

PIN(pointer, sizeof(void*) == 8);

PIN_SIZE(dues_str, 16);
PIN_AT(dues_str, data, 0);
PIN_AT(dues_str, size, 8);

PIN_SIZE(dues_text, 16);
PIN_AT(dues_text, data, 0);
PIN_AT(dues_text, size, 8);

PIN_SIZE(dues_decimal, 24);
PIN_AT(dues_decimal, low, 0);
PIN_AT(dues_decimal, high, 8);
PIN_AT(dues_decimal, scale, 16);
PIN_AT(dues_decimal, present, 20);

PIN_SIZE(dues_error, 1312);
PIN_AT(dues_error, struct_size, 0);
PIN_AT(dues_error, language, 4);
PIN_AT(dues_error, status, 8);
PIN_AT(dues_error, position, 12);
PIN_AT(dues_error, row, 16);
PIN_AT(dues_error, code, 24);
PIN_AT(dues_error, pointer, 32);
PIN_AT(dues_error, message, 288);
PIN_AT(dues_error, cure, 800);

PIN_SIZE(dues_tariff_info, 112);
PIN_AT(dues_tariff_info, minor_units, 4);
PIN_AT(dues_tariff_info, from, 8);
PIN_AT(dues_tariff_info, to, 12);
PIN_AT(dues_tariff_info, id, 16);
PIN_AT(dues_tariff_info, edition, 32);
PIN_AT(dues_tariff_info, hash, 48);
PIN_AT(dues_tariff_info, currency, 64);
PIN_AT(dues_tariff_info, name_en, 80);
PIN_AT(dues_tariff_info, name_zh, 96);

PIN_SIZE(dues_run, 96);
PIN_AT(dues_run, struct_size, 0);
PIN_AT(dues_run, from, 4);
PIN_AT(dues_run, to, 8);
PIN_AT(dues_run, select, 12);
PIN_AT(dues_run, flags, 16);
PIN_AT(dues_run, threads, 20);
PIN_AT(dues_run, most_lines, 24);
PIN_AT(dues_run, account, 32);
PIN_AT(dues_run, unit, 48);
PIN_AT(dues_run, before, 64);
PIN_AT(dues_run, before_count, 72);
PIN_AT(dues_run, watch, 80);
PIN_AT(dues_run, ledger, 88);

PIN_SIZE(dues_result_info, 144);
PIN_AT(dues_result_info, minor_units, 4);
PIN_AT(dues_result_info, lines, 8);
PIN_AT(dues_result_info, bills, 16);
PIN_AT(dues_result_info, bad_lines, 24);
PIN_AT(dues_result_info, amount, 32);
PIN_AT(dues_result_info, tax, 56);
PIN_AT(dues_result_info, tariff, 80);
PIN_AT(dues_result_info, edition, 96);
PIN_AT(dues_result_info, tariff_hash, 112);
PIN_AT(dues_result_info, currency, 128);

PIN_SIZE(dues_line, 288);
PIN_AT(dues_line, adjustment, 4);
PIN_AT(dues_line, period, 8);
PIN_AT(dues_line, from, 12);
PIN_AT(dues_line, to, 16);
PIN_AT(dues_line, issue, 20);
PIN_AT(dues_line, due, 24);
PIN_AT(dues_line, reserved, 28);
PIN_AT(dues_line, account, 32);
PIN_AT(dues_line, unit, 48);
PIN_AT(dues_line, fee, 64);
PIN_AT(dues_line, subject, 80);
PIN_AT(dues_line, tax_id, 96);
PIN_AT(dues_line, rate, 112);
PIN_AT(dues_line, fund, 128);
PIN_AT(dues_line, quantity, 144);
PIN_AT(dues_line, price, 168);
PIN_AT(dues_line, gross, 192);
PIN_AT(dues_line, net, 216);
PIN_AT(dues_line, tax, 240);
PIN_AT(dues_line, amount, 264);

PIN_SIZE(dues_bill_info, 72);
PIN_AT(dues_bill_info, issue, 4);
PIN_AT(dues_bill_info, due, 8);
PIN_AT(dues_bill_info, reserved, 12);
PIN_AT(dues_bill_info, account, 16);
PIN_AT(dues_bill_info, total, 32);
PIN_AT(dues_bill_info, lines, 56);
PIN_AT(dues_bill_info, line_count, 64);

PIN_SIZE(dues_ledger_source, 32);
PIN_AT(dues_ledger_source, reference_count, 4);
PIN_AT(dues_ledger_source, references, 8);
PIN_AT(dues_ledger_source, json, 16);

PIN_SIZE(dues_apply, 56);
PIN_AT(dues_apply, recorded, 4);
PIN_AT(dues_apply, version, 8);
PIN_AT(dues_apply, result, 16);
PIN_AT(dues_apply, billed, 24);
PIN_AT(dues_apply, events, 40);

PIN_SIZE(dues_applied, 40);
PIN_AT(dues_applied, reserved, 4);
PIN_AT(dues_applied, recorded, 8);
PIN_AT(dues_applied, repeated, 16);
PIN_AT(dues_applied, entries, 24);
PIN_AT(dues_applied, version, 32);

PIN_SIZE(dues_ledger_view, 32);
PIN_AT(dues_ledger_view, as_of, 4);
PIN_AT(dues_ledger_view, known_at, 8);
PIN_AT(dues_ledger_view, flags, 12);
PIN_AT(dues_ledger_view, account, 16);

PIN_SIZE(dues_account_info, 160);
PIN_AT(dues_account_info, minor_units, 4);
PIN_AT(dues_account_info, version, 8);
PIN_AT(dues_account_info, accounts, 16);
PIN_AT(dues_account_info, open, 24);
PIN_AT(dues_account_info, penalties, 48);
PIN_AT(dues_account_info, credit, 72);
PIN_AT(dues_account_info, owed, 96);
PIN_AT(dues_account_info, to_pay, 120);
PIN_AT(dues_account_info, currency, 144);

PIN_SIZE(dues_penalty_run, 72);
PIN_AT(dues_penalty_run, day, 4);
PIN_AT(dues_penalty_run, form, 8);
PIN_AT(dues_penalty_run, reference_count, 12);
PIN_AT(dues_penalty_run, references, 16);
PIN_AT(dues_penalty_run, history, 24);
PIN_AT(dues_penalty_run, account, 40);
PIN_AT(dues_penalty_run, posted, 56);

PIN_SIZE(dues_quote_run, 152);
PIN_AT(dues_quote_run, on, 4);
PIN_AT(dues_quote_run, from, 8);
PIN_AT(dues_quote_run, expires, 12);
PIN_AT(dues_quote_run, months, 16);
PIN_AT(dues_quote_run, month_count, 24);
PIN_AT(dues_quote_run, account, 32);
PIN_AT(dues_quote_run, unit, 48);
PIN_AT(dues_quote_run, fee, 64);
PIN_AT(dues_quote_run, subscription, 80);
PIN_AT(dues_quote_run, ledger, 96);
PIN_AT(dues_quote_run, before, 104);
PIN_AT(dues_quote_run, before_count, 112);
PIN_AT(dues_quote_run, quote, 120);
PIN_AT(dues_quote_run, id, 136);

PIN(version, DUES_VERSION == 1000);
PIN(sizes, DUES_DECIMAL_SIZE == 48 && DUES_DATE_SIZE == 11);
PIN(open_end, DUES_OPEN_END == 2147483647);
PIN(most, DUES_MOST_BYTES == 1099511627776u && DUES_MOST_ID_BYTES == 1048576u);

PIN(status, DUES_OK == 0);
PIN(status, DUES_NULL_ARGUMENT == 100);
PIN(status, DUES_WRONG_HANDLE == 101);
PIN(status, DUES_WRONG_OPTION == 102);
PIN(status, DUES_OUT_OF_RANGE == 103);
PIN(status, DUES_WRONG_ORDER == 104);
PIN(status, DUES_NOT_UTF8 == 105);
PIN(status, DUES_WRONG_COLUMN == 106);
PIN(status, DUES_BAD_TARIFF == 200);
PIN(status, DUES_BAD_FACTS == 201);
PIN(status, DUES_BAD_RUN == 202);
PIN(status, DUES_BAD_LINE == 203);
PIN(status, DUES_NOT_FOUND == 204);
PIN(status, DUES_BAD_LEDGER == 205);
PIN(status, DUES_BAD_HISTORY == 206);
PIN(status, DUES_STALE == 207);
PIN(status, DUES_BAD_QUOTE == 208);
PIN(status, DUES_NO_MEMORY == 300);
PIN(status, DUES_STOPPED == 301);
PIN(status, DUES_SINK_FAILED == 302);
PIN(status, DUES_STREAM_FAILED == 303);
PIN(status, DUES_NO_THREAD == 304);
PIN(status, DUES_INTERNAL == 900);

PIN(language, DUES_ENGLISH == 0 && DUES_CHINESE == 1);
PIN(select, DUES_BY_ISSUE == 0 && DUES_BY_SERVICE == 1);
PIN(flag, DUES_LINES_ONLY == 1);
PIN(form, DUES_JSON == 0 && DUES_JSON_INDENTED == 1 && DUES_CSV == 2);
PIN(form, DUES_LINE_KEY == 3 && DUES_BILL_KEY == 4 && DUES_BILL_ID == 5);

PIN(why, DUES_WHY == 1);
PIN(ledger_form, DUES_LEDGER_JSON == 0 && DUES_BALANCES_JSON == 1 && DUES_HISTORY_JSON == 2);
PIN(ledger_form, DUES_ENTRIES_CSV == 3 && DUES_OPENINGS_JSON == 4);
PIN(table, DUES_BALANCES == 0 && DUES_OPEN_ITEMS == 1 && DUES_ENTRIES == 2);
PIN(penalty_form, DUES_ACCRUALS_JSON == 0 && DUES_PAYOFFS_JSON == 1 && DUES_POSTINGS_JSON == 2);

/* The Arrow C data interface, by its specification. */
PIN(ArrowSchema, sizeof(struct ArrowSchema) == 72);
PIN(ArrowArray, sizeof(struct ArrowArray) == 80);
PIN(ArrowArrayStream, sizeof(struct ArrowArrayStream) == 40);
