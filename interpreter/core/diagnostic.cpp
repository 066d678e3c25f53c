#include "core/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace nas {
namespace {

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues_code_point(c); }));
}

constexpr std::size_t kWidth = 120;  ///< longer source lines are cut around what is marked

struct Mark {
  std::size_t begin, end;  ///< columns in code points, from 0
  char sign;
  std::string text;
};

struct Paint {
  bool on;
  std::string operator()(const char* code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

}  // namespace

std::uint32_t SourceMap::add(std::string name, std::string text) {
  Source source{std::move(name), std::move(text), {0}};
  for (std::size_t i = 0; i < source.text.size(); ++i)
    if (source.text[i] == '\n') source.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view SourceMap::name(std::uint32_t source) const { return sources_.at(source).name; }
std::string_view SourceMap::text(std::uint32_t source) const { return sources_.at(source).text; }

SourceMap::Position SourceMap::position(std::uint32_t source, std::uint32_t offset) const {
  const Source& s = sources_.at(source);
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(s.text.size()));
  const auto after = std::upper_bound(s.line_starts.begin(), s.line_starts.end(), offset);
  const std::uint32_t begin = *(after - 1);
  return {static_cast<std::uint32_t>(after - s.line_starts.begin()),
          static_cast<std::uint32_t>(code_points(std::string_view(s.text).substr(begin, offset - begin)) + 1)};
}

std::string_view SourceMap::line(std::uint32_t source, std::uint32_t line) const {
  const Source& s = sources_.at(source);
  const std::uint32_t begin = s.line_starts.at(line - 1);
  const std::size_t end = line < s.line_starts.size() ? s.line_starts[line] - 1 : s.text.size();
  std::string_view text = std::string_view(s.text).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

Diagnostic& Diagnostics::error(std::string code, Span span, std::string message, std::string label, std::string note) {
  ++errors_;
  all_.push_back({std::move(code), Severity::error, span, std::move(message), std::move(label), std::move(note)});
  return all_.back();
}

Diagnostic& Diagnostics::warning(std::string code, Span span, std::string message, std::string label, std::string note) {
  all_.push_back({std::move(code), Severity::warning, span, std::move(message), std::move(label), std::move(note)});
  return all_.back();
}

void Diagnostics::sort_and_deduplicate() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span.source, a.span.begin) < std::tie(b.span.source, b.span.begin);
  });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.code == b.code && a.span.source == b.span.source && a.span.begin == b.span.begin && a.message == b.message;
  };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
  errors_ = static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), [](const auto& d) { return d.severity == Severity::error; }));
}

std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, bool colour) {
  const Paint paint{colour};
  const bool is_error = diagnostic.severity == Severity::error;
  const auto at = sources.position(diagnostic.span.source, diagnostic.span.begin);
  std::string out = paint(is_error ? "1;31" : "1;33", fmt::format("{}[{}]", is_error ? "error" : "warning", diagnostic.code)) +
                    paint("1", ": " + diagnostic.message) + "\n";

  // Marks by line, the primary one last so that its words end the line.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Mark>> lines;
  auto add = [&](const Span& span, char sign, const std::string& text) {
    const auto begin = sources.position(span.source, span.begin);
    const auto end = sources.position(span.source, span.end);
    const std::size_t length = code_points(sources.line(span.source, begin.line));
    const std::size_t first = begin.column - 1;
    std::size_t last = end.line == begin.line ? end.column - 1 : length;
    last = std::max(last, first + 1);
    lines[{span.source, begin.line}].push_back({first, last, sign, text});
  };
  for (const Label& label : diagnostic.labels) add(label.span, '-', label.text);
  add(diagnostic.span, '^', diagnostic.label);

  std::uint32_t widest = at.line;
  for (const auto& [key, marks] : lines) widest = std::max(widest, key.second);
  const std::size_t gutter = fmt::formatted_size("{}", widest);
  out += fmt::format("{}{} {}:{}:{}\n", std::string(gutter, ' '), paint("34", "-->"), sources.name(diagnostic.span.source), at.line, at.column);

  const std::pair<std::uint32_t, std::uint32_t> primary{diagnostic.span.source, at.line};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order{primary};
  for (const auto& [key, marks] : lines)
    if (key != primary) order.push_back(key);
  for (const auto& key : order) {
    auto marks = lines[key];
    if (key.first != diagnostic.span.source)
      out += fmt::format("{}{} {}:{}\n", std::string(gutter, ' '), paint("34", "-->"), sources.name(key.first), key.second);
    std::string line(sources.line(key.first, key.second));
    std::replace(line.begin(), line.end(), '\t', ' ');
    std::size_t cut = 0;
    if (code_points(line) > kWidth) {
      const std::size_t centre = marks.back().begin;
      cut = centre > kWidth / 2 ? centre - kWidth / 2 : 0;
      std::string shown;
      std::size_t column = 0;
      for (const char c : line) {
        if (!continues_code_point(c)) ++column;
        if (column > cut && column <= cut + kWidth) shown += c;
      }
      line = shown;
    }
    out += paint("34", fmt::format("{:>{}} |", key.second, gutter)) + " " + line + "\n";
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    std::string signs;
    std::string words;
    for (Mark& mark : marks) {
      mark.begin = mark.begin > cut ? mark.begin - cut : 0;
      mark.end = std::min(mark.end > cut ? mark.end - cut : 1, kWidth);
      if (signs.size() < mark.begin) signs.resize(mark.begin, ' ');
      if (signs.size() < mark.end) signs.resize(mark.end, mark.sign);
      if (!mark.text.empty()) words += (words.empty() ? " " : "; ") + mark.text;
    }
    out += paint("34", std::string(gutter, ' ') + " |") + " " + paint(is_error ? "31" : "33", signs + words) + "\n";
  }
  const std::string more = "More: nas explain " + diagnostic.code;
  out += paint("34", std::string(gutter, ' ') + " =") + " " + (diagnostic.note.empty() ? more : diagnostic.note + "  " + more) + "\n";
  return out;
}

std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources) {
  auto place = [&](const Span& span) {
    const auto begin = sources.position(span.source, span.begin);
    const auto end = sources.position(span.source, span.end);
    return nlohmann::json{{"file", sources.name(span.source)}, {"line", begin.line}, {"column", begin.column},
                          {"end_line", end.line}, {"end_column", end.column}};
  };
  nlohmann::json json = place(diagnostic.span);
  json["code"] = diagnostic.code;
  json["severity"] = diagnostic.severity == Severity::error ? "error" : "warning";
  json["message"] = diagnostic.message;
  json["label"] = diagnostic.label;
  json["note"] = diagnostic.note;
  json["labels"] = nlohmann::json::array();
  for (const Label& label : diagnostic.labels) {
    json["labels"].push_back(place(label.span));
    json["labels"].back()["text"] = label.text;
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& known) {
  const std::size_t limit = std::max<std::size_t>(1, (wanted.size() + 1) / 3);
  std::size_t best = limit + 1;
  std::string found;
  std::vector<std::size_t> row, previous, before;
  for (const std::string& name : known) {
    if (name.size() > wanted.size() + limit || wanted.size() > name.size() + limit) continue;
    // Optimal string alignment: swapped neighbours count once.
    previous.resize(name.size() + 1);
    for (std::size_t j = 0; j <= name.size(); ++j) previous[j] = j;
    before.clear();
    for (std::size_t i = 1; i <= wanted.size(); ++i) {
      row.assign(name.size() + 1, i);
      for (std::size_t j = 1; j <= name.size(); ++j) {
        row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (wanted[i - 1] != name[j - 1])});
        if (i > 1 && j > 1 && wanted[i - 1] == name[j - 2] && wanted[i - 2] == name[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      }
      before = previous;
      previous = row;
    }
    if (previous[name.size()] < best) {
      best = previous[name.size()];
      found = name;
    }
  }
  return found;
}

}  // namespace nas
