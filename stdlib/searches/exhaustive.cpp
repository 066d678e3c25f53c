#include "stdlib/searches/exhaustive.h"

#include <fmt/format.h>

namespace nas {
namespace {

/// "21,758,655".
std::string grouped(const mpz_class& number) {
  std::string digits = number.get_str();
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

}  // namespace

Result<void> Exhaustive::suits(const Space& space, std::size_t) const {
  if (space.networks() <= kLargest) return {};
  return Failure{"E707",
                 fmt::format("exhaustive looks at every network, and space {} has {}; it goes up to {}", space.name(),
                             grouped(space.networks()), grouped(kLargest)),
                 "take a search that samples, or a smaller space: pool(net, table(...)) keeps the rows of a table"};
}

Result<void> Exhaustive::start(const Space& space, std::size_t objectives, std::span<const Arch>, Stream) {
  if (auto fits = suits(space, objectives); !fits) return fits;
  space_ = &space;
  objectives_ = objectives;
  next_.resize(space.gene_count());
  more_ = space.first_network(next_);
  archive_.start(space.gene_count(), objectives);
  return {};
}

Result<void> Exhaustive::ask(Population& out) {
  clear(out, space_->gene_count(), objectives_);
  for (; more_ && out.size() < batch_size(); more_ = space_->next_network(next_))
    out.genomes.insert(out.genomes.end(), next_.begin(), next_.end());
  make_room_for_values(out);
  return {};
}

}  // namespace nas
