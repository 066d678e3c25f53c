#include "cli/manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace nas {
namespace {

/// Text as man(7) shows it: no escapes, no requests, hyphens that can be copied.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string head(const std::string& page, const std::string& version, const std::string& what) {
  return fmt::format(".TH {} 1 \"\" \"{}\" \"nas manual\"\n.SH NAME\n{} \\- {}\n", upper(roff(page)), roff(version), roff(page),
                     roff(what));
}

/// What follows the name of an option in its help: "N", "text|json".
std::string value_of(const CLI::Option& option) {
  const std::string text = option.get_option_text();
  return text == " " ? "" : text;
}

std::string options_of(const CLI::App& app) {
  std::string words, options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      words += fmt::format(".TP\n.I {}\n{}\n", roff(option->get_single_name()), roff(option->get_description()));
      continue;
    }
    std::string names;
    for (const auto& name : option->get_snames()) names += fmt::format("{}\\fB\\-{}\\fR", names.empty() ? "" : ", ", roff(name));
    for (const auto& name : option->get_lnames())
      names += fmt::format("{}\\fB\\-\\-{}\\fR", names.empty() ? "" : ", ", roff(name));
    if (const std::string value = value_of(*option); !value.empty()) names += fmt::format(" \\fI{}\\fR", roff(value));
    options += fmt::format(".TP\n{}\n{}\n", names, roff(option->get_description()));
  }
  return (words.empty() ? "" : ".SH ARGUMENTS\n" + words) + (options.empty() ? "" : ".SH OPTIONS\n" + options);
}

/// The footer: examples, indented by two, then what else there is to say.
std::string footer_of(const CLI::App& app) {
  std::istringstream lines(app.get_footer());
  std::string text;
  bool example = false;
  for (std::string line; std::getline(lines, line);) {
    const bool indented = line.starts_with("  ");
    if (indented != example) text += indented ? ".nf\n" : ".fi\n";
    example = indented;
    if (line == "Example:" || line == "Examples:")
      text += ".SH EXAMPLES\n";
    else if (line.starts_with("Exit codes: "))
      text += ".SH EXIT STATUS\n" + roff(line.substr(12)) + "\n";
    else
      text += line.empty() ? ".PP\n" : roff(indented ? line.substr(2) : line) + "\n";
  }
  return text + (example ? ".fi\n" : "");
}

std::string synopsis_of(const CLI::App& app) {
  std::string text = fmt::format(".SH SYNOPSIS\n.B nas {}\n", roff(app.get_name()));
  for (const CLI::Option* option : app.get_options())
    if (option->get_positional())
      text += fmt::format("[\\fI{}\\fR{}]\n", roff(option->get_single_name()), option->get_expected_max() > 1 ? " ..." : "");
  return text + "[options]\n";
}

}  // namespace

std::map<std::string, std::string> manual_pages(const CLI::App& app, const std::string& version) {
  const auto commands = app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
  std::map<std::string, std::string> pages;
  const std::string description = app.get_description();
  std::string whole = head("nas", version, description.substr(description.find(": ") + 2)) +
                      ".SH SYNOPSIS\n.B nas\n.br\n.B nas\n\\fIcommand\\fR [arguments]\n.SH DESCRIPTION\nAlone, on a terminal, "
                      "nas begins a session.\n"
                      ".SH COMMANDS\n";
  for (const CLI::App* command : commands) {
    const std::string name = command->get_name();
    whole += fmt::format(".TP\n.B {}\n{}; see nas\\-{}(1)\n", roff(name), roff(command->get_description()), roff(name));
    pages["nas-" + name + ".1"] = head("nas-" + name, version, command->get_description()) + synopsis_of(*command) +
                                  options_of(*command) + footer_of(*command) + ".SH SEE ALSO\n.BR nas (1)\n";
  }
  pages["nas.1"] = whole + options_of(app) + footer_of(app) +
                   ".SH ENVIRONMENT\n.TP\n.B NAS_STDLIB\nthe folder of the standard library\n.TP\n.B NAS_MODULE_DIR\nthe folder "
                   "of the LibTorch module\n"
                   ".TP\n.B NAS_HISTORY\nthe history of sessions\n.TP\n.B NO_COLOR\nno colours\n";
  return pages;
}

}  // namespace nas
