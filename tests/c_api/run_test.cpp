// What a program sees of a run: results, callbacks, cancelling; and what it does not see: output, signals, growth.
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <clocale>
#include <stdexcept>
#include <thread>

#include "c_fixture.h"

namespace {

using namespace c_api;

class Run : public CApi {};

TEST_F(Run, TheVersionIsThatOfTheHeader) {
  EXPECT_EQ(nas_abi_version(), NAS_ABI_VERSION);
  EXPECT_STREQ(nas_version(), "nas 0.1.0");
}

TEST_F(Run, ColumnsAreTheJsonWithoutACopy) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(run(i, kComputed), Said{});
  EXPECT_EQ(json(i, NAS_JSON_RESULTS), nlohmann::json({"front"}));
  nas_result* front = result(i);
  const char* text = nullptr;
  ASSERT_EQ(say(nas_result_json, front, &text), Said{});
  const auto all = nlohmann::json::parse(text);
  EXPECT_EQ(all, json(i, NAS_JSON_RESULT, "front"));
  std::size_t columns = 0;
  ASSERT_EQ(say(nas_result_column_count, front, &columns), Said{});
  ASSERT_EQ(columns, all["front"].size());
  for (std::size_t c = 0; c < columns; ++c) {
    const auto& wanted = all["front"][c];
    nas_column column{}, again{};
    ASSERT_EQ(say(nas_result_column, front, c, &column), Said{});
    ASSERT_EQ(say(nas_result_find_column, front, column.name, &again), Said{});
    EXPECT_EQ(again.numbers, column.numbers);
    EXPECT_EQ(again.texts, column.texts);
    EXPECT_EQ(column.name, wanted["name"]);
    EXPECT_EQ(column.unit, wanted["unit"]);
    EXPECT_EQ(column.size, wanted["values"].size());
    EXPECT_EQ(column.type == NAS_STRING, wanted["type"] == "text");
    for (std::size_t row = 0; row < column.size; ++row) {
      if (column.type == NAS_STRING)
        EXPECT_EQ(column.texts[row], wanted["values"][row]);
      else
        EXPECT_EQ(column.numbers[row], wanted["values"][row].get<double>());
    }
  }
  std::int64_t evaluations = 0;
  double volume = 0, best = 0;
  nas_type type = NAS_NULL;
  EXPECT_EQ(say(nas_result_integer, front, "evaluations", &evaluations), Said{});
  EXPECT_EQ(evaluations, all["evaluations"].get<std::int64_t>());
  EXPECT_EQ(say(nas_result_number, front, "hypervolume", &volume), Said{});
  EXPECT_EQ(volume, all["hypervolume"].get<double>());
  EXPECT_EQ(say(nas_result_number, front, "/best/params", &best), Said{});
  EXPECT_EQ(best, all["best"]["params"].get<double>());
  EXPECT_EQ(say(nas_result_type, front, "/objectives/0/maximise", &type), Said{});
  EXPECT_EQ(type, NAS_BOOLEAN);
  // A result stays what it is when the script is another one.
  ASSERT_EQ(load(i, "show 1\n"), Said{});
  ASSERT_EQ(say(nas_result_json, front, &text), Said{});
  EXPECT_EQ(nlohmann::json::parse(text), all);
}

TEST_F(Run, SpacesCountSampleMutateAndSpell) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(load(i, kSpace), Said{});
  ASSERT_EQ(say(nas_interpreter_check, i), Said{});
  nas_space* net = space(i);
  const char* text = nullptr;
  ASSERT_EQ(say(nas_space_networks, net, &text), Said{});
  EXPECT_STREQ(text, "24");
  nas_gene gene{};
  ASSERT_EQ(say(nas_space_gene, net, std::size_t{2}, &gene), Said{});
  EXPECT_STREQ(gene.name, "w");
  ASSERT_EQ(gene.option_count, 4u);
  EXPECT_STREQ(gene.options[3], "16");
  constexpr std::size_t n = 50;
  std::vector<std::uint8_t> genomes(3 * n), same(3 * n), children(3 * n);
  ASSERT_EQ(say(nas_space_sample, net, std::uint64_t{5}, n, genomes.data()), Said{});
  ASSERT_EQ(say(nas_space_sample, net, std::uint64_t{5}, n, same.data()), Said{});
  EXPECT_EQ(genomes, same);
  ASSERT_EQ(say(nas_space_mutate, net, std::uint64_t{6}, n, same.data()), Said{});
  for (std::size_t r = 0; r < n; ++r) {
    int changed = 0;
    for (std::size_t g = 0; g < 3; ++g) changed += genomes[3 * r + g] != same[3 * r + g];
    EXPECT_EQ(changed, 1);
  }
  ASSERT_EQ(say(nas_space_crossover, net, std::uint64_t{7}, n, genomes.data(), same.data(), children.data()), Said{});
  for (std::size_t g = 0; g < 3 * n; ++g) EXPECT_TRUE(children[g] == genomes[g] || children[g] == same[g]);
  // A convolution k x k on 8 x 8 pixels by hand: one layer of 4 channels with k = 3, then the linear layer.
  const std::uint8_t smallest[] = {0, 0, 0};
  double macs = 0;
  ASSERT_EQ(say(nas_space_macs, net, std::size_t{1}, smallest, &macs), Said{});
  EXPECT_EQ(macs, 64 * 9 * 4 + 4 * 2);
  std::uint8_t back[3] = {9, 9, 9};
  for (std::size_t r = 0; r < n; ++r) {
    ASSERT_EQ(say(nas_space_spell, net, genomes.data() + 3 * r, &text), Said{});
    ASSERT_EQ(say(nas_space_parse, net, text, back), Said{});
    EXPECT_TRUE(std::equal(back, back + 3, genomes.data() + 3 * r));
  }
  std::size_t columns = 0;
  ASSERT_EQ(say(nas_space_feature_count, net, &columns), Said{});
  ASSERT_EQ(columns, 9u);
  std::vector<float> features(columns);
  ASSERT_EQ(say(nas_space_features, net, std::size_t{1}, smallest, features.data()), Said{});
  EXPECT_EQ(features, (std::vector<float>{1, 0, 0, 1, 0, 1, 0, 0, 0}));
}

/// Everything that a program hears, as lines.
struct Heard {
  std::vector<std::string> lines;
  std::string imported, opened;
  nas_options into(nas_options options) {
    options.context = this;
    options.print = [](void* at, const char* text, std::size_t size) { of(at).push_back("print " + std::string(text, size)); };
    options.progress = [](void* at, const nas_progress* event) {
      if (event->event == NAS_STARTED || event->event == NAS_FINISHED || event->event == NAS_REUSED)
        of(at).push_back(std::string(event->what) + " " + event->stage);
    };
    options.log = [](void* at, nas_log_level level, const char* line) {
      of(at).push_back((level == NAS_WARNING ? "warning " : level == NAS_ERROR ? "error " : "note ") + std::string(line));
    };
    return options;
  }
  static std::vector<std::string>& of(void* at) { return static_cast<Heard*>(at)->lines; }
};

TEST_F(Run, CallbacksHearWhatItSaysAndDoes) {
  Heard heard;
  options_ = heard.into(options_);
  nas_interpreter* i = interpreter();
  ASSERT_EQ(run(i, kComputed + "show front.size > 0\nlet unused = 1\n"), Said{});
  EXPECT_EQ(heard.lines, (std::vector<std::string>{"warning own.nas:16:5: warning[W901]: let unused is never used",
                                                   "started front", "finished front", "print true\n"}));
  heard.lines.clear();
  EXPECT_EQ(run(i, "show x\n").status, NAS_SCRIPT_ERROR);
  EXPECT_EQ(heard.lines, std::vector<std::string>{"error own.nas:1:6: error[E201]: x is not known here"});
}

TEST_F(Run, ImportsAndFilesComeFromTheProgramFirst) {
  struct World {
    std::vector<std::string> asked;
    std::string table = "gene,option,weight\nintercept,,0.5\nk,7,0.25\n", library = "let width = 4 + 0\n";
  } world;
  options_.context = &world;
  options_.import = [](void* at, const char* path, const char* from, nas_reply* reply) -> std::int32_t {
    auto& w = *static_cast<World*>(at);
    w.asked.push_back("import " + std::string(path) + " from " + from);
    if (std::string(path) != "db:library") return 0;
    *reply = {w.library.data(), w.library.size(), "the library"};
    return 1;
  };
  options_.open_file = [](void* at, const char* path, nas_reply* reply) -> std::int32_t {
    auto& w = *static_cast<World*>(at);
    w.asked.push_back("open " + std::string(path));
    if (std::string(path) != "db/table.csv") return 0;
    *reply = {w.table.data(), w.table.size(), nullptr};
    return 1;
  };
  nas_interpreter* i = interpreter();
  std::string text = kSpace +
                     "import \"db:library\" as lib\nshow lib.width\n"
                     "objective maximize accuracy from linear_model(\"db/table.csv\", unit = 1)\n"
                     "search front = exhaustive()\n";
  EXPECT_EQ(run(i, text), Said{});
  EXPECT_EQ(world.asked[0], "import db:library from own.nas");
  EXPECT_NE(std::find(world.asked.begin(), world.asked.end(), "open db/table.csv"), world.asked.end());
  double best = 0;
  EXPECT_EQ(say(nas_result_number, result(i), "/best/accuracy", &best), Said{});
  EXPECT_EQ(best, 0.75);
  world.library = "let width = \n";
  EXPECT_EQ(run(i, text).status, NAS_SCRIPT_ERROR);
  EXPECT_EQ(json(i, NAS_JSON_DIAGNOSTICS)[1]["file"], "the library") << json(i, NAS_JSON_DIAGNOSTICS);
  EXPECT_EQ(run(i, "import \"none.nas\" as a\nshow a.b\n"),
            (Said{NAS_SCRIPT_ERROR, "own.nas:1:8: error[E206]: there is no file none.nas to import"}));
}

TEST_F(Run, CallbacksThatThrowEndTheCallWithTheirWords) {
  options_.print = [](void*, const char*, std::size_t) { throw std::runtime_error("the window is closed"); };
  nas_interpreter* i = interpreter();
  EXPECT_EQ(run(i, "show 1\n"), (Said{NAS_CALLBACK_FAILED, "the callback print threw: the window is closed"}));
  EXPECT_EQ(run(i, "let a = 1\nrequire a == 1\n"), Said{});  // the next script is not concerned
  options_.print = nullptr;
  options_.progress = [](void*, const nas_progress*) { throw 3; };
  EXPECT_EQ(run(interpreter(), kComputed),
            (Said{NAS_CALLBACK_FAILED, "the callback progress threw: something that is no std::exception"}));
  options_.progress = nullptr;
  options_.log = [](void*, nas_log_level, const char*) { throw std::runtime_error("full"); };
  i = interpreter();
  ASSERT_EQ(load(i, "show x\n"), Said{});
  EXPECT_EQ(say(nas_interpreter_check, i), (Said{NAS_CALLBACK_FAILED, "the callback log threw: full"}));
  options_.log = nullptr;
  options_.open_file = [](void*, const char*, nas_reply*) -> std::int32_t { throw std::runtime_error("no connection"); };
  EXPECT_EQ(say(nas_interpreter_load_file, interpreter(), "a.nas"),
            (Said{NAS_CALLBACK_FAILED, "the callback open_file threw: no connection"}));
  options_.open_file = nullptr;
  options_.import = [](void*, const char*, const char*, nas_reply*) -> std::int32_t { throw std::runtime_error("no library"); };
  EXPECT_EQ(run(interpreter(), "import \"a\" as a\nshow a.b\n"),
            (Said{NAS_CALLBACK_FAILED, "the callback import threw: no library"}));
  options_.import = nullptr;
  options_.cancelled = [](void*) -> std::int32_t { throw std::runtime_error("gone"); };
  EXPECT_EQ(run(interpreter(), kComputed), (Said{NAS_CALLBACK_FAILED, "the callback cancelled threw: gone"}));
}

TEST_F(Run, ParametersAreListedAndSet) {
  const char* const params[] = {"generations", "2"};
  options_.params = params;
  options_.param_count = 1;
  nas_interpreter* i = interpreter();
  const std::string text = kSpace +
                           "param generations : int = 4 in 1..9 \"how long\"\n"
                           "search front = nsga2(population = 8, generations = generations) of maximize params, minimize macs\n";
  ASSERT_EQ(load(i, text), Said{});
  ASSERT_EQ(say(nas_interpreter_check, i), Said{});
  EXPECT_EQ(json(i, NAS_JSON_PARAMS)[0]["value"], "2");
  EXPECT_EQ(json(i, NAS_JSON_PARAMS)[0]["help"], "how long");
  ASSERT_EQ(say(nas_interpreter_set_param, i, "generations", "3"), Said{});
  ASSERT_EQ(say(nas_interpreter_plan, i), Said{});
  EXPECT_EQ(json(i, NAS_JSON_PARAMS)[0]["value"], "3");
  EXPECT_EQ(json(i, NAS_JSON_PLAN)["stages"].size(), 2u);
  EXPECT_EQ(json(i, NAS_JSON_PLAN)["stages"][1]["name"], "front");
  ASSERT_EQ(say(nas_interpreter_set_param, i, "generations", "99"), Said{});
  EXPECT_EQ(say(nas_interpreter_check, i).status, NAS_SCRIPT_ERROR);
}

TEST_F(Run, IsCancelledFromAnotherThreadACallbackAndAPoll) {
  using namespace std::chrono_literals;
  // A metric that takes for ever, unless it sees that it is to end.
  Own& own = new_own();
  std::atomic<bool> inside{false};
  own.function = [&](const nas_batch& batch, double*, nas_error*) -> std::int64_t {
    inside = true;
    while (!batch.cancelled(batch.run)) std::this_thread::sleep_for(1ms);
    return -1;
  };
  nas_interpreter* i = with_own(own);
  std::thread other([&] {
    while (!inside) std::this_thread::yield();
    EXPECT_EQ(say(nas_interpreter_cancel, i), Said{});
  });
  const Said interrupted{NAS_INTERRUPTED, "interrupted\n  run again to continue"};
  EXPECT_EQ(run(i, kMeasured), interrupted);
  other.join();
  EXPECT_EQ(say(nas_interpreter_run, i), interrupted);  // until a script is loaded
  // One that sees it late: its values are passed over.
  own.function = [&](const nas_batch& batch, double* values, nas_error* error) {
    EXPECT_EQ(say(nas_interpreter_cancel, i), Said{});
    return Own::by_parameters(batch, values, error);
  };
  EXPECT_EQ(run(i, kMeasured), interrupted);
  own.function = Own::by_parameters;
  EXPECT_EQ(run(i, kMeasured), Said{});

  std::atomic<bool> ends{false};
  options_.context = &ends;
  options_.cancelled = [](void* at) -> std::int32_t { return *static_cast<std::atomic<bool>*>(at); };
  Own& polled = new_own();
  polled.function = [&](const nas_batch& batch, double*, nas_error*) -> std::int64_t {
    ends = true;
    while (!batch.cancelled(batch.run)) std::this_thread::sleep_for(1ms);
    return -1;
  };
  nas_interpreter* j = interpreter();
  nas_metric metric = polled.metric();
  metric.version = "2";
  ASSERT_EQ(say(nas_interpreter_add_metric, j, static_cast<const nas_metric*>(&metric)), Said{});
  EXPECT_EQ(run(j, kMeasured), interrupted);
}

// Told the values that a run would measure, a search finds what the run finds.
TEST_F(Run, AskedAndToldASearchFindsWhatTheRunFinds) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  for (const std::string search :
       {"nsga2(population = 8, generations = 3)", "regularized_evolution(population = 5, evaluations = 15)",
        "bananas(initial = 12, evaluate = 4) until evaluations >= 20"}) {
    const bool single = search[0] != 'n';
    const std::string text = kSpace + "objective maximize accuracy from own()\n" + (single ? "" : "objective minimize macs\n") +
                             (search[0] == 'b' ? "predictor ridge() of accuracy\n" : "") + "search front = " + search +
                             "\n  where macs < 40k\n";
    ASSERT_EQ(run(i, text), Said{}) << text;
    nas_search* asked = nullptr;
    ASSERT_EQ(say(nas_interpreter_search, i, "front", &asked), Said{});
    std::size_t metrics = 0, n = 0;
    ASSERT_EQ(say(nas_search_metric_count, asked, &metrics), Said{});
    ASSERT_EQ(metrics, 2u);
    nas_search_metric first{}, second{};
    ASSERT_EQ(say(nas_search_metric_at, asked, std::size_t{0}, &first), Said{});
    ASSERT_EQ(say(nas_search_metric_at, asked, std::size_t{1}, &second), Said{});
    EXPECT_STREQ(first.label, "accuracy");
    EXPECT_STREQ(first.dimension, "share");
    EXPECT_EQ(first.computed, 0);
    EXPECT_STREQ(second.label, "macs");
    EXPECT_EQ(second.computed, 1);
    nas_space* net = nullptr;
    ASSERT_EQ(say(nas_search_space, asked, &net), Said{});
    const std::uint8_t* genomes = nullptr;
    while (say(nas_search_ask, asked, &genomes, &n) == Said{} && n > 0) {
      std::vector<double> params(n), values(2 * n, std::nan(""));  // what is computed need not be told
      ASSERT_EQ(say(nas_space_params, net, n, genomes, params.data()), Said{});
      for (std::size_t r = 0; r < n; ++r) values[2 * r] = 0.9 - 10 / (20 + params[r]);
      ASSERT_EQ(say(nas_search_tell, asked, values.data(), values.size()), Said{});
    }
    nas_result* told = nullptr;
    ASSERT_EQ(say(nas_search_result, asked, &told), Said{});
    const char* found = nullptr;
    ASSERT_EQ(say(nas_result_json, told, &found), Said{});
    EXPECT_EQ(nlohmann::json::parse(found), json(i, NAS_JSON_RESULT, "front")) << search;
  }
}

TEST_F(Run, AskAndTellOutOfStepIsTold) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  ASSERT_EQ(load(i, kMeasured), Said{});
  nas_search* asked = nullptr;
  ASSERT_EQ(say(nas_interpreter_search, i, "front", &asked), Said{});
  const double values[16] = {};
  const std::uint8_t *genomes = nullptr, *again = nullptr;
  std::size_t n = 0;
  EXPECT_EQ(
      say(nas_search_tell, asked, values, std::size_t{2}),
      (Said{NAS_BAD_VALUE, "nas_search_tell: values are told of networks that were asked for, and none were\n  call ask first"}));
  ASSERT_EQ(say(nas_search_ask, asked, &genomes, &n), Said{});
  ASSERT_EQ(n, 8u);
  const std::vector<std::uint8_t> kept(genomes, genomes + 3 * n);
  ASSERT_EQ(say(nas_search_ask, asked, &again, &n), Said{});
  EXPECT_EQ(kept, std::vector<std::uint8_t>(again, again + 3 * n));
  EXPECT_EQ(say(nas_search_tell, asked, values, std::size_t{8}),
            (Said{NAS_BAD_VALUE,
                  "nas_search_tell: 8 values were told, and 8 networks with 2 metrics need 16\n  one row of metrics for each "
                  "network"}));
  std::vector<double> wrong(16, 0.5);
  wrong[14] = std::nan("");
  const Said said = say(nas_search_tell, asked, wrong.data(), wrong.size());
  EXPECT_EQ(said.status, NAS_BAD_VALUE);
  EXPECT_EQ(said.text.substr(0, 33), "nas_search_tell: accuracy of k=" + said.text.substr(31, 2));
  EXPECT_TRUE(said.text.ends_with(" is no finite number")) << said.text;
  EXPECT_EQ(say(nas_search_tell, asked, std::vector<double>(16, 0.5).data(), std::size_t{16}), Said{});
  nas_search_metric metric{};
  EXPECT_EQ(say(nas_search_metric_at, asked, std::size_t{2}, &metric),
            (Said{NAS_OUT_OF_RANGE, "nas_search_metric_at: there is no metric 2, they are 2"}));
  nas_search* other = nullptr;
  ASSERT_EQ(
      load(i, kMeasured + "search second = nsga2(population = 8) with full()\nsearch third = random() with warm_start(front)\n"),
      Said{});
  EXPECT_EQ(say(nas_interpreter_search, i, "second", &other).status, NAS_FAILED);
  EXPECT_EQ(say(nas_interpreter_search, i, "third", &other),
            (Said{NAS_FAILED,
                  "nas_interpreter_search: third needs front, which has to run before\n  a search that is asked and told stands "
                  "alone"}));
}

// Two at once give the bytes that they give one after the other.
TEST_F(Run, TwoInterpretersInTwoThreadsGiveTheSameBytes) {
  const auto front = [&](const std::string& folder, const std::string& seed) {
    std::filesystem::create_directories(folder);
    nas_options options = options_;
    const std::string store = folder + "/store";
    options.store_folder = store.c_str();
    options.output_folder = folder.c_str();
    nas_interpreter* i = nullptr;
    EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options), &i), Said{});
    Own own;
    const nas_metric metric = own.metric();
    EXPECT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
    std::string text = kMeasured + "export front as csv to \"front.csv\"\nplot pareto(front) to \"front.svg\"\n";
    text.replace(text.find("seed 3"), 6, "seed " + seed);
    EXPECT_EQ(run(i, text), Said{});
    EXPECT_EQ(say(nas_interpreter_destroy, i), Said{});
    return slurp(folder + "/front.csv") + slurp(folder + "/front.svg");
  };
  const std::string a = front(folder_ + "/a", "3"), b = front(folder_ + "/b", "4");
  ASSERT_GT(a.size(), 1000u);
  for (int round = 0; round < 5; ++round) {
    std::string at_once_a, at_once_b;
    const std::string here = folder_ + "/round" + std::to_string(round);
    std::thread first([&] { at_once_a = front(here + "a", "3"); }), second([&] { at_once_b = front(here + "b", "4"); });
    first.join();
    second.join();
    EXPECT_EQ(at_once_a, a);
    EXPECT_EQ(at_once_b, b);
  }
}

TEST_F(Run, AThousandRoundsDoNotGrow) {
  const auto round = [&] {
    nas_interpreter* i = nullptr;
    ASSERT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options_), &i), Said{});
    Own own;
    const nas_metric metric = own.metric();
    ASSERT_EQ(say(nas_interpreter_add_metric, i, &metric), Said{});
    ASSERT_EQ(load(i, kMeasured), Said{});
    ASSERT_EQ(say(nas_interpreter_check, i), Said{});
    (void)space(i);  // ends with the interpreter
    nas_search* search = nullptr;
    ASSERT_EQ(say(nas_interpreter_search, i, "front", &search), Said{});  // so does this
    ASSERT_EQ(say(nas_interpreter_destroy, i), Said{});
  };
  // Chunks that malloc keeps for the thread count as used, and come one by one: as many rounds to fill that cache.
  for (int warm_up = 0; warm_up < 1000; ++warm_up) round();
  if (*NAS_SANITIZE) GTEST_SKIP() << "a sanitizer keeps what was freed";
  const auto before = mallinfo2().uordblks;
  for (int i = 0; i < 1000; ++i) round();
  const auto after = mallinfo2().uordblks;
  EXPECT_LT(after, before + 16 * 1024) << "bytes in use grew from " << before << " to " << after;
}

// No output, no signal handlers, no change of locale, folder or environment; a run that fails included.
TEST_F(Run, TheProcessStaysAsItWas) {
  std::vector<struct sigaction> before(NSIG), after(NSIG);
  for (int s = 1; s < NSIG; ++s) sigaction(s, nullptr, &before[static_cast<std::size_t>(s)]);
  const std::string locale = std::setlocale(LC_ALL, nullptr);
  const auto place = std::filesystem::current_path();
  const std::string said = folder_ + "/said";
  std::fflush(nullptr);
  const int out = dup(1), err = dup(2);
  FILE* file = std::fopen(said.c_str(), "w");
  dup2(fileno(file), 1);
  dup2(fileno(file), 2);
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  own.function = [](const nas_batch&, double*, nas_error*) -> std::int64_t { return -1; };
  const Said failed = run(i, kMeasured);
  own.function = Own::by_parameters;
  const Said good = run(i, kMeasured + "show front.size\n"), bad = run(i, "show x\n");
  std::fflush(nullptr);
  dup2(out, 1);
  dup2(err, 2);
  std::fclose(file);
  close(out);
  close(err);
  EXPECT_EQ(good, Said{});
  EXPECT_EQ(bad.status, NAS_SCRIPT_ERROR);
  EXPECT_EQ(failed.status, NAS_STAGE_FAILED);
  EXPECT_EQ(slurp(said), "");
  EXPECT_EQ(std::setlocale(LC_ALL, nullptr), locale);
  EXPECT_EQ(std::filesystem::current_path(), place);
  for (int s = 1; s < NSIG; ++s) {
    sigaction(s, nullptr, &after[static_cast<std::size_t>(s)]);
    EXPECT_EQ(after[static_cast<std::size_t>(s)].sa_handler, before[static_cast<std::size_t>(s)].sa_handler) << s;
  }
}

}  // namespace
