#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "core/comparison.h"
#include "stdlib/outputs/result_charts.h"
#include "stdlib/outputs/run_groups.h"

namespace nas {
namespace {

/// The hypervolume of one run's front over the networks that it had evaluated.
struct Course {
  std::vector<double> at, volume;

  double end() const { return volume.empty() ? 0 : volume.back(); }
  /// After so many networks: that of the last step before; a run that has ended keeps its volume.
  double after(double networks) const {
    const auto beyond = std::upper_bound(at.begin(), at.end(), networks);
    return beyond == at.begin() ? 0 : volume[static_cast<std::size_t>(beyond - at.begin()) - 1];
  }
};

Course course_of(const SearchResult& result, std::vector<double> volumes) {
  Course course{{}, std::move(volumes)};
  for (std::size_t i = 0; i < course.volume.size(); ++i)
    course.at.push_back(i < result.rows.size() && result.rows[i].order > 0 ? static_cast<double>(result.rows[i].order)
                                                                           : static_cast<double>(i + 1));
  // Networks that improved nothing leave no row where values are computed in batches.
  if (!course.at.empty() && static_cast<double>(result.evaluations) > course.at.back()) {
    course.at.push_back(static_cast<double>(result.evaluations));
    course.volume.push_back(course.volume.back());
  }
  return course;
}

bool same_objectives(const std::vector<OutputInput>& inputs) {
  const auto& first = inputs[0].result->objectives;
  return std::all_of(inputs.begin(), inputs.end(), [&](const OutputInput& i) {
    return std::equal(i.result->objectives.begin(), i.result->objectives.end(), first.begin(), first.end(),
                      [](const Objective& a, const Objective& b) { return a.label == b.label && a.maximise == b.maximise; });
  });
}

/// Mean over the runs of a family, between the lowest and the highest of them.
ChartSeries mean_course(const RunGroup& group, const std::vector<Course>& courses,
                        const std::function<double(const Course&, double)>& share) {
  ChartSeries series;
  series.name = fmt::format("{} ({} seeds)", group.name, group.runs.size());
  series.line = ChartSeries::Line::across_then_up;
  std::vector<double> xs;
  for (const Course& course : courses) xs.insert(xs.end(), course.at.begin(), course.at.end());
  std::sort(xs.begin(), xs.end());
  xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
  ChartSeries::Band last{0, -1, -1};
  double last_mean = -1;
  for (const double x : xs) {
    ChartSeries::Band now{x, std::numeric_limits<double>::infinity(), 0};
    double sum = 0;
    for (const Course& course : courses) {
      const double value = share(course, x);
      now.low = std::min(now.low, value);
      now.high = std::max(now.high, value);
      sum += value;
    }
    const double mean = sum / static_cast<double>(group.runs.size());
    if (x != xs.back() && now.low == last.low && now.high == last.high && mean == last_mean) continue;
    series.band.push_back(now);
    series.points.push_back({now.x, mean, "", ChartMark::none});
    last = now;
    last_mean = mean;
  }
  return series;
}

}  // namespace

Chart convergence_chart(const std::vector<OutputInput>& inputs, bool missing) {
  const std::vector<RunGroup> groups = groups_of(inputs);
  const bool computed =
      std::any_of(inputs.begin(), inputs.end(), [](const OutputInput& i) { return !i.result->measured_throughout(); });
  const std::string measured = computed ? "" : "measured ";
  Chart chart;
  chart.title = groups.size() == 1 ? fmt::format("Hypervolume of the {}front: {}", measured, groups[0].name)
                                   : fmt::format("Hypervolume of the {}fronts", measured);
  if (groups.size() < inputs.size()) chart.title += ", mean and range of the seeds";
  chart.x_title = computed ? "evaluated networks" : "measured networks";
  // Volumes of equal objectives are comparable against one reference point; otherwise each search is a share of its own end.
  const bool comparable = same_objectives(inputs), own = inputs.size() == 1 || !comparable;
  std::vector<const SearchResult*> results;
  for (const OutputInput& input : inputs) results.push_back(input.result.get());
  std::map<const OutputInput*, Course> courses;
  double best = 0;
  for (const OutputInput& input : inputs) {
    Course& course = courses[&input] =
        course_of(*input.result, own ? input.result->hypervolume : hypervolume_curve(*input.result, common_reference(results)));
    best = std::max(best, course.end());
  }
  chart.y_title = fmt::format("{} {} hypervolume [%]", missing ? "missing share of" : "share of",
                              inputs.size() == 1 ? "the final"
                              : comparable       ? "the best final"
                                                 : "each search's final");
  chart.y_logarithmic = missing;
  const auto share = [&](const Course& course, double networks) {
    const double whole = comparable ? best : course.end();
    const double reached = whole > 0 ? 100 * course.after(networks) / whole : 0;
    return missing ? 100 - reached : reached;
  };
  for (const RunGroup& group : groups) {
    if (group.runs.size() > 1) {
      std::vector<Course> members;
      for (const OutputInput* run : group.runs) members.push_back(courses[run]);
      chart.series.push_back(mean_course(group, members, share));
      continue;
    }
    ChartSeries series;
    series.line = ChartSeries::Line::across_then_up;
    if (groups.size() > 1) series.name = group.name;
    const auto& [at, volume] = courses[group.runs[0]];
    const auto& rows = group.runs[0]->result->rows;
    for (std::size_t i = 0; i < volume.size(); ++i) {
      const bool changed = i == 0 || volume[i] != volume[i - 1], last = i + 1 == volume.size();
      const bool round_ends = last || (i + 1 < rows.size() && rows[i + 1].round != rows[i].round);
      if (!changed && !last && !round_ends) continue;
      const double y = share(courses[group.runs[0]], at[i]);
      series.points.push_back(
          {at[i], y, fmt::format("{} networks: {:.2f} %{} (hypervolume {:.6g})", at[i], y, missing ? " missing" : "", volume[i]),
           round_ends ? ChartMark::solid : ChartMark::none});
      if (groups.size() == 1 && round_ends && !last)
        chart.rules.push_back({at[i], rows[i].round == 0 ? "first networks" : fmt::format("round {}", rows[i].round)});
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace nas
