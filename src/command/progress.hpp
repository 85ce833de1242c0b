// SPDX-License-Identifier: Apache-2.0
//
// What the command is at, on standard error, for people who wait: only on a terminal and only once a
// run has taken longer than a second.
#pragma once

#include <condition_variable>
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

  /// What is being done from now on.
  void now(std::string what);
  /// Clears the line; nothing is shown any more.
  void stop();

 private:
  void show();

  std::mutex guard_;
  std::condition_variable stops_;
  std::string what_;
  bool stopped_ = false;
  std::thread shower_;
};

}  // namespace dues::command
