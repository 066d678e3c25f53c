#include "stdlib/tactics/rounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace nas {

void Rounds::look_first(std::int64_t images, int times) {
  look_.emplace(task_, images);
  candidates_ = static_cast<std::size_t>(times);
}

Result<void> Rounds::first(std::size_t count, Sampling sampling) {
  if (count == 0) return {};
  auto first = state_.draw(rule_.room(count), task_.stream.split("first"), {}, sampling);
  if (!first) return first.failure();
  // Networks to start from take the places of random ones, at most half of them. The ends of the space are always among them:
  // what lies between is learnt better than what lies beyond.
  std::vector<Arch> start{task_.space->smallest(), task_.space->largest()};
  start.insert(start.end(), task_.first.begin(), task_.first.end());
  std::size_t replaced = 0;
  for (const Arch& arch : start)
    if (replaced < first->size() / 2 && std::find(first->begin(), first->end(), arch) == first->end())
      (*first)[replaced++] = arch;
  if (auto measured = state_.measure(*first, 0, measurer_, {}, progress_); !measured) return measured;
  rule_.seen(state_.measured(0));
  return {};
}

std::vector<double> Rounds::values(BatchEvaluator& evaluator, std::span<const Arch> archs) const {
  std::vector<std::uint8_t> genomes;
  for (const Arch& arch : archs) genomes.insert(genomes.end(), arch.genes.begin(), arch.genes.end());
  std::vector<double> values(archs.size() * task_.metrics.size());
  evaluator.metrics(genomes, archs.size(), values);
  return values;
}

Result<std::vector<Arch>> Rounds::chosen(BatchEvaluator& evaluator, int round, std::size_t count) {
  const auto numbered = static_cast<std::uint64_t>(round);
  const bool improve = selection_ == Selection::improvement;
  auto found = state_.search(evaluator, round, progress_, state_.result().predicted_evaluations, improve);
  if (!found) return found.failure();
  const std::size_t wanted = count * candidates_;
  std::vector<Arch> chosen = improve ? state_.choose(*found, wanted) : state_.unmeasured(*found, wanted);
  if (look_ && chosen.size() > count) {
    progress_.step(fmt::format("round {}: a first look at {} networks", round, chosen.size()), 0, 0);
    auto looked = look_->look(chosen, values(evaluator, chosen), measurer_);
    if (!looked) return looked.failure();
    chosen = state_.choose(*looked, count);
  }
  if (improve && chosen.size() < count) {
    auto more = state_.draw(count - chosen.size(), task_.stream.split("fill").split(numbered), chosen);
    if (!more) return more.failure();
    std::move(more->begin(), more->end(), std::back_inserter(chosen));
  }
  return chosen;
}

Result<void> Rounds::next(int round, std::size_t count) {
  count = rule_.room(count);
  if (count == 0) return {};
  progress_.step(fmt::format("round {}: searching on predictions", round), 0, 0);
  auto evaluator = state_.fit(task_.stream.split("fit").split(static_cast<std::uint64_t>(round)));
  if (!evaluator) return evaluator.failure();
  auto archs = chosen(**evaluator, round, count);
  if (!archs) return archs.failure();
  if (archs->empty()) return {};
  const std::size_t m = task_.metrics.size();
  std::vector<double> all = values(**evaluator, *archs);
  std::vector<std::vector<double>> predicted;
  for (std::size_t j = 0; j < m; ++j)  // computed metrics are not predictions
    if (!(*evaluator)->predictor(j))
      for (std::size_t i = 0; i < archs->size(); ++i) all[i * m + j] = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < archs->size(); ++i)
    predicted.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i * m),
                           all.begin() + static_cast<std::ptrdiff_t>((i + 1) * m));
  if (auto measured = state_.measure(*archs, round, measurer_, predicted, progress_); !measured) return measured;
  state_.report_round(round, **evaluator);
  const std::size_t before = state_.result().rows.size() - archs->size();
  if (look_) look_->learn(std::span(state_.result().rows).subspan(before));
  rule_.seen(state_.measured(before));
  return {};
}

SearchResult Rounds::finish() {
  if (look_) note(fmt::format("concurrent: {} first looks on {} images each", look_->looks(), look_->images()));
  return state_.finish();
}

}  // namespace nas
