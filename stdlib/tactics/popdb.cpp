#include "stdlib/tactics/popdb.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/component.h"
#include "core/hdbscan.h"
#include "core/search.h"
#include "core/services.h"

namespace nas {
namespace {

struct PopDbArgs {
  StageRef result;
  int min_cluster_size = 50;
  int min_samples = 10;
  double drop_below = 0.01;
};

/// "21758655492572485851" or "2.18e+19": short enough for a sentence.
std::string count_text(const mpz_class& count) {
  const std::string digits = count.get_str();
  return digits.size() <= 9 ? digits : fmt::format("{:.3g}", count.get_d());
}

class PopDb : public Preparation {
 public:
  PopDb(PopDbArgs args, Services& services) : args_(std::move(args)), services_(services) {}

  Result<void> prepare(SearchTask& task, std::vector<std::string>& notes) const override {
    const Space& space = *task.space;
    const auto found = services_.found_by(args_.result.stage);
    if (!found.space) {
      notes.push_back(fmt::format("popdb: {} was not run, so the space stays whole", args_.result.stage));
      return {};
    }
    if (found.space->key() != space.key())
      return Failure{"E826", fmt::format("popdb learns from {}, which searched another space", args_.result.stage),
                     "give it a search over the same space"};
    std::vector<std::uint8_t> history;
    for (const Arch& arch : found.networks) history.insert(history.end(), arch.genes.begin(), arch.genes.end());
    const Clusters clusters = hdbscan(one_hot_bits(space, history), {args_.min_cluster_size, args_.min_samples, task.threads});
    if (clusters.count == 0)
      return Failure{"E826",
                     fmt::format("popdb finds no cluster of {} networks among the {} that {} has kept", args_.min_cluster_size,
                                 found.networks.size(), args_.result.stage),
                     "a longer search, or a smaller min_cluster_size"};

    // How often the networks of clusters use each option, among those in which the gene has a say.
    const std::size_t genes = space.gene_count();
    std::vector<std::vector<std::size_t>> uses(genes);
    for (std::size_t g = 0; g < genes; ++g) uses[g].assign(space.genes()[g].options.size(), 0);
    std::vector<std::uint8_t> active(genes);
    std::size_t clustered = 0;
    for (std::size_t i = 0; i < found.networks.size(); ++i) {
      if (clusters.labels[i] < 0) continue;
      ++clustered;
      space.active(found.networks[i].genes, active);
      for (std::size_t g = 0; g < genes; ++g)
        if (active[g]) ++uses[g][found.networks[i].genes[g]];
    }
    std::vector<std::vector<bool>> keep(genes);
    std::size_t narrowed = 0;
    for (std::size_t g = 0; g < genes; ++g) {
      std::size_t total = 0;
      for (const std::size_t count : uses[g]) total += count;
      for (const std::size_t count : uses[g])
        keep[g].push_back(total == 0 || static_cast<double>(count) >= args_.drop_below * static_cast<double>(total));
      narrowed += std::count(keep[g].begin(), keep[g].end(), false) > 0;
    }
    auto reduced = space.reduced_to(keep);
    if (!reduced) return reduced.failure();
    notes.push_back(
        fmt::format("popdb: {} cluster{} hold {} of {} networks; {} of {} genes lose options; {} networks are left of {}",
                    clusters.count, clusters.count == 1 ? "" : "s", clustered, found.networks.size(), narrowed, genes,
                    count_text(reduced->networks()), count_text(space.networks())));
    task.reduced = std::make_shared<const Space>(std::move(*reduced));
    task.space = task.reduced.get();
    return {};
  }

 private:
  PopDbArgs args_;
  Services& services_;
};

}  // namespace

void add_popdb(Registry& registry) {
  registry.add(Declare<PopDbArgs>(ComponentKind::tactic, "popdb",
                                  "The search keeps to the options that the good regions of an earlier search use.")
                   .arg("result", &PopDbArgs::result, "search whose measured networks it learns from")
                   .refers_to("Result")
                   .required()
                   .arg("min_cluster_size", &PopDbArgs::min_cluster_size, "networks that make a cluster", between(2, 1000000))
                   .arg("min_samples", &PopDbArgs::min_samples, "neighbours of a network in a dense region", between(1, 1000000))
                   .arg("drop_below", &PopDbArgs::drop_below, "share of the clustered networks below which an option is dropped",
                        between(0, 1))
                   .details("The measured networks of the earlier search are clustered with HDBSCAN on their one-hot encoding; "
                            "noise is left out; of searches whose values are computed in batches these are the networks that "
                            "improved the front, and the "
                            "last population. "
                            "An option that fewer than drop_below of the clustered networks with that gene use is dropped. "
                            "Measurements and weights "
                            "of the whole space keep serving. The sizes of the space before and after are said with the result.")
                   .paper("Cummings et al., arXiv:2205.10358, section 3.4 (PopDB); Campello, Moulavi and Sander, PAKDD 2013, "
                          "doi:10.1007/978-3-642-37456-2_14")
                   .prepares()
                   .example("search second = nsga2() with direct(), popdb(first)")
                   .builds([](const PopDbArgs& a, Services& s) {
                     return std::shared_ptr<void>(std::static_pointer_cast<Preparation>(std::make_shared<PopDb>(a, s)));
                   }));
}

}  // namespace nas
