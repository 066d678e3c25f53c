#include "stdlib/predictors/neural_network.h"
#include "stdlib/predictors/predictors.h"

namespace nas {
namespace {

struct MlpArgs {
  std::vector<int> layers = {64, 64};
  int epochs = 200;
  int batch = 50;
  double rate = 0.01;
  double weight_decay = 1;
};

class Mlp : public NeuralNetwork {
 public:
  explicit Mlp(const MlpArgs& args)
      : NeuralNetwork({"mlp", {args.layers.begin(), args.layers.end()}, Perceptron::Activation::relu},
                      {Optimizer::adam, args.epochs, args.batch, args.rate, args.weight_decay}) {}
};

}  // namespace

Component mlp_predictor() {
  return Declare<MlpArgs>(ComponentKind::predictor, "mlp", "A multi-layer perceptron with rectified layers.")
      .arg("layers", &MlpArgs::layers, "widths of the hidden layers", between(1, 4096))
      .arg("epochs", &MlpArgs::epochs, "passes over the rows", between(1, 1000000))
      .arg("batch", &MlpArgs::batch, "rows a step", between(1, 1000000))
      .arg("rate", &MlpArgs::rate, "of the first step of Adam; it falls to zero as a cosine", between(1e-9, 10))
      .arg("weight_decay", &MlpArgs::weight_decay, "the share of a weight that a step of rate 1 takes off", between(0, 100))
      .details(
          "Once-for-all's predictors are of this kind (three layers of 400). Targets are standardised inside, features too "
          "unless all are 0\n"
          "or 1. Trained in batches on one thread, in single precision; the weights depend on the seed alone. Can be fine-tuned.")
      .paper("Kingma and Ba, Adam, ICLR 2015; Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019")
      .example("predictor mlp(layers = [400, 400, 400]) of accuracy")
      .builds(makes_predictor<Mlp>());
}

}  // namespace nas
