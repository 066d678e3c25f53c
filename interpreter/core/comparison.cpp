#include "core/comparison.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/pareto.h"
#include "core/statistics.h"

namespace nas {
namespace {

class ComparisonHandle : public Handle {
 public:
  ComparisonHandle(Comparison comparison, std::string first, std::string second)
      : comparison_(std::move(comparison)), first_(std::move(first)), second_(std::move(second)) {}
  std::string type_name() const override { return "Comparison"; }
  std::string print() const override {
    auto side = [](const std::string& name, const std::vector<double>& runs) {
      const auto [low, high] = std::minmax_element(runs.begin(), runs.end());
      return fmt::format("{}: {} run{}, median {:.2f} % of the hypervolume of all fronts ({:.2f} to {:.2f})\n", name, runs.size(), runs.size() == 1 ? "" : "s",
                         100 * median(runs), 100 * *low, 100 * *high);
    };
    return side(first_, comparison_.first) + side(second_, comparison_.second) +
           fmt::format("a run of {} is the better one with probability {:.2f}; p = {:.3g} (Mann-Whitney, two-sided)", first_, comparison_.effect, comparison_.p);
  }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "p") return Value(comparison_.p);
    if (name == "effect") return Value(comparison_.effect);
    if (name == "first") return Value(median(comparison_.first));
    if (name == "second") return Value(median(comparison_.second));
    return std::nullopt;
  }
  std::vector<std::string> members() const override { return {"p", "effect", "first", "second"}; }

 private:
  Comparison comparison_;
  std::string first_, second_;
};

}  // namespace

void HypervolumeCurve::add(std::span<const double> objectives, bool feasible) {
  const std::size_t m = reference_.size();
  bool grows = feasible;
  for (std::size_t i = 0; grows && i < front_.size(); i += m) {
    const std::span<const double> known(front_.data() + i, m);
    grows = !dominates(known, objectives) && !std::equal(known.begin(), known.end(), objectives.begin());
  }
  if (!grows) {
    values_.push_back(values_.empty() ? 0.0 : values_.back());
    return;
  }
  // Only the front bounds the volume: what the new point dominates goes.
  std::vector<double> front(objectives.begin(), objectives.end());
  for (std::size_t i = 0; i < front_.size(); i += m)
    if (const std::span<const double> known(front_.data() + i, m); !dominates(objectives, known))
      front.insert(front.end(), known.begin(), known.end());
  front_ = std::move(front);
  // An estimate, beyond four objectives, may fall by its error; the volume cannot.
  values_.push_back(std::max(values_.empty() ? 0.0 : values_.back(), estimated_hypervolume(front_, m, reference_).volume));
}

std::vector<double> objectives_of(const SearchResult& result, const SearchRow& row) {
  std::vector<double> values, objectives;
  for (const Measurement& measured : row.measured) values.push_back(measured.value);
  for (const Objective& objective : result.objectives) {
    double value = 0;
    objective.expression.evaluate(values, values.size(), {&value, 1});
    objectives.push_back(objective.maximise ? -value : value);
  }
  return objectives;
}

std::vector<double> common_reference(std::span<const SearchResult* const> results) {
  std::vector<double> reference = results[0]->reference_point;
  for (const SearchResult* result : results)
    for (std::size_t j = 0; j < reference.size(); ++j) reference[j] = std::max(reference[j], result->reference_point[j]);
  return reference;
}

std::vector<double> hypervolume_curve(const SearchResult& result, std::vector<double> reference) {
  HypervolumeCurve curve(std::move(reference));
  for (const SearchRow& row : result.rows) curve.add(objectives_of(result, row), row.feasible);
  return curve.values();
}

Comparison compare(std::span<const SearchResult* const> first, std::span<const SearchResult* const> second) {
  std::vector<const SearchResult*> all(first.begin(), first.end());
  all.insert(all.end(), second.begin(), second.end());
  const std::vector<double> reference = common_reference(all);
  HypervolumeCurve together(reference);
  auto volumes = [&](std::span<const SearchResult* const> results) {
    std::vector<double> finals;
    for (const SearchResult* result : results) {
      HypervolumeCurve own(reference);
      for (const std::size_t i : result->front) {
        const auto objectives = objectives_of(*result, result->rows[i]);
        own.add(objectives, true);
        together.add(objectives, true);
      }
      finals.push_back(own.values().empty() ? 0 : own.values().back());
    }
    return finals;
  };
  Comparison out{volumes(first), volumes(second)};
  const double whole = together.values().empty() ? 0 : together.values().back();
  for (auto* finals : {&out.first, &out.second})
    for (double& v : *finals) v = whole > 0 ? v / whole : 0;
  out.p = mann_whitney(out.first, out.second);
  out.effect = probability_larger(out.first, out.second);
  return out;
}

std::shared_ptr<const Handle> comparison_handle(Comparison comparison, std::string first, std::string second) {
  return std::make_shared<ComparisonHandle>(std::move(comparison), std::move(first), std::move(second));
}

}  // namespace nas
