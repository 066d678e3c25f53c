#pragma once

#include <string>
#include <vector>

namespace nas {

/// One series of a chart.
struct ChartSeries {
  std::string name;
  struct Point {
    double x, y;
    std::string hover;
    bool solid = true;  ///< measured; predicted points are hollow
    bool faint = false;
  };
  std::vector<Point> points;
  enum class Line { none, straight, steps_down, steps_up } line = Line::none;  ///< through the points that are not faint
};

/// A scatter or line chart as SVG: axis titles with units, round ticks, legend, colours that colour-blind readers can tell
/// apart (Okabe and Ito 2008). Equal input gives equal bytes.
struct Chart {
  std::string title, x_title, y_title;
  std::vector<ChartSeries> series;
  int width = 760, height = 480;
  std::string svg() const;
};

/// Text for XML and HTML: & < > " ' escaped, control characters removed.
std::string escape_xml(const std::string& text);

}  // namespace nas
