#include "stdlib/outputs/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nas {
namespace {

const char* const kColours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};

/// Round tick positions, about `wanted` of them.
std::vector<double> ticks(double low, double high, int wanted) {
  const double raw = (high - low) / wanted;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = power;
  for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0})
    if (power * factor >= raw) {
      step = power * factor;
      break;
    }
  std::vector<double> list;
  for (double t = std::ceil(low / step) * step; t <= high + 1e-9 * step; t += step) list.push_back(std::fabs(t) < 1e-12 * step ? 0 : t);
  return list;
}

}  // namespace

std::string escape_xml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else if (static_cast<unsigned char>(c) >= 32 || c == '\n' || c == '\t') out += c;
  }
  return out;
}

std::string Chart::svg() const {
  double x0 = std::numeric_limits<double>::infinity(), x1 = -x0, y0 = x0, y1 = -x0;
  for (const auto& s : series)
    for (const auto& p : s.points) {
      x0 = std::min(x0, p.x);
      x1 = std::max(x1, p.x);
      y0 = std::min(y0, p.y);
      y1 = std::max(y1, p.y);
    }
  if (x0 > x1) x0 = 0, x1 = 1, y0 = 0, y1 = 1;
  if (x1 - x0 < 1e-12 * std::max(1.0, std::fabs(x1))) x0 -= 0.5 * std::max(1e-6, std::fabs(x0)), x1 += 0.5 * std::max(1e-6, std::fabs(x1));
  if (y1 - y0 < 1e-12 * std::max(1.0, std::fabs(y1))) y0 -= 0.5 * std::max(1e-6, std::fabs(y0)), y1 += 0.5 * std::max(1e-6, std::fabs(y1));
  const double mx = 0.05 * (x1 - x0), my = 0.06 * (y1 - y0);
  x0 -= mx, x1 += mx, y0 -= my, y1 += my;
  const double left = 72, right = width - 20, top = 44, bottom = height - 58;
  auto px = [&](double x) { return left + (x - x0) / (x1 - x0) * (right - left); };
  auto py = [&](double y) { return bottom - (y - y0) / (y1 - y0) * (bottom - top); };
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n<text x=\"{2}\" y=\"24\" font-size=\"15\" font-weight=\"bold\" fill=\"#222222\">{3}</text>\n",
      width, height, left, escape_xml(title));
  for (const double t : ticks(x0, x1, 8))
    out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#e6e6e6\"/><text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\" fill=\"#444444\">{4:.6g}</text>\n", px(t), top, bottom, bottom + 18, t);
  for (const double t : ticks(y0, y1, 7))
    out += fmt::format("<line x1=\"{1}\" y1=\"{0:.1f}\" x2=\"{2}\" y2=\"{0:.1f}\" stroke=\"#e6e6e6\"/><text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\" fill=\"#444444\">{5:.6g}</text>\n", py(t), left, right, left - 8, py(t) + 4, t);
  out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888888\"/>\n", left, top, right - left, bottom - top);
  out += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#222222\">{}</text>\n", (left + right) / 2, height - 16, escape_xml(x_title));
  out += fmt::format("<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\" fill=\"#222222\">{}</text>\n", (top + bottom) / 2, escape_xml(y_title));
  for (std::size_t s = 0; s < series.size(); ++s) {
    const char* colour = kColours[s % std::size(kColours)];
    if (series[s].line != ChartSeries::Line::none) {
      auto points = series[s].points;
      points.erase(std::remove_if(points.begin(), points.end(), [](const auto& p) { return p.faint; }), points.end());
      std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
      std::string path;
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 0 && series[s].line != ChartSeries::Line::straight) path += fmt::format(" H{:.1f}", px(points[i].x));
        path += i == 0 ? fmt::format("M{:.1f} {:.1f}", px(points[i].x), py(points[i].y))
                : series[s].line == ChartSeries::Line::straight ? fmt::format(" L{:.1f} {:.1f}", px(points[i].x), py(points[i].y)) : fmt::format(" V{:.1f}", py(points[i].y));
      }
      out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"/>\n", path, colour);
    }
    for (const bool faint : {true, false})
      for (const auto& p : series[s].points) {
        if (p.faint != faint) continue;
        out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" fill-opacity=\"{}\" stroke=\"{}\" stroke-opacity=\"{}\"><title>{}</title></circle>\n", px(p.x), py(p.y),
                           faint ? "2.5" : "4.2", p.solid ? colour : "#ffffff", faint ? "0.28" : "1", colour, faint ? "0.3" : "1", escape_xml(p.hover));
      }
  }
  // Legend in the corner that the data leave free: top right for rising fronts would hide points, so it stands above the frame.
  double at = right;
  for (std::size_t s = series.size(); s-- > 0;) {
    if (series[s].name.empty()) continue;
    const double length = 7.0 * static_cast<double>(series[s].name.size());
    at -= length;
    out += fmt::format("<text x=\"{:.1f}\" y=\"38\" fill=\"#222222\">{}</text><circle cx=\"{:.1f}\" cy=\"34\" r=\"4.2\" fill=\"{}\"/>\n", at, escape_xml(series[s].name), at - 10, kColours[s % std::size(kColours)]);
    at -= 30;
  }
  return out + "</svg>\n";
}

}  // namespace nas
