#include "stdlib/searches/variation.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <string>

#include "core/gene_words.h"

namespace nas {
namespace {

constexpr int kTries = 100;
constexpr int kNearTries = 2;

/// "stage[2].block[3].kernel" -> "stage[2]".
std::string stage_path(const std::string& gene) {
  return gene.substr(0, gene.find('.'));
}
/// "stage[2].block[3].kernel" -> "stage[2].block[3]"; a gene without a path is a block of its own.
std::string block_path(const std::string& gene) {
  return gene.substr(0, gene.rfind('.'));
}

bool chance(double share, Stream& stream) {
  return stream.uniform() < share;
}

}  // namespace

void Variation::start(const Space& space) {
  space_ = &space;
  options_.clear();
  stage_of_.clear();
  units_.clear();
  std::map<std::string, std::uint32_t> stages, blocks;
  for (std::uint32_t g = 0; g < space.gene_count(); ++g) {
    const Gene& gene = space.genes()[g];
    options_.push_back(static_cast<std::uint32_t>(gene.options.size()));
    stage_of_.push_back(stages.emplace(stage_path(gene.name), static_cast<std::uint32_t>(stages.size())).first->second);
    if (args_.mutation.choice != Mutation::block) {
      units_.push_back({g});
      continue;
    }
    const auto [at, fresh] = blocks.emplace(block_path(gene.name), static_cast<std::uint32_t>(units_.size()));
    if (fresh) units_.emplace_back();
    units_[at->second].push_back(g);
  }
  stages_ = static_cast<std::uint32_t>(stages.size());
  for (auto* row : {&active_, &now_, &draft_}) row->resize(options_.size());
  from_.resize(stages_);
  live_.reserve(units_.size());
}

/// Genes that a change switched on start anywhere, not always at their first option; `active_` holds what was on before.
void Variation::wake(std::span<std::uint8_t> genome, Stream& stream) {
  space_->active(genome, now_);
  if (std::memcmp(now_.data(), active_.data(), now_.size()) == 0) return;
  for (std::size_t g = 0; g < genome.size(); ++g)
    if (now_[g] && !active_[g]) genome[g] = static_cast<std::uint8_t>(stream.below(options_[g]));
  space_->canonicalise(genome);
}

void Variation::cross(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child,
                      Stream& stream) {
  // Inside a table's rows hardly any mixture is legal: the space knows the nearest row.
  if (args_.crossover == Crossover::uniform || !space_->pool().empty()) return space_->crossover(a, b, child, stream);
  for (int tries = 0; tries < kTries; ++tries) {
    if (args_.crossover == Crossover::one_point) {
      const auto cut = static_cast<std::ptrdiff_t>(stream.below(static_cast<std::uint32_t>(child.size())));
      std::copy(a.begin(), a.begin() + cut, child.begin());
      std::copy(b.begin() + cut, b.end(), child.begin() + cut);
    } else {
      for (auto& from : from_) from = static_cast<std::uint8_t>(stream.below(2));
      for (std::size_t g = 0; g < child.size(); ++g) child[g] = from_[stage_of_[g]] ? b[g] : a[g];
    }
    space_->canonicalise(child);
    if (space_->valid(child)) return;
  }
  std::copy(a.begin(), a.end(), child.begin());
}

void Variation::mutate(std::span<std::uint8_t> genome, Stream& stream) {
  if (args_.mutation.choice == Mutation::reset && !args_.mutation.rate) return space_->mutate(genome, stream);
  space_->active(genome, active_);
  auto can_change = [&](std::uint32_t g) { return active_[g] && options_[g] > 1; };
  live_.clear();
  for (std::uint32_t u = 0; u < units_.size(); ++u)
    if (std::any_of(units_[u].begin(), units_[u].end(), can_change)) live_.push_back(u);
  if (live_.empty()) return;
  for (int tries = 0; tries < kTries; ++tries) {
    std::copy(genome.begin(), genome.end(), draft_.begin());
    auto change = [&](std::uint32_t unit) {
      for (const std::uint32_t g : units_[unit]) {
        if (!can_change(g)) continue;
        if (args_.mutation.choice == Mutation::step) {
          const bool up = draft_[g] == 0 || (draft_[g] + 1u < options_[g] && stream.below(2) == 1);
          draft_[g] = static_cast<std::uint8_t>(up ? draft_[g] + 1 : draft_[g] - 1);
        } else if (args_.mutation.choice == Mutation::reset) {
          draft_[g] = static_cast<std::uint8_t>((draft_[g] + 1 + stream.below(options_[g] - 1)) % options_[g]);
        } else {
          draft_[g] = static_cast<std::uint8_t>(stream.below(options_[g]));
        }
      }
    };
    bool changed = false;
    if (args_.mutation.rate)
      for (const std::uint32_t unit : live_)
        if (chance(*args_.mutation.rate, stream)) {
          change(unit);
          changed = true;
        }
    if (!changed) change(live_[stream.below(static_cast<std::uint32_t>(live_.size()))]);
    space_->canonicalise(draft_);
    wake(draft_, stream);
    if (std::equal(genome.begin(), genome.end(), draft_.begin()) || !space_->valid(draft_)) continue;
    std::copy(draft_.begin(), draft_.end(), genome.begin());
    return;
  }
  // Inside a table's rows few changes are legal: the space knows them.
  if (!space_->pool().empty()) space_->mutate(genome, stream);
}

void Variation::breed(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, std::span<std::uint8_t> child, int tries,
                      Stream& stream) {
  // Where the rows near the parents are known, any other row of the table may be new.
  if (tries > kNearTries && !space_->pool().empty())
    if (const auto drawn = space_->sample(stream)) {
      std::copy(drawn->genes.begin(), drawn->genes.end(), child.begin());
      return;
    }
  if (chance(args_.crossover_share, stream))
    cross(a, b, child, stream);
  else
    std::copy(a.begin(), a.end(), child.begin());
  if (tries > 0 || chance(args_.mutation_share, stream)) mutate(child, stream);
  for (int extra = 0; extra < tries / 3; ++extra) mutate(child, stream);
}

/// Sixteen genes at a time, in two chains of multiplications that do not wait for each other; never 0, which marks a free slot.
std::uint64_t SeenGenomes::hash_of(std::span<const std::uint8_t> genome) {
  std::uint64_t first = genome.size(), second = ~first;
  for (std::size_t at = 0; at < genome.size(); at += 2 * kWord) {
    const std::size_t left = genome.size() - at;
    first = (first ^ load_word(genome.data() + at, left)) * 0x9E3779B97F4A7C15ULL;
    first ^= first >> 32;
    if (left <= kWord) break;
    second = (second ^ load_word(genome.data() + at + kWord, left - kWord)) * 0xC2B2AE3D27D4EB4FULL;
    second ^= second >> 32;
  }
  return ((first ^ std::rotl(second, 29)) * 0xD6E8FEB86659FD93ULL) | 1;
}

void SeenGenomes::expect_many(std::size_t genomes) {
  constexpr std::size_t kMost = std::size_t{1} << 16;
  grow_to(std::min(kMost, std::bit_ceil(genomes + genomes / 2)));
}

void SeenGenomes::grow_to(std::size_t slots) {
  if (slots <= slots_.size()) return;
  std::vector<std::uint64_t> old(slots, 0);
  old.swap(slots_);
  size_ = 0;
  for (const auto h : old)
    if (h) insert_hash(h);
}

bool SeenGenomes::contains(std::span<const std::uint8_t> genome) const {
  const std::uint64_t hash = hash_of(genome);
  std::size_t at = (hash >> 20) & (slots_.size() - 1);
  while (slots_[at] && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
  return slots_[at] == hash;
}

bool SeenGenomes::insert_hash(std::uint64_t hash) {
  if (3 * (size_ + 1) > 2 * slots_.size()) grow_to(slots_.size() * 4);
  for (std::size_t at = (hash >> 20) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == hash) return false;
    if (slots_[at]) continue;
    slots_[at] = hash;
    ++size_;
    return true;
  }
}

Result<void> sample_fresh(const Space& space, std::span<const Arch> first, std::size_t wanted, SeenGenomes& seen, Stream& stream,
                          Population& out) {
  const std::size_t length = space.gene_count();
  std::vector<std::uint8_t> rows;
  std::size_t added = 0;
  auto add = [&](std::span<const std::uint8_t> row) {
    if (!seen.insert(row)) return;
    out.genomes.insert(out.genomes.end(), row.begin(), row.end());
    ++added;
  };
  for (std::size_t i = 0; i < first.size() && added < wanted; ++i) add(first[i].genes);
  for (std::size_t tries = 0; added < wanted && tries < kBreedingTries * wanted;) {
    const std::size_t missing = wanted - added;
    rows.resize(missing * length);
    if (auto drawn = space.sample_evenly(stream, missing, rows); !drawn) return drawn;
    for (std::size_t i = 0; i < missing; ++i) add(std::span(rows).subspan(i * length, length));
    tries += missing;
  }
  return {};
}

Population unseen(const Population& rows, SeenGenomes& seen) {
  Population fresh;
  clear(fresh, rows.genes, rows.objectives_per_row);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (seen.insert(rows.genome(i))) append(fresh, rows, i);
  return fresh;
}

void clear(Population& rows, std::size_t genes, std::size_t objectives) {
  rows.genes = genes;
  rows.objectives_per_row = objectives;
  rows.genomes.clear();
  rows.objectives.clear();
  rows.violations.clear();
}

void append(Population& to, const Population& from, std::size_t i) {
  to.genomes.insert(to.genomes.end(), from.genome(i).begin(), from.genome(i).end());
  to.objectives.insert(to.objectives.end(), from.objective(i).begin(), from.objective(i).end());
  to.violations.push_back(from.violations[i]);
}

void append(Population& to, const Population& from) {
  to.genomes.insert(to.genomes.end(), from.genomes.begin(), from.genomes.end());
  to.objectives.insert(to.objectives.end(), from.objectives.begin(), from.objectives.end());
  to.violations.insert(to.violations.end(), from.violations.begin(), from.violations.end());
}

void make_room_for_values(Population& rows) {
  rows.objectives.assign(rows.size() * rows.objectives_per_row, 0.0);
  rows.violations.assign(rows.size(), 0.0);
}

}  // namespace nas
