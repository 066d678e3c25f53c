// The C interface of interpreters.
#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "embed/c_objects.h"

namespace {

using namespace nas::c;
using nas::Status;

/// What the library was installed with lies beside it, wherever the tree was moved to: lib/libnas.so, share/nas/stdlib, lib/nas.
std::filesystem::path library_folder() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<const void*>(&nas_abi_version), &info) || !info.dli_fname) return {};
  std::error_code error;
  return std::filesystem::canonical(info.dli_fname, error).parent_path();
}

nas::Options options_from(const nas_options& given, const Call& call) {
  nas::Options options;
  if (given.store_folder) options.store_folder = given.store_folder;
  if (given.output_folder) options.output_folder = given.output_folder;
  const auto beside = library_folder();
  if (given.stdlib_folder) options.stdlib_folders.emplace_back(given.stdlib_folder);
  if (given.module_folder) options.module_folders.emplace_back(given.module_folder);
  for (const char* from : {"../share/nas/stdlib", "../../stdlib"}) options.stdlib_folders.push_back((beside / from).string());
  options.module_folders.push_back((beside / "nas").string());
  if (given.param_count > 0) call.need(given.params, "options->params");
  for (std::size_t i = 0; i < 2 * given.param_count; i += 2) {
    if (!given.params[i] || !given.params[i + 1])
      call.fail(NAS_BAD_VALUE, fmt::format("parameter {} has no {}", i / 2, given.params[i] ? "value" : "name"));
    options.params.emplace_back(given.params[i], given.params[i + 1]);
  }
  if (given.has_seed) options.seed = given.seed;
  options.threads = given.threads;
  options.fresh = given.fresh != 0;
  options.allow_run = given.allow_run != 0;
  return options;
}

/// A status of the language with its sentence.
nas_status ended(const Call&, InterpreterObject& object, Status status, nas_error* error) {
  if (const std::string failure = object.bridge->take_failure(); !failure.empty()) throw Fault{NAS_CALLBACK_FAILED, failure};
  if (status == Status::ok) return NAS_OK;
  std::string text = object.interpreter->failure_text();
  const auto mistakes = object.interpreter->diagnostics_json();
  const auto first = std::find_if(mistakes.begin(), mistakes.end(), [](const auto& d) { return d.at("severity") == "error"; });
  if (status != Status::interrupted && first != mistakes.end())
    text = fmt::format("{}:{}:{}: error[{}]: {}", first->value("file", ""), first->value("line", 1), first->value("column", 1),
                       first->value("code", ""), first->value("message", ""));
  write_error(error, static_cast<nas_status>(status), text);
  return static_cast<nas_status>(status);
}

template <typename Work>
nas_status worked(const char* function, nas_interpreter* interpreter, nas_error* error, Work&& work) {
  return guarded(function, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    object->diagnostics = nullptr;
    (void)object->bridge->take_failure();
    return ended(call, *object, work(*object->interpreter), error);
  });
}

const nlohmann::json& diagnostics_of(InterpreterObject& object) {
  if (object.diagnostics.is_null()) object.diagnostics = object.interpreter->diagnostics_json();
  return object.diagnostics;
}

std::string dumped(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int32_t nas_abi_version(void) {
  return NAS_ABI_VERSION;
}
const char* nas_version(void) {
  return "nas " NAS_VERSION;
}

void nas_options_init(nas_options* options) {
  if (!options) return;
  *options = {};
  options->size = sizeof *options;
}

nas_status nas_interpreter_create(const nas_options* options, nas_interpreter** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    call.need(out, "out");
    nas_options given;
    nas_options_init(&given);
    if (options && options->size != sizeof given)
      call.fail(NAS_BAD_VALUE, fmt::format("options->size is {}, and nas_options_init gives {}", options->size, sizeof given));
    if (options) given = *options;
    auto object = std::make_shared<InterpreterObject>();
    object->bridge = std::make_shared<Bridge>(given);
    nas::Options made = options_from(given, call);
    nas::Callbacks callbacks;
    Bridge::connect(object->bridge, made, callbacks);
    object->interpreter = std::make_unique<nas::Interpreter>(std::move(made), std::move(callbacks));
    // A callback that throws ends the run; what is no run ends by itself.
    object->bridge->on_failure([at = object.get()] {
      const char* function = at->working;
      if (function && std::string_view(function) == "nas_interpreter_run") at->interpreter->cancel();
    });
    *out = handle_of<nas_interpreter>(HandleTable::instance().add(std::move(object)));
  });
}

nas_status nas_interpreter_destroy(nas_interpreter* interpreter, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    HandleTable::instance().remove(number_of(interpreter), Kind::interpreter, call.function);
  });
}

nas_status nas_interpreter_load_text(nas_interpreter* interpreter, const char* name, const char* text, size_t size,
                                     nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(name, "name");
    call.need(text, "text");
    object->diagnostics = nullptr;
    object->interpreter->load_text(name, size == NAS_WHOLE ? std::string(text) : std::string(text, size));
  });
}

nas_status nas_interpreter_load_file(nas_interpreter* interpreter, const char* path, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(path, "path");
    object->diagnostics = nullptr;
    const bool loaded = object->interpreter->load_file(path);
    if (const std::string failure = object->bridge->take_failure(); !failure.empty()) throw Fault{NAS_CALLBACK_FAILED, failure};
    if (!loaded) throw Fault{NAS_FAILED, object->interpreter->failure_text()};
  });
}

nas_status nas_interpreter_set_param(nas_interpreter* interpreter, const char* name, const char* value, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(name, "name");
    call.need(value, "value");
    object->interpreter->set_param(name, value);
  });
}

nas_status nas_interpreter_check(nas_interpreter* interpreter, nas_error* error) {
  return worked(__func__, interpreter, error, [](nas::Interpreter& i) { return i.check(); });
}
nas_status nas_interpreter_plan(nas_interpreter* interpreter, nas_error* error) {
  return worked(__func__, interpreter, error, [](nas::Interpreter& i) { return i.plan(); });
}
nas_status nas_interpreter_run(nas_interpreter* interpreter, nas_error* error) {
  return worked(__func__, interpreter, error, [](nas::Interpreter& i) { return i.run(); });
}
nas_status nas_interpreter_cancel(nas_interpreter* interpreter, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = HandleTable::instance().find(number_of(interpreter), Kind::interpreter, call.function);
    std::static_pointer_cast<InterpreterObject>(object)->interpreter->cancel();
  });
}

nas_status nas_interpreter_diagnostic_count(nas_interpreter* interpreter, size_t* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(out, "out");
    *out = diagnostics_of(*object).size();
  });
}

nas_status nas_interpreter_diagnostic(nas_interpreter* interpreter, size_t index, nas_diagnostic* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(out, "out");
    const auto& all = diagnostics_of(*object);
    if (index >= all.size())
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no diagnostic {}, they are {}", index, all.size()));
    const auto& d = all[index];
    const auto text = [&](const char* field) {
      const auto it = d.find(field);
      return it == d.end() || !it->is_string() ? "" : it->get_ref<const std::string&>().c_str();
    };
    const auto number = [&](const char* field) { return d.value(field, 1); };
    *out = {text("code"),   text("file"),     text("message"),    text("label"),       d.value("severity", "") == "error",
            number("line"), number("column"), number("end_line"), number("end_column")};
  });
}

nas_status nas_interpreter_json(nas_interpreter* interpreter, int32_t what, const char* argument, const char** out,
                                nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(out, "out");
    nas::Interpreter& i = *object->interpreter;
    const auto named = [&] {
      call.need(argument, "argument");
      return std::string(argument);
    };
    const auto json = [&]() -> nlohmann::json {
      switch (what) {
        case NAS_JSON_PARAMS:
          return i.params_json();
        case NAS_JSON_PLAN:
          return i.plan_json();
        case NAS_JSON_DIAGNOSTICS:
          return i.diagnostics_json();
        case NAS_JSON_NAMES:
          return i.names_json();
        case NAS_JSON_RESULTS:
          return i.result_names();
        case NAS_JSON_RESULT:
          return i.result_json(named());
        case NAS_JSON_SPACE:
          return i.space_json(named());
        case NAS_JSON_COMPONENTS:
          return i.components_json();
        case NAS_JSON_METRICS:
          return i.metrics_json();
        case NAS_JSON_RUNS:
          return i.runs_json();
      }
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no nas_json {}", what));
    }();
    *out = object->keep(call.function, dumped(json));
  });
}

nas_status nas_interpreter_text(nas_interpreter* interpreter, int32_t what, const char* argument, const char** out,
                                nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(out, "out");
    nas::Interpreter& i = *object->interpreter;
    const auto found = [&](const char* kind, auto&& look) {
      call.need(argument, "argument");
      const auto text = look(std::string(argument));
      if (!text) call.fail(NAS_NOT_FOUND, fmt::format("there is no {} {}", kind, argument));
      return *text;
    };
    const auto text = [&]() -> std::string {
      switch (what) {
        case NAS_TEXT_DIAGNOSTICS:
          return i.render_diagnostics(false);
        case NAS_TEXT_PLAN:
          return i.plan_text(false);
        case NAS_TEXT_PLAN_DOT:
          return i.plan_dot();
        case NAS_TEXT_FORMATTED:
          return i.formatted().value_or("");
        case NAS_TEXT_DOC:
          return found("component", [&](const std::string& name) { return i.doc_text(name); });
        case NAS_TEXT_EXPLAIN:
          return found("code", [&](const std::string& code) { return i.explain_text(code); });
        case NAS_TEXT_RUN:
          return i.run_id();
      }
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no nas_text {}", what));
    }();
    *out = object->keep(call.function, text);
  });
}

nas_status nas_interpreter_result(nas_interpreter* interpreter, const char* name, nas_result** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(name, "name");
    call.need(out, "out");
    auto json = object->interpreter->result_json(name);
    if (json.is_null()) call.fail(NAS_NOT_FOUND, fmt::format("{} has no result", name));
    *out = owned_by<nas_result>(number_of(interpreter), std::make_shared<ResultObject>(std::move(json)));
  });
}

nas_status nas_interpreter_space(nas_interpreter* interpreter, const char* name, nas_space** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(name, "name");
    call.need(out, "out");
    auto space = object->interpreter->space(name);
    if (!space) call.fail(NAS_NOT_FOUND, fmt::format("there is no space {} that is known before a run", name));
    *out = owned_by<nas_space>(number_of(interpreter), std::make_shared<SpaceObject>(std::move(space)));
  });
}
