#pragma once

#include <array>
#include <string>
#include <vector>

namespace nas {

// What every drawing is made of.

/// Mean width of a character of the drawings' text, px.
inline constexpr double kCharacter = 6.1;
/// Okabe and Ito 2008 without black, which a dark page would swallow, and yellow, which a white one does.
inline constexpr std::array kColours{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"};

/// The head of a drawing of so many pixels, on paper; `title` is read out. It ends with `</svg>`.
std::string svg_head(int width, double height, const std::string& title);
/// A text at a point, in the colour that every drawing writes in; `attributes` as SVG has them.
std::string svg_text(double x, double y, const std::string& words, const std::string& attributes = "",
                     const char* fill = "#24292f");
/// A pixel with at most one decimal.
std::string coordinate(double v);

/// Text for XML and HTML: & < > " ' escaped, control characters and bytes that are not UTF-8 replaced.
std::string escape_xml(const std::string& text);

/// At most `limit` code points, the last one an ellipsis where some were cut.
std::string shortened(const std::string& text, std::size_t limit);

/// Round tick positions between low and high, about `wanted` of them.
std::vector<double> round_ticks(double low, double high, int wanted);

/// A tick's value with as many decimals as the step between ticks needs.
std::string tick_label(double v, double step);

}  // namespace nas
