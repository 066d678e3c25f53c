#include "stdlib/outputs/layer_export.h"

#include <fmt/format.h>

#include "core/layer_profile.h"
#include "core/services.h"

namespace nas {
namespace {

struct LayerExportArgs {};

class LayerTableFile : public Output {
 public:
  explicit LayerTableFile(const LayerProfiles* profiles) : profiles_(profiles) {}
  Result<std::string> render(const std::vector<OutputInput>& inputs, const RunFacts&) const override {
    if (inputs.empty())
      return Failure{"E818", "there is no result to show", "every branch that would have given one was skipped"};
    const auto profile = profiles_ ? profiles_->layer_profile(inputs[0].name) : nullptr;
    if (!profile)
      return Failure{"E818", fmt::format("{} is no profile of layers", inputs[0].name),
                     "a profile is one with { strategy = per_operator }"};
    const auto value = [&](double si) { return fmt::format("{:.10g}", si / profile->scale); };
    std::string text = fmt::format("layer,mean_{0},corrected_{0},spread_{0},count\n", profile->unit);
    text += fmt::format("network,0,{},0,{}\n", value(profile->intercept), profile->networks);
    for (const LayerProfile::Row& row : profile->rows)
      text += fmt::format("{},{},{},{},{}\n", row.layer, value(row.value), value(profile->slope * row.value), value(row.spread),
                          row.count);
    return text;
  }

 private:
  const LayerProfiles* profiles_;
};

}  // namespace

Component layer_export() {
  return Declare<LayerExportArgs>(ComponentKind::export_format, "lut",
                                  "The layers of a profile, one a row, as a `lut` device reads them.")
      .details(
          "The profile is one with strategy = per_operator. Column mean_ms holds what each layer took alone, corrected_ms what "
          "its "
          "sum has to be made of to agree with whole networks; the row `network` is what every network takes besides.")
      .writes_file()
      .example("export base as lut to \"out/layers.csv\"")
      .builds([](const LayerExportArgs&, Services& services) {
        return std::static_pointer_cast<void>(
            std::static_pointer_cast<Output>(std::make_shared<LayerTableFile>(dynamic_cast<const LayerProfiles*>(&services))));
      });
}

}  // namespace nas
