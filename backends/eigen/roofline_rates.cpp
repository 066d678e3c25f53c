#include "backends/eigen/roofline_rates.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace nas {
namespace {

constexpr double kNoBorder = std::numeric_limits<double>::infinity();
constexpr double kBorderSlack = 1e-9;  // of a ratio of rates against the borders of its interval
constexpr std::size_t kLookedAt = 64;  // candidates whose squares are summed anew, without cancellation
constexpr double kDependent = 1e-13;   // of a determinant of columns of unit length

/// Layers of an intensity of at least `compute_from` are bound by operations. On a border (`ratio` > 0) the time of a byte is
/// `ratio` times that of an operation.
struct Sharing {
  double compute_from = kNoBorder;
  double ratio = 0;
  double squares = 0;
};

using RooflineColumns = Eigen::Matrix<double, Eigen::Dynamic, 3>;
using RooflineGram = Eigen::Matrix3d;

/// The least squares over the columns of `gram` of which none gets a negative weight; the sum of squares that is left.
struct NonNegativeFit {
  Eigen::Vector3d weights = Eigen::Vector3d::Zero();
  double squares = 0;
};
NonNegativeFit least_of(const RooflineGram& gram, const Eigen::Vector3d& with_y, double yy) {
  Eigen::Vector3d length = gram.diagonal().cwiseSqrt();
  NonNegativeFit best;
  best.squares = yy;
  // The best one is the plain least squares over the columns that it uses: there are seven ways to choose them.
  for (int chosen = 1; chosen < 8; ++chosen) {
    std::vector<Eigen::Index> at;
    bool there = true;
    for (int j = 0; j < 3; ++j)
      if (chosen >> j & 1) {
        at.push_back(j);
        there &= length[j] > 0;
      }
    if (!there) continue;
    const auto size = static_cast<Eigen::Index>(at.size());
    Eigen::MatrixXd part(size, size);
    Eigen::VectorXd right(size);
    for (Eigen::Index i = 0; i < size; ++i) {
      for (Eigen::Index j = 0; j < size; ++j) part(i, j) = gram(at[i], at[j]) / (length[at[i]] * length[at[j]]);
      right[i] = with_y[at[i]] / length[at[i]];
    }
    if (part.determinant() < kDependent) continue;
    const Eigen::VectorXd weights = part.ldlt().solve(right);
    if (weights.minCoeff() < 0) continue;
    const double squares = yy - weights.dot(right);
    if (!(squares < best.squares)) continue;
    best.squares = squares;
    best.weights.setZero();
    for (Eigen::Index i = 0; i < size; ++i) best.weights[at[i]] = weights[i] / length[at[i]];
  }
  return best;
}

class RooflineFit {
 public:
  RooflineFit(std::span<const std::vector<LayerWork>> networks, std::span<const double> seconds)
      : networks_(networks),
        y_(Eigen::Map<const Eigen::VectorXd>(seconds.data(), static_cast<Eigen::Index>(seconds.size()))),
        columns_(RooflineColumns::Zero(y_.size(), 3)) {
    for (std::size_t i = 0; i < networks.size(); ++i)
      for (const LayerWork& layer : networks[i]) {
        columns_(static_cast<Eigen::Index>(i), 1) += layer.bytes;
        columns_(static_cast<Eigen::Index>(i), 2) += 1;
        if (layer.macs > 0) layers_.push_back({layer.macs / layer.bytes, i, layer});
      }
    std::sort(layers_.begin(), layers_.end(), [](const Place& a, const Place& b) {
      return a.intensity != b.intensity ? a.intensity > b.intensity : a.network < b.network;
    });
  }

  RooflineRates best() {
    // From the highest intensity to the lowest, layers go from those bound by bytes to those bound by operations. None yet:
    look_at_interval({kNoBorder, 0, 0}, kNoBorder, layers_.empty() ? 0 : layers_.front().intensity);
    for (std::size_t begin = 0, end = 0; begin < layers_.size(); begin = end) {
      const double border = layers_[begin].intensity;
      look_at_border(border);
      for (; end < layers_.size() && layers_[end].intensity == border; ++end) {
        const auto row = static_cast<Eigen::Index>(layers_[end].network);
        columns_(row, 0) += layers_[end].work.macs;
        columns_(row, 1) -= layers_[end].work.bytes;
      }
      look_at_interval({border, 0, 0}, border, end < layers_.size() ? layers_[end].intensity : 0);
    }
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Sharing& a, const Sharing& b) { return a.squares < b.squares; });
    std::optional<RooflineRates> found;
    double least = kNoBorder;
    for (std::size_t i = 0; i < std::min(kLookedAt, candidates_.size()); ++i) {
      const RooflineRates rates = rates_of(candidates_[i]);
      const double squares = squares_of(rates);
      if (squares < least) {
        least = squares;
        found = rates;
      }
    }
    return found.value_or(RooflineRates{});
  }

 private:
  struct Place {
    double intensity;
    std::size_t network;
    LayerWork work;
  };

  /// The time of a byte over that of an operation lies between `low` and `high` where this way to share layers out holds.
  void look_at_interval(Sharing candidate, double high, double low) {
    const RooflineGram gram = columns_.transpose() * columns_;
    const NonNegativeFit fit = least_of(gram, columns_.transpose() * y_, y_.squaredNorm());
    const double compute = fit.weights[0], memory = fit.weights[1];
    const bool none = high == kNoBorder;
    // Bounded by bytes alone an operation may take any time that is short enough; bounded by operations alone, a byte.
    const bool holds =
        none ? true
             : compute > 0 && memory <= compute * high * (1 + kBorderSlack) && memory >= compute * low * (1 - kBorderSlack);
    const bool all = low == 0;
    if (!holds && !(all && compute > 0 && columns_.col(1).isZero(0))) return;
    candidate.squares = fit.squares;
    candidates_.push_back(candidate);
  }
  void look_at_border(double border) {
    RooflineColumns joined = columns_;
    joined.col(0).setZero();
    joined.col(1) += columns_.col(0) / border;
    const RooflineGram gram = joined.transpose() * joined;
    const NonNegativeFit fit = least_of(gram, joined.transpose() * y_, y_.squaredNorm());
    candidates_.push_back({border, border, fit.squares});
  }

  /// Once more, from the columns themselves.
  RooflineRates rates_of(const Sharing& candidate) const {
    RooflineColumns columns = RooflineColumns::Zero(y_.size(), 3);
    double lowest = kNoBorder, highest = 0;  // intensity of what is bound by operations, and of what is not
    for (std::size_t i = 0; i < networks_.size(); ++i)
      for (const LayerWork& layer : networks_[i]) {
        const auto row = static_cast<Eigen::Index>(i);
        const double intensity = layer.macs / layer.bytes;
        columns(row, 2) += 1;
        if (intensity >= candidate.compute_from) {
          lowest = std::min(lowest, intensity);
          if (candidate.ratio > 0)
            columns(row, 1) += layer.macs / candidate.ratio;
          else
            columns(row, 0) += layer.macs;
        } else {
          highest = std::max(highest, intensity);
          columns(row, 1) += layer.bytes;
        }
      }
    const Eigen::Vector3d weights =
        refined(columns, least_of(columns.transpose() * columns, columns.transpose() * y_, y_.squaredNorm()).weights);
    RooflineRates rates{weights[0], weights[1], weights[2]};
    if (candidate.ratio > 0) {
      rates.per_mac = rates.per_byte / candidate.ratio;
    } else if (rates.per_mac == 0 && lowest == kNoBorder && highest > 0) {
      rates.per_mac = rates.per_byte / highest;
    } else if (rates.per_byte == 0 && columns.col(1).isZero(0)) {
      rates.per_byte = rates.per_mac * lowest;
    }
    for (const auto& network : networks_)
      for (const LayerWork& layer : network) {
        const double compute = layer.macs * rates.per_mac, memory = layer.bytes * rates.per_byte;
        rates.compute_seen |= compute > memory * (1 + kBorderSlack);
        rates.memory_seen |= memory > compute * (1 + kBorderSlack);
      }
    return rates;
  }
  /// The same weights by an orthogonal decomposition, which loses half as many digits.
  Eigen::Vector3d refined(const RooflineColumns& columns, Eigen::Vector3d weights) const {
    std::vector<Eigen::Index> used;
    for (Eigen::Index j = 0; j < 3; ++j)
      if (weights[j] > 0) used.push_back(j);
    if (used.empty()) return weights;
    Eigen::MatrixXd part(columns.rows(), static_cast<Eigen::Index>(used.size()));
    Eigen::VectorXd length(part.cols());
    for (Eigen::Index j = 0; j < part.cols(); ++j) {
      length[j] = columns.col(used[static_cast<std::size_t>(j)]).norm();
      part.col(j) = columns.col(used[static_cast<std::size_t>(j)]) / length[j];
    }
    const Eigen::VectorXd solved = part.colPivHouseholderQr().solve(y_);
    for (Eigen::Index j = 0; j < part.cols(); ++j)
      weights[used[static_cast<std::size_t>(j)]] = std::max(0.0, solved[j] / length[j]);
    return weights;
  }
  double squares_of(const RooflineRates& rates) const {
    double squares = 0;
    for (std::size_t i = 0; i < networks_.size(); ++i) {
      double sum = 0;
      for (const LayerWork& layer : networks_[i]) sum += rates.seconds(layer);
      const double off = sum - y_[static_cast<Eigen::Index>(i)];
      squares += off * off;
    }
    return squares;
  }

  std::span<const std::vector<LayerWork>> networks_;
  Eigen::VectorXd y_;
  RooflineColumns columns_;  ///< of each network: operations of layers bound by them, bytes of the others, layers
  std::vector<Place> layers_;
  std::vector<Sharing> candidates_;
};

}  // namespace

RooflineRates fit_roofline(std::span<const std::vector<LayerWork>> networks, std::span<const double> seconds) {
  return RooflineFit(networks, seconds).best();
}

}  // namespace nas
