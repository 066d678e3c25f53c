// bench_training: super-network training beside eager PyTorch (the same networks, sandwich, batch and threads), in one run.
// bench_training [rounds] [steps a round] [threads]
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <nlohmann/json.hpp>

#include "fashion.h"

using namespace nas;
using namespace nas::testing;

namespace {

struct Round {
  double seconds, processor, loss;
};

/// A child process that answers lines.
class Peer {
 public:
  Peer(std::string name, const std::string& command) : name(std::move(name)) {
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) std::abort();  // no peer holds the pipes of another
    child_ = fork();
    if (child_ == 0) {
      dup2(to[0], 0);
      dup2(from[1], 1);
      execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    in_ = fdopen(to[1], "w");
    out_ = fdopen(from[0], "r");
  }
  ~Peer() {
    std::fclose(in_);
    std::fclose(out_);
    waitpid(child_, nullptr, 0);
  }
  std::optional<Round> train(int first, int count) {
    Round round{};
    std::fprintf(in_, "%d %d\n", first, count);
    if (std::fflush(in_) != 0) return std::nullopt;
    if (std::fscanf(out_, "%lf %lf %lf", &round.seconds, &round.processor, &round.loss) != 3) return std::nullopt;
    return round;
  }
  std::string name;
  std::vector<Round> rounds;

 private:
  pid_t child_;
  std::FILE *in_, *out_;
};

nlohmann::json described(const Network& network) {
  auto layers = nlohmann::json::array();
  for (const Layer& l : network.layers)
    layers.push_back({{"kind", layer_kind_name(l.kind)},
                      {"act", activation_name(l.act)},
                      {"slot", l.slot},
                      {"inputs", l.inputs},
                      {"in", l.in.channels},
                      {"out", l.out.channels},
                      {"kernel", l.kernel},
                      {"stride", l.stride},
                      {"pad", l.pad},
                      {"groups", l.groups},
                      {"epsilon", l.epsilon}});
  return layers;
}

void print(const std::string& name, const std::vector<Round>& rounds, const std::vector<Round>& ours, double images,
           double macs) {
  std::vector<double> rate, ratio, processor;
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    rate.push_back(images / rounds[i].seconds);
    processor.push_back(rounds[i].processor);
    ratio.push_back(rounds[i].seconds / ours[i].seconds);
  }
  const auto [low, high] = std::minmax_element(rate.begin(), rate.end());
  fmt::print(
      "  {:<44} {:>6.0f} images/s ({:.0f}-{:.0f})  {:>6.1f} GFLOP/s  {:>5.2f} processor s  {:>5.2f}x our time  loss {:.3f}\n",
      name, median(rate), *low, *high, 6e-9 * macs * median(rate), median(processor), median(ratio), rounds.back().loss);
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9, per_round = argc > 2 ? std::atoi(argv[2]) : 10;
  const int threads = argc > 3 ? std::atoi(argv[3]) : 2, warm = 5, steps = warm + rounds * per_round;
  fmt::print(
      "Super-network training, tiny_mobilenet on Fashion-MNIST, batch 128, sandwich of 3, {} threads, {} rounds of {} steps\n",
      threads, rounds, per_round);
  const auto data = fashion();
  const auto runner = data ? opened_module() : nullptr;
  if (!runner) return 0;
  const auto made = compile_stdlib("tiny_mobilenet");
  const Space& space = *made->space;
  auto network = [&](std::int64_t step, int i) {
    Stream stream = Stream(1, "sandwich").split(static_cast<std::uint64_t>(step));
    return space.network(i == 0 ? space.largest() : i == 1 ? space.smallest() : *space.sample(stream));
  };
  NetworkRunner::TrainOptions options;
  options.images = std::int64_t{steps} * options.batch;
  options.epochs = 1;
  options.threads = threads;
  options.seed = 1;
  options.checkpoint_path = scratch("checkpoint");
  options.weights_path = scratch("weights");
  options.checkpoint_seconds = 1e9;

  double macs = 0;  // of the three networks of a step, one image
  auto random = nlohmann::json::array();
  for (int step = 0; step < steps; ++step) {
    random.push_back(nlohmann::json::array({described(network(step, 2))}));
    macs += static_cast<double>(network(step, 2).macs()) / steps;
  }
  macs += static_cast<double>(network(0, 0).macs() + network(0, 1).macs());
  auto slots = nlohmann::json::array();
  for (const WeightSlot& s : space.weight_slots())
    slots.push_back({{"kind", layer_kind_name(s.kind)},
                     {"depthwise", s.depthwise},
                     {"bias", s.bias || s.kind == LayerKind::linear},
                     {"kernel", s.kernel},
                     {"in", s.in_channels},
                     {"out", s.out_channels}});
  const std::string plan = scratch("plan.json");
  std::ofstream(plan) << nlohmann::json{{"images", data->train_images},
                                        {"labels", data->train_labels},
                                        {"count", data->train_count},
                                        {"size", 28},
                                        {"mean", 0.286},
                                        {"deviation", 0.353},
                                        {"batch", options.batch},
                                        {"steps", steps},
                                        {"learning_rate", options.learning_rate},
                                        {"momentum", options.momentum},
                                        {"weight_decay", options.weight_decay},
                                        {"label_smoothing", options.label_smoothing},
                                        {"slots", slots},
                                        {"largest", described(network(0, 0))},
                                        {"smallest", described(network(0, 1))},
                                        {"random", random}};
  // The interpreter that Debian's package installs for, whatever else is on PATH.
  const auto eager = [&](int with, const char* layout = "") {
    return fmt::format("/usr/bin/python3 {}/tests/bench/peers/supernet_eager.py {} {} {} 2>/dev/null", NAS_SOURCE_DIR, plan, with,
                       layout);
  };
  const std::string keeping = "env MALLOC_MMAP_THRESHOLD_=268435456 MALLOC_TRIM_THRESHOLD_=1073741824 ";
  std::vector<std::unique_ptr<Peer>> peers;
  peers.push_back(std::make_unique<Peer>("eager PyTorch (Debian python3-torch)", eager(threads)));
  if (threads > 1) peers.push_back(std::make_unique<Peer>("the same, 1 thread", eager(1)));
  peers.push_back(std::make_unique<Peer>("tuned as ours: channels last, pages kept", keeping + eager(threads, "channels_last")));
  std::erase_if(peers, [&](const auto& peer) { return !peer->train(0, warm); });

  // One training of ours; between its rounds the peers train the same steps, so that the machine's noise meets all alike.
  std::vector<Round> ours;
  Stopwatch watch;
  NetworkRunner::Progress progress;
  double loss = 0;
  progress.step = [&](double done, double, double now) {
    loss = now;
    const int past = static_cast<int>(done) - warm;
    if (past < 0 || past % per_round != 0) return;
    if (past > 0) {
      ours.push_back({watch.seconds(), watch.processor(), loss});
      for (auto& peer : peers)
        if (const auto round = peer->train(warm + past - per_round, per_round)) peer->rounds.push_back(*round);
    }
    watch.restart();
  };
  const auto weights = runner->train(space.weight_slots(), network, *data, options, progress);
  std::filesystem::remove(plan);
  std::filesystem::remove(options.weights_path);
  if (!weights) {
    fmt::print("  {}\n", weights.failure().message);
    return 1;
  }
  const double images = static_cast<double>(per_round) * options.batch;
  print(fmt::format("ours ({})", runner->version()), ours, ours, images, macs);
  for (const auto& peer : peers) print(peer->name, peer->rounds, ours, images, macs);
  if (peers.empty()) fmt::print("  eager PyTorch: not there; apt-get install python3-torch\n");
  fmt::print("  the ratio is a median over rounds; our loss is a running mean, the peer's that of its last step\n");
  return 0;
}
