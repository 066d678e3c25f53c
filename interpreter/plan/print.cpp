#include "plan/print.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace nas::plan {
namespace {

/// "front, ours (5 seeds)": the runs of a family as one.
std::string run_names(const std::vector<std::string>& runs) {
  std::vector<std::pair<std::string, int>> names;
  for (const std::string& run : runs) {
    const std::string family = run.substr(0, run.rfind("[seed "));
    if (!names.empty() && family != run && names.back().first.substr(0, names.back().first.rfind("[seed ")) == family) {
      names.back().first = family;
      ++names.back().second;
    } else {
      names.emplace_back(run, 1);
    }
  }
  std::string text;
  for (const auto& [name, seeds] : names)
    text += (text.empty() ? "" : ", ") + name + (seeds > 1 ? fmt::format(" ({} seeds)", seeds) : "");
  return text;
}

std::string call_text(const CheckedCall& call) {
  if (!call.component) return "";
  std::string text = call.component->name + "(";
  for (const ArgSpec& spec : call.component->args) {
    const auto it = call.arguments.find(spec.name);
    if (it == call.arguments.end() || *it == spec.default_value || (spec.variadic && it->empty())) continue;
    std::string value;
    auto shown = [](const nlohmann::json& v) { return v.is_object() ? v.value("$stage", "") : v.dump(); };
    if (spec.variadic) {
      std::vector<std::string> runs;
      for (const auto& item : *it) runs.push_back(shown(item));
      value = run_names(runs);
    } else if (it->is_array()) {
      for (const auto& item : *it) value += (value.empty() ? "" : ", ") + shown(item);
      value = "[" + value + "]";
    } else {
      value = spec.type == ArgType::quantity && spec.dimension != "any"
                  ? quantity_literal(it->get<double>(), dimension_named(spec.dimension))
                  : shown(*it);
    }
    text += fmt::format("{}{}{}", text.back() == '(' ? "" : ", ", spec.variadic ? "" : spec.name + " = ", value);
  }
  return text + ")";
}

/// The predictor of a `tune` with its choices: "ridge(alpha = choice(0.1, 1))".
std::string tuned_text(const CheckedStage& stage) {
  CheckedCall fixed = stage.call;
  std::string choices;
  for (const auto& choice : stage.tuning->choices) {
    fixed.arguments.erase(choice.argument);
    std::string values;
    for (const auto& value : choice.values)
      values += (values.empty() ? "" : ", ") + (value.is_string() ? value.get<std::string>() : value.dump());
    choices += fmt::format("{}{} = choice({})", choices.empty() ? "" : ", ", choice.argument, values);
  }
  std::string text = call_text(fixed);
  text.pop_back();
  return text + (text.back() == '(' ? "" : ", ") + choices + ")";
}

/// What the stage does, in one line.
std::string summary(const CheckedStage& stage) {
  if (stage.word == "space") {
    const Space& space = *stage.space;
    if (stage.call.component) return fmt::format("the networks of {} in {}", stage.of_space, call_text(stage.call));
    if (!stage.of_space.empty())
      return fmt::format("{} without {} options: {} networks", stage.of_space, space.dropped().size(),
                         space.networks().get_str());
    std::string count = space.networks().get_str();
    if (count.size() > 9) count = fmt::format("{:.3g}", space.networks().get_d());
    return fmt::format("{}: {} genes, {} networks, {} to {} MACs", space.name(), space.gene_count(), count,
                       format_quantity(static_cast<double>(space.macs(space.smallest().genes)), {}),
                       format_quantity(static_cast<double>(space.macs(space.largest().genes)), {}));
  }
  if (stage.word == "train") return fmt::format("{} of {} using {}", call_text(stage.call), stage.of_space, stage.using_dataset);
  if (stage.word == "profile")
    return fmt::format("{} of {} over {}", call_text(stage.search->tactics[0]), stage.search->metrics[0].id.label(),
                       stage.search->space);
  if (stage.tuning)
    return fmt::format("{} of {} from {} by {}, {} configurations", tuned_text(stage), stage.learning->metric.label(),
                       stage.learning->probe, call_text(stage.tuning->method), stage.tuning->configurations());
  if (stage.learning) {
    const CheckedLearning& learning = *stage.learning;
    const bool transfer = stage.word == "transfer";
    return call_text(stage.call) +
           (transfer && learning.proxy.empty() ? "" : " of " + (transfer ? learning.proxy : learning.metric.label())) +
           (learning.probe.empty() ? "" : " from " + learning.probe) +
           (!transfer && learning.probe.empty() ? " over " + learning.space : "") +
           (transfer ? " on " + learning.metric.device : "");
  }
  if (stage.search) {
    const CheckedSearch& search = *stage.search;
    std::string text = call_text(search.algorithm) + " over " + search.space;
    for (const auto& tactic : search.tactics) text += " with " + call_text(tactic);
    for (std::size_t i = 0; i < search.objectives.size(); ++i)
      text += fmt::format("{}{} {}", i ? ", " : " of ", search.objectives[i].maximise ? "maximize" : "minimize",
                          search.objectives[i].label);
    for (std::size_t i = 0; i < search.constraints.size(); ++i) text += (i ? " and " : " where ") + search.constraints[i].label;
    if (search.until.any()) text += " until " + search.until_text;
    return text;
  }
  if (!stage.file.empty())
    return fmt::format("{} -> {}", stage.word == "plot" ? call_text(stage.call) : run_names(stage.shows), stage.file);
  if (!stage.values.empty()) {
    std::string text;
    for (const auto& value : stage.values) text += (text.empty() ? "" : ", ") + value.text;
    return text;
  }
  return call_text(stage.call);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string as_text(const CheckedScript& script, const std::vector<StageView>& views) {
  std::size_t word = 0, name = 0;
  for (const auto& stage : script.stages) {
    word = std::max(word, stage.word.size());
    name = std::max(name, stage.name.size());
  }
  std::string text = fmt::format("seed {}\n", script.seed);
  std::int64_t measurements = 0;
  double seconds = 0;
  std::size_t timed = 0, untimed = 0;
  const std::string indent(word + name + 4, ' ');
  for (std::size_t i = 0; i < script.stages.size(); ++i) {
    const CheckedStage& stage = script.stages[i];
    text += fmt::format("{:<{}}  {:<{}}  {}\n", stage.word, word, stage.name, name, summary(stage));
    for (const auto& [condition, wanted] : stage.when)
      text += fmt::format("{}{} {}\n", indent, wanted ? "when" : "when not", script.conditions[condition].text);
    if (stage.search)
      for (const CheckedMetric& m : stage.search->metrics) {
        const std::string from = m.from == CheckedMetric::From::computed    ? "computed"
                                 : m.from == CheckedMetric::From::component ? call_text(m.source)
                                                                            : "from " + m.stage;
        text += fmt::format("{}{} {}{}\n", indent, m.id.label(), from,
                            m.predictor         ? ", predicted by " + call_text(*m.predictor)
                            : !m.learnt.empty() ? ", predicted by " + m.learnt
                                                : "");
      }
    if (i >= views.size()) continue;
    const std::string known = views[i].known > 0 ? fmt::format("; the store knows {} already", views[i].known) : "";
    if (views[i].measurements > 0 && views[i].action == "run")
      text += fmt::format("{}at most {} networks measured{}\n", indent, views[i].measurements, known);
    if (views[i].trials > 0)
      text += fmt::format("{}{} trials{}\n", indent, views[i].trials,
                          views[i].known_trials > 0 ? fmt::format("; the store knows {} already", views[i].known_trials) : "");
    if (views[i].action == "reuse") text += fmt::format("{}reused, {:.1f} s saved\n", indent, views[i].seconds);
    if (views[i].action == "run") {
      text += fmt::format("{}will run: {}{}\n", indent, views[i].reason,
                          views[i].seconds > 0 ? fmt::format(" (took {:.1f} s last time)", views[i].seconds) : "");
      measurements += views[i].measurements;
      seconds += views[i].seconds;
      ++(views[i].seconds > 0 ? timed : untimed);
    }
  }
  if (measurements > 0)
    text += fmt::format("at most {} networks to measure; what the store knows is not measured again\n", measurements);
  if (timed > 0)
    text += fmt::format("about {:.1f} s, by what {} stage{} took last time{}\n", seconds, timed, timed == 1 ? "" : "s",
                        untimed > 0 ? fmt::format("; {} {} never run", untimed, untimed == 1 ? "has" : "have") : "");
  return text;
}

std::string as_dot(const CheckedScript& script, const std::vector<StageView>& views) {
  std::string text = "digraph plan {\n  rankdir=LR; node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n";
  for (std::size_t i = 0; i < script.stages.size(); ++i) {
    const CheckedStage& stage = script.stages[i];
    const bool reused = i < views.size() && views[i].action == "reuse";
    text += fmt::format("  \"{0}\" [label=\"{1} {0}\\n{2}\", fillcolor=\"{3}\"];\n", escaped(stage.name), stage.word,
                        escaped(summary(stage)), reused ? "#d9ead3" : "#eef3fb");
    for (const std::string& need : stage.needs) text += fmt::format("  \"{}\" -> \"{}\";\n", escaped(need), escaped(stage.name));
  }
  return text + "}\n";
}

std::string as_mermaid(const CheckedScript& script) {
  std::string text = "flowchart LR\n";
  auto id = [&](const std::string& name) {
    return std::find_if(script.stages.begin(), script.stages.end(), [&](const auto& s) { return s.name == name; }) -
           script.stages.begin();
  };
  for (const CheckedStage& stage : script.stages) {
    std::string label = fmt::format("{} {}<br/>{}", stage.word, stage.name, summary(stage));
    std::replace(label.begin(), label.end(), '"', '\'');
    text += fmt::format("  s{}[\"{}\"]\n", id(stage.name), label);
    for (const std::string& need : stage.needs) text += fmt::format("  s{} --> s{}\n", id(need), id(stage.name));
  }
  return text;
}

nlohmann::json as_json(const CheckedScript& script, const std::vector<StageView>& views) {
  nlohmann::json json = {{"seed", script.seed}, {"stages", nlohmann::json::array()}};
  for (std::size_t i = 0; i < script.stages.size(); ++i) {
    const CheckedStage& stage = script.stages[i];
    nlohmann::json s = {{"name", stage.name}, {"stage", stage.word}, {"summary", summary(stage)}, {"needs", stage.needs}};
    if (stage.call.component) {
      s["component"] = stage.call.component->name;
      s["arguments"] = stage.call.arguments;
    }
    if (stage.space) {
      s["genes"] = stage.space->gene_count();
      s["networks"] = stage.space->networks().get_str();
      s["genotypes"] = stage.space->genotypes().get_str();
    }
    if (!stage.file.empty()) s["file"] = stage.file;
    for (const auto& [condition, wanted] : stage.when)
      s["when"].push_back({{"condition", script.conditions[condition].text}, {"wanted", wanted}});
    if (i < views.size()) {
      s["action"] = views[i].action;
      s["reason"] = views[i].reason;
      s["measurements_at_most"] = views[i].measurements;
      s["networks_known"] = views[i].known;
      if (views[i].trials > 0) s["trials"] = views[i].trials, s["trials_known"] = views[i].known_trials;
      if (views[i].seconds > 0) s[views[i].action == "reuse" ? "seconds_saved" : "seconds_last_time"] = views[i].seconds;
    }
    json["stages"].push_back(std::move(s));
  }
  return json;
}

}  // namespace nas::plan
