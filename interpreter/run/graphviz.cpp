#include "run/graphviz.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/child_process.h"

namespace nas {

Result<std::string> draw_graph(const std::string& graph) {
  if (!program_present("dot"))
    return Failure{"E819", "the program dot is not installed: networks cannot be drawn", "apt-get install graphviz"};
  const Failure failed{"E830", "the program dot gave no drawing", ""};
  // Through a file: a pipe to a program that ends early would end this one.
  std::string file = (std::filesystem::temp_directory_path() / "nas_graph_XXXXXX").string();
  const int handle = mkstemp(file.data());
  if (handle < 0) return Failure{"E803", "no temporary file can be made", "set TMPDIR to a folder that can be written"};
  const bool whole = write(handle, graph.data(), graph.size()) == static_cast<ssize_t>(graph.size());
  close(handle);
  std::string svg;
  int status = -1;
  if (FILE* pipe = whole ? popen(("dot -Tsvg '" + file + "' 2>/dev/null").c_str(), "r") : nullptr) {
    std::array<char, 1 << 16> part;
    for (std::size_t n; (n = fread(part.data(), 1, part.size(), pipe)) > 0;) svg.append(part.data(), n);
    status = pclose(pipe);
  }
  std::filesystem::remove(file);
  if (status != 0 || svg.find("</svg>") == std::string::npos) return failed;
  return svg;
}

}  // namespace nas
