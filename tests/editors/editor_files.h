#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/metric.h"
#include "core/units.h"
#include "embed/interpreter.h"
#include "syntax/tokens.h"
#include "tests/fixture.h"

namespace nas::testing {

/// The language's words, by what an editor shows of them. Sorted; each in one list only.
struct Words {
  std::vector<std::string> heads;      ///< begin a statement: stages, let, spelling
  std::vector<std::string> clauses;    ///< on, with, where
  std::vector<std::string> operators;  ///< and, maximize, repeat
  std::vector<std::string> constants;  ///< true, false
  std::vector<std::string> components, metrics, units;
};

/// Word tokens of grammar/Nas.g4, stage and clause words, the registry, the layers and the library's spaces.
inline Words words_of_the_language() {
  Words words;
  const std::string grammar = slurp(source_folder() / "grammar/Nas.g4");
  const auto begin = grammar.find("BAD,"), end = grammar.find('}', begin);
  const std::string tokens = std::regex_replace(grammar.substr(begin + 4, end - begin - 4), std::regex("//[^\n]*"), "");
  static const std::map<std::string, std::string> kWritten = {
      {"DEF_SPACE", "def"}, {"COND", "if"}, {"STAGE", ""}, {"CLAUSE", ""}};
  std::set<std::string> heads(syntax::stage_words().begin(), syntax::stage_words().end());
  heads.insert(syntax::statement_words().begin(), syntax::statement_words().end());
  heads.insert({"nas", "rule", "spelling", "features"});
  const std::set<std::string> clauses(syntax::clause_words().begin(), syntax::clause_words().end());
  const std::set<std::string> constants = {"true", "false"};
  std::set<std::string> operators;
  const std::regex token("[A-Z_]+");
  for (auto it = std::sregex_iterator(tokens.begin(), tokens.end(), token); it != std::sregex_iterator(); ++it) {
    std::string word = it->str();
    if (const auto written = kWritten.find(word); written != kWritten.end())
      word = written->second;
    else
      std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!word.empty() && !heads.count(word) && !clauses.count(word) && !constants.count(word)) operators.insert(word);
  }
  operators.insert("if");  // of an arm, and of an expression
  Options options;
  options.stdlib_folders = {(source_folder() / "stdlib").string()};
  const Interpreter interpreter(options);
  std::set<std::string> metrics, components;
  for (const MetricKind& metric : all_metrics()) metrics.emplace(metric.name);
  for (const auto& component : interpreter.components_json())
    if (const std::string name = component["name"]; !heads.count(name) && !metrics.count(name)) components.insert(name);
  std::set<std::string> units;
  for (const Unit& unit : all_units())
    if (std::isalpha(static_cast<unsigned char>(unit.name.front()))) units.emplace(unit.name);
  const auto list = [](const std::set<std::string>& set) { return std::vector<std::string>(set.begin(), set.end()); };
  return {list(heads), list(clauses), list(operators), list(constants), list(components), list(metrics), list(units)};
}

inline std::string filled(std::string text, const std::map<std::string, std::string>& values) {
  for (const auto& [name, value] : values)
    for (auto at = text.find("@" + name + "@"); at != std::string::npos; at = text.find("@" + name + "@", at + value.size()))
      text.replace(at, name.size() + 2, value);
  return text;
}

inline std::string pygments_lexer(const Words& words) {
  const auto list = [](const std::vector<std::string>& all) {
    std::string text = "(", line = "   ";
    for (const auto& word : all) {
      if (line.size() + word.size() > 120) text += "\n" + line, line = "   ";
      line += fmt::format(" '{}',", word);
    }
    return text + "\n" + line + "\n)";
  };
  return filled(R"py("""Colours of .nas scripts for Pygments. Made by `NAS_WRITE_EDITORS=1 build/bin/test_editors`."""
from pygments.lexer import RegexLexer, bygroups, default, include, words
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

__all__ = ['NasLexer']

HEADS = @heads@
CLAUSES = @clauses@
OPERATORS = @operators@
CONSTANTS = @constants@
COMPONENTS = @components@
METRICS = @metrics@
UNITS = @units@

HEAD = r'(%s)\b(?!\s*(?:=|[.(,]))' % '|'.join(HEADS)
NUMBER = r'([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)'


class NasLexer(RegexLexer):
    """Stage and clause words are words of the language only where they have that meaning."""
    name = 'nas'
    aliases = ['nas']
    filenames = ['*.nas']

    tokens = {
        'root': [
            (r'^([ \t]*)' + HEAD, bygroups(Whitespace, Keyword.Declaration), 'declared'),
            (r'(\{)([ \t]*)' + HEAD, bygroups(Punctuation, Whitespace, Keyword.Declaration), 'declared'),
            (r'[{}]', Punctuation),
            (r'\r?\n|\r', Whitespace),
            include('value'),
        ],
        'declared': [
            (r'([ \t]+)(space)(?=[ \t]+\w)', bygroups(Whitespace, Keyword.Declaration)),
            (r'([ \t]+)([a-zA-Z_]\w*)(?=[ \t]*(?:=(?!=)|:))', bygroups(Whitespace, Name.Variable), '#pop'),
            default('#pop'),
        ],
        'value': [
            (r'"', String.Double, 'text'),
            (r'[ \t\f]+', Whitespace),
            (r'#[^\r\n]*', Comment.Single),
            (NUMBER + r'(%s)\b' % '|'.join(sorted(UNITS, key=len, reverse=True)), bygroups(Number, Keyword.Type)),
            (NUMBER + r'(?![eE][+-]?[0-9])([a-zA-Z_]\w*)', bygroups(Number, Error)),
            (NUMBER, Number),
            (words(CONSTANTS, prefix=r'(?<!\.)\b', suffix=r'\b'), Keyword.Constant),
            (words(OPERATORS, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*(?:=(?!=)|\.))'), Operator.Word),
            (words(CLAUSES, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*(?:=(?!=)|[.,)\]@]))'), Keyword),
            (r'[a-zA-Z_]\w*(?=\s*=(?!=))', Name.Attribute),
            (words(METRICS, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*\()'), Name.Constant),
            (words(COMPONENTS, prefix=r'(?<!\.)\b', suffix=r'\b'), Name.Builtin),
            (r'[a-zA-Z_]\w*', Name),
            (r'\.\.|[<>=!]=|[-+*/%^<>=@]', Operator),
            (r'[()\[\],:.]', Punctuation),
        ],
        'text': [
            (r'"', String.Double, '#pop'),
            (r'\\[^\r\n]', String.Escape),
            (r'\$\{', String.Interpol, 'hole'),
            (r'[^"\\$\r\n]+|\$', String.Double),
            (r'\r?\n|\r', Error, '#pop'),
        ],
        'hole': [
            (r'\}', String.Interpol, '#pop'),
            (r'\r?\n|\r', Error, '#pop:2'),
            include('value'),
        ],
    }
)py",
                {{"heads", list(words.heads)},
                 {"clauses", list(words.clauses)},
                 {"operators", list(words.operators)},
                 {"constants", list(words.constants)},
                 {"components", list(words.components)},
                 {"metrics", list(words.metrics)},
                 {"units", list(words.units)}});
}

inline std::string textmate_grammar(const Words& words) {
  using Json = nlohmann::ordered_json;
  const auto any = [](std::vector<std::string> all) {
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return std::pair(b.size(), a) < std::pair(a.size(), b); });
    return fmt::format("(?:{})", fmt::join(all, "|"));
  };
  const auto one = [](const std::string& name, const std::string& match) { return Json{{"name", name}, {"match", match}}; };
  const std::string number = "[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";
  const std::string head =
      "(" + any(words.heads) +
      ")\\b(?!\\s*(?:=|[.(,]))(?:[ \\t]+(space)(?=[ \\t]+\\w))?(?:[ \\t]+([a-zA-Z_]\\w*)(?=[ \\t]*(?:=(?!=)|:)))?";
  const Json captures = {{"1", {{"name", "keyword.declaration.nas"}}},
                         {"2", {{"name", "keyword.declaration.nas"}}},
                         {"3", {{"name", "entity.name.nas"}}}};
  Json value = Json::array();
  value.push_back({{"include", "#text"}});
  value.push_back(one("comment.line.number-sign.nas", "#.*$"));
  value.push_back({{"match", "\\b(" + number + ")(" + any(words.units) + ")\\b"},
                   {"captures", {{"1", {{"name", "constant.numeric.nas"}}}, {"2", {{"name", "keyword.other.unit.nas"}}}}}});
  value.push_back(one("invalid.illegal.nas", "\\b" + number + "(?![eE][+-]?[0-9])[a-zA-Z_]\\w*"));
  value.push_back(one("constant.numeric.nas", "\\b" + number));
  value.push_back(one("constant.language.nas", "(?<!\\.)\\b" + any(words.constants) + "\\b"));
  value.push_back(one("keyword.operator.word.nas", "(?<!\\.)\\b" + any(words.operators) + "\\b(?!\\s*(?:=(?!=)|\\.))"));
  value.push_back(one("keyword.control.nas", "(?<!\\.)\\b" + any(words.clauses) + "\\b(?!\\s*(?:=(?!=)|[.,)\\]@]))"));
  value.push_back(one("variable.parameter.nas", "\\b[a-zA-Z_]\\w*(?=\\s*=(?!=))"));
  value.push_back(one("support.variable.nas", "(?<!\\.)\\b" + any(words.metrics) + "\\b(?!\\s*\\()"));
  value.push_back(one("support.function.nas", "(?<!\\.)\\b" + any(words.components) + "\\b"));
  value.push_back(one("keyword.operator.nas", "\\.\\.|[<>=!]=|[-+*/%^<>=@]"));
  const Json text = {{"name", "string.quoted.double.nas"},
                     {"begin", "\""},
                     {"end", "\"|$"},
                     {"patterns", Json::array({one("constant.character.escape.nas", "\\\\."),
                                               {{"name", "meta.embedded.nas"},
                                                {"begin", "\\$\\{"},
                                                {"end", "\\}|$"},
                                                {"patterns", Json::array({{{"include", "#value"}}})}}})}};
  const Json grammar = {{"$schema", "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json"},
                        {"comment", "Made by NAS_WRITE_EDITORS=1 build/bin/test_editors"},
                        {"name", "nas"},
                        {"scopeName", "source.nas"},
                        {"fileTypes", {"nas"}},
                        {"patterns", Json::array({{{"match", "^[ \\t]*" + head}, {"captures", captures}},
                                                  {{"match", "(?<=\\{)[ \\t]*" + head}, {"captures", captures}},
                                                  {{"include", "#value"}}})},
                        {"repository", {{"value", {{"patterns", value}}}, {"text", text}}}};
  return grammar.dump(2) + "\n";
}

inline std::string vim_syntax(const Words& words) {
  const auto any = [](const std::vector<std::string>& all) { return fmt::format("%({})", fmt::join(all, "|")); };
  const auto longest_first = [](std::vector<std::string> all) {
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return std::pair(b.size(), a) < std::pair(a.size(), b); });
    return all;
  };
  return filled(R"vim(" Colours of .nas scripts. Made by NAS_WRITE_EDITORS=1 build/bin/test_editors
if exists('b:current_syntax')
  finish
endif
syntax case match

syntax match nasName /\v<[a-zA-Z_]\w*/ contained
syntax match nasComponent /\v\.@1<!<@components@>/
syntax match nasMetric /\v\.@1<!<@metrics@>%(\s*\()@!/
syntax match nasArgument /\v<[a-zA-Z_]\w*%(\s*\=\=@!)@=/
syntax match nasClause /\v\.@1<!<@clauses@>%(\s*%(\=\=@!|[.,)\]@]))@!/
syntax match nasOperator /\v\.@1<!<@operators@>%(\s*%(\=\=@!|\.))@!/
syntax match nasConstant /\v\.@1<!<@constants@>/
syntax match nasNumber /\v<\d+%(\.\d+)?%([eE][+-]?\d+)?/ nextgroup=nasUnit,nasBadUnit
syntax match nasBadUnit /\v\a\w*/ contained
syntax match nasUnit /\v\C@units@>/ contained
syntax match nasSign /\v[-+*\/%^<>=@]|!\=/
syntax match nasHead /\v%(^|\{)@<=\s*<@heads@>%(\s*%(\=|[.(,]))@!/ nextgroup=nasSpaceWord,nasDeclared skipwhite
syntax match nasSpaceWord /\v<space>%(\s+\w)@=/ contained nextgroup=nasName skipwhite
syntax match nasDeclared /\v<[a-zA-Z_]\w*%(\s*%(\=\=@!|:))@=/ contained contains=nasName
syntax match nasEscape /\v\\./ contained
syntax region nasHole matchgroup=nasHoleSign start=/\v\$\{/ end=/\v\}/ contained oneline contains=TOP,nasHead
syntax region nasString start=/"/ skip=/\v\\./ end=/"/ oneline contains=nasEscape,nasHole
syntax match nasComment /#.*$/ contains=nasTodo,@Spell
syntax keyword nasTodo TODO FIXME contained

highlight default link nasHead Statement
highlight default link nasSpaceWord Statement
highlight default link nasClause Keyword
highlight default link nasOperator Operator
highlight default link nasSign Operator
highlight default link nasConstant Boolean
highlight default link nasNumber Number
highlight default link nasUnit Type
highlight default link nasBadUnit Error
highlight default link nasString String
highlight default link nasEscape SpecialChar
highlight default link nasHoleSign SpecialChar
highlight default link nasComment Comment
highlight default link nasTodo Todo
highlight default link nasComponent Function
highlight default link nasMetric Special
highlight default link nasArgument Identifier
highlight default link nasName Identifier

let b:current_syntax = 'nas'
)vim",
                {{"heads", any(words.heads)},
                 {"clauses", any(words.clauses)},
                 {"operators", any(words.operators)},
                 {"constants", any(words.constants)},
                 {"components", any(words.components)},
                 {"metrics", any(words.metrics)},
                 {"units", any(longest_first(words.units))}});
}

inline std::string version_number() {
  const std::string text = Interpreter::version_text();
  return text.substr(text.find(' ') + 1);
}

inline std::string vscode_package() {
  using Json = nlohmann::ordered_json;
  const Json package = {
      {"name", "nas"},
      {"displayName", "nas"},
      {"description", "Scripts of hardware-aware neural architecture search"},
      {"version", version_number()},
      {"publisher", "nas"},
      {"license", "Apache-2.0"},
      {"engines", {{"vscode", "^1.75.0"}}},
      {"categories", {"Programming Languages", "Formatters"}},
      {"main", "./extension.js"},
      {"dependencies", {{"vscode-languageclient", "^9.0.1"}}},
      {"contributes",
       {{"languages", Json::array({{{"id", "nas"},
                                    {"aliases", {"nas"}},
                                    {"extensions", {".nas"}},
                                    {"configuration", "./language-configuration.json"}}})},
        {"grammars",
         Json::array({{{"language", "nas"}, {"scopeName", "source.nas"}, {"path", "./syntaxes/nas.tmLanguage.json"}}})},
        {"configuration",
         {{"title", "nas"},
          {"properties",
           {{"nas.path",
             {{"type", "string"}, {"default", "nas"}, {"description", "The tool; a name is looked for in PATH."}}}}}}}}}};
  return package.dump(2) + "\n";
}

inline std::string pygments_package() {
  return filled(R"toml([build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "nas-pygments"
version = "@version@"
description = "Colours of .nas scripts for Pygments"
requires-python = ">=3.7"
dependencies = ["Pygments>=2.10"]

[project.entry-points."pygments.lexers"]
nas = "nas_pygments:NasLexer"

[tool.setuptools]
packages = ["nas_pygments"]
)toml",
                {{"version", version_number()}});
}

/// Every file below editors/ that is made, by its name.
inline std::map<std::string, std::string> editor_files(const Words& words) {
  return {{"pygments/nas_pygments/__init__.py", pygments_lexer(words)},
          {"pygments/pyproject.toml", pygments_package()},
          {"vim/syntax/nas.vim", vim_syntax(words)},
          {"vscode/package.json", vscode_package()},
          {"vscode/syntaxes/nas.tmLanguage.json", textmate_grammar(words)}};
}

}  // namespace nas::testing
