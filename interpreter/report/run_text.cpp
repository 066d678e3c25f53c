#include "report/run_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "report/progress_line.h"

namespace nas {
namespace {

std::string plain(const nlohmann::json& value) {
  if (value.is_null()) return "-";
  return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Seconds between two stamps of the store ("2026-01-31T12:00:00Z"); negative when one is missing.
double between(const std::string& from, const std::string& to) {
  auto seconds = [](const std::string& stamp) -> double {
    std::tm utc{};
    if (std::sscanf(stamp.c_str(), "%d-%d-%dT%d:%d:%dZ", &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min,
                    &utc.tm_sec) != 6)
      return -1;
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    return static_cast<double>(timegm(&utc));
  };
  const double begin = seconds(from), end = seconds(to);
  return begin < 0 || end < begin ? -1 : end - begin;
}

/// "2026-01-31 12:00:00".
std::string moment(std::string stamp) {
  std::replace(stamp.begin(), stamp.end(), 'T', ' ');
  if (!stamp.empty() && stamp.back() == 'Z') stamp.pop_back();
  return stamp;
}

std::string took(const nlohmann::json& run) {
  const double seconds = between(run.value("started", ""), run.value("ended", ""));
  return seconds < 0 ? "" : seconds < 1 ? "< 1 s" : duration_text(seconds);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string indented(const std::string& text) {
  std::string out;
  for (const auto& line : lines_of(text)) out += line.empty() ? "\n" : "  " + line + "\n";
  return out;
}

/// Lines that only one of two texts has, in order (the longest common subsequence stays out).
std::string line_diff(const std::string& a, const std::string& b) {
  const auto left = lines_of(a), right = lines_of(b);
  if (left.size() * right.size() > 4'000'000) return "  (too long to compare line by line)\n";
  std::vector<std::vector<std::uint32_t>> common(left.size() + 1, std::vector<std::uint32_t>(right.size() + 1, 0));
  for (std::size_t i = left.size(); i-- > 0;)
    for (std::size_t j = right.size(); j-- > 0;)
      common[i][j] = left[i] == right[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
  std::string out;
  for (std::size_t i = 0, j = 0; i < left.size() || j < right.size();) {
    if (i < left.size() && j < right.size() && left[i] == right[j])
      ++i, ++j;
    else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1]))
      out += "  - " + left[i++] + "\n";
    else
      out += "  + " + right[j++] + "\n";
  }
  return out;
}

/// A plan without what it said about reuse: that belongs to its moment.
std::string lasting(const std::string& plan) {
  std::string out;
  for (const auto& line : lines_of(plan)) {
    const std::string words = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (!words.starts_with("will run:") && !words.starts_with("reused, ")) out += line + "\n";
  }
  return out;
}

/// "/facts/seconds/front" as "seconds of front".
std::string field_name(std::string field) {
  if (field.starts_with("/facts/"))
    field = field.substr(7);
  else if (field.starts_with("/"))
    field = field.substr(1);
  std::replace(field.begin(), field.end(), '/', '.');
  return field;
}

}  // namespace

std::string runs_text(const nlohmann::json& runs) {
  if (runs.empty()) return "no runs\n";
  std::size_t name = 3, status = 6;
  for (const auto& run : runs) {
    name = std::max(name, run.value("run", "").size());
    status = std::max(status, run.value("status", "").size());
  }
  std::string text =
      fmt::format("{:<{}}  {:<{}}  {:<19}  {:<12}  script\n", "run", name, "status", status, "started (UTC)", "took");
  for (const auto& run : runs)
    text += fmt::format("{:<{}}  {:<{}}  {:<19}  {:<12}  {}\n", run.value("run", ""), name, run.value("status", ""), status,
                        moment(run.value("started", "")), took(run), run.value("script", ""));
  return text;
}

std::string run_text(const nlohmann::json& record) {
  const nlohmann::json facts = record.value("facts", nlohmann::json::object());
  const std::string seconds = took(record);
  std::string text = fmt::format("{}: {}, {}{}\n", record.value("run", ""), record.value("script", ""),
                                 record.value("status", ""), seconds.empty() ? "" : ", took " + seconds);
  auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<10} {}\n", name, value);
  };
  line("started", moment(record.value("started", "")) + " UTC");
  line("failure", facts.value("failure", ""));
  if (facts.contains("seed")) line("seed", plain(facts["seed"]));
  std::string versions;
  const nlohmann::json known = facts.value("versions", nlohmann::json::object());
  for (const auto& [name, version] : known.items())
    versions += (versions.empty() ? "" : ", ") + (name == "torch" ? plain(version) : name + " " + plain(version));
  line("versions", versions);
  const nlohmann::json devices = facts.value("devices", nlohmann::json::object());
  for (const auto& [name, identity] : devices.items()) {
    text += fmt::format("\ndevice {}\n", name);
    if (!identity.is_object())
      text += fmt::format("  {}\n", plain(identity));
    else
      for (const auto& [field, value] : identity.items()) text += fmt::format("  {:<10} {}\n", field, plain(value));
  }
  const auto stages = facts.value("stages", std::vector<std::string>());
  const nlohmann::json times = facts.value("seconds", nlohmann::json::object());
  if (!stages.empty()) text += "\ntimes\n";
  for (const std::string& stage : stages) text += fmt::format("  {:<16} {}\n", stage, duration_text(times.value(stage, 0.0)));
  if (const auto& measured = record.value("measurements", nlohmann::json::array()); !measured.empty()) {
    text += "\nmeasured in this run\n";
    for (const auto& row : measured)
      text += fmt::format("  {:<24} {} network{}, {}\n", row.value("metric", ""), row.value("count", 0),
                          row.value("count", 0) == 1 ? "" : "s", duration_text(row.value("seconds", 0.0)));
  }
  if (const std::string plan = facts.value("plan", ""); !plan.empty()) text += "\nplan\n" + indented(plan);
  return text + "\nscript\n" + indented(record.value("text", ""));
}

std::string diff_text(const std::string& a, const std::string& b, const nlohmann::json& changes) {
  std::string fields, texts;
  for (const auto& change : changes) {
    const std::string field = change.value("field", "");
    if (field == "/run" || field == "/started" || field == "/ended") continue;  // every two runs differ in these
    if (field.starts_with("/facts/results/")) continue;                         // keys say nothing to a reader
    if (field == "/text" || field == "/facts/plan") {
      auto text = [&](const char* side) {
        return change[side].is_string() ? field == "/text" ? change[side].get<std::string>() : lasting(change[side]) : "";
      };
      const std::string lines = line_diff(text("a"), text("b"));
      if (!lines.empty()) texts += fmt::format("\n{}\n{}", field == "/text" ? "script" : "plan", lines);
      continue;
    }
    const bool seconds = field.find("/seconds") != std::string::npos;
    auto value = [&](const nlohmann::json& side) {
      return seconds && side.is_number() ? duration_text(side.get<double>()) : plain(side);
    };
    if (const std::string left = value(change["a"]), right = value(change["b"]); left != right)
      fields += fmt::format("  {:<28} {}  ->  {}\n", field_name(field), left, right);
  }
  if (fields.empty() && texts.empty()) return fmt::format("{} and {} differ in nothing but their time\n", a, b);
  return fmt::format("{} -> {}\n", a, b) + fields + texts;
}

}  // namespace nas
