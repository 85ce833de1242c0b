// SPDX-License-Identifier: Apache-2.0
//
// The state of one compilation: reads tokens, checks types, makes code. Not public. Bodies: parse.ipp
// (grammar), typing.ipp (what goes together), calls.ipp (functions).
#pragma once

#include <dues/diagnostic/nearest.hpp>
#include <dues/diagnostic/shortened.hpp>
#include <dues/expression/evaluate.hpp>
#include <dues/expression/impl/tokens.hpp>
#include <dues/expression/parse.hpp>

#include <algorithm>

DUES_BEGIN

/// Builds one expression while it is parsed: types are known as soon as code is made.
class expression_builder {
 public:
  expression_builder(std::string_view source, const scope& names, std::string pointer, diagnostics& found)
      : source_(source), names_(names), pointer_(std::move(pointer)), found_(found) {}

  std::optional<expression> build(value_type wanted);

 private:
  /// What the code made so far leaves on the stack.
  struct piece {
    value_type type = value_type::number;
    const name_info* name = nullptr;       ///< when it is one name
    const name_info* choice = nullptr;     ///< of a choice: the name whose words it has
    std::int32_t begin = 0;                ///< position in the source
    std::size_t at = 0;                    ///< its first instruction
    bool quoted = false;                   ///< a word that is not yet known to be of a choice
    bool nonzero = false, positive = false;
    int digits = 0;                        ///< of its coefficient at most; 0 when bounds do not say
    std::optional<decimal> literal;
    std::vector<std::string_view> nonzero_if_true, nonzero_if_false;  ///< names proven by a condition
  };
  struct failed {
    bool look_further;  ///< the rest still parses, so its names can be checked
  };

  [[noreturn]] void fail(std::string_view code, std::initializer_list<std::pair<std::string_view, std::string>> values, std::int32_t position);
  [[noreturn]] void unexpected(std::string_view expected);
  void check_other_names();
  void advance() { now_ = detail::next_token(source_, at_); }
  bool sign(std::string_view text) const { return now_.kind == detail::token_kind::sign && now_.text == text; }
  bool word(std::string_view text) const { return now_.kind == detail::token_kind::name && now_.text == text; }
  void expect(std::string_view text);
  std::size_t emit(opcode code, value_type type, std::int32_t argument, std::int32_t position, int stack_change, std::int32_t shown = -1);
  void land(std::size_t jump) { made_.code_[jump].argument = static_cast<std::int32_t>(made_.code_.size()); }
  std::int32_t keep(std::string_view text);
  bool proven(std::string_view name) const { return std::find(proven_.begin(), proven_.end(), name) != proven_.end(); }
  std::string text_of(const piece& one) const { return std::string(source_.substr(static_cast<std::size_t>(one.begin), static_cast<std::size_t>(end_ - one.begin))); }

  piece either();
  piece both();
  piece negation();
  piece comparison();
  piece sum();
  piece term();
  piece unary();
  piece primary();
  piece number(bool rate);
  piece name();
  piece call(const detail::token& function);
  piece branch(const detail::token& function);
  piece usage(const detail::token& function);
  void membership(piece& left);
  void compare(piece& left, std::string_view sign_text, std::int32_t position);
  void as_choice(piece& quoted, const name_info& choice);
  bool one_type(piece& left, piece& right);
  void need(const piece& one, value_type wanted, std::string_view what, std::int32_t position);
  void arithmetic(piece& left, const piece& right, char sign_text, std::int32_t position);
  void conclude(piece& made, const piece& left, const piece& right, std::string_view sign_text) const;
  piece extreme(const std::string& function, const std::vector<piece>& arguments, std::int32_t position);
  [[noreturn]] void wrong_arguments(std::string_view function, std::string_view wanted, std::int32_t position);
  [[noreturn]] void unknown_name(const detail::token& name);

  std::string_view source_;
  const scope& names_;
  std::string pointer_;
  diagnostics& found_;
  expression made_;
  detail::token now_;
  std::size_t at_ = 0;
  std::int32_t end_ = 0;  ///< end of the last token taken
  int depth_ = 0, stack_ = 0;
  bool spoiled_ = false;  ///< a mistake was told, and parsing went on to find others
  std::vector<std::string_view> proven_;  ///< names that are not 0 where the parser stands

  /// Parentheses, calls, `not` and unary minus are one level each; nothing else makes the parser call itself.
  struct deeper {
    explicit deeper(expression_builder& b) : builder(b) {
      if (++builder.depth_ > expression::most_depth)
        builder.fail("T208", {{"is", "depth " + std::to_string(builder.depth_)}, {"limit", "depth " + std::to_string(expression::most_depth)}}, builder.now_.position);
    }
    ~deeper() { --builder.depth_; }
    deeper(const deeper&) = delete;
    deeper& operator=(const deeper&) = delete;
    expression_builder& builder;
  };
};

DUES_END
