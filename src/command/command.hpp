// SPDX-License-Identifier: Apache-2.0
//
// What is common to the verbs: what was asked, how a run ends. Each verb has a file of its own.
#pragma once

#include <dues/bill/bill.hpp>
#include <dues/diagnostic/catalogue.hpp>
#include <dues/quote/quote.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace dues::command {

/// How the command ends; --help and README.md say the same.
enum exit_code : int {
  fine = 0,
  wrong_input = 1,     ///< a mistake in the input documents; nothing was billed
  wrong_use = 2,       ///< of the command
  without_amount = 3,  ///< billed, but with diagnostics
  no_file = 4          ///< cannot be read or written
};

/// Ends the run. The text is said already when it is empty.
class failure : public std::runtime_error {
 public:
  failure(exit_code code, const std::string& text) : std::runtime_error(text), code_(code) {}
  exit_code code() const noexcept { return code_; }

 private:
  exit_code code_;
};

enum class shape { table, json, csv, sheet };

/// A file of facts: a table as CSV, or, without a table, a whole document as JSON.
struct facts_file {
  std::string table, name;
};

/// What the verbs are asked; a verb reads what concerns it.
struct request {
  std::vector<std::string> tariffs;  ///< file names, at least one
  std::vector<facts_file> facts;     ///< units before what names them; none for a check of tariffs alone
  bill_request run;
  std::vector<std::string> before;  ///< file names
  std::string key, fee;             ///< of lines to explain
  shape format = shape::table;
  std::string output;               ///< empty: standard output
  bool strict = false, lines = false;
  std::size_t rows = 20;            ///< 0: all
  // pay, ledger and penalties
  std::string ledger;                    ///< file; empty: a new one
  std::vector<std::string> events, bills, references;  ///< files
  civil_day as_of = last_day, known_at = last_day;
  bool explain = false;
  // correct; its day of recording is as_of
  std::string was;                       ///< file of the edition before; empty: nothing to compare
  // quote, and bill beside what was paid ahead
  std::vector<std::string> prepaid;      ///< files: ledgers or events
  prepay_request ahead;
  std::vector<int> months;
  std::vector<civil_day> dates;          ///< first days; empty: the first period that is free
  std::string quote_file, leave, id, refund_to;
  bool by_manager = false;
};

int check(const request& asked, const language& words);
int bill(const request& asked, const language& words);
int explain(const request& asked, const language& words);
int pay(const request& asked, const language& words);
int show_ledger(const request& asked, const language& words);
int correct(const request& asked, const language& words);
int quote(const request& asked, const language& words);
int show_penalties(const request& asked, const language& words);

}  // namespace dues::command
