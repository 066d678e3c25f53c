#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "backends/eigen/folds.h"
#include "backends/eigen/row_distances.h"
#include "stdlib/predictors/graph_neighbours.h"
#include "stdlib/predictors/predictors.h"
#include "stdlib/predictors/rows.h"

namespace nas {

enum class KnnWeights { distance, uniform };
enum class KnnDistance { automatic, euclidean, hamming, graph_edit };
template <>
struct Labels<KnnWeights> {
  static constexpr const char* names[] = {"distance", "uniform"};
};
template <>
struct Labels<KnnDistance> {
  static constexpr const char* names[] = {"auto", "euclidean", "hamming", "graph_edit"};
};

namespace {

struct KnnArgs {
  int k = 5;
  KnnWeights weights = KnnWeights::distance;
  KnnDistance distance = KnnDistance::automatic;
  std::vector<double> operator_costs;
  int folds = 5;
};

constexpr int kMostNeighbours = 30;  ///< that cross-validation tries

/// How many of n numbers are not above t.
std::size_t count_up_to(const std::uint16_t* x, std::size_t n, std::uint16_t t) {
  std::size_t total = 0;
  for (std::size_t begin = 0; begin < n; begin += 32768) {
    std::uint16_t count = 0;  // as wide as x, so that lanes need no widening
    const std::size_t end = std::min(n, begin + 32768);
    for (std::size_t i = begin; i < end; ++i) count = static_cast<std::uint16_t>(count + (x[i] <= t));
    total += count;
  }
  return total;
}

/// Calls visit(i) for every x[i] <= t, in order. x is padded to 16 with anything.
template <typename Visit>
void each_up_to(const std::uint16_t* x, std::size_t n, std::uint16_t t, Visit visit) {
#ifdef __SSE2__
  const __m128i bound = _mm_set1_epi16(static_cast<short>(t)), zero = _mm_setzero_si128();
  for (std::size_t i = 0; i < n; i += 16) {
    // Unsigned x <= t where the saturated difference x - t is zero.
    const __m128i low = _mm_subs_epu16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x + i)), bound);
    const __m128i high = _mm_subs_epu16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x + i + 8)), bound);
    auto hits =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(_mm_cmpeq_epi16(low, zero), _mm_cmpeq_epi16(high, zero))));
    for (; hits != 0; hits &= hits - 1) {
      const std::size_t at = i + static_cast<std::size_t>(std::countr_zero(hits));
      if (at < n) visit(at);
    }
  }
#else
  for (std::size_t i = 0; i < n; ++i)
    if (x[i] <= t) visit(i);
#endif
}

class Knn : public Predictor {
 public:
  explicit Knn(const KnnArgs& args) : args_(args), k_(static_cast<std::size_t>(args.k)) {}

  Result<void> fit(std::span<const float> features, std::span<const double> targets, Stream stream) override {
    const std::size_t n = targets.size();
    if (args_.k > 0 && n < static_cast<std::size_t>(args_.k))
      return Failure{"", fmt::format("knn asks for the {} nearest of {} measured networks", args_.k, n),
                     "measure more, or take a smaller k"};
    if (auto good = check_rows("knn", rows_needed(), features, targets); !good) return good;
    if (auto learnt = learn(features, targets); !learnt) return learnt;
    k_ = static_cast<std::size_t>(args_.k);
    rmse_ = 0;
    if (args_.k == 0) choose_k(stream);
    return {};
  }

  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const override {
    const std::size_t d = columns_;
    if (by_graph_) {
      for (std::size_t i = 0; i < n; ++i) out[i] = vote(graphs_.nearest(features.subspan(i * d, d), k_));
      return;
    }
    auto scratch = rows_.scratch();
    std::vector<std::uint16_t> counts(rows_.padded());
    std::vector<float> distances, sorted;
    std::uint16_t near = 0;  // where the search for the k-th distance begins: most rows are about as far from the table
    for (std::size_t i = 0; i < n; ++i) {
      const float* row = features.data() + i * d;
      if (rows_.counts(row, scratch, counts.data())) {
        out[i] = vote(counts, near);
        continue;
      }
      distances.resize(rows_.padded());
      far_and_near(row, scratch, distances);
      sorted.assign(distances.begin(), distances.begin() + static_cast<std::ptrdiff_t>(targets_.size()));
      std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(k_ - 1), sorted.end());
      out[i] = vote(distances, sorted[k_ - 1]);
    }
  }

  std::string summary() const override {
    std::string text = fmt::format("knn, k {}", k_);
    if (by_graph_) text += ", graph edit distance";
    if (args_.k == 0) text += fmt::format(", {}-fold RMSE {:.3g}", args_.folds, rmse_);
    return text;
  }
  std::size_t rows_needed() const override { return args_.k == 0 ? 10 : static_cast<std::size_t>(std::max(2, args_.k)); }

  Result<PredictorState> state() const override {
    const auto& features = features_;
    return PredictorState{
        {{"k", k_}, {"rows", targets_.size()}},
        {{"features", {features.begin(), features.end()}}, {"targets", targets_}, {"chosen", {static_cast<double>(k_), rmse_}}}};
  }
  Result<void> restore(const PredictorState& state) override {
    auto targets = saved_array(state, "knn", "targets");
    if (!targets) return targets.failure();
    auto features = saved_array(state, "knn", "features");
    if (!features) return features.failure();
    auto chosen = saved_array(state, "knn", "chosen", 2);
    if (!chosen) return chosen.failure();
    const std::size_t n = targets->size();
    if (n == 0 || features->size() % n != 0 || !((*chosen)[0] >= 1 && (*chosen)[0] <= static_cast<double>(n)))
      return Failure{"", "the saved knn does not fit together", ""};
    const std::vector<float> rows(features->begin(), features->end());
    if (auto learnt = learn(rows, *targets); !learnt) return learnt;
    k_ = static_cast<std::size_t>((*chosen)[0]);
    rmse_ = (*chosen)[1];
    return {};
  }

 private:
  Result<void> learn(std::span<const float> features, std::span<const double> targets) {
    columns_ = features.size() / targets.size();
    features_.assign(features.begin(), features.end());
    targets_.assign(targets.begin(), targets.end());
    by_graph_ = args_.distance == KnnDistance::graph_edit ||
                (args_.distance == KnnDistance::automatic && graphs_of_row(features.first(columns_)));
    if (by_graph_) {
      auto learnt = graphs_.learn(features, targets.size(), args_.operator_costs);
      if (!learnt && args_.distance == KnnDistance::graph_edit) return learnt;
      by_graph_ = learnt || !args_.operator_costs.empty();
      if (by_graph_) return learnt;
    }
    rows_ = RowDistances(features, targets.size(), columns_);
    weight_.resize(columns_ + 1);
    for (std::size_t c = 0; c < weight_.size(); ++c) weight_[c] = weight(static_cast<double>(c));
    return {};
  }
  /// Of a row at a count of columns or a squared distance. With weights by distance equal rows outweigh all others: they are
  /// counted apart.
  double weight(double apart) const {
    if (args_.weights == KnnWeights::uniform) return 1;
    return apart == 0 ? 0 : 1 / (args_.distance == KnnDistance::hamming || by_graph_ ? apart : std::sqrt(apart));
  }
  void far_and_near(const float* row, RowDistances::Scratch& scratch, std::vector<float>& out) const {
    if (args_.distance == KnnDistance::hamming)
      rows_.differing(row, out.data());
    else
      rows_.squared(row, scratch, out.data());
  }

  /// Rows nearer than the k-th have a vote each; those as far as the k-th share the votes that are left, so that the result does
  /// not depend on the order of the rows.
  struct Poll {
    double sum = 0, weights = 0, edge_sum = 0, same = 0;
    std::size_t inside = 0, edge = 0, equal = 0;
  };
  static void count_vote(Poll& poll, double apart, double farthest, double target, double weight) {
    if (apart == 0) {
      poll.same += target;
      ++poll.equal;
    }
    if (apart == farthest) {
      poll.edge_sum += target;
      ++poll.edge;
    } else {
      ++poll.inside;
      poll.sum += weight * target;
      poll.weights += weight;
    }
  }
  double result(const Poll& poll, std::size_t k, double edge_weight) const {
    if (args_.weights == KnnWeights::distance && poll.equal > 0) return poll.same / static_cast<double>(poll.equal);
    const double left = static_cast<double>(k - poll.inside) * edge_weight;
    return (poll.sum + left * poll.edge_sum / static_cast<double>(poll.edge)) / (poll.weights + left);
  }
  double vote(const std::vector<std::uint16_t>& counts, std::uint16_t& near) const {
    const std::size_t n = targets_.size();
    std::uint16_t t = near;
    while (count_up_to(counts.data(), n, t) < k_) ++t;
    while (t > 0 && count_up_to(counts.data(), n, static_cast<std::uint16_t>(t - 1)) >= k_) --t;
    near = t;
    Poll poll;
    each_up_to(counts.data(), n, t, [&](std::size_t i) { count_vote(poll, counts[i], t, targets_[i], weight_[counts[i]]); });
    return result(poll, k_, weight_[t]);
  }
  double vote(const std::vector<std::pair<int, std::uint32_t>>& near) const {
    Poll poll;
    const int t = near[k_ - 1].first;
    for (const auto& [steps, i] : near) count_vote(poll, steps, t, targets_[i], weight(steps));
    return result(poll, k_, weight(t));
  }
  double vote(const std::vector<float>& distances, float t) const {
    Poll poll;
    for (std::size_t i = 0; i < targets_.size(); ++i)
      if (distances[i] <= t) count_vote(poll, distances[i], t, targets_[i], weight(static_cast<double>(distances[i])));
    return result(poll, k_, weight(static_cast<double>(t)));
  }

  /// The k with the smallest squared error when every row is predicted from the other folds.
  void choose_k(Stream stream) {
    const std::size_t n = targets_.size(), folds = std::min(static_cast<std::size_t>(args_.folds), n);
    const auto order = shuffled_rows(n, stream);
    std::vector<std::size_t> fold(n);
    for (std::size_t i = 0; i < n; ++i) fold[order[i]] = i % folds;
    const std::size_t most = std::min<std::size_t>(kMostNeighbours, n - (n + folds - 1) / folds);
    std::vector<double> squared(most + 1, 0.0);
    auto scratch = rows_.scratch();
    std::vector<std::uint16_t> counts(rows_.padded());
    std::vector<float> distances(rows_.padded());
    std::vector<std::uint8_t> skip(n);
    std::vector<std::pair<float, std::size_t>> near;
    for (std::size_t i = 0; i < n; ++i) {
      const float* row = features_.data() + i * columns_;
      near.clear();
      if (by_graph_) {
        for (std::size_t other = 0; other < n; ++other) skip[other] = fold[other] == fold[i];
        for (const auto& [steps, other] : graphs_.nearest({row, columns_}, most, skip))
          near.push_back({static_cast<float>(steps), other});
      } else {
        if (rows_.counts(row, scratch, counts.data()))
          std::copy(counts.begin(), counts.end(), distances.begin());
        else
          far_and_near(row, scratch, distances);
        for (std::size_t other = 0; other < n; ++other)
          if (fold[other] != fold[i]) near.push_back({distances[other], other});
        std::sort(near.begin(), near.end());
      }
      for (std::size_t k = 1; k <= most; ++k) {
        const float t = near[k - 1].first;
        Poll poll;
        for (const auto& [apart, other] : near) {
          if (apart > t) break;
          count_vote(poll, apart, t, targets_[other], weight(static_cast<double>(apart)));
        }
        const double off = result(poll, k, weight(static_cast<double>(t))) - targets_[i];
        squared[k] += off * off;
      }
    }
    k_ = static_cast<std::size_t>(std::min_element(squared.begin() + 1, squared.end()) - squared.begin());
    rmse_ = std::sqrt(squared[k_] / static_cast<double>(n));
  }

  KnnArgs args_;
  std::size_t k_;
  double rmse_ = 0;
  bool by_graph_ = false;
  std::size_t columns_ = 0;
  std::vector<float> features_;  ///< as they were given
  RowDistances rows_;
  GraphNeighbours graphs_;
  std::vector<double> targets_, weight_;
};

}  // namespace

Component knn_predictor() {
  return Declare<KnnArgs>(ComponentKind::predictor, "knn", "Mean of the k nearest measured networks.")
      .arg("k", &KnnArgs::k, "how many vote; 0 = chosen by cross-validation, 30 at most", between(0, 100000))
      .arg("weights", &KnnArgs::weights, "votes weigh the reciprocal of the distance, or all the same")
      .arg("distance", &KnnArgs::distance,
           "between features; hamming counts the columns that differ, graph_edit the changes that make one cell of the other; "
           "auto: "
           "graph_edit in a space with features graph, else euclidean")
      .arg("operator_costs", &KnnArgs::operator_costs,
           "of graph_edit: what an edge costs by its operator, in their order, and one for another the difference; left out, "
           "every "
           "change costs 1",
           at_least(0))
      .arg("folds", &KnnArgs::folds, "folds of the cross-validation", between(2, 20))
      .details(
          "Networks as far as the k-th share the votes that are left, so the order of the measurements decides nothing; with "
          "weights by "
          "distance, networks with equal features decide alone. Features other than 0 and 1 are divided by their standard "
          "deviation.")
      .paper("Cover and Hart, IEEE Transactions on Information Theory 13 (1967)")
      .example("predictor knn(k = 7) of accuracy")
      .example("predictor knn(k = 0, weights = uniform, distance = hamming) of accuracy")
      .builds(makes_predictor<Knn>());
}

}  // namespace nas
