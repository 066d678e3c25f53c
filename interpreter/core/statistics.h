#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nas {

double mean(std::span<const double> x);
double median(std::vector<double> x);
/// Square root of the mean squared difference.
double rmse(std::span<const double> predicted, std::span<const double> measured);
/// The same as a share of the mean of what was measured; NaN where that is zero.
double rmse_over_mean(std::span<const double> predicted, std::span<const double> measured);
/// Mean of |predicted - measured| / max(|measured|, floor), a share.
double mape(std::span<const double> predicted, std::span<const double> measured, double floor = 0);
/// The share of rows with |predicted - measured| <= share * |measured|: `share` = 0.05 counts what is within 5 %.
double share_within(std::span<const double> predicted, std::span<const double> measured, double share);
/// Of the k best measured rows, the share that is among the k best predicted ones; of equal rows the earlier counts as better.
/// NaN where k is 0 or larger than the number of rows.
double top_recall(std::span<const double> predicted, std::span<const double> measured, std::size_t k, bool larger_is_better);
/// Pearson correlation; NaN when one side is constant.
double pearson(std::span<const double> x, std::span<const double> y);
/// Ranks from 1, ties get their average.
std::vector<double> average_ranks(std::span<const double> x);
/// Pearson correlation of average ranks.
double spearman(std::span<const double> x, std::span<const double> y);
/// Kendall's tau-b (ties on either side corrected), O(n log n) by Knight 1966; NaN when one side is constant.
double kendall_tau(std::span<const double> x, std::span<const double> y);

/// Two-sided p-value of the Mann-Whitney U test (Mann and Whitney 1947): do x and y come from one distribution? Exact for up
/// to 20 values a side, by counting the ways to share the pooled midranks out; else the normal approximation with tie and
/// continuity correction.
double mann_whitney(std::span<const double> x, std::span<const double> y);
/// Vargha and Delaney's A (2000): the probability that a value of x is larger than one of y, ties counting half.
double probability_larger(std::span<const double> x, std::span<const double> y);

}  // namespace nas
