#include "stdlib/register.h"

#include "stdlib/searches/nsga2.h"
#include "stdlib/searches/search_of.h"

namespace nas {
void add_searches(Registry& registry) {
  Declare<GeneticArgs> nsga2(ComponentKind::search, "nsga2",
                             "Elitist genetic search for a Pareto front by non-dominated sorting and crowding distance.");
  genetic_arguments(nsga2)
      .details(
          "Parents win binary tournaments by rank, then crowding distance; the best of parents and children together survive. "
          "Integer genes "
          "are redrawn, not nudged: rounding a polynomial mutation on three options almost never changes one. Infeasible "
          "networks rank "
          "behind feasible ones, by how far they miss the bounds. No network is asked for twice. The defaults: 50 networks, as "
          "published super-network searches have; 0.9 of the children are crossed, the paper's share; 0.9 of them change one "
          "gene, "
          "where the published 2 % leave nearly all children mixtures of what the first population had.")
      .paper("Deb, Pratap, Agarwal, Meyarivan, IEEE Transactions on Evolutionary Computation 6 (2002), doi:10.1109/4235.996017")
      .objectives(1, 8)
      .example("search front = nsga2(population = 40, generations = 100)")
      .example("search other = nsga2(crossover = per_stage, mutation = block(0.1))");
  registry.add(search_of<Nsga2>(nsga2));
  add_front_searches(registry);
  add_single_searches(registry);
}

}  // namespace nas
