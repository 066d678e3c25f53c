// `predictor x(features = name)` from the script to the run.
#include "../engine/engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Features : public EngineTest {
 protected:
  void SetUp() override {
    EngineTest::SetUp();
    std::string rows = "k,e,d,top1\n";
    for (const int k : {3, 5, 7})
      for (const int e : {2, 3, 4})
        for (const int d : {1, 2})
          rows += std::to_string(k) + "," + std::to_string(e) + "," + std::to_string(d) + "," +
                  std::to_string(60 + k + 2 * e + 3 * d) + "\n";
    write_text(folder_ + "/board.csv", rows);
  }
  static std::string script(const std::string& predictor, const std::string& columns = "onehot(k, [3, 5, 7])") {
    return "seed 1\n"
           "def space board_net() {\n"
           "  input = image(channels = 1, size = 28)\n"
           "  stem = conv(kernel = 3, out = 8, stride = 2)\n"
           "  k = choice(3, 5, 7)\n"
           "  e = choice(2, 3, 4)\n"
           "  d = choice(1, 2)\n"
           "  repeat block in d { mbconv(kernel = k, expand = e, out = 16) }\n"
           "  head = linear(10)\n"
           "  spelling board { k = k, e = e, d = d }\n"
           "  features kernels { k = " +
           columns +
           " }\n"
           "  features numbers { k = k, e = e, d = d }\n"
           "}\n"
           "space net = board_net()\n"
           "objective maximize accuracy from table(\"board.csv\", value = \"top1\", unit = 1%)\n"
           "objective minimize macs\n"
           "predictor " +
           predictor +
           " of accuracy\n"
           "search front = nsga2(population = 8, generations = 10) with full(samples = 12, validate = 4)\n"
           "export front as json to \"out/front.json\"\n";
  }
};

}  // namespace

TEST_F(Features, ThePredictorLearnsFromThem) {
  const Outcome outcome = run(script("ridge(features = numbers, alpha = 0.000001)"));
  ASSERT_EQ(outcome.status, Status::ok) << outcome.failure << outcome.diagnostics;
  const std::string json = file("out/front.json");
  EXPECT_NE(json.find("features numbers"), std::string::npos) << json;
  // Three numbers are all that accuracy depends on: what is measured afterwards was predicted exactly.
  const auto document = nlohmann::json::parse(json);
  EXPECT_LT(document.at("rounds").back().at("mape").get<double>(), 1e-4) << json;
}

TEST_F(Features, AnotherEncodingIsAnotherSearch) {
  ASSERT_EQ(run(script("ridge(features = kernels)")).status, Status::ok);
  EXPECT_EQ(run(script("ridge(features = kernels)")).action.at("front"), "reuse");
  EXPECT_EQ(run(script("ridge(features = numbers)")).action.at("front"), "run");
  EXPECT_EQ(run(script("ridge(features = kernels)", "onehot(k, [3, 5])")).action.at("front"), "run");
}

TEST_F(Features, AnUnknownName) {
  options_.output_folder = folder_;
  write_text(folder_ + "/script.nas", script("ridge(features = number)"));
  Interpreter interpreter(options_);
  interpreter.load_file(folder_ + "/script.nas");
  interpreter.check();
  const std::string text = interpreter.render_diagnostics(false);
  EXPECT_NE(text.find("error[E405]: space board_net has no features number\n"), std::string::npos) << text;
  EXPECT_NE(text.find("17 | predictor ridge(features = number) of accuracy\n"
                      "   |           ^^^^^^^^^^^^^^^^^^^^^^^^ did you mean numbers?\n"
                      "   = it has kernels, numbers.  More: nas explain E405\n"),
            std::string::npos)
      << text;
}
