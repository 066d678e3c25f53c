#include <fmt/format.h>

#include "core/component.h"
#include "core/diagnostic.h"
#include "core/scratch.h"
#include "stdlib/objectives/known_by_source.h"
#include "stdlib/objectives/perceptron_source.h"
#include "stdlib/objectives/regression.h"
#include "stdlib/objectives/table.h"
#include "stdlib/register.h"

namespace nas {
namespace {

struct LinearModelArgs {
  std::string file;
  double unit = 1;
};

/// intercept + one weight per option of every active gene, read from a CSV with the columns gene, option, weight.
class LinearModel : public BatchSource {
 public:
  static Result<std::shared_ptr<LinearModel>> open(const LinearModelArgs& args, Services& services) {
    auto bytes = services.read_file(args.file);
    if (!bytes) return bytes.failure();
    std::string key = fmt::format("linear_model {:016x} {}", stable_hash(*bytes), args.unit);
    auto csv = Csv::parse(args.file, std::move(*bytes));
    if (!csv) return csv.failure();
    return std::shared_ptr<LinearModel>(new LinearModel(args.file, std::move(*csv), std::move(key), args.unit));
  }
  std::string key() const override { return key_; }
  std::string provenance() const override { return "linear model " + name_; }
  Cost cost() const override { return Cost::computed; }
  bool predicts() const override { return true; }

  Result<LinearForm> form(const Space& space) const {
    LinearForm form;
    form.weights.assign(space.feature_count(), 0.0);
    std::vector<std::size_t> columns;
    for (const char* column : {"gene", "option", "weight"}) {
      auto found = csv_.column(column);
      if (!found) return found.failure();
      columns.push_back(*found);
    }
    const auto names = space.feature_names();
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      auto weight = csv_.number(row, columns[2]);
      if (!weight) return weight.failure();
      if (csv_.at(row, columns[0]) == "intercept") {
        form.intercept = *weight * unit_;
        continue;
      }
      const std::string wanted = fmt::format("{}={}", csv_.at(row, columns[0]), csv_.at(row, columns[1]));
      const auto it = std::find(names.begin(), names.end(), wanted);
      if (it == names.end()) {
        const std::string near = did_you_mean(wanted, names);
        return Failure{"E811", fmt::format("line {} of {}: space {} has no {}", csv_.line(row), name_, space.name(), wanted), near.empty() ? "" : fmt::format("did you mean {}?", near)};
      }
      form.weights[static_cast<std::size_t>(it - names.begin())] = *weight * unit_;
    }
    return form;
  }

  Result<std::shared_ptr<const BatchMetric>> batch(std::shared_ptr<const Space> space) const override {
    auto model = form(*space);
    if (!model) return model.failure();
    return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(std::move(space), std::move(*model)));
  }

 private:
  LinearModel(std::string name, Csv csv, std::string key, double unit)
      : name_(std::move(name)), csv_(std::move(csv)), key_(std::move(key)), unit_(unit) {}

  class Batch : public BatchMetric {
   public:
    Batch(std::shared_ptr<const Space> space, LinearForm form) : space_(std::move(space)), form_(std::move(form)) {
      first_.push_back(0);
      for (const Gene& gene : space_->genes()) first_.push_back(first_.back() + gene.options.size());
    }
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      const std::size_t length = space_->gene_count();
      Scratch scratch(length);
      const auto mask = scratch.span();
      for (std::size_t i = 0; i < n; ++i) {
        const auto genome = genomes.subspan(i * length, length);
        space_->active(genome, mask);
        double sum = form_.intercept;
        for (std::size_t gene = 0; gene < length; ++gene) sum += mask[gene] * form_.weights[first_[gene] + genome[gene]];
        out[i] = sum;
      }
    }

   private:
    std::shared_ptr<const Space> space_;
    LinearForm form_;
    std::vector<std::size_t> first_;
  };

  std::string name_;
  Csv csv_;
  std::string key_;
  double unit_;
};

Component table_component(ComponentKind kind) {
  const bool device = kind == ComponentKind::device;
  auto declared = Declare<TableArgs>(kind, "table", device ? "A device known by a table of measured networks." : "Values of measured networks from a CSV file, plain or gzip.");
  declared.arg("file", &TableArgs::file, "CSV with a header; the networks are found by the space's spelling").required()
      .arg("value", &TableArgs::value, device ? "the column with the values" : "the column with the values; without it the one called like the metric, or the only column of numbers besides the spelling");
  if (device) declared.required();
  std::vector<std::string> metrics{"accuracy", "loss", "latency", "energy", "throughput"};
  if (device) metrics.push_back("memory");
  declared
      .arg("unit", &TableArgs::unit, "one unit of the column, e.g. 1ms or 1%; accuracy is in percent unless said otherwise, a metric with a dimension has no default").unit("any")
      .arg("missing", &TableArgs::missing, "the number that marks a network without a value, e.g. -1")
      .arg("duplicates", &TableArgs::duplicates, "what to do with several rows of one network")
      .gives(std::move(metrics))
      .example(device ? "device phone = table(\"latency.csv\", value = \"pixel3\", unit = 1ms)"
                          : "objective maximize accuracy from table(\"accuracy.csv\", value = \"top1\", unit = 1%)");
  return declared.builds([kind](const TableArgs& a, Services& services) { return built_from(Table::open(a, services), kind); });
}

}  // namespace

Component table_device() { return table_component(ComponentKind::device); }

void add_sources(Registry& registry) {
  registry.add(table_component(ComponentKind::source));
  registry.add(regression_component(ComponentKind::source));
  registry.add(perceptron_source());
  registry.add(Declare<LinearModelArgs>(ComponentKind::source, "linear_model", "A sum of one weight per option of every active gene, plus an intercept.")
                   .arg("file", &LinearModelArgs::file, "CSV with the columns gene, option, weight; the gene `intercept` has no option").required()
                   .arg("unit", &LinearModelArgs::unit, "one unit of the weights").unit("any")
                   .gives({"accuracy", "loss", "latency", "energy", "throughput"})
                   .example("objective maximize accuracy from linear_model(\"weights.csv\", unit = 1%)")
                   .builds([](const LinearModelArgs& a, Services& services) {
                     return built_from(LinearModel::open(a, services), ComponentKind::source);
                   }));
}

}  // namespace nas
