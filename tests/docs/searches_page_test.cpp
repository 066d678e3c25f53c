// docs/searches.md: every search on one small problem, with what it really prints.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "embed/interpreter.h"
#include "pages.h"

using namespace nas;
using namespace nas::testing;

namespace {

constexpr std::size_t kRows = 8;  ///< of a printed table

/// The problem that shows a search: a front where it can find one, else the best network under a condition.
struct Problem {
  std::string before, after;
};

const Problem kFront = {
    "seed 1\nspace net = tiny_mobilenet()\nobjective maximize params\nobjective minimize macs\n"
    "search known = exhaustive() with direct()\n",
    "show \"${front.size} networks after ${front.evaluations}\", recall(front, known), igd_plus(front, known)\nshow front\n"};
const Problem kBest = {"seed 1\nspace net = tiny_mobilenet()\nobjective maximize params\n",
                       "show \"after ${best.evaluations} networks\"\nshow best\n"};

/// Searches that learn ask for measurements: a table of 18 networks.
std::string learnt(const std::string& statement) {
  std::string script = slurp(source_folder() / "examples/own_table.nas");
  script = script.substr(script.find("seed 1"));
  script = script.substr(0, script.find("device board"));
  return script +
         "objective maximize accuracy from table(\"data/board.csv\", value = \"top1\", unit = 1%)\npredictor ridge() of "
         "accuracy\n" +
         statement + "\nshow \"after ${best.evaluations} of ${net.networks} networks\"\nshow best\n";
}

/// The documented example of a search as a whole script.
std::string script_of(const std::string& name, const nlohmann::json& component) {
  if (name == "weaknas") return learnt("search best = weaknas(initial = 10, evaluate = 2, rounds = 2)");
  if (name == "bananas") return learnt("search best = bananas(initial = 10, evaluate = 2, rounds = 2)");
  std::string statement = component.at("examples").at(0);
  const bool front = component.at("max_objectives") > 1 && statement.rfind("search front", 0) == 0;
  if (name == "random" || name == "exhaustive") statement = "search front" + statement.substr(statement.find(" ="));
  const Problem& problem = front || name == "random" || name == "exhaustive" ? kFront : kBest;
  std::string before = problem.before;
  if (name == "exhaustive") before = before.substr(0, before.find("search known")) + "search known = nsga2(generations = 200)\n";
  if (&problem == &kBest) statement += "\n  where macs < 1M";
  return before + statement + "\n" + problem.after;
}

std::string printed(const std::string& name, const std::string& script) {
  TemporaryFolder folder;
  Options options = options_in(folder.path());
  options.threads = 1;
  std::string text;
  Callbacks callbacks;
  callbacks.print = [&](const std::string& line) { text += line + (line.ends_with("\n") ? "" : "\n"); };
  Interpreter interpreter(options, callbacks);
  std::filesystem::copy(source_folder() / "examples/data", folder.path() / "data");
  std::ofstream(folder.path() / "search.nas") << script;
  EXPECT_TRUE(interpreter.load_file((folder.path() / "search.nas").string()));
  EXPECT_EQ(interpreter.run(), Status::ok) << name << "\n"
                                           << script << interpreter.failure_text() << interpreter.render_diagnostics(false);
  std::string shown;
  std::size_t rows = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("   ", 0) == 0 && ++rows > kRows + 1) {
      if (rows == kRows + 2) shown += "       ...\n";
      continue;
    }
    shown += line + "\n";
  }
  return shown;
}

std::string searches_page() {
  TemporaryFolder folder;
  const Interpreter interpreter(options_in(folder.path()));
  std::string page =
      "# Searches\n\nEvery search on one small problem, with what it prints. Those for fronts look for networks with many "
      "parameters and few "
      "operations, and\nare compared with the front of all 66,564 networks (`recall`: the share of it that was found; "
      "`igd_plus`: how far "
      "it is from being\nreached, in its own ranges). Arguments, defaults and papers stand in the [reference](reference.md). The "
      "page is "
      "made by a test\n(`NAS_WRITE_REFERENCE=1 build/bin/test_docs --gtest_filter=SearchesPage*`).\n";
  for (const auto& component : interpreter.components_json()) {
    if (component.at("kind") != "search") continue;
    const std::string name = component.at("name");
    const std::string script = script_of(name, component);
    page += fmt::format("\n## {}\n\n{}\n\n```nas fragment\n{}```\n\n```text\n{}```\n", name,
                        component.at("doc").get<std::string>(), script, printed(name, script));
  }
  return page;
}

}  // namespace

TEST(SearchesPage, IsWhatTheSearchesPrint) {
  const auto path = source_folder() / "docs/searches.md";
  const std::string page = searches_page();
  if (std::getenv("NAS_WRITE_REFERENCE")) std::ofstream(path, std::ios::binary) << page;
  EXPECT_TRUE(slurp(path) == page)
      << "docs/searches.md is not what the searches print; NAS_WRITE_REFERENCE=1 build/bin/test_docs "
         "--gtest_filter=SearchesPage*";
}
