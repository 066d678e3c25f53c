#include "core/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/pareto.h"
#include "core/statistics.h"

namespace nas {
namespace {

class ComparisonHandle : public Handle {
 public:
  ComparisonHandle(Comparison comparison, std::string first, std::string second)
      : comparison_(std::move(comparison)), first_(std::move(first)), second_(std::move(second)) {}
  std::string type_name() const override { return "Comparison"; }
  std::string print() const override { return comparison_.text(first_, second_); }
  std::optional<Value> member(const std::string& name) const override {
    if (name == "p") return Value(comparison_.p);
    if (name == "effect") return Value(comparison_.effect);
    if (name == "first") return Value(median(comparison_.first));
    if (name == "second") return Value(median(comparison_.second));
    if (name == "first_needs") return Value(comparison_.first_needs);
    if (name == "second_needs") return Value(comparison_.second_needs);
    return std::nullopt;
  }
  std::vector<std::string> members() const override { return {"p", "effect", "first", "second", "first_needs", "second_needs"}; }

 private:
  Comparison comparison_;
  std::string first_, second_;
};

}  // namespace

double Comparison::least_p() const {
  // Of all ways to share the values out, two are the most extreme.
  double ways = 1;
  for (std::size_t i = 1; i <= first.size(); ++i) ways *= static_cast<double>(second.size() + i) / static_cast<double>(i);
  return std::min(1.0, 2 / ways);
}

std::string Comparison::text(const std::string& first_name, const std::string& second_name) const {
  auto side = [](const std::string& name, const std::vector<double>& runs, double evaluations) {
    const auto [low, high] = std::minmax_element(runs.begin(), runs.end());
    return fmt::format("{}: {} run{}, median {:.2f} % of the hypervolume of all fronts ({:.2f} to {:.2f}), {:.0f} evaluations\n",
                       name, runs.size(), runs.size() == 1 ? "" : "s", 100 * median(runs), 100 * *low, 100 * *high, evaluations);
  };
  auto needs = [](double evaluations) {
    return std::isfinite(evaluations) ? fmt::format("{:.0f} evaluations", evaluations) : std::string("more than it has");
  };
  std::string words = side(first_name, first, first_evaluations) + side(second_name, second, second_evaluations) +
                      fmt::format("{:.2f} % take {} {}, and {} {}\n", 100 * target, first_name, needs(first_needs), second_name,
                                  needs(second_needs)) +
                      fmt::format("a run of {} is the better one with probability {:.2f}; p = {:.3g} (Mann-Whitney, two-sided)",
                                  first_name, effect, p);
  if (least_p() > 0.05) words += fmt::format("; so few runs give no p below {:.2g}", least_p());
  return words;
}

HypervolumeCurve::HypervolumeCurve(std::vector<double> reference) : reference_(std::move(reference)) {
  if (reference_.size() == 2) staircase_ = Staircase(reference_[0], reference_[1]);
  if (reference_.size() > 4) sampled_.emplace(reference_);
}

bool HypervolumeCurve::enters_front(std::span<const double> objectives) {
  const std::size_t m = reference_.size();
  for (std::size_t i = 0; i < front_.size(); i += m)
    if (reaches(front_.data() + i, objectives.data(), m)) return false;
  // Only the front bounds the volume: what the new point dominates goes.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < front_.size(); i += m) {
    if (reaches(objectives.data(), front_.data() + i, m)) continue;
    for (std::size_t j = 0; j < m; ++j) front_[kept + j] = front_[i + j];
    kept += m;
  }
  front_.resize(kept);
  front_.insert(front_.end(), objectives.begin(), objectives.end());
  return true;
}

void HypervolumeCurve::add(std::span<const double> objectives, bool feasible, bool wanted) {
  const bool of_two = reference_.size() == 2;
  if (feasible && (of_two ? staircase_.add(objectives[0], objectives[1]) : enters_front(objectives))) {
    grown_ = true;
    if (sampled_) sampled_->add(objectives);
  }
  values_.push_back(wanted ? volume() : volume_);
}

double HypervolumeCurve::volume() {
  if (!grown_) return volume_;
  grown_ = false;
  // An estimate may fall by its error; the volume cannot.
  volume_ = reference_.size() == 2 ? staircase_.area()
            : sampled_             ? std::max(volume_, sampled_->estimate(front_).volume)
                                   : hypervolume(front_, reference_.size(), reference_);
  return volume_;
}

std::vector<double> objectives_of(const SearchResult& result, std::size_t first) {
  std::vector<double> values, objectives;
  objectives.reserve((result.rows.size() - first) * result.objectives.size());
  for (const SearchRow& row : std::span(result.rows).subspan(first)) {
    values.clear();
    for (const Measurement& measured : row.measured) values.push_back(measured.value);
    for (const Objective& objective : result.objectives) {
      double value = 0;
      objective.expression.evaluate(values, values.size(), {&value, 1});
      objectives.push_back(objective.maximise ? -value : value);
    }
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
  const std::size_t n = result.rows.size();
  const std::size_t every = reference.size() == 2 || n <= 1000 ? 1 : n / (reference.size() == 3 ? 250 : 40);
  const std::vector<double> objectives = objectives_of(result);
  const std::size_t m = result.objectives.size();
  HypervolumeCurve curve(std::move(reference));
  for (std::size_t i = 0; i < n; ++i)
    curve.add(std::span(objectives).subspan(i * m, m), result.rows[i].feasible, (i + 1) % every == 0 || i + 1 == n);
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
      const std::vector<double> objectives = objectives_of(*result);
      const std::size_t m = result->objectives.size();
      for (const std::size_t i : result->front) {
        const auto point = std::span(objectives).subspan(i * m, m);
        own.add(point, true, false);
        together.add(point, true, false);
      }
      finals.push_back(own.volume());
    }
    return finals;
  };
  auto evaluations = [](std::span<const SearchResult* const> results) {
    std::vector<double> counts;
    for (const SearchResult* result : results) counts.push_back(static_cast<double>(result->evaluations));
    return median(counts);
  };
  Comparison out;
  out.first = volumes(first);
  out.second = volumes(second);
  out.first_evaluations = evaluations(first);
  out.second_evaluations = evaluations(second);
  const double whole = together.volume();
  const double target = std::min(median(out.first), median(out.second));
  auto needs = [&](std::span<const SearchResult* const> results) {
    std::vector<double> counts;
    for (const SearchResult* result : results) {
      const std::vector<double> curve = hypervolume_curve(*result, reference);
      // The same front summed in another order differs by rounding.
      const auto reached = std::lower_bound(curve.begin(), curve.end(), target * (1 - 1e-12)) - curve.begin();
      counts.push_back(reached < std::ssize(curve) ? static_cast<double>(result->rows[static_cast<std::size_t>(reached)].order)
                                                   : std::numeric_limits<double>::infinity());
    }
    return median(counts);
  };
  out.first_needs = needs(first);
  out.second_needs = needs(second);
  out.target = whole > 0 ? target / whole : 0;
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
