#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "core/rng.h"

namespace nas {

/// a dominates b: nowhere larger, somewhere smaller. All objectives are minimised.
bool dominates(std::span<const double> a, std::span<const double> b);
/// a is nowhere larger than b: it dominates b or equals it.
inline bool reaches(const double* a, const double* b, std::size_t m) {
  for (std::size_t j = 0; j < m; ++j)
    if (!(a[j] <= b[j])) return false;
  return true;
}

/// Rank of each of n points (0 = non-dominated), m objectives, row-major. Equal points share a rank.
/// O(n log n) for one and two objectives; for three, a binary search over fronts that each keep a staircase of their last two
/// objectives (Zhang et al. 2015, ENS-BS; O(n log^2 n) comparisons); O(m n^2) beyond (Deb et al. 2002).
/// `order`, where given, becomes the rows in lexicographic order of their objectives.
void non_dominated_ranks(std::span<const double> points, std::size_t m, std::span<std::uint32_t> ranks,
                         std::span<std::uint32_t> order = {});

/// Indices of the non-dominated points among `points`; of equal points only the first. Ascending in the first objective.
std::vector<std::size_t> non_dominated(std::span<const double> points, std::size_t m);

/// Crowding distance (Deb et al. 2002, section III-B) of the points `rows` of one front.
void crowding_distances(std::span<const double> points, std::size_t m, std::span<const std::uint32_t> rows,
                        std::span<double> out);

/// Volume dominated by the points and bounded by `reference`, exact: O(n log n) sweeps for two and three objectives, slices of
/// the third kind for four, exclusive volumes beyond (While, Bradstreet, Barone 2012, WFG), which grows exponentially with m.
/// Points that are not better than the reference in every objective add nothing.
double hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference);

/// The front of two minimised objectives as its points come one by one, and the area that it dominates below (`right`, `top`).
/// A point costs O(log n), and O(n) where it enters.
class Staircase {
 public:
  explicit Staircase(double right = std::numeric_limits<double>::infinity(), double top = std::numeric_limits<double>::infinity())
      : right_(right), top_(top) {}
  /// False where the point is dominated, doubled or out of bounds.
  bool add(double x, double y);
  double area() const { return area_; }

 private:
  double right_, top_, area_ = 0;
  std::vector<double> x_, y_;  ///< of the steps: x ascending, y descending
};

/// A volume and its standard error, 0 where the volume is exact.
struct VolumeEstimate {
  double volume = 0;
  double error = 0;
};
/// The volume of more than four objectives as its points come one by one, estimated: the share of uniform points between the best
/// value of every objective and the reference that some point dominates. The same stream and points, in any order, give the same
/// estimate.
class SampledVolume {
 public:
  explicit SampledVolume(std::vector<double> reference, Stream stream = Stream(0, "hypervolume"), std::size_t samples = 20000)
      : reference_(std::move(reference)), low_(reference_), stream_(std::move(stream)), samples_(samples) {}
  /// Looks at the samples that no point dominated before; at all of them, when next asked, where the best value of an objective
  /// has become better.
  void add(std::span<const double> point);
  /// `points`: all that were added, or those that no other dominates.
  VolumeEstimate estimate(std::span<const double> points);

 private:
  template <typename Dominated>
  void keep_unless(Dominated dominated);

  std::vector<double> reference_, low_;
  std::vector<double> open_;  ///< samples that no point dominates
  bool stale_ = true;         ///< the samples are those of another box
  Stream stream_;
  std::size_t samples_;
};
/// The exact hypervolume for up to four objectives; beyond, that of a SampledVolume.
VolumeEstimate estimated_hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference,
                                     Stream stream = Stream(0, "hypervolume"), std::size_t samples = 20000);

/// What the volume loses without each point, two or three objectives, O(n log n) (Emmerich and Fonseca 2011). Points that are
/// dominated, doubled or outside the reference lose nothing.
void hypervolume_contributions(std::span<const double> points, std::size_t m, std::span<const double> reference,
                               std::span<double> out);

/// IGD+ (Ishibuchi et al. 2015, EMO): the mean over the front's points of how far the nearest of `points` is worse than it.
/// 0 means that every point of the front is reached or dominated.
double igd_plus(std::span<const double> points, std::span<const double> front, std::size_t m);
/// Additive epsilon (Zitzler et al. 2003, IEEE TEVC 7): the smallest shift of `points` after which they weakly dominate `front`.
double additive_epsilon(std::span<const double> points, std::span<const double> front, std::size_t m);
/// Coverage C(points, others) (Zitzler and Thiele 1999, IEEE TEVC 3): the share of `others` that some point weakly dominates.
double coverage(std::span<const double> points, std::span<const double> others, std::size_t m);

}  // namespace nas
