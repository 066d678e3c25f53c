#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/search.h"
#include "core/value.h"

namespace nas {

/// What several profiles hold of the networks that all of them know, in the order of the first one's rows. Networks with a value
/// that is not a number anywhere are left out: they did not run on one of the devices.
struct CommonRows {
  std::vector<Arch> networks;
  std::vector<std::vector<double>> values;  ///< one list per profile, SI units
};
/// Each result has one metric.
CommonRows common_rows(std::span<const SearchResult* const> profiles);

/// What profiles are called beside one another: by their devices where these tell them apart, else by their own names.
std::vector<std::string> told_apart(std::vector<std::string> devices, std::vector<std::string> profiles);

/// How alike devices order networks: the rank correlation of every pair of them.
struct RankMatrix {
  std::string measure;             ///< "spearman" or "kendall"
  std::vector<std::string> names;  ///< of the devices
  std::vector<double> values;      ///< names x names, symmetric; NaN where a device gives every network the same value
  std::vector<std::size_t> order;  ///< alike devices beside one another: average linkage on 1 - correlation
  std::size_t networks = 0;

  double at(std::size_t i, std::size_t j) const { return values[i * names.size() + j]; }
  /// Mean over the other devices.
  double average(std::size_t i) const;
  double least(std::size_t i) const;
  /// The device that agrees best with the others, on average.
  std::size_t best_proxy() const;
  /// The best proxy in words, by the name that is shown; why there is none where values are all equal.
  std::string advice(const std::string& shown) const;
  /// As a table in `order`, with the best proxy in words.
  std::string text() const;
};

/// Spearman's 95 % interval of a pair: Bonett and Wright, Psychometrika 65 (2000), by Fisher's z with variance
/// (1 + rho^2 / 2) / (n - 3). The whole range for fewer than four networks.
std::pair<double, double> spearman_interval(double rho, std::size_t networks);

/// `columns` hold the same networks' values, one list per name.
RankMatrix rank_matrix(std::string measure, std::vector<std::string> names, std::span<const std::vector<double>> columns,
                       double (*correlation)(std::span<const double>, std::span<const double>));

/// The same as a value: `average` and `least` over all pairs, `best_proxy`.
std::shared_ptr<const Handle> rank_matrix_handle(RankMatrix matrix);

}  // namespace nas
