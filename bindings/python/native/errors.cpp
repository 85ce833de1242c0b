// SPDX-License-Identifier: Apache-2.0
//
// A status becomes the exception that src/dues/_errors.py makes of it.
#include "binding.hpp"

namespace dues_python {

nb::tuple told_by(const dues_error& error) {
  const auto number = [](std::int64_t value) { return value < 0 ? nb::object(nb::none()) : nb::object(nb::int_(value)); };
  return nb::make_tuple(nb::str(error.code), nb::str("error"), nb::str(error.pointer), number(error.row), number(error.position), nb::str(error.message), nb::str(error.cure));
}

void check(std::int32_t status, const call_error& error, const dues_text& diagnostics) {
  if (status == DUES_OK) return;
  if (status == DUES_NO_MEMORY) {
    PyErr_NoMemory();
    throw nb::python_error();
  }
  const nb::object all = diagnostics.data == nullptr ? nb::object(nb::none()) : nb::object(nb::str(diagnostics.data, diagnostics.size));
  const nb::object made = nb::module_::import_("dues._errors").attr("error_of")(dues_status_name(status), told_by(error), all, error.language == DUES_CHINESE ? "zh" : "en");
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
  throw nb::python_error();
}

std::string_view utf8_of(nb::handle text) {
  Py_ssize_t size = 0;
  const char* const data = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (data == nullptr) throw nb::python_error();
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace dues_python
