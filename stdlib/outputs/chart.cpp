#include "stdlib/outputs/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace nas {
namespace {

constexpr std::size_t kMostHovers = 3000;

struct Scale {
  double low, high, from, to;
  bool logarithmic = false;  ///< low and high are powers of ten then; what lies below low stands at it
  double operator()(double v) const {
    if (logarithmic) v = v > 0 ? std::max(std::log10(v), low) : low;
    return from + (v - low) / (high - low) * (to - from);
  }
};

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void take(double v) {
    if (!std::isfinite(v)) return;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  bool empty() const { return low > high; }
  /// Limits of conditions are shown where they lie near the points; far ones would squeeze the points together.
  void take_near(double v) {
    if (!std::isfinite(v) || empty()) return;
    const double reach = 0.35 * std::max(high - low, 1e-12);
    if (v >= low - reach && v <= high + reach) take(v);
  }
  void open(double margin) {
    if (empty()) low = 0, high = 1;
    if (high - low < 1e-9 * std::max(std::fabs(high), std::fabs(low)) || high == low) {
      const double half = high == 0 ? 0.5 : 0.05 * std::fabs(high);
      low -= half;
      high += half;
    }
    const double gap = margin * (high - low);
    low -= gap;
    high += gap;
  }
};

bool finite(const ChartPoint& p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

/// A mark of 2r across; each series has a shape of its own.
std::string mark_svg(std::size_t shape, double x, double y, double r, const std::string& attributes, const std::string& inside) {
  const std::string end = inside.empty() ? "/>" : ">" + inside;
  auto polygon = [&](std::initializer_list<std::pair<double, double>> corners) {
    std::string points;
    for (const auto& [dx, dy] : corners)
      points += fmt::format("{}{},{}", points.empty() ? "" : " ", coordinate(x + dx * r), coordinate(y + dy * r));
    return fmt::format("<polygon points=\"{}\" {}{}{}", points, attributes, end, inside.empty() ? "" : "</polygon>");
  };
  switch (shape % 4) {
    case 1:
      return polygon({{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}});
    case 2:
      return polygon({{0, -1.2}, {1.1, 0.8}, {-1.1, 0.8}});
    case 3:
      return polygon({{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}});
    default:
      return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {}{}{}", coordinate(x), coordinate(y), coordinate(r), attributes,
                         end, inside.empty() ? "" : "</circle>");
  }
}

class Drawing {
 public:
  explicit Drawing(const Chart& chart) : chart_(chart) {}
  std::string svg();

 private:
  struct LegendItem {
    std::string text, full;
    std::size_t series = 0;
    ChartMark mark = ChartMark::none;
    bool line = false, limit = false;
  };
  std::string colour(std::size_t series) const {
    const bool own = series < chart_.series.size() && !chart_.series[series].colour.empty();
    return own ? chart_.series[series].colour : kColours[series % kColours.size()];
  }
  /// The attribute of a line that is dashed, with the space before it.
  std::string dash(std::size_t series) const {
    const bool dashed = series < chart_.series.size() && !chart_.series[series].dash.empty();
    return dashed ? fmt::format(" stroke-dasharray=\"{}\"", chart_.series[series].dash) : "";
  }
  void find_extent();
  std::vector<double> ticks_up(int wanted) const;
  std::vector<LegendItem> legend_items() const;
  void place_legend();
  void draw_limits();
  void draw_axes();
  void draw_rules();
  /// Where a line that starts or ends at the pixel leaves the page: the worse edge, or the condition before it.
  double worse_x(double x) const;
  double worse_y(double y) const;
  void draw_band(std::size_t s);
  void draw_line(std::size_t s);
  void draw_points(std::size_t s, bool behind);
  void draw_point(std::size_t s, const ChartPoint& p, bool hover);
  std::string symbol(std::size_t s, ChartMark mark, double x, double y, const std::string& inside) const;
  void text(double x, double y, const std::string& words, const std::string& attributes, const char* fill = "#24292f") {
    out_ += svg_text(x, y, words, attributes, fill);
  }

  const Chart& chart_;
  Extent ex_, ey_;
  Scale x_{}, y_{};
  double left_ = 72, right_ = 0, top_ = 0, bottom_ = 0;
  std::string out_, legend_;
};

void Drawing::find_extent() {
  auto take_y = [&](double y) {
    if (!chart_.y_logarithmic)
      ey_.take(y);
    else if (y > 0)
      ey_.take(std::log10(y));
  };
  for (const auto& s : chart_.series) {
    for (const auto& b : s.band) {
      ex_.take(b.x);
      take_y(b.low);
      take_y(b.high);
    }
    for (const auto& p : s.points) {
      if (!finite(p)) continue;
      ex_.take(p.x);
      take_y(p.y);
      if (p.mark == ChartMark::faint || p.mark == ChartMark::cross) continue;
      for (const double sign : {-1.0, 1.0}) {
        ex_.take(p.x + sign * p.x_spread);
        take_y(p.y + sign * p.y_spread);
      }
    }
  }
  for (const auto& limit : chart_.limits) {
    (limit.on_x ? ex_ : ey_).take_near(limit.lower);
    (limit.on_x ? ex_ : ey_).take_near(limit.upper);
  }
  if (chart_.diagonal) {
    ex_.take(ey_.low), ex_.take(ey_.high);
    ey_ = ex_;
  }
  ex_.open(0.04);
  ey_.open(0.05);
}

std::vector<double> Drawing::ticks_up(int wanted) const {
  if (!chart_.y_logarithmic) return round_ticks(ey_.low, ey_.high, wanted);
  std::vector<double> ticks;
  const bool wide = ey_.high - ey_.low > 3;  // then powers of ten alone
  for (int k = static_cast<int>(std::floor(ey_.low)); k <= static_cast<int>(std::ceil(ey_.high)); ++k)
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, k);
      if ((factor == 1 || !wide) && std::log10(tick) >= ey_.low && std::log10(tick) <= ey_.high) ticks.push_back(tick);
    }
  return ticks;
}

std::vector<Drawing::LegendItem> Drawing::legend_items() const {
  std::vector<LegendItem> items;
  std::set<ChartMark> seen;
  for (const auto& s : chart_.series)
    for (const auto& p : s.points)
      if (finite(p)) seen.insert(p.mark);
  const bool several = seen.count(ChartMark::faint) || seen.count(ChartMark::hollow) || seen.count(ChartMark::cross);
  const bool solid = several && seen.count(ChartMark::solid);
  const bool alone = solid && chart_.series.size() == 1;
  if (alone)
    items.push_back({shortened(chart_.series[0].name, 36) + ": " + chart_.solid_words, chart_.series[0].name, 0, ChartMark::solid,
                     chart_.series[0].line != ChartSeries::Line::none, false});
  for (std::size_t s = 0; s < chart_.series.size(); ++s) {
    const auto& series = chart_.series[s];
    if (series.name.empty() || alone) continue;
    const bool marks =
        std::any_of(series.points.begin(), series.points.end(), [](const auto& p) { return p.mark != ChartMark::none; });
    const bool small =
        std::any_of(series.points.begin(), series.points.end(), [](const auto& p) { return p.mark == ChartMark::small; });
    items.push_back({shortened(series.name, 36), series.name, s,
                     !marks  ? ChartMark::none
                     : small ? ChartMark::small
                             : ChartMark::solid,
                     series.line != ChartSeries::Line::none, false});
  }
  // The words for kinds of points stand once, in the first series' colour.
  if (solid && !alone) items.push_back({chart_.solid_words, "", 0, ChartMark::solid, false, false});
  if (seen.count(ChartMark::hollow)) items.push_back({"predicted only", "", 0, ChartMark::hollow, false, false});
  if (seen.count(ChartMark::faint)) items.push_back({"dominated", "", 0, ChartMark::faint, false, false});
  if (seen.count(ChartMark::cross)) items.push_back({"breaks a condition", "", 0, ChartMark::cross, false, false});
  for (const auto& limit : chart_.limits)
    items.push_back({"outside " + shortened(limit.label, 40), limit.label, 0, ChartMark::none, false, true});
  return items;
}

void Drawing::place_legend() {
  double at = left_, row = chart_.title.empty() ? 20 : 46;
  top_ = row - 6;
  for (const LegendItem& item : legend_items()) {
    const double swatch = item.line || item.limit ? 26 : 16;
    const double length = swatch + kCharacter * static_cast<double>(item.text.size()) + 20;
    if (at > left_ && at + length - 20 > right_) {
      at = left_;
      row += 19;
    }
    if (item.limit)
      legend_ += fmt::format(
          "<rect class=\"chart-limit\" x=\"{}\" y=\"{}\" width=\"20\" height=\"10\" fill=\"#8c959f\" fill-opacity=\"0.22\"/>",
          coordinate(at), coordinate(row - 9));
    if (item.line)
      legend_ += fmt::format("<path d=\"M{} {}h20\" stroke=\"{}\" stroke-width=\"1.8\" fill=\"none\"{}/>", coordinate(at),
                             coordinate(row - 4), colour(item.series), dash(item.series));
    legend_ += symbol(item.series, item.mark, at + (item.line ? 10 : 5), row - 4, "");
    const std::string full = item.full == item.text || item.full.empty() ? "" : "<title>" + escape_xml(item.full) + "</title>";
    legend_ += fmt::format("<text class=\"chart-text\" x=\"{}\" y=\"{}\" fill=\"#24292f\">{}{}</text>\n", coordinate(at + swatch),
                           coordinate(row), full, escape_xml(item.text));
    at += length;
    top_ = row + 12;
  }
}

std::string Drawing::symbol(std::size_t s, ChartMark mark, double x, double y, const std::string& inside) const {
  const std::string c = colour(s);
  switch (mark) {
    case ChartMark::solid:
      return mark_svg(s, x, y, 4.4, fmt::format("fill=\"{0}\" stroke=\"{0}\"", c), inside);
    case ChartMark::hollow:
      return mark_svg(s, x, y, 4.4, fmt::format("class=\"chart-hollow\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"1.5\"", c),
                      inside);
    case ChartMark::faint:
      return mark_svg(s, x, y, 2.6, fmt::format("class=\"chart-faint\" fill=\"{}\" fill-opacity=\"0.3\"", c), inside);
    case ChartMark::small:
      return mark_svg(s, x, y, 3.2, fmt::format("fill=\"{}\" fill-opacity=\"0.75\"", c), inside);
    case ChartMark::cross:
      return fmt::format(
          "<path d=\"M{0} {1}l6 6m0 -6l-6 6\" stroke=\"{2}\" stroke-opacity=\"0.55\" stroke-width=\"1.3\" "
          "fill=\"none\">{3}</path>",
          coordinate(x - 3), coordinate(y - 3), c, inside);
    case ChartMark::none:
      return "";
  }
  return "";
}

void Drawing::draw_limits() {
  for (const auto& limit : chart_.limits) {
    const Extent& e = limit.on_x ? ex_ : ey_;
    auto shade = [&](double low, double high) {
      low = std::clamp(low, e.low, e.high);
      high = std::clamp(high, e.low, e.high);
      if (high <= low) return;
      const double x = limit.on_x ? x_(low) : left_, w = limit.on_x ? x_(high) - x_(low) : right_ - left_;
      const double y = limit.on_x ? top_ : y_(high), h = limit.on_x ? bottom_ - top_ : y_(low) - y_(high);
      out_ += fmt::format(
          "<rect class=\"chart-limit\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#8c959f\" "
          "fill-opacity=\"0.22\"><title>outside {}</title></rect>\n",
          coordinate(x), coordinate(y), coordinate(w), coordinate(h), escape_xml(limit.label));
    };
    shade(e.low, limit.lower);
    shade(limit.upper, e.high);
  }
}

void Drawing::draw_axes() {
  const auto across = round_ticks(ex_.low, ex_.high, static_cast<int>((right_ - left_) / 80));
  const auto up = ticks_up(static_cast<int>((bottom_ - top_) / 48));
  const double step_x = across.size() > 1 ? across[1] - across[0] : 1, step_y = up.size() > 1 ? up[1] - up[0] : 1;
  for (const double t : across) {
    out_ += fmt::format("<path class=\"chart-grid\" d=\"M{} {}V{}\" stroke=\"#e4e7eb\"/>", coordinate(x_(t)), coordinate(top_),
                        coordinate(bottom_));
    text(x_(t), bottom_ + 17, tick_label(t, step_x), "text-anchor=\"middle\"", "#57606a");
  }
  for (const double t : up) {
    out_ += fmt::format("<path class=\"chart-grid\" d=\"M{} {}H{}\" stroke=\"#e4e7eb\"/>", coordinate(left_), coordinate(y_(t)),
                        coordinate(right_));
    text(left_ - 8, y_(t) + 4, chart_.y_logarithmic ? fmt::format("{:g}", t) : tick_label(t, step_y), "text-anchor=\"end\"",
         "#57606a");
  }
  out_ += fmt::format("<path class=\"chart-axis\" d=\"M{} {}V{}H{}\" fill=\"none\" stroke=\"#8c959f\"/>\n", coordinate(left_),
                      coordinate(top_), coordinate(bottom_), coordinate(right_));
  text((left_ + right_) / 2, bottom_ + 40, chart_.x_title, "text-anchor=\"middle\" font-size=\"13\"");
  out_ += fmt::format(
      "<text class=\"chart-text\" transform=\"translate(18 {}) rotate(-90)\" text-anchor=\"middle\" font-size=\"13\" "
      "fill=\"#24292f\">{}</text>\n",
      coordinate((top_ + bottom_) / 2), escape_xml(chart_.y_title));
}

void Drawing::draw_rules() {
  double free_from = left_;
  for (const auto& rule : chart_.rules) {
    if (!(rule.x >= ex_.low && rule.x <= ex_.high)) continue;
    const double x = x_(rule.x);
    out_ += fmt::format("<path class=\"chart-rule\" d=\"M{} {}V{}\" stroke=\"#8c959f\" stroke-dasharray=\"3 4\"/>\n",
                        coordinate(x), coordinate(top_), coordinate(bottom_));
    const double length = kCharacter * static_cast<double>(rule.label.size());
    if (x - length - 4 < free_from) continue;  // no room: the line alone
    text(x - 4, top_ + 13, rule.label, "text-anchor=\"end\" font-size=\"11\"", "#57606a");
    free_from = x;
  }
}

double Drawing::worse_x(double x) const {
  double end = chart_.x_upward ? left_ : right_;
  for (const auto& limit : chart_.limits) {
    if (!limit.on_x) continue;
    if (chart_.x_upward && limit.lower > ex_.low) end = std::max(end, x_(limit.lower));
    if (!chart_.x_upward && limit.upper < ex_.high) end = std::min(end, x_(limit.upper));
  }
  return chart_.x_upward ? std::min(end, x) : std::max(end, x);
}

double Drawing::worse_y(double y) const {
  double end = chart_.y_upward ? bottom_ : top_;
  for (const auto& limit : chart_.limits) {
    if (limit.on_x) continue;
    if (chart_.y_upward && limit.lower > ey_.low) end = std::min(end, y_(limit.lower));
    if (!chart_.y_upward && limit.upper < ey_.high) end = std::max(end, y_(limit.upper));
  }
  return chart_.y_upward ? std::max(end, y) : std::min(end, y);
}

void Drawing::draw_band(std::size_t s) {
  const auto& series = chart_.series[s];
  const auto& band = series.band;
  if (band.empty()) return;
  auto stepped = [&](double ChartSeries::Band::*edge) {
    std::vector<std::pair<double, double>> corners;
    for (std::size_t i = 0; i < band.size(); ++i) {
      const double x = x_(band[i].x), y = y_(band[i].*edge);
      if (i > 0 && series.line == ChartSeries::Line::across_then_up) corners.emplace_back(x, corners.back().second);
      if (i > 0 && series.line == ChartSeries::Line::up_then_across) corners.emplace_back(corners.back().first, y);
      corners.emplace_back(x, y);
    }
    return corners;
  };
  auto outline = stepped(&ChartSeries::Band::low);
  const auto high = stepped(&ChartSeries::Band::high);
  outline.insert(outline.end(), high.rbegin(), high.rend());
  std::string path;
  for (const auto& [x, y] : outline) path += fmt::format("{}{} {}", path.empty() ? "M" : "L", coordinate(x), coordinate(y));
  out_ += fmt::format("<path class=\"chart-band\" d=\"{}Z\" fill=\"{}\" fill-opacity=\"0.18\"/>\n", path, colour(s));
}

void Drawing::draw_line(std::size_t s) {
  const auto& series = chart_.series[s];
  using Line = ChartSeries::Line;
  if (series.line == Line::none) return;
  std::string path;
  double last_x = 0, last_y = 0;
  for (const auto& p : series.points) {
    if (!finite(p) || !p.on_line) continue;
    const double x = x_(p.x), y = y_(p.y);
    if (path.empty()) {
      if (series.extended && series.line == Line::across_then_up)
        path = fmt::format("M{} {}V{}", coordinate(x), coordinate(worse_y(y)), coordinate(y));
      else if (series.extended)
        path = fmt::format("M{} {}H{}", coordinate(worse_x(x)), coordinate(y), coordinate(x));
      else
        path = fmt::format("M{} {}", coordinate(x), coordinate(y));
    } else if (series.line == Line::straight) {
      path += fmt::format("L{} {}", coordinate(x), coordinate(y));
    } else if (series.line == Line::across_then_up) {
      path += fmt::format("H{}V{}", coordinate(x), coordinate(y));
    } else {
      path += fmt::format("V{}H{}", coordinate(y), coordinate(x));
    }
    last_x = x;
    last_y = y;
  }
  if (path.empty()) return;
  if (series.extended && series.line == Line::across_then_up)
    path += fmt::format("H{}", coordinate(worse_x(last_x)));
  else if (series.extended)
    path += fmt::format("V{}", coordinate(worse_y(last_y)));
  out_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\" stroke-linejoin=\"round\"{}/>\n", path,
                      colour(s), dash(s));
}

void Drawing::draw_point(std::size_t s, const ChartPoint& p, bool hover) {
  const double x = x_(p.x), y = y_(p.y);
  const bool front = p.mark == ChartMark::solid || p.mark == ChartMark::hollow;
  if (front && p.x_spread > 0)
    out_ += fmt::format("<path d=\"M{} {}H{}\" stroke=\"{}\" stroke-opacity=\"0.6\"/>", coordinate(x_(p.x - p.x_spread)),
                        coordinate(y), coordinate(x_(p.x + p.x_spread)), colour(s));
  if (front && p.y_spread > 0)
    out_ += fmt::format("<path d=\"M{} {}V{}\" stroke=\"{}\" stroke-opacity=\"0.6\"/>", coordinate(x),
                        coordinate(y_(p.y - p.y_spread)), coordinate(y_(p.y + p.y_spread)), colour(s));
  out_ += symbol(s, p.mark, x, y, hover && !p.hover.empty() ? "<title>" + escape_xml(p.hover) + "</title>" : "") + "\n";
}

void Drawing::draw_points(std::size_t s, bool behind) {
  const auto& points = chart_.series[s].points;
  std::set<std::pair<int, int>> taken;  // of many points on one spot the first is drawn
  std::size_t drawn = 0;
  for (const auto& p : points) {
    const bool back = p.mark == ChartMark::faint || p.mark == ChartMark::cross;
    if (p.mark == ChartMark::none || back != behind || !finite(p)) continue;
    if (behind && !taken.emplace(static_cast<int>(std::lround(x_(p.x))), static_cast<int>(std::lround(y_(p.y)))).second) continue;
    draw_point(s, p, !behind || ++drawn <= kMostHovers);
  }
}

std::string Drawing::svg() {
  find_extent();
  const double widest = [&] {
    std::size_t longest = 0;
    const auto up = ticks_up(9);
    for (const double t : up)
      longest = std::max(longest, chart_.y_logarithmic ? fmt::format("{:g}", t).size()
                                                       : tick_label(t, up.size() > 1 ? up[1] - up[0] : 1).size());
    return kCharacter * static_cast<double>(longest);
  }();
  left_ = 42 + widest;
  right_ = chart_.width - 18;
  place_legend();
  bottom_ = chart_.height - 54;
  x_ = {ex_.low, ex_.high, left_, right_};
  y_ = {ey_.low, ey_.high, bottom_, top_, chart_.y_logarithmic};
  out_ = svg_head(chart_.width, chart_.height, chart_.title.empty() ? chart_.y_title : chart_.title);
  if (!chart_.title.empty()) text(left_, 22, shortened(chart_.title, 90), "font-size=\"15\" font-weight=\"bold\"");
  draw_limits();
  draw_axes();
  draw_rules();
  out_ += legend_;
  if (chart_.diagonal)
    out_ += fmt::format("<path class=\"chart-rule\" d=\"M{} {}L{} {}\" stroke=\"#8c959f\" stroke-dasharray=\"5 4\"/>\n",
                        coordinate(x_(ex_.low)), coordinate(y_(ex_.low)), coordinate(x_(ex_.high)), coordinate(y_(ex_.high)));
  for (std::size_t s = 0; s < chart_.series.size(); ++s) draw_band(s);
  for (std::size_t s = 0; s < chart_.series.size(); ++s) draw_points(s, true);
  for (std::size_t s = 0; s < chart_.series.size(); ++s) draw_line(s);
  for (std::size_t s = 0; s < chart_.series.size(); ++s) draw_points(s, false);
  return out_ + "</svg>\n";
}

}  // namespace

std::string Chart::svg() const {
  return Drawing(*this).svg();
}

}  // namespace nas
