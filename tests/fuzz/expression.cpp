// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an expression: the first says which type is wanted. What compiles is within the limits
// and gives the same value in every width that can hold it.
#include "fuzz/targets.hpp"

#include <dues/expression/evaluate.hpp>
#include <dues/expression/parse.hpp>

namespace dues_fuzz {

namespace {

const dues::scope& names() {
  static const dues::scope made = [] {
    dues::scope all;
    all.add({"unit.area", dues::value_type::number, 0, {}, true, 38});
    all.add({"unit.floor", dues::value_type::number, 1, {}, false, 38});
    all.add({"unit.share", dues::value_type::rate, 2, {}, false, 38});
    all.add({"unit.use", dues::value_type::choice, 3, {"flat", "shop"}, false, 38});
    all.add({"unit.code", dues::value_type::text, 4, {}, false, 38});
    all.add({"unit.lift", dues::value_type::yes_no, 5, {}, false, 38});
    all.add({"unit.built", dues::value_type::date, 6, {}, false, 38});
    all.add({"unit.missing", dues::value_type::number, 7, {}, false, 38});
    return all;
  }();
  return made;
}

template <class Int>
struct context {
  dues::eval_status load(std::int32_t slot, dues::operand<Int>& out) const {
    switch (slot) {
      case 0: out.number = dues::exact<Int>(*dues::decimal::parse("80.02")); break;
      case 1: out.number = dues::exact<Int>(*dues::decimal::parse("-3")); break;
      case 2: out.number = dues::exact<Int>(*dues::decimal::parse("0.125")); break;
      case 3: out.word = 1; break;
      case 4: out.text = "a"; break;
      case 5: out.word = 1; break;
      case 6: out.word = 20'000; break;
      default: return dues::eval_status::missing;
    }
    return dues::eval_status::ok;
  }
  bool known(std::int32_t slot) const { return slot != 7; }
};

struct unheard {
  static constexpr bool enabled = false;
};

template <class Int>
dues::eval_status value_of(const dues::expression& what, dues::operand<Int>& out) {
  context<Int> here;
  unheard nobody;
  std::int32_t where = -1;
  const dues::eval_status status = dues::evaluate<Int>(what, here, nobody, out, where);
  require(where >= -1 && where < static_cast<std::int32_t>(what.source().size()), "a failure has its place in the source");
  return status;
}

}  // namespace

void expression(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto wanted = static_cast<dues::value_type>(static_cast<unsigned char>(bytes[0]) % 6);
  const std::string_view source = bytes.substr(1);
  dues::diagnostics found, again_found;
  const auto made = dues::compile_expression(source, wanted, names(), "/x", found);
  const auto again = dues::compile_expression(source, wanted, names(), "/x", again_found);
  require(made.has_value() == again.has_value() && std::equal(found.all().begin(), found.all().end(), again_found.all().begin(), again_found.all().end()), "the same source compiles alike");
  require(made.has_value() == !found.has_errors(), "code, or an error");
  for (const dues::diagnostic& one : found.all()) require(one.position >= 0 && one.position <= static_cast<int>(source.size()), "a mistake has its place in the source");
  if (!made) return;
  require(source.size() <= dues::expression::most_characters && made->code().size() <= dues::expression::most_steps && made->max_stack() <= static_cast<int>(dues::expression::most_steps), "code is within the limits");
  dues::operand<dues::int128> narrow;
  dues::operand<dues::int256> wide;
  const dues::eval_status in_narrow = value_of(*made, narrow);
  const dues::eval_status in_wide = value_of(*made, wide);
  if (in_narrow == dues::eval_status::overflow || in_wide == dues::eval_status::overflow) return;
  require(in_narrow == in_wide, "widths end alike");
  if (in_narrow != dues::eval_status::ok) return;
  require(narrow.word == wide.word && narrow.text == wide.text, "widths give one word");
  if (wanted == dues::value_type::number || wanted == dues::value_type::rate) require(dues::exact<dues::int256>(narrow.number) == wide.number, "widths give one number");
}

}  // namespace dues_fuzz
