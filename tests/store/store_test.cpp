#include "run/store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

namespace nas {
namespace {

/// A folder of its own for one test, removed afterwards.
class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_store_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return folder_ + "/store.sqlite"; }
  std::unique_ptr<Store> opened() const {
    auto store = Store::open(folder_);
    EXPECT_TRUE(store) << store.failure().message;
    return store ? std::move(*store) : nullptr;
  }
  /// Runs SQL on the store's file from outside.
  void from_outside(const char* sql) const {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  std::string folder_;
};

Measurement measurement(double value) {
  return {value, 0.25, 7, true, false, 1.5};
}

TEST_F(StoreTest, AMeasurementComesBackWithEveryFieldAfterTheStoreIsOpenedAgain) {
  {
    const auto store = opened();
    ASSERT_TRUE(store->save_measurement("r1", "source", "space", "0001", "ks=3", "latency@host", measurement(0.1)));
  }
  const auto store = opened();
  const auto known = store->find_measurement("source", "space", "0001");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->value, 0.1);  // the same bits, not nearly
  EXPECT_EQ(known->spread, 0.25);
  EXPECT_EQ(known->count, 7);
  EXPECT_TRUE(known->capped);
  EXPECT_FALSE(known->disturbed);
  EXPECT_EQ(known->seconds, 1.5);
  EXPECT_FALSE(store->find_measurement("source", "space", "0002"));
  EXPECT_FALSE(store->find_measurement("source", "other", "0001"));
  EXPECT_FALSE(store->find_measurement("other", "space", "0001"));
}

TEST_F(StoreTest, AValueThatIsNotANumberDoesNotBecomeZero) {
  const auto store = opened();
  ASSERT_TRUE(
      store->save_measurement("r1", "source", "space", "0001", "a", "m", measurement(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_TRUE(std::isnan(store->find_measurement("source", "space", "0001")->value));
}

// A fresh run measures again what an earlier one measured, and then finds its own value.
TEST_F(StoreTest, AMeasurementKnowsTheRunThatMadeIt) {
  const auto store = opened();
  ASSERT_TRUE(store->save_measurement("r1", "source", "space", "0001", "a", "m", measurement(1)));
  EXPECT_TRUE(store->find_measurement("source", "space", "0001", "r1"));
  EXPECT_FALSE(store->find_measurement("source", "space", "0001", "r2"));
  ASSERT_TRUE(store->save_measurement("r2", "source", "space", "0001", "a", "m", measurement(2)));
  EXPECT_EQ(store->find_measurement("source", "space", "0001", "r2")->value, 2);
  EXPECT_EQ(store->find_measurement("source", "space", "0001")->value, 2);
}

TEST_F(StoreTest, TheLatestStageOfAScriptIsTheOneSavedLast) {
  const auto store = opened();
  ASSERT_TRUE(store->save_stage("a.nas", {"front", "k1", "r1", {{"seed", 1}}, {{"x", 1}}, 2.0}));
  ASSERT_TRUE(store->save_stage("a.nas", {"front", "k2", "r2", {{"seed", 2}}, {{"x", 2}}, 3.0}));
  ASSERT_TRUE(store->save_stage("b.nas", {"front", "k3", "r3", {{"seed", 3}}, {{"x", 3}}, 4.0}));
  EXPECT_EQ(store->latest_stage("a.nas", "front")->key, "k2");
  EXPECT_EQ(store->find_stage("k1")->result, (nlohmann::json{{"x", 1}}));
  EXPECT_EQ(store->find_stage("k1")->fields, (nlohmann::json{{"seed", 1}}));
  EXPECT_FALSE(store->find_stage("k4"));
}

TEST_F(StoreTest, AStoreOfANewerVersionIsRefusedNamingBothVersions) {
  opened();
  from_outside("UPDATE facts SET value = '7' WHERE name = 'schema'");
  const auto store = Store::open(folder_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.failure().code, "E821");
  EXPECT_EQ(store.failure().message, "the run store " + file() + " is of version 7, this program knows versions up to 3");
  EXPECT_EQ(store.failure().hint, "use the newer program, or choose another folder with --store");
}

// Older versions kept results as text: those of searches are found again from the measurements, trained weights stay.
TEST_F(StoreTest, AStoreOfAnOlderVersionKeepsItsMeasurementsAndTrainings) {
  for (const char* version : {"1", "2"}) {
    {
      const auto store = opened();
      ASSERT_TRUE(store->save_measurement("r1", "source", "space", "0001", "a", "m", measurement(1)));
      for (const char* key : {"search", "weights", "damaged"})
        ASSERT_TRUE(store->save_stage("a.nas", {"front", key, "r1", {{"seed", 1}}, {{"kind", ""}}, 2.0}));
      from_outside("UPDATE stages SET result = json_object('kind', key)");
      from_outside("UPDATE stages SET result = '{\"kind' WHERE key = 'damaged'");
      from_outside(("UPDATE facts SET value = '" + std::string(version) + "' WHERE name = 'schema'").c_str());
    }
    for (int i = 0; i < 2; ++i) {
      const auto store = opened();
      EXPECT_TRUE(store->find_measurement("source", "space", "0001"));
      EXPECT_EQ(store->find_stage("search").has_value(), i == 1);
      ASSERT_TRUE(store->find_stage("weights"));
      EXPECT_EQ(store->find_stage("weights")->result, (nlohmann::json{{"kind", "weights"}}));
      EXPECT_FALSE(store->find_stage("damaged"));
      ASSERT_TRUE(store->save_stage("a.nas", {"front", "search", "r1", {{"seed", 1}}, {{"kind", "search"}}, 2.0}));
    }
  }
}

TEST_F(StoreTest, AFileThatIsNoStoreIsRefusedAndLeftAsItIs) {
  const std::string text(4096, 'x');
  std::ofstream(file()) << text;
  const auto store = Store::open(folder_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.failure().code, "E820");
  EXPECT_EQ(store.failure().message, file() + " is not a run store, or it is damaged");
  EXPECT_EQ(store.failure().hint, "move the folder away to begin a new store");
  std::ifstream left(file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(left), {}), text);
}

TEST_F(StoreTest, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(folder_ + "/plain") << "a file";
  const auto store = Store::open(folder_ + "/plain/store");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.failure().code, "E803");
  EXPECT_EQ(store.failure().message, "the folder " + folder_ + "/plain/store for the run store cannot be made");
}

// In a child that is not root, who may write everywhere.
TEST_F(StoreTest, AReadOnlyFolderIsRefused) {
  std::filesystem::permissions(folder_, std::filesystem::perms(0555));
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && setuid(65534) != 0) _exit(10);
    const auto store = Store::open(folder_);
    if (store) _exit(11);
    _exit(store.failure().code == "E803" && store.failure().message == "the run store " + file() + " cannot be written" ? 0 : 12);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

TEST_F(StoreTest, AFullDiskFailsTheWriteWithASentenceAndKeepsWhatWasThere) {
  const pid_t child = fork();
  if (child == 0) {
    auto store = Store::open(folder_);
    if (!store) _exit(10);
    if (!(*store)->save_measurement("r1", "source", "space", "before", "a", "m", measurement(1))) _exit(11);
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200 * 1024, 200 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    for (int i = 0; i < 1000; ++i) {
      const auto saved = (*store)->save_stage("a.nas", {"s", std::to_string(i), "r1", {}, std::string(10000, 'x'), 0});
      if (saved) continue;
      const bool right = saved.failure().code == "E806" &&
                         saved.failure().message == "no room on the disk for the run store " + folder_ + "/store.sqlite" &&
                         saved.failure().hint == "free some space and run again: nothing is lost";
      _exit(right ? 0 : 12);
    }
    _exit(13);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_TRUE(opened()->find_measurement("source", "space", "before"));
}

// Twenty times: a child that saves measurement after measurement tells through a pipe which ones were committed and is
// killed at another moment. Everything that it told must be there, and nothing may block the next one.
TEST_F(StoreTest, KilledAtAnyMomentNoCommittedMeasurementIsLost) {
  int next = 0;
  for (int round = 0; round < 20; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      auto store = Store::open(folder_);
      if (!store) _exit(1);
      for (int i = next;; ++i) {
        if (!(*store)->save_measurement("r1", "source", "space", std::to_string(i), "a", "m", measurement(i))) _exit(2);
        if (write(ends[1], &i, sizeof i) != sizeof i) _exit(3);
      }
    }
    close(ends[1]);
    int told = 0;
    // Every other round is killed while it writes, however slow the machine; the others also while they open the store.
    if (round % 2 == 1) {
      ASSERT_EQ(read(ends[0], &told, sizeof told), static_cast<ssize_t>(sizeof told));
      next = told + 1;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(3000 + 1700 * round));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    while (read(ends[0], &told, sizeof told) == sizeof told) next = told + 1;
    close(ends[0]);
    const auto store = opened();
    ASSERT_TRUE(store);
    for (int i = 0; i < next; ++i) {
      const auto known = store->find_measurement("source", "space", std::to_string(i));
      ASSERT_TRUE(known) << i << " of " << next << " after round " << round;
      ASSERT_EQ(known->value, i);
    }
  }
  EXPECT_GT(next, 0);
}

TEST_F(StoreTest, TwoRunsAtOnceGetNamesOfTheirOwn) {
  const auto a = opened(), b = opened();
  std::vector<std::string> names[2];
  std::thread other([&] {
    for (int i = 0; i < 50; ++i) names[1].push_back(*b->begin_run("b.nas", "", {}));
  });
  for (int i = 0; i < 50; ++i) names[0].push_back(*a->begin_run("a.nas", "", {}));
  other.join();
  std::vector<std::string> all = names[0];
  all.insert(all.end(), names[1].begin(), names[1].end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
  EXPECT_EQ(a->runs().size(), 100u);
}

}  // namespace
}  // namespace nas
