#include "run/conditions_probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/space_program.h"
#include "core/units.h"

namespace nas {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kFirstLook = 200, kSamples = 2000, kEnumerated = 20000, kClimbs = 8, kSteps = 200;

/// Values of expressions over metrics that need no measurement.
class Values {
 public:
  explicit Values(const SearchTask& task) : task_(task) {}

  bool known(const MetricExpr& expression) const {
    return std::all_of(expression.steps.begin(), expression.steps.end(), [&](const MetricExpr::Step& step) {
      if (step.op != MetricExpr::Op::metric) return true;
      const SearchMetric& metric = task_.metrics[static_cast<std::size_t>(step.metric)];
      return metric.batch || (metric.source && metric.source->cost() != MetricSource::Cost::measured);
    });
  }

  /// n networks x metrics; NaN where a value is not there or was not asked for.
  std::vector<double> metrics(std::span<const std::uint8_t> genomes, std::size_t n,
                              std::span<const Constraint* const> constraints) const {
    const std::size_t m = task_.metrics.size(), length = task_.space->gene_count();
    std::vector<double> all(n * m, std::numeric_limits<double>::quiet_NaN()), column(n);
    std::vector<bool> wanted(m, false);
    for (const Constraint* c : constraints)
      for (const auto& step : c->expression.steps)
        if (step.op == MetricExpr::Op::metric) wanted[static_cast<std::size_t>(step.metric)] = true;
    for (std::size_t j = 0; j < m; ++j) {
      if (!wanted[j]) continue;
      const SearchMetric& metric = task_.metrics[j];
      if (metric.batch) {
        metric.batch->values(genomes, n, column);
        for (std::size_t i = 0; i < n; ++i) all[i * m + j] = column[i];
        continue;
      }
      for (std::size_t i = 0; i < n; ++i) {
        // One at a time: a network without a row is passed over, not the end.
        const Arch arch{{genomes.begin() + static_cast<std::ptrdiff_t>(i * length),
                         genomes.begin() + static_cast<std::ptrdiff_t>((i + 1) * length)}};
        (void)metric.source->measure(*task_.space, {&arch, 1}, {},
                                     [&](std::size_t, const Measurement& value) { all[i * m + j] = value.value; });
      }
    }
    return all;
  }

 private:
  const SearchTask& task_;
};

/// How far a value is outside of a condition, 0 inside; NaN counts as far outside.
double distance(const Constraint& c, double value) {
  if (std::isnan(value)) return kInfinity;
  return std::max({0.0, c.lower - value, value - c.upper});
}

double value_of(const Constraint& c, std::span<const double> metrics) {
  double value = 0;
  c.expression.evaluate(metrics, metrics.size(), {&value, 1});
  return value;
}

struct Seen {
  double low = kInfinity, high = -kInfinity;
  bool met = false;

  void add(const Constraint& c, double value) {
    if (std::isnan(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
    met = met || distance(c, value) == 0;
  }
};

Failure impossible(const Constraint& c, const std::string& name, const Seen& seen, bool exact) {
  const Dimension dimension = c.expression.dimension.empty() ? Dimension{} : dimension_named(c.expression.dimension);
  const std::string low = format_quantity(seen.low, dimension), high = format_quantity(seen.high, dimension);
  const std::string what = c.expression.text.empty() ? "it" : c.expression.text;
  if (exact)
    return {"E827", fmt::format("no network of {} meets {}", name, c.label),
            fmt::format("{} reaches from {} to {}", what, low, high)};
  return {"E827", fmt::format("no network of {} was found that meets {}", name, c.label),
          fmt::format("{} was found from {} to {}, sampled and then driven towards the condition", what, low, high)};
}

/// Exact range of MACs or parameters of a space that requires nothing of its networks; nothing for other spaces and expressions.
std::optional<Seen> exact_range(const SearchTask& task, const Constraint& c) {
  const Space& space = *task.space;
  if (!space.pool().empty() || space.has_requirements() || c.expression.steps.size() != 1 ||
      c.expression.steps[0].op != MetricExpr::Op::metric)
    return std::nullopt;
  const SearchMetric& metric = task.metrics[static_cast<std::size_t>(c.expression.steps[0].metric)];
  const bool params = metric.id.name == "params";
  if (!metric.kind.exact || (!params && metric.id.name != "macs")) return std::nullopt;
  const CostWeights macs_of{1, 0}, params_of{0, 1}, macs_off{-1, 0}, params_off{0, -1};
  auto least = space.program().least(params ? params_of : macs_of, params ? macs_of : params_of);
  auto most = space.program().least(params ? params_off : macs_off, params ? macs_off : params_off);
  if (!least || !most) return std::nullopt;
  auto value = [&](const Arch& arch) { return static_cast<double>(params ? space.params(arch.genes) : space.macs(arch.genes)); };
  Seen seen{value(*least), value(*most), false};
  seen.met = seen.high >= c.lower && seen.low <= c.upper;
  return seen;
}

/// `sign * metric <= bound`, of MACs or of parameters.
struct Side {
  const Constraint* constraint;
  bool params;
  double sign, bound;
};

std::vector<Side> sides_of(const SearchTask& task) {
  std::vector<Side> sides;
  for (const Constraint& c : task.constraints) {
    if (c.expression.steps.size() != 1 || c.expression.steps[0].op != MetricExpr::Op::metric) continue;
    const SearchMetric& metric = task.metrics[static_cast<std::size_t>(c.expression.steps[0].metric)];
    const bool params = metric.id.name == "params";
    if (!metric.batch || (metric.source && metric.source->cost() != MetricSource::Cost::computed) ||
        (!params && metric.id.name != "macs"))
      continue;
    if (std::isfinite(c.upper)) sides.push_back({&c, params, 1, c.upper});
    if (std::isfinite(c.lower)) sides.push_back({&c, params, -1, -c.lower});
  }
  return sides;
}

/// A proof that no network meets both sides, by Lagrange's dual: for weights u, v >= 0 the least u macs + v params of the space,
/// which is exact, lies above what the bounds allow. As `u` grows against `v` the gap is concave, so the best weights are found
/// by halving. What meets both only between the corners of the convex hull is not proven. Returns how far the parameters'
/// side can be driven where the other holds: `sign * params >= limit`.
std::optional<double> contradiction(const Space& space, const Side& macs, const Side& params) {
  const double macs_scale = std::max(1.0, std::fabs(macs.bound)), params_scale = std::max(1.0, std::fabs(params.bound));
  const Arch largest = space.largest();
  const double reach = std::max({1.0, static_cast<double>(space.macs(largest.genes)) / macs_scale,
                                 static_cast<double>(space.params(largest.genes)) / params_scale});
  double low = 0, high = 1;
  for (int halving = 0; halving < 40; ++halving) {
    const double share = (low + high) / 2, unit = 1e17 / reach;
    const std::int64_t u = std::llround(share * unit / macs_scale), v = std::llround((1 - share) * unit / params_scale);
    if (u == 0 || v == 0) return std::nullopt;
    const auto found =
        space.program().least({static_cast<std::int64_t>(macs.sign) * u, static_cast<std::int64_t>(params.sign) * v});
    if (!found) return std::nullopt;
    const double a = macs.sign * static_cast<double>(space.macs(found->genes)),
                 b = params.sign * static_cast<double>(space.params(found->genes));
    // u (a - bound) + v (b - bound) > 0 for the least, hence for every network.
    const double first = (a - macs.bound) / macs_scale, second = (b - params.bound) / params_scale;
    const double weight = static_cast<double>(u) * macs_scale / (static_cast<double>(v) * params_scale);
    if (weight * first + second > 1e-9 * (1 + weight))
      return b + static_cast<double>(u) / static_cast<double>(v) * (a - macs.bound);
    if (first <= 0 && second <= 0) return std::nullopt;
    (first > second ? low : high) = share;
  }
  return std::nullopt;
}

class Probe {
 public:
  Probe(const SearchTask& task, const std::string& name)
      : task_(task), name_(name), values_(task), stream_(task.stream.split("probe")) {
    for (const Constraint& c : task.constraints)
      if (values_.known(c.expression)) judged_.push_back(&c);
  }

  Result<void> run() {
    if (judged_.empty()) return {};
    for (const Constraint* c : judged_)
      if (const auto range = exact_range(task_, *c); range && !range->met) return impossible(*c, name_, *range, true);
    if (look(kFirstLook)) return {};
    if (task_.space->networks() <= kEnumerated) return enumerate();
    if (auto together = meets_together(); !together) return together;
    if (look(kSamples)) return {};
    for (const Constraint* c : judged_) {
      Seen seen;
      if (reached(*c, seen)) continue;
      if (seen.low > seen.high) return {};  // nothing has a value: not for this probe to say
      return impossible(*c, name_, seen, false);
    }
    return {};
  }

 private:
  /// Whether one of n further random networks meets every condition. Keeps what it drew.
  bool look(std::size_t n) {
    const std::size_t length = task_.space->gene_count();
    std::vector<std::uint8_t> drawn(n * length);
    if (!task_.space->sample(stream_, n, drawn)) return true;  // the search will say why
    samples_.insert(samples_.end(), drawn.begin(), drawn.end());
    const auto metrics = values_.metrics(drawn, n, judged_);
    const std::size_t m = task_.metrics.size();
    for (std::size_t i = 0; i < n; ++i)
      if (std::all_of(judged_.begin(), judged_.end(),
                      [&](const Constraint* c) { return distance(*c, value_of(*c, std::span(metrics).subspan(i * m, m))) == 0; }))
        return true;
    return false;
  }

  /// Conditions on MACs against those on parameters.
  Result<void> meets_together() const {
    const auto sides = sides_of(task_);
    for (const Side& macs : sides)
      for (const Side& params : sides) {
        if (macs.params || !params.params) continue;
        const auto limit = contradiction(*task_.space, macs, params);
        if (!limit) continue;
        return Failure{"E827",
                       fmt::format("no network of {} meets {} and {}", name_, macs.constraint->label, params.constraint->label),
                       fmt::format("where {} params stays {} {}", macs.constraint->label, params.sign > 0 ? "above" : "below",
                                   format_quantity(params.sign > 0 ? std::floor(*limit) : std::ceil(-*limit), {}))};
      }
    return {};
  }

  Result<void> enumerate() {
    std::vector<Seen> seen(judged_.size());
    std::vector<std::uint8_t> genome(task_.space->gene_count()), all;
    for (bool more = task_.space->first_network(genome); more; more = task_.space->next_network(genome))
      all.insert(all.end(), genome.begin(), genome.end());
    const std::size_t n = genome.empty() ? 0 : all.size() / genome.size(), m = task_.metrics.size();
    const auto metrics = values_.metrics(all, n, judged_);
    for (std::size_t i = 0; i < n; ++i) {
      bool together = true;
      for (std::size_t k = 0; k < judged_.size(); ++k) {
        const double value = value_of(*judged_[k], std::span(metrics).subspan(i * m, m));
        seen[k].add(*judged_[k], value);
        together = together && distance(*judged_[k], value) == 0;
      }
      if (together) return {};
    }
    std::string labels;
    for (std::size_t k = 0; k < judged_.size(); ++k) {
      if (seen[k].low > seen[k].high) return {};
      if (!seen[k].met) return impossible(*judged_[k], name_, seen[k], true);
      labels += (labels.empty() ? "" : " and ") + judged_[k]->label;
    }
    return Failure{"E827", fmt::format("no network of {} meets {}", name_, labels), "each of them can be met, not all at once"};
  }

  /// Drives one condition alone: the best samples climb to the best of their neighbours.
  bool reached(const Constraint& c, Seen& seen) {
    const Constraint* one[] = {&c};
    const std::size_t length = task_.space->gene_count(), n = samples_.size() / length, m = task_.metrics.size();
    auto judged = [&](std::span<const std::uint8_t> genomes, std::size_t count, std::vector<double>& distances) {
      const auto metrics = values_.metrics(genomes, count, one);
      distances.resize(count);
      for (std::size_t i = 0; i < count; ++i) {
        const double value = value_of(c, std::span(metrics).subspan(i * m, m));
        seen.add(c, value);
        distances[i] = distance(c, value);
      }
    };
    std::vector<double> distances;
    judged(samples_, n, distances);
    std::vector<std::size_t> order(n);
    for (std::size_t i = 0; i < n; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return distances[a] < distances[b]; });
    for (std::size_t k = 0; k < std::min(kClimbs, n) && !seen.met; ++k) {
      const auto begin = samples_.begin() + static_cast<std::ptrdiff_t>(order[k] * length);
      Arch at{{begin, begin + static_cast<std::ptrdiff_t>(length)}};
      double here = distances[order[k]];
      for (std::size_t step = 0; step < kSteps && !seen.met; ++step) {
        const auto around = task_.space->neighbours(at);
        std::vector<std::uint8_t> genomes;
        for (const Arch& arch : around) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
        std::vector<double> next;
        judged(genomes, around.size(), next);
        const auto best = std::min_element(next.begin(), next.end());
        if (best == next.end() || *best >= here) break;
        here = *best;
        at = around[static_cast<std::size_t>(best - next.begin())];
      }
    }
    return seen.met;
  }

  const SearchTask& task_;
  const std::string& name_;
  Values values_;
  Stream stream_;
  std::vector<const Constraint*> judged_;
  std::vector<std::uint8_t> samples_;
};

}  // namespace

Result<void> probe_conditions(const SearchTask& task, const std::string& name) {
  return Probe(task, name).run();
}

}  // namespace nas
