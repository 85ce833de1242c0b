// SPDX-License-Identifier: Apache-2.0
//
// What the command is at, on standard error, for people who wait: only on a terminal and only once a
// run has taken longer than a second.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

namespace dues::command {

class progress {
 public:
  progress();
  ~progress() { stop(); }
  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  /// Whether anybody watches: else nothing needs to be counted.
  bool is_shown() const noexcept { return shower_.joinable(); }
  /// What is being done from now on.
  void now(std::string what);
  /// The same, and how far it is, until the end of a scope.
  class counting {
   public:
    /// @param counted  "{n} rows"
    counting(progress& shown, std::string what, std::string counted, const std::atomic<std::size_t>& count);
    ~counting();
    counting(const counting&) = delete;
    counting& operator=(const counting&) = delete;

   private:
    progress& shown_;
  };
  /// Clears the line; nothing is shown any more.
  void stop();

 private:
  void show();

  std::mutex guard_;
  std::condition_variable stops_;
  std::string what_, counted_;
  const std::atomic<std::size_t>* count_ = nullptr;
  bool stopped_ = false;
  std::thread shower_;
};

}  // namespace dues::command
