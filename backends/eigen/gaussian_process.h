#pragma once

#include <span>
#include <vector>

#include "backends/eigen/row_distances.h"
#include "core/rng.h"

namespace nas {

/// A Gaussian process with the kernel s^2 (exp(-|x - z|^2 / (2 l^2)) + noise [x is z]) on standardised targets (Rasmussen and
/// Williams 2006, chapter 2). Features other than 0 and 1 are divided by their standard deviation.
class GaussianProcess {
 public:
  struct Shape {
    double length = 1;  ///< l, in units of the (scaled) features
    double noise = 0;   ///< variance of the noise as a share of s^2
  };
  /// Takes the rows over and chooses the shape with the largest marginal likelihood, s^2 profiled out: a grid, then the simplex
  /// of Nelder and Mead. With more than `choose_on` rows the choice is made on as many drawn by the stream.
  GaussianProcess(std::span<const float> x, std::span<const double> y, std::size_t d, std::size_t choose_on, Stream stream);
  /// With a given shape; not valid() where its kernel is not positive definite.
  GaussianProcess(std::span<const float> x, std::span<const double> y, std::size_t d, Shape shape);
  GaussianProcess() = default;

  /// Natural logarithm of the density of the standardised targets, at the best s^2.
  double log_likelihood() const { return log_likelihood_; }
  const Shape& shape() const { return shape_; }
  double signal() const { return signal_; }  ///< s^2, of standardised targets
  bool valid() const { return valid_; }
  const RowDistances& rows() const { return rows_; }

  /// n rows, units of the targets.
  void predict(std::span<const float> features, std::size_t n, std::span<double> out) const;
  /// `deviation` is that of a new measurement: of the function and of the noise.
  void predict(std::span<const float> features, std::size_t n, std::span<double> out, std::span<double> deviation) const;

 private:
  void kernel_row(const float* row, RowDistances::Scratch& scratch, std::vector<std::uint16_t>& counts,
                  std::vector<float>& squared, double* out) const;
  void condition();

  RowDistances rows_;
  std::vector<double> targets_;  ///< standardised
  double mean_ = 0, deviation_ = 0;
  Shape shape_;
  double signal_ = 0, log_likelihood_ = 0;
  bool valid_ = false;
  std::vector<double> table_;  ///< of the kernel by the count of columns, where rows are zeros and ones
  std::vector<double> alpha_;  ///< (R + noise I)^-1 y
  std::vector<double> lower_;  ///< n x n, row-major: its Cholesky factor
};

}  // namespace nas
