#include "cli/completion.h"

#include <fmt/format.h>

namespace nas {
namespace {

std::string words_of(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) words += " --" + name;
    for (const auto& name : option->get_snames()) words += " -" + name;
  }
  return words.empty() ? words : words.substr(1);
}

std::string bash(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* sub : app.get_subcommands({})) {
    commands += " " + sub->get_name();
    cases += fmt::format("    {}) words=\"{}\" ;;\n", sub->get_name(), words_of(*sub));
  }
  return "_nas() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} words=\"\"\n"
         "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"" +
         commands.substr(1) + " " + words_of(app) +
         "\" -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  COMPREPLY=()\n"
         "  case ${COMP_WORDS[1]} in\n"
         "    doc) words=\"$words $(nas list --all 2>/dev/null)\" ;;\n"
         "    list) words=\"$words $(nas list 2>/dev/null)\" ;;\n"
         "    run | check | plan | fmt) COMPREPLY=($(compgen -f -X '!*.nas' -- \"$current\") $(compgen -d -- \"$current\")) ;;\n"
         "  esac\n"
         "  COMPREPLY+=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o filenames -F _nas nas\n";
}

std::string fish(const CLI::App& app) {
  std::string text;
  for (const CLI::App* sub : app.get_subcommands({})) {
    text += fmt::format("complete -c nas -n __fish_use_subcommand -f -a {} -d '{}'\n", sub->get_name(), sub->get_description());
    for (const CLI::Option* option : sub->get_options())
      for (const auto& name : option->get_lnames())
        text += fmt::format("complete -c nas -n '__fish_seen_subcommand_from {}' -l {} -d '{}'\n", sub->get_name(), name,
                            option->get_description());
  }
  return text + "complete -c nas -n '__fish_seen_subcommand_from doc' -f -a '(nas list --all)'\n";
}

}  // namespace

std::optional<std::string> completion_script(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return "autoload -U +X bashcompinit && bashcompinit\n" + bash(app);
  if (shell == "fish") return fish(app);
  return std::nullopt;
}

}  // namespace nas
