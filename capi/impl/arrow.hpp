// SPDX-License-Identifier: Apache-2.0
//
// Structs of the Arrow C data interface that release themselves.
#pragma once

#include <dues_arrow.h>

namespace dues::capi {

/// Owns one ArrowSchema, ArrowArray or ArrowArrayStream; empty while its release is null.
template <class Struct>
class owned {
 public:
  owned() = default;
  /// Takes what `from` holds.
  explicit owned(Struct* from) : is_(*from) { from->release = nullptr; }
  owned(const owned&) = delete;
  owned& operator=(const owned&) = delete;
  ~owned() { reset(); }

  void reset() {
    if (is_.release != nullptr) is_.release(&is_);
    is_.release = nullptr;
  }
  explicit operator bool() const noexcept { return is_.release != nullptr; }
  Struct* get() noexcept { return &is_; }
  Struct& operator*() noexcept { return is_; }
  Struct* operator->() noexcept { return &is_; }

 private:
  Struct is_ = {};
};

}  // namespace dues::capi
