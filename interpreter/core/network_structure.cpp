#include "core/network_structure.h"

#include <algorithm>
#include <compare>
#include <map>
#include <vector>

namespace nas {
namespace {

constexpr int kRounds = 3;  // of refinement: each carries colours from end to end, forth and back
constexpr std::int32_t kNothing = -1;

/// One step of a hash, with the finaliser of splitmix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t hash, std::uint64_t with) {
  std::uint64_t z = hash + 0x9e3779b97f4a7c15ULL + with;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

bool is_unordered(LayerKind kind) {
  return kind == LayerKind::add || kind == LayerKind::multiply || kind == LayerKind::concat;
}

/// What a layer is, without what it takes.
std::uint64_t colour_of(const Layer& layer) {
  std::uint64_t hash = 0;
  for (const std::int64_t part :
       {static_cast<std::int64_t>(layer.kind), static_cast<std::int64_t>(layer.act), std::int64_t{layer.bias},
        std::int64_t{layer.causal}, std::int64_t{layer.kernel}, std::int64_t{layer.stride}, std::int64_t{layer.pad},
        std::int64_t{layer.groups}, std::int64_t{layer.heads}, layer.in.channels, layer.in.height, layer.in.width,
        layer.out.channels, layer.out.height, layer.out.width})
    hash = mixed(hash, static_cast<std::uint64_t>(part));
  return hash;
}

/// A value that a layer takes, so many times.
struct Taken {
  std::int32_t from = kNothing;
  std::uint64_t times = 1;
  auto operator<=>(const Taken&) const = default;
};

/// The graph without what carries nothing: what each layer takes, sums as the list of all that is added.
class Reduced {
 public:
  explicit Reduced(const Network& network)
      : stands_for_(network.layers.size()),
        takes_(network.layers.size()),
        is_sum_(network.layers.size(), false),
        live_(network.layers.size(), false) {
    for (std::size_t i = 0; i < network.layers.size(); ++i) place(network.layers[i], static_cast<std::int32_t>(i));
    output_ = stands_for_.back();
    if (output_ != kNothing) live_[static_cast<std::size_t>(output_)] = true;
    for (std::size_t i = network.layers.size(); i-- > 0;)
      if (live_[i])
        for (const Taken& one : takes_[i])
          if (one.from != kNothing) live_[static_cast<std::size_t>(one.from)] = true;
  }
  std::int32_t output() const { return output_; }  ///< `kNothing` where nothing reaches the end
  bool is_live(std::size_t layer) const { return live_[layer]; }
  const std::vector<Taken>& takes(std::size_t layer) const { return takes_[layer]; }

 private:
  void place(const Layer& layer, std::int32_t i) {
    auto& takes = takes_[static_cast<std::size_t>(i)];
    std::int32_t& stands = stands_for_[static_cast<std::size_t>(i)];
    stands = i;
    for (const std::int32_t input : layer.inputs) takes.push_back({stands_for_[static_cast<std::size_t>(input)]});
    const auto nothing = std::count_if(takes.begin(), takes.end(), [](const Taken& one) { return one.from == kNothing; });
    switch (layer.kind) {
      case LayerKind::input:
      case LayerKind::embedding:
      case LayerKind::learned:
        break;
      case LayerKind::zero:
        stands = kNothing;
        break;
      case LayerKind::add:
        takes = added(takes);
        if (takes.empty()) stands = kNothing;
        if (takes.size() == 1 && takes.front().times == 1) stands = takes.front().from;
        // The same sum again is that sum: it has no weights.
        if (stands == i) stands = sums_.emplace(takes, i).first->second;
        is_sum_[static_cast<std::size_t>(i)] = stands == i;
        break;
      case LayerKind::multiply:
        if (nothing > 0) stands = kNothing;
        break;
      default:
        // A norm or a bias makes a constant of zeros, which is as good as nothing.
        if (nothing == static_cast<std::ptrdiff_t>(takes.size())) stands = kNothing;
    }
  }

  /// What is added in the end, each value once with its times.
  std::vector<Taken> added(const std::vector<Taken>& terms) const {
    std::map<std::int32_t, std::uint64_t> times;
    for (const Taken& term : terms) {
      if (term.from == kNothing) continue;
      if (is_sum_[static_cast<std::size_t>(term.from)])
        for (const Taken& inner : takes_[static_cast<std::size_t>(term.from)]) times[inner.from] += inner.times;
      else
        times[term.from] += 1;
    }
    std::vector<Taken> list;
    for (const auto& [from, count] : times) list.push_back({from, count});
    return list;
  }

  std::vector<std::int32_t> stands_for_;  ///< the layer whose value it has, or `kNothing`
  std::vector<std::vector<Taken>> takes_;
  std::vector<bool> is_sum_, live_;
  std::map<std::vector<Taken>, std::int32_t> sums_;
  std::int32_t output_ = kNothing;
};

}  // namespace

std::uint64_t structure_key(const Network& network) {
  const Reduced graph(network);
  const std::size_t n = network.layers.size();
  std::uint64_t key = mixed(0, static_cast<std::uint64_t>(network.output_shape().elements()));
  if (graph.output() == kNothing) return key;
  std::vector<std::uint64_t> colour(n), next(n);
  for (std::size_t i = 0; i < n; ++i) colour[i] = colour_of(network.layers[i]);
  colour[static_cast<std::size_t>(graph.output())] = mixed(colour[static_cast<std::size_t>(graph.output())], 1);
  std::vector<std::vector<std::uint64_t>> heard(n);
  for (int round = 0; round < kRounds; ++round) {
    // Forth: what a layer takes is known before it.
    for (std::size_t i = 0; i < n; ++i) {
      if (!graph.is_live(i)) continue;
      std::vector<std::uint64_t>& from = heard[i];
      from.clear();
      for (const Taken& one : graph.takes(i))
        from.push_back(one.from == kNothing ? 0 : mixed(next[static_cast<std::size_t>(one.from)], one.times));
      if (is_unordered(network.layers[i].kind)) std::sort(from.begin(), from.end());
      next[i] = mixed(colour[i], 2);
      for (const std::uint64_t one : from) next[i] = mixed(next[i], one);
    }
    std::swap(colour, next);
    // Back: each tells those that it takes from what it is, and which of them they are where that counts.
    for (auto& one : heard) one.clear();
    for (std::size_t i = n; i-- > 0;) {
      if (!graph.is_live(i)) continue;
      std::sort(heard[i].begin(), heard[i].end());
      next[i] = mixed(colour[i], 3);
      for (const std::uint64_t one : heard[i]) next[i] = mixed(next[i], one);
      const bool unordered = is_unordered(network.layers[i].kind);
      for (std::size_t k = 0; k < graph.takes(i).size(); ++k)
        if (const Taken& one = graph.takes(i)[k]; one.from != kNothing)
          heard[static_cast<std::size_t>(one.from)].push_back(mixed(mixed(next[i], one.times), unordered ? 0 : k + 1));
    }
    std::swap(colour, next);
  }
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < n; ++i)
    if (graph.is_live(i)) all.push_back(colour[i]);
  std::sort(all.begin(), all.end());
  for (const std::uint64_t one : all) key = mixed(key, one);
  return key;
}

}  // namespace nas
