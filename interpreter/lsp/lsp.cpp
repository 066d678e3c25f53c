#include "lsp/lsp.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "lsp/messages.h"
#include "lsp/server.h"

namespace nas {
namespace {

bool write_all(int out, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto n = write(out, text.data() + done, text.size() - done);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

int run_lsp(const Options& options, int in, int out) {
  bool heard = true;
  LanguageServer server(options, [&](const nlohmann::json& message) {
    const std::string text = message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    heard = heard && write_all(out, framed(text));
  });
  MessageReader reader;
  bool more = true, busy = false;
  std::array<char, 1 << 16> bytes;
  while (heard && !server.finished()) {
    // All that has come is taken in before the next question is answered: it may be cancelled, its text may have changed.
    pollfd input{in, POLLIN, 0};
    const int ready = more ? poll(&input, 1, busy ? 0 : -1) : 0;
    if (ready > 0) {
      const auto n = read(in, bytes.data(), bytes.size());
      if (n > 0) {
        reader.feed({bytes.data(), static_cast<std::size_t>(n)});
        while (auto next = reader.next())
          next->complaint.empty() ? server.receive(next->content) : server.unreadable(next->complaint);
        busy = true;
        continue;
      }
      if (n < 0 && errno == EINTR) continue;
      more = false;
      if (const std::string complaint = reader.at_end(); !complaint.empty()) server.unreadable(complaint);
    }
    busy = server.work();
    if (!busy && !more) break;
  }
  return server.exit_code();
}

}  // namespace nas
