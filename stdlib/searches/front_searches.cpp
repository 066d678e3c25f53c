#include <fmt/format.h>

#include "stdlib/searches/age_moea.h"
#include "stdlib/searches/ctaea.h"
#include "stdlib/searches/mo_cmaes.h"
#include "stdlib/searches/moead.h"
#include "stdlib/searches/nsga3.h"
#include "stdlib/searches/rnsga2.h"
#include "stdlib/searches/search_of.h"
#include "stdlib/searches/sms_emoa.h"

namespace nas {
namespace {

template <typename Args>
Declare<Args>& partitions_argument(Declare<Args>& declaration) {
  return declaration.arg("partitions", &Args::partitions,
                         "steps along an axis of the reference directions; 0 = as many as the population allows",
                         between(0, 10000));
}

const char* kDirections =
    "Reference directions are those of Das and Dennis (1998): all vectors of multiples of 1/partitions that sum to 1, "
    "(partitions + m - 1 over m - 1) for m objectives. ";
const char* kFeasible =
    "Infeasible networks rank behind feasible ones, by how far they miss the bounds. No network is asked for twice.";

Component nsga3(bool unified) {
  Declare<Nsga3Args> declaration(
      ComponentKind::search, unified ? "unsga3" : "nsga3",
      unified ? "NSGA-III with tournaments inside niches, for one, two and many objectives."
              : "Genetic search for three and more objectives that spreads a front along reference directions.");
  genetic_arguments(declaration);
  partitions_argument(declaration)
      .details(fmt::format("{}Objectives are normalised by the ideal point and the intercepts of the plane through the extreme "
                           "points; the last front "
                           "that survives in part is filled from the directions with the fewest networks, the nearest network "
                           "first. {}The default "
                           "population of 50 gives 50 directions for two objectives and 45 for three. {}",
                           kDirections,
                           unified ? "Of two networks on one direction the better ranked, then the nearer one becomes a parent. "
                                   : "Parents are drawn at random. ",
                           kFeasible))
      .paper(unified ? "Seada and Deb, IEEE Transactions on Evolutionary Computation 20 (2016), doi:10.1109/TEVC.2015.2459718"
                     : "Deb and Jain, IEEE Transactions on Evolutionary Computation 18 (2014), doi:10.1109/TEVC.2013.2281535; "
                       "constraints: "
                       "doi:10.1109/TEVC.2013.2281534")
      .objectives(unified ? 1 : 2, 8)
      .example(unified ? "search front = unsga3(population = 92, partitions = 12)"
                       : "search front = nsga3(population = 92, generations = 100)");
  return search_of<Nsga3>(declaration, unified);
}

Component rnsga2() {
  Declare<RNsga2Args> declaration(ComponentKind::search, "rnsga2",
                                  "NSGA-II that looks near given points of the objective space.");
  declaration
      .arg("reference", &RNsga2Args::reference, "what is wished for: one value per objective, of further points the next values")
      .required();
  genetic_arguments(declaration)
      .arg("epsilon", &RNsga2Args::epsilon,
           "of networks closer together than this sum of normalised differences one stands for the others; larger spreads the "
           "result",
           between(0, 10))
      .details(fmt::format("Inside a front networks are ordered by d = sqrt(sum ((f_j - z_j) / (max_j - min_j))^2) to the "
                           "nearest reference point z, which may be "
                           "out of reach. The default epsilon of 0.01 is the paper's for a dense result near the points. Values "
                           "are written as the "
                           "objectives are, accuracy as 75% though it is maximised. {}",
                           kFeasible))
      .paper(
          "Deb and Sundar, Reference Point Based Multi-Objective Optimization Using Evolutionary Algorithms, GECCO 2006, "
          "doi:10.1145/1143997.1144112")
      .objectives(2, 8)
      .example("search front = rnsga2(reference = [5M, 20k])");
  Component component = search_of<RNsga2>(declaration);
  component.args.front().dimension = "objectives";
  return component;
}

Component age_moea() {
  Declare<GeneticArgs> declaration(ComponentKind::search, "age_moea",
                                   "Genetic search that adapts proximity and spread to the estimated shape of the front.");
  genetic_arguments(declaration)
      .details(fmt::format("The normalised front is taken for sum f_j^p = 1, with p = log(m) / log(1 / c) from its most central "
                           "point (c, ..., c). After the "
                           "extremes, the network with the largest (d1 + d2) / |f|_p survives next: d1 and d2 are its distances "
                           "to the two nearest "
                           "survivors, all in the L_p norm. The defaults are those of nsga2. {}",
                           kFeasible))
      .paper(
          "Panichella, An Adaptive Evolutionary Algorithm based on Non-Euclidean Geometry for Many-Objective Optimization, GECCO "
          "2019, "
          "doi:10.1145/3321707.3321839")
      .objectives(2, 8)
      .example("search front = age_moea(population = 50, generations = 100)");
  return search_of<AgeMoea>(declaration);
}

Component moead() {
  Declare<MoeadArgs> declaration(
      ComponentKind::search, "moead",
      "Search by decomposition: one scalar problem per direction, solved together with its neighbours.");
  genetic_arguments(declaration);
  partitions_argument(declaration)
      .arg("neighbours", &MoeadArgs::neighbours,
           "subproblems with the nearest directions, which mate and share children; at most all of them", between(2, 10000))
      .arg("decomposition", &MoeadArgs::decomposition,
           "tchebycheff: max w_j |f_j - z_j|; pbi: distance along the direction + theta x distance from it")
      .arg("theta", &MoeadArgs::theta, "penalty of pbi", between(0, 1000))
      .arg("local", &MoeadArgs::local, "chance that parents and places come from the neighbourhood, not from everywhere",
           between(0, 1))
      .arg("replace", &MoeadArgs::replace, "networks that one child may replace", between(1, 10000))
      .details(fmt::format("{}There is one subproblem per direction, and as many children in a generation: the largest number up "
                           "to the population. Objectives are "
                           "normalised to the range of the current networks. Children of a generation are bred first and told in "
                           "order; the paper tells each one "
                           "at once. neighbours = 20 and theta = 5 are the papers' values, local = 0.9 and replace = 2 those of "
                           "the 2009 version. The result is an "
                           "archive of the best networks of all generations. {}",
                           kDirections, kFeasible))
      .paper(
          "Zhang and Li, IEEE Transactions on Evolutionary Computation 11 (2007), doi:10.1109/TEVC.2007.892759; Li and Zhang, 13 "
          "(2009), "
          "doi:10.1109/TEVC.2008.925798")
      .objectives(2, 8)
      .example("search front = moead(population = 50, decomposition = pbi)");
  return search_of<Moead>(declaration);
}

Component ctaea() {
  Declare<CtaeaArgs> declaration(ComponentKind::search, "ctaea",
                                 "Genetic search under tight bounds, with one archive for convergence and one for diversity.");
  genetic_arguments(declaration);
  partitions_argument(declaration)
      .details(fmt::format("{}Each archive holds as many networks as there are directions. The first one takes feasible networks "
                           "before others; the second one explores the "
                           "directions where the first has none, feasible or not. Whichever has the larger share of "
                           "non-dominated networks gives more parents. "
                           "Objectives are normalised to the range of all networks at hand. The result is the first archive. "
                           "Shares and generations are those of nsga2; the default population of 50 gives 50 directions for two "
                           "objectives and 45 for three. No network is asked for twice.",
                           kDirections))
      .paper(
          "Li, Chen, Fu, Yao, Two-Archive Evolutionary Algorithm for Constrained Multiobjective Optimization, IEEE Transactions "
          "on Evolutionary "
          "Computation 23 (2019), doi:10.1109/TEVC.2018.2855411")
      .objectives(2, 8)
      .example("search front = ctaea(population = 50)");
  return search_of<Ctaea>(declaration);
}

Component sms_emoa() {
  Declare<GeneticArgs> declaration(ComponentKind::search, "sms_emoa",
                                   "Genetic search that keeps the networks whose loss would cost most hypervolume.");
  genetic_arguments(declaration)
      .details(fmt::format("Of the last front that survives in part the network with the smallest exact contribution goes, one "
                           "after another. The reference point lies "
                           "one range of that front behind its worst values, so that units do not matter. Children come in "
                           "batches of one population; the paper makes "
                           "one at a time. {}",
                           kFeasible))
      .paper(
          "Beume, Naujoks, Emmerich, SMS-EMOA, European Journal of Operational Research 181 (2007), "
          "doi:10.1016/j.ejor.2006.08.008; contributions: "
          "Emmerich and Fonseca, EMO 2011, doi:10.1007/978-3-642-19893-9_9")
      .objectives(2, 3)
      .example("search front = sms_emoa(population = 50, generations = 100)");
  return search_of<SmsEmoa>(declaration);
}

Component mo_cmaes() {
  Declare<MoCmaesArgs> declaration(
      ComponentKind::search, "mo_cmaes",
      "Evolution strategy on a continuous relaxation of the genes, one adapting distribution per network.");
  declaration
      .arg("population", &MoCmaesArgs::population, "networks that survive a generation, and new ones in each", between(4, 100000))
      .arg("generations", &MoCmaesArgs::generations, "generations, the random first one included", between(1, 1000000))
      .length()
      .arg("step", &MoCmaesArgs::step, "first step length, as a share of a gene's range", between(0.001, 1))
      .details(fmt::format("Every gene becomes a number in [0, 1), cut into equal parts for its options and rounded down; "
                           "options are taken in the order in which the space "
                           "lists them, so genes that are not ordered gain little. Each network makes one child x + step A z a "
                           "generation; a move that survives is "
                           "learnt by its covariance and lengthens the step (target: one in 5.5). Survivors are chosen by front, "
                           "then hypervolume contribution. A "
                           "child that rounds to a known network is drawn again, then mutated. step = 0.2 moves most genes by "
                           "less than one option. {}",
                           kFeasible))
      .paper(
          "Igel, Hansen, Roth, Evolutionary Computation 15 (2007), doi:10.1162/evco.2007.15.1.1; Voss, Hansen, Igel, GECCO 2010, "
          "doi:10.1145/1830483.1830573")
      .objectives(2, 3)
      .example("search front = mo_cmaes(population = 50, generations = 100)");
  return search_of<MoCmaes>(declaration);
}

}  // namespace

void add_front_searches(Registry& registry) {
  registry.add(nsga3(false));
  registry.add(nsga3(true));
  registry.add(rnsga2());
  registry.add(age_moea());
  registry.add(moead());
  registry.add(ctaea());
  registry.add(sms_emoa());
  registry.add(mo_cmaes());
}

}  // namespace nas
