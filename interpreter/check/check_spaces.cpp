#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "check/script_checker.h"
#include "check/space_compile.h"
#include "syntax/parse.h"

namespace nas {
namespace {

/// A value as a script writes it.
std::string literal(const Value& value) {
  if (value.text()) return "\"" + *value.text() + "\"";
  if (const auto* q = value.inline_if<Quantity>(); q && !q->dimension.none()) return quantity_literal(q->si, q->dimension);
  return value.print();
}

}  // namespace

bool ScriptChecker::pool(const syntax::Stage& stage, const syntax::Expr& expr, const syntax::Call* call, Span span,
                         Scope& scope) {
  const bool two = call && call->arguments.size() == 2 &&
                   std::all_of(call->arguments.begin(), call->arguments.end(), [](const auto& a) { return a.value && !a.name; });
  if (!two) {
    diagnostics_.error("E403", expr.span, "pool needs a space and a table", "e.g. space small = pool(net, table(\"f.csv\"))");
    return false;
  }
  const Value base = evaluate(*call->arguments[0].value, scope);
  const syntax::Expr& table = *call->arguments[1].value;
  if (!std::holds_alternative<syntax::Call>(table.node) && !std::holds_alternative<syntax::NameRef>(table.node)) {
    diagnostics_.error("E301", table.span, fmt::format("pool needs a table, and this is {}", evaluate(table, scope).kind()),
                       "e.g. table(\"f.csv\")");
    return false;
  }
  auto rows = component_call(ComponentKind::source, *call->arguments[1].value, scope);
  if (!rows || base.poisoned()) return false;
  const auto* handle = dynamic_cast<const SpaceHandle*>(base.handle());
  if (!handle) {
    diagnostics_.error("E301", call->arguments[0].value->span, fmt::format("pool needs a space, and this is {}", base.kind()));
    return false;
  }
  CheckedStage out = new_stage("space", stage.name ? stage.name->text + suffix_ : fresh_name("pool"), span);
  out.space = handle->space();
  out.call = std::move(*rows);
  part_of_space(stage, std::move(out), handle->stage(), scope);
  return true;
}

bool ScriptChecker::reduced(const syntax::Stage& stage, const syntax::Expr& expr, const syntax::Call* call, Span span,
                            Scope& scope) {
  const auto* arguments = call ? &call->arguments : nullptr;
  const bool two = arguments && arguments->size() == 2 && (*arguments)[0].value && (*arguments)[1].value &&
                   !(*arguments)[0].name && (!(*arguments)[1].name || (*arguments)[1].name->text == "without");
  if (!two) {
    diagnostics_.error("E403", expr.span, "reduced needs a space and the options that it is to be without",
                       "e.g. space small = reduced(net, without = [\"stage[1].depth = 4\"])");
    return false;
  }
  const Value base = evaluate(*(*arguments)[0].value, scope), list = evaluate(*(*arguments)[1].value, scope);
  if (base.poisoned() || list.poisoned()) return false;
  const auto* handle = dynamic_cast<const SpaceHandle*>(base.handle());
  if (!handle || handle->pool()) {
    diagnostics_.error("E301", (*arguments)[0].value->span,
                       fmt::format("reduced needs a space, and this is {}", handle ? "a pool" : base.kind()));
    return false;
  }
  std::vector<std::string> options;
  if (list.list())
    for (const Value& option : *list.list())
      if (option.text()) options.push_back(*option.text());
  if (!list.list() || options.size() != list.list()->size()) {
    diagnostics_.error("E301", (*arguments)[1].value->span,
                       fmt::format("without needs a list of texts, and this is {}", list.kind()),
                       "e.g. [\"stage[1].depth = 4\"]");
    return false;
  }
  auto left = handle->space()->without(options);
  if (!left) {
    diagnostics_.error(left.failure().code, (*arguments)[1].value->span, left.failure().message, left.failure().hint);
    return false;
  }
  CheckedStage out = new_stage("space", stage.name ? stage.name->text + suffix_ : fresh_name("reduced"), span);
  out.space = std::make_shared<const Space>(std::move(*left));
  part_of_space(stage, std::move(out), handle->stage(), scope);
  return true;
}

/// Declares a space that holds some of another one's networks.
void ScriptChecker::part_of_space(const syntax::Stage& stage, CheckedStage out, const std::string& whole, Scope& scope) {
  out.of_space = whole;
  need(out, whole);
  for (const CheckedStage& other : script_.stages)
    if (other.name == whole) out.space_script = other.space_script;
  const Value made = handle_value<SpaceHandle>(out.name, out.space, out.call.component != nullptr);
  known_["Space"].push_back({out.name, made});
  space_of_[out.name] = out.space;
  if (stage.name)
    define(*stage.name, made, scope);
  else
    scope.set(out.name, made, stage.word.span);
  script_.stages.push_back(std::move(out));
}

void ScriptChecker::space(const syntax::Stage& stage, Span span, Scope& scope) {
  auto give_up = [&] {
    broken_types_.insert("Space");
    if (stage.name) scope.set(stage.name->text, Poison{}, stage.name->span);
  };
  if (stage.operands.size() != 1 || !stage.operands[0].value) {
    diagnostics_.error("E403", stage.word.span, "space needs one space component", "e.g. space net = tiny_mobilenet()");
    return give_up();
  }
  only_clauses(stage, {});
  const syntax::Expr& expr = *stage.operands[0].value;
  const auto* call = std::get_if<syntax::Call>(&expr.node);
  const auto* name = std::get_if<syntax::NameRef>(call ? &call->callee->node : &expr.node);
  if (!name) {
    diagnostics_.error("E301", expr.span, "space names a space component, such as tiny_mobilenet()");
    return give_up();
  }
  // Without a name of its own it would be known by its component's.
  const auto unknown = [&] {
    give_up();
    if (!stage.name && !scope.find(name->name)) scope.set(name->name, Poison{}, stage.word.span);
  };
  const Scope* outer = nullptr;
  const syntax::DefSpace* def = find_space(name->name, outer);
  if (!def && name->name == "pool") {
    if (!pool(stage, expr, call, span, scope)) give_up();
    return;
  }
  if (!def && name->name == "reduced") {
    if (!reduced(stage, expr, call, span, scope)) give_up();
    return;
  }
  if (!def && import_missing_) return give_up();
  if (!def) {
    const Span at = call ? call->callee->span : expr.span;
    if (const auto it = declared_spaces_.find(name->name);
        it != declared_spaces_.end() && it->second.source == at.source && it->second.begin > at.begin) {
      Diagnostic& d = diagnostics_.error("E203", at, fmt::format("space {} is used before it is defined", name->name));
      d.labels.push_back({it->second, "defined here"});
      return give_up();
    }
    std::vector<std::string> known = input_.stdlib_spaces ? input_.stdlib_spaces() : std::vector<std::string>{};
    const bool no_library = known.empty();
    for (const auto& [n, d] : spaces_) known.push_back(n);
    const std::string near = did_you_mean(name->name, known);
    if (no_library && near.empty()) {
      diagnostics_.error(
          "E205", at, fmt::format("there is no space component {}, and no standard library", name->name),
          "set NAS_STDLIB to its folder, the one with spaces/tiny_mobilenet.nas in it",
          input_.stdlib_folders.empty() ? "" : fmt::format("it was looked for in {}.", fmt::join(input_.stdlib_folders, ", ")));
      return give_up();
    }
    diagnostics_.error("E205", at, fmt::format("there is no space component {}", name->name),
                       near.empty() ? "" : fmt::format("did you mean {}?", near),
                       fmt::format("nas list spaces shows {}.", fmt::join(known, ", ")));
    return unknown();
  }
  const std::size_t errors = diagnostics_.error_count();
  std::map<std::string, Value> given;
  bool poisoned = false;
  std::size_t position = 0;
  std::string script = name->name + "(";
  auto known_parameter = [&](const syntax::Name& given_name) {
    std::vector<std::string> known;
    for (const auto& p : def->parameters) known.push_back(p.name.text);
    if (std::find(known.begin(), known.end(), given_name.text) != known.end()) return true;
    const std::string near = did_you_mean(given_name.text, known);
    diagnostics_.error("E401", given_name.span, fmt::format("{} has no argument {}", name->name, given_name.text),
                       near.empty() ? "" : fmt::format("did you mean {}?", near),
                       known.empty() ? fmt::format("{} takes no arguments.", name->name)
                                     : fmt::format("{} takes {}.", name->name, fmt::join(known, ", ")));
    return false;
  };
  auto take = [&](const std::string& parameter, const syntax::Expr& expression, Span at) {
    if (given.count(parameter)) {
      diagnostics_.error("E402", at, fmt::format("{} of {} is given twice", parameter, name->name));
      return;
    }
    const Value value = evaluate(expression, scope);
    given[parameter] = value;
    if (value.poisoned())
      poisoned = true;
    else if (type_fits(def->parameters, parameter, value, expression.span, name->name))
      script += fmt::format("{}{} = {}", script.back() == '(' ? "" : ", ", parameter, literal(value));
  };
  if (call)
    for (const auto& argument : call->arguments) {
      if (!argument.value) {
        poisoned = true;
      } else if (argument.name) {
        if (known_parameter(*argument.name)) take(argument.name->text, *argument.value, argument.name->span);
      } else if (position < def->parameters.size()) {
        take(def->parameters[position++].name.text, *argument.value, argument.value->span);
      } else {
        diagnostics_.error("E404", argument.value->span,
                           fmt::format("{} takes at most {} argument{}", name->name, def->parameters.size(),
                                       def->parameters.size() == 1 ? "" : "s"));
      }
    }
  for (const auto& setting : stage.settings)
    if (setting.value && known_parameter(setting.name)) take(setting.name.text, *setting.value, setting.name.span);
  std::vector<std::pair<std::string, Value>> arguments;
  Scope earlier(outer);  // a default may speak of the arguments before it
  for (const auto& parameter : def->parameters) {
    Value value;
    if (const auto it = given.find(parameter.name.text); it != given.end()) {
      value = it->second;
    } else if (parameter.value) {
      value = evaluate(*parameter.value, earlier);
      type_fits(def->parameters, parameter.name.text, value, parameter.value->span, name->name);
    } else {
      diagnostics_.error("E403", expr.span, fmt::format("{} needs {}", name->name, parameter.name.text));
    }
    earlier.set(parameter.name.text, value);
    arguments.emplace_back(parameter.name.text, value);
  }
  if (poisoned) return give_up();
  if (diagnostics_.error_count() > errors) return give_up();
  auto compiled = compile_space(*def, arguments, *outer, *input_.layers, diagnostics_, expr.span);
  if (!compiled) return give_up();
  CheckedStage out = new_stage("space", stage.name ? stage.name->text + suffix_ : fresh_name(name->name), span);
  out.space = std::make_shared<const Space>(std::move(*compiled));
  out.space_script = (def_text_.count(def) ? def_text_[def] + "\n" : "") + "space net = " + script + ")";
  const Value handle = handle_value<SpaceHandle>(out.name, out.space);
  known_["Space"].push_back({out.name, handle});
  space_of_[out.name] = out.space;
  if (stage.name)
    define(*stage.name, handle, scope);
  else
    scope.set(out.name, handle, stage.word.span);
  script_.stages.push_back(std::move(out));
}

bool ScriptChecker::type_fits(const std::vector<syntax::Parameter>& parameters, const std::string& name, const Value& value,
                              Span span, const std::string& owner) {
  for (const auto& p : parameters) {
    if (p.name.text != name || !p.type || is_of_type(value, p.type->text)) continue;
    diagnostics_.error(
        "E404", span,
        fmt::format("{} of {} is of type {}, and this is {}", name, owner, p.type->text, described(value, p.type->text)));
    return false;
  }
  return true;
}

void ScriptChecker::check_unused_spaces(std::uint32_t source) {
  for (const auto& [name, def] : spaces_) {
    const bool defaults =
        std::all_of(def->parameters.begin(), def->parameters.end(), [](const auto& p) { return p.value != nullptr; });
    if (def->name.span.source != source || used_spaces_.count(def) || !defaults) continue;
    std::vector<std::pair<std::string, Value>> arguments;
    Scope earlier(global_.get());
    for (const auto& parameter : def->parameters) {
      arguments.emplace_back(parameter.name.text, evaluate(*parameter.value, earlier));
      earlier.set(parameter.name.text, arguments.back().second);
      type_fits(def->parameters, parameter.name.text, arguments.back().second, parameter.value->span, name);
    }
    compile_space(*def, arguments, *global_, *input_.layers, diagnostics_);
  }
}

const syntax::DefSpace* ScriptChecker::find_space(const std::string& name, const Scope*& outer) {
  if (const auto it = spaces_.find(name); it != spaces_.end()) {
    used_spaces_.insert(it->second);
    outer = global_.get();
    for (const auto& tree : trees_)
      for (const auto& statement : tree->statements)
        if (std::get_if<syntax::DefSpace>(&statement.node) == it->second) def_text_[it->second] = text_of(statement.span);
    return it->second;
  }
  if (const auto it = stdlib_.find(name); it != stdlib_.end()) {
    outer = &empty_;
    return it->second;
  }
  auto text = input_.stdlib_space ? input_.stdlib_space(name) : std::nullopt;
  if (!text) return nullptr;
  const std::uint32_t source = input_.sources->add("stdlib/spaces/" + name + ".nas", std::move(*text));
  auto tree = std::make_shared<syntax::Script>(syntax::parse(*input_.sources, source, diagnostics_));
  trees_.push_back(tree);
  for (const auto& statement : tree->statements)
    if (const auto* def = std::get_if<syntax::DefSpace>(&statement.node)) stdlib_[def->name.text] = def;
  const auto it = stdlib_.find(name);
  outer = &empty_;
  return it == stdlib_.end() ? nullptr : it->second;
}

Value ScriptChecker::only_argument(const syntax::Call& call, const Scope& scope) {
  return call.arguments.size() == 1 && !call.arguments[0].name ? evaluate(*call.arguments[0].value, scope) : Value();
}

std::optional<Value> ScriptChecker::resolve_call(const syntax::Call& call, Span span, const Scope& scope) {
  if (const auto* name = std::get_if<syntax::NameRef>(&call.callee->node)) {
    const auto of_results = known_functions();
    if (name->name == "compare") return compare_call(call, span, scope);
    if (std::find(of_results.begin(), of_results.end(), name->name) != of_results.end())
      return indicator_call(name->name, call, span, scope);
  }
  // net.arch("..."), net.arch(ks = [...], e = [...], d = [...])
  const auto* member = std::get_if<syntax::Member>(&call.callee->node);
  if (member && member->name.text == "predicted") return predicted_call(call, *member, span, scope);
  if (member && member->name.text == "true_front") return true_front_call(call, *member, span, scope);
  if (!member || member->name.text != "arch") return std::nullopt;
  const Value object = evaluate(*member->object, scope);
  if (object.poisoned()) return Value(Poison{});
  const auto* handle = dynamic_cast<const SpaceHandle*>(object.handle());
  if (!handle) return std::nullopt;
  const auto& space = handle->space();
  auto values_of = [](const Value& value) {
    std::vector<std::string> texts;
    if (const List* list = value.list())
      for (const Value& item : *list) texts.push_back(item.print());
    else if (value.text())
      texts = split_values(*value.text());
    else
      texts.push_back(value.print());
    return texts;
  };
  Result<Arch> arch = Failure{"E404", "arch takes a text, or the fields of a spelling by name", ""};
  if (call.arguments.size() == 1 && !call.arguments[0].name) {
    const Value text = evaluate(*call.arguments[0].value, scope);
    if (text.poisoned()) return Value(Poison{});
    if (text.text()) arch = space->parse(*text.text());
  } else {
    std::map<std::string, Value> given;
    bool named = true;
    for (const auto& argument : call.arguments) {
      const Value value = evaluate(*argument.value, scope);
      if (value.poisoned()) return Value(Poison{});
      if (argument.name)
        given[argument.name->text] = value;
      else
        named = false;
    }
    const auto spellings = space->spellings();
    const auto fields_of = [](const Spelling& spelling) {
      return fmt::format("the fields are {}", fmt::join(spelling.fields, ", "));
    };
    if (!spellings.empty() && !spellings[0].fields.empty())
      arch = Failure{"E404", arch.failure().message, fields_of(spellings[0])};
    for (std::size_t s = 0; named && !given.empty() && s < spellings.size(); ++s) {
      const auto& names = spellings[s].fields;
      if (!std::all_of(given.begin(), given.end(),
                       [&](const auto& g) { return std::find(names.begin(), names.end(), g.first) != names.end(); }))
        continue;
      // A field that is the same for every network (a fixed resolution) may be left out.
      const auto largest = space->spell(space->largest(), s), smallest = space->spell(space->smallest(), s);
      std::vector<std::vector<std::string>> fields;
      std::vector<std::string> missing;
      for (std::size_t f = 0; f < names.size(); ++f) {
        const auto it = given.find(names[f]);
        fields.push_back(it != given.end() ? values_of(it->second) : largest[f]);
        if (it == given.end() && largest[f] != smallest[f]) missing.push_back(names[f]);
      }
      if (missing.empty())
        arch = space->parse(s, fields);
      else
        arch = Failure{"E403", fmt::format("arch leaves out {}: every network needs them all", fmt::join(missing, " and ")),
                       fields_of(spellings[s])};
      break;
    }
  }
  if (!arch) {
    diagnostics_.error(arch.failure().code, span, arch.failure().message, arch.failure().hint);
    return Value(Poison{});
  }
  return handle_value<ArchHandle>(handle->stage(), space, std::move(*arch));
}

}  // namespace nas
