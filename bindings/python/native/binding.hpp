// SPDX-License-Identifier: Apache-2.0
//
// What the parts of the extension module share: handles of dues.h that free themselves, and the way by which
// a status becomes a Python exception. Everything that Python code sees is made in Python, in src/dues; this
// module hands over bytes, numbers and plain tuples.
#pragma once

#include <dues.h>
#include <dues_arrow.h>

#include <nanobind/nanobind.h>

#include <memory>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <utility>

namespace dues_python {

namespace nb = nanobind;

/// Owns a handle. `language` is what its messages are in; what is made from a handle keeps its language.
template <class Handle, void (*Free)(Handle*)>
class owner {
 public:
  owner(Handle* handle, std::int32_t language) noexcept : handle_(handle), language_(language) {}
  owner(owner&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)), language_(other.language_) {}
  owner& operator=(owner&&) = delete;
  ~owner() { Free(handle_); }

  Handle* get() const noexcept { return handle_; }
  std::int32_t language() const noexcept { return language_; }

 private:
  Handle* handle_;
  std::int32_t language_;
};

using tariff = owner<dues_tariff, dues_tariff_free>;
using loader = owner<dues_loader, dues_loader_free>;
using facts = owner<dues_facts, dues_facts_free>;
using result = owner<dues_result, dues_result_free>;
using watch = owner<dues_watch, dues_watch_free>;

/// A ledger, which Python threads may share: one changes it, or any number read it.
struct ledger {
  owner<dues_ledger, dues_ledger_free> handle;
  std::unique_ptr<std::shared_mutex> lock;
};
/// What to look at: as_of, known_at, flags, account.
struct ledger_view : dues_ledger_view {
  ledger_view(std::int32_t as_of_day, std::int32_t known_at_day, std::uint32_t of_flags, std::optional<std::string_view> of_account) noexcept
      : dues_ledger_view DUES_LEDGER_VIEW_INIT {
    as_of = as_of_day;
    known_at = known_at_day;
    flags = of_flags;
    if (of_account) account = {of_account->data(), of_account->size()};
  }
};

/// A text of Dues' that is freed with it.
struct owned_text : dues_text {
  owned_text() noexcept : dues_text{nullptr, 0} {}
  owned_text(const owned_text&) = delete;
  owned_text& operator=(const owned_text&) = delete;
  ~owned_text() { dues_text_free(this); }
  nb::object to_python() const { return data == nullptr ? nb::object(nb::none()) : nb::object(nb::str(data, size)); }
};

/// An error to be filled in a language.
struct call_error : dues_error {
  explicit call_error(std::int32_t words) noexcept : dues_error DUES_ERROR_INIT { language = words; }
};

/// Raises what dues._errors makes of it; MemoryError where memory ran out. Does nothing on DUES_OK.
/// @param diagnostics  a JSON list of everything that was found, or without data
void check(std::int32_t status, const call_error& error, const dues_text& diagnostics = {nullptr, 0});
/// check, after a table has been given to a loader: when the facts cannot be used at all, finishing tells
/// everything that was found.
void check_table(const loader& of, std::int32_t status, const call_error& error);
/// (code, severity, pointer, row, position, message, cure), with None for what there is not.
nb::tuple told_by(const dues_error& error);

/// Calls into Dues while other Python threads run. What the call reads must be owned by its caller.
template <class Call>
std::int32_t released(Call&& call) {
  nb::gil_scoped_release others_run;
  return call();
}

/// The UTF-8 of a str. @throws nb::python_error UnicodeEncodeError where it has lone surrogates
std::string_view utf8_of(nb::handle text);

void add_documents(nb::module_& to);
void add_loading(nb::module_& to);
void add_running(nb::module_& to);
void add_rows(nb::class_<result>& to);
void add_ledgers(nb::module_& to);

/// A PyCapsule with the lines, or with their schema alone.
nb::object lines_capsule(const result& of);
nb::object schema_capsule(const result& of);
/// One with a table of a ledger.
nb::object table_capsule(const ledger& of, const ledger_view& view, std::int32_t table);
/// Gives the stream that `from` exports by the Arrow PyCapsule interface to the loader, which empties it.
void load_arrow(const loader& to, std::string_view table, nb::handle from);

}  // namespace dues_python
