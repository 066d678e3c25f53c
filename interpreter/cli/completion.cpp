#include "cli/completion.h"

#include <fmt/format.h>

namespace nas {
namespace {

bool for_people(const CLI::App* command) {
  return !command->get_group().empty();
}

/// Values of options and words that follow a command: a fixed list, or what a command of the tool prints.
struct Words {
  const char *of, *fixed, *asked;
};
constexpr Words kValues[] = {{"--format", "text json", ""}, {"--color", "auto always never", ""}};
constexpr Words kFollowing[] = {{"doc", "", "list --all"},
                                {"list", "", "list"},
                                {"explain", "", "explain | cut -d' ' -f1"},
                                {"show", "", "runs | tail -n +2 | cut -d' ' -f1"},
                                {"diff", "", "runs | tail -n +2 | cut -d' ' -f1"},
                                {"compare", "", "runs | tail -n +2 | cut -d' ' -f1"},
                                {"completion", "bash zsh fish", ""},
                                {"help", "COMMANDS", ""},
                                {"man", "COMMANDS", ""}};
constexpr const char* kScripts = "run | check | plan | repl | fmt";

std::string option_words(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) words += " --" + name;
    for (const auto& name : option->get_snames()) words += " -" + name;
  }
  return words.empty() ? words : words.substr(1);
}

std::string commands_of(const CLI::App& app) {
  std::string words;
  for (const CLI::App* sub : app.get_subcommands(for_people)) words += (words.empty() ? "" : " ") + sub->get_name();
  return words;
}

/// For bash and zsh: sets `words` (and `files`) from $tool, $command (empty at the first word), $previous.
std::string body(const CLI::App& app) {
  const std::string commands = commands_of(app);
  std::string text = "  case $previous in\n";
  for (const Words& value : kValues) text += fmt::format("    {}) words=\"{}\"; return ;;\n", value.of, value.fixed);
  text += "    --out | --store) files=folders; return ;;\n  esac\n  case $command in\n";
  text += fmt::format("    '') words=\"{} {}\"; return ;;\n", commands, option_words(app));
  for (const CLI::App* sub : app.get_subcommands(for_people))
    text += fmt::format("    {}) words=\"{}\" ;;\n", sub->get_name(), option_words(*sub));
  text += fmt::format("  esac\n  case $command in\n    {}) files=scripts ;;\n", kScripts);
  for (const Words& following : kFollowing) {
    const std::string fixed = std::string(following.fixed) == "COMMANDS" ? commands : following.fixed;
    text += *following.asked
                ? fmt::format("    {}) words=\"$words $(\"$tool\" {} 2>/dev/null)\" ;;\n", following.of, following.asked)
                : fmt::format("    {}) words=\"$words {}\" ;;\n", following.of, fixed);
  }
  return text + "  esac\n";
}

std::string bash(const CLI::App& app) {
  return "_nas_words() {\n" + body(app) +
         "}\n"
         "_nas() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} tool=${COMP_WORDS[0]} command= words= "
         "files=\n"
         "  [ \"$COMP_CWORD\" -gt 1 ] && command=${COMP_WORDS[1]}\n"
         "  _nas_words\n"
         "  COMPREPLY=()\n"
         "  local IFS=$'\\n'\n"
         "  [ -z \"$files\" ] || COMPREPLY=($(compgen -d -- \"$current\"))\n"
         "  [ \"$files\" != scripts ] || COMPREPLY+=($(compgen -f -X '!*.nas' -- \"$current\"))\n"
         "  COMPREPLY+=($(IFS=$' \\t\\n'; compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o filenames -F _nas nas\n";
}

std::string zsh(const CLI::App& app) {
  return "#compdef nas\n"
         "_nas_words() {\n" +
         body(app) +
         "}\n"
         "_nas() {\n"
         "  local previous=${words[CURRENT-1]} tool=${words[1]} command= files=\n"
         "  (( CURRENT > 2 )) && command=${words[2]}\n"
         "  local -a found\n"
         "  () {\n"
         "    local words=\n"
         "    _nas_words\n"
         "    found=(${=words})\n"
         "  }\n"
         "  case $files in\n"
         "    scripts) _files -g '*.nas' ;;\n"
         "    folders) _files -/ ;;\n"
         "  esac\n"
         "  (( ${#found} )) && compadd -a found\n"
         "}\n"
         "if [ \"$funcstack[1]\" = _nas ]; then _nas \"$@\"; else compdef _nas nas; fi\n";
}

/// In single quotes, as fish takes it.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish(const CLI::App& app) {
  std::string text = "complete -c nas -f\n";
  for (const CLI::Option* option : app.get_options())
    for (const auto& name : option->get_lnames())
      text += fmt::format("complete -c nas -n __fish_use_subcommand -l {} -d {}\n", name, quoted(option->get_description()));
  for (const CLI::App* sub : app.get_subcommands(for_people)) {
    const std::string within = fmt::format("complete -c nas -n '__fish_seen_subcommand_from {}'", sub->get_name());
    text +=
        fmt::format("complete -c nas -n __fish_use_subcommand -a {} -d {}\n", sub->get_name(), quoted(sub->get_description()));
    for (const CLI::Option* option : sub->get_options()) {
      for (const auto& name : option->get_lnames()) {
        text += fmt::format("{} -l {}", within, name);
        for (const auto& letter : option->get_snames()) text += " -s " + letter;
        if (name == "out" || name == "store")
          text += " -x -a '(__fish_complete_directories)'";
        else if (option->get_expected_max() > 0)
          text += " -x";
        for (const Words& value : kValues)
          if ("--" + name == value.of) text += " -a " + quoted(value.fixed);
        text += fmt::format(" -d {}\n", quoted(option->get_description()));
      }
    }
  }
  text += "complete -c nas -n '__fish_seen_subcommand_from run check plan repl fmt' -a '(__fish_complete_suffix .nas)'\n";
  for (const Words& following : kFollowing) {
    const std::string fixed = std::string(following.fixed) == "COMMANDS" ? commands_of(app) : following.fixed;
    text += fmt::format("complete -c nas -n '__fish_seen_subcommand_from {}' -a {}\n", following.of,
                        quoted(*following.asked ? fmt::format("(nas {} 2>/dev/null)", following.asked) : fixed));
  }
  return text;
}

}  // namespace

std::optional<std::string> completion_script(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return zsh(app);
  if (shell == "fish") return fish(app);
  return std::nullopt;
}

}  // namespace nas
