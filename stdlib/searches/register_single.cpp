#include "stdlib/register.h"
#include "stdlib/searches/bananas.h"
#include "stdlib/searches/cmaes.h"
#include "stdlib/searches/evolution.h"
#include "stdlib/searches/exhaustive.h"
#include "stdlib/searches/ga.h"
#include "stdlib/searches/local.h"
#include "stdlib/searches/random.h"
#include "stdlib/searches/regularized_evolution.h"
#include "stdlib/searches/search_of.h"
#include "stdlib/searches/weaknas.h"

namespace nas {

void add_single_searches(Registry& registry) {
  Declare<RandomArgs> random(ComponentKind::search, "random",
                             "Uniform sampling of distinct networks: the baseline of every comparison.");
  random.arg("evaluations", &RandomArgs::evaluations, "networks to draw", between(1, 100000000))
      .length()
      .paper("Li and Talwalkar, Random Search and Reproducibility for NAS, UAI 2019")
      .objectives(1, 8)
      .example("search baseline = random(evaluations = 200)");
  registry.add(search_of<RandomSearch>(random));

  Declare<ExhaustiveArgs> exhaustive(
      ComponentKind::search, "exhaustive",
      "Every network of the space, each once: the exact front of spaces up to 10,000,000 networks.");
  exhaustive.arg("batch", &ExhaustiveArgs::batch, "networks looked at at a time", between(1, 100000))
      .details(
          "Networks come in a fixed order and are not held, only the front is. Larger spaces are refused before anything runs.")
      .objectives(1, 8)
      .example("search front = exhaustive() with direct()");
  registry.add(search_of<Exhaustive>(exhaustive));

  Declare<LocalArgs> local(
      ComponentKind::search, "local",
      "Hill climbing: always to the best network that differs in one gene, with restarts at random networks.");
  local.arg("restarts", &LocalArgs::restarts, "climbs after the first one", between(0, 1000000))
      .length()
      .details(
          "All neighbours are evaluated before a step (steepest descent). A smaller violation of the conditions counts more than "
          "any objective. Values of networks that an earlier climb saw are remembered, so that nothing is asked for twice.")
      .paper(
          "White, Nolen, Savani, Exploring the Loss Landscape in Neural Architecture Search, UAI 2021, PMLR 161:654-664, "
          "algorithm 1")
      .objectives(1, 1)
      .example("search best = local(restarts = 20)");
  registry.add(search_of<LocalSearch>(local));

  Declare<GeneticArgs> ga(ComponentKind::search, "ga", "Genetic algorithm for one objective.");
  genetic_arguments(ga)
      .details(
          "Parents win binary tournaments, the best of parents and children together survive. Feasible networks come before "
          "infeasible ones, which are ordered by how far they miss the conditions. The defaults are those of nsga2.")
      .paper(
          "Goldberg, Genetic Algorithms in Search, Optimization and Machine Learning, 1989; constraints: Deb, Computer Methods "
          "in "
          "Applied Mechanics and Engineering 186 (2000), doi:10.1016/S0045-7825(99)00389-8")
      .objectives(1, 1)
      .example("search best = ga(population = 40, generations = 100)");
  registry.add(search_of<Ga>(ga));

  Declare<EvolutionArgs> evolution(
      ComponentKind::search, "evolution",
      "Evolution as in once-for-all for one objective under conditions; for two objectives a sweep of weighted sums.");
  evolution.arg("population", &EvolutionArgs::population, "new networks in a generation", between(4, 100000))
      .arg("generations", &EvolutionArgs::generations, "generations, for two objectives of every weight", between(1, 1000000))
      .length()
      .arg("parents", &EvolutionArgs::parents, "share of the population that may breed and stays", between(0.01, 1))
      .arg("mutants", &EvolutionArgs::mutants, "share of the children that are mutants of one parent, the others are crossed",
           between(0, 1));
  operator_arguments(evolution)
      .arg("weights", &EvolutionArgs::weights, "for two objectives: how many t from 0 to 1", between(2, 1001))
      .details(
          "Sizes and shares are the reference's: 100 networks, 500 generations, a quarter of them parents, half of the children "
          "mutants, every block redrawn with probability 0.1 and at least one. The reference draws again until a condition "
          "holds, "
          "for ever where it cannot; here networks that miss a condition rank behind those that meet it, and for one objective "
          "are asked for nothing but what conditions name. Two objectives f and g, "
          "in the ranges of the first population: (1 - t) f + t g is minimised for each t, which for f = -accuracy and g = "
          "latency "
          "is the published (t - 1) accuracy + t latency; the front of everything seen is the result.")
      .paper(
          "Cai, Gan, Wang, Zhang, Han, Once-for-All, ICLR 2020, arXiv:1908.09791; sweep: Lu, Yang, Jiang, Shi, Ren, One Proxy "
          "Device "
          "Is Enough, SIGMETRICS 2022, doi:10.1145/3489048.3522660, algorithm 1")
      .objectives(1, 2)
      .example("search best = evolution(population = 100, generations = 100)")
      .example("search front = evolution(generations = 50, weights = 5)");
  registry.add(search_of<Evolution>(evolution));

  Declare<RegularizedEvolutionArgs> ageing(ComponentKind::search, "regularized_evolution",
                                           "Ageing evolution: a random sample's best has a child, the oldest dies.");
  ageing.arg("population", &RegularizedEvolutionArgs::population, "networks that live at a time", between(2, 100000))
      .arg("sample", &RegularizedEvolutionArgs::sample, "networks drawn to find a parent", between(1, 100000))
      .arg("evaluations", &RegularizedEvolutionArgs::evaluations, "networks to look at in all", between(1, 100000000))
      .length()
      .arg("children", &RegularizedEvolutionArgs::children, "children bred before their values are known", between(1, 10000));
  mutation_argument(ageing)
      .details(
          "Population 100 and samples of 25 are the published ones, and one child at a time; more children at a time suit "
          "measurements that are made in batches. A network is never looked at twice: a mutant that is known is mutated again.")
      .paper(
          "Real, Aggarwal, Huang, Le, Regularized Evolution for Image Classifier Architecture Search, AAAI 2019, "
          "doi:10.1609/aaai.v33i01.33014780, algorithm 1")
      .objectives(1, 1)
      .example("search best = regularized_evolution(population = 50, evaluations = 500)");
  registry.add(search_of<RegularizedEvolution>(ageing));

  Declare<CmaesArgs> cmaes(ComponentKind::search, "cmaes",
                           "CMA-ES on a continuous relaxation of the genes, decoded to the nearest network, with restarts.");
  cmaes.arg("population", &CmaesArgs::population, "samples of a generation; 0 = 4 + 3 ln n for n variables", between(0, 100000))
      .arg("sigma", &CmaesArgs::sigma, "first step, as a share of a variable's range", between(0.01, 2))
      .arg("generations", &CmaesArgs::generations, "generations in all, those of restarts included", between(1, 1000000))
      .length()
      .arg("restarts", &CmaesArgs::restarts, "restarts, each with twice the samples", between(0, 1000))
      .length()
      .details(
          "A gene whose options are numbers is one variable from 0 to 1, cut into equal parts in the order of its numbers; any "
          "other gene has a variable per option, and the largest one counts. So the order in which options are written does not "
          "matter. Only ranks of values enter, so units do not matter either. Networks that were seen before keep their value "
          "and are not asked for again; a search that brings nothing new for 20 generations, or whose steps have become too "
          "small "
          "to change a gene, restarts at a random network.")
      .paper(
          "Hansen and Ostermeier, Evolutionary Computation 9 (2001), doi:10.1162/106365601750190398; triangular factors: Krause, "
          "Arbones, Igel, NIPS 2016, algorithm 2; restarts: Auger and Hansen, CEC 2005, doi:10.1109/CEC.2005.1554902")
      .objectives(1, 1)
      .example("search best = cmaes(generations = 100)");
  registry.add(search_of<Cmaes>(cmaes));

  Declare<WeakNasArgs> weaknas(ComponentKind::search, "weaknas",
                               "Progressive weak predictors: learn, measure some of the predicted best, learn again.");
  learning_arguments(weaknas)
      .arg("top", &WeakNasArgs::top, "the round's networks are drawn uniformly from so many of the predicted best",
           between(1, 1000000))
      .details(
          "The predictor is the script's: predictor ridge() of accuracy. Metrics without one are computed or looked up. A metric "
          "from a table that has a predictor is learnt, and every look-up counts as a measurement. Of spaces larger than "
          "`candidates` half of the candidates are uniform, half mutants of the best measured networks; the paper's are uniform. "
          "With several objectives the best are those of the first predicted fronts.")
      .paper(
          "Wu, Dai, Chen, Chen, Liu, Yu, Wang, Liu, Chen, Yuan, Stronger NAS with Weaker Predictors, NeurIPS 2021, "
          "arXiv:2102.10490, "
          "algorithm 1")
      .objectives(1, 8)
      .example("search best = weaknas(initial = 50, evaluate = 25, rounds = 10)");
  registry.add(search_of<WeakNas>(weaknas));

  Declare<BananasArgs> bananas(ComponentKind::search, "bananas",
                               "An ensemble of predictors with an acquisition function chooses what is measured next.");
  learning_arguments(bananas)
      .arg("ensemble", &BananasArgs::ensemble, "predictors, each learning from rows drawn with replacement", between(1, 100))
      .arg("acquisition", &BananasArgs::acquisition,
           "its: a draw from N(mean, deviation^2); ucb: mean less half the deviation; mean: the mean alone")
      .details(
          "The predictor is the script's, five of it as published, and batches of ten after the first random networks. With "
          "several objectives the networks of the first fronts of acquired values are measured.")
      .paper("White, Neiswanger, Savani, BANANAS, AAAI 2021, doi:10.1609/aaai.v35i12.17233, algorithm 1")
      .objectives(1, 8)
      .example("search best = bananas(initial = 20, rounds = 10)");
  registry.add(search_of<Bananas>(bananas));
}

}  // namespace nas
