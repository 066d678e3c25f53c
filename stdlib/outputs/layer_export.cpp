#include "stdlib/outputs/layer_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/layer_profile.h"
#include "core/output_of_space.h"
#include "core/services.h"
#include "stdlib/devices/keyed_units.h"
#include "stdlib/devices/lut_yaml.h"

namespace nas {
namespace {

struct LayerExportArgs {};

/// The layers that an output is asked for; E818 where its result is none.
Result<std::shared_ptr<const LayerProfile>> layers_of(const LayerProfiles* profiles, const std::vector<OutputInput>& inputs) {
  if (inputs.empty()) return Failure{"E818", "there is no result to show", "every branch that would have given one was skipped"};
  auto profile = profiles ? profiles->layer_profile(inputs[0].name) : nullptr;
  if (!profile)
    return Failure{"E818", fmt::format("{} is no profile of layers", inputs[0].name),
                   "a profile is one with { strategy = per_operator }"};
  return profile;
}

class LayerTableFile : public Output {
 public:
  explicit LayerTableFile(const LayerProfiles* profiles) : profiles_(profiles) {}
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts&) const override {
    const auto made = layers_of(profiles_, inputs);
    if (!made) return made.failure();
    const LayerProfile& profile = **made;
    const auto value = [&](double si) { return fmt::format("{:.10g}", si / profile.scale); };
    const bool told = std::any_of(profile.rows.begin(), profile.rows.end(), [](const auto& row) { return row.interpolated; });
    const auto last = [&](bool interpolated) { return told ? fmt::format(",{}\n", interpolated) : "\n"; };
    std::string text =
        fmt::format("layer,mean_{0},corrected_{0},spread_{0},count", profile.unit) + (told ? ",interpolated\n" : "\n");
    text += fmt::format("network,0,{},0,{}", value(profile.intercept), profile.networks) + last(false);
    for (const LayerProfile::Row& row : profile.rows)
      text += fmt::format("{},{},{},{},{}", row.layer, value(row.value), value(profile.slope * row.value), value(row.spread),
                          row.count) +
              last(row.interpolated);
    return text;
  }

 private:
  const LayerProfiles* profiles_;
};

class YamlTableFile : public OutputOfSpace {
 public:
  explicit YamlTableFile(const LayerProfiles* profiles) : profiles_(profiles) {}
  Result<void> ready(const Space& space) const override {
    auto keyed = keyed_units(space);
    if (!keyed) return keyed.failure();
    return {};
  }
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts&) const override {
    const auto made = layers_of(profiles_, inputs);
    if (!made) return made.failure();
    const LayerProfile& profile = **made;
    const auto keyed = keyed_units(*inputs[0].space);
    if (!keyed) return keyed.failure();
    std::map<std::string_view, const LayerProfile::Row*> row_of;
    for (const LayerProfile::Row& row : profile.rows) row_of.emplace(row.layer, &row);
    std::vector<LayerKey> layers;
    for (const KeyedUnit& unit : *keyed) layers.push_back(unit.layer);
    const std::vector<std::string> keys = yaml_keys(layers);
    std::string text = fmt::format("# The layers of {}, means in {}.\n", inputs[0].name, profile.unit);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto row = row_of.find((*keyed)[i].unit);
      if (row == row_of.end())
        return Failure{"E818", fmt::format("{} has no value for the layer {}", inputs[0].name, (*keyed)[i].unit),
                       "a table without it predicts nothing: run the profile again with --fresh"};
      text += fmt::format("{}:\n  count: {}\n  mean: {:.10g}\n", keys[i], row->second->count, row->second->value / profile.scale);
      if (row->second->interpolated) text += "  interpolated: true\n";
    }
    return text;
  }

 private:
  const LayerProfiles* profiles_;
};

template <typename File>
Component layer_file(const char* name, const char* summary, const char* details, const char* example) {
  return Declare<LayerExportArgs>(ComponentKind::export_format, name, summary)
      .details(details)
      .writes_file()
      .example(example)
      .builds([](const LayerExportArgs&, Services& services) {
        return std::static_pointer_cast<void>(
            std::static_pointer_cast<Output>(std::make_shared<File>(dynamic_cast<const LayerProfiles*>(&services))));
      });
}

}  // namespace

Component layer_export() {
  return layer_file<LayerTableFile>(
      "lut", "The layers of a profile, one a row, as a `lut` device reads them.",
      "The profile is one with strategy = per_operator. Column mean_ms holds what each layer took alone, corrected_ms what its "
      "sum has to be made of to agree with whole networks; the row `network` is what every network takes besides. Of a profile "
      "with widths = ..., "
      "column interpolated says which layers were not measured.",
      "export base as lut to \"out/layers.csv\"");
}

Component yaml_export() {
  Component component = layer_file<YamlTableFile>(
      "yaml", "The layers of a profile as once-for-all's tables have them, which a `lut` device reads too.",
      "The profile is one with strategy = per_operator. Keys are once-for-all's: Conv, Conv_1, Conv_2, expanded_conv, AvgPool2D "
      "and "
      "Logits with their shapes, where expand is the width inside a bottleneck; Logits whose input is no point is a classifier "
      "with "
      "the pool before it. mean is what a layer took alone, in the unit that the first line names. One file serves all "
      "resolutions. "
      "Where a layer of the space has no key there, or shares one with another, that is said before anything runs.",
      "export base as yaml to \"out/layers.yaml\"");
  component.source = "Cai et al., Once-for-All, ICLR 2020, appendix B (latency look-up tables)";
  return component;
}

}  // namespace nas
