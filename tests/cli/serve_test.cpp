// `nas serve`, the other end of the device `remote`, as a process.
#include "shell.h"

namespace fs = std::filesystem;
using namespace nas::testing;

namespace {

class ServeProcess : public InFolder {
 protected:
  void SetUp() override {
    InFolder::SetUp();
    if (!fs::exists(NAS_BINARY_DIR "/bin/nas")) GTEST_SKIP() << "the tool is not built";
    if (!fs::exists(NAS_BINARY_DIR "/lib/nas/libnas_torch.so")) GTEST_SKIP() << "the LibTorch module is not built";
  }
  Outcome run(const std::string& line) const {
    Outcome outcome = run_line("export NAS_STDLIB=" NAS_SOURCE_DIR "/stdlib; nas=" NAS_BINARY_DIR "/bin/nas; cd " +
                               quoted(folder_.string()) + "; " + line);
    outcome.text = shown(outcome.text);
    return outcome;
  }
};

}  // namespace

TEST_F(ServeProcess, AnswersUntilItsInputEndsAndIsNoCommandForPeople) {
  const Outcome answered = run("printf 'nonsense\\n{\"id\": 2, \"metric\": \"latency\"}\\n' | $nas serve --threads 1");
  EXPECT_EQ(answered.code, 0);
  EXPECT_EQ(answered.text,
            "{\"error\":\"this is no request: an object with an id is needed\",\"id\":null}\n"
            "{\"error\":\"layers is no list of an input and further layers\",\"id\":2}\n");
  EXPECT_EQ(run("$nas --help").text.find("serve"), std::string::npos);
  EXPECT_EQ(run("$nas completion fish").text.find("serve"), std::string::npos);
}

// The whole way: a script, a child process in place of ssh, this tool at its other end, LibTorch.
TEST_F(ServeProcess, ARemoteDeviceMeasuresThroughIt) {
  write("there.sh", "echo \"$1\" >> hosts\nshift\nexec \"$@\"\n");
  write("s.nas",
        "space net = tiny_mobilenet()\ndevice box = remote(\"nas-box\", via = \"sh there.sh\", program = \"" NAS_BINARY_DIR
        "/bin/nas\")\nprofile base = latency over net on box { samples = 3 }\nshow base\n");
  EXPECT_EQ(run("$nas run --quiet s.nas").code, 1);  // nobody has allowed it
  const Outcome measured = run("$nas run --quiet --allow-run s.nas");
  EXPECT_EQ(measured.code, 0) << measured.text;
  EXPECT_TRUE(measured.text.starts_with("latency@box of 3 networks: ")) << measured.text;
  EXPECT_EQ(read("hosts"), "nas-box\n");
}
