// `remote(...)`: this tool on another machine, asked in the language of `command`. The other machine is a child process here:
// `via` takes the place of ssh.
#include <fmt/format.h>

#include <set>
#include <sstream>

#include "../engine/engine_fixture.h"
#include "core/memory_runner.h"
#include "core/network.h"
#include "device_fixture.h"
#include "embed/serve.h"
#include "stdlib/devices/network_json.h"
#include "tests/space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

/// Times a network by what it is: a nanosecond for each operation; it was disturbed where the reference is not the network
/// itself.
class ByOperations : public FakeRunner, public MemoryRunner {
 public:
  ByOperations() : FakeRunner("") {}
  Result<void> latency(std::span<const Network> networks, const Network& reference, const LatencyOptions& options,
                       const std::function<bool()>&, const std::function<void(std::size_t, const Measurement&)>& done) override {
    for (std::size_t i = 0; i < networks.size(); ++i) {
      if (networks[i].macs() < 1000) return Failure{"E830", "this back end has no layer so small", ""};
      done(i, {.value = 1e-9 * static_cast<double>(networks[i].macs()) * options.threads * options.batch,
               .spread = 1e-9,
               .count = 11,
               .disturbed = reference.macs() != networks[i].macs()});
    }
    return {};
  }
  /// A byte for each parameter and image.
  Result<void> memory(std::span<const Network> networks, const LatencyOptions& options, const std::function<bool()>&,
                      const std::function<void(std::size_t, const Measurement&)>& done) override {
    for (std::size_t i = 0; i < networks.size(); ++i)
      done(i, {.value = static_cast<double>(networks[i].params()) * options.batch});
    return {};
  }
};

/// What `nas serve` answers to these lines.
std::vector<nlohmann::json> answers(const std::string& requests, const ServeOptions& serving = {}) {
  Options options;
  options.open_runner = [] { return Result<std::unique_ptr<NetworkRunner>>(std::make_unique<ByOperations>()); };
  std::istringstream in(requests);
  std::ostringstream out;
  EXPECT_TRUE(serve(options, serving, in, out));
  std::vector<nlohmann::json> list;
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) list.push_back(nlohmann::json::parse(line));
  return list;
}

Network small_network() {
  const auto made = compile_stdlib("tiny_mobilenet");
  return made->space->network(made->space->smallest());
}

class Remote : public DeviceTest {
 protected:
  /// A script in place of ssh: it is given the host, the program and its arguments.
  void write_ssh(const std::string& does) const { write("ssh.sh", "echo \"$@\" >> called\n" + does + "\n"); }
  static std::string script(const std::string& arguments = "") {
    return "seed 1\nspace net = tiny_mobilenet()\ndevice box = remote(\"nas-box\", threads = 2, batch = 4, via = \"sh ssh.sh\"" +
           arguments + ")\nprofile base = latency over net on box { samples = 4 }\nshow base\n";
  }
};

}  // namespace

TEST(NetworkJson, EveryNetworkComesBackWhole) {
  for (const char* name : {"tiny_mobilenet", "ofa_mobilenetv3", "nasbench201", "hat_transformer", "bert", "vit", "fbnet"}) {
    const auto made = compile_stdlib(name);
    ASSERT_TRUE(made->space) << made->errors();
    for (const Arch& arch : {made->space->smallest(), made->space->largest()}) {
      const Network network = made->space->network(arch);
      auto back = network_from(nlohmann::json::parse(layers_json(network).dump()));
      ASSERT_TRUE(back) << name << ": " << back.failure().message;
      ASSERT_EQ(back->layers.size(), network.layers.size());
      EXPECT_EQ(back->macs(), network.macs()) << name;
      EXPECT_EQ(back->params(), network.params()) << name;
      EXPECT_EQ(back->peak_memory_bytes(), network.peak_memory_bytes()) << name;
      EXPECT_EQ(layers_json(*back), layers_json(network)) << name;
      for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const Layer &a = network.layers[i], &b = back->layers[i];
        EXPECT_TRUE(a.kind == b.kind && a.act == b.act && a.bias == b.bias && a.causal == b.causal && a.kernel == b.kernel &&
                    a.stride == b.stride && a.pad == b.pad && a.groups == b.groups && a.heads == b.heads &&
                    a.epsilon == b.epsilon && a.out == b.out && a.inputs == b.inputs && a.path == b.path)
            << name << " layer " << i;
      }
    }
  }
}

TEST(NetworkJson, WhatIsWrongWithALayerIsSaid) {
  const nlohmann::json good = layers_json(small_network());
  const auto mistake = [&](const std::function<void(nlohmann::json&)>& change) {
    nlohmann::json layers = good;
    change(layers);
    const auto read = network_from(layers);
    return read ? "none" : read.failure().message;
  };
  EXPECT_EQ(mistake([](auto&) {}), "none");
  EXPECT_EQ(mistake([](auto& l) { l = "network"; }), "layers is no list of an input and further layers");
  EXPECT_EQ(mistake([](auto& l) { l[1] = 3; }), "layer 1 is no object");
  EXPECT_EQ(mistake([](auto& l) { l[1]["kind"] = "magic"; }), "layer 1 is of no known kind (magic)");
  EXPECT_EQ(mistake([](auto& l) { l[0]["kind"] = "conv"; }), "layer 0 is no input");
  EXPECT_EQ(mistake([](auto& l) { l[2]["kind"] = "input"; }), "layer 2 has no list of inputs");
  EXPECT_EQ(mistake([](auto& l) { l[1].erase("out"); }), "layer 1 has no shapes in and out of three whole numbers each");
  EXPECT_EQ(mistake([](auto& l) { l[1]["in"] = {3, 0, 4}; }), "layer 1 has no shapes in and out of three whole numbers each");
  EXPECT_EQ(mistake([](auto& l) {
              l[1]["in"] = {1 << 30, 1 << 30, 1 << 30};
            }),
            "layer 1 has no shapes in and out of three whole numbers each");
  EXPECT_EQ(mistake([](auto& l) { l[1].erase("inputs"); }), "layer 1 has no list of inputs");
  EXPECT_EQ(mistake([](auto& l) { l[1]["inputs"] = {1}; }), "layer 1 has an input that is no earlier layer");
  EXPECT_EQ(mistake([](auto& l) { l[1]["inputs"] = {-1}; }), "layer 1 has an input that is no earlier layer");
  EXPECT_EQ(mistake([](auto& l) { l[1]["stride"] = 0; }), "layer 1 has a kernel, stride, pad, groups or heads out of bounds");
  EXPECT_EQ(mistake([](auto& l) { l[1]["kernel"] = 1.5; }), "layer 1 has a kernel, stride, pad, groups or heads out of bounds");
  EXPECT_EQ(mistake([](auto& l) { l[1]["act"] = "step"; }), "layer 1 has no known activation (step)");
}

TEST(Serve, AnswersInSecondsAndOnceForEachRequest) {
  const Network network = small_network();
  nlohmann::json request = {{"id", 7}, {"metric", "latency"}, {"layers", layers_json(network)}};
  const auto alone = answers(request.dump() + "\n", {.threads = 2, .batch = 4});
  ASSERT_EQ(alone.size(), 1u);
  EXPECT_EQ(alone[0]["id"], 7);
  EXPECT_DOUBLE_EQ(alone[0]["value"], 8e-9 * static_cast<double>(network.macs()));
  EXPECT_EQ(alone[0]["spread"], 1e-9);
  EXPECT_EQ(alone[0]["count"], 11);
  EXPECT_EQ(alone[0]["disturbed"], false);  // without a reference it stands beside itself
  // The reference stays for the requests behind it.
  const auto made = compile_stdlib("tiny_mobilenet");
  nlohmann::json first = request, second = request;
  first["reference"] = layers_json(made->space->network(made->space->largest()));
  second["id"] = 8;
  second["metric"] = "throughput";
  const auto both = answers(first.dump() + "\n" + second.dump() + "\n");
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0]["disturbed"], true);
  EXPECT_EQ(both[1]["disturbed"], true);
  EXPECT_DOUBLE_EQ(both[1]["value"], 1 / both[0]["value"].get<double>());
}

TEST(Serve, MemoryIsAskedForLikeAnyMetric) {
  const Network network = small_network();
  const nlohmann::json request = {{"id", 7}, {"metric", "memory"}, {"layers", layers_json(network)}};
  const auto list = answers(request.dump() + "\n", {.threads = 2, .batch = 4});
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0]["value"], 4.0 * static_cast<double>(network.params()));
}

TEST(Serve, AWrongRequestIsAnsweredAndTheNextOneIsServed) {
  nlohmann::json good = {{"id", 9}, {"metric", "latency"}, {"layers", layers_json(small_network())}};
  const auto list = answers(
      "nonsense\n[1, 2]\n{\"metric\": \"latency\"}\n{\"id\": 3, \"metric\": \"beauty\"}\n{\"id\": 4}\n"
      "{\"id\": 5, \"metric\": \"accuracy\", \"layers\": []}\n{\"id\": 6, \"metric\": \"latency\", \"layers\": []}\n"
      "{\"id\": 7, \"metric\": \"latency\", \"layers\": [{\"kind\": \"input\", \"in\": [1, 2, 2], \"out\": [1, 2, 2]}, "
      "{\"kind\": "
      "\"flatten\", \"in\": [1, 2, 2], \"out\": [1, 4, 1], \"inputs\": [0]}]}\n" +
      good.dump() + "\n");
  ASSERT_EQ(list.size(), 9u);
  const auto error = [&](std::size_t i) { return list[i].value("error", ""); };
  EXPECT_EQ(error(0), "this is no request: an object with an id is needed");
  EXPECT_EQ(error(1), "this is no request: an object with an id is needed");
  EXPECT_EQ(error(2), "this is no request: an object with an id is needed");
  EXPECT_EQ(error(3), "there is no metric \"beauty\"");
  EXPECT_EQ(error(4), "there is no metric null");
  EXPECT_EQ(error(5), "a cpu device cannot measure accuracy");
  EXPECT_EQ(error(6), "layers is no list of an input and further layers");
  EXPECT_EQ(error(7), "this back end has no layer so small");
  EXPECT_EQ(list[7]["id"], 7);
  EXPECT_TRUE(list[8].contains("value"));
}

TEST_F(Remote, IsCalledWithTheHostAndMeasuresWhatTheOtherMachineAnswers) {
  // The other machine answers with a millisecond for a thousand operations, in seconds.
  write_program("  echo \"{\\\"id\\\": $id, \\\"value\\\": $((macs / 1000))e-6}\"");
  write_ssh("exec sh board.sh");
  const Outcome outcome = run(script());
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(read("called"), "nas-box nas serve --threads 2 --batch 4\n");
  EXPECT_TRUE(outcome.printed.starts_with("latency@box of 4 networks: 1.092 to 1.535 ms, median 1.258 ms\n")) << outcome.printed;
  EXPECT_EQ(lines("asked").size(), 4u);
}

// A name means one machine to ssh and another to what stands in its place: values of the one are not those of the other.
TEST_F(Remote, WhatIsReachedAnotherWayIsAnotherMachine) {
  write_program("  echo \"{\\\"id\\\": $id, \\\"value\\\": $((macs / 1000))e-6}\"");
  write_ssh("exec sh board.sh");
  write("docker.sh", "echo docker >> called\nexec sh board.sh\n");
  std::string other = script();
  other.replace(other.find("ssh.sh"), 6, "docker.sh");
  ASSERT_EQ(run(script()).status, Status::ok);
  ASSERT_EQ(run(script()).status, Status::ok);  // reused
  ASSERT_EQ(run(other).status, Status::ok);
  EXPECT_EQ(read("called"), "nas-box nas serve --threads 2 --batch 4\ndocker\n");
  EXPECT_EQ(lines("asked").size(), 8u);
}

TEST_F(Remote, AConnectionThatBreaksIsMadeAgainAndToldTheReferenceAgain) {
  write("board.sh",
        "n=0\nwhile read -r line; do n=$((n + 1)); if [ $n -gt 2 ]; then echo 'Connection to nas-box closed by remote host.' "
        ">&2; exit "
        "255; fi\n"
        "case $line in *reference*) echo with >> references ;; *) echo without >> references ;; esac\n"
        "id=$(printf '%s' \"$line\" | sed 's/.*\"id\":\\([0-9]*\\).*/\\1/')\n"
        "echo \"{\\\"id\\\": $id, \\\"value\\\": 0.002}\"\ndone\n");
  write_ssh("exec sh board.sh");
  const Outcome outcome = run(script());
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  EXPECT_EQ(read("references"), "with\nwithout\nwith\nwithout\n");
  EXPECT_EQ(outcome.printed,
            "latency@box of 4 networks: 2 to 2 ms, median 2 ms\n"
            "  nas-box was started 1 time more: it ended with exit code 255: Connection to nas-box closed by remote host.\n");
}

TEST_F(Remote, WhatSshSaysIsTold) {
  write_ssh("echo 'ssh: connect to host nas-box port 22: Connection refused' >&2; exit 255");
  EXPECT_EQ(
      run(script(", retries = 0, failures = 1")).text,
      "error[E843]: nas-box has given no value for 1 network: it ended with exit code 255: ssh: connect to host nas-box port 22: "
      "Connection refused\n"
      " --> s.nas:4:1\n"
      "4 | profile base = latency over net on box { samples = 4 }\n"
      "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ docs/devices.md says what it is asked and what it has to "
      "answer\n"
      "  = More: nas explain E843\n");
  write_ssh("sh: nas: not found >&2; exit 127");
  EXPECT_NE(sentence(run(script(", retries = 0, failures = 1"))).find("it ended with exit code 127"), std::string::npos);
}

TEST_F(Remote, NeedsPermissionAndAHost) {
  EXPECT_EQ(run("space net = tiny_mobilenet()\ndevice box = remote(\"-oProxyCommand=touch here\")\n"
                "profile base = latency over net on box\nshow base\n")
                .text,
            "error[E844]: \"-oProxyCommand=touch here\" is no name of a host\n"
            " --> s.nas:2:1\n"
            "2 | device box = remote(\"-oProxyCommand=touch here\")\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ e.g. remote(\"board.local\")\n"
            "  = More: nas explain E844\n");
  options_.allow_run = false;
  write_ssh("exit 1");
  EXPECT_EQ(sentence(run(script())), "error[E842]: this script would start a program: sh ssh.sh nas-box");
  EXPECT_EQ(lines("called").size(), 0u);
}
