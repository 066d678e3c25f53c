#include "stdlib/objectives/perceptron_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/diagnostic.h"
#include "core/rng.h"
#include "stdlib/objectives/known_by_source.h"

namespace nas {
namespace {

/// "model.f32" of "model.json".
std::string beside(const std::string& manifest) {
  const auto dot = manifest.rfind('.');
  const auto slash = manifest.rfind('/');
  return (dot == std::string::npos || (slash != std::string::npos && dot < slash) ? manifest : manifest.substr(0, dot)) + ".f32";
}

}  // namespace

Result<std::shared_ptr<PerceptronSource>> PerceptronSource::open(const PerceptronArgs& args, Services& services) {
  auto manifest = services.read_file(args.file);
  if (!manifest) return manifest.failure();
  PerceptronArgs complete = args;
  if (complete.weights.empty()) complete.weights = beside(args.file);
  auto bytes = services.read_file(complete.weights);
  if (!bytes) return bytes.failure();
  const auto wrong = [&](const std::string& what) {
    return Failure{"E833", fmt::format("{} is no manifest of a perceptron: {}", args.file, what), ""};
  };
  const auto json = nlohmann::json::parse(*manifest, nullptr, false);
  if (json.is_discarded()) return wrong("it is no JSON");
  if (!json.is_object() || !json.contains("tensors") || !json["tensors"].is_array()) return wrong("it has no list tensors");
  if (json.value("activation", "relu") != "relu")
    return wrong(fmt::format("its activation is {}, and only relu is known", json.value("activation", "")));
  const auto source = std::shared_ptr<PerceptronSource>(
      new PerceptronSource(complete, fmt::format("perceptron {:016x} {} {} {}", stable_hash(*manifest), digest_of(*bytes),
                                                 args.features, args.unit)));
  struct Tensor {
    std::vector<std::size_t> shape;
    std::vector<float> numbers;
  };
  std::vector<Tensor> tensors;
  for (const auto& entry : json["tensors"]) {
    Tensor tensor;
    if (!entry.is_object() || !entry.contains("shape") || !entry["shape"].is_array() || !entry.contains("offset_floats") ||
        !entry["offset_floats"].is_number_unsigned())
      return wrong("a tensor needs shape and offset_floats");
    std::size_t count = 1;
    for (const auto& length : entry["shape"]) {
      if (!length.is_number_unsigned() || length.get<std::size_t>() == 0 || length.get<std::size_t>() > (1u << 20))
        return wrong("a tensor's shape is a list of positive whole numbers");
      tensor.shape.push_back(length.get<std::size_t>());
      count *= tensor.shape.back();
    }
    const std::size_t first = entry["offset_floats"].get<std::size_t>();
    if (count > bytes->size() / 4 || first > bytes->size() / 4 - count)
      return Failure{"E833",
                     fmt::format("{} ends before tensor {}: it has {} numbers", complete.weights, entry.value("name", ""),
                                 bytes->size() / 4),
                     ""};
    tensor.numbers.resize(count);
    std::memcpy(tensor.numbers.data(), bytes->data() + 4 * first, 4 * count);
    for (const float number : tensor.numbers)
      if (!std::isfinite(number))
        return Failure{"E833", fmt::format("tensor {} of {} is not finite", entry.value("name", ""), complete.weights), ""};
    tensors.push_back(std::move(tensor));
  }
  if (tensors.empty() || tensors.size() % 2 != 0) return wrong("tensors are pairs of weights and biases");
  for (std::size_t t = 0; t < tensors.size(); t += 2) {
    const Tensor &weights = tensors[t], &bias = tensors[t + 1];
    const bool fits = weights.shape.size() == 2 && bias.shape.size() == 1 && bias.shape[0] == weights.shape[0] &&
                      (t == 0 || weights.shape[1] == source->net_.outputs());
    if (!fits) return wrong(fmt::format("the shapes of layer {} do not fit", t / 2 + 1));
    source->net_.add_layer(weights.shape[1], weights.shape[0], weights.numbers, bias.numbers);
  }
  source->net_.pack();
  if (source->net_.outputs() != 1) return wrong(fmt::format("it has {} outputs, and a metric is one", source->net_.outputs()));
  return source;
}

Result<std::size_t> PerceptronSource::encoding(const Space& space) const {
  const auto found = space.find_encoding(args_.features);
  if (!found) {
    std::vector<std::string> known;
    for (const Encoding& e : space.encodings()) known.push_back(e.name);
    return Failure{"E833", fmt::format("space {} has no features {}", space.name(), args_.features),
                   known.empty() ? "it names none" : fmt::format("it has {}", fmt::join(known, ", "))};
  }
  if (const std::size_t columns = space.encodings()[*found].columns.size(); columns != net_.inputs())
    return Failure{"E833",
                   fmt::format("{} has {} inputs, and features {} of space {} are {}", args_.file, net_.inputs(), args_.features,
                               space.name(), columns),
                   ""};
  return *found;
}

void PerceptronSource::values(const Space& space, std::size_t encoding, std::span<const std::uint8_t> genomes, std::size_t n,
                              std::span<double> out) const {
  std::vector<float> x(n * net_.inputs());
  space.encode(encoding, genomes, n, x);
  net_.run(x, n, out);
  for (double& value : out.first(n)) value *= args_.unit;
}

Result<void> PerceptronSource::ready(const Space& space, const MetricKind&) const {
  auto at = encoding(space);
  if (!at) return at.failure();
  return {};
}

Result<std::shared_ptr<const BatchMetric>> PerceptronSource::batch(std::shared_ptr<const Space> space) const {
  class Batch : public BatchMetric {
   public:
    Batch(const PerceptronSource& source, std::shared_ptr<const Space> space, std::size_t encoding)
        : source_(source), space_(std::move(space)), encoding_(encoding) {}
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      source_.values(*space_, encoding_, genomes, n, out);
    }
    std::size_t rows_per_thread() const override { return 24; }

   private:
    PerceptronSource source_;
    std::shared_ptr<const Space> space_;
    std::size_t encoding_;
  };
  auto at = encoding(*space);
  if (!at) return at.failure();
  return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(*this, std::move(space), *at));
}

Component perceptron_source() {
  return Declare<PerceptronArgs>(ComponentKind::source, "perceptron", "A multi-layer perceptron that was trained elsewhere.")
      .arg("file", &PerceptronArgs::file, "its manifest, JSON: tensors, each with name, shape and offset_floats")
      .required()
      .arg("features", &PerceptronArgs::features, "the encoding of the space that it reads, such as \"ofa_128\"")
      .required()
      .arg("weights", &PerceptronArgs::weights, "float32 numbers, little-endian; \"\" = beside the manifest, ending in .f32")
      .arg("unit", &PerceptronArgs::unit,
           "one unit of its output, e.g. 1 for shares; accuracy is in percent unless said otherwise")
      .unit("any")
      .details(
          "Tensors are pairs of weights (outputs x inputs, row-major) and biases, rectified in between. Its values are "
          "predictions of whoever trained it, not measurements.")
      .paper("once-for-all's accuracy predictors: Cai et al., Once-for-All, ICLR 2020")
      .gives({"accuracy", "loss", "latency", "energy", "throughput"})
      .example("objective maximize accuracy from perceptron(\"model.json\", features = \"ofa_128\", unit = 1)")
      .builds([](const PerceptronArgs& a, Services& services) {
        return built_from(PerceptronSource::open(a, services), ComponentKind::source);
      });
}

}  // namespace nas
