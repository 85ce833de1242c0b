// SPDX-License-Identifier: Apache-2.0
//
// Limits that no single part of a tariff shows: the steps of a line over all the values that it reads,
// and the places of all expressions.
#pragma once

#include <dues/tariff/impl/compiler.hpp>

DUES_BEGIN

namespace detail {

// What a line costs at most: every step, and for each time that a value is read all of its own. Values
// that read others twice double at each link of a chain, so a page of text could keep a run busy for years.
std::size_t compiler::steps_of(const expression& what) const {
  std::size_t steps = what.code().size();
  for (const instruction& one : what.code()) {
    if (one.code != opcode::load && one.code != opcode::known) continue;
    const slot& read = made_.slots[static_cast<std::size_t>(one.argument)];
    if (read.kind == slot_kind::value) steps += value_steps_[static_cast<std::size_t>(read.index)];
  }
  return steps;  // 256 reads of bounded values at most, so it does not overflow
}

bool compiler::bounded(const expression& what) {
  const std::size_t steps = steps_of(what);
  if (steps <= limits_.steps) return true;
  found_.add(make_diagnostic("T208", what.pointer(), {{"is", std::to_string(steps) + " steps with the values that it reads"}, {"limit", std::to_string(limits_.steps) + " steps"}}));
  return false;
}

// Every expression knows its place. Under long keys the places together could be thousands of times as
// long as the document.
bool compiler::take_pointer(const std::string& pointer) {
  pointer_bytes_ += pointer.size();
  if (pointer_bytes_ <= limits_.pointer_bytes) return true;
  found_.add(make_diagnostic("T151", pointer, {{"limit", std::to_string(limits_.pointer_bytes) + " bytes"}, {"what", "the places of all expressions together"}}));
  return false;
}

}  // namespace detail

DUES_END
