// SPDX-License-Identifier: Apache-2.0
//
// Calls that are wrong: NULLs, handles of another kind, sizes that cannot be, calls out of order. Each gives
// a status; none is crash, leak or undefined. Run under the sanitizers.
#include "arrow_made.hpp"
#include "house.hpp"

#include <functional>
#include <vector>

namespace {

using namespace house;

constexpr std::size_t huge = SIZE_MAX;

// Every handle that there is, and one call of each function with it where a handle goes.
struct all_handles {
  tariff_ptr tariff = compile();
  loader_ptr loader = open_loader(tariff.get());
  facts_ptr facts = load(tariff.get());
  result_ptr result = bill(facts.get(), run_of(july, august));
  watch_ptr watch;
  all_handles() {
    dues_watch* made = nullptr;
    EXPECT_EQ(dues_watch_new(&made, nullptr), DUES_OK);
    watch.reset(made);
  }
  std::vector<void*> pointers() const { return {tariff.get(), loader.get(), facts.get(), result.get(), watch.get()}; }
};

struct call {
  const char* name;
  std::size_t takes;  ///< place in all_handles::pointers
  std::function<std::int32_t(void*)> with;
};

template <class Handle>
Handle* as(void* handle) {
  return static_cast<Handle*>(handle);
}

std::vector<call> all_calls() {
  return {
      {"dues_tariff_get", 0,
       [](void* h) {
         dues_tariff_info out{};
         out.struct_size = sizeof out;
         return dues_tariff_get(as<dues_tariff>(h), &out, nullptr);
       }},
      {"dues_loader_new", 0,
       [](void* h) {
         dues_loader* out = nullptr;
         const std::int32_t status = dues_loader_new(as<dues_tariff>(h), &out, nullptr);
         dues_loader_free(out);
         return status;
       }},
      {"dues_loader_json", 1, [](void* h) { return dues_loader_json(as<dues_loader>(h), R"({"dues_facts": "1"})", 19, nullptr); }},
      {"dues_loader_csv", 1, [](void* h) { return dues_loader_csv(as<dues_loader>(h), "accounts", 8, "account,from\n", 13, 1, nullptr); }},
      {"dues_loader_arrow", 1,
       [](void* h) {
         arrow_made::source none;
         none.columns = {arrow_made::texts("unit", {}), arrow_made::texts("from", {})};
         ArrowArrayStream stream = arrow_made::stream_of(none);
         const std::int32_t status = dues_loader_arrow(as<dues_loader>(h), "units", 5, &stream, nullptr);
         EXPECT_EQ(none.made, none.released);
         return status;
       }},
      {"dues_loader_finish", 1,
       [](void* h) {
         dues_facts* out = nullptr;
         dues_text found = {nullptr, 0};
         const std::int32_t status = dues_loader_finish(as<dues_loader>(h), &out, &found, nullptr);
         dues_facts_free(out);
         dues_text_free(&found);
         return status;
       }},
      {"dues_bill", 2,
       [](void* h) {
         const dues_run run = run_of(july, august);
         dues_result* out = nullptr;
         const std::int32_t status = dues_bill(as<dues_facts>(h), &run, &out, nullptr);
         dues_result_free(out);
         return status;
       }},
      {"dues_result_get", 3,
       [](void* h) {
         dues_result_info out{};
         out.struct_size = sizeof out;
         return dues_result_get(as<dues_result>(h), &out, nullptr);
       }},
      {"dues_result_line", 3,
       [](void* h) {
         dues_line out{};
         out.struct_size = sizeof out;
         return dues_result_line(as<dues_result>(h), 0, &out, nullptr);
       }},
      {"dues_result_bill", 3,
       [](void* h) {
         dues_bill_info out{};
         out.struct_size = sizeof out;
         return dues_result_bill(as<dues_result>(h), 0, &out, nullptr);
       }},
      {"dues_result_find", 3,
       [](void* h) {
         std::size_t index = 0;
         const std::string key = "lime-court/Lin/1-101/management/-/2026-07-01/charge";
         return dues_result_find(as<dues_result>(h), key.data(), key.size(), &index, nullptr);
       }},
      {"dues_result_text", 3,
       [](void* h) {
         dues_text out = {nullptr, 0};
         const std::int32_t status = dues_result_text(as<dues_result>(h), DUES_JSON, 0, &out, nullptr);
         dues_text_free(&out);
         return status;
       }},
      {"dues_result_write", 3,
       [](void* h) {
         return dues_result_write(as<dues_result>(h), DUES_CSV, [](void*, const char*, std::size_t) -> std::int32_t { return 0; }, nullptr, nullptr);
       }},
      {"dues_result_arrow", 3,
       [](void* h) {
         ArrowArrayStream out = {};
         const std::int32_t status = dues_result_arrow(as<dues_result>(h), &out, nullptr);
         if (out.release != nullptr) out.release(&out);
         return status;
       }},
      {"dues_explain", 3,
       [](void* h) {
         dues_text out = {nullptr, 0};
         const std::int32_t status = dues_explain(as<dues_result>(h), 0, &out, nullptr);
         dues_text_free(&out);
         return status;
       }},
      {"dues_watch_lines", 4,
       [](void* h) {
         std::uint64_t lines = 0;
         return dues_watch_lines(as<dues_watch>(h), &lines);
       }},
      {"dues_watch_stop", 4, [](void* h) { return dues_watch_stop(as<dues_watch>(h)); }},
  };
}

TEST(misuse_test, every_function_takes_its_own_handle_and_refuses_every_other_and_null) {
  const all_handles all;
  const std::vector<void*> handles = all.pointers();
  for (const call& one : all_calls()) {
    EXPECT_EQ(one.with(nullptr), DUES_NULL_ARGUMENT) << one.name;
    for (std::size_t i = 0; i < handles.size(); ++i)
      if (i != one.takes) {
        EXPECT_EQ(one.with(handles[i]), DUES_WRONG_HANDLE) << one.name << " with handle " << i;
      }
    EXPECT_EQ(one.with(handles[one.takes]), DUES_OK) << one.name;
  }
}

TEST(misuse_test, freeing_null_or_a_handle_of_another_kind_does_nothing) {
  dues_tariff_free(nullptr);
  dues_loader_free(nullptr);
  dues_facts_free(nullptr);
  dues_result_free(nullptr);
  dues_watch_free(nullptr);
  dues_text_free(nullptr);
  const all_handles all;
  for (void* handle : all.pointers()) {
    if (handle != all.tariff.get()) dues_tariff_free(as<dues_tariff>(handle));
    if (handle != all.loader.get()) dues_loader_free(as<dues_loader>(handle));
    if (handle != all.facts.get()) dues_facts_free(as<dues_facts>(handle));
    if (handle != all.result.get()) dues_result_free(as<dues_result>(handle));
    if (handle != all.watch.get()) dues_watch_free(as<dues_watch>(handle));
  }
  for (const call& one : all_calls()) EXPECT_EQ(one.with(all.pointers()[one.takes]), DUES_OK) << "still usable: " << one.name;
}

TEST(misuse_test, out_parameters_may_not_be_null_and_are_set_first) {
  const all_handles all;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_tariff_compile(tariff.data(), tariff.size(), nullptr, nullptr, &error), DUES_NULL_ARGUMENT);
  EXPECT_STREQ(error.code, "C100");
  EXPECT_STREQ(error.message, "out must not be NULL");
  EXPECT_EQ(dues_loader_new(all.tariff.get(), nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_loader_finish(all.loader.get(), nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);
  const dues_run run = run_of(july, august);
  EXPECT_EQ(dues_bill(all.facts.get(), &run, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_tariff_get(all.tariff.get(), nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_get(all.result.get(), nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_line(all.result.get(), 0, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_bill(all.result.get(), 0, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_find(all.result.get(), "x", 1, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_text(all.result.get(), DUES_JSON, 0, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_write(all.result.get(), DUES_JSON, nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_arrow(all.result.get(), nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_explain(all.result.get(), 0, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_watch_new(nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_watch_lines(all.watch.get(), nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_loader_arrow(all.loader.get(), "units", 5, nullptr, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_decimal_text(nullptr, nullptr, 0), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_date_text(0, nullptr, 11), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_date_parse("2026-07-01", 10, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_bill(all.facts.get(), nullptr, nullptr, nullptr), DUES_NULL_ARGUMENT);

  dues_text text{"not ours", 8};
  EXPECT_EQ(dues_explain(nullptr, 0, &text, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(text.data, nullptr);
  dues_result* result = all.result.get();
  EXPECT_EQ(dues_bill(nullptr, &run, &result, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(result, nullptr);
}

TEST(misuse_test, texts_are_null_empty_or_too_large_without_harm) {
  const all_handles all;
  dues_tariff* made = nullptr;
  dues_error error = DUES_ERROR_INIT;
  EXPECT_EQ(dues_tariff_compile(nullptr, 0, &made, nullptr, &error), DUES_BAD_TARIFF);
  EXPECT_STREQ(error.code, "T116");
  EXPECT_EQ(dues_tariff_compile(nullptr, 1, &made, nullptr, &error), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_tariff_compile("", huge, &made, nullptr, &error), DUES_OUT_OF_RANGE);
  EXPECT_STREQ(error.code, "C103");
  EXPECT_EQ(dues_tariff_compile("", DUES_MOST_BYTES, &made, nullptr, &error), DUES_BAD_TARIFF) << "larger than any tariff: not read";
  EXPECT_STREQ(error.code, "T151");
  EXPECT_EQ(dues_loader_json(all.loader.get(), "", huge, nullptr), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_loader_json(all.loader.get(), nullptr, 1, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_loader_csv(all.loader.get(), nullptr, 5, "", 0, 1, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_loader_csv(all.loader.get(), "units", huge, "", 0, 1, nullptr), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_loader_csv(all.loader.get(), "units", 5, "", huge, 1, nullptr), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_loader_csv(all.loader.get(), "\xFFnits", 5, "", 0, 1, nullptr), DUES_NOT_UTF8);
  std::size_t index = 0;
  EXPECT_EQ(dues_result_find(all.result.get(), nullptr, 1, &index, nullptr), DUES_NULL_ARGUMENT);
  EXPECT_EQ(dues_result_find(all.result.get(), "x", huge, &index, nullptr), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_result_find(all.result.get(), nullptr, 0, &index, nullptr), DUES_NOT_FOUND);
  EXPECT_EQ(dues_result_find(all.result.get(), "\xED\xA0\x80", 3, &index, nullptr), DUES_NOT_UTF8) << "a surrogate";
  dues_run run = run_of(july, august);
  dues_result* result = nullptr;
  run.account = {"x", huge};
  EXPECT_EQ(dues_bill(all.facts.get(), &run, &result, nullptr), DUES_OUT_OF_RANGE);
  run.account = {nullptr, 3};
  EXPECT_EQ(dues_bill(all.facts.get(), &run, &result, nullptr), DUES_NULL_ARGUMENT);
  run = run_of(july, august);
  run.unit = {"\xC0\xAF", 2};
  EXPECT_EQ(dues_bill(all.facts.get(), &run, &result, nullptr), DUES_NOT_UTF8);
  run = run_of(july, august);
  run.before_count = 1;
  EXPECT_EQ(dues_bill(all.facts.get(), &run, &result, nullptr), DUES_NULL_ARGUMENT);
  run.before_count = huge;
  EXPECT_EQ(dues_bill(all.facts.get(), &run, &result, nullptr), DUES_OUT_OF_RANGE);
  std::int32_t days = 0;
  EXPECT_EQ(dues_date_parse("2026-07-01", huge, &days), DUES_OUT_OF_RANGE);
  EXPECT_EQ(dues_date_parse(nullptr, 10, &days), DUES_NULL_ARGUMENT);
  char none[1];
  EXPECT_EQ(dues_date_text(0, none, 0), DUES_OUT_OF_RANGE);
  for (const call& one : all_calls()) EXPECT_EQ(one.with(all.pointers()[one.takes]), DUES_OK) << "still usable: " << one.name;
}

TEST(misuse_test, indices_beyond_the_end_are_refused) {
  const all_handles all;
  dues_line line{};
  line.struct_size = sizeof line;
  dues_bill_info bill{};
  bill.struct_size = sizeof bill;
  dues_text text = {nullptr, 0};
  for (const std::size_t index : {std::size_t{3}, huge}) {
    EXPECT_EQ(dues_result_line(all.result.get(), index, &line, nullptr), DUES_OUT_OF_RANGE);
    EXPECT_EQ(dues_result_bill(all.result.get(), index, &bill, nullptr), DUES_OUT_OF_RANGE);
    EXPECT_EQ(dues_explain(all.result.get(), index, &text, nullptr), DUES_OUT_OF_RANGE);
    for (const std::int32_t form : {DUES_JSON, DUES_CSV, DUES_LINE_KEY, DUES_BILL_KEY, DUES_BILL_ID})
      EXPECT_EQ(dues_result_text(all.result.get(), form, index, &text, nullptr), DUES_OUT_OF_RANGE);
  }
}

TEST(misuse_test, structs_of_another_size_are_refused_or_filled_as_far_as_they_are_known) {
  const all_handles all;
  dues_line line{};
  EXPECT_EQ(dues_result_line(all.result.get(), 0, &line, nullptr), DUES_WRONG_OPTION) << "its size is not set";
  line.struct_size = sizeof line - 1;
  EXPECT_EQ(dues_result_line(all.result.get(), 0, &line, nullptr), DUES_WRONG_OPTION);
  struct later {
    dues_line line;
    std::int64_t added;
  } of_later{};
  of_later.line.struct_size = sizeof of_later;
  of_later.added = 7;
  EXPECT_EQ(dues_result_line(all.result.get(), 0, &of_later.line, nullptr), DUES_OK);
  EXPECT_EQ(of_later.line.struct_size, sizeof of_later);
  EXPECT_EQ(view(of_later.line.account), "Chen");
  EXPECT_EQ(of_later.added, 7);

  struct later_run {
    dues_run run;
    std::int64_t added;
  } run{run_of(july, august), 0};
  run.run.struct_size = sizeof run;
  dues_result* result = nullptr;
  EXPECT_EQ(dues_bill(all.facts.get(), &run.run, &result, nullptr), DUES_OK) << "what is added asks for nothing";
  dues_result_free(result);
  run.added = 1;
  EXPECT_EQ(dues_bill(all.facts.get(), &run.run, &result, nullptr), DUES_WRONG_OPTION);
  for (const std::uint32_t size : {0U, 4U, UINT32_MAX}) {
    dues_run wrong = run_of(july, august);
    wrong.struct_size = size;
    EXPECT_EQ(dues_bill(all.facts.get(), &wrong, &result, nullptr), DUES_WRONG_OPTION) << size;
  }
  dues_error unset{};
  EXPECT_EQ(dues_result_line(all.result.get(), 0, &line, &unset), DUES_WRONG_OPTION);
}

TEST(misuse_test, options_have_the_values_of_the_header) {
  const all_handles all;
  const auto status = [&](auto&& change) {
    dues_run run = run_of(july, august);
    change(run);
    dues_result* result = nullptr;
    const std::int32_t made = dues_bill(all.facts.get(), &run, &result, nullptr);
    dues_result_free(result);
    return made;
  };
  EXPECT_EQ(status([](dues_run& run) { run.select = 2; }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_run& run) { run.select = -1; }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_run& run) { run.flags = 2; }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_run& run) { run.most_lines = -1; }), DUES_WRONG_OPTION);
  EXPECT_EQ(status([](dues_run& run) { run.from = INT32_MIN; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_run& run) { run.to = INT32_MAX; }), DUES_OUT_OF_RANGE);
  EXPECT_EQ(status([](dues_run& run) { run.select = DUES_BY_SERVICE; }), DUES_OK);
  EXPECT_EQ(status([](dues_run& run) { run.threads = 0; }), DUES_OK);
  EXPECT_EQ(status([&](dues_run& run) { run.watch = as<dues_watch>(all.facts.get()); }), DUES_WRONG_HANDLE);
  dues_text text = {nullptr, 0};
  for (const std::int32_t form : {-1, 6, INT32_MAX}) EXPECT_EQ(dues_result_text(all.result.get(), form, 0, &text, nullptr), DUES_WRONG_OPTION);
  for (const std::int32_t form : {-1, 3, 6}) EXPECT_EQ(dues_result_write(all.result.get(), form, [](void*, const char*, std::size_t) -> std::int32_t { return 0; }, nullptr, nullptr), DUES_WRONG_OPTION);
}

TEST(misuse_test, a_loader_is_called_in_order) {
  const tariff_ptr of = compile();
  const loader_ptr loader = open_loader(of.get());
  ASSERT_EQ(dues_loader_csv(loader.get(), "units", 5, "unit,from", 9, 0, nullptr), DUES_OK);
  EXPECT_EQ(dues_loader_csv(loader.get(), "tenures", 7, "unit", 4, 0, nullptr), DUES_WRONG_ORDER) << "inside another table";
  EXPECT_EQ(dues_loader_json(loader.get(), facts.data(), facts.size(), nullptr), DUES_WRONG_ORDER);
  dues_facts* made = nullptr;
  EXPECT_EQ(dues_loader_finish(loader.get(), &made, nullptr, nullptr), DUES_WRONG_ORDER);
  ASSERT_EQ(dues_loader_csv(loader.get(), "units", 5, "\n", 1, 1, nullptr), DUES_OK) << "which changed nothing";
  const facts_ptr known = finish(loader.get());
  EXPECT_EQ(dues_loader_finish(loader.get(), &made, nullptr, nullptr), DUES_WRONG_ORDER) << "once";
  EXPECT_EQ(dues_loader_json(loader.get(), facts.data(), facts.size(), nullptr), DUES_WRONG_ORDER);
}

}  // namespace
