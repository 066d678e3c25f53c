#include "stdlib/devices/operator_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/diagnostic.h"
#include "core/space.h"

namespace nas {
namespace {

constexpr const char* kBase = "base";

class SumOfOperators : public BatchMetric {
 public:
  SumOfOperators(double base, std::vector<std::vector<double>> values, std::shared_ptr<const Space> space)
      : base_(base), values_(std::move(values)), space_(std::move(space)) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    const std::size_t length = space_->gene_count();
    std::vector<std::uint8_t> active(length);
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * length, length);
      space_->active(genome, active);
      double sum = base_;
      for (std::size_t gene = 0; gene < length; ++gene)
        if (active[gene]) sum += values_[gene][genome[gene]];
      out[i] = sum;
    }
  }

 private:
  double base_;
  std::vector<std::vector<double>> values_;
  std::shared_ptr<const Space> space_;
};

}  // namespace

Result<std::shared_ptr<OperatorTable>> OperatorTable::read(const Csv& csv, const LutArgs& args, std::string key) {
  auto layer_at = csv.column("layer"), op_at = csv.column("op"), value_at = csv.column(args.value);
  if (!value_at) return value_at.failure();
  const auto device_at = csv.find("device");
  std::set<std::string> devices;
  if (device_at)
    for (std::size_t row = 0; row < csv.rows(); ++row) devices.emplace(csv.at(row, *device_at));
  if (!args.device.empty() && !device_at) return csv.column("device").failure();
  if (!args.device.empty() && !devices.count(args.device)) {
    const std::string near = did_you_mean(args.device, {devices.begin(), devices.end()});
    return Failure{"E814", fmt::format("{} has no row of the device {}", args.file, args.device),
                   near.empty() ? fmt::format("it has {}", fmt::join(devices, ", ")) : fmt::format("did you mean {}?", near)};
  }
  if (args.device.empty() && devices.size() > 1)
    return Failure{"E814", fmt::format("{} holds {} devices: {}", args.file, devices.size(), fmt::join(devices, ", ")),
                   fmt::format("say which one, e.g. device = \"{}\"", *devices.begin())};
  const auto table = std::shared_ptr<OperatorTable>(new OperatorTable(args, std::move(key)));
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    if (device_at && !args.device.empty() && csv.at(row, *device_at) != args.device) continue;
    auto value = csv.number(row, *value_at);
    if (!value) return value.failure();
    const std::string layer(csv.at(row, *layer_at)), op(csv.at(row, *op_at));
    const double seconds = *value * args.unit;
    const bool fresh = table->values_[layer].emplace(op, seconds).second;
    if (layer == kBase) table->base_ = seconds;
    if (!fresh || (layer == kBase && table->values_[layer].size() > 1))
      return Failure{"E812",
                     fmt::format("line {} of {} is a row that the table has before: {} {}", csv.line(row), args.file, layer, op),
                     ""};
  }
  return table;
}

Result<std::vector<std::vector<double>>> OperatorTable::by_gene(const Space& space) const {
  std::vector<std::vector<double>> seconds;
  for (const Gene& gene : space.genes()) {
    auto rows = values_.find(gene.name);
    if (rows == values_.end()) rows = values_.find(fmt::format("{}", seconds.size()));
    if (rows == values_.end())
      return Failure{"E832",
                     fmt::format("{} has no rows for the choice {} ({} of {})", args_.file, gene.name, seconds.size() + 1,
                                 space.gene_count()),
                     "places are counted from 0 in the order of the space's choices, or named by them"};
    auto& of_gene = seconds.emplace_back();
    for (const std::string& option : gene.options) {
      const auto value = rows->second.find(option);
      if (value == rows->second.end()) {
        std::vector<std::string> known;
        for (const auto& [op, _] : rows->second) known.push_back(op);
        const std::string near = did_you_mean(option, known);
        return Failure{"E832", fmt::format("{} has no row for {} = {}", args_.file, gene.name, option),
                       near.empty() ? fmt::format("it has {}", fmt::join(known, ", ")) : fmt::format("the nearest is {}", near)};
      }
      of_gene.push_back(value->second);
    }
  }
  return seconds;
}

Result<void> OperatorTable::ready(const Space& space, const MetricKind&) const {
  auto values = by_gene(space);
  if (!values) return values.failure();
  return {};
}

Result<std::shared_ptr<const BatchMetric>> OperatorTable::batch(std::shared_ptr<const Space> space) const {
  auto values = by_gene(*space);
  if (!values) return values.failure();
  return std::shared_ptr<const BatchMetric>(std::make_shared<SumOfOperators>(base_, std::move(*values), std::move(space)));
}

}  // namespace nas
