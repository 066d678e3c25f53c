// What a second run makes again, and the reason that it gives.
#include <sqlite3.h>

#include <set>

#include "engine_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

class Reuse : public EngineTest {
 protected:
  /// Reasons of the stages that ran; the names of stages that write files are made by the checker.
  static std::map<std::string, std::string> ran(const Outcome& outcome) {
    std::map<std::string, std::string> list;
    for (const auto& [stage, action] : outcome.action)
      if (action == "run") list[stage] = outcome.reason.at(stage);
    return list;
  }
  static std::size_t reused(const Outcome& outcome) {
    std::size_t count = 0;
    for (const auto& [stage, action] : outcome.action) count += action == "reuse";
    return count;
  }
  static std::set<std::string> reasons(const Outcome& outcome) {
    std::set<std::string> list;
    for (const auto& [stage, reason] : ran(outcome)) list.insert(reason);
    return list;
  }
  void damage(const char* sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((folder_ + "/store/store.sqlite").c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_GT(sqlite3_changes(database), 0);
    sqlite3_close(database);
  }
};

TEST_F(Reuse, TheSecondRunMakesNothingAgainAndSaysSo) {
  const Outcome first = run(computed_script());
  ASSERT_EQ(first.status, Status::ok) << first.failure << first.diagnostics;
  EXPECT_EQ(first.finished.size(), 4u);
  EXPECT_EQ(first.reused.size(), 0u);
  EXPECT_EQ(first.planned.at("front"), "never run");
  const std::string csv = file("out/front.csv");
  const Outcome second = run(computed_script());
  EXPECT_EQ(second.status, Status::ok);
  EXPECT_EQ(second.reused.size(), 4u);
  EXPECT_EQ(second.finished.size(), 0u);
  EXPECT_EQ(reused(second), 4u);
  EXPECT_EQ(file("out/front.csv"), csv);
}

TEST_F(Reuse, TheFieldThatChangedIsNamed) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  EXPECT_EQ(run(computed_script("", 20, 2)).reason.at("front"), "seed is 2, was 1");
  EXPECT_EQ(run(computed_script("", 10, 2)).reason.at("front"), "nsga2.population is 10, was 20");
  std::ofstream(folder_ + "/accuracy.csv", std::ios::app) << "stage[2].block[2].kernel,5,0.4\n";
  EXPECT_EQ(run(computed_script("", 10, 2)).reason.at("front"), "the values behind accuracy have changed");
}

TEST_F(Reuse, AnEarlierResultIsFoundAgain) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  ASSERT_EQ(run(computed_script("", 20, 2)).status, Status::ok);
  EXPECT_EQ(run(computed_script()).action.at("front"), "reuse");
}

TEST_F(Reuse, FreshMakesEverythingAgain) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  options_.fresh = true;
  const Outcome again = run(computed_script());
  EXPECT_EQ(again.finished.size(), 4u);
  EXPECT_EQ(reasons(again), std::set<std::string>{"--fresh"});
}

TEST_F(Reuse, AFileThatIsGoneOrWasChangedIsWrittenAgain) {
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  const std::string csv = file("out/front.csv"), svg = file("out/front.svg");
  std::filesystem::remove(folder_ + "/out/front.csv");
  write_text(folder_ + "/out/front.svg", "scribble");
  const Outcome again = run(computed_script());
  EXPECT_EQ(reasons(again), (std::set<std::string>{"the file is gone", "the file was changed"}));
  EXPECT_EQ(ran(again).size(), 2u);
  EXPECT_EQ(again.action.at("front"), "reuse");
  EXPECT_EQ(file("out/front.csv"), csv);
  EXPECT_EQ(file("out/front.svg"), svg);
}

TEST_F(Reuse, ADamagedRecordCountsAsNotThere) {
  using Json = nlohmann::json;
  const std::function<void(Json&)> damages[] = {
      [](Json& record) { record = Json::object(); },
      [](Json& record) {
        record = {{"rows", 3}};
      },
      [](Json& record) { record["rows"]["count"] = 3; },
      [](Json& record) {
        record["rows"] = {{"count", std::int64_t{1} << 62}, {"feasible", Json::binary({})}};
      },
      [](Json& record) { record["rows"]["order"].get_binary().pop_back(); },
      [](Json& record) { record["rows"]["genes"]["packed"].get_binary().pop_back(); },
      [](Json& record) { record["rows"]["measured"]["value"] = Json::binary(std::vector<std::uint8_t>(8)); },
      [](Json& record) { record["hypervolume"] = "much"; },
      [](Json& record) { record["front"] = Json::binary(std::vector<std::uint8_t>(8, 1)); },
      [](Json& record) { record["front"] = Json::binary({}); }};
  ASSERT_EQ(run(computed_script()).status, Status::ok);
  const std::string csv = file("out/front.csv");
  const auto made_again = [&](const std::string& what) {
    const Outcome again = run(computed_script());
    EXPECT_EQ(again.status, Status::ok) << what;
    EXPECT_EQ(again.action.at("front"), "run") << what;
    EXPECT_EQ(again.reason.at("front"), "its record is damaged") << what;
    EXPECT_EQ(file("out/front.csv"), csv) << what;
    // The search came out the same, so what stands on it is still good.
    EXPECT_EQ(ran(again).size(), 1u) << what;
  };
  for (const auto& damage_record : damages) {
    Json left;
    change_record(options_.store_folder, folder_ + "/script.nas", "front", [&](Json& record) {
      damage_record(record);
      left = record;
    });
    made_again(left.dump());
  }
  for (const char* sql : {"UPDATE stages SET result = '{\"rows\": [' WHERE name = 'front'",
                          "UPDATE stages SET result = substr(result, 1, length(result) - 9) WHERE name = 'front'"}) {
    damage(sql);
    made_again(sql);
  }
}

/// Training by a stand-in whose weights the test chooses.
class Retraining : public Reuse {
 protected:
  void SetUp() override {
    Reuse::SetUp();
    train_to("first");
    options_.extend = [](Registry& registry) {
      struct NoArgs {};
      registry.add(Declare<NoArgs>(ComponentKind::dataset, "toy_images", "Nothing.").builds([](const NoArgs&, Services&) {
        auto dataset = std::make_shared<Dataset>();
        dataset->name = "toy_images";
        dataset->key = "toy";
        return std::shared_ptr<void>(dataset);
      }));
    };
  }
  void train_to(const std::string& text) {
    options_.open_runner = [text]() -> Result<std::unique_ptr<NetworkRunner>> {
      return std::unique_ptr<NetworkRunner>(std::make_unique<FakeRunner>(text));
    };
  }
  std::string weights_file() const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(options_.store_folder))
      if (entry.path().filename() == "weights") return entry.path();
    return "";
  }
  const std::string script_ =
      "space net = tiny_mobilenet()\n"
      "dataset images = toy_images()\n"
      "device host = cpu(threads = 1)\n"
      "train weights = supernet(epochs = 1) of net on host using images\n"
      "objective maximize accuracy from weights\n"
      "objective minimize macs\n"
      "search front = nsga2(population = 6, generations = 2)\n"
      "export front as csv to \"out/front.csv\"\n";
};

// The table that is printed in the end is the same whether the files were written or are there already.
TEST_F(Retraining, ReusedFilesBringTheTestAccuracyBack) {
  const auto front = [&] {
    Interpreter interpreter(options_);
    EXPECT_TRUE(interpreter.load_file(folder_ + "/script.nas"));
    EXPECT_EQ(interpreter.run(), Status::ok) << interpreter.failure_text();
    return interpreter.result_json("front");
  };
  write_text(folder_ + "/script.nas", script_);
  const nlohmann::json first = front();
  ASSERT_EQ(first["front"].back()["name"], "test accuracy");
  EXPECT_EQ(front(), first);
  // Of a damaged record it is measured again, or missed where it is not of this front.
  const auto tell = [&](const nlohmann::json& values) {
    change_record(options_.store_folder, folder_ + "/script.nas", "export csv",
                  [&](nlohmann::json& record) { record["test_accuracy"]["front"] = values; });
  };
  tell("most of it");
  EXPECT_EQ(front(), first);
  tell({0.5});
  EXPECT_NE(front()["front"].back()["name"], "test accuracy");
}

TEST_F(Retraining, TheContentOfTheWeightsDecidesAboutTheSearch) {
  const Outcome first = run(script_);
  ASSERT_EQ(first.status, Status::ok) << first.failure << first.diagnostics;
  EXPECT_EQ(run(script_).reused.size(), 3u);
  const std::string csv = file("out/front.csv");

  // Trained again with the same result: the search and its file stay.
  std::filesystem::remove(weights_file());
  const Outcome same = run(script_);
  EXPECT_EQ(same.planned.at("weights"), "the weights file is gone");
  EXPECT_EQ(same.planned.at("front"), "only if weights comes out differently");
  EXPECT_EQ(ran(same).size(), 1u);
  EXPECT_EQ(same.reused.size(), 2u);
  EXPECT_EQ(file("out/front.csv"), csv);

  // Trained again with another result: the search runs again and measures other values.
  write_text(weights_file(), "damaged");
  train_to("second");
  const Outcome other = run(script_);
  EXPECT_EQ(other.status, Status::ok);
  EXPECT_EQ(other.reason.at("weights"), "the weights file was changed");
  EXPECT_EQ(other.reason.at("front"), "weights has changed");
  EXPECT_EQ(other.reused.size(), 0u);
  EXPECT_NE(file("out/front.csv"), csv);
  EXPECT_EQ(run(script_).reused.size(), 3u);
}

TEST_F(Retraining, AMovedStoreKeepsItsWeights) {
  ASSERT_EQ(run(script_).status, Status::ok);
  std::filesystem::rename(folder_ + "/store", folder_ + "/elsewhere");
  options_.store_folder = folder_ + "/elsewhere";
  EXPECT_EQ(run(script_).reused.size(), 3u);
}

TEST_F(Retraining, AFreshTrainingLeavesTheWeightsOfOthersAlone) {
  ASSERT_EQ(run(script_).status, Status::ok);
  const std::string before = weights_file();
  options_.fresh = true;
  train_to("second");
  ASSERT_EQ(run(script_).status, Status::ok);
  EXPECT_EQ(read_text(before), "first");
}

}  // namespace
