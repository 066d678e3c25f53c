#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace nas {

/// Ridge regression on all products of two sets of features: z[i][j] = a_i' W h_j, min |Z - A W H'|^2 + alpha |W|^2, with A the
/// n x p features of networks and H the m x q of devices. With A'A = U S U' and H'H = V T V' the solution is
/// W = U (U'A'ZHV / (s t' + alpha)) V', so that two small decompositions give every penalty.
class ProductRidge {
 public:
  /// `a`: n x p, `h`: m x q, `z`: n x m, all row-major.
  ProductRidge(std::span<const double> a, std::size_t p, std::span<const double> h, std::size_t q, std::span<const double> z);
  ~ProductRidge();

  /// The weights of a network's features on the device `h` (q values): W h, p values.
  std::vector<double> weights(double alpha, std::span<const double> h) const;
  /// Mean squared error at a penalty of every device as the others predict it (the mean over networks and devices); at least two
  /// devices.
  double error_without_each(double alpha) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nas
