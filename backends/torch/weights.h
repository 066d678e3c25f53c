#pragma once

#include <torch/torch.h>

#include <algorithm>
#include <string>
#include <vector>

#include "backends/api/nas_backend.h"
#include "core/network.h"

namespace nas::torch_backend {

/// The parameters of a super-network: one entry per weight slot, at the slot's largest size.
struct WeightBank {
  struct Entry {
    torch::Tensor weight;  ///< conv: out x in/groups x k x k; linear: out x in; norms: scale
    torch::Tensor bias;    ///< undefined where there is none; norms: shift
  };
  std::vector<nas_slot> slots;
  std::vector<Entry> entries;

  /// He-normal convolutions, uniform linear layers, norms at identity; one stream for the whole bank.
  static WeightBank initial(const nas_slot* slots, int count, std::uint64_t seed);
  /// Throws std::runtime_error when the file is not a bank of these slots.
  static WeightBank read(const std::string& path, const nas_slot* slots, int count);
  std::vector<torch::Tensor> parameters() const;
};

/// Raw tensors behind a one-line header, written to a temporary file, flushed and renamed.
void write_tensors(const std::string& path, const std::string& header, const std::vector<torch::Tensor>& tensors);
/// Fills `tensors` in order; returns the header. Throws std::runtime_error on anything unexpected.
std::string read_tensors(const std::string& path, const std::vector<torch::Tensor>& tensors);

/// Mean and variance of every batch norm of one network.
struct NormStatistics {
  std::vector<torch::Tensor> mean, variance;  ///< by layer index, undefined elsewhere
};

enum class NormMode {
  batch,    ///< statistics of the batch at hand (training)
  collect,  ///< the same, and added up into the statistics, times the images of the batch
  fixed,    ///< given statistics (evaluation)
};

/// Runs one concrete network on images, n x channels x height x width, with weights sliced out of the bank:
/// leading channels, the centre of the kernel.
torch::Tensor forward(const nas_network& network, const WeightBank& bank, const torch::Tensor& images, NormMode mode,
                      NormStatistics* statistics);
torch::Tensor activate(const torch::Tensor& x, Activation act);

/// Where the windows of a convolution stand (LayerKind::conv): how far apart their points lie, and what is left of the image.
struct Window {
  explicit Window(const nas_layer& conv)
      : pad(std::max(conv.pad, 0)), dilation(conv.kernel > 1 && conv.pad > 0 ? conv.pad / (conv.kernel / 2) : 1), skipped(pad - conv.pad) {}
  torch::Tensor of(const torch::Tensor& images) const {
    return skipped == 0 ? images : images.slice(2, skipped).slice(3, skipped);
  }
  std::int64_t pad, dilation, skipped;
};

/// True where the last window of a pool only partly fits and counts all the same.
bool partial_window(const nas_layer& pool);

/// Images [begin, begin + count) as normalised floats.
torch::Tensor image_batch(const nas_images& images, const std::vector<std::int64_t>& rows);
torch::Tensor label_batch(const nas_images& images, const std::vector<std::int64_t>& rows);

int train(const nas_train& task);
int evaluate(const nas_evaluate& task);
int latency(const nas_latency& task);
int extract(const nas_extract& task);

}  // namespace nas::torch_backend
