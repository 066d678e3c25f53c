#include "stdlib/outputs/predictor_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/learnt.h"
#include "core/rank_matrix.h"
#include "core/statistics.h"
#include "stdlib/outputs/svg.h"

namespace nas {
namespace {

using Relearn = std::function<Result<std::shared_ptr<const Predictor>>(const DeviceRows& rows, Stream stream)>;

/// The rows of one repetition: what may be learnt from, in a random order, and what is held out.
struct Split {
  DeviceRows known, unseen;
};

Split split_of(const DeviceRows& all, Stream stream) {
  std::vector<std::size_t> order(all.networks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  const std::size_t held = std::max<std::size_t>(order.size() / 5, 1);
  Split split{{all.device, {}, {}}, {all.device, {}, {}}};
  for (std::size_t i = 0; i < order.size(); ++i) {
    DeviceRows& side = i < held ? split.unseen : split.known;
    side.networks.push_back(all.networks[order[i]]);
    side.values.push_back(all.values[order[i]]);
  }
  return split;
}

/// Errors of all repetitions with so many rows, percent of the mean.
Result<std::vector<double>> errors_at(const Learnt& learnt, const Relearn& relearn, std::size_t size, int repeats,
                                      const Stream& stream) {
  std::vector<double> errors;
  for (int r = 0; r < repeats; ++r) {
    const Stream own = stream.split(static_cast<std::uint64_t>(r));
    Split split = split_of(learnt.from, own.split("rows"));
    split.known.networks.resize(size);
    split.known.values.resize(size);
    auto made = relearn(split.known, own.split("learn"));
    if (!made) return made.failure();
    std::vector<double> said(split.unseen.values.size());
    (*made)->predict(features_of(*learnt.space, split.unseen.networks), said.size(), said);
    errors.push_back(100 * rmse_over_mean(said, split.unseen.values));
  }
  return errors;
}

/// Blue where too little is predicted, orange where too much.
std::string residual_colour(double share, double most) {
  const double amount = most > 0 ? std::min(std::fabs(share) / most, 1.0) : 0;
  const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + amount * (to - from))); };
  return share < 0 ? fmt::format("#{:02x}{:02x}{:02x}", mix(0xf6, 0x00), mix(0xf8, 0x72), mix(0xfa, 0xb2))
                   : fmt::format("#{:02x}{:02x}{:02x}", mix(0xf6, 0xd5), mix(0xf8, 0x5e), mix(0xfa, 0x00));
}

}  // namespace

Result<Chart> learning_chart(const OutputInput& predictor, std::vector<int> sizes, int repeats, std::uint64_t seed) {
  const Learnt& learnt = *predictor.learnt;
  const std::size_t all = learnt.from.networks.size(), most = all - std::max<std::size_t>(all / 5, 1);
  if (all < 5 || !learnt.relearn)
    return Failure{"E841", fmt::format("{} has learnt from {} networks: too few for a learning curve", predictor.name, all),
                   "give the profile more samples"};
  const bool chosen = sizes.empty();
  if (chosen) {
    for (std::size_t size = 10; size < most; size *= 2) sizes.push_back(static_cast<int>(size));
    sizes.push_back(static_cast<int>(most));
  }
  std::sort(sizes.begin(), sizes.end());
  Chart chart;
  chart.title = fmt::format("{}: error on networks that it has not seen, {} of {}", predictor.name, all - most, all);
  chart.x_title = "networks learnt from";
  chart.y_title = "root mean square error [% of the mean]";
  const Stream stream(seed, "learning curve " + predictor.name);
  const bool transfer = !learnt.judgement.each.empty() && learnt.make;
  for (int which = 0; which < (transfer ? 2 : 1); ++which) {
    const Relearn relearn =
        which == 0 ? learnt.relearn : [&learnt](const DeviceRows& rows, Stream own) -> Result<std::shared_ptr<const Predictor>> {
      auto one = learnt.make();
      if (auto fitted = one->fit(features_of(*learnt.space, rows.networks), rows.values, std::move(own)); !fitted)
        return fitted.failure();
      return std::shared_ptr<const Predictor>(std::move(one));
    };
    ChartSeries series;
    series.name = which == 0 ? predictor.name : learnt.made_by.value("component", "") + " from scratch";
    series.line = ChartSeries::Line::straight;
    for (const int size : sizes) {
      if (static_cast<std::size_t>(size) > most)
        return Failure{"E841", fmt::format("learning asks for {} networks, {} of the {} may be learnt from", size, most, all),
                       "give the profile more samples"};
      auto errors = errors_at(learnt, relearn, static_cast<std::size_t>(size), repeats, stream);
      if (!errors && (chosen || which == 1)) continue;
      if (!errors)
        return Failure{"E840",
                       fmt::format("{} cannot learn from {} networks: {}", predictor.name, size, errors.failure().message),
                       "leave this size out"};
      const auto [low, high] = std::minmax_element(errors->begin(), errors->end());
      const double middle = mean(*errors), x = static_cast<double>(size);
      series.band.push_back({x, *low, *high});
      series.points.push_back({x, middle, fmt::format("{} networks: {:.2f} %, {:.2f} to {:.2f}", size, middle, *low, *high)});
    }
    chart.series.push_back(std::move(series));
  }
  if (chart.series[0].points.empty())
    return Failure{"E840", fmt::format("{} cannot learn from {} networks or fewer", predictor.name, most),
                   "give the profile more samples"};
  return chart;
}

Result<std::string> residuals_svg(const OutputInput& predictor, const OutputInput& profile, std::size_t genes) {
  const SearchResult* measured_there = profile.result.get();
  const CommonRows rows = common_rows({&measured_there, 1});
  if (rows.networks.size() < 3)
    return Failure{"E841", fmt::format("the picture needs at least 3 networks, {} has {}", profile.name, rows.networks.size()),
                   "give the profile more samples"};
  const Space& space = *predictor.learnt->space;
  const std::vector<double>& measured = rows.values[0];
  const std::vector<double> said = predictor.learnt->predict(rows.networks);
  const double average = mean(measured), count = static_cast<double>(measured.size());
  struct GeneResiduals {
    std::size_t gene = 0;
    std::vector<double> sum, squares, networks;
    double explained = 0;
  };
  std::vector<GeneResiduals> all(space.gene_count());
  double total = 0;
  std::vector<double> residuals(measured.size());
  for (std::size_t i = 0; i < measured.size(); ++i) {
    residuals[i] = (said[i] - measured[i]) / average;
    total += residuals[i] * residuals[i];
  }
  std::vector<std::uint8_t> active(space.gene_count());
  for (std::size_t g = 0; g < all.size(); ++g) {
    all[g].gene = g;
    for (auto* list : {&all[g].sum, &all[g].squares, &all[g].networks}) list->assign(space.genes()[g].options.size(), 0);
  }
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const auto& options = rows.networks[i].genes;
    space.active(options, active);
    for (std::size_t g = 0; g < all.size(); ++g)
      if (active[g]) {
        all[g].sum[options[g]] += residuals[i];
        all[g].squares[options[g]] += residuals[i] * residuals[i];
        all[g].networks[options[g]] += 1;
      }
  }
  // What is wrong everywhere is no gene's doing.
  const double everywhere = mean(residuals);
  const double spread = std::max(0.0, total - count * everywhere * everywhere);
  for (GeneResiduals& one : all)
    for (std::size_t o = 0; o < one.sum.size(); ++o)
      if (one.networks[o] > 0 && spread > 0)
        one.explained += one.networks[o] * std::pow(one.sum[o] / one.networks[o] - everywhere, 2) / spread;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.explained > b.explained; });
  all.resize(std::min(all.size(), genes));
  double most = 0;
  std::size_t longest = 4, widest = 1;
  for (const GeneResiduals& one : all) {
    const Gene& gene = space.genes()[one.gene];
    longest = std::max(longest, std::min<std::size_t>(34, gene.name.size()));
    widest = std::max(widest, gene.options.size());
    for (std::size_t o = 0; o < one.sum.size(); ++o)
      if (one.networks[o] > 0) most = std::max(most, std::fabs(one.sum[o] / one.networks[o]));
  }
  constexpr double kRow = 20, kCell = 86, kMargin = 24;
  const double left = kMargin + kCharacter * static_cast<double>(longest) + 12;
  const double explained_at = left + std::max(kCell * static_cast<double>(widest), 240.0) + 14;
  const int width = std::max(620, static_cast<int>(explained_at + 190));
  const std::string title = fmt::format("Where {} is wrong on {}: {} networks, RMSE {:.1f} % of the mean", predictor.name,
                                        profile.name, measured.size(), 100 * std::sqrt(total / count));
  std::string out = svg_head(width, 84 + kRow * static_cast<double>(all.size()), title);
  out += svg_text(kMargin, 28, title, "font-size=\"15\" font-weight=\"bold\"");
  out += svg_text(width - kMargin, 54, fmt::format("{:+.1f} on average", 100 * everywhere),
                  "text-anchor=\"end\" font-size=\"11\"", "#57606a");
  out += svg_text(kMargin, 54, "gene", "font-size=\"11\"", "#57606a");
  out += svg_text(left, 54, "predicted less measured [% of the mean]", "font-size=\"11\"", "#57606a");
  out += svg_text(explained_at, 54, "explains [%]", "font-size=\"11\"", "#57606a");
  double y = 62;
  for (const GeneResiduals& one : all) {
    const Gene& gene = space.genes()[one.gene];
    out += svg_text(left - 8, y + 14, shortened(gene.name, 34), "text-anchor=\"end\"");
    for (std::size_t o = 0; o < gene.options.size(); ++o) {
      const double n = one.networks[o], middle = n > 0 ? one.sum[o] / n : 0, x = left + kCell * static_cast<double>(o);
      const double error = n > 1 ? std::sqrt(std::max(0.0, one.squares[o] / n - middle * middle) / (n - 1)) : 0;
      out += fmt::format(
          "<g><title>{} = {}: {:+.2f} % of the mean, standard error {:.2f}, {} networks</title><rect x=\"{}\" y=\"{}\" "
          "width=\"{}\" "
          "height=\"{}\" fill=\"{}\"/>",
          escape_xml(gene.name), escape_xml(gene.options[o]), 100 * middle, 100 * error, n, coordinate(x), coordinate(y + 1),
          coordinate(kCell - 2), coordinate(kRow - 2), residual_colour(middle, most));
      const char* ink = most > 0 && std::fabs(middle) > 0.6 * most ? "#ffffff" : "#24292f";
      out += svg_text(x + 5, y + 14.5, shortened(gene.options[o], 6), "font-size=\"11\"", ink);
      out += svg_text(x + kCell - 7, y + 14.5, n > 0 ? fmt::format("{:+.1f}", 100 * middle) : "-",
                      "text-anchor=\"end\" font-size=\"11\" font-weight=\"bold\"", ink);
      out += "</g>\n";
    }
    out += svg_text(explained_at, y + 14.5, fmt::format("{:.0f}", 100 * one.explained), "font-size=\"11\"", "#57606a");
    y += kRow;
  }
  return out + "</svg>\n";
}

}  // namespace nas
