#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/check.h"
#include "stdlib/outputs/result_charts.h"
#include "stdlib/outputs/run_groups.h"

namespace nas {
namespace {

constexpr int kWidth = 760;
constexpr double kTop = 96, kBottom = 416, kHeight = 470, kLeft = 84, kRight = kWidth - 84;

/// One vertical axis; its better end is on top.
struct Axis {
  Column column;
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  double at = 0;

  double y(double value) const {
    const double share = high > low ? (value - low) / (high - low) : 0.5;
    return column.maximise ? kBottom - share * (kBottom - kTop) : kTop + share * (kBottom - kTop);
  }
};

/// The objectives, then what else is known of every network.
std::vector<Axis> axes_for(const ResultTable& table) {
  std::vector<Axis> axes;
  auto add = [&](const Column& column) {
    if (std::none_of(axes.begin(), axes.end(), [&](const Axis& a) { return a.column.label == column.label; }))
      axes.push_back({column});
  };
  for (const Column& column : table.objectives()) add(column);
  for (const Column& column : table.columns()) add(column);
  return axes;
}

/// Viridis at five places: dark to light for every kind of sight.
std::string line_colour(double share) {
  static constexpr int kStops[5][3] = {{68, 1, 84}, {59, 82, 139}, {33, 145, 140}, {94, 201, 98}, {190, 190, 30}};
  const double place = std::clamp(share, 0.0, 1.0) * 4;
  const int below = std::min(3, static_cast<int>(place));
  const double part = place - below;
  std::string text = "#";
  for (int c = 0; c < 3; ++c)
    text +=
        fmt::format("{:02x}", static_cast<int>(std::lround(kStops[below][c] + part * (kStops[below + 1][c] - kStops[below][c]))));
  return text;
}

/// A number beside an axis, on a rim of paper, so that the lines behind it do not swallow it.
std::string number_text(double x, double y, const std::string& words) {
  return svg_text(x, y, words, "font-size=\"11\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\"", "#24292f");
}

void draw_axis(const Axis& axis, std::string& out) {
  out += fmt::format("<path class=\"chart-axis\" d=\"M{0} {1}V{2}\" stroke=\"#8c959f\"/>\n", coordinate(axis.at),
                     coordinate(kTop), coordinate(kBottom));
  out += svg_text(axis.at, kTop - 24, shortened(axis.column.label, 20), "text-anchor=\"middle\" font-size=\"13\"");
  out += svg_text(axis.at, kTop - 9, axis.column.unit.empty() ? "" : "[" + axis.column.unit + "]",
                  "text-anchor=\"middle\" font-size=\"11\"", "#57606a");
  if (!(axis.high > axis.low)) {
    out += number_text(axis.at + 6, axis.y(axis.low) + 4, print_number(axis.low));
    return;
  }
  const auto ticks = round_ticks(axis.low, axis.high, 6);
  for (const double tick : ticks) {
    out += fmt::format("<path class=\"chart-axis\" d=\"M{} {}h5\" stroke=\"#8c959f\"/>", coordinate(axis.at),
                       coordinate(axis.y(tick)));
    out += number_text(axis.at + 8, axis.y(tick) + 4, tick_label(tick, ticks.size() > 1 ? ticks[1] - ticks[0] : 1));
  }
}

}  // namespace

Result<std::string> parallel_svg(const std::vector<OutputInput>& inputs) {
  const std::vector<RunGroup> groups = groups_of(inputs);
  std::vector<Axis> axes = axes_for(ResultTable(inputs[0]));
  // Only what every result knows can be an axis of all. The first says which end is better. Macs and params are always known.
  for (const OutputInput& input : inputs) {
    const ResultTable table(input);
    std::erase_if(axes, [&](const Axis& axis) {
      const Column* column = table.find(axis.column.label);
      return !column || column->unit != axis.column.unit;
    });
  }
  NAS_CHECK(axes.size() >= 2);
  struct Line {
    std::size_t group;
    std::vector<double> values;
    bool measured = true;
    std::string hover;
  };
  std::vector<Line> lines;
  bool predicted = false;
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const OutputInput* run : groups[g].runs) {
      const ResultTable table(*run);
      for (const std::size_t i : table.front()) {
        Line line{g, {}, true, (groups[g].runs.size() > 1 ? run->name + "\n" : "") + network_words(table, table.row(i))};
        for (Axis& axis : axes) {
          const Reading reading = table.read(*table.find(axis.column.label), table.row(i));
          line.values.push_back(reading.value);
          line.measured = line.measured && reading.measured;
          axis.low = std::min(axis.low, reading.value);
          axis.high = std::max(axis.high, reading.value);
        }
        if (!std::all_of(line.values.begin(), line.values.end(), [](double v) { return std::isfinite(v); })) continue;
        predicted = predicted || !line.measured;
        lines.push_back(std::move(line));
      }
    }
  for (std::size_t k = 0; k < axes.size(); ++k)
    axes[k].at = kLeft + (kRight - kLeft) * static_cast<double>(k) / static_cast<double>(axes.size() - 1);
  const std::string title = fmt::format("Networks on the front{} in {}: better is up on every axis", groups.size() > 1 ? "s" : "",
                                        inputs[0].space->name());
  std::string out = svg_head(kWidth, kHeight, title) + svg_text(kLeft - 60, 24, title, "font-size=\"15\" font-weight=\"bold\"");
  double at = kLeft - 60;
  auto legend = [&](const std::string& words, const std::string& colour, const char* dash) {
    out += fmt::format("<path d=\"M{} 44h20\" stroke=\"{}\" stroke-width=\"2\"{}/>", coordinate(at), colour, dash);
    out += svg_text(at + 26, 48, words);
    at += 46 + kCharacter * static_cast<double>(words.size());
  };
  if (groups.size() > 1) {
    for (std::size_t g = 0; g < groups.size(); ++g)
      legend(groups[g].runs.size() > 1 ? fmt::format("{} ({} seeds)", groups[g].name, groups[g].runs.size()) : groups[g].name,
             kColours[g % kColours.size()], "");
  } else {
    const std::string name = shortened(axes[0].column.label, 30);
    legend(fmt::format("{} networks of {}, the better in {} the darker", lines.size(), shortened(groups[0].name, 30), name),
           line_colour(0), "");
  }
  if (predicted) legend("with predicted values", "#57606a", " stroke-dasharray=\"5 4\"");
  for (const Line& line : lines) {
    std::string path;
    for (std::size_t k = 0; k < axes.size(); ++k)
      path += fmt::format("{}{} {}", k == 0 ? "M" : "L", coordinate(axes[k].at), coordinate(axes[k].y(line.values[k])));
    const double worse = (axes[0].y(line.values[0]) - kTop) / (kBottom - kTop);
    out += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-opacity=\"0.6\" stroke-width=\"1.5\"{}><title>{}</title></path>\n",
        path, groups.size() > 1 ? kColours[line.group % kColours.size()] : line_colour(worse),
        line.measured ? "" : " stroke-dasharray=\"5 4\"", escape_xml(line.hover));
  }
  for (const Axis& axis : axes) draw_axis(axis, out);
  return out + "</svg>\n";
}

}  // namespace nas
