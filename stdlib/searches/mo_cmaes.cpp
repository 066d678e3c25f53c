#include "stdlib/searches/mo_cmaes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "stdlib/searches/sms_emoa.h"

namespace nas {
namespace {

/// Igel et al. 2007, table 1: target success rate, its learning rate, and the rate above which the path stalls.
constexpr double kTarget = 1 / 5.5, kSuccessRate = kTarget / (2 + kTarget), kStall = 0.44;
/// Redraws from the distribution before a repeated network is mutated instead.
constexpr int kRedraws = 4;

std::uint8_t option_at(double x, std::size_t options) {
  return static_cast<std::uint8_t>(std::min(static_cast<std::size_t>(x * static_cast<double>(options)), options - 1));
}

}  // namespace

/// One rotation per column (Seeger 2004).
void rank_one(std::vector<double>& factor, std::span<double> v, double keep, double weight) {
  const std::size_t n = v.size();
  const double scale = std::sqrt(keep), root = std::sqrt(weight);
  for (double& value : v) value *= root;
  double* column = factor.data();
  for (std::size_t j = 0; j < n; column += n - j, ++j) {
    const double diagonal = scale * column[0];
    const double radius = std::sqrt(diagonal * diagonal + v[j] * v[j]);
    const double cosine = diagonal / radius, sine = v[j] / radius;
    column[0] = radius;
    double* rest = v.data() + j;
    for (std::size_t i = 1; i < n - j; ++i) {
      const double below = scale * column[i];
      column[i] = cosine * below + sine * rest[i];
      rest[i] = cosine * rest[i] - sine * below;
    }
  }
}

Result<void> MoCmaes::start(const Space& space, std::size_t objectives, std::span<const Arch> first, Stream stream) {
  space_ = &space;
  stream_ = stream;
  objectives_ = objectives;
  genes_ = space.gene_count();
  first_.assign(first.begin(), first.end());
  variation_.start(space);
  z_.resize(genes_);
  active_.resize(genes_);
  clear(parents_, genes_, objectives);
  clear(pool_, genes_, objectives);
  return {};
}

/// Box and Muller, both of a pair.
double MoCmaes::normal() {
  if (has_spare_normal_) {
    has_spare_normal_ = false;
    return spare_normal_;
  }
  const double radius = std::sqrt(-2 * std::log(1 - stream_.uniform())), angle = 2 * std::numbers::pi * stream_.uniform();
  spare_normal_ = radius * std::sin(angle);
  has_spare_normal_ = true;
  return radius * std::cos(angle);
}

/// x = mean + step A z, kept inside [0, 1).
void MoCmaes::draw(const Distribution& from, std::span<double> x) {
  for (double& z : z_) z = from.step * normal();
  std::copy(from.mean.begin(), from.mean.end(), x.begin());
  const double* column = from.factor.data();
  for (std::size_t j = 0; j < genes_; column += genes_ - j, ++j)
    for (std::size_t i = 0; i < genes_ - j; ++i) x[j + i] += z_[j] * column[i];
  for (double& value : x) value = std::clamp(value, 0.0, 1 - 1e-9);
}

/// Moves the active genes of x to the middle of the options that the genome has.
void MoCmaes::follow(std::span<double> x, std::span<const std::uint8_t> genome) {
  space_->active(genome, active_);
  for (std::size_t g = 0; g < genes_; ++g) {
    const std::size_t options = space_->genes()[g].options.size();
    if (active_[g] && option_at(x[g], options) != genome[g]) x[g] = (genome[g] + 0.5) / static_cast<double>(options);
  }
}

/// A drawn network that was not asked for yet; after a few repeats, and where no drawn one is valid, a mutated one.
bool MoCmaes::round(std::span<double> x, std::span<std::uint8_t> genome, const Distribution& from,
                    std::span<const std::uint8_t> parent, int tries) {
  draw(from, x);
  for (std::size_t g = 0; g < genes_; ++g) genome[g] = option_at(x[g], space_->genes()[g].options.size());
  space_->canonicalise(genome);
  if (!space_->valid(genome)) {
    std::copy(parent.begin(), parent.end(), genome.begin());
    tries = std::max(tries, kRedraws);
  }
  for (int extra = kRedraws; extra <= tries; extra += 3) variation_.mutate(genome, stream_);
  if (tries >= kRedraws) follow(x, genome);
  return seen_.insert(genome);
}

Result<void> MoCmaes::ask(Population& out) {
  clear(out, genes_, objectives_);
  if (generation_ >= args_.generations) return {};
  const std::size_t wanted = batch_size();
  child_parent_.clear();
  if (generation_ == 0) {
    if (auto drawn = sample_fresh(*space_, first_, wanted, seen_, stream_, out); !drawn) return drawn;
    child_x_.resize(out.size() * genes_);
    for (std::size_t i = 0; i < out.size(); ++i)
      for (std::size_t g = 0; g < genes_; ++g) {
        const auto options = static_cast<double>(space_->genes()[g].options.size());
        child_x_[i * genes_ + g] = (out.genome(i)[g] + stream_.uniform()) / options;
      }
  } else if (parents_.size() > 0) {
    out.genomes.resize(wanted * genes_);
    child_x_.resize(wanted * genes_);
    std::size_t kept = 0;
    for (std::size_t n = 0; n < wanted; ++n) {
      const std::size_t parent = n % parents_.size();
      const auto x = std::span(child_x_).subspan(kept * genes_, genes_);
      bool fresh = false;
      for (int tries = 0; tries < kBreedingTries && !fresh; ++tries)
        fresh = round(x, out.genome(kept), distributions_[parent], parents_.genome(parent), tries);
      if (!fresh) continue;
      child_parent_.push_back(static_cast<std::uint32_t>(parent));
      ++kept;
    }
    out.genomes.resize(kept * genes_);
  }
  ++generation_;
  make_room_for_values(out);
  return {};
}

/// The step grows while more than one move in 5.5 survives.
void MoCmaes::lengthen(Distribution& d, bool succeeded) const {
  d.success = (1 - kSuccessRate) * d.success + (succeeded ? kSuccessRate : 0);
  const double damping = 1 + static_cast<double>(genes_) / 2;
  d.step = std::clamp(d.step * std::exp((d.success - kTarget) / (damping * (1 - kTarget))), 1e-3, 1.0);
}

/// The path and the covariance learn a move that survived, measured in steps.
void MoCmaes::adapt(Distribution& d, std::span<const double> move) const {
  const double n = static_cast<double>(genes_), path_rate = 2 / (n + 2), rate = 2 / (n * n + 6);
  const bool stalls = d.success >= kStall;
  for (std::size_t g = 0; g < genes_; ++g)
    d.path[g] = (1 - path_rate) * d.path[g] + (stalls ? 0 : std::sqrt(path_rate * (2 - path_rate)) * move[g]);
  std::vector<double> v = d.path;
  rank_one(d.factor, v, 1 - rate + (stalls ? rate * path_rate * (2 - path_rate) : 0), rate);
}

/// Migrants begin as the first networks do: with a distribution of their own that has learnt nothing.
void MoCmaes::welcome(const Population& migrants) {
  const Population fresh = unseen(migrants, seen_);
  if (fresh.size() == 0) return;
  child_parent_.clear();
  child_x_.assign(fresh.size() * genes_, 0.5);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    for (std::size_t g = 0; g < genes_; ++g)
      child_x_[i * genes_ + g] = (fresh.genome(i)[g] + 0.5) / static_cast<double>(space_->genes()[g].options.size());
  tell(fresh);
}

void MoCmaes::tell(const Population& evaluated) {
  const std::size_t old = parents_.size();
  clear(pool_, genes_, objectives_);
  for (std::size_t i = 0; i < old; ++i) append(pool_, parents_, i);
  for (std::size_t i = 0; i < evaluated.size(); ++i) append(pool_, evaluated, i);
  fronts_.rank(pool_);
  const auto& order = fronts_.order();
  const std::size_t n = pool_.size(), kept = std::min(n, batch_size());
  order_by_contribution(pool_, fronts_, kept);
  std::vector<bool> survives(n, false);
  for (std::size_t k = 0; k < kept; ++k) survives[order[k]] = true;
  // Children learn from where their parents stood before these learn themselves.
  std::vector<Distribution> children(n - old);
  std::vector<double> move(genes_);
  for (std::size_t i = old; i < n; ++i) {
    if (!survives[i]) continue;
    Distribution& d = children[i - old];
    if (!spare_.empty()) {
      d = std::move(spare_.back());
      spare_.pop_back();
    }
    const auto x = std::span(child_x_).subspan((i - old) * genes_, genes_);
    if (child_parent_.empty()) {
      d.path.assign(genes_, 0.0);
      d.factor.assign(genes_ * (genes_ + 1) / 2, 0.0);
      for (std::size_t j = 0, at = 0; j < genes_; at += genes_ - j, ++j) d.factor[at] = 1;
      d.step = args_.step;
      d.success = kTarget;
      d.mean.assign(x.begin(), x.end());
      continue;
    }
    const Distribution& parent = distributions_[child_parent_[i - old]];
    d = parent;
    for (std::size_t g = 0; g < genes_; ++g) move[g] = (x[g] - parent.mean[g]) / parent.step;
    lengthen(d, true);
    adapt(d, move);
    d.mean.assign(x.begin(), x.end());
  }
  for (std::size_t i = old; i < n && !child_parent_.empty(); ++i) lengthen(distributions_[child_parent_[i - old]], survives[i]);
  std::vector<Distribution> next;
  clear(parents_, genes_, objectives_);
  for (std::size_t k = 0; k < kept; ++k) {
    append(parents_, pool_, order[k]);
    next.push_back(std::move(order[k] < old ? distributions_[order[k]] : children[order[k] - old]));
  }
  for (std::size_t i = 0; i < old; ++i)
    if (!survives[i]) spare_.push_back(std::move(distributions_[i]));
  distributions_ = std::move(next);
}

}  // namespace nas
