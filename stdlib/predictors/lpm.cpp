#include "stdlib/predictors/neural_network.h"
#include "stdlib/predictors/predictors.h"

namespace nas {

template <>
struct Labels<Optimizer> {
  static constexpr std::string_view names[] = {"adam", "sgd"};
};

namespace {

struct LpmArgs {
  int epochs = 1000;
  int batch = 200;
  Optimizer optimizer = Optimizer::sgd;
  double rate = 0.01;
  double weight_decay = 1e-5;
};

class Lpm : public NeuralNetwork {
 public:
  explicit Lpm(const LpmArgs& args)
      : NeuralNetwork({"lpm", {0, 256, 64}, Perceptron::Activation::sigmoid},
                      {args.optimizer, args.epochs, args.batch, args.rate, args.weight_decay}) {}
};

}  // namespace

Component lpm_predictor() {
  return Declare<LpmArgs>(ComponentKind::predictor, "lpm",
                          "LA-DARTS' latency predictor: four dense layers with sigmoids between.")
      .arg("epochs", &LpmArgs::epochs, "passes over the rows", between(1, 1000000))
      .arg("batch", &LpmArgs::batch, "rows a step", between(1, 1000000))
      .arg("optimizer", &LpmArgs::optimizer, "the paper's gradient descent with a momentum of 0.9, or Adam")
      .arg("rate", &LpmArgs::rate, "of the first step; it falls to zero as a cosine", between(1e-9, 10))
      .arg("weight_decay", &LpmArgs::weight_decay, "of the weights", between(0, 100))
      .details(
          "As wide as there are features, 256, 64, 1: 58,097 parameters on the paper's 112 bits of a cell. Targets are "
          "standardised inside:\n"
          "on raw seconds such a network does not train. Made for tens of thousands of rows; with a thousand, `mlp` and sums "
          "over the\n"
          "features do better. Can be fine-tuned.")
      .paper("Xu et al., Latency-Aware Differentiable Neural Architecture Search, 2020, section 3.2")
      .example("predictor lpm(epochs = 300) of accuracy")
      .builds(makes_predictor<Lpm>());
}

}  // namespace nas
