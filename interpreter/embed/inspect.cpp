// What an interpreter tells about the names of a checked script.
#include <algorithm>

#include "check/handles.h"
#include "check/scope_names.h"
#include "embed/interpreter_state.h"
#include "stdlib/outputs/network_drawing.h"

namespace nas {
namespace {

std::string type_of(const Value& value) {
  if (value.handle()) return value.handle()->type_name();
  return "";
}

std::vector<std::string> members_of(const Value& value) {
  std::vector<std::string> members = value.handle() ? value.handle()->members() : std::vector<std::string>();
  std::sort(members.begin(), members.end());
  return members;
}

nlohmann::json counts(const Space& space, const Arch& arch) {
  return {{"architecture", space.spell(arch)}, {"macs", space.macs(arch.genes)}, {"params", space.params(arch.genes)}};
}

/// The space of a stage whose networks are known before the run.
std::shared_ptr<const Space> known_space(const CheckedStage* stage) {
  return stage && stage->word == "space" && !stage->call.component ? stage->space : nullptr;
}

}  // namespace

nlohmann::json Interpreter::names_json() const {
  auto list = nlohmann::json::array();
  if (!state_->checked) return list;
  for (const auto& [name, value] : names_in_scope(*state_->checked))
    list.push_back({{"name", name}, {"type", type_of(value)}, {"kind", value.kind()}, {"members", members_of(value)}});
  return list;
}

nlohmann::json Interpreter::shown_json() const {
  auto list = nlohmann::json::array();
  if (!state_->checked) return list;
  const auto& stages = state_->checked->script.stages;
  const auto show = std::find_if(stages.rbegin(), stages.rend(), [](const auto& stage) { return stage.word == "show"; });
  if (show == stages.rend()) return list;
  for (const CheckedValue& shown : show->values) {
    const auto* handle = dynamic_cast<const StageHandle*>(shown.value.handle());
    list.push_back({{"kind", shown.value.kind()},
                    {"type", type_of(shown.value)},
                    {"stage", handle ? handle->stage() : ""},
                    {"waits", waits_for(shown.value)},
                    {"show", show->name}});
  }
  return list;
}

std::shared_ptr<const Space> Interpreter::space(const std::string& stage) const {
  return known_space(state_->find_stage(stage));
}

nlohmann::json Interpreter::space_json(const std::string& stage) const {
  const auto space = known_space(state_->find_stage(stage));
  if (!space) return nullptr;
  auto genes = nlohmann::json::array();
  for (const Gene& gene : space->genes()) genes.push_back({{"name", gene.name}, {"options", gene.options}});
  return {{"name", space->name()},
          {"genes", std::move(genes)},
          {"networks", space->networks().get_str()},
          {"genotypes", space->genotypes().get_str()},
          {"smallest", counts(*space, space->smallest())},
          {"largest", counts(*space, space->largest())}};
}

nlohmann::json Interpreter::networks_json(const std::string& stage, std::size_t count, std::uint64_t seed) const {
  const auto space = known_space(state_->find_stage(stage));
  if (!space) return nullptr;
  auto list = nlohmann::json::array();
  Stream stream(seed, "sample " + stage);
  for (std::size_t i = 0; i < count; ++i)
    if (const auto arch = space->sample(stream)) list.push_back(counts(*space, *arch));
  return list;
}

nlohmann::json Interpreter::network_json(const std::string& stage, const std::string& architecture) {
  state_->failure.clear();
  const auto space = known_space(state_->find_stage(stage));
  if (!space) return nullptr;
  Arch arch = space->largest();
  if (!architecture.empty()) {
    auto parsed = space->parse(architecture);
    if (!parsed) {
      state_->failure = parsed.failure().message;
      return nullptr;
    }
    arch = std::move(*parsed);
  }
  nlohmann::json network = counts(*space, arch);
  for (const NetworkBlock& block : network_blocks(*space, arch))
    network["blocks"].push_back({{"group", block.group},
                                 {"name", block.name},
                                 {"genes", block.genes},
                                 {"channels", block.out.channels},
                                 {"height", block.out.height},
                                 {"width", block.out.width},
                                 {"macs", block.macs},
                                 {"params", block.params}});
  return network;
}

nlohmann::json Interpreter::metrics_json() const {
  auto list = nlohmann::json::array();
  for (const MetricId& metric : state_->registry.metrics()) {
    const MetricKind& kind = *find_metric(metric);
    list.push_back({{"name", kind.name},
                    {"unit", kind.unit},
                    {"dimension", kind.dimension},
                    {"maximise", kind.maximise},
                    {"exact", kind.exact},
                    {"device", kind.needs_device           ? "must"
                               : may_stand_on_device(kind) ? "may"
                                                           : "never"},
                    {"own", metric.own != nullptr}});
  }
  return list;
}

nlohmann::json Interpreter::device_json(const std::string& stage) const {
  return state_->engine ? state_->engine->device_identity(stage) : nlohmann::json();
}

}  // namespace nas
