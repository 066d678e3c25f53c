#include "embed/plugin.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "core/files.h"
#include "core/metric.h"
#include "core/plugin_interface.h"
#include "core/rng.h"
#include "stdlib/register.h"

namespace nas {
namespace {

struct Plugin {
  std::string origin;  ///< file name and what is in the file
  void (*add)(Registry*) = nullptr;
};

Result<Plugin> open_plugin(const std::string& path) {
  const auto bytes = read_whole_file(path);
  if (!bytes) return Failure{bytes.failure().code, bytes.failure().message, "paths are relative to the current folder"};
  // With a slash, or the loader would look in the system's folders.
  void* library = dlopen(std::filesystem::absolute(path).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* why = dlerror();
    return Failure{"E828", fmt::format("the plug-in {} cannot be opened: {}", path, why ? why : "no reason given"),
                   "docs/howto.md shows how a plug-in is built"};
  }
  const auto interface = reinterpret_cast<const char* (*)()>(dlsym(library, "nas_plugin_interface"));
  Plugin plugin;
  plugin.add = reinterpret_cast<void (*)(Registry*)>(dlsym(library, "nas_plugin_add"));
  if (!interface || !plugin.add)
    return Failure{"E828", fmt::format("{} is no plug-in: it has no NAS_PLUGIN(...)", path),
                   "docs/howto.md shows how a plug-in is built"};
  if (std::string(interface()) != kPluginInterface)
    return Failure{
        "E829", fmt::format("the plug-in {} is for the interface {}, this program has {}", path, interface(), kPluginInterface),
        "build it again with the headers of this program"};
  plugin.origin = fmt::format("{} {:016x}", std::filesystem::path(path).filename().string(), stable_hash(*bytes));
  return plugin;
}

Registry components_of(const Plugin& plugin) {
  Registry registry;
  plugin.add(&registry);
  return registry;
}

}  // namespace

Result<std::function<void(Registry&)>> open_plugins(const std::vector<std::string>& paths) {
  std::vector<Plugin> plugins;
  Registry known;
  add_stdlib(known);
  for (const std::string& path : paths) {
    auto plugin = open_plugin(path);
    if (!plugin) return plugin.failure();
    Registry theirs = components_of(*plugin);
    for (const Component* component : theirs.all())
      if (known.find(component->kind, component->name))
        return Failure{"E831",
                       fmt::format("the plug-in {} brings the {} {}, which is there already", path,
                                   component_kind_name(component->kind), component->name),
                       "give it another name"};
    for (const MetricId& metric : theirs.metrics())
      if (const auto there = known.metric(metric.name); there && metric.own && !(there->own && *there->own == *metric.own))
        return Failure{"E831", fmt::format("the plug-in {} brings the metric {}, which is there already", path, metric.name),
                       "give it another name"};
    known.take(std::move(theirs), plugin->origin);
    plugins.push_back(std::move(*plugin));
  }
  return std::function<void(Registry&)>([plugins](Registry& registry) {
    for (const Plugin& plugin : plugins) registry.take(components_of(plugin), plugin.origin);
  });
}

}  // namespace nas
