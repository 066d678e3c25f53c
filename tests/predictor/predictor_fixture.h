#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/network_predictor.h"
#include "core/predictor.h"
#include "core/services.h"
#include "stdlib/register.h"

namespace nas::testing {

struct NoServices : Services {
  Result<std::string> read_file(const std::string&) override { return Failure{}; }
  Result<std::string> input_path(const std::string&) override { return Failure{}; }
  Result<NetworkRunner*> runner() override { return Failure{}; }
  int threads() const override { return 1; }
};

inline const Registry& predictors() {
  static const Registry* registry = [] {
    auto* all = new Registry;
    add_predictors(*all);
    return all;
  }();
  return *registry;
}

/// A predictor of the standard library with these arguments, the defaults for all others.
inline std::shared_ptr<Predictor> make_predictor(const std::string& name,
                                                 const nlohmann::json& arguments = nlohmann::json::object()) {
  static NoServices services;
  const Component* component = predictors().find(ComponentKind::predictor, name);
  if (!component) return nullptr;
  for (const auto& [key, value] : arguments.items()) EXPECT_TRUE(component->find_arg(key)) << name << " has no " << key;
  auto built = component->build(arguments, services);
  return built ? std::static_pointer_cast<Predictor>(*built) : nullptr;
}

/// Whether a predictor looks at the networks themselves, and not at columns of features.
inline bool of_networks(const std::string& name) {
  return dynamic_cast<NetworkPredictor*>(make_predictor(name).get()) != nullptr;
}

/// Rows of zeros and ones, or of real numbers, with targets of a known make.
struct Rows {
  std::vector<float> x;
  std::vector<double> y;
  std::size_t d = 0;
  std::size_t size() const { return y.size(); }
  const float* row(std::size_t i) const { return x.data() + i * d; }
};

/// Linear in d columns, with one product of two of them; noise is normal.
inline Rows random_rows(std::size_t n, std::size_t d, double noise, bool binary = true, std::uint64_t seed = 5) {
  Stream weights_of(11, "weights"), stream(seed, "rows");
  Rows rows{{}, {}, d};
  std::vector<double> weights(d);
  for (double& w : weights) w = weights_of.normal();
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 3;
    for (std::size_t j = 0; j < d; ++j) {
      rows.x.push_back(binary ? static_cast<float>(stream.below(2))
                              : static_cast<float>(stream.normal() * static_cast<double>(1 + j)));
      sum += weights[j] * static_cast<double>(rows.x.back()) / (binary ? 1 : static_cast<double>(1 + j));
    }
    if (d > 1) sum += static_cast<double>(rows.x[i * d] * rows.x[i * d + 1]);
    rows.y.push_back(sum + noise * stream.normal());
  }
  return rows;
}

inline std::vector<double> predictions(const Predictor& predictor, const std::vector<float>& x, std::size_t n) {
  std::vector<double> out(n);
  predictor.predict(x, n, out);
  return out;
}

}  // namespace nas::testing
