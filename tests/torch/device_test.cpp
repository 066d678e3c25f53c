#include <gtest/gtest.h>

#include "../engine/engine_fixture.h"
#include "../space/space_fixture.h"
#include "core/component.h"
#include "core/memory_runner.h"
#include "core/rng.h"
#include "run/torch_module.h"
#include "stdlib/devices/energy_counter.h"
#include "stdlib/register.h"

namespace nas {
namespace {

/// Counters as the kernel lays them out, in a folder of the test's own.
class Energy : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_energy_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void domain(const std::string& zone, const std::string& name, const std::string& microjoules) {
    std::filesystem::create_directories(folder_ / zone);
    std::ofstream(folder_ / zone / "name") << name << '\n';
    std::ofstream(folder_ / zone / "max_energy_range_uj") << "1000000\n";
    std::ofstream(folder_ / zone / "energy_uj") << microjoules << '\n';
  }
  std::filesystem::path folder_;
};

TEST_F(Energy, PackagesAddUpAndRunOver) {
  domain("intel-rapl:0", "package-0", "900000");
  domain("intel-rapl:1", "package-1", "100");
  domain("intel-rapl:0:0", "core", "5");  // part of a package: counted there
  auto counter = EnergyCounter::open(folder_);
  ASSERT_TRUE(counter) << counter.failure().message;
  EXPECT_EQ(*counter->joules(), 0);
  domain("intel-rapl:0", "package-0", "950000");
  domain("intel-rapl:1", "package-1", "600");
  EXPECT_DOUBLE_EQ(*counter->joules(), 0.0505);
  domain("intel-rapl:0", "package-0", "20000");  // over the range of 1 J: 0.07 J more
  EXPECT_DOUBLE_EQ(*counter->joules(), 0.1205);
}

TEST_F(Energy, SaysWhyThereIsNone) {
  const std::string place = folder_.string();
  auto absent = EnergyCounter::open(folder_ / "powercap");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.failure().code, "E708");
  EXPECT_EQ(absent.failure().message, "energy cannot be measured on this machine: there is no " + place + "/powercap");
  EXPECT_EQ(absent.failure().hint,
            "virtual machines seldom have energy counters; a table of measured energies can be used instead: table(...)");
  domain("intel-rapl:0", "dram", "5");
  auto other = EnergyCounter::open(folder_);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.failure().message,
            "energy cannot be measured on this machine: " + place + " has no counter of a processor package");
  domain("intel-rapl:0", "package-0", "5");
  auto counter = EnergyCounter::open(folder_);
  ASSERT_TRUE(counter);
  std::filesystem::remove(folder_ / "intel-rapl:0/energy_uj");
  auto gone = counter->joules();
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.failure().code, "E708");
  EXPECT_EQ(gone.failure().message, "energy cannot be measured on this machine: " + place +
                                        "/intel-rapl:0/energy_uj cannot be read (No such file or directory)");
  EXPECT_EQ(gone.failure().hint,
            "the counters are for root unless an administrator opens them: chmod a+r /sys/class/powercap/*/energy_uj");
}

/// Every pass takes two milliseconds; `meanwhile` happens during the series.
class Steady : public testing::FakeRunner {
 public:
  Steady() : FakeRunner("") {}
  Result<void> latency(std::span<const Network> networks, const Network&, const LatencyOptions& options,
                       const std::function<bool()>& cancelled,
                       const std::function<void(std::size_t, const Measurement&)>& done) override {
    asked = options;
    for (std::size_t i = 0; i < networks.size(); ++i) {
      options.series(true);
      meanwhile();
      options.series(false);
      if (cancelled()) return Failure{"cancelled", "interrupted", ""};
      done(i, {.value = 2e-3, .spread = 1e-4, .count = 50, .seconds = 0.1});
    }
    return {};
  }
  std::function<void()> meanwhile = [] {};
  LatencyOptions asked;
};

class SteadyServices : public Services {
 public:
  Result<std::string> read_file(const std::string&) override { return Failure{"E801", "no files", ""}; }
  Result<std::string> input_path(const std::string&) override { return Failure{"E801", "no files", ""}; }
  Result<NetworkRunner*> runner() override { return given ? given : &runner_; }
  nlohmann::json module_identity() const override { return {{"training", "t 1"}, {"timing", module}, {"cuda", cuda}}; }
  int threads() const override { return 1; }
  std::string module = "m 1";
  bool cuda = false;
  NetworkRunner* given = nullptr;
  Steady runner_;
};

class CpuMetrics : public ::testing::Test {
 protected:
  std::shared_ptr<Device> host() {
    if (!registry_.find(ComponentKind::device, "cpu")) add_devices(registry_);
    auto built = registry_.find(ComponentKind::device, "cpu")->build({{"batch", 8}}, services_);
    return std::static_pointer_cast<Device>(*built);
  }
  Registry registry_;
  SteadyServices services_;
};

TEST_F(CpuMetrics, ThroughputIsTheBatchOverTheLatency) {
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const std::vector<Arch> one{made->space->largest()};
  Measurement latency, throughput;
  for (auto [metric, into] : {std::pair("latency", &latency), std::pair("throughput", &throughput)}) {
    auto source = host()->source(*find_metric(metric));
    ASSERT_TRUE(source) << source.failure().message;
    EXPECT_TRUE((*source)->exclusive());
    ASSERT_TRUE((*source)->measure(*made->space, one, {}, [into = into](std::size_t, const Measurement& m) { *into = m; }));
  }
  EXPECT_DOUBLE_EQ(latency.value, 2e-3);
  EXPECT_DOUBLE_EQ(throughput.value, 4000);
  EXPECT_DOUBLE_EQ(throughput.spread, 200);  // as large a share as that of the latency
  EXPECT_EQ(throughput.count, 50);
  EXPECT_NE((*host()->source(*find_metric("latency")))->key(), (*host()->source(*find_metric("throughput")))->key());
}

TEST_F(Energy, IsThatOfOneImageWhileTheSeriesRuns) {
  domain("intel-rapl:0", "package-0", "1000");
  SteadyServices services;
  const auto built = cpu_device(folder_).build({{"batch", 8}, {"time_cap", 0.05}}, services);
  ASSERT_TRUE(built);
  const auto source = std::static_pointer_cast<Device>(*built)->source(*find_metric("energy"));
  ASSERT_TRUE(source) << source.failure().message;
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const std::vector<Arch> two{made->space->largest(), made->space->smallest()};
  int used = 1000;
  services.runner_.meanwhile = [&] {
    domain("intel-rapl:0", "package-0", std::to_string(used += used == 1000 ? 400000 : 200000));
  };
  std::vector<Measurement> seen;
  ASSERT_TRUE((*source)->measure(*made->space, two, {}, [&](std::size_t, const Measurement& m) { seen.push_back(m); }));
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_DOUBLE_EQ(seen[0].value, 0.4 / (50 * 8));  // joules over passes and images of a pass
  EXPECT_DOUBLE_EQ(seen[1].value, 0.2 / (50 * 8));
  EXPECT_EQ(seen[0].spread, 0);
  EXPECT_EQ(services.runner_.asked.least_s, 0.25);  // long against the millisecond in which counters move, whatever the cap says
  EXPECT_EQ(services.runner_.asked.time_cap_s, 0.25);

  // A counter that goes away in the middle ends the measurement; nothing is made up.
  services.runner_.meanwhile = [&] { std::filesystem::remove(folder_ / "intel-rapl:0/energy_uj"); };
  seen.clear();
  const auto gone = (*source)->measure(*made->space, two, {}, [&](std::size_t, const Measurement& m) { seen.push_back(m); });
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.failure().code, "E708");
  EXPECT_TRUE(seen.empty());
}

/// Holds a byte for each multiply-accumulate operation and image.
class Counting : public Steady, public MemoryRunner {
 public:
  Result<void> memory(std::span<const Network> networks, const LatencyOptions& options, const std::function<bool()>& cancelled,
                      const std::function<void(std::size_t, const Measurement&)>& done) override {
    for (std::size_t i = 0; i < networks.size(); ++i) {
      if (cancelled()) return Failure{"cancelled", "interrupted", ""};
      done(i, {.value = static_cast<double>(networks[i].macs()) * options.batch});
    }
    return {};
  }
};

TEST_F(CpuMetrics, MemoryIsCountedAndNotTimed) {
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const std::vector<Arch> two{made->space->largest(), made->space->smallest()};
  const auto source = *host()->source(*find_metric(MetricId{"memory", "host"}));
  EXPECT_TRUE(source->key().starts_with("memory {")) << source->key();
  // A runner that cannot tell says so.
  const auto cannot = source->measure(*made->space, two, {}, [](std::size_t, const Measurement&) { FAIL(); });
  ASSERT_FALSE(cannot);
  EXPECT_EQ(cannot.failure().code, "E703");
  EXPECT_EQ(cannot.failure().message, "fake 1 does not tell what it allocates");
  Counting counting;
  services_.given = &counting;
  std::vector<double> bytes;
  ASSERT_TRUE(source->measure(*made->space, two, {}, [&](std::size_t i, const Measurement& m) {
    EXPECT_EQ(i, bytes.size());
    EXPECT_EQ(m.spread, 0);
    bytes.push_back(m.value);
  }));
  EXPECT_EQ(bytes, (std::vector<double>{8.0 * static_cast<double>(made->space->macs(two[0].genes)),
                                        8.0 * static_cast<double>(made->space->macs(two[1].genes))}));
  MeasureContext stopped;
  stopped.cancelled = [] { return true; };
  EXPECT_EQ(source->measure(*made->space, two, stopped, [](std::size_t, const Measurement&) { FAIL(); }).failure().code,
            "cancelled");
}

/// What the real module counts for a network, in bytes.
std::vector<double> counted(NetworkRunner& runner, const std::vector<Network>& networks, int batch, bool half = false) {
  NetworkRunner::LatencyOptions options;
  options.batch = batch;
  options.precision = half ? NetworkRunner::Precision::bfloat16 : NetworkRunner::Precision::float32;
  std::vector<double> bytes;
  const auto ran = dynamic_cast<MemoryRunner&>(runner).memory(
      networks, options, [] { return false; }, [&](std::size_t, const Measurement& m) { bytes.push_back(m.value); });
  EXPECT_TRUE(ran) << ran.failure().message;
  return bytes;
}

// Layers that need nothing for themselves: what is alive at once is known. The images stay until the end.
TEST(Memory, OfSimpleLayersIsWhatIsAliveAtOnce) {
  auto runner = open_torch_module();
  ASSERT_TRUE(runner) << runner.failure().message;
  const Shape shape{4, 16, 16};
  constexpr double kTensor = 4 * 16 * 16 * 4;
  const auto step = [&](std::vector<std::int32_t> inputs, LayerKind kind = LayerKind::activation) {
    Layer layer;
    layer.kind = kind;
    layer.act = kind == LayerKind::activation ? Activation::sigmoid : Activation::none;
    layer.in = layer.out = shape;
    layer.inputs = std::move(inputs);
    return layer;
  };
  Network chain, branches;
  chain.layers = {step({}, LayerKind::input), step({0}), step({1}), step({2})};
  // Three values wait for the sum, which is made by two additions.
  branches.layers = {step({}, LayerKind::input), step({0}), step({1}), step({2}), step({1, 2, 3}, LayerKind::add)};
  EXPECT_EQ(counted(**runner, {chain, branches}, 1), (std::vector<double>{3 * kTensor, 6 * kTensor}));
  EXPECT_EQ(counted(**runner, {chain, branches}, 5), (std::vector<double>{15 * kTensor, 30 * kTensor}));
  EXPECT_EQ(counted(**runner, {chain}, 1, true), (std::vector<double>{1.5 * kTensor}));
}

// Of real networks it is the same each time, at least what their tensors need, and grows with the batch.
TEST(Memory, OfNetworksIsMoreThanTheirTensors) {
  auto runner = open_torch_module();
  ASSERT_TRUE(runner) << runner.failure().message;
  for (const char* name : {"tiny_mobilenet", "nasbench201"}) {
    const auto made = testing::compile_stdlib(name);
    std::vector<Network> networks{made->space->network(made->space->smallest()), made->space->network(made->space->largest())};
    Stream stream(3, name);
    for (int i = 0; i < 6; ++i) networks.push_back(made->space->network(*made->space->sample(stream)));
    const auto once = counted(**runner, networks, 1), four = counted(**runner, networks, 4);
    EXPECT_EQ(once, counted(**runner, networks, 1)) << name;
    for (std::size_t i = 0; i < networks.size(); ++i) {
      const auto tensors = static_cast<double>(networks[i].peak_memory_bytes());
      EXPECT_GE(once[i], tensors) << name << " " << i;
      EXPECT_LE(once[i], 8 * tensors) << name << " " << i;
      EXPECT_GT(four[i], 2 * once[i]) << name << " " << i;
    }
  }
}

TEST_F(CpuMetrics, AnotherModuleIsAnotherDevice) {
  const std::string key = (*host()->source(*find_metric("latency")))->key();
  EXPECT_EQ(host()->identity()["module"], "m 1");
  services_.module = "m 2";
  EXPECT_NE((*host()->source(*find_metric("latency")))->key(), key);
}

TEST_F(CpuMetrics, OtherMetricsAreRefused) {
  auto source = host()->source(*find_metric("accuracy"));
  ASSERT_FALSE(source);
  EXPECT_EQ(source.failure().code, "E703");
  EXPECT_EQ(source.failure().message, "a cpu device cannot measure accuracy");
  EXPECT_EQ(source.failure().hint, "it measures latency, throughput, energy and memory");
}

TEST_F(CpuMetrics, PrecisionIsPartOfTheDevice) {
  host();
  auto device = std::static_pointer_cast<Device>(
      *registry_.find(ComponentKind::device, "cpu")->build({{"precision", "bfloat16"}}, services_));
  const auto source = *device->source(*find_metric("latency"));
  EXPECT_EQ(source->provenance(), "measured on 1 thread of this CPU in bfloat16, batch 1");
  EXPECT_EQ(device->identity()["precision"], "bfloat16");
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const std::vector<Arch> one{made->space->largest()};
  ASSERT_TRUE(source->measure(*made->space, one, {}, [](std::size_t, const Measurement&) {}));
  EXPECT_EQ(services_.runner_.asked.precision, NetworkRunner::Precision::bfloat16);
  EXPECT_EQ(services_.runner_.asked.gpu, -1);
}

/// What the driver of a machine with GPUs shows, in a folder of the test's own.
class GpuDevice : public Energy {
 protected:
  void card(const std::string& place, const std::string& model) {
    std::filesystem::create_directories(folder_ / "gpus" / place);
    std::ofstream(folder_ / "gpus" / place / "information") << "Model: \t\t " << model << "\nIRQ:   \t\t 24\n";
    std::ofstream(folder_ / "version") << "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54\nGCC version:  gcc 12\n";
  }
  Result<std::shared_ptr<const MetricSource>> source(const nlohmann::json& arguments, const char* metric = "latency") {
    device_ = std::static_pointer_cast<Device>(*gpu_device(folder_).build(arguments, services_));
    return device_->source(*find_metric(metric));
  }
  SteadyServices services_;
  std::shared_ptr<Device> device_;
};

TEST_F(GpuDevice, IsTheOneOfThatPlaceOnTheBus) {
  services_.cuda = true;
  card("0000:41:00.0", "NVIDIA A100-SXM4-40GB");
  card("0000:01:00.0", "NVIDIA T4");
  const auto made = testing::compile_stdlib("tiny_mobilenet");
  const std::vector<Arch> one{made->space->largest()};
  auto second = source({{"index", 1}, {"batch", 32}, {"precision", "float16"}});
  ASSERT_TRUE(second) << second.failure().message;
  EXPECT_EQ((*second)->provenance(), "measured on NVIDIA A100-SXM4-40GB, float16, batch 32");
  EXPECT_EQ(device_->identity()["driver"], "NVIDIA UNIX x86_64 Kernel Module  550.54");
  EXPECT_TRUE((*second)->exclusive());
  ASSERT_TRUE((*second)->measure(*made->space, one, {}, [](std::size_t, const Measurement&) {}));
  EXPECT_EQ(services_.runner_.asked.gpu, 1);
  EXPECT_EQ(services_.runner_.asked.batch, 32);
  EXPECT_EQ(services_.runner_.asked.precision, NetworkRunner::Precision::float16);
  Measurement passes;
  ASSERT_TRUE((*source({{"batch", 32}}, "throughput"))->measure(*made->space, one, {}, [&](std::size_t, const Measurement& m) {
    passes = m;
  }));
  EXPECT_DOUBLE_EQ(passes.value, 32 / 2e-3);
  EXPECT_EQ((*source({}))->provenance(), "measured on NVIDIA T4, float32, batch 1");
}

TEST_F(GpuDevice, SaysWhatIsMissing) {
  auto expect = [](const Result<std::shared_ptr<const MetricSource>>& got, const char* code, const std::string& message,
                   const std::string& hint) {
    ASSERT_FALSE(got);
    EXPECT_EQ(got.failure().code, code);
    EXPECT_EQ(got.failure().message, message);
    EXPECT_EQ(got.failure().hint, hint);
  };
  expect(source({}), "E846", "the LibTorch of this build cannot use a GPU",
         "build with one that has CUDA: -DNAS_CUDA=ON -DNAS_TORCH_PREFIX=.../site-packages/torch (of pip install torch)");
  services_.cuda = true;
  expect(source({}), "E846", "no NVIDIA GPU on this machine: there is nothing in " + folder_.string() + "/gpus",
         "install its driver, or measure elsewhere and use a table: table(...)");
  card("0000:01:00.0", "NVIDIA T4");
  expect(source({{"index", 1}}), "E846", "there is no GPU 1: this machine has NVIDIA T4 (0 is the first)", "gpu(index = 0)");
  expect(source({}, "energy"), "E703", "a gpu device cannot measure energy", "it measures latency and throughput");
}

class Module : public testing::EngineTest {
 protected:
  const std::string script_ =
      "space net = tiny_mobilenet()\ndevice host = cpu(batch = 4, time_cap = 0.02s)\n"
      "objective maximize throughput@host\nobjective minimize macs\nsearch front = random(evaluations = 3)\n";
};

// Needs no module: the machine is looked at before anything runs.
TEST_F(Module, EnergyWithoutCountersFailsBeforeTheFirstStage) {
  if (EnergyCounter::open()) GTEST_SKIP() << "this machine has energy counters";
  if (std::filesystem::exists("/sys/class/powercap")) GTEST_SKIP() << "this machine has energy counters that cannot be read";
  const auto out =
      run("space net = tiny_mobilenet()\ndevice host = cpu()\nsearch front = nsga2() of minimize macs, minimize energy@host\n");
  EXPECT_NE(out.status, Status::ok);
  EXPECT_TRUE(out.finished.empty());
  const std::string expected = "error[E708]: energy cannot be measured on this machine: there is no /sys/class/powercap\n --> " +
                               folder_ +
                               R"~(/script.nas:3:42
3 | search front = nsga2() of minimize macs, minimize energy@host
  |                                          ^^^^^^^^^^^^^^^^^^^^ virtual machines seldom have energy counters; a table of measured energies can be used instead: table(...)
  = More: nas explain E708
)~";
  EXPECT_EQ(out.diagnostics, expected);
}

TEST_F(Module, GpuThatCannotBeUsedFailsBeforeTheFirstStage) {
  if (!torch_module_present()) GTEST_SKIP() << "built without NAS_TORCH";
  if (torch_module_identity().value("cuda", false)) GTEST_SKIP() << "this LibTorch can use a GPU";
  const auto out =
      run("space net = tiny_mobilenet()\ndevice card = gpu()\nsearch front = nsga2() of minimize macs, minimize latency@card\n");
  EXPECT_NE(out.status, Status::ok);
  EXPECT_TRUE(out.finished.empty());
  EXPECT_EQ(out.diagnostics, "error[E846]: the LibTorch of this build cannot use a GPU\n --> " + folder_ +
                                 R"~(/script.nas:3:42
3 | search front = nsga2() of minimize macs, minimize latency@card
  |                                          ^^^^^^^^^^^^^^^^^^^^^ build with one that has CUDA: -DNAS_CUDA=ON -DNAS_TORCH_PREFIX=.../site-packages/torch (of pip install torch)
  = More: nas explain E846
)~");
}

TEST_F(Module, AnotherVersionMeasuresAgain) {
  if (!torch_module_present()) GTEST_SKIP() << "built without NAS_TORCH";
  const std::filesystem::path built = NAS_BINARY_DIR "/lib/nas";
  ASSERT_TRUE(std::filesystem::exists(built / "libnas_torch.json"));
  std::filesystem::copy(built, folder_ + "/module", std::filesystem::copy_options::recursive);
  testing::write_text(folder_ + "/module/libnas_torch.json", "{\"training\": \"t\", \"timing\": \"LibTorch 1.0, module a\"}");
  setenv("NAS_MODULE_DIR", (folder_ + "/module").c_str(), 1);
  const auto first = run(script_);
  ASSERT_EQ(first.status, Status::ok) << first.failure << first.diagnostics;
  EXPECT_EQ(run(script_).reused.size(), 1u);
  testing::write_text(folder_ + "/module/libnas_torch.json", "{\"training\": \"t\", \"timing\": \"LibTorch 1.0, module b\"}");
  const auto again = run(script_);
  EXPECT_EQ(again.planned.at("front"), "host.module is \"LibTorch 1.0, module b\", was \"LibTorch 1.0, module a\"");
  EXPECT_EQ(again.reused.size(), 0u);
  // Without its file the module's own bytes stand in.
  std::filesystem::remove(folder_ + "/module/libnas_torch.json");
  EXPECT_EQ(torch_module_identity()["timing"].get<std::string>().substr(0, 7), "module ");
  unsetenv("NAS_MODULE_DIR");
}

}  // namespace
}  // namespace nas
