// Transfers in which a predictor of the proxy's kind learns from the probe: anew, or from what it knows.
#include <fmt/format.h>

#include "stdlib/transfers/transfers.h"

namespace nas {
namespace {

struct FromScratchArgs {};

class FromScratch : public Transfer {
 public:
  std::size_t rows_needed() const override { return 2; }
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    if (!task.proxy->make) return Failure{"", "it was not made by a predictor that could learn anew", ""};
    auto made = task.proxy->make();
    if (auto learnt = made->fit(features_of(*task.space, task.probe.networks), task.probe.values, std::move(stream)); !learnt)
      return learnt.failure();
    return std::shared_ptr<const Predictor>(std::move(made));
  }
};

struct FineTuneArgs {
  int layers = 0;
  int epochs = 100;
  int batch = 50;
  double rate = 1e-3;
  double validation = 0.2;
  int patience = 20;
};

class FineTune : public Transfer {
 public:
  explicit FineTune(const FineTuneArgs& args) : args_(args) {}
  std::size_t rows_needed() const override { return 10; }
  Result<std::shared_ptr<const Predictor>> adapt(const TransferTask& task, Stream stream) const override {
    FineTuning tuning;
    tuning.epochs = args_.epochs;
    tuning.batch = args_.batch;
    tuning.rate = args_.rate;
    tuning.layers = static_cast<std::size_t>(args_.layers);
    tuning.validation = args_.validation;
    tuning.patience = args_.patience;
    auto tuned = task.proxy->predictor->fine_tuned(features_of(*task.space, task.probe.networks), task.probe.values, tuning,
                                                   std::move(stream));
    if (!tuned) return tuned.failure();
    return std::shared_ptr<const Predictor>(std::move(*tuned));
  }

 private:
  FineTuneArgs args_;
};

}  // namespace

Component from_scratch_transfer() {
  return Declare<FromScratchArgs>(ComponentKind::transfer, "from_scratch",
                                  "A predictor of the same kind that learns from the probe alone: what a transfer has to beat.")
      .details("Made of the proxy's component and arguments; the proxy's weights have no part in it.")
      .example("transfer alone = from_scratch() of known from probe on phone")
      .builds([](const FromScratchArgs&, Services&) { return as_transfer(std::make_shared<FromScratch>()); });
}

Component finetune_transfer() {
  return Declare<FineTuneArgs>(ComponentKind::transfer, "finetune",
                               "A neural predictor goes on learning from a few measurements on another device.")
      .arg("layers", &FineTuneArgs::layers, "the last layers that go on learning; 0 = all", between(0, 1000))
      .arg("epochs", &FineTuneArgs::epochs, "passes over the rows, at most", between(1, 1000000))
      .arg("batch", &FineTuneArgs::batch, "rows a step", between(1, 1000000))
      .arg("rate", &FineTuneArgs::rate, "of the first step; it falls to zero as a cosine", between(1e-9, 10))
      .arg("validation", &FineTuneArgs::validation, "share of the probe that only tells when to stop; 0 = train all epochs",
           between(0, 0.6))
      .arg("patience", &FineTuneArgs::patience, "epochs without a smaller error on it; the best epoch's weights are kept",
           between(1, 1000000))
      .details(
          "Of mlp and lpm. Inputs stay standardised as the proxy has learnt them, targets are standardised anew, so that two "
          "devices need not share a scale. Where no epoch does better on the rows that are held out, the proxy's weights stay.")
      .paper("the latency predictors of Once-for-All and CompOFA were fine-tuned with 700 networks a device")
      .example("transfer fit = finetune(layers = 2) of known from probe on phone")
      .builds([](const FineTuneArgs& a, Services&) { return as_transfer(std::make_shared<FineTune>(a)); });
}

}  // namespace nas
