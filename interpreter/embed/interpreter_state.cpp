#include "embed/interpreter_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

namespace nas {

std::vector<std::string> stdlib_folders(const Options& options) {
  std::vector<std::string> folders = options.stdlib_folders;
  if (const char* given = std::getenv("NAS_STDLIB")) folders.insert(folders.begin(), given);
  std::error_code error;
  const auto exe = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    folders.push_back((exe.parent_path().parent_path() / "share/nas/stdlib").string());
    folders.push_back((exe.parent_path().parent_path().parent_path() / "stdlib").string());
  }
  return folders;
}

Result<std::string> read_file(const Options& options, const std::string& path) {
  if (options.open_file)
    if (auto bytes = options.open_file(path)) return plain_bytes(path, std::move(*bytes));
  return read_whole_file(path);
}

void Interpreter::State::log_diagnostics() {
  for (; callbacks.log && logged < diagnostics.all().size(); ++logged) {
    const Diagnostic& d = diagnostics.all()[logged];
    const bool error = d.severity == Severity::error;
    callbacks.log(error ? LogLevel::error : LogLevel::warning, one_line(d, sources));
  }
}

std::string one_line(const Diagnostic& d, const SourceMap& sources) {
  const auto at = sources.position(d.span.source, d.span.begin);
  return fmt::format("{}:{}:{}: {}[{}]: {}", sources.name(d.span.source), at.line, at.column,
                     d.severity == Severity::error ? "error" : "warning", d.code, d.message);
}

Span Interpreter::State::placed(Span span) {
  if (!source || span.source != *source) return span;
  const auto it =
      std::find_if(parts.begin(), parts.end(), [&](const Placed& p) { return span.begin < p.end || &p == &parts.back(); });
  if (it == parts.end()) return span;
  if (!it->source) it->source = sources.add(it->part.text->name, it->part.text->text);
  // Places in what stands before a part, or behind it, are those of its ends.
  const auto first = static_cast<std::int64_t>(it->part.begin), last = static_cast<std::int64_t>(it->part.end);
  const auto start = static_cast<std::int64_t>(it->begin + it->part.before.size());
  auto at = [&](std::uint32_t offset) { return static_cast<std::uint32_t>(std::clamp(first + offset - start, first, last)); };
  return {*it->source, at(span.begin), at(span.end)};
}

void Interpreter::State::place_diagnostics() {
  if (parts.empty()) return;
  Diagnostics there;
  for (const Diagnostic& d : diagnostics.all()) {
    Diagnostic& moved = d.severity == Severity::error ? there.error(d.code, placed(d.span), d.message, d.label, d.note)
                                                      : there.warning(d.code, placed(d.span), d.message, d.label, d.note);
    for (const Label& label : d.labels) moved.labels.push_back({placed(label.span), label.text});
  }
  diagnostics = std::move(there);
}

void Interpreter::State::keep_only(const std::vector<std::string>& wanted) {
  std::set<std::string> kept(wanted.begin(), wanted.end());
  auto& stages = checked->script.stages;
  auto needs = [&](const CheckedStage& stage) {
    kept.insert(stage.needs.begin(), stage.needs.end());
    kept.insert(stage.shows.begin(), stage.shows.end());
    kept.insert({stage.of_space, stage.on_device, stage.using_dataset});
    if (stage.learning) kept.insert({stage.learning->proxy, stage.learning->probe, stage.learning->space});
    if (stage.learning) kept.insert(stage.learning->metric.device);
    if (!stage.search) return;
    kept.insert(stage.search->space);
    for (const CheckedMetric& metric : stage.search->metrics) kept.insert({metric.stage, metric.learnt, metric.id.device});
  };
  // What a stage needs stands above it, except where both branches of a `when` give it.
  for (std::size_t before = 0; before != kept.size();) {
    before = kept.size();
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
      if (kept.count(stage->name)) needs(*stage);
  }
  std::erase_if(stages, [&](const CheckedStage& stage) { return !kept.count(stage.name); });
}

const CheckedStage* Interpreter::State::find_stage(const std::string& name) const {
  if (!checked) return nullptr;
  for (const CheckedStage& stage : checked->script.stages)
    if (stage.name == name) return &stage;
  return nullptr;
}

std::vector<plan::StageView> Interpreter::State::views() const {
  std::vector<plan::StageView> list;
  if (!engine) return list;
  for (const StageDecision& d : engine->decisions()) {
    const char* action = d.action == StageDecision::Action::reuse ? "reuse"
                         : d.action == StageDecision::Action::run ? "run"
                                                                  : "always";
    list.push_back({action, d.reason, d.measurements, d.known, d.seconds, d.trials, d.known_trials});
  }
  return list;
}

std::optional<std::string> Interpreter::State::stdlib_space(const std::string& name) const {
  for (const char c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_') return std::nullopt;
  for (const auto& folder : stdlib_folders(options)) {
    const std::string path = folder + "/spaces/" + name + ".nas";
    if (std::error_code error; !std::filesystem::exists(path, error)) continue;
    auto text = read_whole_file(path);
    if (text) return *text;
  }
  return std::nullopt;
}

std::vector<std::string> Interpreter::State::stdlib_spaces() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& folder : stdlib_folders(options)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder + "/spaces", error))
      if (entry.path().extension() == ".nas") names.push_back(entry.path().stem().string());
    if (!names.empty()) break;
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace nas
