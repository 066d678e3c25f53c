#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/network.h"
#include "core/services.h"

namespace nas {

/// What a network is told to be, in the file that holds it: {"space", "ofa_mobilenetv3"}, {"accuracy", "88.1 %"}.
using NetworkFacts = std::vector<std::pair<std::string, std::string>>;

/// The network with its weights as an ONNX model (opset 17, IR version 8). Input `images`: N x channels x height x width,
/// float32, normalised as `weights` says; output `logits`: N x classes, or N x tokens x channels of a network that ends in a sequence.
/// Batch norms keep their statistics. E848 for a network of tokens. Format: onnx.ai, onnx.proto.
Result<std::string> onnx_model(const Network& network, const NetworkWeights& weights, const NetworkFacts& facts);

/// The network with its weights as a file that torch.load reads: {"network": its layers as JSON, "state_dict": tensors}. The
/// module `nas_torch` (python/nas_torch.py) makes a torch.nn.Module of it. Format: a ZIP archive of one pickle and raw arrays, as
/// torch.save writes since 1.6.
std::string torch_file(const Network& network, const NetworkWeights& weights, const NetworkFacts& facts);

/// Whether the last window of a pool counts where it only partly fits.
bool counts_partial_window(const Layer& pool);

}  // namespace nas
