#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nas {

/// Exponents over time (s), memory (B) and energy (J). Power is energy/time, frequency 1/time.
struct Dimension {
  std::int8_t time = 0;
  std::int8_t memory = 0;
  std::int8_t energy = 0;

  bool none() const { return time == 0 && memory == 0 && energy == 0; }
  bool operator==(const Dimension&) const = default;
  Dimension operator*(Dimension o) const { return {std::int8_t(time + o.time), std::int8_t(memory + o.memory), std::int8_t(energy + o.energy)}; }
  Dimension operator/(Dimension o) const { return {std::int8_t(time - o.time), std::int8_t(memory - o.memory), std::int8_t(energy - o.energy)}; }
};

/// A unit that can be glued to a number: value in SI = number * scale.
struct Unit {
  std::string_view name;
  Dimension dimension;
  double scale;
};
const Unit* find_unit(std::string_view name);
std::span<const Unit> all_units();

/// "time" -> the dimension; "share", "count" and "" have none.
Dimension dimension_named(std::string_view name);
/// "time", "memory", "energy", "power", "frequency", "" for no dimension, else "time^2 memory^-1".
std::string dimension_name(Dimension dimension);
/// As a sentence names it: "a time", "a memory size", "an energy", "a plain number".
std::string dimension_phrase(Dimension dimension);
/// The suffixes of a dimension for hints: "ns, us, ms, s, min, h".
std::string units_of(Dimension dimension);

/// "25 ms", "8 MB", "600M", "0.5": the largest unit that keeps the number at least 1, six significant digits. What has no unit
/// of its own is a product of them: "4 GB/s", "6e-06 s^2".
std::string format_quantity(double si, Dimension dimension);
/// As format_quantity, written so that the language reads it back: "25ms".
std::string quantity_literal(double si, Dimension dimension);

}  // namespace nas
