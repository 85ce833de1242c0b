// SPDX-License-Identifier: Apache-2.0
//
// The command dues: check, bill, explain, pay, ledger, correct, penalties and quote. It only reads arguments and files and writes texts;
// everything that is computed, the library computes.

#include "command.hpp"
#include "files.hpp"
#include "options.hpp"
#include "texts.hpp"

#include <csignal>
#include <cstdlib>
#include <new>

namespace dues::command {

namespace {

int run(const std::vector<std::string>& arguments, const std::string& lang) {
  const language* speaks = &language::english();
  std::optional<language> words;
  try {
    words.emplace(language_of(arguments, lang));
    speaks = &*words;
    const auto asked = read_arguments(arguments, *words);
    return asked ? asked->run(asked->asked, *words) : fine;
  } catch (const failure& ended) {
    if (*ended.what() != '\0') write_error(std::string("dues: ") + ended.what());
    return ended.code();
  } catch (const std::bad_alloc&) {
    write_error("dues: " + std::string(say(*speaks, "no_memory")));
    return no_file;
  } catch (const std::exception& broken) {
    write_error("dues: " + say(*speaks, "failed", {{"why", broken.what()}}));
    return no_file;
  }
}

}  // namespace

}  // namespace dues::command

int main(int count, char** arguments) {
#ifdef SIGPIPE
  // A reader that goes away is told as a failed write.
  std::signal(SIGPIPE, SIG_IGN);
#endif
#ifdef SIGXFSZ
  // As is a file that may not grow any more.
  std::signal(SIGXFSZ, SIG_IGN);
#endif
  const char* const lang = std::getenv("DUES_LANG");
  return dues::command::run(std::vector<std::string>(arguments + (count > 0 ? 1 : 0), arguments + count), lang == nullptr ? "" : lang);
}
