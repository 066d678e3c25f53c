#include "stdlib/outputs/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nas {
namespace {

/// Length of the UTF-8 sequence at `at`, 0 where there is none.
std::size_t sequence_length(const std::string& text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xc2 && first < 0xe0 ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  const auto second = length > 1 ? static_cast<unsigned char>(text[at + 1]) : 0;
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  return overlong || surrogate || (first == 0xf4 && second >= 0x90) ? 0 : length;
}

}  // namespace

std::string svg_head(int width, double height, const std::string& title) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n"
      "<title>{2}</title>\n<rect class=\"chart-paper\" width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
      width, coordinate(height), escape_xml(title));
}

std::string svg_text(double x, double y, const std::string& words, const std::string& attributes, const char* fill) {
  return fmt::format("<text class=\"chart-text\" x=\"{}\" y=\"{}\" fill=\"{}\" {}>{}</text>\n", coordinate(x), coordinate(y),
                     fill, attributes, escape_xml(words));
}

std::string coordinate(double v) {
  std::string text = fmt::format("{:.1f}", v);
  if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

std::string tick_label(double v, double step) {
  const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
  const bool half = std::fabs(step * std::pow(10.0, decimals) - std::round(step * std::pow(10.0, decimals))) > 1e-6;
  if (std::fabs(v) >= 1e7) return fmt::format("{:.6g}", v);
  return fmt::format("{:.{}f}", v, decimals + (half ? 1 : 0));
}

std::vector<double> round_ticks(double low, double high, int wanted) {
  if (!(high > low)) return {low};
  const double raw = (high - low) / std::max(1, wanted);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 2.5, 5.0})
    if (power * factor >= raw * (1 - 1e-9)) {
      step = power * factor;
      break;
    }
  std::vector<double> ticks;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k) ticks.push_back(k == 0 ? 0 : k * step);
  return ticks;
}

std::string escape_xml(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const char c = text[at];
    const bool control = static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\t';
    if (length == 0 || control || c == 0x7f)
      out += "\xEF\xBF\xBD";
    else if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out.append(text, at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string shortened(const std::string& text, std::size_t limit) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) continue;
    if (++points > limit) {
      std::size_t keep = 0, count = 0;
      while (keep < text.size() && (count < limit - 1 || (static_cast<unsigned char>(text[keep]) & 0xc0) == 0x80))
        count += (static_cast<unsigned char>(text[keep++]) & 0xc0) != 0x80;
      return text.substr(0, keep) + "\xE2\x80\xA6";
    }
  }
  return text;
}

}  // namespace nas
