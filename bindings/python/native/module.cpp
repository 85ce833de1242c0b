// SPDX-License-Identifier: Apache-2.0
//
// dues._dues: dues.h for Python.
#include "binding.hpp"

NB_MODULE(_dues, to) {
  using namespace dues_python;
  // At exit Python does not free what its modules still hold; the tests ask to be warned all the same.
  nb::set_leak_warnings(false);
  to.def("warn_of_leaks", [] { nb::set_leak_warnings(true); });
  to.def("version", &dues_version);
  to.attr("OPEN_END") = DUES_OPEN_END;
  add_documents(to);
  add_loading(to);
  add_running(to);
  add_ledgers(to);
}
