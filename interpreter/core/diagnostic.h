#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nas {

/// A half-open range of bytes in one source of a `SourceMap`.
struct Span {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

enum class Severity { error, warning };

/// A second place that a diagnostic points at, with its own words ("first declared here").
struct Label {
  Span span;
  std::string text;
};

/// One mistake in a script: a code, a place, a plain sentence, a hint.
struct Diagnostic {
  std::string code;  ///< "E302", "W901"
  Severity severity = Severity::error;
  Span span;
  std::string message;  ///< one plain sentence without a final stop
  std::string label;    ///< the words beside the caret, may be empty
  std::string note;     ///< the "= ..." line, may be empty; "More: nas explain CODE" is added when it is printed
  std::vector<Label> labels = {};
};

/// The texts that spans point into: script, imports, standard library, REPL entries.
class SourceMap {
 public:
  /// Adds a text under the name that diagnostics print; returns the id for `Span::source`.
  std::uint32_t add(std::string name, std::string text);

  std::string_view name(std::uint32_t source) const;
  std::string_view text(std::uint32_t source) const;

  struct Position {
    std::uint32_t line = 1;    ///< from 1
    std::uint32_t column = 1;  ///< from 1, in code points
  };
  Position position(std::uint32_t source, std::uint32_t offset) const;
  /// Line `line` (from 1) without its line end.
  std::string_view line(std::uint32_t source, std::uint32_t line) const;

 private:
  struct Source {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  std::vector<Source> sources_;
};

/// Collects the mistakes of a whole script, so that all are reported and not only the first.
class Diagnostics {
 public:
  Diagnostic& error(std::string code, Span span, std::string message, std::string label = {}, std::string note = {});
  Diagnostic& warning(std::string code, Span span, std::string message, std::string label = {}, std::string note = {});

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  /// Orders by source and place; equal entries are kept once.
  void sort_and_deduplicate();

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

/// The caret picture of language.md: code and sentence, place, source line, carets, hint. ANSI colours on request.
std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, bool colour);
/// One JSON object: code, severity, file, line, column, end_line, end_column, message, label, note, labels.
std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources);

/// The name nearest to `wanted` by edit distance (at most a third of its length, at least 1), or empty. The same letters in
/// another case are the nearest, a name that begins with `wanted` (3 letters or more) is one step away.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& known);

}  // namespace nas
