// What a search on computed values leaves of its course: nothing that ever improved the front is missing, nothing else is there.
#include "stdlib/tactics/improvements.h"

#include <gtest/gtest.h>

#include "core/pareto.h"
#include "toy.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Points on a small grid, so that many are equal; some break a condition. The genome is the row's number.
Population scattered(std::size_t n, std::size_t m, Stream& stream) {
  Population batch;
  batch.genes = 1;
  batch.objectives_per_row = m;
  for (std::size_t i = 0; i < n; ++i) {
    batch.genomes.push_back(static_cast<std::uint8_t>(i));
    for (std::size_t j = 0; j < m; ++j) batch.objectives.push_back(stream.below(m == 1 ? 200 : 12));
    batch.violations.push_back(stream.below(5) == 0 ? 0.5 : 0);
  }
  return batch;
}

/// A batch metric that notes what it is asked.
class Noted : public BatchMetric {
 public:
  using Value = std::function<double(const Arch&)>;
  Noted(std::size_t genes, Value value) : genes_(genes), value_(std::move(value)) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * genes_, genes_);
      asked.push_back(Arch{{genome.begin(), genome.end()}});
      out[i] = value_(asked.back());
    }
  }
  mutable std::vector<Arch> asked;

 private:
  std::size_t genes_;
  Value value_;
};

class Same : public Measurer {
 public:
  explicit Same(std::vector<const Noted*> metrics) : metrics_(std::move(metrics)) {}
  Result<void> measure(std::span<const Arch> archs, std::vector<Measurement>& out) override {
    out.clear();
    for (const Arch& arch : archs)
      for (const Noted* metric : metrics_) {
        double value = 0;
        metric->values(arch.genes, 1, {&value, 1});
        metric->asked.pop_back();
        out.push_back({.value = value});
      }
    return {};
  }
  std::size_t missing(std::span<const Arch>) const override { return 0; }

 private:
  std::vector<const Noted*> metrics_;
};

}  // namespace

TEST(Improvements, AreTheNetworksThatNoEarlierOneReaches) {
  Stream stream(1, "improvements");
  for (const std::size_t m : {1u, 2u, 3u, 4u})
    for (int round = 0; round < 20; ++round) {
      Improvements improvements;
      std::vector<double> before;
      std::vector<Arch> wanted;
      std::vector<std::int64_t> orders;
      std::int64_t count = 0;
      for (int b = 0; b < 4; ++b) {
        const Population batch = scattered(40, m, stream);
        improvements.add(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
          ++count;
          if (batch.violations[i] > 0) continue;
          bool reached = false;
          for (std::size_t k = 0; k < before.size() && !reached; k += m) {
            reached = true;
            for (std::size_t j = 0; j < m; ++j) reached = reached && before[k + j] <= batch.objective(i)[j];
          }
          before.insert(before.end(), batch.objective(i).begin(), batch.objective(i).end());
          if (reached) continue;
          wanted.push_back(batch.arch(i));
          orders.push_back(count);
        }
      }
      EXPECT_EQ(improvements.networks(), wanted) << m << " objectives";
      EXPECT_EQ(improvements.orders(), orders);
      EXPECT_EQ(improvements.evaluations(), 160);
    }
}

TEST(Improvements, BoundTheVolumeByTheFirstBatchesOfFiftyNetworks) {
  Improvements improvements;
  auto add = [&](double from, double to) {
    Population batch{1, 2, {0, 0}, {from, -from, to, -to}, {0, 1}};
    improvements.add(batch);
  };
  for (int i = 0; i < 25; ++i) add(i, i + 1);
  EXPECT_EQ(improvements.reference(), (std::vector<double>{25 + 2.5, 0 + 2.5}));
  add(-1000, 1000);  // the 51st and 52nd
  EXPECT_EQ(improvements.reference(), (std::vector<double>{27.5, 2.5}));
}

TEST(Direct, OfComputedValuesKeepsTheCourseOfTheFront) {
  const auto made = toy_space();
  const Space& space = *made->space;
  const auto error = std::make_shared<Noted>(space.gene_count(), [&](const Arch& a) { return toy_values(space, a).first; });
  const auto cost = std::make_shared<Noted>(space.gene_count(), [&](const Arch& a) { return toy_values(space, a).second; });
  for (const char* search : {"nsga2", "random"}) {
    error->asked.clear();
    SearchTask task;
    task.space = &space;
    task.metrics = {{{"loss", ""}, *find_metric("loss"), nullptr, error, {}},
                    {{"latency", "host"}, *find_metric("latency"), nullptr, cost, {}}};
    const MetricExpr first{{{MetricExpr::Op::metric, 0, 0}}, "loss", ""}, second{{{MetricExpr::Op::metric, 1, 0}}, "latency", ""};
    task.objectives = {{first, false, "loss"}, {second, false, "latency@host"}};
    task.algorithm = [&] {
      return component<SearchAlgorithm>(ComponentKind::search, search,
                                        std::string(search) == "nsga2" ? nlohmann::json{{"population", 20}, {"generations", 15}}
                                                                       : nlohmann::json{{"evaluations", 240}});
    };
    task.stream = Stream(3, "front");
    Same measurer({error.get(), cost.get()});
    const auto result = component<Tactic>(ComponentKind::tactic, "direct")->run(task, measurer, {});
    ASSERT_TRUE(result);
    const std::vector<Arch> asked = error->asked;
    EXPECT_EQ(result->evaluations, static_cast<std::int64_t>(asked.size())) << search;
    EXPECT_LT(result->rows.size(), asked.size());
    EXPECT_EQ(result->predicted_evaluations, 0);
    // The volume after every row is that of all networks evaluated until then.
    std::vector<double> points;
    std::size_t row = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const auto [e, c] = toy_values(space, asked[i]);
      points.insert(points.end(), {e, c});
      for (; row < result->rows.size() && result->rows[row].order == static_cast<std::int64_t>(i + 1) && i + 1 < asked.size();
           ++row) {
        EXPECT_EQ(result->rows[row].arch, asked[i]);
        EXPECT_NEAR(result->hypervolume[row], hypervolume(points, 2, result->reference_point), 1e-12) << search << " " << i;
      }
    }
    EXPECT_NEAR(result->hypervolume.back(), hypervolume(points, 2, result->reference_point), 1e-12);
    std::set<Arch> front, wanted;
    for (const std::size_t i : result->front) front.insert(result->rows[i].arch);
    for (const std::size_t i : non_dominated(points, 2)) wanted.insert(asked[i]);
    EXPECT_EQ(front, wanted) << search;
  }
}
