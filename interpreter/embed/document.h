#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "embed/completion.h"
#include "embed/interpreter.h"

namespace nas {

/// A script that is being written, and what an editor asks of it. Places are bytes of the text; whatever the text is, every
/// question has an answer. Nothing is run, no store is opened; imports come from `Options::open_file` or from the disk. Threads as `Interpreter`.
///
/// A question about names costs one parse of a text that has changed; `mistakes` and the types of names cost a check.
class Document {
 public:
  /// `path` stands in diagnostics; files that the script names are relative to its folder.
  Document(const Options& options, std::string path);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  void set_text(std::string text);
  const std::string& text() const;
  const std::string& path() const;

  struct Place {
    std::string file;  ///< "" = this document
    std::size_t begin = 0, end = 0;
  };
  /// What takes the place of the bytes of this document.
  struct Edit {
    std::size_t begin = 0, end = 0;
    std::string text;
  };
  struct Fix {
    std::string title;  ///< "write nsga2"
    Edit edit;
  };
  /// A diagnostic of `nas check`.
  struct Mistake {
    Place at;
    bool error = true;
    std::string code, message;
    std::string label, note;                            ///< the words beside the caret and below it
    std::vector<std::pair<Place, std::string>> others;  ///< "first here"
    std::optional<Fix> fix;                             ///< of a did-you-mean in this document
  };
  /// Checks the text, if it has changed.
  const std::vector<Mistake>& mistakes();

  /// With the names of the last `mistakes`, and those that stand in the text as it is.
  Completion complete(std::size_t offset);

  struct Hover {
    std::size_t begin = 0, end = 0;
    std::string head;  ///< as the language writes it: "param rounds : int = 5 in 1..20"
    std::string text;  ///< plain
  };
  /// What the name, the number or the word at a place is: documentation, type, unit, size of a space; types and sizes are those
  /// of the last `mistakes`.
  std::optional<Hover> hover(std::size_t offset);

  /// Where a name is declared: here, in an imported file, in the standard library; the file of an import.
  std::vector<Place> definition(std::size_t offset);
  /// Where the name that is declared or mentioned at a place stands in this document.
  std::vector<Place> references(std::size_t offset, bool declarations);
  /// The name that `rename` would change; fails with a sentence where none can be changed.
  Result<Place> renamed_at(std::size_t offset);
  /// Gives a name another text in this document. Fails with a sentence where it is not a name, would mean something else, or
  /// where the script would have a mistake that it has not now.
  Result<std::vector<Edit>> rename(std::size_t offset, const std::string& name);

  /// A declaration with those in its body.
  struct Outline {
    std::string name, what;  ///< what: as the language's word, "search", "def space", "parameter"
    std::size_t begin = 0, end = 0, name_begin = 0, name_end = 0;
    std::vector<Outline> inside;
  };
  std::vector<Outline> outline();

  struct Signature {
    std::string label;  ///< "nsga2(population, generations)"
    struct Parameter {
      std::string name, hint;
      std::size_t begin = 0, end = 0;  ///< in the label
    };
    std::vector<Parameter> parameters;
    std::string doc;
    std::optional<std::size_t> active;  ///< the parameter at the cursor
  };
  /// Of the call in whose brackets a place lies.
  std::optional<Signature> signature(std::size_t offset);

  /// In canonical layout; nothing where the text has syntax errors.
  std::optional<std::string> formatted();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nas
