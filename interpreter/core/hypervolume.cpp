#include <algorithm>
#include <cmath>

#include "core/check.h"
#include "core/pareto.h"
#include "core/sorted_rows.h"

namespace nas {
namespace {

/// The rows that are better than the reference in every objective, row-major.
std::vector<double> inside(std::span<const double> points, std::size_t m, std::span<const double> reference) {
  std::vector<double> kept;
  kept.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); i += m) {
    bool better = true;
    for (std::size_t j = 0; j < m; ++j) better = better && points[i + j] < reference[j];
    if (better)
      kept.insert(kept.end(), points.begin() + static_cast<std::ptrdiff_t>(i),
                  points.begin() + static_cast<std::ptrdiff_t>(i + m));
  }
  return kept;
}

/// The rows of `points` in ascending order of one column, ties by the next one and then by row.
void order_by(std::span<const double> points, std::size_t m, std::size_t column, std::size_t next,
              std::vector<std::uint32_t>& order) {
  const double* at = points.data();
  sort_rows(
      points.size() / m, [=](std::uint32_t i) { return at[i * m + column]; },
      [=](std::uint32_t a, std::uint32_t b) {
        const double *p = at + a * m, *q = at + b * m;
        return p[column] != q[column] ? p[column] < q[column] : p[next] != q[next] ? p[next] < q[next] : a < b;
      },
      order);
}

double volume_of_two(std::span<const double> points, std::span<const double> reference) {
  thread_local std::vector<std::uint32_t> order;
  order_by(points, 2, 0, 1, order);
  double volume = 0, ceiling = reference[1];
  for (const std::uint32_t i : order) {
    if (points[2 * i + 1] >= ceiling) continue;
    volume += (reference[0] - points[2 * i]) * (ceiling - points[2 * i + 1]);
    ceiling = points[2 * i + 1];
  }
  return volume;
}

/// A set of numbers below n with neighbours in O(log_64 n): one bit per number, one per 64 of those, and so on.
class SortedNumbers {
 public:
  static constexpr std::size_t kNone = ~std::size_t{0};

  void reset(std::size_t n) {
    levels_ = 0;
    do {
      n = (n + 63) / 64;
      bits_[levels_++].assign(n, 0);
    } while (n > 1);
  }
  void insert(std::size_t i) {
    for (std::size_t level = 0; level < levels_; ++level, i /= 64) bits_[level][i / 64] |= std::uint64_t{1} << (i % 64);
  }
  void erase(std::size_t i) {
    for (std::size_t level = 0; level < levels_; ++level, i /= 64)
      if (bits_[level][i / 64] &= ~(std::uint64_t{1} << (i % 64))) return;
  }
  /// The smallest number above i.
  std::size_t next(std::size_t i) const {
    for (std::size_t level = 0; level < levels_; ++level, i /= 64) {
      if (i % 64 == 63) continue;
      if (const std::uint64_t above = bits_[level][i / 64] & (~std::uint64_t{0} << (i % 64 + 1))) {
        i = i / 64 * 64 + static_cast<std::size_t>(std::countr_zero(above));
        while (level-- > 0) i = i * 64 + static_cast<std::size_t>(std::countr_zero(bits_[level][i]));
        return i;
      }
    }
    return kNone;
  }
  /// The largest number below i.
  std::size_t previous(std::size_t i) const {
    for (std::size_t level = 0; level < levels_; ++level, i /= 64) {
      if (const std::uint64_t below = bits_[level][i / 64] & ((std::uint64_t{1} << (i % 64)) - 1)) {
        i = i / 64 * 64 + 63 - static_cast<std::size_t>(std::countl_zero(below));
        while (level-- > 0) i = i * 64 + 63 - static_cast<std::size_t>(std::countl_zero(bits_[level][i]));
        return i;
      }
    }
    return kNone;
  }

 private:
  std::vector<std::uint64_t> bits_[6];
  std::size_t levels_ = 0;
};

/// Beume et al. 2009: slices along the third objective; the area of a slice changes only by what the next point adds.
double volume_of_three(std::span<const double> points, std::span<const double> reference) {
  const std::size_t n = points.size() / 3;
  thread_local std::vector<std::uint32_t> by_x, by_z, place;
  thread_local std::vector<double> x, y;
  thread_local SortedNumbers steps;  // places of the staircase in x and y
  order_by(points, 3, 0, 1, by_x);
  order_by(points, 3, 2, 0, by_z);
  place.resize(n);
  x.resize(n);
  y.resize(n);
  for (std::uint32_t k = 0; k < n; ++k) {
    place[by_x[k]] = k;
    x[k] = points[3 * by_x[k]];
    y[k] = points[3 * by_x[k] + 1];
  }
  steps.reset(n);
  double volume = 0, area = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = place[by_z[i]];
    const std::size_t left = steps.previous(at);
    double top = left == SortedNumbers::kNone ? reference[1] : y[left];
    if (y[at] < top) {
      double from = x[at];
      std::size_t right = steps.next(at);
      for (; right != SortedNumbers::kNone; right = steps.next(right)) {
        area += (x[right] - from) * (top - y[at]);
        from = x[right];
        top = y[right];
        if (top < y[at]) break;
        steps.erase(right);
      }
      if (right == SortedNumbers::kNone) area += (reference[0] - from) * (top - y[at]);
      steps.insert(at);
    }
    const double z = points[3 * by_z[i] + 2];
    volume += area * ((i + 1 < n ? points[3 * by_z[i + 1] + 2] : reference[2]) - z);
  }
  return volume;
}

double volume_inside(std::vector<double> points, std::size_t m, std::span<const double> reference);

/// Slices along the fourth objective: between two levels the volume is that of the points below, one dimension less.
double volume_of_four(const std::vector<double>& points, std::span<const double> reference) {
  std::vector<std::uint32_t> order;
  order_by(points, 4, 3, 0, order);
  std::vector<double> below;
  double volume = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double* p = points.data() + 4 * order[i];
    // A point behind another in the first three adds nothing, now or later.
    bool covered = false;
    for (std::size_t k = 0; k < below.size() && !covered; k += 3)
      covered = below[k] <= p[0] && below[k + 1] <= p[1] && below[k + 2] <= p[2];
    if (!covered) below.insert(below.end(), p, p + 3);
    const double next = i + 1 < order.size() ? points[4 * order[i + 1] + 3] : reference[3];
    if (next > p[3]) volume += (next - p[3]) * volume_of_three(below, reference.first(3));
  }
  return volume;
}

/// WFG: the volume is the sum of what each point adds to those behind it.
double volume_of_many(const std::vector<double>& points, std::size_t m, std::span<const double> reference) {
  std::vector<double> front;
  for (const std::size_t i : non_dominated(points, m))
    front.insert(front.end(), points.begin() + static_cast<std::ptrdiff_t>(i * m),
                 points.begin() + static_cast<std::ptrdiff_t>(i * m + m));
  double volume = 0;
  std::vector<double> limited;
  for (std::size_t i = 0; i < front.size(); i += m) {
    double box = 1;
    for (std::size_t j = 0; j < m; ++j) box *= reference[j] - front[i + j];
    limited.clear();
    for (std::size_t k = i + m; k < front.size(); k += m)
      for (std::size_t j = 0; j < m; ++j) limited.push_back(std::max(front[i + j], front[k + j]));
    volume += box - volume_inside(limited, m, reference);
  }
  return volume;
}

double volume_inside(std::vector<double> points, std::size_t m, std::span<const double> reference) {
  if (points.empty()) return 0;
  if (m == 1) return reference[0] - *std::min_element(points.begin(), points.end());
  if (m == 2) return volume_of_two(points, reference);
  if (m == 3) return volume_of_three(points, reference);
  return m == 4 ? volume_of_four(points, reference) : volume_of_many(points, m, reference);
}

}  // namespace

double hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference) {
  return volume_inside(inside(points, m, reference), m, reference);
}

bool Staircase::add(double x, double y) {
  if (!(x < right_ && y < top_)) return false;
  // The last step not beyond x is the lowest of those.
  const std::size_t beyond = first_above(x_.data(), x_.size(), x), steps = x_.size();
  if (beyond > 0 && y_[beyond - 1] <= y) return false;
  // The steps from `first` on lie at x or beyond; those before `last` are dominated now.
  const std::size_t first = beyond > 0 && x_[beyond - 1] == x ? beyond - 1 : beyond;
  double from = x, ceiling = first == 0 ? top_ : y_[first - 1];
  std::size_t last = first;
  for (; last < steps && y_[last] >= y; ++last) {
    area_ += (x_[last] - from) * (ceiling - y);
    from = x_[last];
    ceiling = y_[last];
  }
  area_ += ((last == steps ? right_ : x_[last]) - from) * (ceiling - y);
  const auto place = [&](std::vector<double>& values, double value) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    if (first == last) {
      values.insert(begin, value);
    } else {
      *begin = value;
      values.erase(begin + 1, values.begin() + static_cast<std::ptrdiff_t>(last));
    }
  };
  place(x_, x);
  place(y_, y);
  return true;
}

template <typename Dominated>
void SampledVolume::keep_unless(Dominated dominated) {
  const std::size_t m = reference_.size();
  std::size_t kept = 0;
  for (std::size_t s = 0; s < open_.size(); s += m) {
    if (dominated(open_.data() + s)) continue;
    for (std::size_t j = 0; j < m; ++j) open_[kept + j] = open_[s + j];
    kept += m;
  }
  open_.resize(kept);
}

void SampledVolume::add(std::span<const double> point) {
  const std::size_t m = reference_.size();
  for (std::size_t j = 0; j < m; ++j)
    if (!(point[j] < reference_[j])) return;
  for (std::size_t j = 0; j < m; ++j) {
    stale_ = stale_ || point[j] < low_[j];
    low_[j] = std::min(low_[j], point[j]);
  }
  if (!stale_) keep_unless([&](const double* sample) { return reaches(point.data(), sample, m); });
}

VolumeEstimate SampledVolume::estimate(std::span<const double> points) {
  const std::size_t m = reference_.size();
  double box = 1;
  for (std::size_t j = 0; j < m; ++j) box *= reference_[j] - low_[j];
  if (!(box > 0)) return {};
  if (stale_) {
    open_.resize(samples_ * m);
    Stream stream = stream_;
    for (std::size_t i = 0; i < open_.size(); ++i) open_[i] = low_[i % m] + (reference_[i % m] - low_[i % m]) * stream.uniform();
    std::size_t last = 0;  // the point that dominated the last sample: it often dominates the next
    keep_unless([&](const double* sample) {
      if (reaches(points.data() + last, sample, m)) return true;
      for (std::size_t i = 0; i + m <= points.size(); i += m)
        if (reaches(points.data() + i, sample, m)) {
          last = i;
          return true;
        }
      return false;
    });
    stale_ = false;
  }
  const double open = static_cast<double>(open_.size() / m), all = static_cast<double>(samples_), share = (all - open) / all;
  return {box * share, box * std::sqrt(share * (1 - share) / all)};
}

VolumeEstimate estimated_hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference,
                                     Stream stream, std::size_t samples) {
  if (m <= 4) return {hypervolume(points, m, reference), 0};
  SampledVolume volume({reference.begin(), reference.end()}, std::move(stream), samples);
  for (std::size_t i = 0; i + m <= points.size(); i += m) volume.add(points.subspan(i, m));
  return volume.estimate(points);
}

namespace {

/// A step's own rectangle reaches to its neighbours; points that only this step dominates take their part of it away.
void contributions_of_two(std::span<const double> points, std::span<const double> reference, std::span<double> out) {
  thread_local std::vector<std::uint32_t> order, shadows;
  order_by(points, 2, 0, 1, order);
  const double* step = nullptr;
  double above = reference[1];  // the second objective of the step before
  auto close = [&](double right) {
    if (!step) return;
    double own = (right - step[0]) * (above - step[1]), ceiling = above;
    for (const std::uint32_t i : shadows)
      if (const double y = points[2 * i + 1]; y < ceiling) {
        own -= (right - points[2 * i]) * (ceiling - y);
        ceiling = y;
      }
    out[static_cast<std::size_t>(step - points.data()) / 2] = own;
  };
  shadows.clear();
  for (const std::uint32_t i : order) {
    const double* p = points.data() + 2 * i;
    if (!(p[0] < reference[0] && p[1] < reference[1])) continue;
    if (step && p[1] >= step[1]) {
      if (p[1] < above) shadows.push_back(i);
      continue;
    }
    close(p[0]);
    if (step) above = step[1];
    step = p;
    shadows.clear();
  }
  close(reference[0]);
}

/// A rectangle of the area that only one point covers in the current slice.
struct Patch {
  double left, right, top;  // its bottom is the point's second objective
};
/// A step of the staircase: the area that it alone covers is patches from left to right with falling tops.
struct Step {
  double x, y;
  std::uint32_t row;
  double area, since;  // of the patches, from this level on
  std::vector<Patch> patches;
};

void contributions_of_three(std::span<const double> points, std::span<const double> reference, std::span<double> out) {
  thread_local std::vector<std::uint32_t> by_z;
  order_by(points, 3, 2, 0, by_z);
  std::vector<Step> steps;  // x ascending, y descending
  auto close = [&](Step& step, double z) {
    out[step.row] += step.area * (z - step.since);
    step.since = z;
  };
  for (const std::uint32_t row : by_z) {
    const double px = points[3 * row], py = points[3 * row + 1], pz = points[3 * row + 2];
    if (!(px < reference[0] && py < reference[1] && pz < reference[2])) continue;
    std::size_t at = static_cast<std::size_t>(
        std::lower_bound(steps.begin(), steps.end(), px, [](const Step& s, double x) { return s.x < x; }) - steps.begin());
    // Steps that cover the point: from the left neighbour on, down to its height.
    const std::size_t same_x = at < steps.size() && steps[at].x == px ? 1 : 0;
    std::size_t covering = same_x && steps[at].y <= py ? at + 1 : at;
    if (covering > 0 && steps[covering - 1].y <= py) {
      // Covered once: what it covers is no longer covered by that step alone. Covered twice: nothing changes.
      if (covering > 1 && steps[covering - 2].y <= py) continue;
      Step& cover = steps[covering - 1];
      close(cover, pz);
      std::vector<Patch> kept;
      for (const Patch& patch : cover.patches) {
        if (patch.left < px) kept.push_back({patch.left, std::min(patch.right, px), patch.top});
        if (patch.right > px && std::min(patch.top, py) > cover.y) {
          const Patch low{std::max(patch.left, px), patch.right, std::min(patch.top, py)};
          if (!kept.empty() && kept.back().top == low.top && kept.back().right == low.left)
            kept.back().right = low.right;
          else
            kept.push_back(low);
        }
      }
      cover.patches = std::move(kept);
      cover.area = 0;
      for (const Patch& patch : cover.patches) cover.area += (patch.right - patch.left) * (patch.top - cover.y);
      continue;
    }
    // The left neighbour keeps what lies left of the point.
    if (at > 0) {
      Step& left = steps[at - 1];
      close(left, pz);
      while (!left.patches.empty() && left.patches.back().right > px) {
        Patch& patch = left.patches.back();
        left.area -= (patch.right - std::max(patch.left, px)) * (patch.top - left.y);
        if (patch.left < px) {
          patch.right = px;
          break;
        }
        left.patches.pop_back();
      }
    }
    Step fresh{px, py, row, 0, pz, {}};
    double from = px, top = at > 0 ? steps[at - 1].y : reference[1];
    std::size_t end = at;
    auto patch = [&](double to) {
      if (to > from) {
        fresh.patches.push_back({from, to, top});
        fresh.area += (to - from) * (top - py);
      }
      from = to;
    };
    for (; end < steps.size() && steps[end].y >= py; ++end) {
      patch(steps[end].x);
      top = steps[end].y;
      close(steps[end], pz);
    }
    patch(end < steps.size() ? steps[end].x : reference[0]);
    // The right neighbour keeps what lies below the point.
    if (end < steps.size()) {
      Step& right = steps[end];
      close(right, pz);
      double reach = right.x;
      std::size_t cut = 0;
      for (; cut < right.patches.size() && right.patches[cut].top > py; ++cut) {
        right.area -= (right.patches[cut].right - right.patches[cut].left) * (right.patches[cut].top - py);
        reach = right.patches[cut].right;
      }
      if (cut > 0) {
        right.patches.erase(right.patches.begin() + 1, right.patches.begin() + static_cast<std::ptrdiff_t>(cut));
        right.patches[0] = {right.patches[0].left, reach, py};
      }
    }
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(at), steps.begin() + static_cast<std::ptrdiff_t>(end));
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(at), std::move(fresh));
  }
  for (Step& step : steps) close(step, reference[2]);
}

}  // namespace

void hypervolume_contributions(std::span<const double> points, std::size_t m, std::span<const double> reference,
                               std::span<double> out) {
  NAS_CHECK(m == 2 || m == 3);
  std::fill(out.begin(), out.end(), 0.0);
  m == 2 ? contributions_of_two(points, reference, out) : contributions_of_three(points, reference, out);
}

}  // namespace nas
