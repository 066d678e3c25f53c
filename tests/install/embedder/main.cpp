// A program with the language inside: check, plan, run, watch, read results, cancel.
#include <chrono>
#include <cstdio>
#include <thread>

#include "core/component.h"
#include "embed/interpreter.h"

namespace nas {
Component nearest();  // nearest.cpp
}

const char* const kScript =
    "param generations : int = 20 in 1..1000000\n"
    "space net = tiny_mobilenet()\n"
    "show net.largest.macs\n"
    "search front = nsga2(population = 40, generations = generations) with direct()\n"
    "  of maximize params, minimize macs\n"
    "export front as csv to \"front.csv\"\n";

nas::Options options_in(const std::string& folder) {
  nas::Options options;
  options.store_folder = folder + "/store";
  options.output_folder = folder;
  options.stdlib_folders = {NAS_STDLIB_FOLDER};  // defined by nas::nas
  options.module_folders = {NAS_MODULE_FOLDER};
  options.extend = [](nas::Registry& registry) { registry.add(nas::nearest()); };
  return options;
}

/// A run to the end: what it prints and does arrives through callbacks, what it found as a struct.
int search(const std::string& folder) {
  nas::Callbacks callbacks;
  callbacks.print = [](const std::string& text) { std::printf("prints: %s", text.c_str()); };
  callbacks.progress = [](const nas::ProgressEvent& event) {
    if (event.kind == nas::ProgressEvent::Kind::finished) std::printf("finished: %s\n", event.stage.c_str());
  };
  nas::Interpreter interpreter(options_in(folder), callbacks);
  interpreter.load_text("embedded", kScript);
  if (interpreter.check() != nas::Status::ok) {
    std::fputs(interpreter.render_diagnostics(false).c_str(), stderr);
    return 1;
  }
  if (interpreter.plan() != nas::Status::ok) return 1;
  const nlohmann::json plan = interpreter.plan_json();
  for (const auto& stage : plan["stages"])
    std::printf("plan: %s %s\n", stage["stage"].get<std::string>().c_str(), stage["name"].get<std::string>().c_str());
  if (const nas::Status status = interpreter.run(); status != nas::Status::ok) {
    std::fprintf(stderr, "%s\n", interpreter.failure_text().c_str());
    return static_cast<int>(status);
  }
  const auto front = interpreter.front("front");
  if (!front) return 1;
  const nas::FrontColumn* params = front->find("params");
  if (!params) return 1;
  std::printf("front: %zu networks, the largest has %.4f %s parameters\n", front->size(), params->numbers.front(), params->unit.c_str());
  return 0;
}

/// A run of hours that another thread ends.
int cancelled(const std::string& folder) {
  nas::Options options = options_in(folder);
  options.params = {{"generations", "1000000"}};
  nas::Interpreter interpreter(options);
  interpreter.load_text("embedded", kScript);
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    interpreter.cancel();
  });
  const nas::Status status = interpreter.run();
  other.join();
  std::printf("cancelled: %d\n", static_cast<int>(status));
  return status == nas::Status::interrupted ? 0 : 1;
}

/// Mistakes are data: a code, a place, a sentence.
int mistaken(const std::string& folder) {
  nas::Interpreter interpreter(options_in(folder));
  interpreter.load_text("embedded", "space net = tiny_mobilenet()\nsearch front = nsga9() of minimize macs\n");
  const nas::Status status = interpreter.check();
  for (const nas::Diagnostic& d : interpreter.diagnostics().all()) std::printf("%s: %s\n", d.code.c_str(), d.message.c_str());
  const auto known = interpreter.doc_text("nearest");
  std::printf("own component: %s\n", known ? "known" : "unknown");
  return status == nas::Status::script_error && known ? 0 : 1;
}

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : ".";
  if (const int code = search(folder)) return code;
  if (const int code = cancelled(folder)) return code;
  return mistaken(folder);
}
