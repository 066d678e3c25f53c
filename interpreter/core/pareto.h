#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nas {

/// a dominates b: nowhere larger, somewhere smaller. All objectives are minimised.
bool dominates(std::span<const double> a, std::span<const double> b);

/// Rank of each of n points (0 = non-dominated), m objectives, row-major. Equal points share a rank.
/// O(n log n) for one and two objectives, O(m n^2) beyond (Deb et al. 2002).
/// `order`, where given, becomes the rows in lexicographic order of their objectives.
void non_dominated_ranks(std::span<const double> points, std::size_t m, std::span<std::uint32_t> ranks,
                         std::span<std::uint32_t> order = {});

/// Indices of the non-dominated points among `points`; of equal points only the first. Ascending in the first objective.
std::vector<std::size_t> non_dominated(std::span<const double> points, std::size_t m);

/// Crowding distance (Deb et al. 2002, section III-B) of the points `rows` of one front.
void crowding_distances(std::span<const double> points, std::size_t m, std::span<const std::uint32_t> rows,
                        std::span<double> out);

/// Volume dominated by the points and bounded by `reference`, exact: a sweep for two objectives, slicing beyond.
/// Points that are not better than the reference in every objective add nothing.
double hypervolume(std::span<const double> points, std::size_t m, std::span<const double> reference);

}  // namespace nas
