// SPDX-License-Identifier: Apache-2.0

#include "progress.hpp"

#include <dues/diagnostic/catalogue.hpp>

#include <chrono>
#include <cstdio>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace dues::command {

namespace {

bool people_watch() {
#if __has_include(<unistd.h>)
  return ::isatty(STDERR_FILENO) == 1;
#else
  return false;
#endif
}

}  // namespace

progress::progress() {
  if (people_watch()) shower_ = std::thread([this] { show(); });
}

void progress::now(std::string what) {
  const std::lock_guard lock(guard_);
  what_ = std::move(what);
  count_ = nullptr;
}

progress::counting::counting(progress& shown, std::string what, std::string counted, const std::atomic<std::size_t>& count) : shown_(shown) {
  const std::lock_guard lock(shown_.guard_);
  shown_.what_ = std::move(what);
  shown_.counted_ = std::move(counted);
  shown_.count_ = &count;
}

progress::counting::~counting() {
  const std::lock_guard lock(shown_.guard_);
  shown_.count_ = nullptr;
}

void progress::stop() {
  {
    const std::lock_guard lock(guard_);
    stopped_ = true;
  }
  stops_.notify_all();
  if (shower_.joinable()) shower_.join();
}

void progress::show() {
  std::unique_lock lock(guard_);
  int seconds = 0;
  while (!stops_.wait_for(lock, std::chrono::seconds(1), [this] { return stopped_; })) {
    std::string far;
    if (count_ != nullptr) {
      const std::pair<std::string, std::string> count[] = {{"n", std::to_string(count_->load(std::memory_order_relaxed))}};
      far = " … " + fill(counted_, count);
    }
    std::fprintf(stderr, "\r\x1b[K%s%s … %d s", what_.c_str(), far.c_str(), ++seconds);
  }
  if (seconds != 0) std::fputs("\r\x1b[K", stderr);
}

}  // namespace dues::command
