#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "stdlib/outputs/result_charts.h"
#include "stdlib/outputs/run_groups.h"

namespace nas {
namespace {

constexpr double kRow = 20, kCell = 62, kMargin = 24;
constexpr std::size_t kLongest = 34;  // characters of a gene's name

/// How often the networks of the fronts of some runs choose each option of a gene, among those in which it has a say.
struct GeneUse {
  std::vector<std::size_t> chosen;
  std::size_t active = 0;
};

std::vector<GeneUse> uses_of(const RunGroup& group, std::size_t& networks) {
  const Space& space = *group.runs[0]->space;
  std::vector<GeneUse> uses(space.gene_count());
  for (std::size_t g = 0; g < uses.size(); ++g) uses[g].chosen.assign(space.genes()[g].options.size(), 0);
  std::vector<std::uint8_t> active(space.gene_count());
  networks = 0;
  for (const OutputInput* run : group.runs)
    for (const std::size_t i : run->result->front) {
      const auto& genes = run->result->rows[i].arch.genes;
      ++networks;
      space.active(genes, active);
      for (std::size_t g = 0; g < uses.size(); ++g) {
        if (!active[g]) continue;
        ++uses[g].active;
        ++uses[g].chosen[genes[g]];
      }
    }
  return uses;
}

/// White to dark blue: one hue, so that it reads as an amount for every kind of sight.
std::string amount_colour(double share) {
  auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + share * (to - from))); };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(0xf6, 0x00), mix(0xf8, 0x50), mix(0xfa, 0x8c));
}

}  // namespace

Result<std::string> gene_svg(const std::vector<OutputInput>& inputs) {
  const std::vector<RunGroup> groups = groups_of(inputs);
  std::size_t longest = 4, widest = 1, rows = 0;
  for (const RunGroup& group : groups)
    for (const Gene& gene : group.runs[0]->space->genes()) {
      longest = std::max(longest, std::min(kLongest, gene.name.size()));
      widest = std::max(widest, gene.options.size());
      ++rows;
    }
  const double left = kMargin + kCharacter * static_cast<double>(longest) + 12;
  const double used_at = left + kCell * static_cast<double>(widest) + 14;
  const int width = std::max(620, static_cast<int>(used_at + 60));
  const double height = static_cast<double>(groups.size()) * 74 + kRow * static_cast<double>(rows) + 14;
  std::string out = svg_head(width, height, "What the networks on the front choose");
  double y = 0;
  for (const RunGroup& group : groups) {
    std::size_t networks = 0;
    const std::vector<GeneUse> uses = uses_of(group, networks);
    const std::string runs = group.runs.size() > 1 ? fmt::format(" over {} seeds", group.runs.size()) : "";
    out += svg_text(kMargin, y + 28,
                    fmt::format("What the {} networks on the front choose: {}{}", networks, shortened(group.name, 40), runs),
                    "font-size=\"15\" font-weight=\"bold\"");
    out += svg_text(kMargin, y + 54, "gene", "font-size=\"11\"", "#57606a");
    out += svg_text(left, y + 54, "option and how often it is chosen [%]", "font-size=\"11\"", "#57606a");
    out += svg_text(used_at, y + 54, "used by [%]", "font-size=\"11\"", "#57606a");
    y += 62;
    for (std::size_t g = 0; g < uses.size(); ++g, y += kRow) {
      const Gene& gene = group.runs[0]->space->genes()[g];
      out += fmt::format("<g><title>{}: {} of {} networks have it</title>", escape_xml(gene.name), uses[g].active, networks);
      out += svg_text(left - 8, y + 14, shortened(gene.name, kLongest), "text-anchor=\"end\"");
      for (std::size_t o = 0; o < gene.options.size(); ++o) {
        const double share =
            uses[g].active == 0 ? 0 : static_cast<double>(uses[g].chosen[o]) / static_cast<double>(uses[g].active);
        const double x = left + kCell * static_cast<double>(o);
        out += fmt::format(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"><title>{} = {}: {} of {} networks</title></rect>",
            coordinate(x), coordinate(y + 1), coordinate(kCell - 2), coordinate(kRow - 2), amount_colour(share),
            escape_xml(gene.name), escape_xml(gene.options[o]), uses[g].chosen[o], uses[g].active);
        const char* ink = share > 0.55 ? "#ffffff" : "#24292f";
        out += svg_text(x + 5, y + 14.5, shortened(gene.options[o], 5), "font-size=\"11\" pointer-events=\"none\"", ink);
        if (uses[g].chosen[o] > 0)
          out += svg_text(x + kCell - 7, y + 14.5, share < 0.005 ? "<1" : fmt::format("{:.0f}", 100 * share),
                          "text-anchor=\"end\" font-size=\"11\" font-weight=\"bold\" pointer-events=\"none\"", ink);
      }
      if (uses[g].active < networks)
        out +=
            svg_text(used_at, y + 14.5,
                     fmt::format("{:.0f}",
                                 networks == 0 ? 0 : 100.0 * static_cast<double>(uses[g].active) / static_cast<double>(networks)),
                     "font-size=\"11\"", "#57606a");
      out += "</g>\n";
    }
    y += 12;
  }
  return out + "</svg>\n";
}

}  // namespace nas
