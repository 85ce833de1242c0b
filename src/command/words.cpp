// SPDX-License-Identifier: Apache-2.0

#include "words.hpp"

#include "command.hpp"
#include "files.hpp"
#include "tell.hpp"
#include "texts.hpp"

#include <dues/json/node.hpp>

namespace dues::command {

language read_words(const std::string& name, const language& plain) {
  input_files files(plain);
  const std::string text = files.read(name);
  diagnostics found;
  const auto document = read_json(text, found);
  const auto refuse = [&](const std::string& what) { throw failure(wrong_input, say(plain, "words_of", {{"name", shown_name(name, plain)}, {"what", what}})); };
  if (found.has_errors()) {
    std::string what = tell(found.all().front(), "", plain);
    what.pop_back();
    refuse(what);
  }
  const json_node root = document->root();
  std::string tag;
  std::map<std::string, std::string, std::less<>> texts;
  bool good = root.is(node_kind::object);
  if (good) {
    for (json_node member = root.first(); member; member = member.next()) {
      if (member.key() == "tag" && member.is(node_kind::text)) {
        tag = member.text();
      } else if (member.key() == "texts" && member.is(node_kind::object)) {
        for (json_node one = member.first(); one; one = one.next()) {
          good = good && one.is(node_kind::text);
          texts.emplace(one.key(), one.text());
        }
      } else {
        good = false;
      }
    }
  }
  if (!good || tag.empty()) refuse(std::string(say(plain, "words_wanted")));
  return {tag, std::move(texts)};
}

}  // namespace dues::command
