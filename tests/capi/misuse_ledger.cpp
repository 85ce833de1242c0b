// SPDX-License-Identifier: Apache-2.0
//
// Wrong calls of ledgers and penalties: NULLs, handles of another kind, sizes that cannot be, options that are none.
// Run under the sanitizers.
#include "book.hpp"

#include <functional>
#include <vector>

namespace {

using namespace book;

constexpr std::size_t huge = SIZE_MAX;

struct handles {
  house::tariff_ptr tariff = book::compile();
  ledger_ptr ledger = kept(tariff.get());
  house::tariff_ptr lime = house::compile();
  house::facts_ptr facts = house::load(lime.get());
  house::loader_ptr loader = house::open_loader(lime.get());
  house::result_ptr result = house::bill(facts.get(), house::run_of(house::july, house::august));
  std::vector<void*> others() const { return {facts.get(), loader.get(), result.get()}; }
};

template <class Handle>
Handle* as(void* handle) {
  return static_cast<Handle*>(handle);
}

struct call {
  const char* name;
  std::function<std::int32_t(void*)> with;
};

std::vector<call> calls_of_ledgers() {
  return {{"dues_ledger_apply",
           [](void* h) {
             const dues_apply what = events_of("[]");
             return dues_ledger_apply(as<dues_ledger>(h), &what, nullptr, nullptr, nullptr, nullptr);
           }},
          {"dues_ledger_get",
           [](void* h) {
             dues_account_info out{};
             out.struct_size = sizeof out;
             return dues_ledger_get(as<dues_ledger>(h), nullptr, &out, nullptr);
           }},
          {"dues_ledger_text",
           [](void* h) {
             dues_text out = {nullptr, 0};
             const std::int32_t status = dues_ledger_text(as<dues_ledger>(h), nullptr, DUES_BALANCES_JSON, &out, nullptr);
             dues_text_free(&out);
             return status;
           }},
          {"dues_ledger_arrow", [](void* h) {
             ArrowArrayStream out = {};
             const std::int32_t status = dues_ledger_arrow(as<dues_ledger>(h), nullptr, DUES_ENTRIES, &out, nullptr);
             if (out.release != nullptr) out.release(&out);
             return status;
           }}};
}

std::vector<call> calls_of_tariffs() {
  return {{"dues_ledger_open",
           [](void* h) {
             dues_ledger* out = nullptr;
             const std::int32_t status = dues_ledger_open(as<dues_tariff>(h), nullptr, &out, nullptr, nullptr);
             dues_ledger_free(out);
             return status;
           }},
          {"dues_penalties", [](void* h) {
             dues_penalty_run run = DUES_PENALTY_RUN_INIT;
             run.history = str(history);
             dues_text out = {nullptr, 0};
             const std::int32_t status = dues_penalties(as<dues_tariff>(h), &run, &out, nullptr, nullptr);
             dues_text_free(&out);
             return status;
           }}};
}

TEST(misuse_of_ledgers, every_function_takes_its_own_handle_and_refuses_every_other_and_null) {
  const handles all;
  const auto refuses = [&](const std::vector<call>& calls, void* own, void* other) {
    for (const call& one : calls) {
      EXPECT_EQ(one.with(nullptr), DUES_NULL_ARGUMENT) << one.name;
      EXPECT_EQ(one.with(other), DUES_WRONG_HANDLE) << one.name;
      for (void* handle : all.others()) EXPECT_EQ(one.with(handle), DUES_WRONG_HANDLE) << one.name;
      EXPECT_EQ(one.with(own), DUES_OK) << one.name;
    }
  };
  refuses(calls_of_ledgers(), all.ledger.get(), all.tariff.get());
  refuses(calls_of_tariffs(), all.tariff.get(), all.ledger.get());
}

TEST(misuse_of_ledgers, freeing_null_or_a_handle_of_another_kind_does_nothing) {
  const handles all;
  dues_ledger_free(nullptr);
  dues_ledger_free(as<dues_ledger>(all.tariff.get()));
  for (void* handle : all.others()) dues_ledger_free(as<dues_ledger>(handle));
  dues_tariff_free(as<dues_tariff>(all.ledger.get()));
  dues_result_free(as<dues_result>(all.ledger.get()));
  for (const call& one : calls_of_ledgers()) EXPECT_EQ(one.with(all.ledger.get()), DUES_OK) << one.name;
  dues_apply what = DUES_APPLY_INIT;
  what.result = as<dues_result>(all.ledger.get());
  EXPECT_EQ(dues_ledger_apply(all.ledger.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_WRONG_HANDLE);
}

TEST(misuse_of_ledgers, out_parameters_may_not_be_null_and_are_set_first) {
  const handles all;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_ledger_open(all.tariff.get(), nullptr, nullptr, nullptr, &error), DUES_NULL_ARGUMENT);
  EXPECT_STREQ(error.message, "out must not be NULL");
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_ledger_text(all.ledger.get(), nullptr, DUES_LEDGER_JSON, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_ledger_arrow(all.ledger.get(), nullptr, DUES_BALANCES, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_ledger_apply(all.ledger.get(), nullptr, nullptr, nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_penalties(all.tariff.get(), nullptr, nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);

  dues_text text{"not ours", 8}, other{"not ours", 8};
  EXPECT_EQ(dues_penalties(all.tariff.get(), nullptr, &text, &other, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(text.data, nullptr);
  EXPECT_EQ(other.data, nullptr);
  text = other = {"not ours", 8};
  EXPECT_EQ(dues_ledger_apply(nullptr, nullptr, nullptr, &text, &other, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(text.data, nullptr);
  EXPECT_EQ(other.data, nullptr);
  dues_ledger* ledger = all.ledger.get();
  EXPECT_EQ(dues_ledger_open(nullptr, nullptr, &ledger, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(ledger, nullptr);
}

TEST(misuse_of_ledgers, texts_are_null_empty_or_too_large_without_harm) {
  const handles all;
  const auto apply = [&](auto&& change) {
    dues_apply what = DUES_APPLY_INIT;
    change(what);
    dues_text posted = {nullptr, 0};
    const std::int32_t status = dues_ledger_apply(all.ledger.get(), &what, nullptr, &posted, nullptr, nullptr);
    dues_text_free(&posted);
    return status;
  };
  EXPECT_EQ(apply([](dues_apply&) {}), DUES_OK) << "nothing to record";
  EXPECT_EQ(apply([](dues_apply& what) { what.events = {nullptr, 1}; }), DUES_NULL_ARGUMENT);
  EXPECT_EQ(apply([](dues_apply& what) { what.events = {"x", huge}; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(apply([](dues_apply& what) { what.billed = {"x", huge}; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(apply([](dues_apply& what) { what.billed = {"x", 1}; }), DUES_BAD_RUN);
  EXPECT_EQ(apply([](dues_apply& what) { what.events = {"\xff", 1}; }), DUES_BAD_LEDGER);

  dues_ledger_view view = DUES_LEDGER_VIEW_INIT;
  dues_account_info info{};
  info.struct_size = sizeof info;
  view.account = {"x", huge};
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &view, &info, nullptr), DUES_OUT_OF_RANGE);
  view.account = {nullptr, 1};
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &view, &info, nullptr), DUES_NULL_ARGUMENT);
  view.account = {"\xff", 1};
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &view, &info, nullptr), DUES_NOT_UTF8);

  dues_ledger* made = nullptr;
  dues_ledger_source source = DUES_LEDGER_SOURCE_INIT;
  source.json = {"x", huge};
  EXPECT_EQ(dues_ledger_open(all.tariff.get(), &source, &made, nullptr, nullptr), DUES_OUT_OF_RANGE);
  source.json = {nullptr, 0};
  source.reference_count = 1;
  EXPECT_EQ(dues_ledger_open(all.tariff.get(), &source, &made, nullptr, nullptr), DUES_NULL_ARGUMENT);
  source.reference_count = UINT32_MAX;
  source.references = &source.json;
  EXPECT_EQ(dues_ledger_open(all.tariff.get(), &source, &made, nullptr, nullptr), DUES_OUT_OF_RANGE);
  EXPECT_EQ(made, nullptr);
}

TEST(misuse_of_ledgers, options_have_the_sizes_and_values_of_the_header) {
  const handles all;
  const auto get = [&](auto&& change) {
    dues_ledger_view view = DUES_LEDGER_VIEW_INIT;
    change(view);
    dues_account_info info{};
    info.struct_size = sizeof info;
    return dues_ledger_get(all.ledger.get(), &view, &info, nullptr);
  };
  EXPECT_EQ(get([](dues_ledger_view& view) { view.flags = 2; }), DUES_WRONG_OPTION);
  EXPECT_EQ(get([](dues_ledger_view& view) { view.struct_size = 0; }), DUES_WRONG_OPTION);
  EXPECT_EQ(get([](dues_ledger_view& view) { view.struct_size = UINT32_MAX; }), DUES_WRONG_OPTION);
  EXPECT_EQ(get([](dues_ledger_view& view) { view.as_of = INT32_MIN; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(get([](dues_ledger_view& view) { view.known_at = INT32_MAX - 1; }), DUES_OUT_OF_RANGE);
  struct later_view {
    dues_ledger_view view;
    std::int64_t added;
  } later{DUES_LEDGER_VIEW_INIT, 0};
  later.view.struct_size = sizeof later;
  dues_account_info info{};
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &later.view, &info, nullptr), DUES_WRONG_OPTION) << "the size of info is not set";
  info.struct_size = sizeof info;
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &later.view, &info, nullptr), DUES_OK) << "what is added asks for nothing";
  later.added = 1;
  EXPECT_EQ(dues_ledger_get(all.ledger.get(), &later.view, &info, nullptr), DUES_WRONG_OPTION);

  dues_text text = {nullptr, 0};
  ArrowArrayStream stream = {};
  for (const std::int32_t form : {-1, 5, INT32_MAX}) EXPECT_EQ(dues_ledger_text(all.ledger.get(), nullptr, form, &text, nullptr), DUES_WRONG_OPTION);
  for (const std::int32_t table : {-1, 3, INT32_MAX}) EXPECT_EQ(dues_ledger_arrow(all.ledger.get(), nullptr, table, &stream, nullptr), DUES_WRONG_OPTION);

  dues_apply what = events_of(payment);
  what.version = -2;
  EXPECT_EQ(dues_ledger_apply(all.ledger.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_WRONG_OPTION);
  what = DUES_APPLY_INIT;
  what.result = all.result.get();
  what.recorded = INT32_MIN;
  EXPECT_EQ(dues_ledger_apply(all.ledger.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_WRONG_OPTION) << "of another tariff";
  const ledger_ptr lime = open(all.lime.get());
  EXPECT_EQ(dues_ledger_apply(lime.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_OUT_OF_RANGE);
  dues_applied done{};
  EXPECT_EQ(dues_ledger_apply(lime.get(), &what, &done, nullptr, nullptr, nullptr), DUES_WRONG_OPTION) << "the size of out is not set";
  what = DUES_APPLY_INIT;
  what.struct_size = 4;
  EXPECT_EQ(dues_ledger_apply(lime.get(), &what, nullptr, nullptr, nullptr, nullptr), DUES_WRONG_OPTION);
}

}  // namespace
