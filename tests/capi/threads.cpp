// SPDX-License-Identifier: Apache-2.0
//
// Programs, facts and results are for any number of threads at once; a watch ends a run from another.
// Run under the thread sanitizer.
#include "book.hpp"

#include <thread>
#include <vector>

namespace {

using namespace house;

TEST(threads_test, two_threads_bill_from_one_tariff_and_one_set_of_facts) {
  const tariff_ptr of = compile();
  const facts_ptr known = load(of.get());
  const std::string expected = text_of(bill(known.get(), run_of(july, august)).get(), DUES_JSON);
  const auto work = [&](int rounds, std::uint32_t threads) {
    for (int i = 0; i < rounds; ++i) {
      dues_run run = run_of(july, august);
      run.threads = threads;
      EXPECT_EQ(text_of(bill(known.get(), run).get(), DUES_JSON), expected);
      EXPECT_EQ(text_of(bill(load(of.get()).get(), run).get(), DUES_JSON), expected) << "facts loaded for the same tariff meanwhile";
    }
  };
  std::thread one(work, 50, 1), other(work, 50, 2);
  one.join();
  other.join();
}

TEST(threads_test, threads_read_one_result) {
  const result_ptr made = bill_july();
  const std::string expected = text_of(made.get(), DUES_CSV);
  const auto read = [&] {
    for (int i = 0; i < 50; ++i) {
      EXPECT_EQ(text_of(made.get(), DUES_CSV), expected);
      dues_text why = {nullptr, 0};
      EXPECT_EQ(dues_explain(made.get(), 1, &why, nullptr), DUES_OK);
      dues_text_free(&why);
      ArrowArrayStream stream = {};
      EXPECT_EQ(dues_result_arrow(made.get(), &stream, nullptr), DUES_OK);
      ArrowArray batch = {};
      EXPECT_EQ(stream.get_next(&stream, &batch), 0);
      batch.release(&batch);
      stream.release(&stream);
    }
  };
  std::vector<std::thread> all;
  for (int i = 0; i < 3; ++i) all.emplace_back(read);
  for (std::thread& one : all) one.join();
}

TEST(threads_test, threads_read_one_ledger_while_nobody_applies) {
  const tariff_ptr of = book::compile();
  const book::ledger_ptr kept = book::kept(of.get());
  const dues_ledger_view view = book::as_of(book::on_january(25));
  const std::string expected = book::text_of(kept.get(), DUES_BALANCES_JSON, &view);
  const auto read = [&] {
    for (int i = 0; i < 50; ++i) {
      EXPECT_EQ(book::text_of(kept.get(), DUES_BALANCES_JSON, &view), expected);
      EXPECT_EQ(book::told(book::balances(kept.get(), &view)), "40.00 open, 0.00 penalties, 0.00 credit");
      ArrowArrayStream stream = {};
      EXPECT_EQ(dues_ledger_arrow(kept.get(), &view, DUES_OPEN_ITEMS, &stream, nullptr), DUES_OK);
      ArrowArray batch = {};
      EXPECT_EQ(stream.get_next(&stream, &batch), 0);
      batch.release(&batch);
      stream.release(&stream);
    }
  };
  std::vector<std::thread> all;
  for (int i = 0; i < 3; ++i) all.emplace_back(read);
  for (std::thread& one : all) one.join();
}

// Lines for 60 years of a thousand units would take long; told to stop, the run ends with nothing.
TEST(threads_test, another_thread_ends_a_run) {
  std::string units, tenures;
  for (int i = 0; i < 1'000; ++i) {
    const std::string unit = "u" + std::to_string(i);
    units += (i == 0 ? "" : ",") + ("{\"unit\": \"" + unit + "\", \"from\": \"2026-01-01\", \"use\": \"flat\", \"area\": \"80.02\"}");
    tenures += (i == 0 ? "" : ",") + ("{\"unit\": \"" + unit + "\", \"account\": \"a" + unit + "\", \"role\": \"owner\", \"from\": \"2026-01-01\"}");
  }
  const facts_ptr known = load(compile().get(), "{\"dues_facts\": \"1\", \"units\": [" + units + "], \"tenures\": [" + tenures + "]}");
  dues_watch* made = nullptr;
  ASSERT_EQ(dues_watch_new(&made, nullptr), DUES_OK);
  const watch_ptr watch(made);
  constexpr std::int32_t sixty_years = 21'900;
  dues_run run = run_of(july, july + sixty_years);
  run.watch = watch.get();
  run.threads = 2;
  std::thread stopper([&] {
    std::uint64_t lines = 0;
    while (lines == 0) EXPECT_EQ(dues_watch_lines(watch.get(), &lines), DUES_OK);
    EXPECT_EQ(dues_watch_stop(watch.get()), DUES_OK);
  });
  dues_result* result = nullptr;
  const std::int32_t status = dues_bill(known.get(), &run, &result, nullptr);
  stopper.join();
  // A machine may be so quick that the last lines were made before it was told.
  EXPECT_TRUE(status == DUES_STOPPED || status == DUES_OK) << dues_status_name(status);
  EXPECT_EQ(result != nullptr, status == DUES_OK);
  dues_result_free(result);
}

}  // namespace
