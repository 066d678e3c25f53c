#include "stdlib/tactics/islands.h"

#include <algorithm>
#include <exception>
#include <numeric>
#include <thread>

#include "core/services.h"

namespace nas {
namespace {

/// Networks of one generation below which threads would cost more than they save.
constexpr std::size_t kWorthThreads = 4096;

}  // namespace

/// Calls `work(i)` for every island, on several threads where a generation is large enough: islands share nothing.
template <typename Work>
void Islands::on_each(std::size_t networks, Work work) {
  const std::size_t threads = networks < kWorthThreads ? 1 : std::min<std::size_t>(threads_, islands_.size());
  std::vector<std::exception_ptr> bugs(threads);
  const auto share = [&](std::size_t thread) {
    try {
      for (std::size_t i = thread; i < islands_.size(); i += threads) work(i);
    } catch (...) {
      bugs[thread] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(share, thread);
    share(0);
  }
  for (const auto& bug : bugs)
    if (bug) std::rethrow_exception(bug);
}

Result<void> Islands::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  stream_ = stream.split("migration");
  clear(known_, space.gene_count(), objectives);
  for (std::size_t i = 0; i < islands_.size(); ++i) {
    std::vector<Arch> own;  // networks to start from are dealt out in turn
    for (std::size_t k = i; k < first.size(); k += islands_.size()) own.push_back(first[k]);
    if (auto started = islands_[i]->start(space, objectives, own, stream.split("island").split(i)); !started) return started;
  }
  return {};
}

Result<void> Islands::ask(Population& out) {
  clear(out, known_.genes, known_.objectives_per_row);
  std::vector<Result<void>> answers(islands_.size());
  for (bool any = true; any && out.size() == 0;) {
    on_each(batch_size(), [&](std::size_t i) { answers[i] = islands_[i]->ask(asked_[i]); });
    any = false;
    for (std::size_t i = 0; i < islands_.size(); ++i) {
      if (!answers[i]) return answers[i];
      any = any || asked_[i].size() > 0;
      places_[i].clear();
      for (std::size_t row = 0; row < asked_[i].size(); ++row) {
        const auto genome = asked_[i].genome(row);
        const auto next = static_cast<std::uint32_t>(known_.size());
        const auto [at, fresh] = row_of_.emplace(SeenGenomes::hash_of(genome), next);
        places_[i].push_back(at->second);
        if (!fresh) continue;
        known_.genomes.insert(known_.genomes.end(), genome.begin(), genome.end());
        out.genomes.insert(out.genomes.end(), genome.begin(), genome.end());
      }
    }
    if (out.size() == 0 && any) deliver();  // other islands had found all of it
  }
  make_room_for_values(out);
  return {};
}

void Islands::tell(const Population& evaluated) {
  known_.objectives.insert(known_.objectives.end(), evaluated.objectives.begin(), evaluated.objectives.end());
  known_.violations.insert(known_.violations.end(), evaluated.violations.begin(), evaluated.violations.end());
  valued_ += evaluated.size();
  deliver();
}

/// Tells every island the values of what it asked for, and lets networks migrate when it is time.
void Islands::deliver() {
  std::size_t networks = 0;
  for (const auto& places : places_) networks += places.size();
  const std::size_t m = known_.objectives_per_row;
  on_each(networks, [&](std::size_t i) {
    Population& asked = asked_[i];
    std::size_t kept = 0;
    for (std::size_t row = 0; row < places_[i].size(); ++row) {
      const std::size_t place = places_[i][row];
      if (place >= valued_) continue;  // `until` has cut the batch
      if (kept != row) std::copy_n(asked.genome(row).begin(), asked.genes, asked.genome(kept).begin());
      std::copy_n(known_.objective(place).begin(), m, asked.objectives.begin() + static_cast<std::ptrdiff_t>(kept * m));
      asked.violations[kept++] = known_.violations[place];
    }
    asked.genomes.resize(kept * asked.genes);
    asked.objectives.resize(kept * m);
    asked.violations.resize(kept);
    if (kept > 0) islands_[i]->tell(asked);
  });
  delivered_ += networks;
  if (delivered_ < static_cast<std::size_t>(args_.interval) * batch_size()) return;
  delivered_ = 0;
  migrate();
}

void Islands::migrate() {
  const std::size_t n = islands_.size();
  std::vector<Population> leaving;
  for (const auto& island : islands_) leaving.push_back(best_of(island->population()));
  if (n < 2) return;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t apart = 1; apart < (args_.topology == Topology::ring ? 2 : n); ++apart)
      islands_[(i + apart) % n]->welcome(leaving[i]);
}

/// The `migrants` best rows: feasible fronts first, of the last front that is needed random members.
Population Islands::best_of(const Population& rows) {
  const std::size_t wanted = std::min(rows.size(), static_cast<std::size_t>(args_.migrants));
  Population best;
  clear(best, rows.genes, rows.objectives_per_row);
  if (wanted == 0) return best;
  fronts_.rank(rows);
  auto& order = fronts_.order();
  for (std::size_t begin = 0, end = 0; begin < wanted; begin = end) {
    end = fronts_.end_of_front(begin);
    for (std::size_t k = begin; k < std::min(end, wanted); ++k) {
      if (end > wanted) std::swap(order[k], order[k + stream_.below(static_cast<std::uint32_t>(end - k))]);
      append(best, rows, order[k]);
    }
  }
  return best;
}

void Islands::welcome(const Population& migrants) {
  for (const auto& island : islands_) island->welcome(migrants);
}

const Population& Islands::population() const {
  clear(union_, known_.genes, known_.objectives_per_row);
  SeenGenomes seen;
  for (const auto& island : islands_) {
    const Population& rows = island->population();
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (seen.insert(rows.genome(i))) append(union_, rows, i);
  }
  return union_;
}

std::size_t Islands::batch_size() const {
  return std::accumulate(islands_.begin(), islands_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& island) { return sum + island->batch_size(); });
}

std::size_t Islands::evaluations() const {
  return std::accumulate(islands_.begin(), islands_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& island) { return sum + island->evaluations(); });
}

namespace {

class SplitIntoIslands : public Preparation {
 public:
  explicit SplitIntoIslands(const IslandsArgs& args) : args_(args) {}
  Result<void> suits(const SearchTask& task) const override {
    auto parts = task.split(args_.count);
    return parts ? Result<void>{} : parts.failure();
  }
  Result<void> prepare(SearchTask& task, std::vector<std::string>&) const override {
    auto parts = task.split(args_.count);
    if (!parts) return parts.failure();
    task.algorithm = [parts = std::move(*parts), args = args_, threads = task.threads] {
      std::vector<std::shared_ptr<SearchAlgorithm>> islands;
      for (const MakeAlgorithm& make : parts) islands.push_back(make());
      return std::make_shared<Islands>(std::move(islands), args, threads);
    };
    return {};
  }

 private:
  IslandsArgs args_;
};

}  // namespace

void add_islands(Registry& registry) {
  registry.add(
      Declare<IslandsArgs>(ComponentKind::tactic, "islands",
                           "The population is shared out among islands that search apart and exchange their best networks.")
          .arg("count", &IslandsArgs::count, "how many", between(2, 10000))
          .arg("interval", &IslandsArgs::interval, "generations of the islands between two exchanges", between(1, 1000000))
          .arg("migrants", &IslandsArgs::migrants, "networks that each island sends", between(1, 100000))
          .arg("topology", &IslandsArgs::topology, "ring: to the next island; complete: to every other one")
          .details(
              "For every search with a population, which stays as large in all as it is written: nsga2(population = 50) with "
              "islands(4) has islands of 13, 13, 12 and 12. Each island draws its own random numbers. Migrants are copies of "
              "networks of the island's best fronts; an island keeps them where they are among its best. A network that two "
              "islands find is measured once. The front is that of all islands together. It stands beside the tactic that runs "
              "the search. Best-replace-worst and a ring are what the literature takes most often; few migrants and exchanges "
              "that are not too frequent keep the islands apart. Fewer, larger populations make better use of few measurements.")
          .paper("Cantu-Paz, Journal of Heuristics 7 (2001), doi:10.1023/A:1011375326814; sizes and intervals: Skolicki and De "
                 "Jong, The Influence of Migration Sizes and Intervals on Island Models, GECCO 2005, pages 1295-1302")
          .prepares()
          .example("search front = nsga2(population = 80) with direct(), islands(4)")
          .builds([](const IslandsArgs& a, Services&) {
            return std::shared_ptr<void>(std::static_pointer_cast<Preparation>(std::make_shared<SplitIntoIslands>(a)));
          }));
}

}  // namespace nas
