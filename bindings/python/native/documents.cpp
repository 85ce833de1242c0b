// SPDX-License-Identifier: Apache-2.0
//
// Tariffs, and the JSON of documents that stand as dicts and lists. Python's own encoder would write floats;
// here what is no exact value is refused, with its place.
#include "binding.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <string>
#include <vector>

namespace dues_python {

namespace {

constexpr int most_depth = 200;  // Dues reads 64; what is deeper, or goes round, is told from a place near its top

// Writes one value, and knows where it stands.
class json_writer {
 public:
  // @param drop_none  members that are None are left out: in rows an absent cell
  json_writer(std::string name, bool drop_none)
      : decimal_(nb::module_::import_("decimal").attr("Decimal")),
        date_(nb::module_::import_("datetime").attr("date")),
        datetime_(nb::module_::import_("datetime").attr("datetime")),
        name_(std::move(name)),
        drop_none_(drop_none) {}

  void value(nb::handle is) {
    PyObject* const object = is.ptr();
    if (PyUnicode_Check(object)) return text(is);
    if (object == Py_True || object == Py_False) return add(object == Py_True ? "true" : "false");
    if (object == Py_None) return add("null");
    if (PyLong_Check(object)) return integer(is);
    if (PyDict_Check(object)) return members(nb::borrow<nb::dict>(is));
    if (PyList_Check(object) || PyTuple_Check(object)) return elements(is);
    if (PyFloat_Check(object)) refuse_float(is);
    if (nb::isinstance(is, decimal_)) return decimal(is);
    if (nb::isinstance(is, date_)) return day(is);
    if (PyIndex_Check(object)) return integer(nb::steal(PyNumber_Index(object)));
    refuse_type(is, "is of type " + type_of(is) + ". Documents hold dict, list, str, bool, int, decimal.Decimal and datetime.date");
  }

  std::string take() { return std::move(out_); }

 private:
  struct step {
    nb::handle key;  // a str, or none in a list
    Py_ssize_t at;
  };

  void add(std::string_view more) { out_ += more; }

  // facts["units"][0]["area"], as one writes it
  std::string place() const {
    std::string made = name_;
    for (const step& one : path_) made += "[" + (one.key.is_valid() ? std::string(nb::repr(one.key).c_str()) : std::to_string(one.at)) + "]";
    return made;
  }
  static std::string type_of(nb::handle is) { return nb::cast<std::string>(nb::str(nb::handle(reinterpret_cast<PyObject*>(Py_TYPE(is.ptr()))).attr("__name__"))); }

  [[noreturn]] void refuse_type(nb::handle, const std::string& what) const { throw nb::type_error((place() + " " + what).c_str()); }
  [[noreturn]] void refuse_value(const std::string& what) const { throw nb::value_error((place() + " " + what).c_str()); }
  [[noreturn]] void refuse_float(nb::handle is) const {
    const std::string shown = nb::cast<std::string>(nb::str(nb::repr(nb::float_(is))));
    refuse_type(is, "is a float (" + shown + "), a binary fraction, which cannot hold money or measures exactly. Write it as text, \"" + shown + "\", or as decimal.Decimal(\"" + shown + "\")");
  }

  void text(nb::handle is) {
    std::string_view from;
    try {
      from = utf8_of(is);
    } catch (nb::python_error& wrong) {
      if (!wrong.matches(PyExc_UnicodeEncodeError)) throw;
      refuse_value("has a lone surrogate, which is no character: decode the text with the encoding that it was written in");
    }
    quote(from);
  }

  void quote(std::string_view from) {
    static constexpr char digits[] = "0123456789abcdef";
    out_ += '"';
    for (const char c : from) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') (out_ += '\\') += c;
      else if (byte < 0x20) ((out_ += "\\u00") += digits[byte >> 4U]) += digits[byte & 15U];
      else out_ += c;
    }
    out_ += '"';
  }

  void integer(nb::object is) {
    if (!is.is_valid()) throw nb::python_error();
    if (!PyLong_CheckExact(is.ptr())) is = nb::steal(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&PyLong_Type), is.ptr(), nullptr));
    if (!is.is_valid()) throw nb::python_error();
    const nb::object digits = nb::steal(PyObject_Str(is.ptr()));
    if (!digits.is_valid()) {  // Python itself writes 4,300 digits at most
      PyErr_Clear();
      refuse_value("is an integer of thousands of digits; numbers have at most 38");
    }
    add(utf8_of(digits));
  }
  void integer(nb::handle is) { integer(nb::borrow(is)); }

  // Exponents are no numbers of the language, so 1E+2 is written 100; but not a million zeros.
  void decimal(nb::handle is) {
    if (!nb::cast<bool>(is.attr("is_finite")())) refuse_value("is " + nb::cast<std::string>(nb::str(is)) + ", which is no amount");
    constexpr int most_exponent = 100;
    const auto as_tuple = is.attr("as_tuple")();
    const auto last = nb::cast<std::int64_t>(as_tuple.attr("exponent")), first = nb::cast<std::int64_t>(is.attr("adjusted")());
    if (std::max(std::abs(last), std::abs(first)) > most_exponent) refuse_value("has too large an exponent; numbers have at most 38 digits, 18 of them after the point");
    const nb::object digits = is.attr("__format__")("f");
    add(utf8_of(digits));
  }

  void day(nb::handle is) {
    if (nb::isinstance(is, datetime_)) refuse_type(is, "is a datetime, which is a moment and no day: use its .date()");
    const nb::object written = is.attr("isoformat")();
    quote(utf8_of(written));
  }

  void deeper() const {
    if (path_.size() >= most_depth) refuse_value("stands too deep, or in itself");
  }

  void members(const nb::dict& of) {
    deeper();
    out_ += '{';
    bool first = true;
    // A list of its own: keys stay alive and in place, whatever the values' own code does to the dict.
    const nb::object items = nb::steal(PyDict_Items(of.ptr()));
    if (!items.is_valid()) throw nb::python_error();
    for (const nb::handle item : items) {
      const nb::handle key = PyTuple_GetItem(item.ptr(), 0), is = PyTuple_GetItem(item.ptr(), 1);
      if (!PyUnicode_Check(key.ptr())) refuse_type(key, "has a key of type " + type_of(key) + "; keys are str");
      if (is.is_none() && drop_none_) continue;
      if (!first) out_ += ',';
      first = false;
      path_.push_back({key, 0});
      text(key);
      out_ += ':';
      value(is);
      path_.pop_back();
    }
    out_ += '}';
  }

  void elements(nb::handle of) {
    deeper();
    const nb::object list = nb::steal(PySequence_Tuple(of.ptr()));
    if (!list.is_valid()) throw nb::python_error();
    out_ += '[';
    const Py_ssize_t count = PyTuple_Size(list.ptr());
    for (Py_ssize_t i = 0; i < count; ++i) {
      if (i != 0) out_ += ',';
      path_.push_back({nb::handle(), i});
      value(PyTuple_GetItem(list.ptr(), i));
      path_.pop_back();
    }
    out_ += ']';
  }

  nb::object decimal_, date_, datetime_;
  std::string name_, out_;
  std::vector<step> path_;
  bool drop_none_;
};

nb::bytes to_json(nb::handle document, std::string name, bool drop_none) {
  json_writer to(std::move(name), drop_none);
  to.value(document);
  const std::string made = to.take();
  return nb::bytes(made.data(), made.size());
}

// (Tariff or None, what was found as JSON, what went wrong or None)
nb::tuple compile(const nb::bytes& json, std::int32_t language) {
  dues_tariff* made = nullptr;
  owned_text found;
  call_error error(language);
  const std::int32_t status = released([&] { return dues_tariff_compile(json.c_str(), json.size(), &made, &found, &error); });
  if (status == DUES_OK) return nb::make_tuple(tariff(made, language), found.to_python());
  if (status == DUES_BAD_TARIFF) return nb::make_tuple(nb::none(), found.to_python());
  check(status, error);
  return nb::make_tuple(nb::none(), nb::none());
}

nb::tuple tariff_info(const tariff& of) {
  dues_tariff_info info{};
  info.struct_size = sizeof info;
  call_error error(of.language());
  check(dues_tariff_get(of.get(), &info, &error), error);
  const auto text = [](const dues_str& from) { return from.data == nullptr ? nb::object(nb::none()) : nb::object(nb::str(from.data, from.size)); };
  return nb::make_tuple(text(info.id), text(info.edition), text(info.hash), text(info.currency), info.minor_units, info.from, info.to, text(info.name_en), text(info.name_zh));
}

nb::object parse_day(std::string_view text) {
  std::int32_t days = 0;
  if (dues_date_parse(text.data(), text.size(), &days) != DUES_OK) return nb::none();
  return nb::int_(days);
}

}  // namespace

void add_documents(nb::module_& to) {
  nb::class_<tariff>(to, "Tariff").def("info", &tariff_info);
  to.def("to_json", &to_json);
  to.def("compile", &compile);
  to.def("parse_day", &parse_day);
}

}  // namespace dues_python
