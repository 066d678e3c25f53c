#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "syntax/dump.h"
#include "syntax/parse.h"
#include "tests/fixture.h"

namespace nas::syntax {
namespace {

namespace fs = std::filesystem;

using testing::slurp;

/// Every script of the tree that is meant to be right, with its name.
std::vector<std::pair<std::string, std::string>> scripts() {
  std::vector<std::pair<std::string, std::string>> all;
  for (const char* folder : {"tests/syntax/samples", "stdlib/spaces", "examples"}) {
    const fs::path at = fs::path(NAS_SOURCE_DIR) / folder;
    if (!fs::exists(at)) continue;
    for (const auto& entry : fs::directory_iterator(at)) {
      if (entry.path().extension() == ".nas") all.emplace_back(entry.path().filename().string(), slurp(entry.path()));
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string tree_of(const std::string& text, std::string* errors = nullptr) {
  SourceMap sources;
  Diagnostics diagnostics;
  const Script script = parse(sources, sources.add("t.nas", text), diagnostics);
  if (errors) {
    for (const auto& d : diagnostics.all()) *errors += render_text(d, sources, false);
  }
  return dump(script);
}

std::string formatted(const std::string& text) {
  SourceMap sources;
  Diagnostics diagnostics;
  return format(sources, sources.add("t.nas", text), diagnostics);
}

TEST(Parse, ReadsEverySampleOfTheContract) {
  ASSERT_GE(scripts().size(), 9u);
  for (const auto& [name, text] : scripts()) {
    std::string errors;
    EXPECT_FALSE(tree_of(text, &errors).empty()) << name;
    EXPECT_EQ(errors, "") << name;
  }
}

TEST(Parse, ShortFormsAreWholeStatements) {
  std::string errors;
  EXPECT_EQ(tree_of("nas 1\nspace colocnas(c=4)\npredictor knn(k=5)\nsearch nsga2 with concurrent(iter=5)\n", &errors),
            "nas 1\n(stage space (call (name colocnas) c= (number 4)))"
            "\n(stage predictor (call (name knn) k= (number 5)))"
            "\n(stage search (name nsga2) [with (call (name concurrent) iter= (number 5))])");
  EXPECT_EQ(errors, "");
}

struct ValueCase {
  const char* text;
  const char* tree;
};

// Precedence, glued units, chains, ranges, holes: each line is one rule of the contract.
TEST(Parse, GivesOperatorsTheirStrength) {
  const ValueCase cases[] = {
      {"a + b * c", "(+ (name a) (* (name b) (name c)))"},
      {"-a^b^c", "(- (^ (name a) (^ (name b) (name c))))"},
      {"2^-1", "(^ (number 2) (- (number 1)))"},
      {"a - b - c", "(- (- (name a) (name b)) (name c))"},
      {"not a == b and c or d", "(or (and (not (== (name a) (name b))) (name c)) (name d))"},
      {"a < b <= c", "(chain < <= (name a) (name b) (name c))"},
      {"1..n + 1 step 2", "(range (number 1) (+ (name n) (number 1)) (number 2))"},
      {"10 % 3", "(% (number 10) (number 3))"},
      {"10%3", "(% (number 10) (number 3))"},
      {"2% 3", "(% (number 2) (number 3))"},
      {"5% + 1", "(+ (number 5%) (number 1))"},
      {"5%", "(number 5%)"},
      {"25ms / 1s", "(/ (number 25ms) (number 1s))"},
      {"3abc", "(number 3abc)"},
      {"1e3", "(number 1e3)"},
      {"latency@hw.pixel3", "(at (name latency) (member pixel3 (name hw)))"},
      {"a.latency@host / 1ms", "(/ (at (member latency (name a)) (name host)) (number 1ms))"},
      {"f(a, k = 3)(x)", "(call (call (name f) (name a) k= (number 3)) (name x))"},
      {"s[*].b[1]", "(index (member b (index (name s) -)) (number 1))"},
      {"if a then b else if c then d else e", "(if (name a) (name b) (if (name c) (name d) (name e)))"},
      {"choice { a, b if c }", "(choice (name a) - (name b) (name c))"},
      {"choice(a, labels = b)", "(call (name choice) (name a) labels= (name b))"},
      {"\"a${b + 1}c\\$\"", "(string \"a\" (+ (name b) (number 1)) \"c$\")"},
      {"[1, 2,]", "(list (number 1) (number 2))"},
      // Words of the language are names wherever a name can stand.
      {"f(train, of = in, step = plot.to)", "(call (name f) (name train) of= (name in) step= (member to (name plot)))"},
      {"repeat + choice * maximize", "(+ (name repeat) (* (name choice) (name maximize)))"},
  };
  for (const auto& c : cases) {
    std::string errors;
    EXPECT_EQ(tree_of(std::string("let v = ") + c.text, &errors), std::string("\n(let v ") + c.tree + ")") << c.text;
    EXPECT_EQ(errors, "") << c.text;
  }
}

// A line end inside brackets, after an operator or comma, and before a clause word means nothing.
TEST(Parse, DropsLineEndsThatMeanNothing) {
  const std::string one = "search s = f(a, b) of maximize x, y where a + b < c { p = 1, q = 2 }\nseed 1\n";
  const std::string many =
      "search s = f(\n a,\n b) # comment\n  of maximize x,\n y\n # another\n  where a +\n b <\n c {\n p = 1\n\n q = 2, # "
      "x\n}\r\n\r\nseed 1";
  std::string errors;
  EXPECT_EQ(tree_of(one, &errors), tree_of(many, &errors));
  EXPECT_EQ(errors, "");
}

TEST(Parse, StopsAtItsLimitsQuickly) {
  const auto start = std::chrono::steady_clock::now();
  for (const std::string open :
       {"(", "[", "f(", "-", "not ", "if a then b else ", "repeat ", "choice {", "2^", "a.", "a+", "{"}) {
    std::string text = "let x = ", errors;
    for (int i = 0; i < 10000; ++i) text += open;
    tree_of(text, &errors);
    EXPECT_NE(errors, "") << open;
    EXPECT_LT(errors.size(), 3000u) << open;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
}

TEST(Format, IsIdempotentKeepsMeaningAndComments) {
  for (const auto& [name, text] : scripts()) {
    const std::string once = formatted(text);
    EXPECT_EQ(formatted(once), once) << name;
    EXPECT_EQ(tree_of(once), tree_of(text)) << name;
    EXPECT_EQ(std::count(once.begin(), once.end(), '#'), std::count(text.begin(), text.end(), '#')) << name;
  }
}

TEST(Format, WritesTheCanonicalLayout) {
  EXPECT_EQ(formatted("let a=3%2+f( x,k=-1 )   # tail\n\n\n\n# own\nlet b = [1, # one\n  2,\n  3,]\n"
                      "search s=nsga2( )\n     of   maximize  accuracy\nif a==3{seed 1}else{\nseed 2}\n"),
            "let a = 3 % 2 + f(x, k = -1)  # tail\n\n# own\nlet b = [1,  # one\n    2, 3]\n"
            "search s = nsga2()\n  of maximize accuracy\nif a == 3 { seed 1 } else {\n  seed 2\n}\n");
}

TEST(Format, KeepsColumnsThatMeet) {
  const char* columns =
      "dataset images  = fashion_mnist()  # real\nspace   net     = tiny_mobilenet()  # small\nlet a       = 1    # c\nlet "
      "longer  = 2    # d\n";
  EXPECT_EQ(formatted(columns), columns);
  // Spaces that meet nothing go; so do those inside brackets.
  EXPECT_EQ(formatted("space   net = tiny_mobilenet()\nlet   a  = f(x  = 1)\nlet b = f(x  = 2)\n"),
            "space net = tiny_mobilenet()\nlet a = f(x = 1)\nlet b = f(x = 2)\n");
}

TEST(Format, LeavesBrokenScriptsAlone) {
  EXPECT_EQ(formatted("let   a = (\n"), "let   a = (\n");
}

/// Scripts of random shape: every statement and every kind of value.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string script() {
    std::string text;
    for (int i = 0; i < 12; ++i) text += statement(0) + end();
    return text;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string name() {
    static const char* names[] = {"a",    "train",     "of",     "net", "width", "long_name_of_a_thing",
                                  "step", "choice_of", "report", "x1"};
    return names[pick(10)];
  }
  std::string space() { return pick(3) ? " " : pick(2) ? "  " : "   "; }
  std::string end() {
    static const char* ends[] = {"\n", "\n", "\n\n", " # note\n", "\n# own line\n", "\n\n\n  # far\n"};
    return ends[pick(6)];
  }
  std::string inside() { return pick(12) ? "" : pick(2) ? "\n  " : " # within\n"; }
  std::string value(int depth) {
    if (depth > 3) return pick(2) ? name() : std::to_string(pick(99));
    switch (pick(14)) {
      case 0:
        return std::to_string(pick(100)) + (pick(2) ? "ms" : ".5");
      case 1:
        return "\"text ${" + name() + " + 1} # no comment\"";
      case 2:
        return value(depth + 1) + " +" + space() + value(depth + 1);
      case 3:
        return "(" + inside() + value(depth + 1) + space() + "* " + value(depth + 1) + ")";
      case 4:
        return name() + "(" + inside() + value(depth + 1) + "," + space() + "k=" + value(depth + 1) + inside() + ")";
      case 5:
        return "[" + value(depth + 1) + "," + inside() + value(depth + 1) + "," + value(depth + 1) + "]";
      case 6:
        return "(if " + value(depth + 1) + " then " + value(depth + 1) + " else " + value(depth + 1) + ")";
      case 7:
        return name() + "." + name() + "[" + value(depth + 1) + "]";
      case 8:
        return "-" + name() + "^2";
      case 9:
        return "(1.." + value(depth + 1) + ")";
      case 10:
        return "not (" + value(depth + 1) + "<" + value(depth + 1) + ")";
      case 11:
        return "latency@" + name() + "." + name();
      case 12:
        return "choice {" + (pick(2) ? std::string(" ") : std::string("\n")) + name() + "(" + value(depth + 1) + "), " + name() +
               " if " + name() + " }";
      default:
        return name();
    }
  }
  std::string statement(int depth) {
    switch (pick(depth > 1 ? 4 : 8)) {
      case 0:
        return "let " + name() + space() + "=" + space() + value(0);
      case 1:
        return "search " + name() + " = f(" + value(1) + ")" + (pick(2) ? "\n   " : " ") + "of maximize " + value(1) + ", " +
               name() + " where " + value(1) + "<25ms" + (pick(2) ? " { a = 1, b = " + value(1) + " }" : "");
      case 2:
        return "show " + value(0) + ", " + value(0);
      case 3:
        return "plot " + name() + "(" + value(0) + ") to \"x.svg\"";
      case 4:
        return "foreach " + name() + " in " + value(1) + " {" + (pick(2) ? end() : " ") + statement(depth + 1) +
               (pick(2) ? end() : " ") + "}";
      case 5:
        return "when " + value(1) + " { " + statement(depth + 1) + (pick(2) ? " }\n" : " } ") + "otherwise { " +
               statement(depth + 1) + " }";
      case 6:
        return "if " + name() + " { " + statement(depth + 1) + " } else if " + name() + " { " + statement(depth + 1) + end() +
               "} else { seed 1 }";
      default:
        return "def space " + name() + "(a: int = " + value(1) + ") {" + end() + name() + " = " + value(1) + end() +
               "repeat b in 1..3 { " + name() + "(" + value(1) + ") }" + end() + "spelling s { k = a[*]" + end() +
               " e = " + value(2) + " }" + end() + "}";
    }
  }
  std::mt19937 random_;
};

TEST(Format, IsSafeOnRandomScripts) {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const std::string text = Writer(seed).script();
    std::string errors;
    const std::string tree = tree_of(text, &errors);
    ASSERT_EQ(errors, "") << text;
    const std::string once = formatted(text);
    ASSERT_EQ(tree_of(once), tree) << text << "\n-----\n" << once;
    ASSERT_EQ(formatted(once), once) << text << "\n-----\n" << once;
    ASSERT_EQ(std::count(once.begin(), once.end(), '#'), std::count(text.begin(), text.end(), '#')) << text << once;
  }
}

// Ten thousand damaged scripts: no crash, no hang, and every diagnostic points into its text.
TEST(Parse, SurvivesMutations) {
  const auto all = scripts();
  static const char* pieces[] = {"(",      ")",  "[",    "]",      "{",      "}",  "\"",   "${",        "\n", ",", "=",
                                 "..",     "if", "else", "repeat", "choice", "of", "\xff", "\\",        "%",  "@", "let",
                                 "search", "#",  "\t",   "then",   "9",      "é",  ".",    "def space", "in", ":"};
  std::mt19937 random(7);
  double slowest = 0;
  for (int round = 0; round < 10000; ++round) {
    std::string text = all[random() % all.size()].second;
    const unsigned edits = 1 + random() % 4;
    for (unsigned e = 0; e < edits && !text.empty(); ++e) {
      const std::size_t at = random() % text.size();
      switch (random() % 5) {
        case 0:
          text.erase(at, 1 + random() % 6);
          break;
        case 1:
          text.insert(at, pieces[random() % std::size(pieces)]);
          break;
        case 2:
          text[at] = static_cast<char>(random());
          break;
        case 3:
          text.resize(at);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 40));
      }
    }
    const auto start = std::chrono::steady_clock::now();
    SourceMap sources;
    Diagnostics diagnostics;
    const auto id = sources.add("m.nas", text);
    const std::string once = format(sources, id, diagnostics);
    if (diagnostics.has_errors()) {
      ASSERT_EQ(once, text);
      for (const auto& d : diagnostics.all()) {
        ASSERT_LE(d.span.begin, d.span.end) << text;
        ASSERT_LE(d.span.end, text.size()) << text;
        ASSERT_FALSE(render_text(d, sources, false).empty());
      }
    } else {
      ASSERT_EQ(tree_of(once), tree_of(text)) << text << "\n-----\n" << once;
      ASSERT_EQ(formatted(once), once) << text << "\n-----\n" << once;
    }
    slowest = std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  EXPECT_LT(slowest, 1.0);
}

TEST(Grammar, GeneratedParserIsUpToDate) {
  if (std::system("command -v antlr4 >/dev/null 2>&1") != 0) GTEST_SKIP() << "the antlr4 tool is not installed";
  const fs::path out = fs::temp_directory_path() / ("nas_grammar_" + std::to_string(std::random_device{}()));
  fs::create_directories(out);
  fs::copy_file(fs::path(NAS_SOURCE_DIR) / "grammar/Nas.g4", out / "Nas.g4");
  ASSERT_EQ(std::system(("cd " + out.string() +
                         " && antlr4 -Dlanguage=Cpp -no-listener -no-visitor -package nas::grammar -o generated Nas.g4")
                            .c_str()),
            0);
  for (const char* file : {"NasLexer.cpp", "NasLexer.h", "NasParser.cpp", "NasParser.h"}) {
    EXPECT_EQ(slurp(out / "generated" / file), slurp(fs::path(NAS_SOURCE_DIR) / "grammar/generated" / file)) << file;
  }
  fs::remove_all(out);
}

}  // namespace
}  // namespace nas::syntax
