#include "cli/tool.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>

#include "cli/command_line.h"
#include "cli/completion.h"
#include "cli/manual.h"
#include "embed/plugin.h"
#include "lsp/lsp.h"
#include "repl/repl.h"
#include "report/progress_line.h"
#include "report/run_text.h"

namespace nas {
namespace {

using nlohmann::json;

const std::string kStandardInput = "standard input";  // its name in diagnostics

// A signal handler can reach nothing else.
std::atomic<Interpreter*> interrupted_target{nullptr};
void on_signal(int) {
  if (Interpreter* target = interrupted_target.load()) target->cancel();
}

int output_error = 0;  ///< why the first output was lost, as errno says it
void out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) < text.size() && output_error == 0) output_error = errno;
}
void err(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int code(Status status) {
  return static_cast<int>(status);
}

int usage_error(const std::string& sentence, const std::string& hint = "") {
  err(fmt::format("nas: {}\n{}", sentence, hint.empty() ? "" : "  " + hint + "\n"));
  return code(Status::bad_usage);
}

std::string dumped(const json& value, int indent = -1) {
  return value.dump(indent, ' ', false, json::error_handler_t::replace) + "\n";
}

/// The sentence and the hint behind a false or null of the interpreter; 2.
int refused(const Interpreter& interpreter, const Request& request, const std::string& hint) {
  const std::string text = interpreter.failure_text();
  if (request.json_wanted()) {
    out(json{{"event", "end"}, {"status", code(Status::bad_usage)}, {"failure", text}}.dump() + "\n");
    return code(Status::bad_usage);
  }
  err(fmt::format("nas: {}\n", text));
  if (text.find('\n') == std::string::npos) err(fmt::format("  {}\n", hint));
  return code(Status::bad_usage);
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
    err(fmt::format("{} error{} in {}\n", errors, errors == 1 ? "" : "s",
                    request.script == "-" ? kStandardInput : request.script));
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

/// Reads the script: a file, or "-" for the standard input.
bool load(Interpreter& interpreter, const std::string& script) {
  if (script != "-") return interpreter.load_file(script);
  std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  return interpreter.load_text(kStandardInput, std::move(text));
}

int not_loaded(const Interpreter& interpreter, const Request& request, const CLI::App& command) {
  return refused(interpreter, request, fmt::format("More: nas {} --help", command.get_name()));
}

int help_for(const CLI::App& command, const Request& request) {
  out(command.help("nas"));
  Interpreter interpreter(request.options);
  if (request.script.empty() || request.script == "-") return 0;
  if (!interpreter.load_file(request.script)) return not_loaded(interpreter, request, command);
  interpreter.check();
  const std::string params = params_text(interpreter.params_json());
  out(fmt::format("\n{} of {}{}\n{}", params.empty() ? "No parameters" : "Parameters", request.script, params.empty() ? "" : ":",
                  params));
  return 0;
}

/// The front of each search that the script has not printed itself; of a family one line for each run.
std::string result_tables(const std::vector<std::string>& names, const json& results, const std::string& printed) {
  std::map<std::string, std::vector<json>> families;
  for (const auto& name : names)
    if (results[name].contains("family") && results[name].contains("front"))
      families[results[name]["family"]].push_back(results[name]);
  std::string text;
  for (const auto& name : names) {
    if (results[name].value("kind", "") == "profile")
      for (const auto& note : results[name]["notes"]) text += fmt::format("{}: {}\n", name, note.get<std::string>());
    const auto family = families.find(results[name].value("family", ""));
    std::string table;
    if (family == families.end() || family->second.size() == 1)
      table = front_table(name, results[name]);
    else if (family->second[0]["name"] == name)
      table = family_table(family->first, family->second);
    if (printed.find(table) == std::string::npos) text += table;
  }
  return text;
}

int run_script(const CLI::App& command, const Request& request) {
  const bool as_json = request.json_wanted();
  ProgressLine line(isatty(STDERR_FILENO) == 1, err);
  Callbacks callbacks;
  std::string printed;
  callbacks.print = [&](const std::string& text) {
    line.clear();
    printed += text;
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
  static std::optional<Interpreter> last;  // lives to the end of the process, which frees its thousands of blocks at once
  Interpreter& interpreter = last.emplace(request.options, callbacks);
  if (!load(interpreter, request.script)) return not_loaded(interpreter, request, command);
  interrupted_target = &interpreter;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // asked a second time, it ends at once: what is measured is in the store
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves does not stop a run
  const Status status = interpreter.run();
  interrupted_target = nullptr;
  line.clear();
  json results = json::object();
  if (status == Status::ok || status == Status::requirement_not_met) {
    const std::size_t most = as_json ? std::numeric_limits<std::size_t>::max() : kShownRows;
    for (const auto& name : interpreter.result_names()) results[name] = interpreter.result_json(name, most);
    if (!as_json && !request.quiet) out(result_tables(interpreter.result_names(), results, printed));
  }
  return finish(interpreter, request, status, std::move(results));
}

int plan_script(const CLI::App& command, const Request& request) {
  Interpreter interpreter(request.options);
  if (!load(interpreter, request.script)) return not_loaded(interpreter, request, command);
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

int format_scripts(const CLI::App& command, const Request& request) {
  if (request.scripts.empty()) return usage_error("which scripts?", "e.g. nas fmt --check examples/*.nas");
  int result = 0;
  json files = json::array();
  for (const auto& path : request.scripts) {
    Interpreter interpreter(request.options);
    if (!load(interpreter, path)) return not_loaded(interpreter, request, command);
    const auto text = interpreter.formatted();
    if (!text) {
      if (request.json_wanted())
        files.push_back({{"file", path}, {"changed", false}, {"diagnostics", interpreter.diagnostics_json()}});
      else
        err(interpreter.render_diagnostics(request.colours(STDERR_FILENO)));
      result = std::max(result, 1);
      continue;
    }
    if (path == "-") {  // a filter, for editors
      out(*text);
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string before((std::istreambuf_iterator<char>(file)), {});
    const bool changed = before != *text;
    files.push_back({{"file", path}, {"changed", changed}, {"diagnostics", json::array()}});
    if (!changed) continue;
    if (request.check_only) {
      if (!request.json_wanted()) out(fmt::format("{} is not in canonical layout\n", path));
      result = std::max(result, 1);
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
  if (request.json_wanted()) out(dumped(files, 2));
  return result;
}

std::vector<std::string> all_names(const Interpreter& interpreter) {
  std::vector<std::string> names;
  for (const auto& kind : interpreter.component_names(""))
    for (auto& name : interpreter.component_names(kind))
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  return names;
}

int document(const Request& request) {
  const Interpreter interpreter(request.options);
  if (request.name.empty() && !request.all)
    return usage_error("what is to be documented?", "e.g. nas doc nsga2; names: nas list --all");
  const auto known = all_names(interpreter);
  if (!request.all && std::find(known.begin(), known.end(), request.name) == known.end())
    return usage_error(fmt::format("there is no component {}", request.name),
                       meant(request.name, known, "names: nas list --all"));
  if (request.json_wanted()) {
    json chosen = json::array();
    for (const auto& component : interpreter.components_json())
      if (request.all || component.value("name", "") == request.name) chosen.push_back(component);
    out(dumped(chosen, 2));
    return 0;
  }
  std::string text;
  for (const auto& name : request.all ? known : std::vector{request.name})
    text += (text.empty() ? "" : "\n") + interpreter.doc_text(name).value_or("");
  out(text);
  return 0;
}

int list_names(const Request& request) {
  const Interpreter interpreter(request.options);
  const auto names = request.all ? all_names(interpreter) : interpreter.component_names(request.name);
  const auto kinds = interpreter.component_names("");
  if (names.empty())
    return usage_error(fmt::format("there is no kind {}", request.name),
                       meant(request.name, kinds, fmt::format("kinds: {}", fmt::join(kinds, ", "))));
  out(request.json_wanted() ? dumped(names, 2) : fmt::format("{}\n", fmt::join(names, "\n")));
  return 0;
}

int explain_code(const Request& request) {
  const Interpreter interpreter(request.options);
  const json codes = interpreter.codes_json();
  std::string wanted = request.name;
  std::transform(wanted.begin(), wanted.end(), wanted.begin(), [](unsigned char c) { return std::toupper(c); });
  std::vector<std::string> known;
  std::string titles;
  for (const auto& entry : codes) {
    if (entry["code"] == wanted) {
      out(request.json_wanted() ? dumped(entry, 2) : interpreter.explain_text(wanted).value_or(""));
      return 0;
    }
    known.push_back(entry["code"]);
    titles += fmt::format("{}  {}\n", entry["code"].get<std::string>(), entry["title"].get<std::string>());
  }
  if (!wanted.empty())
    return usage_error(fmt::format("there is no code {}", request.name), meant(wanted, known, "all codes: nas explain"));
  out(request.json_wanted() ? dumped(codes, 2) : titles);
  return 0;
}

int show_runs(const Request& request) {
  Interpreter interpreter(request.options);
  const json runs = interpreter.runs_json();
  if (!interpreter.failure_text().empty())
    return refused(interpreter, request, "nas run makes it; another folder: --store FOLDER");
  out(request.json_wanted() ? dumped(runs, 2) : runs_text(runs));
  return 0;
}

int show_run(const Request& request) {
  Interpreter interpreter(request.options);
  std::string name = request.name;
  if (name.empty())
    if (const json runs = interpreter.runs_json(); !runs.empty()) name = runs.back().value("run", "");
  if (name.empty() && interpreter.failure_text().empty()) return usage_error("there are no runs yet", "nas run f.nas makes one");
  const json record = interpreter.failure_text().empty() ? interpreter.run_record_json(name) : json();
  if (record.is_null()) return refused(interpreter, request, "names: nas runs; another folder: --store FOLDER");
  out(request.json_wanted() ? dumped(record, 2) : run_text(record));
  return 0;
}

int show_difference(const Request& request) {
  if (request.name.empty() || request.other.empty())
    return usage_error("which two runs?", "e.g. nas diff r1 r2; names: nas runs");
  Interpreter interpreter(request.options);
  const json changes = interpreter.diff_runs_json(request.name, request.other);
  if (changes.is_null()) return refused(interpreter, request, "names: nas runs; another folder: --store FOLDER");
  out(request.json_wanted() ? dumped(changes, 2) : diff_text(request.name, request.other, changes));
  return 0;
}

int compare_searches(const Request& request) {
  if (request.name.empty() || request.other.empty())
    return usage_error("which two searches?", "e.g. nas compare r1 r2; names: nas runs");
  Interpreter interpreter(request.options);
  const json compared = interpreter.compare_json(request.name, request.other);
  if (compared.is_null()) return refused(interpreter, request, "names: nas runs; another folder: --store FOLDER");
  out(request.json_wanted() ? dumped(compared, 2) : compared.value("text", "") + "\n");
  return 0;
}

int serve_requests(const Request& request) {
  std::signal(SIGPIPE, SIG_IGN);
  if (auto served = serve(request.options, request.serving, std::cin, std::cout); !served) {
    err(fmt::format("nas: {}\n", served.failure().message));
    return code(Status::stage_failed);
  }
  return 0;
}

int manual(const CLI::App& app, const Request& request) {
  const auto pages = manual_pages(app, Interpreter::version_text());
  if (!request.folder.empty()) {
    for (const auto& [file, text] : pages) {
      std::ofstream written(request.folder + "/" + file, std::ios::binary);
      if (!(written << text) || !written.flush())
        return usage_error(fmt::format("{}/{} cannot be written", request.folder, file));
    }
    return 0;
  }
  const auto page = pages.find(request.name.empty() ? "nas.1" : "nas-" + request.name + ".1");
  if (page != pages.end()) return out(page->second), 0;
  std::vector<std::string> commands;
  for (const auto& [file, text] : pages)
    if (file.starts_with("nas-")) commands.push_back(file.substr(4, file.size() - 6));
  return usage_error(fmt::format("there is no command {}", request.name), meant(request.name, commands, "More: nas --help"));
}

int help(const CLI::App& app, const std::string& name) {
  if (name.empty()) return out(app.help()), 0;
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == name) return out(command->help("nas")), 0;
    commands.push_back(command->get_name());
  }
  return usage_error(fmt::format("there is no command {}", name), meant(name, commands, "More: nas --help"));
}

int dispatch(const CLI::App& app, const CLI::App& command, Request& request) {
  const std::string name = command.get_name();
  if (const auto wrong = read_values(request))
    return usage_error(wrong->sentence, wrong->hint.empty() ? fmt::format("More: nas {} --help", name) : wrong->hint);
  if (!request.plugins.empty()) {
    auto components = open_plugins(request.plugins);
    if (!components) return usage_error(components.failure().message, components.failure().hint);
    request.options.extend = std::move(*components);
  }
  if (name == "run" || name == "check" || name == "plan") {
    if (request.help) return help_for(command, request);
    if (request.script.empty()) return usage_error("which script?", fmt::format("e.g. nas {} examples/quickstart.nas", name));
    if (name == "run") return run_script(command, request);
    if (name == "plan") return plan_script(command, request);
    Interpreter interpreter(request.options);
    if (!load(interpreter, request.script)) return not_loaded(interpreter, request, command);
    return finish(interpreter, request, interpreter.check());
  }
  if (name == "repl")
    return run_repl({request.options, request.script, request.colours(STDOUT_FILENO), request.colours(STDERR_FILENO)});
  if (name == "fmt") return format_scripts(command, request);
  if (name == "lsp") return std::signal(SIGPIPE, SIG_IGN), run_lsp(request.options, STDIN_FILENO, STDOUT_FILENO);
  if (name == "doc") return document(request);
  if (name == "list") return list_names(request);
  if (name == "explain") return explain_code(request);
  if (name == "runs") return show_runs(request);
  if (name == "show") return show_run(request);
  if (name == "diff") return show_difference(request);
  if (name == "compare") return compare_searches(request);
  if (name == "serve") return serve_requests(request);
  if (name == "version") {
    const std::string text = Interpreter::version_text();
    out(request.json_wanted() ? dumped({{"version", text.substr(text.find(' ') + 1)}}) : text + "\n");
    return 0;
  }
  if (name == "man") return manual(app, request);
  if (request.shell.empty()) return usage_error("for which shell?", "bash, zsh or fish");
  const auto script = completion_script(app, request.shell);
  return script ? (out(*script), 0) : usage_error(fmt::format("no completion for {}", request.shell), "bash, zsh or fish");
}

/// What was printed has arrived: a full disk is not silent.
int delivered(int status) {
  if (std::fflush(stdout) != 0 && output_error == 0) output_error = errno;
  if (output_error == 0 || output_error == EPIPE) return status;  // EPIPE: the reader has left and wants no more
  err(fmt::format("nas: the output cannot be written: {}\n", std::strerror(output_error)));
  return status == 0 ? code(Status::stage_failed) : status;
}

}  // namespace

int run_tool(int argc, char** argv) {
  Request request;
  CLI::App app;
  define(app, request);
  if (argc < 2 && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
    return run_repl({request.options, "", request.colours(STDOUT_FILENO), request.colours(STDERR_FILENO)});
  if (argc < 2) {
    out(app.help());
    return code(Status::bad_usage);
  }
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  if (const std::string first = argv[1];
      first[0] != '-' && std::find(commands.begin(), commands.end(), first) == commands.end()) {
    // A script where a command belongs is the likeliest slip.
    const std::string hint =
        first.ends_with(".nas") ? fmt::format("did you mean nas run {}?", first) : meant(first, commands, "More: nas --help");
    return usage_error(fmt::format("there is no command {}", first), hint);
  }
  if (commands.back() == argv[1] && (argc < 3 || argv[2][0] != '-'))
    return delivered(help(app, argc > 2 ? argv[2] : ""));  // before a command is chosen: help texts follow it
  if (argc == 3 && std::string(argv[1]) == "man" && argv[2][0] != '-') {
    request.name = argv[2];
    return delivered(manual(app, request));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    out(chosen.empty() ? app.help() : chosen.front()->help("nas"));
    return delivered(0);
  } catch (const CLI::ParseError& error) {
    const UsageError wrong = explained(error, app);
    return usage_error(wrong.sentence, wrong.hint);
  }
  if (request.version) return out(Interpreter::version_text() + "\n"), delivered(0);
  if (app.get_subcommands().empty()) return usage_error("which command?", "More: nas --help");
  return delivered(dispatch(app, *app.get_subcommands().front(), request));
}

}  // namespace nas
