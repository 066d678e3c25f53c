// The C interface of spaces.
#include <fmt/format.h>

#include <cstring>

#include "core/rng.h"
#include "embed/c_objects.h"

namespace nas::c {

SpaceObject::SpaceObject(std::shared_ptr<const Space> given) : Object(kKind), space(std::move(given)) {
  for (const Gene& gene : space->genes()) {
    options.emplace_back();
    for (const std::string& option : gene.options) options.back().push_back(option.c_str());
  }
}

}  // namespace nas::c

namespace {

using namespace nas::c;
using nas::Space;
using nas::Stream;

/// Genomes of a caller, canonical. Throws a Fault for one that is no network of the space.
std::vector<std::uint8_t> checked(const Call& call, const Space& space, const char* what, const std::uint8_t* genomes,
                                  std::size_t n) {
  if (n > 0) call.need(genomes, what);
  const std::size_t length = space.gene_count();
  std::vector<std::uint8_t> rows(genomes, genomes + n * length);
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = std::span(rows).subspan(i * length, length);
    for (std::size_t g = 0; g < length; ++g)
      if (row[g] >= space.genes()[g].options.size())
        call.fail(NAS_BAD_VALUE, fmt::format("genome {} has option {} of {}, which has {}", i, row[g], space.genes()[g].name,
                                             space.genes()[g].options.size()));
    space.canonicalise(row);
    if (!space.valid(row)) call.fail(NAS_BAD_VALUE, fmt::format("genome {} is no network of {}", i, space.name()));
  }
  return rows;
}

template <typename Body>
nas_status with_space(const char* function, nas_space* handle, nas_error* error, Body&& body) {
  return guarded(function, error, [&](const Call& call) {
    const auto object = call.use<SpaceObject>(handle);
    body(call, *object, *object->space);
  });
}

}  // namespace

nas_status nas_space_destroy(nas_space* space, nas_error* error) {
  return guarded(__func__, error,
                 [&](const Call& call) { HandleTable::instance().remove(number_of(space), Kind::space, call.function); });
}

nas_status nas_space_gene_count(nas_space* handle, size_t* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    call.need(out, "out");
    *out = space.gene_count();
  });
}

nas_status nas_space_gene(nas_space* handle, size_t index, nas_gene* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject& object, const Space& space) {
    call.need(out, "out");
    if (index >= space.gene_count())
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no gene {}, they are {}", index, space.gene_count()));
    *out = {space.genes()[index].name.c_str(), object.options[index].size(), object.options[index].data()};
  });
}

nas_status nas_space_networks(nas_space* handle, const char** out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject& object, const Space& space) {
    call.need(out, "out");
    *out = object.keep(call.function, (space.has_requirements() ? "at most " : "") + space.networks().get_str());
  });
}

nas_status nas_space_sample(nas_space* handle, uint64_t seed, size_t n, uint8_t* genomes, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    if (n == 0) return;
    call.need(genomes, "genomes");
    std::vector<std::uint8_t> rows(n * space.gene_count());
    Stream stream(seed, "sample");
    if (auto sampled = space.sample(stream, n, rows); !sampled) call.fail(NAS_FAILED, sampled.failure().message);
    std::memcpy(genomes, rows.data(), rows.size());
  });
}

nas_status nas_space_mutate(nas_space* handle, uint64_t seed, size_t n, uint8_t* genomes, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    auto rows = checked(call, space, "genomes", genomes, n);
    const std::size_t length = space.gene_count();
    for (std::size_t i = 0; i < n; ++i) {
      Stream stream = Stream(seed, "mutate").split(i);
      space.mutate(std::span(rows).subspan(i * length, length), stream);
    }
    if (n > 0) std::memcpy(genomes, rows.data(), rows.size());
  });
}

nas_status nas_space_crossover(nas_space* handle, uint64_t seed, size_t n, const uint8_t* a, const uint8_t* b, uint8_t* children,
                               nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    const auto left = checked(call, space, "a", a, n), right = checked(call, space, "b", b, n);
    if (n == 0) return;
    call.need(children, "children");
    const std::size_t length = space.gene_count();
    std::vector<std::uint8_t> rows(n * length);
    for (std::size_t i = 0; i < n; ++i) {
      Stream stream = Stream(seed, "crossover").split(i);
      space.crossover(std::span(left).subspan(i * length, length), std::span(right).subspan(i * length, length),
                      std::span(rows).subspan(i * length, length), stream);
    }
    std::memcpy(children, rows.data(), rows.size());
  });
}

nas_status nas_space_macs(nas_space* handle, size_t n, const uint8_t* genomes, double* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    const auto rows = checked(call, space, "genomes", genomes, n);
    if (n == 0) return;
    call.need(out, "out");
    space.macs(rows, n, {out, n});
  });
}

nas_status nas_space_params(nas_space* handle, size_t n, const uint8_t* genomes, double* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    const auto rows = checked(call, space, "genomes", genomes, n);
    if (n == 0) return;
    call.need(out, "out");
    space.params(rows, n, {out, n});
  });
}

nas_status nas_space_feature_count(nas_space* handle, size_t* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    call.need(out, "out");
    *out = space.feature_count();
  });
}

nas_status nas_space_features(nas_space* handle, size_t n, const uint8_t* genomes, float* out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    const auto rows = checked(call, space, "genomes", genomes, n);
    if (n == 0) return;
    call.need(out, "out");
    space.features(rows, n, {out, n * space.feature_count()});
  });
}

nas_status nas_space_spell(nas_space* handle, const uint8_t* genome, const char** out, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject& object, const Space& space) {
    call.need(out, "out");
    *out = object.keep(call.function, space.spell(nas::Arch{checked(call, space, "genome", genome, 1)}));
  });
}

nas_status nas_space_parse(nas_space* handle, const char* text, uint8_t* genome, nas_error* error) {
  return with_space(__func__, handle, error, [&](const Call& call, SpaceObject&, const Space& space) {
    call.need(text, "text");
    call.need(genome, "genome");
    const auto arch = space.parse(std::string_view(text));
    if (!arch) call.fail(NAS_BAD_VALUE, arch.failure().message);
    std::memcpy(genome, arch->genes.data(), arch->genes.size());
  });
}
