#include "core/metric.h"

#include <array>
#include <cmath>

#include "core/check.h"

namespace nas {
namespace {

const std::array<MetricKind, 8>& kinds() {
  static const std::array<MetricKind, 8> kMetrics{{
      {"accuracy", "share", true, false, false, "%", 0.01},
      {"loss", "", false, false, false, "", 1},
      {"latency", "time", false, false, true, "ms", 1e-3},
      {"energy", "energy", false, false, true, "mJ", 1e-3},
      {"throughput", "frequency", true, false, true, "1/s", 1},
      {"memory", "memory", false, true, false, "MB", 1e6},
      {"params", "count", false, true, false, "M", 1e6},
      {"macs", "count", false, true, false, "M", 1e6},
  }};
  return kMetrics;
}

/// What a device allocates is not what follows from the network.
const MetricKind& measured_memory() {
  static const MetricKind kMeasured{"memory", "memory", false, false, true, "MB", 1e6};
  return kMeasured;
}

constexpr int kDeepest = 32;

}  // namespace

std::span<const MetricKind> all_metrics() {
  return kinds();
}

const MetricKind* find_metric(std::string_view name) {
  for (const MetricKind& kind : kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

const MetricKind* find_metric(const MetricId& id) {
  if (id.own) return id.own.get();
  return id.name == measured_memory().name && !id.device.empty() ? &measured_memory() : find_metric(id.name);
}

bool may_stand_on_device(const MetricKind& kind) {
  return kind.needs_device || kind.name == measured_memory().name;
}

void MetricExpr::evaluate(std::span<const double> metrics, std::size_t m, std::span<double> out) const {
  if (steps.size() == 1 && steps[0].op == Op::metric) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = metrics[i * m + static_cast<std::size_t>(steps[0].metric)];
    return;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::array<double, kDeepest> stack{};
    int top = 0;
    for (const Step& step : steps) {
      NAS_CHECK(top < kDeepest);
      if (step.op == Op::metric) {
        stack[static_cast<std::size_t>(top++)] = metrics[i * m + static_cast<std::size_t>(step.metric)];
      } else if (step.op == Op::constant) {
        stack[static_cast<std::size_t>(top++)] = step.constant;
      } else if (step.op == Op::negate) {
        stack[static_cast<std::size_t>(top - 1)] = -stack[static_cast<std::size_t>(top - 1)];
      } else {
        const double b = stack[static_cast<std::size_t>(--top)];
        double& a = stack[static_cast<std::size_t>(top - 1)];
        switch (step.op) {
          case Op::add:
            a += b;
            break;
          case Op::subtract:
            a -= b;
            break;
          case Op::multiply:
            a *= b;
            break;
          case Op::divide:
            a /= b;
            break;
          case Op::power:
            a = std::pow(a, b);
            break;
          case Op::minimum:
            a = std::fmin(a, b);
            break;
          default:
            a = std::fmax(a, b);
            break;
        }
      }
    }
    out[i] = stack[0];
  }
}

Result<void> BatchSource::measure(const Space& space, std::span<const Arch> archs, const MeasureContext&,
                                  const std::function<void(std::size_t, const Measurement&)>& done) const {
  // The space outlives this call; nobody owns it here.
  const auto values = batch(std::shared_ptr<const Space>(std::shared_ptr<const Space>(), &space));
  if (!values) return values.failure();
  std::vector<std::uint8_t> genomes;
  genomes.reserve(archs.size() * space.gene_count());
  for (const Arch& arch : archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
  std::vector<double> out(archs.size());
  (*values)->values(genomes, archs.size(), out);
  for (std::size_t i = 0; i < archs.size(); ++i) {
    Measurement m;
    m.value = out[i];
    done(i, m);
  }
  return {};
}

}  // namespace nas
