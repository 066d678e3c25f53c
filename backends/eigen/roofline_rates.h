#pragma once

#include <algorithm>
#include <span>
#include <vector>

namespace nas {

/// What one layer does: multiply-accumulate operations, and bytes read and written.
struct LayerWork {
  double macs = 0;
  double bytes = 0;  ///< above zero
};

/// A device as the roofline model knows it (Williams, Waterman and Patterson 2009): a layer takes
/// max(macs * per_mac, bytes * per_byte) + per_layer seconds.
struct RooflineRates {
  double per_mac = 0, per_byte = 0, per_layer = 0;  ///< seconds
  /// Whether any layer was bound by it. A rate that bounds none is only known to be no slower: then it is the slowest such rate.
  bool compute_seen = false, memory_seen = false;

  double seconds(const LayerWork& layer) const { return std::max(layer.macs * per_mac, layer.bytes * per_byte) + per_layer; }
};

/// The rates, none of them negative, whose sums over the layers of each network differ least from its seconds, by squares. Exact:
/// which layers are bound by operations depends on the ratio of the two rates alone; between two neighbouring intensities
/// (operations a byte) of layers the sums are linear in the rates, so that every interval and every border has its least squares
/// in closed form, and the smallest of all is the smallest. Both rates are 0 where neither operations nor bytes explain anything.
RooflineRates fit_roofline(std::span<const std::vector<LayerWork>> networks, std::span<const double> seconds);

}  // namespace nas
