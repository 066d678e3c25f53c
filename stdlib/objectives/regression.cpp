#include "stdlib/objectives/regression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "backends/eigen/ridge.h"
#include "core/diagnostic.h"
#include "core/rng.h"
#include "stdlib/objectives/known_by_source.h"

namespace nas {
namespace {

/// The columns, then the product of every two of them (each with itself too).
void with_products(std::span<const float> columns, std::vector<float>& out) {
  out.insert(out.end(), columns.begin(), columns.end());
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (std::size_t j = i; j < columns.size(); ++j) out.push_back(columns[i] * columns[j]);
}

}  // namespace

struct Regression::Model {
  std::size_t encoding = 0, columns = 0;
  std::vector<float> mean, scale;  ///< of the columns; of their products, with the products made of standardised columns
  RidgeFit fit;

  void standardise(std::span<float> row) const {
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = (row[j] - mean[j]) / scale[j];
  }
  void values(const Space& space, std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const {
    std::vector<float> x(n * columns), row;
    space.encode(encoding, genomes, n, x);
    for (std::size_t i = 0; i < n; ++i) {
      const std::span<float> at = std::span(x).subspan(i * columns, columns);
      standardise(at);
      row.clear();
      with_products(at, row);
      out[i] = fit.intercept;
      for (std::size_t j = 0; j < row.size(); ++j) out[i] += fit.weights[j] * static_cast<double>(row[j]);
    }
  }
};

Result<std::shared_ptr<Regression>> Regression::open(const RegressionArgs& args, Services& services) {
  auto bytes = services.read_file(args.file);
  if (!bytes) return bytes.failure();
  std::string key = fmt::format("regression {} {} {} {}", digest_of(*bytes), args.value,
                                args.unit, args.folds);
  auto csv = Csv::parse(args.file, std::move(*bytes));
  if (!csv) return csv.failure();
  if (auto column = csv->column(args.value); !column) return column.failure();
  return std::shared_ptr<Regression>(new Regression(args, std::move(*csv), std::move(key)));
}

std::string Regression::provenance() const {
  const std::lock_guard lock(mutex_);
  std::string text = fmt::format("predicted by a regression on {} rows of {}", csv_.rows(), args_.file);
  if (!models_.empty())
    text += fmt::format(" ({}-fold MAPE {:.2f} %)", args_.folds, 100 * models_.front().second->fit.cross_validated_mape);
  return text;
}

Result<std::shared_ptr<const Regression::Model>> Regression::model(const Space& space) const {
  const auto encodings = space.encodings();
  std::vector<std::string> wanted;
  for (std::size_t e = 0; e < encodings.size(); ++e) {
    std::vector<std::size_t> at;
    for (const std::string& name : encodings[e].columns)
      if (const auto found = csv_.find(name)) at.push_back(*found);
    if (at.size() != encodings[e].columns.size()) {
      wanted.push_back(encodings[e].name);
      continue;
    }
    const std::lock_guard lock(mutex_);
    for (const auto& [key, held] : models_)
      if (key == space.encoding_key(e)) return held;
    auto model = std::make_shared<Model>();
    model->encoding = e;
    model->columns = at.size();
    const std::size_t n = csv_.rows(), d = at.size();
    auto value_at = csv_.column(args_.value);
    if (!value_at) return value_at.failure();
    std::vector<float> x(n * d);
    std::vector<double> y(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        auto number = csv_.number(i, at[j]);
        if (!number) return number.failure();
        x[i * d + j] = static_cast<float>(*number);
      }
      auto value = csv_.number(i, *value_at);
      if (!value) return value.failure();
      y[i] = *value * args_.unit;
    }
    for (std::size_t j = 0; j < d; ++j) {
      double sum = 0, squares = 0;
      for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(x[i * d + j]);
      const double mean = sum / static_cast<double>(n);
      for (std::size_t i = 0; i < n; ++i) squares += std::pow(static_cast<double>(x[i * d + j]) - mean, 2);
      model->mean.push_back(static_cast<float>(mean));
      model->scale.push_back(squares > 0 ? static_cast<float>(std::sqrt(squares / static_cast<double>(n))) : 1.0f);
    }
    std::vector<float> rows;
    for (std::size_t i = 0; i < n; ++i) {
      const std::span<float> row = std::span(x).subspan(i * d, d);
      model->standardise(row);
      with_products(row, rows);
    }
    model->fit = fit_ridge_cross_validated(rows, y, rows.size() / n, ridge_penalties(), args_.folds, Stream(1, "regression"));
    models_.emplace_back(space.encoding_key(e), model);
    return std::shared_ptr<const Model>(model);
  }
  return Failure{"E813", fmt::format("the columns of {} match no features of space {}", args_.file, space.name()),
                 wanted.empty() ? "the space names no features: add some"
                                : fmt::format("it needs all columns of {}", fmt::join(wanted, " or "))};
}

Result<void> Regression::ready(const Space& space, const MetricKind&) const {
  auto made = model(space);
  if (!made) return made.failure();
  return {};
}

Result<std::shared_ptr<const BatchMetric>> Regression::batch(std::shared_ptr<const Space> space) const {
  class Batch : public BatchMetric {
   public:
    Batch(std::shared_ptr<const Model> model, std::shared_ptr<const Space> space)
        : model_(std::move(model)), space_(std::move(space)) {}
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      model_->values(*space_, genomes, n, out);
    }
    std::size_t rows_per_thread() const override { return 256; }

   private:
    std::shared_ptr<const Model> model_;
    std::shared_ptr<const Space> space_;
  };
  auto made = model(*space);
  if (!made) return made.failure();
  return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(*made, std::move(space)));
}

Component regression_component(ComponentKind kind) {
  const bool device = kind == ComponentKind::device;
  return Declare<RegressionArgs>(kind, "regression",
                                 device ? "A device known by measurements of networks of which only features are told."
                                        : "Values learnt from a table of networks of which only features are told.")
      .arg("file", &RegressionArgs::file, "CSV, plain or gzip; its columns are those of one of the space's features")
      .required()
      .arg("value", &RegressionArgs::value, "the column with the values")
      .required()
      .arg("unit", &RegressionArgs::unit, "one unit of the column, e.g. 1ms or 1%")
      .unit("any")
      .arg("folds", &RegressionArgs::folds, "folds of the cross-validation that chooses the penalty", between(2, 20))
      .details(
          "Ridge regression on the standardised columns and the products of every two of them. Its values are predictions; the "
          "error in cross-validation is told with the result.")
      .paper("Hoerl and Kennard, Technometrics 12 (1970)")
      .gives({"accuracy", "loss", "latency", "energy", "throughput"})
      .example(device ? "device pi = regression(\"latency.csv\", value = \"latency_mean_decoder\", unit = 1ms)"
                      : "objective maximize accuracy from regression(\"accuracy.csv\", value = \"top1\")")
      .builds([kind](const RegressionArgs& a, Services& services) { return built_from(Regression::open(a, services), kind); });
}

}  // namespace nas
