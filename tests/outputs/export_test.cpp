// Exports: exact bytes of a small result, files that table(...) reads back, scripts that rebuild the networks.
#include <gtest/gtest.h>
#include <unistd.h>

#include "embed/interpreter.h"
#include "shown.h"
#include "stdlib/objectives/table.h"
#include "stdlib/outputs/exports.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct FileServices : Services {
  std::map<std::string, std::string> files;
  Result<std::string> read_file(const std::string& path) override {
    const auto it = files.find(path);
    return it == files.end() ? Result<std::string>(Failure{"E801", "there is no file " + path, ""})
                             : Result<std::string>(it->second);
  }
  Result<std::string> input_path(const std::string& path) override { return path; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

/// Two networks of a space with two genes, every number chosen by hand.
Shown by_hand(const std::string& spelling) {
  Shown s;
  s.made = compile(
      "def space small() {\n  input = image(channels = 3, size = 8)\n  a = choice(1, 3)\n  b = choice(4, 8)\n  conv(kernel = a, "
      "out = b)\n  head = linear(10)\n" +
      spelling + "}");
  if (!s.made->space) throw std::runtime_error(s.made->errors());
  s.space = std::make_shared<const Space>(*s.made->space);
  auto result = std::make_shared<SearchResult>();
  result->metrics = {{"accuracy", ""}, {"latency", "host"}, {"macs", ""}};
  result->objectives = {{metric_expression(0, "accuracy", ""), true, "accuracy"},
                        {metric_expression(1, "latency@host", "time"), false, "latency@host"}};
  for (const bool large : {true, false}) {
    SearchRow row;
    row.arch = large ? s.space->largest() : s.space->smallest();
    row.measured = {{.value = large ? 0.861 : 0.80},
                    {.value = large ? 1.25e-3 : 5e-4, .spread = 1e-5, .count = 40},
                    {.value = static_cast<double>(s.space->macs(row.arch.genes))}};
    if (!large) row.predicted = {0.81, 5.5e-4, NAN};
    row.round = large ? 0 : 1;
    row.order = large ? 1 : 2;
    result->rows.push_back(row);
  }
  result->front = {0, 1};
  result->reference_point = {-0.7, 2e-3};
  result->hypervolume = {1e-4, 1.5e-4};
  s.input.name = "front";
  s.input.space = s.space;
  s.input.result = result;
  s.input.test_accuracy = {0.855, 0.795};
  s.input.space_script = "space net = small()";
  return s;
}

}  // namespace

TEST(CsvExport, ExactBytesWithASpelling) {
  const Shown s = by_hand("  spelling two {\n    k = a\n    w = b\n  }\n");
  EXPECT_EQ(*csv_of(ResultTable(s.input), Part::front),
            "k,w,accuracy_percent,accuracy_percent_predicted,latency_host_ms,latency_host_ms_spread,latency_host_ms_count,"
            "latency_host_ms_predicted,macs,params,test_accuracy_percent,measured\n"
            "3,8,86.1,,1.25,0.01,40,,13904,322,85.5,true\n"
            "1,4,80,81,0.5,0.01,40,0.55,808,70,79.5,true\n");
  EXPECT_EQ(csv_of(ResultTable(s.input), Part::best)->find("1,4,80"), std::string::npos);
}

TEST(CsvExport, WithoutASpellingEveryGeneIsAColumn) {
  const Shown s = by_hand("");
  const std::string csv = *csv_of(ResultTable(s.input), Part::front);
  EXPECT_EQ(csv.substr(0, csv.find(",accuracy")), "a,b");
  EXPECT_EQ(csv.substr(csv.find('\n') + 1, 4), "3,8,");
}

TEST(CsvExport, ReadsBackThroughTable) {
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3"}) {
    const Shown s = shown(name, 60, 3);
    FileServices services;
    services.files["front.csv"] = *csv_of(ResultTable(s.input), Part::archive);
    TableArgs args;
    args.file = "front.csv";
    args.value = "latency_host_ms";
    args.unit = 1e-3;
    args.duplicates = Duplicates::first;
    auto table = Table::open(args, services);
    ASSERT_TRUE(table) << table.failure().message;
    std::vector<Arch> archs;
    for (const auto& row : s.input.result->rows) archs.push_back(row.arch);
    std::size_t seen = 0;
    auto measured = (*table)->measure(*s.space, archs, {}, [&](std::size_t i, const Measurement& m) {
      EXPECT_NEAR(m.value, s.input.result->rows[i].measured[1].value, 1e-12);
      ++seen;
    });
    EXPECT_TRUE(measured) << measured.failure().message;
    EXPECT_EQ(seen, 60u);
  }
}

TEST(JsonExport, HoldsGenesMetricsAndWhatWasPredicted) {
  const Shown s = by_hand("");
  RunFacts facts;
  facts.seed = 7;
  const std::string text = *json_of(ResultTable(s.input), facts, Part::front);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["objectives"][0], (nlohmann::json{{"maximise", true}, {"of", "accuracy"}}));
  ASSERT_EQ(json["networks"].size(), 2u);
  EXPECT_EQ(json["networks"][1]["genes"], (nlohmann::json{{"a", "1"}, {"b", "4"}}));
  EXPECT_EQ(json["networks"][1]["metrics"]["accuracy"],
            (nlohmann::json{{"value", 80}, {"unit", "%"}, {"measured", true}, {"predicted", 81}}));
  EXPECT_EQ(json["networks"][0]["metrics"]["latency@host"],
            (nlohmann::json{{"value", 1.25}, {"unit", "ms"}, {"measured", true}, {"spread", 0.01}, {"count", 40}}));
  EXPECT_EQ(json["networks"][0]["metrics"]["macs"]["value"], 13904);
  EXPECT_EQ(json["networks"][0]["metrics"]["test accuracy"]["value"], 85.5);
  EXPECT_EQ(text, *json_of(ResultTable(s.input), facts, Part::front));
}

TEST(ScriptExport, ExactBytes) {
  const Shown s = by_hand("");
  EXPECT_EQ(*script_of(ResultTable(s.input), Part::best),
            "# Rebuilds the best network of front.\nspace net = small()\n\n# accuracy 86.10 %, latency@host 1.250 ms\nlet best = "
            "net.arch(\"a=3,b=8\")\n"
            "require best.macs == 13904 and best.params == 322, \"best is another network now\"\n");
}

TEST(ScriptExport, RebuildsExactlyTheseNetworks) {
  const auto folder = std::filesystem::temp_directory_path() / ("nas_export_" + std::to_string(getpid()));
  for (const char* name : {"tiny_mobilenet", "nasbench201", "ofa_mobilenetv3"}) {
    const Shown s = shown(name, 30, 4);
    const std::string script = *script_of(ResultTable(s.input), Part::front);
    Options options;
    options.stdlib_folders = {std::string(NAS_SOURCE_DIR) + "/stdlib"};
    options.store_folder = folder / "store";
    options.output_folder = folder / "out";
    Interpreter good(options);
    ASSERT_TRUE(good.load_text("front.nas", script));
    EXPECT_EQ(good.run(), Status::ok) << script << good.render_diagnostics(false) << good.failure_text();
    // A network that is not the one that was found is noticed.
    const Arch& first = s.input.result->rows[s.input.result->front[0]].arch;
    std::string other = script;
    const std::string macs = ".macs == " + std::to_string(s.space->macs(first.genes));
    other.replace(other.find(macs), macs.size(), ".macs == 1");
    Interpreter bad(options);
    ASSERT_TRUE(bad.load_text("front.nas", other));
    EXPECT_EQ(bad.run(), Status::requirement_not_met);
    EXPECT_NE(bad.failure_text().find("network1 is another network now"), std::string::npos) << bad.failure_text();
  }
  std::filesystem::remove_all(folder);
}

TEST(Exports, AnEmptyFrontIsAFailure) {
  Shown s = by_hand("");
  auto result = std::make_shared<SearchResult>(*s.input.result);
  result->front.clear();
  s.input.result = result;
  for (const Part part : {Part::front, Part::best}) {
    const auto csv = csv_of(ResultTable(s.input), part);
    ASSERT_FALSE(csv);
    EXPECT_EQ(csv.failure().code, "E818");
    EXPECT_EQ(csv.failure().message, "front has no network to export");
    EXPECT_EQ(csv.failure().hint, "no network met the conditions: widen them");
  }
  EXPECT_TRUE(csv_of(ResultTable(s.input), Part::archive));
}

TEST(Exports, PredictedRowsAreMarked) {
  Shown s = by_hand("");
  auto result = std::make_shared<SearchResult>(*s.input.result);
  result->rows[1].measured.clear();
  s.input.result = result;
  const std::string csv = *csv_of(ResultTable(s.input), Part::front);
  EXPECT_NE(csv.find("1,4,81,81,0.55,0,0,0.55,808,70,79.5,false\n"), std::string::npos) << csv;
  EXPECT_NE(script_of(ResultTable(s.input), Part::front)->find("accuracy 81 % (predicted)"), std::string::npos);
  const auto json = nlohmann::json::parse(*json_of(ResultTable(s.input), {}, Part::front));
  EXPECT_EQ(json["networks"][1]["metrics"]["accuracy"]["measured"], false);
  EXPECT_EQ(json["networks"][1]["metrics"]["macs"]["measured"], true);  // computed, never predicted
}
