#pragma once

#include "stdlib/searches/genetic.h"

namespace nas {

/// AGE-MOEA (Panichella, GECCO 2019): estimates the curvature p of the front and keeps networks by proximity to the ideal point
/// and by spread, both in that L_p norm.
class AgeMoea : public GeneticSearch {
 public:
  explicit AgeMoea(const GeneticArgs& args) : GeneticSearch(args) {}
  /// The curvature of the last generation's front: 1 a plane, 2 a sphere, below 1 a convex front.
  double curvature() const { return p_; }

 private:
  std::size_t select() override;
  void survive() override;
  void scale(std::size_t front);
  void spread(std::size_t front, std::size_t picks);
  double norm(std::size_t i) const;
  double distance(std::size_t i, std::size_t k) const;
  double power(double value) const;

  double p_ = 1;
  FeasibleFirst fronts_;
  std::vector<std::uint32_t> rank_;  ///< of the parents, of the pool while it is ranked
  std::vector<double> score_;
  std::vector<double> ideal_, width_, scaled_, inverse_norm_, nearest_, second_;
  std::vector<std::uint32_t> extremes_, waiting_;
};

}  // namespace nas
