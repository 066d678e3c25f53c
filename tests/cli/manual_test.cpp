// The manual pages: made from what --help prints, and read by groff without a complaint.
#include <sstream>

#include "shell.h"

namespace {

using namespace nas::testing;

class Manual : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    if (!std::filesystem::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
  }
  std::string text_of(const std::string& line) const {
    return run_line("nas=" NAS_BINARY_DIR "/bin/nas; cd " + quoted(folder_.string()) + "; " + line).text;
  }
};

TEST_F(Manual, EveryCommandHasAManualPageWithAllOfItsOptions) {
  ASSERT_EQ(text_of("mkdir pages && $nas man --all pages"), "");
  EXPECT_EQ(read("pages/nas.1"), text_of("$nas man"));
  EXPECT_EQ(text_of("$nas man run"), read("pages/nas-run.1"));
  const std::string page = read("pages/nas-explain.1");
  EXPECT_EQ(page,
            ".TH NAS\\-EXPLAIN 1 \"\" \"nas 0.1.0\" \"nas manual\"\n.SH NAME\n"
            "nas\\-explain \\- cause of an error, a wrong and a right example; without a code, all codes\n"
            ".SH SYNOPSIS\n.B nas explain\n[\\fIcode\\fR]\n[options]\n.SH ARGUMENTS\n.TP\n.I code\nas printed: E302\n"
            ".SH OPTIONS\n.TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nthis text\n"
            ".TP\n\\fB\\-\\-format\\fR \\fItext|json\\fR\nfor people, or for programs\n"
            ".SH EXAMPLES\n.nf\nnas explain E302\n.fi\n.SH SEE ALSO\n.BR nas (1)\n");
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "pages")) {
    ++found;
    const std::string name = entry.path().stem().string(), command = name == "nas" ? "" : name.substr(4);
    // Every option that --help lists stands on the page.
    std::istringstream help(text_of("$nas " + command + " --help"));
    const std::string text = read("pages/" + entry.path().filename().string());
    for (std::string word; help >> word;) {
      while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.pop_back();
      if (!word.starts_with("--") || word.size() < 3 || word.find('=') != std::string::npos) continue;
      std::string escaped;
      for (const char c : word) escaped += c == '-' ? "\\-" : std::string(1, c);
      EXPECT_NE(text.find(escaped), std::string::npos) << name << " " << word;
    }
    EXPECT_EQ(
        text_of("command -v groff >/dev/null || exit 0; groff -man -Tutf8 -ww -z pages/" + entry.path().filename().string()), "")
        << name;
  }
  EXPECT_EQ(found, 18);
}

}  // namespace
