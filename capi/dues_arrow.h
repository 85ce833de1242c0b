/* SPDX-License-Identifier: Apache-2.0
 *
 * The three structs of the Arrow C data interface and the Arrow C stream interface, as their specification
 * (https://arrow.apache.org/docs/format/CDataInterface.html, CStreamInterface.html) asks every project to
 * repeat them, under guards that all share. Nothing of Arrow's own is needed. And what Dues takes and gives.
 *
 * FACTS IN: dues_loader_arrow takes a stream of structs ("+s"); each of its columns is a column of the
 * table, by name, in any order. Columns that the table does not have are refused (F101), as in CSV. Offsets
 * of batches and of columns are honoured. A null, and an empty text, is an absent cell.
 *
 *   Arrow type                       format           for
 *   utf8, large_utf8, utf8_view      u  U  vu         every column, written as in CSV: 80.02, 2026-01-01, 50%, true
 *   dictionary of those              index c to L     the same
 *   decimal128                       d:p,s            numbers; scale 0 to 38, at most 18 places that are not 0
 *   integers of 8 to 64 bits         c C s S i I l L  numbers; ids too
 *   boolean                          b                yes/no
 *   date32                           tdD              days
 *   date64, timestamp without zone   tdm  tss: to tsn:  days; a time of day other than midnight is F107
 *   null                             n                a column of absent cells
 *
 * Everything else is DUES_WRONG_COLUMN: floating point above all, because money and areas are no binary
 * fractions; decimals of other widths; timestamps with a zone, which are no civil days; nested types.
 * Extension types are taken as what they are stored as. A text that is not UTF-8, or has a 0 in it, is
 * DUES_NOT_UTF8. Rows with mistakes follow their units as in CSV. A stream that breaks the rules of the
 * format is DUES_STREAM_FAILED where that can be seen; pointers and sizes of buffers are trusted.
 *
 * LINES OUT: dues_result_arrow gives a stream of structs, in the order of dues_result_line, in batches of at
 * most 65,536 rows. The schema's metadata has dues.tariff, dues.edition, dues.tariff_hash, dues.currency.
 *
 *   column                                  Arrow type                    null where
 *   account                                 utf8                          the line has no payer
 *   unit                                    utf8
 *   fee                                     dictionary of utf8, int32
 *   subject                                 utf8                          the line is of no subscription
 *   period, from, to, issue, due            date32
 *   adjustment                              int32: 0 a charge, n the n-th adjustment (stands before issue)
 *   quantity, price                         decimal128(38, 18)            the line has no one value
 *   gross, net, tax, amount                 decimal128(19, places of the currency)  it could not be computed
 *   tax_id, rate                            dictionary of utf8, int32     it bears no tax; several rates
 *   fund                                    dictionary of utf8, int32     its fee has none
 *   diagnostic                              dictionary of utf8, int32     it could be computed
 *
 * Days that differ from line to line are the result's own memory; the rest is written once for each batch.
 *
 * LEDGERS OUT: dues_ledger_arrow gives a stream of structs by account, in batches of at most 65,536 rows. The schema's
 * metadata has dues.tariff, dues.currency. Money is decimal128(38, places of the currency), days are date32, all else
 * but `version`, an int64, is utf8.
 *
 *   DUES_BALANCES     account, version, open, penalties, credit
 *   DUES_OPEN_ITEMS   account, receivable, unit, fee (both null where there is none), issue, due, billed, corrected,
 *                     settled, written_off, open, penalties. What is open of principal or penalties alone
 *   DUES_ENTRIES      account, entry, id, date, recorded, cause, receivable, part, source (these three null where there is
 *                     none), amount, by, reason, actor, reference (these three likewise)
 *
 * Batches and columns may be kept, moved and released one by one, by any thread, after stream and result.
 */
#ifndef DUES_ARROW_H
#define DUES_ARROW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif

#ifdef __cplusplus
}
#endif

#endif
