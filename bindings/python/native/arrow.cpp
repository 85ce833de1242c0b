// SPDX-License-Identifier: Apache-2.0
//
// The Arrow PyCapsule interface: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html.
// A capsule owns its struct until somebody moves it out, which a null `release` shows.
#include "binding.hpp"

#include <nanobind/stl/string_view.h>

#include <cerrno>
#include <memory>

namespace dues_python {

namespace {

constexpr const char* stream_name = "arrow_array_stream";
constexpr const char* schema_name = "arrow_schema";
constexpr const char* array_name = "arrow_array";

// Releases what it holds, unless that was moved out.
template <class Struct>
struct released_struct : Struct {
  released_struct() noexcept : Struct{} {}
  released_struct(const released_struct&) = delete;
  released_struct& operator=(const released_struct&) = delete;
  ~released_struct() {
    if (this->release != nullptr) this->release(this);
  }
  // By the interface a struct is moved by copying its bytes and marking the source as released.
  void take(Struct& from) noexcept {
    static_cast<Struct&>(*this) = from;
    from.release = nullptr;
  }
};

template <class Struct>
void free_capsule(PyObject* capsule) noexcept {
  auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
  if (held == nullptr) return PyErr_Clear();
  if (held->release != nullptr) held->release(held);
  delete held;
}

template <class Struct>
nb::object capsule_of(std::unique_ptr<Struct> held, const char* name) {
  PyObject* const made = PyCapsule_New(held.get(), name, &free_capsule<Struct>);
  if (made == nullptr) {
    if (held->release != nullptr) held->release(held.get());
    throw nb::python_error();
  }
  held.release();
  return nb::steal(made);
}

template <class Struct>
void take_from(nb::handle capsule, const char* name, released_struct<Struct>& to) {
  if (!PyCapsule_IsValid(capsule.ptr(), name)) {
    const std::string what = std::string("the Arrow PyCapsule interface gives a capsule '") + name + "', this object gave something else";
    throw nb::type_error(what.c_str());
  }
  auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (held->release == nullptr) throw nb::value_error("this Arrow data has already been read by somebody else: make it anew");
  to.take(*held);
}

// A stream of one batch, for what has __arrow_c_array__ alone. Dues asks for the schema once.
struct one_batch {
  released_struct<ArrowSchema> schema;
  released_struct<ArrowArray> array;
  bool asked = false;
};

one_batch& batch_of(ArrowArrayStream* stream) { return *static_cast<one_batch*>(stream->private_data); }

int give_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  one_batch& from = batch_of(stream);
  if (std::exchange(from.asked, true)) return EINVAL;
  *out = from.schema;
  from.schema.release = nullptr;
  return 0;
}

int give_batch(ArrowArrayStream* stream, ArrowArray* out) {
  one_batch& from = batch_of(stream);
  *out = from.array;  // the second time a released one, which ends the stream
  from.array.release = nullptr;
  return 0;
}

const char* give_no_error(ArrowArrayStream*) { return nullptr; }

void release_batch(ArrowArrayStream* stream) {
  delete &batch_of(stream);
  stream->release = nullptr;
}

void take_stream(nb::handle from, released_struct<ArrowArrayStream>& to) {
  if (nb::hasattr(from, "__arrow_c_stream__")) return take_from(from.attr("__arrow_c_stream__")(), stream_name, to);
  const nb::object pair = from.attr("__arrow_c_array__")();
  if (!PyTuple_Check(pair.ptr()) || PyTuple_Size(pair.ptr()) != 2) throw nb::type_error("__arrow_c_array__ gives a pair of capsules, this object gave something else");
  auto batch = std::make_unique<one_batch>();
  take_from(PyTuple_GetItem(pair.ptr(), 0), schema_name, batch->schema);
  take_from(PyTuple_GetItem(pair.ptr(), 1), array_name, batch->array);
  static_cast<ArrowArrayStream&>(to) = {give_schema, give_batch, give_no_error, release_batch, batch.release()};
}

}  // namespace

void load_arrow(const loader& to, std::string_view table, nb::handle from) {
  released_struct<ArrowArrayStream> stream;
  take_stream(from, stream);
  call_error error(to.language());
  // Producers written in Python take the lock themselves.
  const std::int32_t status = released([&] { return dues_loader_arrow(to.get(), table.data(), table.size(), &stream, &error); });
  check_table(to, status, error);
}

nb::object lines_capsule(const result& of) {
  auto stream = std::make_unique<ArrowArrayStream>();
  *stream = {};
  call_error error(of.language());
  check(released([&] { return dues_result_arrow(of.get(), stream.get(), &error); }), error);
  return capsule_of(std::move(stream), stream_name);
}

nb::object table_capsule(const ledger& of, const ledger_view& view, std::int32_t table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  *stream = {};
  call_error error(of.handle.language());
  check(released([&] {
          const std::shared_lock<std::shared_mutex> reads(*of.lock);
          return dues_ledger_arrow(of.handle.get(), &view, table, stream.get(), &error);
        }),
        error);
  return capsule_of(std::move(stream), stream_name);
}

nb::object schema_capsule(const result& of) {
  released_struct<ArrowArrayStream> stream;
  call_error error(of.language());
  check(dues_result_arrow(of.get(), &stream, &error), error);
  auto schema = std::make_unique<ArrowSchema>();
  *schema = {};
  if (stream.get_schema(&stream, schema.get()) != 0) check(DUES_NO_MEMORY, error);
  return capsule_of(std::move(schema), schema_name);
}

}  // namespace dues_python
