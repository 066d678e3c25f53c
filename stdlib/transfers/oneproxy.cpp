#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "backends/eigen/one_proxy.h"
#include "core/component.h"
#include "core/statistics.h"
#include "stdlib/transfers/transfers.h"

namespace nas {
namespace {

enum class ProxyWeights { min_norm, nonnegative };
enum class ProxySelection { error, rank };

}  // namespace

template <>
struct Labels<ProxyForm> {
  static constexpr std::string_view names[] = {"multiplicative", "additive"};
};
template <>
struct Labels<ProxyWeights> {
  static constexpr std::string_view names[] = {"min_norm", "nonnegative"};
};
template <>
struct Labels<ProxySelection> {
  static constexpr std::string_view names[] = {"error", "rank"};
};

namespace {

constexpr std::size_t kRowsOfSpace = 2048;  // random networks that tell which weights a linear model of the space leaves open

struct OneProxyArgs {
  ProxyForm form = ProxyForm::additive;
  ProxyWeights weights = ProxyWeights::min_norm;
  ProxySelection select = ProxySelection::error;
  double validation = 0.33;
};

/// AdaProxy (Lu et al. 2021, algorithm 1, equation 3), every penalty by one eigendecomposition.
class OneProxy : public Transfer {
 public:
  explicit OneProxy(const OneProxyArgs& args) : args_(args) {}
  std::size_t rows_needed() const override { return 10; }

  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    const Learnt& proxy = *task.proxy;
    const DeviceRows& probe = task.probe;
    const auto form = proxy.predictor->linear_form();
    if (!form)
      return Failure{"",
                     fmt::format("oneproxy adapts predictors that are sums over the features, and {} is none",
                                 proxy.summary.substr(0, proxy.summary.find(':'))),
                     "take predictor linear() or ridge(), or another transfer"};
    const Space& space = *proxy.space;
    const std::size_t n = probe.values.size(), d = space.feature_count();
    std::vector<double> w = form->weights;
    w.push_back(form->intercept);
    // Without a scale of its own the rank cutoff would depend on the unit.
    const double unit = std::max(1e-300, std::accumulate(probe.values.begin(), probe.values.end(), 0.0, [](double sum, double v) {
                                           return sum + std::fabs(v);
                                         }) / static_cast<double>(n));
    for (double& v : w) v /= unit;
    auto known = rows_of(space, stream.split("space"));
    if (!known) return known.failure();
    w = args_.weights == ProxyWeights::min_norm ? least_norm_weights(*known, w) : nonnegative(space, *known, w);
    const std::vector<float> x = features_of(space, probe.networks);
    std::vector<double> y(probe.values.begin(), probe.values.end());
    for (double& v : y) v /= unit;
    // The last rows choose the penalty: the probe was drawn at random.
    const std::size_t held =
                          std::clamp<std::size_t>(static_cast<std::size_t>(args_.validation * static_cast<double>(n)), 3, n - 4),
                      learnt = n - held;
    const std::span<const float> known_x = std::span<const float>(x).first(learnt * d),
                                 held_x = std::span<const float>(x).subspan(learnt * d);
    const std::span<const double> known_y = std::span<const double>(y).first(learnt),
                                  last = std::span<const double>(y).subspan(learnt);
    const auto on_held = [&](const LinearForm& model) {
      std::vector<double> out(held);
      predict_linear(model, held_x, held, out);
      return out;
    };
    const ProxyPath path(known_x, w, known_y, args_.form);
    const auto at_penalty = [&](double r) {
      std::vector<double> weights = path.weights(r);
      const double intercept = weights.back();
      weights.pop_back();
      return LinearForm{intercept, std::move(weights)};
    };
    LinearForm chosen = at_penalty(std::numeric_limits<double>::infinity());
    double best = std::numeric_limits<double>::infinity();
    for (const double r : proxy_penalties()) {
      LinearForm model = at_penalty(r);
      const std::vector<double> predicted = on_held(model);
      const double score = args_.select == ProxySelection::error ? rmse(predicted, last) : -spearman(predicted, last);
      if (score >= best || std::isnan(score)) continue;
      best = score;
      chosen = std::move(model);
    }
    chosen.intercept *= unit;
    for (double& weight : chosen.weights) weight *= unit;
    return std::shared_ptr<const Predictor>(std::make_shared<AdaptedForm>(
        std::move(chosen), fmt::format("oneproxy, {} rows, its penalty chosen by the {} on {} more", learnt,
                                       args_.select == ProxySelection::error ? "error" : "order", held)));
  }

 private:
  static Result<std::vector<float>> rows_of(const Space& space, Stream stream) {
    std::vector<std::uint8_t> genomes(kRowsOfSpace * space.gene_count());
    if (auto drawn = space.sample_evenly(stream, kRowsOfSpace, genomes); !drawn) return drawn.failure();
    std::vector<float> x(kRowsOfSpace * space.feature_count());
    space.features(genomes, kRowsOfSpace, x);
    return x;
  }
  /// The cheapest option of every gene that all networks have costs nothing; the constant takes what they gave.
  static std::vector<double> nonnegative(const Space& space, std::span<const float> known, std::vector<double> w) {
    const std::size_t d = space.feature_count();
    std::size_t first = 0;
    for (const Gene& gene : space.genes()) {
      const std::size_t options = gene.options.size();
      bool always = true;
      for (std::size_t i = 0; i < known.size() && always; i += d) {
        float sum = 0;
        for (std::size_t j = 0; j < options; ++j) sum += known[i + first + j];
        always = sum == 1;
      }
      if (always) {
        const auto begin = w.begin() + static_cast<std::ptrdiff_t>(first);
        const double least = *std::min_element(begin, begin + static_cast<std::ptrdiff_t>(options));
        for (std::size_t j = 0; j < options; ++j) w[first + j] -= least;
        w.back() += least;
      }
      first += options;
    }
    return w;
  }

  OneProxyArgs args_;
};

}  // namespace

Component oneproxy_transfer() {
  return Declare<OneProxyArgs>(ComponentKind::transfer, "oneproxy",
                               "AdaProxy: a proxy's linear predictor, adapted to another device by a few measurements there.")
      .arg("form", &OneProxyArgs::form, "additive: a X w + X d + c; multiplicative: X ((a + b) o w) + c, as published")
      .arg("weights", &OneProxyArgs::weights,
           "which of the proxy's weights that give the same values: those of least norm, or with the cheapest option of "
           "every gene at 0")
      .arg("select", &OneProxyArgs::select, "what the penalty is chosen by on the rows that are held out")
      .arg("validation", &OneProxyArgs::validation, "share of the probe that is held out for that", between(0.1, 0.6))
      .details(
          "The penalised correction has the path of a ridge regression, so that one eigendecomposition gives all 35 "
          "penalties between none and infinite; lambda and the rank are relative to the data, whatever the unit. The "
          "multiplicative form cannot repair options that cost the proxy nothing.")
      .paper("Lu, Yang, Jiang and Shi, One Proxy Device Is Enough, SIGMETRICS 2022, algorithm 1 and equation 3")
      .example("transfer fit = oneproxy(form = multiplicative) of known from probe on phone")
      .builds([](const OneProxyArgs& a, Services&) { return as_transfer(std::make_shared<OneProxy>(a)); });
}

}  // namespace nas
