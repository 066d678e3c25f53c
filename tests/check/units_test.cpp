// How quantities are printed, and as what the language reads them again.
#include "core/units.h"

#include <gtest/gtest.h>

namespace nas {
namespace {

TEST(Units, ThoseWithoutANameAreProducts) {
  const Dimension time = dimension_named("time"), memory = dimension_named("memory"), energy = dimension_named("energy");
  EXPECT_EQ(format_quantity(4e9, memory / time), "4 GB/s");
  EXPECT_EQ(quantity_literal(4e9, memory / time), "4GB / 1s");
  EXPECT_EQ(quantity_literal(8e10, dimension_named("bandwidth")), "80GB / 1s");
  EXPECT_EQ(format_quantity(6e-6, time * time), "6e-06 s^2");
  EXPECT_EQ(quantity_literal(6e-6, time * time), "6e-06 * 1s * 1s");
  EXPECT_EQ(format_quantity(2, energy / memory), "2 B^-1 J");
  EXPECT_EQ(quantity_literal(2, energy / memory), "2 / 1B * 1J");
}

TEST(Units, TheLargestThatKeepsANumberAboveOne) {
  EXPECT_EQ(format_quantity(0.025, dimension_named("time")), "25 ms");
  EXPECT_EQ(quantity_literal(0.025, dimension_named("time")), "25ms");
  EXPECT_EQ(format_quantity(90, dimension_named("time")), "90 s");
  EXPECT_EQ(format_quantity(8 * 1024 * 1024, dimension_named("memory")), "8.38861 MB");
  EXPECT_EQ(format_quantity(6e8, {}), "600M");
  EXPECT_EQ(format_quantity(2e9, dimension_named("power")), "2e+09 W");
  EXPECT_EQ(format_quantity(0, dimension_named("time")), "0 ns");
}

}  // namespace
}  // namespace nas
