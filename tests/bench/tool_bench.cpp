// bench_tool: what the tool takes to start, to find a mistake and to check a long script, beside the limits set for it.
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/statistics.h"
#include "embed/document.h"
#include "embed/session.h"
#include "processes.h"
#include "tests/repl/terminal.h"

namespace {

template <typename Work>
void print_times(const std::string& name, double limit_ms, Work work) {
  std::vector<double> ms;
  for (int i = 0; i < 21; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  fmt::print("  {:<44} {:>6.1f} ms  (best of 21: {:.1f}){}\n", name, nas::median(ms), *std::min_element(ms.begin(), ms.end()),
             limit_ms > 0 ? fmt::format("  limit {:.0f} ms", limit_ms) : "");
}

void print(const std::string& name, const std::vector<std::string>& arguments, double limit_ms) {
  print_times(name, limit_ms, [&] { run_silently(arguments); });
}

/// Ten searches to a space.
std::string long_document(int lines) {
  std::string text = "seed 1\n";
  for (int i = 1, n = 1; n < lines; ++i) {
    if (i % 10 == 1) {
      text += fmt::format(
          "def space s{0}(width: int = 32) {{\n  input = image(channels = 3, size = 32)\n  stem = conv(kernel = 3, out = width)\n"
          "  repeat stage in 1..4 {{\n    kernel = choice(3, 5, 7)\n    repeat choice(2, 3, 4) {{\n"
          "      mbconv(kernel = kernel, expand = choice(3, 4, 6), out = 16 * stage)\n    }}\n  }}\n  head = linear(10)\n}}\n"
          "space net{0} = s{0}(width = 16)\n",
          i);
      n += 12;
    }
    text += fmt::format(
        "search front{0} = nsga2(population = 40, generations = 30) with direct()\n  of maximize params, minimize macs\n"
        "  over net{1}\n  where macs < {2}M\nlet h{0} = {0} * 2 + 3\nrequire h{0} < 10000000, \"too much\"\nshow h{0}, "
        "front{0}\n",
        i, i - (i - 1) % 10, 500 + i);
    n += 7;
  }
  return text;
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("nas_bench_{}_tool", getpid());
  std::filesystem::create_directories(folder);
  const auto broken = folder / "broken.nas", lines = folder / "lines.nas", search = folder / "search.nas";
  std::ofstream(broken) << "space net = nasbench201()\nsearch front = nsga9()\n";
  std::ofstream long_script(lines);
  for (int i = 0; i < 1000; ++i) fmt::print(long_script, "let x{} = {}ms + 2us\n", i, i);
  long_script.close();
  std::ofstream(search) << "space net = ofa_mobilenetv3()\n"
                           "search front = nsga2(population = 50, generations = 200) of maximize params, minimize macs\n";
  stay_on_one_core();
  const std::string tool = NAS_BINARY_DIR "/bin/nas";
  fmt::print("The tool, whole processes from their start to their end, on one core\n");
  print("a process that does nothing (true)", {"/bin/true"}, 0);
  print("nas --version", {tool, "--version"}, 5);
  print("first diagnostic of a broken script", {tool, "check", broken.string()}, 10);
  print("check of 1,000 lines", {tool, "check", lines.string()}, 20);
  print("run of NSGA-II 50 x 200 on the OFA space",
        {tool, "run", "--fresh", "--store", (folder / "store").string(), search.string()}, 10);
  fmt::print("A session\n");
  print_times("from the start to the prompt", 30, [&] {
    nas::testing::Terminal terminal({NAS_BINARY_DIR "/bin/nas", "repl"},
                                    {{"TERM", "xterm"}, {"NAS_HISTORY", (folder / "history").string()}}, folder.string());
    if (!terminal.until_ends("nas>")) std::abort();
  });
  nas::Options options;
  options.stdlib_folders = {NAS_SOURCE_DIR "/stdlib"};
  options.store_folder = (folder / "store").string();
  nas::Session session(options);
  std::string names = "space net = ofa_mobilenetv3()\n";
  for (int i = 0; i < 1000; ++i) names += fmt::format("let name{} = {}\n", i, i);
  if (session.enter(names) != nas::Status::ok) std::abort();
  const std::string entry = "search front = nsga2() of maximize name9";
  print_times("completion with 1,000 names", 5, [&] {
    if (session.complete(entry, entry.size()).candidates.size() != 111) std::abort();
  });
  print_times("check of an entry behind 1,000 others", 100, [&] {
    if (session.type_of("name999 + 1").status != nas::Status::ok) std::abort();
  });
  fmt::print("An editor, 2,000 lines with spaces, searches and values\n");
  const std::string text = long_document(2000);
  nas::Document document(options, (folder / "document.nas").string());
  const std::size_t last = text.rfind("front");
  // As a key is pressed: the text is another one each time.
  const auto changed = [&](auto question) {
    return [&, question] {
      document.set_text(text);
      if (!question()) std::abort();
    };
  };
  print_times("mistakes", 50, changed([&] { return document.mistakes().size() == 0; }));
  print_times("hover", 50, changed([&] { return document.hover(last).has_value(); }));
  print_times("completion", 50, changed([&] { return !document.complete(last + 3).candidates.empty(); }));
  print_times("definition", 50, changed([&] { return document.definition(last).size() == 1; }));
  print_times("references", 50, changed([&] { return document.references(last, true).size() > 1; }));
  print_times("outline", 50, changed([&] { return document.outline().size() > 100; }));
  print_times("formatting", 50, changed([&] { return document.formatted().has_value(); }));
  std::filesystem::remove_all(folder);
}
