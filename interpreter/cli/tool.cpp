#include "cli/tool.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "cli/completion.h"
#include "embed/interpreter.h"
#include "report/progress_line.h"

namespace nas {
namespace {

using nlohmann::json;

// A signal handler can reach nothing else.
std::atomic<Interpreter*> interrupted_target{nullptr};
void on_signal(int) {
  if (Interpreter* target = interrupted_target.load()) target->cancel();
}

void out(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}
void err(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int code(Status status) {
  return static_cast<int>(status);
}

int usage_error(const std::string& sentence, const std::string& hint = "More: nas --help") {
  err(fmt::format("nas: {}\n  {}\n", sentence, hint));
  return code(Status::bad_usage);
}

/// Everything that the command line can say.
struct Request {
  Options options;
  std::string script, format = "text", colour = "auto", name, other, shell;
  std::vector<std::string> params, scripts;
  std::uint64_t seed = 0;
  bool quiet = false, dot = false, mermaid = false, json_plan = false, check_only = false, all = false, help = false;

  bool json_wanted() const { return format == "json"; }
  bool colours(int descriptor) const {
    if (colour != "auto") return colour == "always";
    const char* off = std::getenv("NO_COLOR");
    return (off == nullptr || *off == '\0') && isatty(descriptor) == 1;
  }
};

void add_format(CLI::App* command, Request& request) {
  command->add_option("--format", request.format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
}
void add_script_options(CLI::App* command, Request& request) {
  command->set_help_flag();
  command->add_flag("-h,--help", request.help, "this text, and the script's own parameters");
  command->add_option("script", request.script, "the .nas file");
  command->add_option("-p,--param", request.params, "set a parameter of the script: -p rounds=3")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  command->add_option("--seed", request.seed, "replaces the script's seed");
  command->add_option("--out", request.options.output_folder, "folder that files are written below")->type_name("FOLDER");
  command->add_option("--store", request.options.store_folder, "folder of the run store")
      ->capture_default_str()
      ->type_name("FOLDER");
  command->add_option("--color", request.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  add_format(command, request);
}
void add_store(CLI::App* command, Request& request) {
  command->add_option("--store", request.options.store_folder, "folder of the run store")
      ->capture_default_str()
      ->type_name("FOLDER");
  add_format(command, request);
}

void define(CLI::App& app, Request& request) {
  app.name("nas");
  app.description("nas: a language for hardware-aware neural architecture search");
  app.footer(
      "Examples:\n  nas run examples/quickstart.nas\n  nas plan examples/quickstart.nas\n  nas doc nsga2\n  nas explain E302");
  app.set_help_flag("-h,--help", "this text");
  app.add_flag_callback(
      "--version",
      [] {
        out(Interpreter::version_text() + "\n");
        throw CLI::Success();
      },
      "print the version");

  auto* run = app.add_subcommand("run", "run a script; what is finished already is reused");
  add_script_options(run, request);
  run->add_flag("--fresh", request.options.fresh, "ignore earlier results");
  run->add_flag("--quiet", request.quiet, "no progress, no table");
  run->add_option("--threads", request.options.threads, "0 = all cores")->check(CLI::Range(0, 1024));
  run->add_flag("--allow-run", request.options.allow_run, "let the script start programs");
  run->footer("Examples:\n  nas run f.nas -p rounds=3\n  nas run f.nas --fresh --seed 7 --out results");

  auto* check = app.add_subcommand("check", "report every mistake of a script without running it");
  add_script_options(check, request);
  check->footer("Example:\n  nas check f.nas --format json");

  auto* plan = app.add_subcommand("plan", "what would run, what would be reused and why not");
  add_script_options(plan, request);
  plan->add_flag("--dot", request.dot, "as a Graphviz graph");
  plan->add_flag("--mermaid", request.mermaid, "as a Mermaid graph");
  plan->add_flag("--json", request.json_plan, "as JSON");
  plan->footer("Example:\n  nas plan f.nas --dot | dot -Tsvg > plan.svg");

  auto* fmt_command = app.add_subcommand("fmt", "put scripts into the canonical layout");
  fmt_command->add_option("scripts", request.scripts, "the .nas files")->required();
  fmt_command->add_flag("--check", request.check_only, "change nothing; exit 1 when a file would change");
  fmt_command->footer("Example:\n  nas fmt --check examples/*.nas");

  auto* doc = app.add_subcommand("doc", "what a component, layer or space does and takes");
  doc->add_option("name", request.name, "its name");
  doc->add_flag("--all", request.all, "everything there is");
  add_format(doc, request);
  doc->footer("Example:\n  nas doc nsga2");

  auto* list = app.add_subcommand("list", "names of one kind, or the kinds");
  list->add_option("kind", request.name, "spaces, layers, predictors, searches ...");
  list->add_flag("--all", request.all, "the names of every kind");
  add_format(list, request);
  list->footer("Example:\n  nas list predictors");

  auto* explain = app.add_subcommand("explain", "cause of an error code, a wrong and a right example");
  explain->add_option("code", request.name, "as printed: E302")->required();
  explain->footer("Example:\n  nas explain E302");

  add_store(app.add_subcommand("runs", "the runs in the store")->footer("Example:\n  nas runs --format json"), request);
  auto* show = app.add_subcommand("show", "one run: script, device, versions, measurements");
  show->add_option("run", request.name, "its name, see nas runs")->required();
  add_store(show, request);
  show->footer("Example:\n  nas show r1");
  auto* diff = app.add_subcommand("diff", "in what two runs differ");
  diff->add_option("a", request.name, "one run")->required();
  diff->add_option("b", request.other, "the other")->required();
  add_store(diff, request);
  diff->footer("Example:\n  nas diff r1 r2");
  app.add_subcommand("version", "print the version");
  auto* completion = app.add_subcommand("completion", "completion script for a shell");
  completion->add_option("shell", request.shell, "bash, zsh or fish")->required();
  completion->footer("Example:\n  source <(nas completion bash)");
}

json event_json(const ProgressEvent& event) {
  static const char* kinds[] = {"started", "step", "finished", "reused", "skipped", "failed"};
  return {{"event", kinds[static_cast<int>(event.kind)]},
          {"stage", event.stage},
          {"what", event.what},
          {"done", event.done},
          {"total", event.total},
          {"seconds", event.seconds},
          {"detail", event.detail}};
}

/// Mistakes and failures, to the person or as the last JSON line; returns the exit code.
int finish(Interpreter& interpreter, const Request& request, Status status, json results = json::object()) {
  const bool failed = status != Status::ok;
  if (request.json_wanted()) {
    json end = {{"event", "end"}, {"status", code(status)}, {"diagnostics", interpreter.diagnostics_json()}};
    if (failed && !interpreter.failure_text().empty()) end["failure"] = interpreter.failure_text();
    if (!interpreter.run_id().empty()) end["run"] = interpreter.run_id();
    if (!results.empty()) end["results"] = std::move(results);
    out(end.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
    return code(status);
  }
  err(interpreter.render_diagnostics(request.colours(STDERR_FILENO)));
  if (const std::size_t errors = interpreter.diagnostics().error_count(); errors > 0 && status == Status::script_error)
    err(fmt::format("{} error{} in {}\n", errors, errors == 1 ? "" : "s", request.script));
  if (status == Status::interrupted)
    err("interrupted: run again to resume\n");
  else if (failed && interpreter.diagnostics().error_count() == 0)
    err("nas: " + interpreter.failure_text() + "\n");
  return code(status);
}

std::string params_text(const json& params) {
  std::string text;
  for (const auto& param : params) {
    text += fmt::format("  -p {}={}  ({}", param.value("name", ""), param.value("value", ""), param.value("type", ""));
    if (param.contains("low")) text += fmt::format(", {}..{}", param.value("low", ""), param.value("high", ""));
    text += fmt::format(")  {}\n", param.value("help", ""));
  }
  return text;
}

int help_for(const CLI::App& command, Interpreter& interpreter, const Request& request) {
  out(command.help("nas"));
  if (request.script.empty() || !interpreter.load_file(request.script)) return 0;
  interpreter.check();
  const std::string params = params_text(interpreter.params_json());
  out(fmt::format("\n{} of {}:\n{}", params.empty() ? "No parameters" : "Parameters", request.script, params));
  return 0;
}

int run_script(Request& request) {
  const bool as_json = request.json_wanted();
  ProgressLine line(isatty(STDERR_FILENO) == 1, err);
  Callbacks callbacks;
  callbacks.print = [&](const std::string& text) {
    line.clear();
    if (as_json)
      out(json{{"event", "print"}, {"text", text}}.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
    else
      out(text.empty() || text.back() != '\n' ? text + "\n" : text);
    std::fflush(stdout);
  };
  callbacks.progress = [&](const ProgressEvent& event) {
    if (as_json)
      out(event_json(event).dump(-1, ' ', false, json::error_handler_t::replace) + "\n"), std::fflush(stdout);
    else if (!request.quiet)
      line.on(event);
  };
  Interpreter interpreter(request.options, callbacks);
  if (!interpreter.load_file(request.script)) return usage_error(interpreter.failure_text());
  interrupted_target = &interpreter;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves does not stop a run
  const Status status = interpreter.run();
  interrupted_target = nullptr;
  line.clear();
  json results = json::object();
  if (status == Status::ok || status == Status::requirement_not_met) {
    const json plan = interpreter.plan_json();
    for (const auto& stage : plan.value("stages", json::array())) {
      if (stage.value("stage", "") != "search") continue;
      const std::string name = stage.value("name", "");
      const json result = interpreter.result_json(name);
      if (as_json)
        results[name] = result;
      else if (!request.quiet)
        out(front_table(name, result));
    }
  }
  return finish(interpreter, request, status, std::move(results));
}

int plan_script(Request& request) {
  Interpreter interpreter(request.options);
  if (!interpreter.load_file(request.script)) return usage_error(interpreter.failure_text());
  const Status status = interpreter.plan();
  if (status != Status::ok) return finish(interpreter, request, status);
  err(interpreter.render_diagnostics(request.colours(STDERR_FILENO)));
  if (request.dot)
    out(interpreter.plan_dot());
  else if (request.mermaid)
    out(interpreter.plan_mermaid());
  else if (request.json_plan || request.json_wanted())
    out(interpreter.plan_json().dump(2) + "\n");
  else
    out(interpreter.plan_text(request.colours(STDOUT_FILENO)));
  return 0;
}

int format_scripts(const Request& request) {
  int result = 0;
  for (const auto& path : request.scripts) {
    Interpreter interpreter(request.options);
    if (!interpreter.load_file(path)) return usage_error(interpreter.failure_text());
    const auto text = interpreter.formatted();
    if (!text) {
      err(interpreter.render_diagnostics(request.colours(STDERR_FILENO)));
      result = 1;
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string before((std::istreambuf_iterator<char>(file)), {});
    if (before == *text) continue;
    if (request.check_only) {
      out(fmt::format("{} is not in canonical layout\n", path));
      result = 1;
    } else {
      const std::string fresh = path + ".new";
      std::ofstream written(fresh, std::ios::binary);
      if (!(written << *text) || !written.flush() || std::rename(fresh.c_str(), path.c_str()) != 0) {
        std::remove(fresh.c_str());
        err(fmt::format("nas: {} cannot be written\n", path));
        result = 3;
      }
    }
  }
  return result;
}

std::vector<std::string> all_names(const Interpreter& interpreter) {
  std::vector<std::string> names;
  for (const auto& kind : interpreter.component_names(""))
    for (auto& name : interpreter.component_names(kind))
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  return names;
}

std::string meant(const std::string& wanted, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string near = did_you_mean(wanted, known);
  return near.empty() ? otherwise : fmt::format("did you mean {}?", near);
}

int document(const Request& request) {
  const Interpreter interpreter(request.options);
  if (request.json_wanted()) {
    json chosen = json::array();
    for (const auto& component : interpreter.components_json())
      if (request.name.empty() || component.value("name", "") == request.name) chosen.push_back(component);
    out(chosen.dump(2) + "\n");
    return 0;
  }
  if (request.name.empty() && !request.all)
    return usage_error("what is to be documented?", "e.g. nas doc nsga2; names: nas list --all");
  std::string text;
  for (const auto& name : request.all ? all_names(interpreter) : std::vector{request.name}) {
    const auto one = interpreter.doc_text(name);
    if (!one)
      return usage_error(fmt::format("there is no component {}", name),
                         meant(name, all_names(interpreter), "names: nas list --all"));
    text += (text.empty() ? "" : "\n") + *one;
  }
  out(text);
  return 0;
}

int list_names(const Request& request) {
  const Interpreter interpreter(request.options);
  const auto names = request.all ? all_names(interpreter) : interpreter.component_names(request.name);
  if (names.empty()) {
    const auto kinds = interpreter.component_names("");
    return usage_error(fmt::format("there is no kind {}", request.name),
                       meant(request.name, kinds, fmt::format("kinds: {}", fmt::join(kinds, ", "))));
  }
  out(request.json_wanted() ? json(names).dump(2) + "\n" : fmt::format("{}\n", fmt::join(names, "\n")));
  return 0;
}

int show_store(const CLI::App& command, const Request& request) {
  Interpreter interpreter(request.options);
  const std::string what = command.get_name();
  const json found = what == "runs"   ? interpreter.runs_json()
                     : what == "show" ? interpreter.run_record_json(request.name)
                                      : interpreter.diff_runs_json(request.name, request.other);
  if (const std::string failure = interpreter.failure_text(); !failure.empty())
    return usage_error(failure, "More: nas runs --help");
  if (request.json_wanted() || what == "show")
    out(found.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
  else
    out(found.empty() ? (what == "diff" ? "no difference\n" : "no runs\n") : record_table(found));
  return 0;
}

int dispatch(const CLI::App& app, const CLI::App& command, Request& request) {
  const std::string name = command.get_name();
  for (const auto& param : request.params) {
    const auto equals = param.find('=');
    if (equals == std::string::npos || equals == 0) return usage_error(fmt::format("-p takes name=value, not {}", param));
    request.options.params.emplace_back(param.substr(0, equals), param.substr(equals + 1));
  }
  if (name == "run" || name == "check" || name == "plan") {
    if (const auto* seed = command.get_option("--seed"); seed->count() > 0) request.options.seed = request.seed;
    if (request.help) {
      Interpreter interpreter(request.options);
      return help_for(command, interpreter, request);
    }
    if (request.script.empty()) return usage_error("which script?", fmt::format("e.g. nas {} examples/quickstart.nas", name));
    if (name == "run") return run_script(request);
    if (name == "plan") return plan_script(request);
    Interpreter interpreter(request.options);
    if (!interpreter.load_file(request.script)) return usage_error(interpreter.failure_text());
    return finish(interpreter, request, interpreter.check());
  }
  if (name == "fmt") return format_scripts(request);
  if (name == "doc") return document(request);
  if (name == "list") return list_names(request);
  if (name == "version") return out(Interpreter::version_text() + "\n"), 0;
  if (name == "completion") {
    const auto script = completion_script(app, request.shell);
    return script ? (out(*script), 0) : usage_error(fmt::format("no completion for {}", request.shell), "bash, zsh or fish");
  }
  if (name == "explain") {
    const auto text = Interpreter(request.options).explain_text(request.name);
    return text ? (out(*text), 0)
                : usage_error(fmt::format("there is no code {}", request.name), "codes look like E302 and W901");
  }
  return show_store(command, request);
}

}  // namespace

int run_tool(int argc, char** argv) {
  Request request;
  CLI::App app;
  define(app, request);
  if (argc < 2) {
    out(app.help());
    return code(Status::bad_usage);
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (const std::string first = argv[1]; first[0] != '-' && std::find(commands.begin(), commands.end(), first) == commands.end())
    return usage_error(fmt::format("there is no command {}", first), meant(first, commands, "More: nas --help"));
  app.require_subcommand(1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    if (dynamic_cast<const CLI::CallForHelp*>(&success) != nullptr) out(app.help());
    return 0;
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  return dispatch(app, *app.get_subcommands().front(), request);
}

}  // namespace nas
