#include "embed/interpreter.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "check/explain.h"
#include "core/check.h"
#include "embed/compare_searches.h"
#include "embed/documentation.h"
#include "embed/interpreter_state.h"
#include "plan/print.h"
#include "stdlib/register.h"
#include "syntax/parse.h"

namespace nas {

Interpreter::Interpreter(Options options, Callbacks callbacks) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->callbacks = std::move(callbacks);
  if (state_->options.threads <= 0) state_->options.threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  add_stdlib(state_->registry);
  add_image_layers(state_->layers);
  add_sequence_layers(state_->layers);
  if (state_->options.extend) state_->options.extend(state_->registry);
}
Interpreter::~Interpreter() = default;

bool Interpreter::load_file(const std::string& path) {
  auto text = read_file(state_->options, path);
  if (!text) {
    const std::filesystem::path file(path);
    std::vector<std::string> scripts;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(file.has_parent_path() ? file.parent_path() : ".", error))
      if (entry.path().extension() == ".nas" && entry.is_regular_file(error)) scripts.push_back(entry.path().filename().string());
    const std::string near = did_you_mean(file.filename().string(), scripts);
    state_->failure = text.failure().message;
    if (!near.empty()) state_->failure += fmt::format("\n  did you mean {}?", (file.parent_path() / near).string());
    return false;
  }
  load_text(path, std::move(*text));
  state_->folder = std::filesystem::path(path).parent_path().string();
  return true;
}

bool Interpreter::load_text(std::string name, std::string text) {
  State& s = *state_;
  s.engine.reset();
  s.checked.reset();
  s.parts.clear();
  s.diagnostics = {};
  s.sources = {};
  s.source = s.sources.add(std::move(name), std::move(text));
  s.folder.clear();
  s.failure.clear();
  s.cancelled = false;
  return true;
}

void Interpreter::load_parts(const std::string& name, std::vector<ScriptPart> parts) {
  std::string text;
  std::vector<State::Placed> placed;
  for (ScriptPart& part : parts) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += part.before;
    text.append(part.text->text, part.begin, part.end - part.begin);
    if (text.empty() || text.back() != '\n') text += '\n';
    placed.push_back({begin, static_cast<std::uint32_t>(text.size()), std::move(part), std::nullopt});
  }
  load_text(name, std::move(text));
  state_->folder = std::filesystem::path(name).parent_path().string();
  state_->parts = std::move(placed);
}

void Interpreter::set_param(const std::string& name, std::string value) {
  for (auto& [known, held] : state_->options.params)
    if (known == name) {
      held = std::move(value);
      return;
    }
  state_->options.params.emplace_back(name, std::move(value));
}

Result<void> Interpreter::add(HostMetric metric) {
  if (auto added = add_host_metric(state_->registry, metric); !added) return added;
  state_->engine.reset();
  state_->checked.reset();
  state_->host_metrics.push_back(std::move(metric));
  return {};
}

const Diagnostics& Interpreter::diagnostics() const {
  return state_->diagnostics;
}

std::string Interpreter::render_diagnostics(bool colour) const {
  std::string text;
  for (const auto& d : state_->diagnostics.all()) text += render_text(d, state_->sources, colour);
  return text;
}

nlohmann::json Interpreter::diagnostics_json() const {
  auto list = nlohmann::json::array();
  for (const auto& d : state_->diagnostics.all()) list.push_back(nlohmann::json::parse(render_json(d, state_->sources)));
  return list;
}

Status Interpreter::check() {
  State& s = *state_;
  s.engine.reset();
  s.failure.clear();
  s.logged = 0;
  if (!s.source) {
    s.failure = "no script is loaded";
    return Status::bad_usage;
  }
  s.diagnostics = {};
  CheckInput input;
  input.registry = &s.registry;
  input.layers = &s.layers;
  input.sources = &s.sources;
  input.diagnostics = &s.diagnostics;
  input.params = s.options.params;
  input.seed = s.options.seed;
  input.goes_on = !s.parts.empty();
  input.stdlib_space = [&s](const std::string& name) { return s.stdlib_space(name); };
  input.stdlib_spaces = [&s] { return s.stdlib_spaces(); };
  input.stdlib_folders = stdlib_folders(s.options);
  input.import = [&s](const std::string& path, const std::string& from) -> std::optional<std::pair<std::string, std::string>> {
    if (s.options.import)
      if (auto given = s.options.import(path, from)) return std::pair(std::move(given->name), std::move(given->text));
    const auto full = std::filesystem::path(from).parent_path() / path;
    auto text = read_file(s.options, full.string());
    if (!text) return std::nullopt;
    return std::pair(full.lexically_normal().string(), std::move(*text));
  };
  s.checked = check_script(*s.source, std::move(input));
  s.place_diagnostics();
  s.log_diagnostics();
  return s.diagnostics.has_errors() ? Status::script_error : Status::ok;
}

Status Interpreter::plan(const std::vector<std::string>& stages) {
  State& s = *state_;
  if (const Status checked = check(); checked != Status::ok) return checked;
  if (!stages.empty()) s.keep_only(stages);
  EngineOptions options;
  options.store_folder = s.options.store_folder;
  options.output_folder = s.options.output_folder;
  options.script_folder = s.folder;
  options.script_name = std::string(s.sources.name(*s.source));
  options.script_text = std::string(s.sources.text(*s.source));
  options.threads = s.options.threads;
  options.fresh = s.options.fresh;
  options.allow_run = s.options.allow_run;
  options.registry = &s.registry;
  options.open_runner = s.options.open_runner;
  options.module_folders = s.options.module_folders;
  options.open_file = s.options.open_file;
  if (s.options.cancelled)
    options.poll = [&s] {
      const std::lock_guard lock(s.calling);
      return s.options.cancelled();
    };
  EngineProgress progress;
  using Clock = std::chrono::steady_clock;
  progress.step = [&s](const std::string& stage, const std::string& what, double done, double total, const std::string& detail) {
    const std::lock_guard lock(s.calling);
    const auto start = s.stage_start.try_emplace(stage, Clock::now()).first->second;
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    s.callbacks.progress({stage, what, done, total, seconds, detail, ProgressEvent::Kind::step});
  };
  progress.event = [&s](const std::string& stage, const char* event, double seconds) {
    static const std::map<std::string_view, ProgressEvent::Kind> kinds = {{"started", ProgressEvent::Kind::started},
                                                                          {"finished", ProgressEvent::Kind::finished},
                                                                          {"reused", ProgressEvent::Kind::reused},
                                                                          {"skipped", ProgressEvent::Kind::skipped},
                                                                          {"failed", ProgressEvent::Kind::failed}};
    const std::lock_guard lock(s.calling);
    const auto kind = kinds.at(event);
    if (kind == ProgressEvent::Kind::started) s.stage_start[stage] = Clock::now();
    s.callbacks.progress({stage, event, 0, 0, seconds, "", kind});
  };
  progress.print = [&s](const std::string& text) {
    const std::lock_guard lock(s.calling);
    s.callbacks.print(text);
  };
  s.engine = std::make_unique<Engine>(s.checked->script, std::move(options), std::move(progress), s.cancelled);
  for (const auto& [failure, span] : s.engine->prepare()) {
    Span at = span;
    if (at.begin == at.end) at = {*s.source, 0, 0};
    s.diagnostics.error(failure.code, at, failure.message, failure.hint);
  }
  s.place_diagnostics();
  s.log_diagnostics();
  return s.diagnostics.has_errors() ? Status::script_error : Status::ok;
}

nlohmann::json Interpreter::plan_json() const {
  return state_->checked ? plan::as_json(state_->checked->script, state_->views()) : nlohmann::json();
}
std::string Interpreter::plan_text(bool) const {
  return state_->checked ? plan::as_text(state_->checked->script, state_->views()) : "";
}
std::string Interpreter::plan_dot() const {
  return state_->checked ? plan::as_dot(state_->checked->script, state_->views()) : "";
}
std::string Interpreter::plan_mermaid() const {
  return state_->checked ? plan::as_mermaid(state_->checked->script) : "";
}

Status Interpreter::run(const std::vector<std::string>& stages) {
  State& s = *state_;
  if (const Status planned = plan(stages); planned != Status::ok) return planned;
  const int code = s.engine->run(plan_text(false));
  if (code != 0) {
    const Failure& failure = s.engine->failure();
    s.failure = failure.message;
    const Span span = s.engine->failure_span();
    if (code == 3 && span.begin != span.end)
      s.diagnostics.error(failure.code.empty() ? "E830" : failure.code, span, failure.message, failure.hint);
    else if (!failure.hint.empty())
      s.failure += "\n  " + failure.hint;
  }
  for (const auto& [doubt, span] : s.engine->doubts()) s.diagnostics.warning(doubt.code, span, doubt.message, doubt.hint);
  s.place_diagnostics();
  s.log_diagnostics();
  if (s.callbacks.log)
    for (const std::string& name : result_names())
      for (const auto& note : result_json(name).value("notes", nlohmann::json::array()))
        s.callbacks.log(LogLevel::note, fmt::format("{}: {}", name, note.get<std::string>()));
  return static_cast<Status>(code);
}

void Interpreter::cancel() {
  state_->cancelled = true;
}

nlohmann::json Interpreter::params_json() const {
  auto list = nlohmann::json::array();
  if (!state_->checked) return list;
  for (const ScriptParam& p : state_->checked->script.params) {
    nlohmann::json json = {{"name", p.name}, {"type", p.type}, {"help", p.help}, {"value", p.value.print()}};
    if (!p.low.none()) json["low"] = p.low.print(), json["high"] = p.high.print();
    list.push_back(std::move(json));
  }
  return list;
}

nlohmann::json Interpreter::result_json(const std::string& stage, std::size_t most) const {
  return state_->engine ? state_->engine->result(stage, most) : nlohmann::json();
}
std::vector<std::string> Interpreter::result_names() const {
  std::vector<std::string> names;
  if (state_->engine)
    for (const CheckedStage& stage : state_->checked->script.stages)
      if (state_->engine->has_result(stage.name)) names.push_back(stage.name);
  return names;
}

std::string Interpreter::failure_text() const {
  return state_->failure;
}
std::string Interpreter::run_id() const {
  return state_->engine ? state_->engine->run_id() : "";
}

std::optional<std::string> Interpreter::formatted() {
  if (!state_->source) return std::nullopt;
  state_->diagnostics = {};
  std::string text = syntax::format(state_->sources, *state_->source, state_->diagnostics);
  state_->place_diagnostics();
  if (state_->diagnostics.has_errors()) return std::nullopt;
  return text;
}

nlohmann::json Interpreter::components_json() const {
  auto list = nlohmann::json::array();
  for (int k = 0; k <= static_cast<int>(ComponentKind::placement); ++k)
    for (const Component* c : state_->registry.of_kind(static_cast<ComponentKind>(k))) list.push_back(description(*c));
  for (const std::string& name : state_->layers.names()) list.push_back(description(*state_->layers.find(name)));
  for (const std::string& name : state_->stdlib_spaces())
    list.push_back({{"kind", "space"}, {"name", name}, {"text", state_->stdlib_space(name).value_or("")}});
  return list;
}

std::optional<std::string> Interpreter::doc_text(const std::string& name) const {
  std::string text;
  for (int k = 0; k <= static_cast<int>(ComponentKind::placement); ++k)
    if (const Component* c = state_->registry.find(static_cast<ComponentKind>(k), name))
      text += (text.empty() ? "" : "\n") + documentation(*c);
  if (const LayerComponent* layer = state_->layers.find(name)) text += (text.empty() ? "" : "\n") + documentation(*layer);
  if (auto space = state_->stdlib_space(name)) text += (text.empty() ? "" : "\n") + fmt::format("space {}\n\n", name) + *space;
  if (text.empty()) return std::nullopt;
  return text;
}

std::vector<std::string> Interpreter::component_names(const std::string& kind) const {
  std::string wanted = kind;
  if (!wanted.empty() && wanted.back() == 's') wanted.pop_back();
  if (wanted.empty()) {
    std::vector<std::string> kinds = {"spaces", "layers"};
    for (int k = 0; k <= static_cast<int>(ComponentKind::placement); ++k)
      if (!state_->registry.names(static_cast<ComponentKind>(k)).empty())
        kinds.push_back(component_kind_plural(static_cast<ComponentKind>(k)));
    return kinds;
  }
  if (wanted == "space") return state_->stdlib_spaces();
  if (wanted == "layer") return state_->layers.names();
  if (wanted == "searche") wanted = "search";
  for (int k = 0; k <= static_cast<int>(ComponentKind::placement); ++k)
    if (wanted == component_kind_name(static_cast<ComponentKind>(k)))
      return state_->registry.names(static_cast<ComponentKind>(k));
  return {};
}

std::optional<std::string> Interpreter::explain_text(const std::string& code) const {
  return explain(code);
}

nlohmann::json Interpreter::codes_json() const {
  auto list = nlohmann::json::array();
  for (const Explanation& e : all_explanations())
    list.push_back({{"code", e.code}, {"title", e.title}, {"cause", e.cause}, {"wrong", e.wrong}, {"right", e.right}});
  return list;
}

namespace {
Result<std::unique_ptr<Store>> open_store(const Options& options) {
  std::error_code error;
  if (!std::filesystem::exists(options.store_folder + "/store.sqlite", error))
    return Failure{"E801", fmt::format("there is no run store in {}", options.store_folder), ""};
  return Store::open(options.store_folder);
}
}  // namespace

nlohmann::json Interpreter::runs_json() {
  state_->failure.clear();
  auto store = open_store(state_->options);
  if (!store) {
    state_->failure = store.failure().message;
    return nlohmann::json::array();
  }
  return (*store)->runs();
}

nlohmann::json Interpreter::run_record_json(const std::string& run_id) {
  state_->failure.clear();
  auto store = open_store(state_->options);
  if (!store) {
    state_->failure = store.failure().message;
    return nullptr;
  }
  if (auto record = (*store)->run_record(run_id)) return *record;
  state_->failure = fmt::format("there is no run {}", run_id);
  return nullptr;
}

nlohmann::json Interpreter::diff_runs_json(const std::string& a, const std::string& b) {
  const nlohmann::json left = run_record_json(a);
  if (left.is_null()) return nullptr;
  const nlohmann::json right = run_record_json(b);
  if (right.is_null()) return nullptr;
  nlohmann::json changes = nlohmann::json::array();
  const nlohmann::json flat_left = left.flatten(), flat_right = right.flatten();
  for (const auto& [path, value] : flat_left.items())
    if (!flat_right.contains(path) || flat_right[path] != value)
      changes.push_back({{"field", path}, {"a", value}, {"b", flat_right.contains(path) ? flat_right[path] : nlohmann::json()}});
  for (const auto& [path, value] : flat_right.items())
    if (!flat_left.contains(path)) changes.push_back({{"field", path}, {"a", nullptr}, {"b", value}});
  return changes;
}

nlohmann::json Interpreter::compare_json(const std::string& a, const std::string& b) {
  state_->failure.clear();
  auto store = open_store(state_->options);
  auto compared = store ? compare_searches(**store, a, b) : Result<nlohmann::json>(store.failure());
  if (compared) return *compared;
  state_->failure = compared.failure().message;
  if (!compared.failure().hint.empty()) state_->failure += "\n  " + compared.failure().hint;
  return nullptr;
}

std::string Interpreter::version_text() {
  return fmt::format("nas {}", NAS_VERSION);
}

}  // namespace nas
