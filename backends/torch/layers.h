#pragma once

#include <torch/torch.h>

#include <vector>

#include "backends/api/nas_backend.h"
#include "core/network.h"

namespace nas::torch_backend {

// A value between two layers is n x channels x height x width, channels last in memory. A token sequence is one of width 1: its
// tokens lie one after the other, so that a layer of sequences sees n x length x channels without a copy, and every layer that
// works on channels takes images and sequences.

/// What a layer makes of its inputs; every layer but `input` and `batch_norm`. `weight` and `bias`: those of this very layer, undefined
/// where it has none. `batch`: n; `placed`: device and type of what has no inputs. Throws std::runtime_error for a layer that is none.
torch::Tensor applied(const nas_layer& layer, const std::vector<torch::Tensor>& in, const torch::Tensor& weight, const torch::Tensor& bias,
                      std::int64_t batch, const torch::TensorOptions& placed);

torch::Tensor activate(const torch::Tensor& x, Activation act);

}  // namespace nas::torch_backend
