#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "backends/api/nas_backend.h"
#include "core/network.h"

namespace nas::torch_backend {

/// The parameters of a super-network: one entry per weight slot, at the slot's largest size.
struct WeightBank {
  struct Entry {
    torch::Tensor weight;  ///< conv: out x in/groups x k x k; linear: out x in; norms: scale; tables: rows x width
    torch::Tensor bias;    ///< undefined where there is none; norms: shift
  };
  std::vector<nas_slot> slots;
  std::vector<Entry> entries;

  /// He-normal convolutions, uniform linear layers, norms at identity, vectors of deviation .02; one stream for the whole bank.
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

/// Runs one concrete network on images, n x channels x height x width, with weights sliced out of the bank: leading channels, the
/// centre of the kernel, the leading heads of attention. Gives n x outputs.
torch::Tensor forward(const nas_network& network, const WeightBank& bank, const torch::Tensor& images, NormMode mode,
                      NormStatistics* statistics);

/// Images [begin, begin + count) as normalised floats.
torch::Tensor image_batch(const nas_images& images, const std::vector<std::int64_t>& rows);
torch::Tensor label_batch(const nas_images& images, const std::vector<std::int64_t>& rows);

int train(const nas_train& task);
int evaluate(const nas_evaluate& task);
int latency(const nas_latency& task);
int extract(const nas_extract& task);

}  // namespace nas::torch_backend
