// pool(space, table(...)): a search stays inside the rows of a table, from the script to the result.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "embed/interpreter.h"

using namespace nas;

namespace {

const char* const kSpace = R"(def space two() {
  input = image(channels = 3, size = 8)
  repeat stage in 1..1 {
    depth = choice(1, 2)
    repeat block in depth {
      conv(kernel = choice(1, 3, 5), out = choice(4, 8))
    }
  }
  head = linear(10)
  spelling two {
    ks = stage[*].block[*].kernel
    w  = stage[*].block[*].out
    d  = stage[*].depth
  }
}
space net = two()
)";

/// Twelve of the 42 networks, with an accuracy and a latency each.
const char* const kRows =
    "ks,w,d,top1,lat\n1-1,4-4,1,60,1.0\n3-1,4-4,1,65,1.2\n5-1,4-4,1,66,1.9\n1-1,8-4,1,63,1.1\n3-1,8-4,1,70,1.5\n5-1,8-4,1,71,2."
    "4\n"
    "1-1,4-4,2,64,1.6\n3-3,4-4,2,72,2.0\n5-5,4-4,2,74,3.5\n1-3,8-8,2,73,2.1\n3-3,8-8,2,78,3.0\n5-5,8-8,2,79,5.0\n";

class PoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("nas_pool_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    write("rows.csv", kRows);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  struct Outcome {
    Status status;
    std::string text;
    std::map<std::string, std::set<std::string>> archs;
    nlohmann::json result;
  };
  Outcome run(const std::string& script) {
    write("s.nas", kSpace + script);
    Options options;
    options.stdlib_folders = {std::string(NAS_SOURCE_DIR) + "/stdlib"};
    options.store_folder = folder_ / "store";
    options.output_folder = folder_;
    Interpreter interpreter(options);
    EXPECT_TRUE(interpreter.load_file(folder_ / "s.nas"));
    Outcome outcome{interpreter.run(), "", {}, {}};
    outcome.text = interpreter.render_diagnostics(false) + interpreter.failure_text();
    if (outcome.status == Status::ok) outcome.result = interpreter.result_json("front");
    return outcome;
  }

  std::filesystem::path folder_;
};

}  // namespace

TEST_F(PoolTest, EveryAlgorithmStaysInsideAndFindsTheTablesFront) {
  for (const char* search :
       {"search front = nsga2(population = 8, generations = 12) over small", "search front = random() over small"}) {
    const Outcome outcome =
        run(std::string(
                "seed 3\nspace small = pool(net, table(\"rows.csv\"))\ndevice board = table(\"rows.csv\", value = \"lat\", unit "
                "= 1ms)\n"
                "objective maximize accuracy from table(\"rows.csv\", value = \"top1\")\nobjective minimize latency@board\n") +
            search + "\nexport front.archive as csv to \"all.csv\"\n");
    ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
    // Not dominated in the table: every row but 5-1/8-4/1 (71 %, 2.4 ms), 1-1/4-4/2 (64 %, 1.6 ms), 5-1/4-4/1 (66 %, 1.9 ms),
    // 5-5/4-4/2 (74 %, 3.5 ms).
    std::set<std::string> found;
    for (const auto& arch : outcome.result["front"][0]["values"]) found.insert(arch.get<std::string>());
    EXPECT_EQ(found.size(), 8u) << outcome.result.dump(1);
    EXPECT_LE(outcome.result["evaluations"].get<int>(), 12);
    // `.archive` exports what was kept: at least the front, at most every network that was looked up.
    std::ifstream all(folder_ / "all.csv");
    const auto lines = std::count(std::istreambuf_iterator<char>(all), std::istreambuf_iterator<char>(), '\n');
    EXPECT_LE(lines, outcome.result["evaluations"].get<int>() + 1);
    EXPECT_GE(lines, 9);
  }
}

TEST_F(PoolTest, WithoutAPoolTheSearchLeavesTheTableAndSaysHowToStayInside) {
  const Outcome outcome =
      run("seed 3\nobjective maximize accuracy from table(\"rows.csv\", value = \"top1\")\nobjective minimize macs\n"
          "search front = nsga2(population = 8, generations = 12)\n");
  EXPECT_EQ(outcome.status, Status::stage_failed);
  EXPECT_NE(outcome.text.find("rows.csv has no row for the network ks="), std::string::npos) << outcome.text;
  EXPECT_NE(outcome.text.find("it has 12 of the 42 networks of two: search inside it with pool(two, table(...))"),
            std::string::npos)
      << outcome.text;
}

TEST_F(PoolTest, AnotherTableIsAnotherPool) {
  const std::string script =
      "seed 3\nspace small = pool(net, table(\"rows.csv\"))\nobjective maximize accuracy from table(\"rows.csv\", value = "
      "\"top1\")\nobjective minimize macs\nsearch front = random() over small\n";
  const int before = run(script).result["evaluations"].get<int>();
  EXPECT_EQ(before, 12);
  write("rows.csv", "ks,w,d,top1,lat\n3-3,8-8,2,78,3.0\n5-5,8-8,2,79,5.0\n");
  EXPECT_EQ(run(script).result["evaluations"].get<int>(), 2);
}

TEST_F(PoolTest, MistakesStopBeforeAnythingRuns) {
  EXPECT_NE(run("space small = pool(net)\n").text.find("error[E403]: pool needs a space and a table\n"), std::string::npos);
  EXPECT_NE(run("space small = pool(3, table(\"rows.csv\"))\n")
                .text.find("error[E301]: pool needs a space, and this is a plain number\n"),
            std::string::npos);
  EXPECT_NE(run("space small = pool(net, tabel(\"rows.csv\"))\n").text.find("error[E205]: there is no source component tabel\n"),
            std::string::npos);
  EXPECT_NE(run("space small = pool(net, table(\"none.csv\"))\n").text.find("E801"), std::string::npos);
  write("weights.csv", "gene,option,weight\nintercept,,1\n");
  EXPECT_NE(run("space small = pool(net, linear_model(\"weights.csv\"))\n").text.find("this source has no list of networks"),
            std::string::npos);
}
