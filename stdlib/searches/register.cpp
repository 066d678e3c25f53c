#include "stdlib/register.h"
#include "stdlib/searches/nsga2.h"
#include "stdlib/searches/random.h"

namespace nas {

void add_searches(Registry& registry) {
  registry.add(Declare<Nsga2Args>(ComponentKind::search, "nsga2", "Elitist genetic search for a Pareto front by non-dominated sorting and crowding distance.")
                   .arg("population", &Nsga2Args::population, "networks that survive a generation, and new ones in each", between(4, 100000))
                   .arg("generations", &Nsga2Args::generations, "generations, the random first one included", between(1, 1000000))
                   .arg("crossover", &Nsga2Args::crossover, "share of children that mix two parents gene by gene", between(0, 1))
                   .arg("mutation", &Nsga2Args::mutation, "share of children with one active gene redrawn", between(0, 1))
                   .details("Integer genes are redrawn, not nudged: rounding a polynomial mutation on three options almost never changes one. "
                            "Infeasible networks rank behind feasible ones, by how far they miss the bounds. No network is asked for twice.")
                   .paper("Deb, Pratap, Agarwal, Meyarivan, IEEE Transactions on Evolutionary Computation 6 (2002)")
                   .objectives(1, 8)
                   .example("search front = nsga2(population = 40, generations = 100)")
                   .builds([](const Nsga2Args& a, Services&) { return std::shared_ptr<void>(std::static_pointer_cast<SearchAlgorithm>(std::make_shared<Nsga2>(a))); }));
  registry.add(Declare<RandomArgs>(ComponentKind::search, "random", "Uniform sampling of distinct networks: the baseline of every comparison.")
                   .arg("evaluations", &RandomArgs::evaluations, "networks to draw", between(1, 100000000))
                   .paper("Li and Talwalkar, Random Search and Reproducibility for NAS, UAI 2019")
                   .objectives(1, 8)
                   .example("search baseline = random(evaluations = 200)")
                   .builds([](const RandomArgs& a, Services&) { return std::shared_ptr<void>(std::static_pointer_cast<SearchAlgorithm>(std::make_shared<RandomSearch>(a))); }));
}

}  // namespace nas
