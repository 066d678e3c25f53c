#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/layer_profile.h"
#include "core/network.h"
#include "core/predictor.h"
#include "core/space.h"

namespace nas {

/// The canonical genomes behind n rows of `Space::features`, which say everything about them: n x Space::gene_count().
std::vector<std::uint8_t> genomes_of(const Space& space, std::span<const float> features, std::size_t n);

/// A predictor that looks at the layers of a network and not at columns of features: rows are read back as networks of its space.
/// Its component says which metrics it gives, and takes no `features`.
class NetworkPredictor : public Predictor {
 public:
  /// Tells the space that rows are of, and the layers that were measured alone, null where there are none. Called once, first.
  void over(std::shared_ptr<const Space> space, std::shared_ptr<const LayerProfile> layers);
  /// What can be known before anything is measured: does what it reads fit the space?
  virtual Result<void> ready() const { return {}; }

 protected:
  const std::shared_ptr<const Space>& space() const { return space_; }
  const LayerProfile* layers() const { return layers_.get(); }
  /// The networks of n rows.
  std::vector<Network> networks(std::span<const float> features, std::size_t n) const;

 private:
  std::shared_ptr<const Space> space_;
  std::shared_ptr<const LayerProfile> layers_;
};

}  // namespace nas
