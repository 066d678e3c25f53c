#pragma once

#include <limits>
#include <string>
#include <vector>

#include "stdlib/outputs/svg.h"

namespace nas {

/// How a point is drawn. What was only predicted is never drawn solid.
enum class ChartMark {
  solid,   ///< measured, on the front
  hollow,  ///< predicted only
  faint,   ///< dominated
  cross,   ///< breaks a condition
  small,   ///< one of many equal points
  none,    ///< only carries a line
};

struct ChartPoint {
  double x = 0, y = 0;
  std::string hover = {};
  ChartMark mark = ChartMark::solid;
  double x_spread = 0, y_spread = 0;  ///< half widths of error bars, 0 = none
  bool on_line = true;
};

/// Points of one colour with one entry in the legend.
struct ChartSeries {
  std::string name;
  std::vector<ChartPoint> points;
  /// How the points on the line are joined, in the order given: `across_then_up` moves along x first.
  enum class Line { none, straight, across_then_up, up_then_across } line = Line::none;
  /// The line runs on to the worse end of both axes, as the edge of what the front dominates.
  bool extended = false;
  /// Behind the line, stepped as the line is: what lies between the lowest and the highest of several runs.
  struct Band {
    double x, low, high;
  };
  std::vector<Band> band = {};
  std::string colour = "";  ///< where it is not that of its place among the series: "#8c959f"
  std::string dash = "";    ///< of the line, as SVG has it: "6 4"
};

/// What a condition leaves of an axis; the rest is shaded.
struct ChartLimit {
  bool on_x = true;
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  std::string label;
};

/// A vertical line with words at its top.
struct ChartRule {
  double x = 0;
  std::string label;
};

/// A scatter or line chart as SVG: axis titles with units, round ticks, legend, shapes and colours that colour-blind readers
/// can tell apart (Okabe and Ito 2008). Equal input gives equal bytes. Points that are not finite are left out.
/// Every part has a class (`chart-grid`, `chart-text` ...), so that a page can give it other colours.
struct Chart {
  std::string title, x_title, y_title;
  std::vector<ChartSeries> series;
  std::vector<ChartLimit> limits;
  std::vector<ChartRule> rules;
  bool diagonal = false;                               ///< equal axes and the line y = x
  bool x_upward = false, y_upward = true;              ///< the better end of each axis, for extended lines
  std::string solid_words = "measured, on the front";  ///< legend of solid points where other marks stand beside them
  bool y_logarithmic = false;  ///< values that are not positive stand at the foot; for lines and bands, without limits
  int width = 760, height = 500;
  std::string svg() const;
};

}  // namespace nas
