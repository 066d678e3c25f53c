#include "cli/command_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace nas {
namespace {

/// An option with one value; given twice, the last one counts.
CLI::Option* one(CLI::App* command, const std::string& names, std::string& value, const std::string& shown,
                 const std::string& help) {
  return command->add_option(names, value, help)->option_text(shown)->take_last();
}
void positional(CLI::App* command, const std::string& name, std::string& value, const std::string& help) {
  command->add_option(name, value, help)->option_text(" ");
}

void add_format(CLI::App* command, Request& request) {
  one(command, "--format", request.format, "text|json", "for people, or for programs");
}
void add_store(CLI::App* command, Request& request) {
  one(command, "--store", request.options.store_folder, "FOLDER", "the run store; .nas unless said otherwise");
}
void add_colour(CLI::App* command, Request& request) {
  one(command, "--color", request.colour, "auto|always|never", "auto: on a terminal, unless NO_COLOR is set");
}

void add_plugins(CLI::App* command, Request& request) {
  command->add_option("--plugin", request.plugins, "components in a shared library, see docs/howto.md; may be repeated")
      ->allow_extra_args(false)
      ->option_text("FILE");
}

void add_permission(CLI::App* command, Request& request) {
  command->add_flag("--allow-run", request.options.allow_run, "let the script start programs");
}

void add_script_options(CLI::App* command, Request& request) {
  command->set_help_flag();
  command->add_flag("-h,--help", request.help, "this text, and the script's own parameters");
  positional(command, "script", request.script, "the .nas file; - reads it from the standard input");
  command->add_option("-p,--param", request.params, "sets a parameter of the script; may be repeated")
      ->allow_extra_args(false)
      ->option_text("NAME=VALUE");
  one(command, "--seed", request.seed, "N", "instead of the script's seed");
  one(command, "--out", request.options.output_folder, "FOLDER",
      "files are written below it; the current folder unless said otherwise");
  add_store(command, request);
  add_plugins(command, request);
  add_colour(command, request);
  add_format(command, request);
}

CLI::App* add(CLI::App& app, const std::string& name, const std::string& help, const std::string& examples) {
  return app.add_subcommand(name, help)
      ->footer((examples.find('\n') == std::string::npos ? "Example:\n  " : "Examples:\n  ") + examples);
}

std::vector<std::string> names_of_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

template <typename T>
bool whole_number(const std::string& text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

bool Request::colours(int descriptor) const {
  if (colour != "auto") return colour == "always";
  const char* off = std::getenv("NO_COLOR");
  return (off == nullptr || *off == '\0') && isatty(descriptor) == 1;
}

std::string meant(const std::string& wanted, const std::vector<std::string>& known, const std::string& otherwise) {
  const std::string near = did_you_mean(wanted, known);
  return near.empty() ? otherwise : fmt::format("did you mean {}?", near);
}

void define(CLI::App& app, Request& request) {
  app.name("nas");
  app.description("nas: a language for hardware-aware neural architecture search");
  app.footer(
      "Examples:\n  nas run examples/quickstart.nas\n  nas plan examples/quickstart.nas\n  nas doc nsga2\n  nas explain E302\n"
      "\nnas COMMAND --help says more about one command.");
  app.get_formatter()->column_width(34);
  app.set_help_flag("-h,--help", "this text");
  app.add_flag("--version", request.version, "the version");

  auto* run =
      add(app, "run", "run a script; what is finished already is reused",
          "nas run f.nas -p rounds=3\n  nas run f.nas --fresh --seed 7 --out results\n  nas run f.nas --format json | jq .event\n"
          "\nExit codes: 0 done, 1 mistakes in the script, 2 bad command line, 3 a stage failed, 4 a require was not met,\n"
          "5 nothing feasible was found, 70 a bug of nas, 130 interrupted (run again to go on).");
  add_script_options(run, request);
  run->add_flag("--fresh", request.options.fresh, "measure again what is in the store");
  run->add_flag("--quiet", request.quiet, "no progress, no table: only what the script shows");
  one(run, "--threads", request.threads, "N", "how many at once; 0 for all cores, as without it");
  add_permission(run, request);

  auto* check = add(app, "check", "report every mistake of a script, without running it",
                    "nas check f.nas\n  nas check f.nas --format json");
  add_script_options(check, request);

  auto* plan = add(app, "plan", "what would run, what would be reused and why not",
                   "nas plan f.nas\n  nas plan f.nas --dot | dot -Tsvg > plan.svg");
  add_script_options(plan, request);
  add_permission(plan, request);
  plan->add_flag("--dot", request.dot, "as a Graphviz graph");
  plan->add_flag("--mermaid", request.mermaid, "as a Mermaid graph");
  plan->add_flag("--json", request.json_plan, "as JSON, like --format json");

  auto* repl = add(app, "repl", "a session: statements, values and :commands, one after another; nas alone begins one",
                   "nas repl\n  nas repl f.nas -p rounds=3\n  nas repl < entries.txt");
  positional(repl, "script", request.script, "a .nas file to begin with");
  repl->add_option("-p,--param", request.params, "the value of a param that the script or an entry declares; may be repeated")
      ->allow_extra_args(false)
      ->option_text("NAME=VALUE");
  one(repl, "--out", request.options.output_folder, "FOLDER",
      "files are written below it; the current folder unless said otherwise");
  add_store(repl, request);
  one(repl, "--threads", request.threads, "N", "how many at once; 0 for all cores, as without it");
  repl->add_flag("--allow-run", request.options.allow_run, "let entries start programs");
  add_plugins(repl, request);
  add_colour(repl, request);

  auto* fmt_command = add(app, "fmt", "put scripts into the canonical layout", "nas fmt f.nas\n  nas fmt --check examples/*.nas");
  fmt_command->add_option("scripts", request.scripts, "the .nas files")->option_text(" ");
  fmt_command->add_flag("--check", request.check_only, "change nothing; exit 1 where a file would change");
  add_colour(fmt_command, request);
  add_format(fmt_command, request);

  auto* lsp = add(app, "lsp", "speak with an editor: mistakes as you type, completion, names; see docs/editors.md", "nas lsp");
  lsp->add_flag("--stdio", request.stdio, "over the standard input and output, as without it");
  add_plugins(lsp, request);

  auto* doc = add(app, "doc", "what a component, layer or space does and takes", "nas doc nsga2\n  nas doc --all");
  positional(doc, "name", request.name, "its name");
  doc->add_flag("--all", request.all, "everything there is");
  add_plugins(doc, request);
  add_format(doc, request);

  auto* list = add(app, "list", "names of one kind, or the kinds", "nas list\n  nas list predictors");
  positional(list, "kind", request.name, "spaces, layers, predictors, searches ...");
  list->add_flag("--all", request.all, "the names of every kind");
  add_plugins(list, request);
  add_format(list, request);

  auto* explain =
      add(app, "explain", "cause of an error, a wrong and a right example; without a code, all codes", "nas explain E302");
  positional(explain, "code", request.name, "as printed: E302");
  add_format(explain, request);

  auto* runs = add(app, "runs", "the runs in the store", "nas runs\n  nas runs --format json");
  add_store(runs, request);
  add_format(runs, request);

  auto* show = add(app, "show", "one run: what it did, on what, for how long", "nas show\n  nas show r1");
  positional(show, "run", request.name, "its name, see nas runs; the last one unless said otherwise");
  add_store(show, request);
  add_format(show, request);

  auto* diff = add(app, "diff", "in what two runs differ", "nas diff r1 r2");
  positional(diff, "a", request.name, "one run, see nas runs");
  positional(diff, "b", request.other, "the other");
  add_store(diff, request);
  add_format(diff, request);

  auto* compare = add(app, "compare", "which of two searches is better, by a statistical test over their runs",
                      "nas compare r1 r2\n  nas compare r3.front r3.blind");
  positional(compare, "a", request.name, "a run, see nas runs, or one of its searches: r1.front");
  positional(compare, "b", request.other, "the other");
  add_store(compare, request);
  add_format(compare, request);

  add_format(add(app, "version", "the version", "nas version"), request);

  auto* completion = add(app, "completion", "completion script for a shell",
                         "source <(nas completion bash)\n  nas completion fish > ~/.config/fish/completions/nas.fish");
  positional(completion, "shell", request.shell, "bash, zsh or fish");

  auto* man =
      add(app, "man", "the manual page of a command; without one, that of nas", "nas man run | man -l -\n  nas man --all man1");
  positional(man, "command", request.name, "its name");
  one(man, "--all", request.folder, "FOLDER", "every page as a file of this folder");

  // For the device `remote` of another machine, and no command for people.
  auto* serve = add(app, "serve", "answer the requests of a remote device, see docs/devices.md", "nas serve --threads 2");
  serve->group("");
  serve->add_option("--threads", request.serving.threads, "threads of one forward pass")->check(CLI::Range(1, 1024));
  serve->add_option("--batch", request.serving.batch, "images per forward pass")->check(CLI::Range(1, 4096));

  positional(add(app, "help", "help on a command", "nas help run"), "command", request.name, "its name");
}

UsageError explained(const CLI::ParseError& error, const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const std::string more = chosen.empty() ? "More: nas --help" : fmt::format("More: nas {} --help", command.get_name());
  const std::string what = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto rest = app.remaining(true);
    const auto option =
        std::find_if(rest.begin(), rest.end(), [](const std::string& word) { return word.size() > 1 && word[0] == '-'; });
    if (option != rest.end())
      return {fmt::format("there is no option {}", *option), meant(*option, names_of_options(command), more)};
    return {fmt::format("{} is one word too many", rest.empty() ? "" : rest.front()), more};
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return {fmt::format("{} takes a value", what.substr(0, what.find(':'))), more};
  return {what, more};
}

std::optional<UsageError> read_values(Request& request) {
  if (request.format != "text" && request.format != "json")
    return UsageError{fmt::format("--format is text or json, not {}", request.format), ""};
  if (request.colour != "auto" && request.colour != "always" && request.colour != "never")
    return UsageError{fmt::format("--color is auto, always or never, not {}", request.colour), ""};
  if (!request.seed.empty()) {
    std::uint64_t seed = 0;
    if (!whole_number(request.seed, seed)) return UsageError{fmt::format("--seed is a whole number, not {}", request.seed), ""};
    request.options.seed = seed;
  }
  if (!request.threads.empty() &&
      (!whole_number(request.threads, request.options.threads) || request.options.threads < 0 || request.options.threads > 1024))
    return UsageError{fmt::format("--threads is a whole number from 0 to 1024, not {}", request.threads), ""};
  for (const auto& param : request.params) {
    const auto equals = param.find('=');
    if (equals == std::string::npos || equals == 0)
      return UsageError{fmt::format("-p takes name=value, not {}", param), "e.g. -p rounds=3"};
    request.options.params.emplace_back(param.substr(0, equals), param.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace nas
