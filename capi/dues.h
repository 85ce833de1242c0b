/* SPDX-License-Identifier: Apache-2.0
 *
 * Dues for C, and for every language that calls C. This header is the manual: it is all that a binding
 * needs to know.
 *
 * NOT FROZEN. Before version 1.0 everything here may change: functions, structs, numbers. From 1.0 on
 * functions, values and members are only added, and none gets another meaning.
 *
 * The way through: a tariff is compiled (dues_tariff_compile), facts are loaded for it (dues_loader_...),
 * a run bills them (dues_bill), the result is read line by line, as JSON, CSV or Arrow, and each line
 * explains itself (dues_explain). What was billed and what is paid stand in a ledger (dues_ledger_...);
 * dues_penalties tells what lateness costs.
 *
 * HANDLES are pointers to structs that only Dues knows. What a function makes, the caller frees with the
 * function of that name that ends in _free; _free(NULL) does nothing. Free in any order: facts and a
 * ledger keep their tariff, a result keeps its facts, an Arrow stream keeps what it needs. A handle of another kind gives
 * DUES_WRONG_HANDLE (and its _free does nothing); to use a handle that was freed is undefined.
 *
 * THREADS. dues_tariff, dues_facts and dues_result never change once made: any number of threads may use
 * one at the same time, also to bill. A dues_loader belongs to one thread at a time; so does a dues_ledger while
 * events are applied, else any number may read it. A dues_watch is for all threads. Free a handle when no other thread is using it. Nothing here is kept per thread or per
 * process: no last error, no locale, no environment, no clock, no stream. Only dues_bill starts threads,
 * when its options ask for them, and it has ended them when it returns.
 *
 * ERRORS. Functions that can fail return a status, DUES_OK (0) or one of enum dues_status. Out-parameters
 * are set first, to nothing (NULL or zeros), so that after any failure they are safe to free; what they
 * held is not freed. The last argument may point to a dues_error of the caller's, which then tells code,
 * place and words; it may be NULL. When memory runs out the status is DUES_NO_MEMORY, nothing leaks, and
 * handles are as they were; a dues_loader alone may not go on then (DUES_WRONG_ORDER) and is freed.
 * No C++ exception leaves a function.
 *
 * TEXTS are UTF-8, by pointer and length; NULL with length 0 is the empty text. They are only read during
 * the call. Texts that come out are also followed by a 0 that their size does not count. A size above
 * DUES_MOST_BYTES, of an id DUES_MOST_ID_BYTES, is refused before anything is read.
 *
 * DAYS are days since 1970-01-01 in 32 bits, years 1 to 9999, without a time zone. Periods are half-open:
 * from is in, to is not. DUES_OPEN_END stands where a period has no end.
 *
 * MONEY and quantities are dues_decimal: exact, never a binary fraction. No function takes or gives a
 * double.
 */
#ifndef DUES_H
#define DUES_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define DUES_API
#else
#define DUES_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version -------------------------------------------------------------------------------------- */

#define DUES_VERSION_MAJOR 0
#define DUES_VERSION_MINOR 1
#define DUES_VERSION_PATCH 0
/* Of this header, to be compared with dues_version(): major * 1000000 + minor * 1000 + patch. */
#define DUES_VERSION (DUES_VERSION_MAJOR * 1000000 + DUES_VERSION_MINOR * 1000 + DUES_VERSION_PATCH)

/* Of the library that is loaded. Cannot fail. */
DUES_API int32_t dues_version(void);

/* ---- Status --------------------------------------------------------------------------------------- */

/* Hundreds are the class: 1 the caller's mistake, 2 what stands in documents and facts, 3 the machine,
 * 9 our own mistake. A number is never used for something else. */
enum dues_status {
  DUES_OK = 0,
  DUES_NULL_ARGUMENT = 100, /* an argument that must not be NULL is */
  DUES_WRONG_HANDLE = 101,  /* a handle of another kind */
  DUES_WRONG_OPTION = 102,  /* a struct_size, or a value that its member or argument does not have */
  DUES_OUT_OF_RANGE = 103,  /* an index, a size, a day */
  DUES_WRONG_ORDER = 104,   /* a loader that has finished or failed; a table begun inside another */
  DUES_NOT_UTF8 = 105,      /* an id, a key, the name of a table */
  DUES_WRONG_COLUMN = 106,  /* an Arrow column of a type that is not accepted */
  DUES_BAD_TARIFF = 200,    /* the document is no tariff: code T... */
  DUES_BAD_FACTS = 201,     /* the facts cannot be used at all: code F... */
  DUES_BAD_RUN = 202,       /* the run cannot be made: code R... */
  DUES_BAD_LINE = 203,      /* this line could not be computed; it has no amounts */
  DUES_NOT_FOUND = 204,     /* no line has that key; nothing was recorded for that account */
  DUES_BAD_LEDGER = 205,    /* the document of a ledger, or an event: code L... or T...; what lateness costs there: P... */
  DUES_BAD_HISTORY = 206,   /* a history of penalties, published rates, postings: code T..., L... */
  DUES_STALE = 207,         /* the account has another version than the caller saw: L111 */
  DUES_BAD_QUOTE = 208,     /* no quote, or one that does not hold any more: code Q... */
  DUES_NO_MEMORY = 300,
  DUES_STOPPED = 301,       /* by dues_watch_stop */
  DUES_SINK_FAILED = 302,   /* the caller's dues_sink did not take the text */
  DUES_STREAM_FAILED = 303, /* the caller's ArrowArrayStream failed, or breaks the rules of the format */
  DUES_NO_THREAD = 304,     /* the machine gives no thread */
  DUES_INTERNAL = 900       /* our own mistake; please report it */
};

/* The name of a status, such as "DUES_BAD_TARIFF"; "unknown" for any other number. Lives for ever. */
DUES_API const char* dues_status_name(int32_t status);

/* ---- Errors --------------------------------------------------------------------------------------- */

enum dues_language { DUES_ENGLISH = 0, DUES_CHINESE = 1 };

/* Where a function tells what went wrong. The caller owns it: begin with DUES_ERROR_INIT, set the
 * language, pass it to any number of calls. Texts end with a 0 and are cut at a character where they do
 * not fit. A call that succeeds leaves status 0 and empty texts. */
typedef struct dues_error {
  uint32_t struct_size; /* set by the caller: sizeof(dues_error) */
  int32_t language;     /* set by the caller: of message and cure */
  int32_t status;       /* what the function returned */
  int32_t position;     /* byte inside an expression, or -1 */
  int64_t row;          /* row of a table of facts, or place of an event in its list, from 0; or -1 */
  char code[8];         /* "T110": of the catalogue of diagnostics, never reused; "C..." where the status is of class 1, 3 or 9 */
  char pointer[256];    /* JSON pointer into the tariff, or "/units/17/area"; of events "/17/amount" */
  char message[512];    /* what is wrong, with its values */
  char cure[512];       /* what to do */
} dues_error;

#define DUES_ERROR_INIT {sizeof(dues_error), DUES_ENGLISH, 0, -1, -1, {0}, {0}, {0}, {0}}

/* ---- Values --------------------------------------------------------------------------------------- */

#define DUES_MOST_BYTES ((uint64_t)1 << 40)
#define DUES_MOST_ID_BYTES ((uint64_t)1 << 20)
#define DUES_OPEN_END INT32_MAX

/* A text that something else owns: an argument, or part of a handle, and lives as long. */
typedef struct dues_str {
  const char* data; /* NULL: there is none */
  size_t size;
} dues_str;

/* A text that the caller owns, freed with dues_text_free. */
typedef struct dues_text {
  const char* data;
  size_t size;
} dues_text;

/* Frees the text and leaves {NULL, 0}. `text` may be NULL. */
DUES_API void dues_text_free(dues_text* text);

/* (high * 2^64 + low) / 10^scale: a 128-bit integer in two's complement and its places, 0 to 38. */
typedef struct dues_decimal {
  uint64_t low;
  int64_t high;
  int32_t scale;
  int32_t present; /* 0: there is no value, and the rest is 0 */
} dues_decimal;

#define DUES_DECIMAL_SIZE 48 /* bytes that the text of any decimal fits in, its 0 included */
#define DUES_DATE_SIZE 11    /* of "2026-07-01" */

/* Writes "-12.30", with all places, or "" where there is no value.
 * DUES_OUT_OF_RANGE: `size` is too small, or the scale is not in 0..38. */
DUES_API int32_t dues_decimal_text(const dues_decimal* value, char* out, size_t size);

/* Writes "2026-07-01", or "" for DUES_OPEN_END. DUES_OUT_OF_RANGE: `size` is too small, or there is no such day. */
DUES_API int32_t dues_date_text(int32_t days, char* out, size_t size);

/* Reads "2026-07-01". DUES_OUT_OF_RANGE: there is no such day. */
DUES_API int32_t dues_date_parse(const char* text, size_t size, int32_t* days);

/* ---- Tariff --------------------------------------------------------------------------------------- */

typedef struct dues_tariff dues_tariff;

/* Reads and checks a tariff document (JSON, at most 64 MiB).
 * @param diagnostics  may be NULL. Else it gets every mistake and warning, also on success, as a JSON
 *                     list of {"code", "severity", "pointer", "position"?, "values", "message": {"en", "zh"},
 *                     "cure": {"en", "zh"}}; the caller frees it.
 * DUES_BAD_TARIFF: `error` has the first mistake. Cost: linear in the document. */
DUES_API int32_t dues_tariff_compile(const char* json, size_t size, dues_tariff** out, dues_text* diagnostics, dues_error* error);

typedef struct dues_tariff_info {
  uint32_t struct_size; /* set by the caller: sizeof(dues_tariff_info) */
  int32_t minor_units;  /* places of the currency: 2 for CNY */
  int32_t from, to;     /* days on which the tariff holds; to may be DUES_OPEN_END */
  dues_str id, edition, hash, currency;
  dues_str name_en, name_zh; /* in that language, else in another that the tariff has */
} dues_tariff_info;

/* Fills `out`; its texts live as long as the tariff. */
DUES_API int32_t dues_tariff_get(const dues_tariff* tariff, dues_tariff_info* out, dues_error* error);

DUES_API void dues_tariff_free(dues_tariff* tariff);

/* ---- Facts ---------------------------------------------------------------------------------------- */

typedef struct dues_loader dues_loader;
typedef struct dues_facts dues_facts;

/* Takes tables in any order, each once, in any of three forms, then gives the facts. */
DUES_API int32_t dues_loader_new(const dues_tariff* tariff, dues_loader** out, dues_error* error);

/* A whole document, {"dues_facts": "1", "units": [...], "tenures": [...], ...}. Tables and columns:
 * the page of the tariff language, "Facts". */
DUES_API int32_t dues_loader_json(dues_loader* loader, const char* json, size_t size, dues_error* error);

/* The next piece of a CSV file (RFC 4180, UTF-8), cut anywhere. The first piece begins `table`
 * ("units", "tenures", ...), that with `last` not 0 ends it; all pieces between name the same table. */
DUES_API int32_t dues_loader_csv(dues_loader* loader, const char* table, size_t table_size, const char* chunk, size_t size, int32_t last, dues_error* error);

/* A table as an Arrow stream of structs, a column each: see dues_arrow.h for what is accepted. On success
 * and on failure the stream has been read as far as it went and is released. */
struct ArrowArrayStream;
DUES_API int32_t dues_loader_arrow(dues_loader* loader, const char* table, size_t table_size, struct ArrowArrayStream* stream, dues_error* error);

/* Ranks, sorts and checks what has come, once.
 * Rows with a mistake do not make it fail: the lines of their units will say so, and `diagnostics` (may
 * be NULL; a JSON list as above) has them all, the first thousand. When a call has returned
 * DUES_BAD_FACTS nothing more is taken; finishing returns it again, with all that was found.
 * Cost: rows x log(rows). */
DUES_API int32_t dues_loader_finish(dues_loader* loader, dues_facts** out, dues_text* diagnostics, dues_error* error);

DUES_API void dues_loader_free(dues_loader* loader);
DUES_API void dues_facts_free(dues_facts* facts);

/* ---- Billing -------------------------------------------------------------------------------------- */

typedef struct dues_result dues_result;

/* Lets other threads see how far a run is, and end it. One watch serves one run after another; once it
 * has been told to stop, each run that has it stops. */
typedef struct dues_watch dues_watch;
DUES_API int32_t dues_watch_new(dues_watch** out, dues_error* error);
DUES_API int32_t dues_watch_stop(dues_watch* watch);
/* Lines made so far, of all runs that had the watch: to show progress. What is computed for a whole unit
 * and then taken apart counts more than once. */
DUES_API int32_t dues_watch_lines(const dues_watch* watch, uint64_t* lines);
/* Not before the runs that have it have returned. */
DUES_API void dues_watch_free(dues_watch* watch);

enum dues_select { DUES_BY_ISSUE = 0, DUES_BY_SERVICE = 1 };
enum dues_run_flag { DUES_LINES_ONLY = 1 };

/* What to bill. Begin with DUES_RUN_INIT and set the days. */
typedef struct dues_run {
  uint32_t struct_size; /* sizeof(dues_run) */
  int32_t from, to;     /* days, half-open */
  int32_t select;       /* DUES_BY_ISSUE: lines issued in these days; DUES_BY_SERVICE: whose period begins in them */
  uint32_t flags;       /* DUES_LINES_ONLY: no bills are formed */
  uint32_t threads;     /* 0: as many as the machine has; the bytes of the result do not depend on it */
  int64_t most_lines;   /* a run that could make more is refused; 0: 20,000,000 */
  dues_str account;     /* only this one, when there is one */
  dues_str unit;        /* likewise */
  const dues_str* before; /* results of earlier runs, as JSON or CSV: then only what changed comes out, as adjustments */
  size_t before_count;
  dues_watch* watch;    /* may be NULL */
  const struct dues_ledger* ledger; /* may be NULL; else lines that stand in it as paid ahead are left out */
} dues_run;

#define DUES_RUN_INIT {sizeof(dues_run), 0, 0, DUES_BY_ISSUE, 0, 1, 0, {0, 0}, {0, 0}, 0, 0, 0, 0}

/* Makes lines and bills. A line that cannot be computed says why, and the others go on: the run succeeds.
 * DUES_BAD_RUN: more lines than allowed, unknown account, days that end before they begin, ...
 * Cost: linear in units x fees x periods; of one account or unit, in its own. */
DUES_API int32_t dues_bill(const dues_facts* facts, const dues_run* run, dues_result** out, dues_error* error);

/* ---- Results -------------------------------------------------------------------------------------- */

typedef struct dues_result_info {
  uint32_t struct_size; /* sizeof(dues_result_info) */
  int32_t minor_units;
  uint64_t lines, bills;
  uint64_t bad_lines;   /* of `lines`: could not be computed */
  dues_decimal amount, tax; /* of all lines */
  dues_str tariff, edition, tariff_hash, currency;
} dues_result_info;

/* Fills `out`. Cost: linear in lines. */
DUES_API int32_t dues_result_get(const dues_result* result, dues_result_info* out, dues_error* error);

/* One charge: what an account owes for a unit, fee and service period. Texts live as long as the result. */
typedef struct dues_line {
  uint32_t struct_size; /* sizeof(dues_line) */
  int32_t adjustment;   /* 0: a charge; n: the n-th adjustment of it */
  int32_t period;       /* first day of the whole period */
  int32_t from, to;     /* days that are charged for */
  int32_t issue, due;
  int32_t reserved;
  dues_str account;     /* none, where the line has no payer */
  dues_str unit, fee;
  dues_str subject;     /* the subscription, or "-" */
  dues_str tax_id;      /* none, where the line bears no tax */
  dues_str rate;        /* "6%"; none, where several rates apply */
  dues_str fund;        /* none, where the fee has none */
  dues_decimal quantity, price; /* not present, where the line has no one value */
  dues_decimal gross, net, tax, amount; /* amount = net + tax: what is owed */
} dues_line;

/* Lines stand by account, unit, fee, date, subject, cause. @param index  in 0..lines-1
 * DUES_BAD_LINE: `out` is filled but has no amounts, and `error` says why. */
DUES_API int32_t dues_result_line(const dues_result* result, size_t index, dues_line* out, dues_error* error);

/* The lines of one account that are issued and fall due together. */
typedef struct dues_bill_info {
  uint32_t struct_size; /* sizeof(dues_bill_info) */
  int32_t issue, due;
  int32_t reserved;
  dues_str account;
  dues_decimal total;
  const uint32_t* lines; /* their indices; they live as long as the result */
  size_t line_count;
} dues_bill_info;

/* Bills stand by account, issue, due. @param index  in 0..bills-1 */
DUES_API int32_t dues_result_bill(const dues_result* result, size_t index, dues_bill_info* out, dues_error* error);

/* The index of the line with this key. DUES_NOT_FOUND: there is none. Cost: logarithmic, plus the
 * account's own lines. */
DUES_API int32_t dues_result_find(const dues_result* result, const char* key, size_t size, size_t* index, dues_error* error);

enum dues_form {
  DUES_JSON = 0,          /* the whole result, as the page of the tariff language shows it; index is 0 */
  DUES_JSON_INDENTED = 1, /* the same for people */
  DUES_CSV = 2,           /* the lines, RFC 4180; index is 0 */
  DUES_LINE_KEY = 3,      /* of line `index`: the same for the same charge whenever it is billed */
  DUES_BILL_KEY = 4,      /* of bill `index` */
  DUES_BILL_ID = 5        /* commits to the content of bill `index` */
};

/* Makes a text of the result. The same result gives the same bytes. */
DUES_API int32_t dues_result_text(const dues_result* result, int32_t form, size_t index, dues_text* out, dues_error* error);

/* Takes the next bytes of a text, which live until it returns. @returns 0 to go on; anything else ends
 * the call with DUES_SINK_FAILED. It must not leave by a C++ exception or longjmp. */
typedef int32_t (*dues_sink)(void* context, const char* data, size_t size);

/* DUES_JSON, DUES_JSON_INDENTED or DUES_CSV in pieces; memory does not grow with the result. */
DUES_API int32_t dues_result_write(const dues_result* result, int32_t form, dues_sink sink, void* context, dues_error* error);

/* The lines as an Arrow stream: see dues_arrow.h for its columns. `out` is filled; the consumer calls its
 * release, from any thread, also after the result has been freed. */
DUES_API int32_t dues_result_arrow(const dues_result* result, struct ArrowArrayStream* out, dues_error* error);

DUES_API void dues_result_free(dues_result* result);

/* Why a line has its amount: the calculation, run again with a recorder. A JSON object: {"key", "edition",
 * "tariff_hash", "gross", "tax", "amount", "steps": [{"at", "cites", "does", "inputs", "value",
 * "sentence": {"zh", "en"}}]}. DUES_BAD_LINE: the line could not be computed, and `error` says why. */
DUES_API int32_t dues_explain(const dues_result* result, size_t line, dues_text* out, dues_error* error);

/* ---- Ledger --------------------------------------------------------------------------------------- */

/* What every account was told - charges, payments, reversals, ... - and the entries that were posted because
 * of it. It is a value: the host stores it as a document, whole or account by account, and keeps users,
 * permissions and locks. What events there are and what they do: the page of the ledger (ledger/SEMANTICS.md).
 *
 * Balances are derived from the events each time they are asked for; an entry is never changed, what turns out
 * differently is posted as a difference. What lateness costs follows from the tariff's penalties.
 *
 * THREADS. One thread at a time applies; any number may read meanwhile nobody does. What was read - a text, an
 * Arrow stream - is a picture of that moment and needs the ledger no longer. */
typedef struct dues_ledger dues_ledger;

/* What a ledger begins with. Begin with DUES_LEDGER_SOURCE_INIT, which is an empty one. */
typedef struct dues_ledger_source {
  uint32_t struct_size;       /* sizeof(dues_ledger_source) */
  uint32_t reference_count;
  const dues_str* references; /* published rates that penalties read: documents like share/dues/references/lpr_1y.json */
  dues_str json;              /* what DUES_LEDGER_JSON gave, of all accounts or of one; or the same without "entries":
                               * then its events are applied in their order */
} dues_ledger_source;

#define DUES_LEDGER_SOURCE_INIT {sizeof(dues_ledger_source), 0, 0, {0, 0}}

/* Opens a ledger of this tariff. @param source  may be NULL: empty, without rates
 * Balances are derived again and compared with the entries: a document that was cut off or changed is refused.
 * @param diagnostics  may be NULL. Else it gets every mistake as a JSON list, also on failure; the caller frees it.
 * DUES_BAD_LEDGER: the document. DUES_BAD_HISTORY: the rates.
 * Cost: linear in the document, and for each account the replay of its events. */
DUES_API int32_t dues_ledger_open(const dues_tariff* tariff, const dues_ledger_source* source, dues_ledger** out, dues_text* diagnostics, dues_error* error);

/* What to record; all of it, or nothing. Begin with DUES_APPLY_INIT. What there is of these three is taken in their
 * order, since payments name what bills charged. */
typedef struct dues_apply {
  uint32_t struct_size;      /* sizeof(dues_apply) */
  int32_t recorded;          /* the day on which charges of `result` are recorded; DUES_OPEN_END: each on its day of issue */
  int64_t version;           /* of the account, as the caller saw it; -1: whichever it has. Then all events are of one account */
  const dues_result* result; /* may be NULL: its lines become charges, adjustments too; lines without amounts do not */
  dues_str billed;           /* a result as JSON or CSV: likewise, on their days of issue */
  dues_str events;           /* a JSON list of events, or one: [{"event": "payment", "id": "p1", "account": ...}] */
} dues_apply;

#define DUES_APPLY_INIT {sizeof(dues_apply), DUES_OPEN_END, -1, 0, {0, 0}, {0, 0}}

typedef struct dues_applied {
  uint32_t struct_size;  /* set by the caller: sizeof(dues_applied) */
  int32_t reserved;
  uint64_t recorded;     /* events that are new */
  uint64_t repeated;     /* that were there before, with the same content: nothing new comes of them */
  uint64_t entries;      /* that were posted */
  uint64_t version;      /* of the account of the last event, afterwards */
} dues_applied;

/* Records events and posts what follows from them.
 * @param out     may be NULL
 * @param posted  may be NULL. Else a JSON list of the accounts that were named, by id: {"account", "version",
 *                "entries": [...]}, with the new entries alone; "account" is empty for closings of the whole ledger.
 * @param diagnostics  may be NULL. Else it gets every mistake as a JSON list, also on failure.
 * DUES_BAD_LEDGER: an event is refused; `error` has its code, its place ("/17/amount") and, as row, 17. DUES_STALE: the
 * account has another version than the caller saw (L111). DUES_BAD_RUN: `billed`. Then the ledger is as it was.
 * Cost: for each event the replay of its account's events, and the logarithm of the ledger. */
DUES_API int32_t dues_ledger_apply(dues_ledger* ledger, const dues_apply* what, dues_applied* out, dues_text* posted, dues_text* diagnostics, dues_error* error);

enum dues_ledger_flag { DUES_WHY = 1 };

/* What to look at. Begin with DUES_LEDGER_VIEW_INIT; where a function takes one, NULL is that. */
typedef struct dues_ledger_view {
  uint32_t struct_size; /* sizeof(dues_ledger_view) */
  int32_t as_of;        /* what has taken effect by this day, penalties through it; DUES_OPEN_END: all, and penalties no
                         * further than payments met them */
  int32_t known_at;     /* what was recorded by this day; DUES_OPEN_END: all */
  uint32_t flags;       /* DUES_WHY: each allocation says why it came before the next */
  dues_str account;     /* only this one, when there is one */
} dues_ledger_view;

#define DUES_LEDGER_VIEW_INIT {sizeof(dues_ledger_view), DUES_OPEN_END, DUES_OPEN_END, 0, {0, 0}}

typedef struct dues_account_info {
  uint32_t struct_size; /* set by the caller: sizeof(dues_account_info) */
  int32_t minor_units;
  uint64_t version;     /* how many events were ever recorded for it; of all: how many closings of the whole ledger */
  uint64_t accounts;    /* that were looked at: 0 for one that nothing was recorded for */
  dues_decimal open, penalties, credit;
  dues_decimal owed;    /* of one account with an `as_of`: all that is past due or due on that day, */
  dues_decimal to_pay;  /* and what settles it in cash, rounded as the tariff says; else not present */
  dues_str currency;
} dues_account_info;

/* Balances of the account of `view`; without one their sums over all. An account without events owes nothing and has
 * version 0, which is no failure. The text lives as long as the ledger.
 * DUES_BAD_LEDGER: what lateness costs cannot be told (P111: a rate past its end, ...).
 * Cost: the replay of the accounts that are looked at, and of no other. */
DUES_API int32_t dues_ledger_get(const dues_ledger* ledger, const dues_ledger_view* view, dues_account_info* out, dues_error* error);

enum dues_ledger_form {
  DUES_LEDGER_JSON = 0,   /* the document to store: events and entries; of one account also the closings of all. No days */
  DUES_BALANCES_JSON = 1, /* a list, an account each: {"account", "as_of", "open", "penalties", "credit", "receivables",
                           * "credits", "movements"}; movements have "sentence" with DUES_WHY */
  DUES_HISTORY_JSON = 2,  /* a list, an account each: {"account", "version", "events", "entries"}, as they were recorded */
  DUES_ENTRIES_CSV = 3,   /* rows of all accounts, RFC 4180 */
  DUES_OPENINGS_JSON = 4  /* events that open another book with what is open on `as_of`, a day */
};

/* Makes a text of the ledger. DUES_NOT_FOUND: the view names an account that nothing was recorded for.
 * DUES_WRONG_OPTION: days with DUES_LEDGER_JSON, or none with DUES_OPENINGS_JSON. */
DUES_API int32_t dues_ledger_text(const dues_ledger* ledger, const dues_ledger_view* view, int32_t form, dues_text* out, dues_error* error);

enum dues_ledger_table { DUES_BALANCES = 0, DUES_OPEN_ITEMS = 1, DUES_ENTRIES = 2 };

/* A table as an Arrow stream: see dues_arrow.h for its columns. It is made before the call returns; the consumer calls
 * its release, from any thread, whatever becomes of the ledger. Failures as in dues_ledger_text. */
DUES_API int32_t dues_ledger_arrow(const dues_ledger* ledger, const dues_ledger_view* view, int32_t table, struct ArrowArrayStream* out, dues_error* error);

DUES_API void dues_ledger_free(dues_ledger* ledger);

/* ---- Quotes --------------------------------------------------------------------------------------- */

/* Months paid ahead: what they would cost, before anything is recorded. A quote is the bill itself, and commits to what
 * it was made from: quote/SEMANTICS.md. Begin with DUES_QUOTE_RUN_INIT and set what the function says. */
typedef struct dues_quote_run {
  uint32_t struct_size;    /* sizeof(dues_quote_run) */
  int32_t on;              /* day of the quote, or of its billing */
  int32_t from;            /* first day of the first period; DUES_OPEN_END: of the first that is neither begun nor paid ahead */
  int32_t expires;         /* last day on which it may be billed; DUES_OPEN_END: `on` */
  const int32_t* months;   /* to be paid: a quote for each */
  size_t month_count;      /* 1 to 1200 */
  dues_str account, unit, fee;
  dues_str subscription;   /* of a fee that is taken by subscription */
  const dues_ledger* ledger; /* may be NULL; else what the account has paid ahead in it counts */
  const dues_str* before;  /* results of earlier runs, as JSON or CSV: what is billed cannot be paid ahead */
  size_t before_count;
  dues_str quote;          /* to bill: one of the quotes, as it came out */
  dues_str id;             /* to bill: of the event, the host's */
} dues_quote_run;

#define DUES_QUOTE_RUN_INIT {sizeof(dues_quote_run), 0, DUES_OPEN_END, DUES_OPEN_END, 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}, 0, 0, 0, {0, 0}, {0, 0}}

/* Quotes for who pays so many months ahead: {"quotes": [{"dues_quote": "1", "id", "paid", "regular", "saved", "offers",
 * "bill", ...}], "cheapest"?: the place of the one of which a month costs least}. One that is refused has "diagnostics"
 * in place of amounts (Q101 to Q113, with the most that is allowed), and the others go on: the call succeeds.
 * Reads on, from, expires, months, account, unit, fee, subscription, ledger, before. DUES_BAD_RUN: `before`.
 * Cost: for each quote the periods covered, times the discounts of the fee. Any number of threads at once. */
DUES_API int32_t dues_quote(const dues_facts* facts, const dues_quote_run* run, dues_text* out, dues_error* error);

/* Bills by a quote: the event `prepay`, as JSON, to be applied to a ledger when it is paid.
 * Reads on, account, quote, id, ledger, before.
 * DUES_BAD_QUOTE: it has expired (Q110), or an input or the amount has changed (Q111, Q112). */
DUES_API int32_t dues_quote_bill(const dues_facts* facts, const dues_quote_run* run, dues_text* event, dues_error* error);

/* ---- Penalties ------------------------------------------------------------------------------------ */

/* What lateness costs, from a history of what is owed that the host keeps: without a ledger, or beside one. */

enum dues_penalty_form {
  DUES_ACCRUALS_JSON = 0, /* through a day: {"as_of", "currency", "total", "open", "failed", "receivables": [...],
                           * "episodes": [...]}, components with segments, rates, clauses and sentences */
  DUES_PAYOFFS_JSON = 1,  /* what would settle it on that day: {"on", "currency", "total", "failed", "receivables":
                           * [{"receivable", "principal", "components": [{"component", "open"}], "total", ...}]} */
  DUES_POSTINGS_JSON = 2  /* what a run of that day posts: {"as_of", "currency", "post", "failed", "receivables":
                           * [{"receivable", "components": [{"component", "total", "posted", "post"}], ...}]} */
};

/* Begin with DUES_PENALTY_RUN_INIT and set history, day and form. */
typedef struct dues_penalty_run {
  uint32_t struct_size;       /* sizeof(dues_penalty_run) */
  int32_t day;                /* it counts */
  int32_t form;
  uint32_t reference_count;
  const dues_str* references; /* published rates beside those of the history: of one id, these are read */
  dues_str history;           /* {"dues_history": "1", "receivables": [...]}: penalty/SEMANTICS.md */
  dues_str account;           /* only its receivables come out, when there is one; not for postings */
  dues_str posted;            /* for postings: the document of the run before; none: nothing was posted yet */
} dues_penalty_run;

#define DUES_PENALTY_RUN_INIT {sizeof(dues_penalty_run), 0, DUES_ACCRUALS_JSON, 0, 0, {0, 0}, {0, 0}, {0, 0}}

/* A receivable whose penalty cannot be told says why in its "diagnostics", has no amounts, counts in "failed", and the
 * others go on: the call succeeds. Postings say the difference, negative where a late payment or a correction
 * lowered what was posted; posted daily, monthly or once they come to the same.
 * @param diagnostics  may be NULL. Else it gets every mistake in the documents as a JSON list, also on failure.
 * DUES_BAD_HISTORY: history, rates or postings cannot be used.
 * Cost: for each receivable by its changes, rates and months, not by days. Any number of threads at once. */
DUES_API int32_t dues_penalties(const dues_tariff* tariff, const dues_penalty_run* run, dues_text* out, dues_text* diagnostics, dues_error* error);

#ifdef __cplusplus
}
#endif

#endif
