// SPDX-License-Identifier: Apache-2.0
//
// dues_growth ACTIVITY SHAPE N: does one thing once at one size, and counts only that under callgrind:
// what is made for it beforehand runs without instrumentation.
#include "shapes.hpp"

#include <dues/dues.hpp>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

[[noreturn]] void refuse(const char* what, std::span<const dues::diagnostic> found) {
  std::fprintf(stderr, "dues_growth: %s\n%s\n", what, dues::to_json(found.first(std::min<std::size_t>(found.size(), 3))).c_str());
  std::exit(1);
}

// The one thing that is counted. Its result outlives the counting, so that freeing it is not counted.
template <class Work>
auto counted(bool here, Work&& work) {
  if (here) CALLGRIND_START_INSTRUMENTATION;
  if (here) CALLGRIND_TOGGLE_COLLECT;
  auto made = work();
  if (here) CALLGRIND_TOGGLE_COLLECT;
  if (here) CALLGRIND_STOP_INSTRUMENTATION;
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  const dues_growth::shape* shape = argc == 4 ? dues_growth::find_shape(argv[2]) : nullptr;
  const std::string_view activity = argc == 4 ? argv[1] : "";
  const int n = argc == 4 ? std::atoi(argv[3]) : 0;
  constexpr int largest = 10'000'000;
  if (shape == nullptr || n < 1 || n > largest || (activity != "compile" && activity != "load" && activity != "bill" && activity != "explain" && activity != "pay")) {
    std::fprintf(stderr, "dues_growth compile|load|bill|explain|pay SHAPE N\n");
    return 2;
  }
  dues_growth::input with = shape->of(n);
  if (activity == "pay") with.tariff.insert(with.tariff.rfind('}'), R"(,"payments":{"order":[{"class":"principal"}],"then":["earliest_due"]})");
  const dues::compile_result tariff = counted(activity == "compile", [&] { return dues::compile(with.tariff); });
  if (activity == "compile") return 0;
  if (tariff.compiled == nullptr) refuse("the tariff", tariff.found.all());
  const dues::facts_result facts = counted(activity == "load", [&] { return dues::load_facts(tariff.compiled, with.facts); });
  if (activity == "load") return 0;
  if (facts.loaded == nullptr) refuse("the facts", facts.found.all());
  dues::bill_request asked;
  asked.days = with.days;
  const dues::billing made = counted(activity == "bill", [&] { return dues::make_bills(facts.loaded, asked); });
  if (made.lines.empty()) refuse("the run", made.found.all());
  if (activity == "explain") {
    const auto why = counted(true, [&] { return dues::explain_line(made, made.lines.size() / 2); });
    if (!why) refuse("the explanation", made.faults);
  }
  if (activity == "pay") {
    // One payment of one account in a ledger of all of them.
    dues::ledger kept(tariff.compiled);
    for (dues::ledger_event& one : dues::charges_of(made, with.days.from)) kept.apply(std::move(one));
    dues::ledger_event payment;
    payment.id = "p";
    payment.account = std::next(kept.books().begin(), static_cast<std::ptrdiff_t>(kept.books().size() / 2))->first;
    payment.date = payment.recorded = with.days.from;
    payment.amount = 100;
    const dues::applied done = counted(true, [&] { return kept.apply(payment); });
    if (!done.recorded) refuse("the payment", done.found.all());
  }
  return 0;
}
