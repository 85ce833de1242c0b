// SPDX-License-Identifier: Apache-2.0
//
// Tariffs and facts at the C boundary.
#include <capi/impl/arrow.hpp>
#include <capi/impl/calls.hpp>

using namespace dues::capi;

int32_t dues_tariff_compile(const char* json, size_t size, dues_tariff** out, dues_text* diagnostics, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  if (diagnostics != nullptr) *diagnostics = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    const std::string_view document = view_of(json, size, "json");
    const dues::compile_result made = dues::compile(document);
    auto tariff = std::make_unique<dues_tariff>();
    tariff->program = made.compiled;
    put_diagnostics(diagnostics, made.found);
    if (made.compiled == nullptr) refuse(DUES_BAD_TARIFF, made.found);
    *out = tariff.release();
  });
}

int32_t dues_tariff_get(const dues_tariff* tariff, dues_tariff_info* out, dues_error* error) {
  return guarded(error, [&] {
    clear_struct(out, "out");
    const dues::program& of = *checked(tariff, "tariff").program;
    dues_tariff_info made{};
    made.minor_units = of.minor_units;
    made.from = of.life.from.days;
    made.to = of.life.to > dues::last_day ? DUES_OPEN_END : of.life.to.days;
    made.id = str_of(of.id);
    made.edition = str_of(of.edition);
    made.hash = str_of(of.content_hash);
    made.currency = str_of(of.currency_code);
    made.name_en = str_or_none(of.name.in("en"));
    made.name_zh = str_or_none(of.name.in("zh"));
    put_struct(out, made, "out");
  });
}

void dues_tariff_free(dues_tariff* tariff) { free_handle(tariff); }

int32_t dues_loader_new(const dues_tariff* tariff, dues_loader** out, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  return guarded(error, [&] {
    need(out, "out");
    *out = new dues_loader(checked(tariff, "tariff").program);
  });
}

namespace {

void need_state(const dues_loader& of, loader_state wanted, const char* what) {
  if (of.state != wanted) refuse(DUES_WRONG_ORDER, {{"what", what}});
}

// The facts can no longer be used. Says why, now and when the loader is finished.
[[noreturn]] void refuse_facts(dues_loader& of) {
  of.loader.end_rows();
  of.refused = of.loader.finish();
  of.state = loader_state::refused;
  refuse(DUES_BAD_FACTS, of.refused.found);
}

}  // namespace

int32_t dues_loader_json(dues_loader* loader, const char* json, size_t size, dues_error* error) {
  return guarded(error, [&] {
    dues_loader& to = checked(loader, "loader");
    const std::string_view document = view_of(json, size, "json");
    need_state(to, loader_state::open, "dues_loader_json");
    to.state = loader_state::broken;  // unless all goes well
    if (!to.loader.json(document)) refuse_facts(to);
    to.state = loader_state::open;
  });
}

int32_t dues_loader_csv(dues_loader* loader, const char* table, size_t table_size, const char* chunk, size_t size, int32_t last, dues_error* error) {
  return guarded(error, [&] {
    dues_loader& to = checked(loader, "loader");
    const std::string_view name = id_of(table, table_size, "table");
    const std::string_view bytes = view_of(chunk, size, "chunk");
    const bool begins = to.state != loader_state::in_csv;
    if (begins) need_state(to, loader_state::open, "dues_loader_csv");
    else if (name != to.csv_table) refuse(DUES_WRONG_ORDER, {{"what", "dues_loader_csv"}});
    to.state = loader_state::broken;
    if (begins) {
      to.csv_table = name;
      if (!to.loader.begin_csv(name)) refuse_facts(to);
    }
    const bool usable = to.loader.feed(bytes);
    if ((last != 0 || !usable) && !(to.loader.end_csv() && usable)) refuse_facts(to);
    to.state = last != 0 ? loader_state::open : loader_state::in_csv;
  });
}

namespace dues::capi {
bool take_arrow(facts_loader& to, std::string_view table, ArrowArrayStream& stream);  // arrow_in.cpp
}

int32_t dues_loader_arrow(dues_loader* loader, const char* table, size_t table_size, struct ArrowArrayStream* stream, dues_error* error) {
  if (stream == nullptr || stream->release == nullptr) return guarded(error, [&] { need(nullptr, "stream"); });
  owned<ArrowArrayStream> from(stream);  // released whatever comes
  return guarded(error, [&] {
    dues_loader& to = checked(loader, "loader");
    const std::string_view name = id_of(table, table_size, "table");
    need_state(to, loader_state::open, "dues_loader_arrow");
    to.state = loader_state::broken;
    if (!take_arrow(to.loader, name, *from)) refuse_facts(to);
    to.state = loader_state::open;
  });
}

int32_t dues_loader_finish(dues_loader* loader, dues_facts** out, dues_text* diagnostics, dues_error* error) {
  if (out != nullptr) *out = nullptr;
  if (diagnostics != nullptr) *diagnostics = {nullptr, 0};
  return guarded(error, [&] {
    need(out, "out");
    dues_loader& from = checked(loader, "loader");
    if (from.state == loader_state::refused) {
      put_diagnostics(diagnostics, from.refused.found);
      refuse(DUES_BAD_FACTS, from.refused.found);
    }
    need_state(from, loader_state::open, "dues_loader_finish");
    auto made = std::make_unique<dues_facts>();
    from.state = loader_state::broken;
    dues::facts_result result = from.loader.finish();
    if (result.loaded == nullptr) {
      from.refused = std::move(result);
      from.state = loader_state::refused;
      put_diagnostics(diagnostics, from.refused.found);
      refuse(DUES_BAD_FACTS, from.refused.found);
    }
    from.state = loader_state::finished;
    made->facts = std::move(result.loaded);
    put_diagnostics(diagnostics, result.found);
    *out = made.release();
  });
}

void dues_loader_free(dues_loader* loader) { free_handle(loader); }
void dues_facts_free(dues_facts* facts) { free_handle(facts); }
