#include "core/rank_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace nas {

CommonRows common_rows(std::span<const SearchResult* const> profiles) {
  std::map<Arch, std::vector<double>> known;
  for (std::size_t p = 0; p < profiles.size(); ++p)
    for (const SearchRow& row : profiles[p]->rows) {
      const double value = row.measured[0].value;
      if (!std::isfinite(value)) continue;
      auto& values = known[row.arch];
      if (values.size() == p) values.push_back(value);
    }
  CommonRows common;
  common.values.resize(profiles.size());
  for (const SearchRow& row : profiles[0]->rows) {
    const auto found = known.find(row.arch);
    if (found == known.end() || found->second.size() < profiles.size()) continue;
    common.networks.push_back(row.arch);
    for (std::size_t p = 0; p < profiles.size(); ++p) common.values[p].push_back(found->second[p]);
    known.erase(found);
  }
  return common;
}

std::vector<std::string> told_apart(std::vector<std::string> devices, std::vector<std::string> profiles) {
  const bool distinct = std::set<std::string>(devices.begin(), devices.end()).size() == devices.size();
  return distinct ? devices : profiles;
}

namespace {

/// The leaves of average-linkage clustering (UPGMA, Sokal and Michener 1958) from left to right. Of equally near groups the
/// first ones join, the group with the earlier name on the left.
std::vector<std::size_t> clustered(const RankMatrix& matrix) {
  const std::size_t n = matrix.names.size();
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < n; ++i) groups.push_back({i});
  const auto nearness = [&](const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    double sum = 0;
    for (const std::size_t i : a)
      for (const std::size_t j : b) sum += std::isnan(matrix.at(i, j)) ? 0 : matrix.at(i, j);
    return sum / static_cast<double>(a.size() * b.size());
  };
  while (groups.size() > 1) {
    std::size_t first = 0, second = 1;
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (std::size_t j = i + 1; j < groups.size(); ++j)
        if (const double near = nearness(groups[i], groups[j]); near > best + 1e-12) {
          best = near;
          first = i;
          second = j;
        }
    groups[first].insert(groups[first].end(), groups[second].begin(), groups[second].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(second));
  }
  return groups.empty() ? std::vector<std::size_t>{} : groups[0];
}

class RankMatrixHandle : public Handle {
 public:
  explicit RankMatrixHandle(RankMatrix matrix) : matrix_(std::move(matrix)) {}
  std::string type_name() const override { return "RankMatrix"; }
  std::string print() const override { return matrix_.text(); }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "best_proxy") return Value(matrix_.names[matrix_.best_proxy()]);
    double sum = 0, least = 1;
    for (std::size_t i = 0; i < matrix_.names.size(); ++i) {
      sum += matrix_.average(i) / static_cast<double>(matrix_.names.size());
      least = std::fmin(least, matrix_.least(i));
    }
    if (name == "average") return Value(sum);
    if (name == "least") return Value(least);
    return std::nullopt;
  }
  std::vector<std::string> members() const override { return {"average", "least", "best_proxy"}; }

 private:
  RankMatrix matrix_;
};

}  // namespace

double RankMatrix::average(std::size_t i) const {
  double sum = 0;
  for (std::size_t j = 0; j < names.size(); ++j)
    if (j != i) sum += at(i, j);
  return sum / static_cast<double>(names.size() - 1);
}

double RankMatrix::least(std::size_t i) const {
  double least = 1;
  for (std::size_t j = 0; j < names.size(); ++j) least = std::fmin(least, at(i, j));
  return least;
}

std::size_t RankMatrix::best_proxy() const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < names.size(); ++i)
    if (!(average(i) <= average(best))) best = std::isnan(average(i)) ? best : i;
  return best;
}

std::string RankMatrix::text() const {
  std::size_t widest = 7;
  for (const std::string& name : names) widest = std::max(widest, name.size());
  std::string out = fmt::format("{} of {} networks\n{:<{}}", measure, networks, "", widest);
  for (std::size_t k = 0; k < order.size(); ++k) out += fmt::format("  {:>6}", fmt::format("({})", k + 1));
  out += "  average\n";
  for (std::size_t k = 0; k < order.size(); ++k) {
    out += fmt::format("{:<{}}", names[order[k]], widest);
    for (std::size_t l = 0; l < order.size(); ++l)
      out += k == l ? fmt::format("  {:>6}", fmt::format("({})", k + 1)) : fmt::format("  {:>6.3f}", at(order[k], order[l]));
    out += fmt::format("  {:>7.3f}\n", average(order[k]));
  }
  return out + advice(names[best_proxy()]);
}

std::string RankMatrix::advice(const std::string& shown) const {
  const std::size_t best = best_proxy();
  if (std::isnan(average(best))) return "no best proxy: values that are all equal have no order";
  return fmt::format("best proxy for the others: {}, {:.3f} on average, at least {:.3f}", shown, average(best), least(best));
}

std::pair<double, double> spearman_interval(double rho, std::size_t networks) {
  if (networks < 4) return {-1, 1};
  const double z = std::atanh(std::clamp(rho, -1 + 1e-15, 1 - 1e-15)),
               half = 1.959963984540054 * std::sqrt((1 + rho * rho / 2) / static_cast<double>(networks - 3));
  return {std::tanh(z - half), std::tanh(z + half)};
}

RankMatrix rank_matrix(std::string measure, std::vector<std::string> names, std::span<const std::vector<double>> columns,
                       double (*correlation)(std::span<const double>, std::span<const double>)) {
  RankMatrix matrix;
  matrix.measure = std::move(measure);
  matrix.names = std::move(names);
  matrix.networks = columns.empty() ? 0 : columns[0].size();
  const std::size_t n = matrix.names.size();
  matrix.values.assign(n * n, 1);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j)
      matrix.values[i * n + j] = matrix.values[j * n + i] = correlation(columns[i], columns[j]);
  matrix.order = clustered(matrix);
  return matrix;
}

std::shared_ptr<const Handle> rank_matrix_handle(RankMatrix matrix) {
  return std::make_shared<RankMatrixHandle>(std::move(matrix));
}

}  // namespace nas
