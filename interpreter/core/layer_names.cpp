#include "core/network.h"

namespace nas {

const char* layer_kind_name(LayerKind kind) {
  static constexpr const char* names[] = {
      "input",     "conv",      "batch_norm", "activation", "max_pool",      "avg_pool", "global_avg_pool",
      "linear",    "add",       "multiply",   "concat",     "concat_length", "zero",     "layer_norm",
      "attention", "embedding", "learned",    "first_rows", "flatten"};
  return names[static_cast<std::size_t>(kind)];
}

const char* activation_name(Activation act) {
  static constexpr const char* names[] = {"none", "relu", "relu6", "h_swish", "h_sigmoid", "swish", "sigmoid", "gelu", "tanh"};
  return names[static_cast<std::size_t>(act)];
}

}  // namespace nas
