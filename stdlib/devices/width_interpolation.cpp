#include "stdlib/devices/width_interpolation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace nas {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kHeldOut = 10, kLeastHeldOut = 3;  // one of so many, and so many at least

/// A unit's text without its channel counts, which are given in order; a depthwise convolution has as many groups as channels.
std::string kind_of(const Network& unit, std::vector<std::int64_t>& channels) {
  std::string text;
  for (const Layer& layer : unit.layers) {
    channels.push_back(layer.in.channels);
    channels.push_back(layer.out.channels);
    const bool depthwise = layer.groups > 1 && layer.groups == layer.in.channels;
    text +=
        fmt::format("{} {} {}x{}>{}x{} k{} s{} p{} g{} h{} {} {} {};", layer_kind_name(layer.kind), activation_name(layer.act),
                    layer.in.height, layer.in.width, layer.out.height, layer.out.width, layer.kernel, layer.stride, layer.pad,
                    depthwise ? 0 : layer.groups, layer.heads, layer.bias, layer.causal, layer.epsilon);
    for (const std::int32_t input : layer.inputs) text += fmt::format(" {}", input);
  }
  return text;
}

}  // namespace

/// Units that differ in their channels alone.
struct WidthPlan::Kind {
  std::vector<std::size_t> units;
  std::vector<std::vector<std::int64_t>> channels;  ///< of each unit, the counts that count

  /// Keeps the counts that vary on their own: none that follows from an earlier one and grows with it.
  void reduce() {
    const std::size_t all = channels[0].size();
    std::vector<std::size_t> kept;
    const auto follows = [&](std::size_t count, std::size_t from) {
      std::map<std::int64_t, std::int64_t> at;
      for (const auto& point : channels)
        if (at.emplace(point[from], point[count]).first->second != point[count]) return false;
      for (auto it = at.begin(); it != at.end() && std::next(it) != at.end(); ++it)
        if (it->second > std::next(it)->second) return false;
      return true;
    };
    for (std::size_t count = 0; count < all; ++count) {
      const bool varies =
          std::any_of(channels.begin(), channels.end(), [&](const auto& point) { return point[count] != channels[0][count]; });
      if (varies && std::none_of(kept.begin(), kept.end(), [&](std::size_t from) { return follows(count, from); }))
        kept.push_back(count);
    }
    for (auto& point : channels) {
      std::vector<std::int64_t> own;
      for (const std::size_t count : kept) own.push_back(point[count]);
      point = std::move(own);
    }
  }

  /// Evenly chosen values of one count, the least and the largest among them.
  std::set<std::int64_t> chosen(std::size_t count, std::size_t widths) const {
    std::set<std::int64_t> values;
    for (const auto& point : channels) values.insert(point[count]);
    if (values.size() <= widths) return values;
    const std::vector<std::int64_t> sorted(values.begin(), values.end());
    std::set<std::int64_t> some;
    for (std::size_t i = 0; i < widths; ++i) some.insert(sorted[(i * (sorted.size() - 1) + (widths - 1) / 2) / (widths - 1)]);
    return some;
  }
};

WidthPlan::WidthPlan(std::span<const LayerUnit> units, int widths, Stream stream)
    : measured_(units.size(), false), held_out_(units.size(), false) {
  std::map<std::string, Kind> kinds;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].network.layers.empty()) continue;
    std::vector<std::int64_t> channels;
    Kind& kind = kinds[kind_of(units[i].network, channels)];
    kind.units.push_back(i);
    kind.channels.push_back(std::move(channels));
  }
  for (auto& [text, kind] : kinds) {
    kind.reduce();
    plan(kind, widths);
  }
  std::vector<std::size_t> open;
  for (const Between& one : between_) open.push_back(one.unit);
  std::sort(open.begin(), open.end());
  const std::size_t some = std::min(open.size(), std::max(kLeastHeldOut, (open.size() + kHeldOut - 1) / kHeldOut));
  for (std::size_t i = 0; i < some; ++i) {
    std::swap(open[i], open[i + stream.below(static_cast<std::uint32_t>(open.size() - i))]);
    measured_[open[i]] = held_out_[open[i]] = true;
  }
}

void WidthPlan::plan(const Kind& kind, int widths) {
  const std::size_t n = kind.units.size(), counts = kind.channels[0].size();
  std::vector<std::set<std::int64_t>> chosen;
  for (std::size_t count = 0; count < counts; ++count) chosen.push_back(kind.chosen(count, static_cast<std::size_t>(widths)));
  std::vector<bool> node(n);
  for (std::size_t i = 0; i < n; ++i) {
    node[i] = true;
    for (std::size_t count = 0; count < counts; ++count) node[i] = node[i] && chosen[count].count(kind.channels[i][count]) > 0;
  }
  // Lines along each count: units that agree in all other counts, by this one.
  std::vector<std::map<std::vector<std::int64_t>, std::map<std::int64_t, std::size_t>>> lines(counts);
  for (std::size_t count = 0; count < counts; ++count)
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::int64_t> others = kind.channels[i];
      others[count] = 0;
      lines[count][others].emplace(kind.channels[i][count], i);
    }
  for (;;) {
    std::vector<Between> found;
    std::vector<bool> known = node;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t count = 0; count < counts; ++count) {
        std::vector<bool> now = known;  // along one count, from what is known before it
        for (const auto& [others, line] : lines[count]) {
          std::optional<std::pair<std::int64_t, std::size_t>> below;
          for (auto it = line.begin(); it != line.end(); ++it) {
            if (known[it->second]) {
              below = *it;
              continue;
            }
            const auto above = std::find_if(it, line.end(), [&](const auto& other) { return known[other.second]; });
            if (!below || above == line.end()) continue;
            found.push_back({kind.units[it->second], kind.units[below->second], kind.units[above->second],
                             static_cast<double>(it->first - below->first) / static_cast<double>(above->first - below->first)});
            now[it->second] = more = true;
          }
        }
        known = std::move(now);
      }
    }
    const auto open = std::find(known.begin(), known.end(), false);
    if (open == known.end()) {
      between_.insert(between_.end(), found.begin(), found.end());
      for (std::size_t i = 0; i < n; ++i)
        if (node[i]) measured_[kind.units[i]] = true;
      return;
    }
    // Between no two others: it is measured, and others may follow from it.
    node[static_cast<std::size_t>(open - known.begin())] = true;
  }
}

WidthPlan::Values WidthPlan::interpolated(std::span<const double> measured) const {
  Values out;
  std::vector<double> from(measured.size(), kNaN);
  for (std::size_t i = 0; i < measured.size(); ++i)
    if (measured_[i] && !held_out_[i]) from[i] = measured[i];
  for (const Between& one : between_) from[one.unit] = from[one.below] + one.share * (from[one.above] - from[one.below]);
  out.values = from;
  for (const Between& one : between_) {
    if (!held_out_[one.unit]) {
      out.interpolated += std::isfinite(from[one.unit]);
      continue;
    }
    out.values[one.unit] = measured[one.unit];
    const double error = std::fabs(from[one.unit] / measured[one.unit] - 1);
    if (!std::isfinite(error)) continue;
    ++out.held_out;
    out.mean_error += error;
    out.largest_error = std::max(out.largest_error, error);
  }
  if (out.held_out > 0) out.mean_error /= static_cast<double>(out.held_out);
  return out;
}

}  // namespace nas
