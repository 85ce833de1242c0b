// SPDX-License-Identifier: Apache-2.0
//
// "did you mean": against the edit distance as its definition says it.
#include <dues/diagnostic/nearest.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using dues::nearest_name;
using names = std::vector<std::string_view>;

TEST(nearest_name_test, finds_the_name_that_was_meant) {
  const names fields{"id", "kind", "name", "through", "price_ceiling", "quantity", "proration", "rounding"};
  struct row { const char* word; const char* wanted; };
  for (const row& one : {row{"thruogh", "through"}, row{"price_cieling", "price_ceiling"}, row{"quantty", "quantity"}, row{"roundings", "rounding"},
                         row{"Name", "name"}, row{"knd", "kind"}, row{"if", "id"}, row{"nonsense", ""}, row{"to", ""}, row{"", ""}})
    EXPECT_EQ(nearest_name(one.word, fields), one.wanted) << one.word;
}

TEST(nearest_name_test, is_at_most_a_third_of_the_word_away_but_one_step_always) {
  EXPECT_EQ(nearest_name("abcdef", names{"abcdxy"}), "abcdxy");  // 2 of 6
  EXPECT_EQ(nearest_name("abcdef", names{"abcxyz"}), "");        // 3 of 6
  EXPECT_EQ(nearest_name("abcdefghi", names{"abcdefxyz"}), "abcdefxyz");
  EXPECT_EQ(nearest_name("ab", names{"ax"}), "ax");
  EXPECT_EQ(nearest_name("ab", names{"xy"}), "");
}

TEST(nearest_name_test, takes_the_nearest_and_of_equals_the_first) {
  EXPECT_EQ(nearest_name("tent", names{"tenants", "tint", "test"}), "tint");
  EXPECT_EQ(nearest_name("tent", names{"test", "tint"}), "test");
  EXPECT_EQ(nearest_name("abcdef", names{"abcdxy", "abcdex"}), "abcdex");
}

TEST(nearest_name_test, does_not_offer_the_word_itself) {
  EXPECT_EQ(nearest_name("price", names{"price"}), "");
  EXPECT_EQ(nearest_name("price", names{"price", "prices"}), "prices");
}

TEST(nearest_name_test, leaves_words_of_more_than_64_bytes_alone) {
  const std::string at_limit(64, 'a');
  const std::string beyond(65, 'a');
  const std::string near = at_limit.substr(1);
  EXPECT_EQ(nearest_name(at_limit, names{near}), near);
  EXPECT_EQ(nearest_name(near, names{at_limit}), at_limit);
  EXPECT_EQ(nearest_name(beyond, names{at_limit}), "");
  EXPECT_EQ(nearest_name(at_limit, names{beyond}), "");
}

/// Levenshtein's distance by its recursion, each pair of prefixes once.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> of(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) of[i][j] = i + j;
      else of[i][j] = std::min({of[i - 1][j] + 1, of[i][j - 1] + 1, of[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
    }
  return of[a.size()][b.size()];
}

std::string any_word(int most) { return *rc::gen::resize(most, rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc")))); }

RC_GTEST_PROP(nearest_name_property, is_the_first_of_least_distance_within_a_third, ()) {
  const std::string word = any_word(14);
  std::vector<std::string> drawn;
  for (int n = *rc::gen::inRange(0, 6); n > 0; --n) drawn.push_back(any_word(14));
  const names all(drawn.begin(), drawn.end());
  std::string_view wanted;
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view name : all)
    if (name != word && !word.empty() && distance(word, name) < best) {
      best = distance(word, name);
      wanted = name;
    }
  RC_ASSERT(nearest_name(word, all) == wanted);
}

}  // namespace
