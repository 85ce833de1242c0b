// SPDX-License-Identifier: Apache-2.0
//
// Runs, which Ctrl-C ends, and results as texts.
#include "binding.hpp"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace dues_python {

namespace {

watch make_watch() {
  dues_watch* made = nullptr;
  call_error error(DUES_ENGLISH);
  check(dues_watch_new(&made, &error), error);
  return {made, DUES_ENGLISH};
}

std::uint64_t watch_lines(const watch& of) {
  std::uint64_t lines = 0;
  dues_watch_lines(of.get(), &lines);
  return lines;
}

// Python handles signals in its main thread, between steps of Python code. So the run goes on in a thread of
// its own, and the main one wakes to look whether somebody pressed Ctrl-C. @returns false when somebody did
bool run_heeding_signals(const std::function<void()>& run, dues_watch* stops) {
  std::mutex lock;
  std::condition_variable ended;
  bool done = false;
  std::thread worker;
  try {
    worker = std::thread([&] {
      run();
      const std::lock_guard<std::mutex> holds(lock);
      done = true;
      ended.notify_one();
    });
  } catch (const std::system_error&) {  // no thread to be had: then without
    nb::gil_scoped_release others_run;
    run();
    return true;
  }
  bool goes_on = true;
  for (bool waits = true; waits;) {
    {
      nb::gil_scoped_release others_run;
      std::unique_lock<std::mutex> holds(lock);
      waits = !ended.wait_for(holds, std::chrono::milliseconds(20), [&] { return done; });
    }
    if (waits && goes_on && PyErr_CheckSignals() != 0) {
      goes_on = false;
      dues_watch_stop(stops);
    }
  }
  worker.join();
  return goes_on;
}

result bill(const facts& known, const nb::tuple& numbers, std::optional<std::string_view> account, std::optional<std::string_view> unit, const std::vector<nb::bytes>& before,
            const watch& watched, bool heeds_signals, const ledger* book) {
  dues_run run = DUES_RUN_INIT;
  run.from = nb::cast<std::int32_t>(numbers[0]);
  run.to = nb::cast<std::int32_t>(numbers[1]);
  run.select = nb::cast<std::int32_t>(numbers[2]);
  run.flags = nb::cast<std::uint32_t>(numbers[3]);
  run.threads = nb::cast<std::uint32_t>(numbers[4]);
  run.most_lines = nb::cast<std::int64_t>(numbers[5]);
  if (account) run.account = {account->data(), account->size()};
  if (unit) run.unit = {unit->data(), unit->size()};
  std::vector<dues_str> earlier;
  for (const nb::bytes& one : before) earlier.push_back({one.c_str(), one.size()});
  run.before = earlier.data();
  run.before_count = earlier.size();
  run.watch = watched.get();
  if (book != nullptr) run.ledger = book->handle.get();

  call_error error(known.language());
  dues_result* made = nullptr;
  std::int32_t status = DUES_OK;
  const auto go = [&] {
    std::shared_lock<std::shared_mutex> reads;
    if (book != nullptr) reads = std::shared_lock<std::shared_mutex>(*book->lock);
    status = dues_bill(known.get(), &run, &made, &error);
  };
  bool goes_on = true;
  if (heeds_signals) {
    goes_on = run_heeding_signals(go, watched.get());
  } else {
    nb::gil_scoped_release others_run;
    go();
  }
  result owned(made, known.language());
  if (!goes_on) throw nb::python_error();  // what the signal's handler raised
  check(status, error);
  return owned;
}

nb::object text(const result& of, std::int32_t form, std::size_t index) {
  owned_text made;
  call_error error(of.language());
  check(released([&] { return dues_result_text(of.get(), form, index, &made, &error); }), error);
  return made.to_python();
}

// @param write  takes bytes; what it raises ends the call
void write(const result& of, std::int32_t form, const nb::callable& write) {
  struct sink {
    const nb::callable& write;
    std::optional<nb::python_error> raised;
  } to{write, std::nullopt};
  const dues_sink take = [](void* context, const char* data, std::size_t size) -> std::int32_t {
    auto& into = *static_cast<sink*>(context);
    const nb::gil_scoped_acquire ours;
    try {
      into.write(nb::bytes(data, size));
      return 0;
    } catch (nb::python_error& wrong) {
      into.raised.emplace(std::move(wrong));
    } catch (...) {
      PyErr_NoMemory();
      into.raised.emplace();
    }
    return 1;
  };
  call_error error(of.language());
  const std::int32_t status = released([&] { return dues_result_write(of.get(), form, take, &to, &error); });
  if (to.raised) throw std::move(*to.raised);
  check(status, error);
}

nb::object explain(const result& of, std::size_t line) {
  owned_text made;
  call_error error(of.language());
  check(released([&] { return dues_explain(of.get(), line, &made, &error); }), error);
  return made.to_python();
}

}  // namespace

void add_running(nb::module_& to) {
  nb::class_<watch>(to, "Watch").def("stop", [](const watch& of) { dues_watch_stop(of.get()); }).def("lines", &watch_lines);
  to.def("watch", &make_watch);
  to.attr("BY_ISSUE") = int{DUES_BY_ISSUE};
  to.attr("BY_SERVICE") = int{DUES_BY_SERVICE};
  to.attr("LINES_ONLY") = int{DUES_LINES_ONLY};
  to.attr("JSON") = int{DUES_JSON};
  to.attr("JSON_INDENTED") = int{DUES_JSON_INDENTED};
  to.attr("CSV") = int{DUES_CSV};
  nb::class_<result> results(to, "Result");
  results.def("text", &text).def("write", &write).def("explain", &explain);
  results.def("stream", &lines_capsule).def("schema", &schema_capsule);
  add_rows(results);
  to.def("bill", &bill, nb::arg(), nb::arg(), nb::arg().none(), nb::arg().none(), nb::arg(), nb::arg(), nb::arg(), nb::arg().none());
}

}  // namespace dues_python
