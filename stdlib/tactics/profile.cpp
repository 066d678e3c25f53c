#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "backends/eigen/d_optimal.h"
#include "core/component.h"
#include "core/services.h"
#include "stdlib/register.h"
#include "stdlib/tactics/sampling.h"
#include "stdlib/tactics/search_state.h"

namespace nas {
namespace {

/// How the networks of a profile are chosen: as `Sampling` says, or as a check of single layers.
enum class Strategy { latin_hypercube, uniform, stratified, per_operator, adaptive };

struct ProfileArgs {
  int samples = 100;
  Strategy strategy = Strategy::uniform;
  int widths = 0;
  StageRef like;
};

}  // namespace

template <>
struct Labels<Strategy> {
  static constexpr std::string_view names[] = {"latin_hypercube", "uniform", "stratified", "per_operator", "adaptive"};
};

namespace {

/// Measures networks, each once, and keeps all of them. Of a source that is a list (a table's rows) only those are drawn.
class Profile : public Tactic {
 public:
  Profile(const ProfileArgs& args, const Services& services) : args_(args), services_(services) {}

  Result<SearchResult> run(const SearchTask& task, Measurer& measurer, const Progress& progress) const override {
    auto drawn = draw(task);
    if (!drawn) return drawn.failure();
    SearchState state(task);
    for (std::size_t at = 0; at < drawn->size(); at += kBatch) {
      if (progress.cancelled()) return Failure{"cancelled", "interrupted", "run again to continue"};
      const std::size_t count = std::min(kBatch, drawn->size() - at);
      if (auto measured = state.measure(std::span(*drawn).subspan(at, count), 0, measurer, {}, progress); !measured)
        return measured.failure();
    }
    // It holds values: a network that the device had none for is told of in the run's notes.
    std::erase_if(state.result().rows, [](const SearchRow& row) { return std::isnan(row.measured[0].value); });
    return state.finish();
  }
  bool measures_batches() const override { return true; }
  std::size_t measurements(const SearchTask&) const override { return static_cast<std::size_t>(args_.samples); }

 private:
  static constexpr std::size_t kBatch = 256, kCandidates = 2048;
  static constexpr double kPenalty = 1e-3;

  Sampling sampling() const {
    return args_.strategy == Strategy::latin_hypercube ? Sampling::latin_hypercube
           : args_.strategy == Strategy::stratified    ? Sampling::stratified
                                                       : Sampling::uniform;
  }

  Result<std::vector<Arch>> draw(const SearchTask& task) const {
    const auto count = static_cast<std::size_t>(args_.samples);
    Stream stream = task.stream.split("profile");
    if (!args_.like.stage.empty()) {
      std::vector<Arch> others = services_.found_by(args_.like.stage).networks;
      if (others.empty()) return Failure{"E818", fmt::format("{} holds no networks", args_.like.stage), ""};
      others.resize(std::min(count, others.size()));
      return others;
    }
    if (auto listed = task.metrics[0].source->networks(*task.space)) {
      // A partial shuffle: the first ones of any larger profile are these.
      const std::size_t wanted = std::min(adaptive() ? candidates() : count, listed->size());
      for (std::size_t i = 0; i < wanted; ++i)
        std::swap((*listed)[i], (*listed)[i + stream.below(static_cast<std::uint32_t>(listed->size() - i))]);
      listed->resize(wanted);
      return adaptive() ? most_telling(*task.space, *listed) : std::move(*listed);
    }
    auto drawn = SearchState(task).draw(adaptive() ? candidates() : count, stream, {}, sampling());
    if (!drawn || !adaptive()) return drawn;
    return most_telling(*task.space, *drawn);
  }

  bool adaptive() const { return args_.strategy == Strategy::adaptive; }
  /// What adaptive chooses from: as many whatever the number of samples, so that larger profiles hold the smaller ones.
  std::size_t candidates() const { return std::max(kCandidates, 2 * static_cast<std::size_t>(args_.samples)); }
  std::vector<Arch> most_telling(const Space& space, const std::vector<Arch>& drawn) const {
    std::vector<std::uint8_t> genomes;
    for (const Arch& arch : drawn) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
    std::vector<float> features(drawn.size() * space.feature_count());
    space.features(genomes, drawn.size(), features);
    std::vector<Arch> chosen;
    for (const std::size_t i :
         d_optimal(features, drawn.size(), space.feature_count(), static_cast<std::size_t>(args_.samples), kPenalty))
      chosen.push_back(drawn[i]);
    return chosen;
  }

  ProfileArgs args_;
  const Services& services_;
};

}  // namespace

void add_profiles(Registry& registry) {
  registry.add(
      Declare<ProfileArgs>(ComponentKind::profile, "profile", "Measures a metric of networks of a space, and keeps every value.")
          .arg("samples", &ProfileArgs::samples, "networks that are measured, each once", between(1, 10000000))
          .arg("strategy", &ProfileArgs::strategy,
               "uniform: every network with the same probability; latin_hypercube: every option of every gene equally often; "
               "stratified: equally many from equal ranges of MACs; per_operator: every different layer of the space alone, and "
               "uniform networks to check the sum of layers with; adaptive: those that tell a linear predictor most (D-optimal)")
          .arg("widths", &ProfileArgs::widths,
               "with per_operator: of layers that differ in their channels alone, so many widths are measured and the others "
               "interpolated; 0 = every width is measured",
               between(0, 10000))
          .arg("like", &ProfileArgs::like, "a profile of the same space: its first networks are measured, whatever the strategy")
          .refers_to("Profile")
          .details(
              "What predictors learn from and what they are compared with. Every measurement goes to the store as it is "
              "made: an interrupted profile goes on. Of a table only the networks of its rows are drawn. With per_operator, "
              "`export base as lut` "
              "writes the table of layers, which a `lut` device reads; how well sums of layers agree with whole networks is "
              "told, with the line that corrects them. With widths = 3, of layers that are equal in all but their channels those "
              "of three "
              "widths are measured, evenly from the narrowest to the widest, of each channel count on its own, and those between "
              "are interpolated, linearly in each count; a tenth of these, three at least, is measured too, and tells the error, "
              "which is printed. Interpolated layers are never called measured. adaptive chooses from 2,048 uniform networks, "
              "one after the other, "
              "the one with the "
              "largest x' A^-1 x, where x is its one-hot columns and a one, and A is 0.001 I and the sum of x x' over those "
              "chosen before; it looks at no measured value.")
          .paper("adaptive: Fedorov, Theory of Optimal Experiments, 1972")
          .example("profile base = latency over net on host { samples = 60 }")
          .example("profile layers = latency over net on host { samples = 20, strategy = per_operator }")
          .example("profile layers = latency over net on host { samples = 20, strategy = per_operator, widths = 3 }")
          .example("profile probe = latency over net on host { samples = 10, like = base }")
          .builds([](const ProfileArgs& a, Services& services) {
            return std::shared_ptr<void>(std::static_pointer_cast<Tactic>(std::make_shared<Profile>(a, services)));
          }));
}

}  // namespace nas
