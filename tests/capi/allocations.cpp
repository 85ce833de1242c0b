// SPDX-License-Identifier: Apache-2.0
//
// Memory runs out at every place where it can: for each function the n-th allocation fails, for every n,
// alone or with all that follow. Each time a status comes out, nothing leaks, and the handles go on.
#include "arrow_made.hpp"
#include "every_allocation.hpp"

namespace {

using namespace house;
using counted_new::calm;
using counted_new::failing;

void expect_told(const dues_error& error, std::int32_t status) {
  if (status == DUES_NO_MEMORY) {
    EXPECT_STREQ(error.code, "C300");
    EXPECT_STREQ(error.message, "there is not enough memory");
  }
}

TEST(allocations_test, a_tariff_compiles_or_says_that_memory_is_short) {
  every_allocation("dues_tariff_compile", [](long n, bool after) {
    dues_error error = DUES_ERROR_INIT;
    dues_tariff* made = nullptr;
    dues_text found = {nullptr, 0};
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_tariff_compile(tariff.data(), tariff.size(), &made, &found, &error);
    }
    EXPECT_EQ(made != nullptr, status == DUES_OK);
    expect_told(error, status);
    dues_tariff_free(made);
    dues_text_free(&found);
    return status;
  });
}

TEST(allocations_test, a_wrong_tariff_is_told_or_memory_is_short) {
  const std::string_view wrong = R"({"dues_tariff": "1", "id": "lime-court", "edition": 3})";
  every_allocation("dues_tariff_compile", [&](long n, bool after) {
    dues_error error = DUES_ERROR_INIT;
    error.language = DUES_CHINESE;
    dues_tariff* made = nullptr;
    dues_text found = {nullptr, 0};
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_tariff_compile(wrong.data(), wrong.size(), &made, &found, &error);
    }
    EXPECT_EQ(made, nullptr);
    dues_text_free(&found);
    return status == DUES_BAD_TARIFF ? DUES_OK : status;
  });
}

TEST(allocations_test, facts_load_or_say_that_memory_is_short) {
  const tariff_ptr of = compile();
  every_allocation("dues_loader_new", [&](long n, bool after) {
    dues_loader* made = nullptr;
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_loader_new(of.get(), &made, nullptr);
    }
    dues_loader_free(made);
    return status;
  });
  const auto loaded = [&](auto&& load) {
    return [&, load](long n, bool after) {
      dues_error error = DUES_ERROR_INIT;
      dues_loader* loader = nullptr;
      EXPECT_EQ(dues_loader_new(of.get(), &loader, nullptr), DUES_OK);
      std::int32_t status = 0;
      {
        const failing fail(n, after);
        status = load(loader, &error);
      }
      expect_told(error, status);
      if (status == DUES_NO_MEMORY) {
        // Half of it has been read, or nothing has happened yet.
        dues_facts* made = nullptr;
        const std::int32_t again = dues_loader_finish(loader, &made, nullptr, nullptr);
        EXPECT_TRUE(again == DUES_WRONG_ORDER || again == DUES_OK) << dues_status_name(again);
        dues_facts_free(made);
      }
      dues_loader_free(loader);
      return status;
    };
  };
  every_allocation("dues_loader_json", loaded([](dues_loader* loader, dues_error* error) { return dues_loader_json(loader, facts.data(), facts.size(), error); }));
  every_allocation("dues_loader_csv", loaded([](dues_loader* loader, dues_error* error) {
                     const std::string_view csv = "unit,from,use,area\n1-101,2026-01-01,flat,80.02\n\"S-1\",2026-01-01,shop,45.50\n";
                     return dues_loader_csv(loader, "units", 5, csv.data(), csv.size(), 1, error);
                   }));
  std::string several(facts);
  several.replace(several.find("80.02"), 5, "-8.02");  // a mistake that is kept
  every_allocation("dues_loader_finish", loaded([&](dues_loader* loader, dues_error* error) {
                     {
                       const calm now;
                       EXPECT_EQ(dues_loader_json(loader, several.data(), several.size(), nullptr), DUES_OK);
                     }
                     dues_facts* made = nullptr;
                     dues_text found = {nullptr, 0};
                     const std::int32_t status = dues_loader_finish(loader, &made, &found, error);
                     const calm now;
                     dues_facts_free(made);
                     dues_text_free(&found);
                     return status;
                   }));
}

TEST(allocations_test, facts_come_from_arrow_or_memory_is_short) {
  const tariff_ptr of = compile();
  every_allocation("dues_loader_arrow", [&](long n, bool after) {
    arrow_made::source units;
    units.columns = {arrow_made::texts("unit", {"1-101", "S-1"}), arrow_made::values<std::int32_t>("from", "tdD", {20'454, 20'454}),
                     arrow_made::values<std::int32_t>("use", "i", {0, 1}), arrow_made::values<std::int64_t>("area", "d:10,2", {8002, 0, 4550, 0})};
    units.columns[2].dictionary = std::make_shared<arrow_made::column>(arrow_made::texts("", {"flat", "shop"}));
    ArrowArrayStream stream = arrow_made::stream_of(units);
    // The producer's own allocations do not fail: it is not what is tested.
    stream.get_schema = [](ArrowArrayStream* from, ArrowSchema* out) {
      const calm now;
      arrow_made::detail::schema_of(*static_cast<arrow_made::source*>(from->private_data), nullptr, out);
      return 0;
    };
    stream.get_next = [](ArrowArrayStream* from, ArrowArray* out) {
      const calm now;
      auto& source = *static_cast<arrow_made::source*>(from->private_data);
      *out = {};
      if (source.next++ < source.batches) arrow_made::detail::array_of(source, nullptr, out);
      return 0;
    };
    dues_loader* loader = nullptr;
    EXPECT_EQ(dues_loader_new(of.get(), &loader, nullptr), DUES_OK);
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_loader_arrow(loader, "units", 5, &stream, nullptr);
    }
    EXPECT_EQ(stream.release, nullptr);
    EXPECT_EQ(units.made, units.released);
    dues_loader_free(loader);
    return status;
  });
}

TEST(allocations_test, bills_are_made_on_any_number_of_threads_or_memory_is_short) {
  const facts_ptr known = load(compile().get());
  const std::string expected = text_of(bill(known.get(), run_of(july, august)).get(), DUES_JSON);
  const dues_str before{expected.data(), expected.size()};
  for (const bool adjusts : {false, true})
    for (const std::uint32_t threads : {1U, 3U})
      every_allocation("dues_bill", [&](long n, bool after) {
        dues_run run = run_of(july, august + (adjusts ? 31 : 0));
        run.threads = threads;
        if (adjusts) {
          run.before = &before;
          run.before_count = 1;
        }
        dues_error error = DUES_ERROR_INIT;
        dues_result* made = nullptr;
        std::int32_t status = 0;
        {
          const failing fail(n, after);
          status = dues_bill(known.get(), &run, &made, &error);
        }
        EXPECT_EQ(made != nullptr, status == DUES_OK);
        expect_told(error, status);
        dues_result_free(made);
        return status;
      });
  EXPECT_EQ(text_of(bill(known.get(), run_of(july, august)).get(), DUES_JSON), expected);
}

TEST(allocations_test, results_are_read_or_memory_is_short) {
  const result_ptr made = bill_july();
  const std::string expected = text_of(made.get(), DUES_JSON_INDENTED);
  const auto text = [&](auto&& make) {
    return [&, make](long n, bool after) {
      dues_text out = {nullptr, 0};
      std::int32_t status = 0;
      {
        const failing fail(n, after);
        status = make(&out);
      }
      EXPECT_EQ(out.data != nullptr, status == DUES_OK);
      dues_text_free(&out);
      return status;
    };
  };
  for (const std::int32_t form : {DUES_JSON, DUES_JSON_INDENTED, DUES_CSV, DUES_LINE_KEY, DUES_BILL_KEY, DUES_BILL_ID})
    every_allocation("dues_result_text", text([&](dues_text* out) { return dues_result_text(made.get(), form, 0, out, nullptr); }));
  every_allocation("dues_explain", text([&](dues_text* out) { return dues_explain(made.get(), 0, out, nullptr); }));
  every_allocation("dues_result_write", [&](long n, bool after) {
    const failing fail(n, after);
    return dues_result_write(made.get(), DUES_JSON, [](void*, const char*, std::size_t) -> std::int32_t { return 0; }, nullptr, nullptr);
  });
  every_allocation("dues_result_find", [&](long n, bool after) {
    std::size_t index = 0;
    const std::string_view key = "lime-court/Lin/1-101/management/-/2026-07-01/charge";
    const failing fail(n, after);
    return dues_result_find(made.get(), key.data(), key.size(), &index, nullptr);
  });
  every_allocation("dues_result_find, nothing", [&](long n, bool after) {
    std::size_t index = 0;
    dues_error error = DUES_ERROR_INIT;
    const failing fail(n, after);
    const std::int32_t status = dues_result_find(made.get(), "x", 1, &index, &error);
    return status == DUES_NOT_FOUND ? DUES_OK : status;
  });
  every_allocation("dues_result_line and others", [&](long n, bool after) {
    dues_line line{};
    line.struct_size = sizeof line;
    dues_bill_info bill{};
    bill.struct_size = sizeof bill;
    dues_result_info info{};
    info.struct_size = sizeof info;
    const failing fail(n, after);
    for (const std::int32_t status : {dues_result_line(made.get(), 0, &line, nullptr), dues_result_bill(made.get(), 0, &bill, nullptr), dues_result_get(made.get(), &info, nullptr)})
      if (status != DUES_OK) return status;
    return std::int32_t{DUES_OK};
  });
  EXPECT_EQ(text_of(made.get(), DUES_JSON_INDENTED), expected);
}

TEST(allocations_test, lines_go_out_as_arrow_or_memory_is_short) {
  const result_ptr made = bill_july();
  every_allocation("dues_result_arrow", [&](long n, bool after) {
    ArrowArrayStream stream = {};
    ArrowSchema schema = {};
    ArrowArray batch = {};
    int failure = 0;
    std::int32_t status = 0;
    std::int64_t rows = 0;
    {
      const failing fail(n, after);
      status = dues_result_arrow(made.get(), &stream, nullptr);
      if (status == DUES_OK) failure = stream.get_schema(&stream, &schema);
      while (status == DUES_OK && failure == 0) {
        failure = stream.get_next(&stream, &batch);
        if (failure != 0 || batch.release == nullptr) break;
        rows += batch.length;
        batch.release(&batch);
      }
    }
    EXPECT_EQ(batch.release, nullptr) << "what failed gives nothing";
    EXPECT_TRUE(status != DUES_OK || failure != 0 || rows == 3) << rows;
    if (schema.release != nullptr) schema.release(&schema);
    EXPECT_TRUE(failure == 0 || std::string_view(stream.get_last_error(&stream)) == "there is not enough memory");
    if (stream.release != nullptr) stream.release(&stream);
    return failure == 0 ? status : std::int32_t{DUES_NO_MEMORY};
  });
}

TEST(allocations_test, small_things_are_made_or_memory_is_short) {
  every_allocation("dues_watch_new", [](long n, bool after) {
    dues_watch* made = nullptr;
    std::int32_t status = 0;
    {
      const failing fail(n, after);
      status = dues_watch_new(&made, nullptr);
    }
    dues_watch_free(made);
    return status;
  });
  every_allocation("texts of values", [](long n, bool after) {
    char out[DUES_DECIMAL_SIZE];
    const dues_decimal value{0, INT64_MIN, 38, 1};
    const dues_decimal none{0, 0, 77, 1};
    const failing fail(n, after);
    if (const std::int32_t status = dues_decimal_text(&none, out, sizeof out); status != DUES_OUT_OF_RANGE) return status;
    return dues_decimal_text(&value, out, sizeof out);
  });
}

}  // namespace
