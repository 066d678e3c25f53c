// The program's callbacks behind those of an interpreter.
#include "embed/c_objects.h"

namespace nas::c {

template <typename Function>
void Bridge::call(const char* name, Function&& function) {
  std::string why;
  try {
    function();
    return;
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
    why = "something that is no std::exception";
  }
  {
    const std::lock_guard lock(mutex_);
    if (failure_.empty()) failure_ = std::string("the callback ") + name + " threw: " + why;
  }
  if (stop_) stop_();
}

std::string Bridge::take_failure() {
  const std::lock_guard lock(mutex_);
  return std::exchange(failure_, "");
}

std::optional<std::pair<std::string, std::string>> Bridge::ask(const char* name,
                                                               const std::function<int32_t(nas_reply*)>& resolver) {
  std::optional<std::pair<std::string, std::string>> answer;
  call(name, [&] {
    nas_reply reply{nullptr, 0, nullptr};
    if (resolver(&reply) != 0)
      answer.emplace(reply.name ? reply.name : "", reply.bytes ? std::string(reply.bytes, reply.size) : std::string());
  });
  return answer;
}

void Bridge::connect(const std::shared_ptr<Bridge>& bridge, Options& options, Callbacks& callbacks) {
  const nas_options& given = bridge->given_;
  if (given.print)
    callbacks.print = [bridge, &given](const std::string& text) {
      bridge->call("print", [&] { given.print(given.context, text.c_str(), text.size()); });
    };
  if (given.progress)
    callbacks.progress = [bridge, &given](const ProgressEvent& event) {
      using Event = ProgressEvent::Kind;
      const nas_event kind = event.kind == Event::started    ? NAS_STARTED
                             : event.kind == Event::finished ? NAS_FINISHED
                             : event.kind == Event::reused   ? NAS_REUSED
                             : event.kind == Event::skipped  ? NAS_SKIPPED
                             : event.kind == Event::failed   ? NAS_STAGE_FAILURE
                                                             : NAS_STEP;
      const nas_progress told{kind,       event.stage.c_str(), event.what.c_str(), event.detail.c_str(),
                              event.done, event.total,         event.seconds};
      bridge->call("progress", [&] { given.progress(given.context, &told); });
    };
  if (given.log)
    callbacks.log = [bridge, &given](LogLevel level, const std::string& line) {
      const nas_log_level told = level == LogLevel::note ? NAS_NOTE : level == LogLevel::warning ? NAS_WARNING : NAS_ERROR;
      bridge->call("log", [&] { given.log(given.context, told, line.c_str()); });
    };
  if (given.import)
    options.import = [bridge, &given](const std::string& path, const std::string& from) -> std::optional<ScriptText> {
      auto answer =
          bridge->ask("import", [&](nas_reply* reply) { return given.import(given.context, path.c_str(), from.c_str(), reply); });
      if (!answer) return std::nullopt;
      return ScriptText{answer->first.empty() ? path : answer->first, std::move(answer->second)};
    };
  if (given.open_file)
    options.open_file = [bridge, &given](const std::string& path) -> std::optional<std::string> {
      auto answer =
          bridge->ask("open_file", [&](nas_reply* reply) { return given.open_file(given.context, path.c_str(), reply); });
      if (!answer) return std::nullopt;
      return std::move(answer->second);
    };
  if (given.cancelled)
    options.cancelled = [bridge, &given] {
      bool ends = false;
      bridge->call("cancelled", [&] { ends = given.cancelled(given.context) != 0; });
      return ends;
    };
}

}  // namespace nas::c
