#pragma once

#include <optional>
#include <string_view>

#include "stdlib/tactics/first_look.h"
#include "stdlib/tactics/sampling.h"
#include "stdlib/tactics/search_state.h"
#include "stdlib/tactics/stop_rule.h"

namespace nas {

/// What is measured after a search on predictions.
enum class Selection {
  improvement,  ///< new networks of the predicted fronts, far from one another
  population,   ///< the last population as it is (LINAS as published)
};
template <>
struct Labels<Selection> {
  static constexpr std::string_view names[] = {"improvement", "population"};
};

/// What tactics share that search on predictions: random networks first, then rounds of learning from everything measured,
/// searching on predictions and measuring some of what was found.
class Rounds {
 public:
  Rounds(const SearchTask& task, Measurer& measurer, const Tactic::Progress& progress,
         Selection selection = Selection::improvement)
      : task_(task), measurer_(measurer), progress_(progress), selection_(selection), state_(task), rule_(task, progress) {}

  /// `times` as many candidates as are measured are first looked at on so many images.
  void look_first(std::int64_t images, int times);
  Result<void> first(std::size_t count, Sampling sampling = Sampling::latin_hypercube);
  /// At the end of it the stop rule knows what was measured.
  Result<void> next(int round, std::size_t count);

  bool reached() const { return rule_.reached(); }
  std::size_t measured() { return state_.result().rows.size(); }
  double hypervolume() { return state_.result().hypervolume.empty() ? 0 : state_.result().hypervolume.back(); }
  void note(std::string sentence) { state_.result().notes.push_back(std::move(sentence)); }
  SearchResult finish();

 private:
  Result<std::vector<Arch>> chosen(BatchEvaluator& evaluator, int round, std::size_t count);
  /// Computed and predicted values, n x metrics.
  std::vector<double> values(BatchEvaluator& evaluator, std::span<const Arch> archs) const;

  const SearchTask& task_;
  Measurer& measurer_;
  const Tactic::Progress& progress_;
  Selection selection_;
  SearchState state_;
  StopRule rule_;
  std::optional<FirstLook> look_;
  std::size_t candidates_ = 1;
};

}  // namespace nas
