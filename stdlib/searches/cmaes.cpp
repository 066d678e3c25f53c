#include "stdlib/searches/cmaes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nas {
namespace {

/// Generations without a new network before a restart, and draws for a valid network.
constexpr int kBarren = 20, kTries = 100;
/// Steps below this share of a variable's range no longer change a gene of a few options.
constexpr double kSmallestSpread = 0.02;
constexpr std::size_t kLargestLambda = 4096;

}  // namespace

SearchDistribution::SearchDistribution(std::vector<double> mean, double sigma, std::size_t lambda)
    : n_(mean.size()), lambda_(lambda), mu_(lambda / 2), mean_(std::move(mean)), sigma_(sigma) {
  const auto n = static_cast<double>(n_);
  weights_.resize(mu_);
  for (std::size_t i = 0; i < mu_; ++i)
    weights_[i] = std::log((static_cast<double>(lambda_) + 1) / 2) - std::log(static_cast<double>(i) + 1);
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  double squares = 0;
  for (double& w : weights_) {
    w /= sum;
    squares += w * w;
  }
  mu_effective_ = 1 / squares;
  c_sigma_ = (mu_effective_ + 2) / (n + mu_effective_ + 5);
  damping_ = 1 + 2 * std::max(0.0, std::sqrt((mu_effective_ - 1) / (n + 1)) - 1) + c_sigma_;
  c_path_ = (4 + mu_effective_ / n) / (n + 4 + 2 * mu_effective_ / n);
  c_one_ = 2 / ((n + 1.3) * (n + 1.3) + mu_effective_);
  c_mu_ = std::min(1 - c_one_, 2 * (mu_effective_ - 2 + 1 / mu_effective_) / ((n + 2) * (n + 2) + mu_effective_));
  expected_ = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  factor_.assign(n_ * n_, 0.0);
  for (std::size_t i = 0; i < n_; ++i) factor_[i * n_ + i] = 1;
  path_.assign(n_, 0.0);
  step_path_.assign(n_, 0.0);
  work_.resize(n_);
}

double SearchDistribution::spread() const {
  double largest = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    double variance = 0;
    for (std::size_t j = 0; j <= i; ++j) variance += factor_[i * n_ + j] * factor_[i * n_ + j];
    largest = std::max(largest, variance);
  }
  return sigma_ * std::sqrt(largest);
}

void SearchDistribution::sample(Stream& stream, std::span<double> x) {
  for (double& z : work_) z = stream.normal();
  for (std::size_t i = 0; i < n_; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j <= i; ++j) sum += factor_[i * n_ + j] * work_[j];
    x[i] = mean_[i] + sigma_ * sum;
  }
}

/// The rank-one update of a Cholesky factor (Golub and Van Loan, Matrix Computations, section 6.5.4).
void SearchDistribution::change(double scale, double weight, std::span<const double> v) {
  const double root = std::sqrt(scale);
  for (double& a : factor_) a *= root;
  const double share = std::sqrt(weight);
  for (std::size_t i = 0; i < n_; ++i) work_[i] = share * v[i];
  for (std::size_t k = 0; k < n_; ++k) {
    const double diagonal = factor_[k * n_ + k];
    const double length = std::hypot(diagonal, work_[k]);
    const double cosine = length / diagonal, sine = work_[k] / diagonal;
    factor_[k * n_ + k] = length;
    for (std::size_t i = k + 1; i < n_; ++i) {
      factor_[i * n_ + k] = (factor_[i * n_ + k] + sine * work_[i]) / cosine;
      work_[i] = cosine * work_[i] - sine * factor_[i * n_ + k];
    }
  }
}

void SearchDistribution::update(std::span<const double> x) {
  const std::vector<double> before = mean_;
  for (std::size_t i = 0; i < n_; ++i) {
    mean_[i] = 0;
    for (std::size_t k = 0; k < mu_; ++k) mean_[i] += weights_[k] * x[k * n_ + i];
  }
  std::vector<double> step(n_);
  for (std::size_t i = 0; i < n_; ++i) step[i] = (mean_[i] - before[i]) / sigma_;
  // A^-1 step by forward substitution, with the A that drew the samples.
  std::vector<double> white(n_);
  for (std::size_t i = 0; i < n_; ++i) {
    double sum = step[i];
    for (std::size_t j = 0; j < i; ++j) sum -= factor_[i * n_ + j] * white[j];
    white[i] = sum / factor_[i * n_ + i];
  }
  ++updates_;
  double length = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    step_path_[i] = (1 - c_sigma_) * step_path_[i] + std::sqrt(c_sigma_ * (2 - c_sigma_) * mu_effective_) * white[i];
    length += step_path_[i] * step_path_[i];
  }
  length = std::sqrt(length);
  const bool stalls =
      length / std::sqrt(1 - std::pow(1 - c_sigma_, 2.0 * updates_)) >= (1.4 + 2 / (static_cast<double>(n_) + 1)) * expected_;
  for (std::size_t i = 0; i < n_; ++i) {
    path_[i] = (1 - c_path_) * path_[i];
    if (!stalls) path_[i] += std::sqrt(c_path_ * (2 - c_path_) * mu_effective_) * step[i];
  }
  const double kept = 1 - c_one_ - c_mu_ + (stalls ? c_one_ * c_path_ * (2 - c_path_) : 0.0);
  change(kept, c_one_, path_);
  std::vector<double> deviation(n_);
  for (std::size_t k = 0; k < mu_; ++k) {
    for (std::size_t i = 0; i < n_; ++i) deviation[i] = (x[k * n_ + i] - before[i]) / sigma_;
    change(1, c_mu_ * weights_[k], deviation);
  }
  sigma_ *= std::exp(std::min(1.0, c_sigma_ / damping_ * (length / expected_ - 1)));
}

Result<void> Cmaes::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  stream_ = stream;
  first_.assign(first.rbegin(), first.rend());
  archive_.start(space.gene_count(), objectives);
  variables_.clear();
  dimensions_ = 0;
  for (const Gene& gene : space.genes()) {
    Variables v;
    v.first = dimensions_;
    if (gene.options.size() > 1 && gene.numbers.size() == gene.options.size()) {
      v.count = 1;
      v.by_number.resize(gene.options.size());
      std::iota(v.by_number.begin(), v.by_number.end(), std::uint8_t{0});
      std::stable_sort(v.by_number.begin(), v.by_number.end(), [&](auto a, auto b) { return gene.numbers[a] < gene.numbers[b]; });
    } else if (gene.options.size() > 1) {
      v.count = gene.options.size();
    }
    dimensions_ += v.count;
    variables_.push_back(std::move(v));
  }
  return {};
}

std::size_t Cmaes::batch_size() const {
  if (args_.population > 0) return static_cast<std::size_t>(std::max(4, args_.population));
  return 4 + static_cast<std::size_t>(3 * std::log(static_cast<double>(std::max<std::size_t>(1, dimensions_))));
}

std::vector<double> Cmaes::encode(std::span<const std::uint8_t> genome) const {
  std::vector<double> x(dimensions_, 0.0);
  for (std::size_t g = 0; g < variables_.size(); ++g) {
    const Variables& v = variables_[g];
    if (v.by_number.empty()) {
      if (v.count > 0) x[v.first + genome[g]] = 1;
      continue;
    }
    const auto place = std::find(v.by_number.begin(), v.by_number.end(), genome[g]) - v.by_number.begin();
    x[v.first] = (static_cast<double>(place) + 0.5) / static_cast<double>(v.by_number.size());
  }
  return x;
}

/// The network of a sample, not yet canonical. Numbers beyond their range are moved to its end, in the sample too.
void Cmaes::decode(std::span<double> x, std::span<std::uint8_t> genome) const {
  for (std::size_t g = 0; g < variables_.size(); ++g) {
    const Variables& v = variables_[g];
    if (v.by_number.empty()) {
      const auto begin = x.begin() + static_cast<std::ptrdiff_t>(v.first);
      const auto end = begin + static_cast<std::ptrdiff_t>(v.count);
      genome[g] = v.count == 0 ? 0 : static_cast<std::uint8_t>(std::max_element(begin, end) - begin);
      continue;
    }
    double& value = x[v.first];
    value = std::clamp(value, 0.0, 1.0);
    const auto options = static_cast<double>(v.by_number.size());
    genome[g] = v.by_number[static_cast<std::size_t>(std::min(options - 1, std::floor(value * options)))];
  }
}

/// A sample whose network is valid; where many draws find none, a random network stands in.
Result<void> Cmaes::draw(std::span<double> x, std::span<std::uint8_t> genome) {
  for (int tries = 0; tries < kTries; ++tries) {
    distribution_->sample(stream_, x);
    decode(x, genome);
    space_->canonicalise(genome);
    if (space_->valid(genome)) return {};
  }
  if (auto drawn = space_->sample(stream_, 1, genome); !drawn) return drawn;
  const auto encoded = encode(genome);
  std::copy(encoded.begin(), encoded.end(), x.begin());
  return {};
}

/// False when there are no restarts left.
Result<bool> Cmaes::restart() {
  if (distribution_ && restarts_++ >= args_.restarts) return false;
  std::vector<double> mean;
  if (!first_.empty()) {
    mean = encode(first_.back().genes);
    first_.pop_back();
  } else {
    auto begin = space_->sample(stream_);
    if (!begin) return begin.failure();
    mean = encode(begin->genes);
  }
  const std::size_t lambda =
      distribution_ ? std::min(2 * distribution_->lambda(), std::max(kLargestLambda, batch_size())) : batch_size();
  distribution_.emplace(std::move(mean), args_.sigma, lambda);
  barren_ = 0;
  return true;
}

Result<void> Cmaes::ask(Population& out) {
  clear(out, space_->gene_count(), archive_.front().objectives_per_row);
  if (dimensions_ == 0) {  // a space of one network
    if (generation_++ == 0) {
      const Arch only = space_->smallest();
      out.genomes = only.genes;
    }
    make_room_for_values(out);
    return {};
  }
  while (out.size() == 0 && generation_ < args_.generations && space_->networks() > known_.size()) {
    const bool small = distribution_ && distribution_->spread() < kSmallestSpread;
    if (!distribution_ || small || barren_ >= kBarren) {
      auto begun = restart();
      if (!begun) return begun.failure();
      if (!*begun) break;
    }
    const std::size_t lambda = distribution_->lambda();
    samples_.resize(lambda * dimensions_);
    hashes_.resize(lambda);
    std::vector<std::uint8_t> genome(space_->gene_count());
    std::vector<std::uint64_t> asked;
    for (std::size_t k = 0; k < lambda; ++k) {
      if (auto drawn = draw(std::span(samples_).subspan(k * dimensions_, dimensions_), genome); !drawn) return drawn;
      hashes_[k] = SeenGenomes::hash_of(genome);
      if (known_.count(hashes_[k]) || std::find(asked.begin(), asked.end(), hashes_[k]) != asked.end()) continue;
      asked.push_back(hashes_[k]);
      out.genomes.insert(out.genomes.end(), genome.begin(), genome.end());
    }
    if (out.size() > 0) {
      barren_ = 0;
      ++generation_;
    } else {
      ++barren_;
      learn();  // every value is known
    }
  }
  make_room_for_values(out);
  return {};
}

void Cmaes::tell(const Population& evaluated) {
  for (std::size_t i = 0; i < evaluated.size(); ++i)
    known_[SeenGenomes::hash_of(evaluated.genome(i))] = {evaluated.violations[i], evaluated.objective(i)[0]};
  archive_.add(evaluated);
  if (dimensions_ > 0) learn();
}

/// A distribution has no place for single networks: the next restart begins at the best one that came.
void Cmaes::welcome(const Population& migrants) {
  std::size_t best = migrants.size();
  for (std::size_t i = 0; i < migrants.size(); ++i) {
    const auto [place, fresh] = known_.try_emplace(SeenGenomes::hash_of(migrants.genome(i)),
                                                   Value{migrants.violations[i], migrants.objective(i)[0]});
    if (fresh && (best == migrants.size() || better(migrants, i, migrants, best))) best = i;
  }
  archive_.add(migrants);
  if (best < migrants.size()) first_.push_back(migrants.arch(best));
}

void Cmaes::learn() {
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < hashes_.size(); ++k)
    if (known_.count(hashes_[k])) order.push_back(k);
  if (order.size() < hashes_.size()) return;  // the last batch was cut: nothing is asked after it
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return known_[hashes_[a]] < known_[hashes_[b]]; });
  std::vector<double> best;
  for (const std::size_t k : order)
    best.insert(best.end(), samples_.begin() + static_cast<std::ptrdiff_t>(k * dimensions_),
                samples_.begin() + static_cast<std::ptrdiff_t>((k + 1) * dimensions_));
  distribution_->update(best);
}

}  // namespace nas
