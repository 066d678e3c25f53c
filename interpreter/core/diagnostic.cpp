#include "core/diagnostic.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <tuple>

namespace nas {

std::uint32_t SourceMap::add(std::string name, std::string text) {
  Source source{std::move(name), std::move(text), {0}};
  for (std::size_t i = 0; i < source.text.size(); ++i) {
    if (source.text[i] == '\n') source.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view SourceMap::name(std::uint32_t source) const {
  return source < sources_.size() ? std::string_view(sources_[source].name) : std::string_view("?");
}

std::string_view SourceMap::text(std::uint32_t source) const {
  return source < sources_.size() ? std::string_view(sources_[source].text) : std::string_view();
}

SourceMap::Position SourceMap::position(std::uint32_t source, std::uint32_t offset) const {
  if (source >= sources_.size()) return {};
  const Source& s = sources_[source];
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(s.text.size()));
  auto next = std::upper_bound(s.line_starts.begin(), s.line_starts.end(), offset);
  Position position;
  position.line = static_cast<std::uint32_t>(next - s.line_starts.begin());
  const std::uint32_t start = *(next - 1);
  for (std::uint32_t i = start; i < offset; ++i) {
    if ((static_cast<unsigned char>(s.text[i]) & 0xC0) != 0x80) ++position.column;
  }
  return position;
}

std::string_view SourceMap::line(std::uint32_t source, std::uint32_t line) const {
  if (source >= sources_.size()) return {};
  const Source& s = sources_[source];
  if (line < 1 || line > s.line_starts.size()) return {};
  const std::uint32_t begin = s.line_starts[line - 1];
  std::size_t end = line < s.line_starts.size() ? s.line_starts[line] - 1 : s.text.size();
  if (end > begin && s.text[end - 1] == '\r') --end;
  return std::string_view(s.text).substr(begin, end - begin);
}

Diagnostic& Diagnostics::error(std::string code, Span span, std::string message, std::string label, std::string note) {
  ++errors_;
  all_.push_back({std::move(code), Severity::error, span, std::move(message), std::move(label), std::move(note), {}});
  return all_.back();
}

Diagnostic& Diagnostics::warning(std::string code, Span span, std::string message, std::string label, std::string note) {
  all_.push_back({std::move(code), Severity::warning, span, std::move(message), std::move(label), std::move(note), {}});
  return all_.back();
}

void Diagnostics::sort_and_deduplicate() {
  auto key = [](const Diagnostic& d) {
    return std::tie(d.span.source, d.span.begin, d.span.end, d.code, d.message, d.label, d.note);
  };
  std::stable_sort(all_.begin(), all_.end(), [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  auto same = [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); };
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
  errors_ = static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources) {
  using Json = nlohmann::ordered_json;
  auto place = [&](Json& into, const Span& span) {
    const auto from = sources.position(span.source, span.begin);
    const auto to = sources.position(span.source, span.end);
    into["file"] = sources.name(span.source);
    into["line"] = from.line;
    into["column"] = from.column;
    into["end_line"] = to.line;
    into["end_column"] = to.column;
  };
  Json json;
  json["code"] = diagnostic.code;
  json["severity"] = diagnostic.severity == Severity::error ? "error" : "warning";
  place(json, diagnostic.span);
  json["message"] = diagnostic.message;
  json["label"] = diagnostic.label;
  json["note"] = diagnostic.note;
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) {
    Json entry;
    place(entry, label.span);
    entry["text"] = label.text;
    json["labels"].push_back(std::move(entry));
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& known) {
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::size_t best = limit + 1;
  std::string nearest;
  if (wanted.empty() || wanted.size() > 200) return nearest;
  const auto same_letter = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  for (const std::string& candidate : known) {
    const std::size_t n = wanted.size(), m = candidate.size();
    if (n == m && candidate != wanted && std::equal(wanted.begin(), wanted.end(), candidate.begin(), same_letter))
      return candidate;
    if (n >= 3 && n < m && best > 1 && candidate.starts_with(wanted)) {  // "lat", "acc"
      best = 1;
      nearest = candidate;
    }
    if ((n > m ? n - m : m - n) >= best || candidate == wanted) continue;
    // Edit distance in which two neighbours exchanged count as one step.
    std::vector<std::size_t> before(m + 1), above(m + 1), row(m + 1);
    for (std::size_t j = 0; j <= m; ++j) above[j] = j;
    for (std::size_t i = 1; i <= n; ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= m; ++j) {
        const std::size_t change = wanted[i - 1] == candidate[j - 1] ? 0 : 1;
        row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
        if (i > 1 && j > 1 && wanted[i - 1] == candidate[j - 2] && wanted[i - 2] == candidate[j - 1]) {
          row[j] = std::min(row[j], before[j - 2] + 1);
        }
      }
      std::swap(before, above);
      std::swap(above, row);
    }
    if (above[m] < best && above[m] < std::max(n, m)) {
      best = above[m];
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace nas
