#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/learnt.h"
#include "predictor_fixture.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/devices/roofline.h"
#include "tests/space/space_fixture.h"

namespace nas::testing {

inline std::shared_ptr<const Space> space_named(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const Space>> known;
  auto& space = known[name];
  if (!space) space = std::make_shared<Space>(*compile_stdlib(name)->space);
  return space;
}

inline std::vector<Arch> networks_of(const Space& space, std::size_t n, std::uint64_t seed) {
  Stream stream(seed, "networks");
  std::vector<Arch> networks;
  for (std::size_t i = 0; i < n; ++i) networks.push_back(*space.sample(stream));
  return networks;
}

inline double seconds_on(const SimArgs& device, const Network& network) {
  double sum = 0;
  for (const LayerTime& layer : roofline(network, device)) sum += layer.seconds;
  return sum;
}

/// Networks of a space with what they take on a simulated device.
struct Timed {
  std::vector<float> x;
  std::vector<double> y;
  Timed(const Space& space, const SimArgs& device, std::size_t n, std::uint64_t seed) {
    const auto networks = networks_of(space, n, seed);
    x = features_of(space, networks);
    for (const Arch& arch : networks) y.push_back(seconds_on(device, space.network(arch)));
  }
};

/// The layers of a space, each alone on a simulated device.
inline std::shared_ptr<LayerProfile> layers_alone(const Space& space, const SimArgs& device) {
  auto profile = std::make_shared<LayerProfile>();
  const auto units = units_of_space(space);
  for (const LayerUnit& unit : *units) profile->rows.push_back({unit.key, seconds_on(device, unit.network)});
  return profile;
}

inline std::shared_ptr<Predictor> make_over(const std::string& name, std::shared_ptr<const Space> space,
                                            const nlohmann::json& arguments = nlohmann::json::object(),
                                            std::shared_ptr<const LayerProfile> layers = nullptr) {
  auto predictor = make_predictor(name, arguments);
  dynamic_cast<NetworkPredictor&>(*predictor).over(std::move(space), std::move(layers));
  return predictor;
}

}  // namespace nas::testing
