#include "core/units.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace nas {
namespace {

constexpr Dimension kTime{1, 0, 0};
constexpr Dimension kMemory{0, 1, 0};
constexpr Dimension kEnergy{0, 0, 1};
constexpr Dimension kPower{-1, 0, 1};
constexpr Dimension kFrequency{-1, 0, 0};
constexpr Dimension kBandwidth{-1, 1, 0};
constexpr Dimension kNone{};

constexpr std::array<Unit, 26> kUnits{{
    {"ns", kTime, 1e-9},   {"us", kTime, 1e-6},      {"ms", kTime, 1e-3},         {"s", kTime, 1},
    {"min", kTime, 60},    {"h", kTime, 3600},       {"B", kMemory, 1},           {"KB", kMemory, 1e3},
    {"MB", kMemory, 1e6},  {"GB", kMemory, 1e9},     {"KiB", kMemory, 1024},      {"MiB", kMemory, 1048576},
    {"GiB", kMemory, 1073741824}, {"uJ", kEnergy, 1e-6}, {"mJ", kEnergy, 1e-3},   {"J", kEnergy, 1},
    {"mW", kPower, 1e-3},  {"W", kPower, 1},         {"Hz", kFrequency, 1},       {"kHz", kFrequency, 1e3},
    {"MHz", kFrequency, 1e6}, {"GHz", kFrequency, 1e9},
    {"k", kNone, 1e3},     {"M", kNone, 1e6},        {"G", kNone, 1e9},           {"%", kNone, 1e-2},
}};

std::string formatted(double si, Dimension dimension, std::string_view gap);

/// Of a dimension that no unit has: "4 GB/s", "6e-06 s^2"; without a gap as the language reads it: "4GB / 1s", "6e-06 * 1s * 1s".
std::string product(double si, Dimension dimension, std::string_view gap) {
  if (dimension == kBandwidth) return formatted(si, kMemory, gap) + (gap.empty() ? " / 1s" : "/s");
  std::string text = fmt::format("{:.6g}", si);
  for (const auto& [unit, exponent] :
       {std::pair("s", dimension.time), std::pair("B", dimension.memory), std::pair("J", dimension.energy)}) {
    if (exponent == 0) continue;
    if (gap.empty())
      for (int i = std::abs(exponent); i > 0; --i) text += fmt::format(" {} 1{}", exponent > 0 ? '*' : '/', unit);
    else
      text += exponent == 1 ? fmt::format(" {}", unit) : fmt::format(" {}^{}", unit, exponent);
  }
  return text;
}

std::string formatted(double si, Dimension dimension, std::string_view gap) {
  if (dimension.none()) {
    const double size = std::fabs(si);
    if (size >= 1e9) return fmt::format("{:.6g}G", si / 1e9);
    if (size >= 1e6) return fmt::format("{:.6g}M", si / 1e6);
    return fmt::format("{:.6g}", si);
  }
  const Unit* best = nullptr;
  for (const Unit& unit : kUnits) {
    if (unit.dimension != dimension || unit.name.find('i') == 1) continue;  // KiB prints as KB
    if (unit.name == "min" || unit.name == "h") continue;
    if (!best || std::fabs(si) >= unit.scale) best = &unit;
  }
  if (!best) return product(si, dimension, gap);
  return fmt::format("{:.6g}{}{}", si / best->scale, gap, best->name);
}

}  // namespace

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : kUnits)
    if (unit.name == name) return &unit;
  return nullptr;
}

std::span<const Unit> all_units() { return kUnits; }

Dimension dimension_named(std::string_view name) {
  if (name == "time") return kTime;
  if (name == "memory") return kMemory;
  if (name == "energy") return kEnergy;
  if (name == "power") return kPower;
  if (name == "frequency") return kFrequency;
  if (name == "bandwidth") return kBandwidth;
  return kNone;
}

std::string dimension_name(Dimension dimension) {
  if (dimension == kTime) return "time";
  if (dimension == kMemory) return "memory";
  if (dimension == kEnergy) return "energy";
  if (dimension == kPower) return "power";
  if (dimension == kFrequency) return "frequency";
  if (dimension == kBandwidth) return "bandwidth";
  std::string text;
  auto add = [&](const char* name, int exponent) {
    if (exponent == 0) return;
    if (!text.empty()) text += ' ';
    text += exponent == 1 ? std::string(name) : fmt::format("{}^{}", name, exponent);
  };
  add("time", dimension.time);
  add("memory", dimension.memory);
  add("energy", dimension.energy);
  return text;
}

std::string dimension_phrase(Dimension dimension) {
  if (dimension.none()) return "a plain number";
  const std::string name = dimension_name(dimension);
  if (name == "memory") return "a memory size";
  if (name == "bandwidth") return "a bandwidth";
  if (units_of(dimension).empty()) return "a value of dimension " + name;
  return (name == "energy" ? "an " : "a ") + name;
}

std::string units_of(Dimension dimension) {
  std::string text;
  for (const Unit& unit : kUnits) {
    if (unit.dimension != dimension) continue;
    if (!text.empty()) text += ", ";
    text += unit.name;
  }
  return text;
}

std::string format_quantity(double si, Dimension dimension) { return formatted(si, dimension, " "); }
std::string quantity_literal(double si, Dimension dimension) { return formatted(si, dimension, ""); }

}  // namespace nas
