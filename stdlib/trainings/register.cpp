#include <fmt/format.h>

#include <filesystem>

#include "core/component.h"
#include "core/services.h"
#include "stdlib/register.h"

namespace nas {
namespace {

struct SupernetArgs {
  double epochs = 3;
  int images = 20000;
  int batch = 128;
  double learning_rate = 0.15;
  double momentum = 0.9;
  double weight_decay = 1e-4;
  double label_smoothing = 0.1;
  int random_networks = 1;
};

class SupernetTraining : public Training {
 public:
  explicit SupernetTraining(const SupernetArgs& args) : args_(args) {}

  Result<Weights> train(const Space& space, const Dataset& dataset, std::uint64_t seed, const std::string& folder, Services& services,
                        const NetworkRunner::Progress& progress) const override {
    auto runner = services.runner();
    if (!runner) return runner.failure();
    NetworkRunner::TrainOptions options;
    options.epochs = args_.epochs;
    options.images = args_.images;
    options.batch = args_.batch;
    options.learning_rate = args_.learning_rate;
    options.momentum = args_.momentum;
    options.weight_decay = args_.weight_decay;
    options.label_smoothing = args_.label_smoothing;
    options.random_networks = args_.random_networks;
    options.seed = seed;
    // The networks of a step side by side, one thread each: the weights are the same for any number of threads.
    options.threads = services.threads();
    options.checkpoint_path = folder + "/checkpoint";
    options.weights_path = folder + "/weights";
    const Network largest = space.network(space.largest()), smallest = space.network(space.smallest());
    const Stream stream(seed, "sandwich");
    auto network = [&](std::int64_t step, int i) {
      if (i == 0) return largest;
      if (i == 1) return smallest;
      Stream draw = stream.split(static_cast<std::uint64_t>(step)).split(static_cast<std::uint64_t>(i));
      Arch arch{std::vector<std::uint8_t>(space.gene_count())};
      return space.sample_evenly(draw, 1, arch.genes) ? space.network(arch) : largest;
    };
    auto weights = (*runner)->train(space.weight_slots(), network, dataset, options, progress);
    if (weights) weights->space_key = space.key();
    return weights;
  }

 private:
  SupernetArgs args_;
};

}  // namespace

void add_trainings(Registry& registry) {
  registry.add(Declare<SupernetArgs>(ComponentKind::training, "supernet", "One set of weights for every network of a space, trained by the sandwich rule.")
                   .arg("epochs", &SupernetArgs::epochs, "passes over `images` images", between(0.001, 10000))
                   .arg("images", &SupernetArgs::images, "images of an epoch, 0 = the whole training part", at_least(0))
                   .arg("batch", &SupernetArgs::batch, "images of a step", between(2, 65536))
                   .arg("learning_rate", &SupernetArgs::learning_rate, "at the start; falls to 0 along a cosine. Transformers want about 0.01", between(1e-6, 10))
                   .arg("momentum", &SupernetArgs::momentum, "of SGD (Nesterov)", between(0, 0.9999))
                   .arg("weight_decay", &SupernetArgs::weight_decay, "on weights, not on norms and biases", between(0, 1))
                   .arg("label_smoothing", &SupernetArgs::label_smoothing, "share of the target spread over all classes", between(0, 0.9))
                   .arg("random_networks", &SupernetArgs::random_networks, "random networks of a step, besides the largest and the smallest", between(0, 64))
                   .details("Kernels share their centre, widths their leading channels, depths their first blocks; operators chosen between have weights of their own. Training writes a checkpoint every 10 s and continues from it.")
                   .paper("Yu et al., BigNAS, ECCV 2020 (sandwich rule); Cai et al., Once-for-All, ICLR 2020 (elastic kernel, width, depth)")
                   .gives({"accuracy", "loss"})
                   .example("train weights = supernet(epochs = 3) of net on host using fashion")
                   .builds([](const SupernetArgs& a, Services&) { return std::shared_ptr<void>(std::static_pointer_cast<Training>(std::make_shared<SupernetTraining>(a))); }));
}

}  // namespace nas
