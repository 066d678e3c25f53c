#include "stdlib/outputs/network_drawing.h"

#include <fmt/format.h>

#include <algorithm>

#include "stdlib/outputs/chart.h"
#include "stdlib/outputs/network_graph.h"

namespace nas {
namespace {

constexpr int kGap = 10, kLine = 15, kTitle = 22, kPad = 8;

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> list{""};
  for (const char c : path) {
    if (c == '.')
      list.emplace_back();
    else
      list.back() += c;
  }
  return list;
}

/// "block[3]" is a pass of a repeat, "conv[kernel=3]" is an operator of its own.
bool is_pass(const std::string& segment) {
  const auto open = segment.rfind('[');
  return open != std::string::npos && segment.back() == ']' && open + 2 < segment.size() + 1 &&
         std::all_of(segment.begin() + static_cast<std::ptrdiff_t>(open) + 1, segment.end() - 1,
                     [](char c) { return c >= '0' && c <= '9'; });
}

struct Place {
  std::string group, name;
  bool operator==(const Place&) const = default;
};

Place place_of(const std::string& path) {
  const auto parts = segments(path);
  Place place{parts[0], ""};
  if (!is_pass(parts[0])) return place;
  std::size_t last = 0;
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (is_pass(parts[i])) last = i;
  if (last == 0 && parts.size() > 1) place.name = parts[1];
  for (std::size_t i = 1; i <= last; ++i) place.name += (i > 1 ? "." : "") + parts[i];
  return place;
}

/// Where the layers stand that a choice belongs to: "stage[2].block[1].kernel" belongs to "stage[2].block[1]".
Place place_of_gene(const std::string& gene) {
  const auto dot = gene.rfind('.');
  if (dot == std::string::npos) return {gene, ""};
  const std::string owner = gene.substr(0, dot);
  return owner.find('.') == std::string::npos ? Place{owner, ""} : place_of(owner);
}

/// "stage[2]" -> "stage 2".
std::string spoken(const std::string& name) {
  std::string out;
  for (const char c : name) out += c == '[' ? " " : c == ']' ? "" : c == '.' ? ", " : std::string(1, c);
  return out;
}

std::string last_segment(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

struct Frame {
  std::string title;
  std::vector<NetworkBlock> blocks;
};

/// Consecutive blocks of one group, with the choices that belong to the whole group in the title.
std::vector<Frame> frames_of(const Space& space, const Arch& arch, const std::vector<NetworkBlock>& blocks,
                             std::vector<std::string>& shared) {
  std::vector<Frame> frames;
  std::vector<std::string> groups;
  for (const NetworkBlock& block : blocks) {
    if (frames.empty() || groups.back() != block.group) {
      frames.push_back({spoken(block.group), {}});
      groups.push_back(block.group);
    }
    frames.back().blocks.push_back(block);
  }
  for (const auto& [gene, option] : space.gene_values(arch)) {
    const Place place = place_of_gene(gene);
    const auto at = std::find(groups.begin(), groups.end(), place.group);
    const bool of_group = at != groups.end() && gene.size() > place.group.size() && place.name.empty() &&
                          gene[place.group.size()] == '.' &&
                          !frames[static_cast<std::size_t>(at - groups.begin())].blocks[0].name.empty();
    if (of_group)
      frames[static_cast<std::size_t>(at - groups.begin())].title += fmt::format(" \xC2\xB7 {} {}", last_segment(gene), option);
    else if (std::none_of(blocks.begin(), blocks.end(),
                          [&](const NetworkBlock& b) { return b.group == place.group && b.name == place.name; }))
      shared.push_back(spoken(gene) + " " + option);
  }
  return frames;
}

class Pen {
 public:
  explicit Pen(int width) : width_(width) {}
  void frame(const Frame& frame, std::int64_t all_macs, std::int64_t most_macs);
  void words(const std::string& title, const std::vector<std::string>& lines);
  std::string finish();

 private:
  void place(int w, int h) {
    if (x_ > kGap && x_ + w > width_ - kGap) {
      x_ = kGap;
      y_ += row_ + kGap;
      row_ = 0;
    }
    row_ = std::max(row_, h);
  }
  void text(int x, int y, const std::string& words, const char* attributes, const char* fill = "#24292f") {
    out_ += fmt::format("<text class=\"chart-text\" x=\"{}\" y=\"{}\" fill=\"{}\" {}>{}</text>", x, y, fill, attributes,
                        escape_xml(words));
  }
  int width_, x_ = kGap, y_ = kGap, row_ = 0;
  std::string out_;
};

int text_width(const std::string& words) {
  const auto points =
      std::count_if(words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  return static_cast<int>(kCharacter * static_cast<double>(points)) + 1;
}

void Pen::words(const std::string& title, const std::vector<std::string>& lines) {
  int w = text_width(title);
  for (const auto& line : lines) w = std::max(w, text_width(line));
  w += 2 * kPad;
  const int h = kTitle + kLine * static_cast<int>(lines.size()) + kPad;
  place(w, h);
  out_ += fmt::format(
      "<rect class=\"network-frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"#f6f8fa\" stroke=\"#d0d7de\"/>",
      x_, y_, w, h);
  text(x_ + kPad, y_ + 15, title, "font-weight=\"bold\"");
  for (std::size_t i = 0; i < lines.size(); ++i) text(x_ + kPad, y_ + kTitle + kLine * static_cast<int>(i) + 10, lines[i], "");
  out_ += "\n";
  x_ += w + kGap;
}

void Pen::frame(const Frame& frame, std::int64_t all_macs, std::int64_t most_macs) {
  std::size_t most = 1;
  int box = 58;
  for (const auto& b : frame.blocks) {
    most = std::max(most, b.genes.size() + 1);
    box = std::max({box, text_width(spoken(b.name)), text_width(shape_text(b.out))});
    for (const auto& gene : b.genes) box = std::max(box, text_width(gene));
  }
  box += 2 * 6;
  const bool single = frame.blocks.size() == 1 && frame.blocks[0].name.empty();
  const int box_height = (single ? 2 : 18) + kLine * static_cast<int>(most) + 12;
  const int fit = std::max(1, (width_ - 2 * kGap - 2 * kPad + kGap / 2) / (box + kGap / 2));
  const int n = static_cast<int>(frame.blocks.size()), columns = std::min(n, fit), lines = (n + columns - 1) / columns;
  const int w = std::max(columns * (box + kGap / 2) - kGap / 2, text_width(frame.title)) + 2 * kPad;
  const int h = kTitle + lines * (box_height + kGap / 2) + kPad - kGap / 2;
  place(w, h);
  out_ += fmt::format(
      "<rect class=\"network-frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"#f6f8fa\" stroke=\"#d0d7de\"/>",
      x_, y_, w, h);
  text(x_ + kPad, y_ + 15, frame.title, "font-weight=\"bold\"");
  for (int i = 0; i < n; ++i) {
    const NetworkBlock& b = frame.blocks[static_cast<std::size_t>(i)];
    const int bx = x_ + kPad + (i % columns) * (box + kGap / 2), by = y_ + kTitle + (i / columns) * (box_height + kGap / 2);
    const double share = all_macs > 0 ? static_cast<double>(b.macs) / static_cast<double>(all_macs) : 0;
    const double bar = most_macs > 0 ? static_cast<double>(b.macs) / static_cast<double>(most_macs) : 0;
    out_ += fmt::format(
        "<g><title>{}{}: {} MACs ({:.1f} %), {} parameters</title><rect class=\"network-block\" x=\"{}\" y=\"{}\" width=\"{}\" "
        "height=\"{}\" rx=\"4\" fill=\"#ffffff\" stroke=\"#8c959f\"/>",
        escape_xml(spoken(b.group)), b.name.empty() ? "" : ", " + escape_xml(spoken(b.name)), b.macs, 100 * share, b.params, bx,
        by, box, box_height);
    int line = by + 13;
    if (!single) {
      text(bx + 6, line, spoken(b.name), "", "#57606a");
      line += 16;
    }
    for (const auto& gene : b.genes) {
      text(bx + 6, line, gene, "font-weight=\"bold\"");
      line += kLine;
    }
    text(bx + 6, by + box_height - 12, shape_text(b.out), "", "#57606a");
    out_ += fmt::format(
        "<rect class=\"chart-grid\" x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"4\" fill=\"#e4e7eb\"/><rect x=\"{0}\" y=\"{1}\" "
        "width=\"{3:.1f}\" height=\"4\" fill=\"#0072B2\"/></g>",
        bx + 6, by + box_height - 7, box - 12, bar > 0 ? std::max(1.0, bar * (box - 12)) : 0.0);
  }
  out_ += "\n";
  x_ += w + kGap;
}

std::string Pen::finish() {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">\n"
      "<rect class=\"chart-paper\" width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n{2}</svg>\n",
      width_, y_ + row_ + kGap, out_);
}

}  // namespace

std::vector<NetworkBlock> network_blocks(const Space& space, const Arch& arch) {
  std::vector<NetworkBlock> blocks;
  const Network network = space.network(arch);
  for (const Layer& layer : network.layers) {
    const Place place = place_of(layer.path);
    if (blocks.empty() || blocks.back().group != place.group || blocks.back().name != place.name)
      blocks.push_back({place.group, place.name, {}, {}, 0, 0});
    NetworkBlock& block = blocks.back();
    block.out = layer.out;
    block.macs += layer_macs(layer);
    block.params += layer_params(layer);
  }
  for (const auto& [gene, option] : space.gene_values(arch)) {
    const Place place = place_of_gene(gene);
    for (NetworkBlock& block : blocks)
      if (block.group == place.group && block.name == place.name) {
        block.genes.push_back(gene == place.group ? option : last_segment(gene) + " " + option);
        break;
      }
  }
  return blocks;
}

std::string network_svg(const Space& space, const Arch& arch, int width) {
  const auto blocks = network_blocks(space, arch);
  std::vector<std::string> shared;
  const auto frames = frames_of(space, arch, blocks, shared);
  std::int64_t macs = 0, most = 0;
  for (const auto& block : blocks) {
    macs += block.macs;
    most = std::max(most, block.macs);
  }
  Pen pen(width);
  if (!shared.empty()) pen.words("decided once", shared);
  for (const Frame& frame : frames) pen.frame(frame, macs, most);
  return pen.finish();
}

}  // namespace nas
