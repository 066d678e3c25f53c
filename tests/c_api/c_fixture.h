#pragma once

#include <gtest/gtest.h>
#include <nas/nas.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace c_api {

/// What a call said: its status and its sentence.
struct Said {
  nas_status status = NAS_OK;
  std::string text;
  bool operator==(const Said&) const = default;
};
inline void PrintTo(const Said& said, std::ostream* out) {
  *out << said.status << " \"" << said.text << '"';
}
template <typename Function, typename... Arguments>
Said say(Function function, Arguments... arguments) {
  nas_error error{};
  const nas_status status = function(arguments..., &error);
  if (status != NAS_OK) {
    EXPECT_EQ(error.status, status);
  }
  return {status, error.text};
}

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// 24 networks, told apart by their operations.
inline const std::string kSpace =
    "def space mini() {\n  input = image(channels = 1, size = 8)\n  k = choice(3, 5, 7)\n  d = choice(1, 2)\n  w = choice(4, 8, "
    "12, 16)\n"
    "  repeat d {\n    conv(kernel = k, out = w)\n  }\n  head = linear(2)\n}\nseed 3\nspace net = mini()\n";
/// A search on what the library computes, and on what the program measures.
inline const std::string kComputed =
    kSpace + "search front = nsga2(population = 8, generations = 4) with direct()\n  of maximize params, minimize macs\n";
inline const std::string kMeasured = kSpace +
                                     "objective maximize accuracy from own()\nobjective minimize macs\n"
                                     "search front = nsga2(population = 8, generations = 3) with direct()\n";

/// A metric of the test: a function, and how often and for how many networks it was called.
struct Own {
  std::function<std::int64_t(const nas_batch&, double*, nas_error*)> function = by_parameters;
  int calls = 0, networks = 0, released = 0;

  /// More parameters, more accuracy, up to 0.9.
  static std::int64_t by_parameters(const nas_batch& batch, double* values, nas_error*) {
    for (std::size_t i = 0; i < batch.count; ++i) values[i] = 0.9 - 10 / (20 + batch.params[i]);
    return static_cast<std::int64_t>(batch.count);
  }
  nas_metric metric() {
    nas_metric given{};
    given.size = sizeof given;
    given.name = "own";
    given.metric = "accuracy";
    given.version = "1";
    given.context = this;
    given.evaluate = [](void* at, const nas_batch* batch, double* values, nas_error* error) {
      auto& own = *static_cast<Own*>(at);
      ++own.calls;
      own.networks += static_cast<int>(batch->count);
      return own.function(*batch, values, error);
    };
    given.release = [](void* at) { ++static_cast<Own*>(at)->released; };
    return given;
  }
};

/// A folder of its own and interpreters that work in it.
class CApi : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "nas_c_api_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    nas_options_init(&options_);
    store_ = folder_ + "/store";
    stdlib_ = std::string(NAS_SOURCE_DIR) + "/stdlib";
    options_.store_folder = store_.c_str();
    options_.output_folder = folder_.c_str();
    options_.stdlib_folder = stdlib_.c_str();
    options_.threads = 1;
  }
  void TearDown() override {
    for (nas_interpreter* interpreter : made_) nas_interpreter_destroy(interpreter, nullptr);
    std::filesystem::remove_all(folder_);
  }
  nas_interpreter* interpreter() {
    nas_interpreter* made = nullptr;
    EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options_), &made), Said{});
    made_.push_back(made);
    return made;
  }
  /// Metrics live longer than the interpreters that they are added to.
  Own& new_own() { return *owns_.emplace_back(std::make_unique<Own>()); }
  nas_interpreter* with_own(Own& own) {
    nas_interpreter* made = interpreter();
    const nas_metric metric = own.metric();
    EXPECT_EQ(say(nas_interpreter_add_metric, made, &metric), Said{});
    return made;
  }
  static Said load(nas_interpreter* i, const std::string& text) {
    return say(nas_interpreter_load_text, i, "own.nas", text.c_str(), NAS_WHOLE);
  }
  static Said run(nas_interpreter* i, const std::string& text) {
    EXPECT_EQ(load(i, text), Said{});
    return say(nas_interpreter_run, i);
  }
  static nlohmann::json json(nas_interpreter* i, nas_json what, const char* argument = nullptr) {
    const char* text = nullptr;
    EXPECT_EQ(say(nas_interpreter_json, i, what, argument, &text), Said{});
    return text ? nlohmann::json::parse(text) : nlohmann::json();
  }
  static nas_result* result(nas_interpreter* i, const char* name = "front") {
    nas_result* made = nullptr;
    EXPECT_EQ(say(nas_interpreter_result, i, name, &made), Said{});
    return made;
  }
  static nas_space* space(nas_interpreter* i, const char* name = "net") {
    nas_space* made = nullptr;
    EXPECT_EQ(say(nas_interpreter_space, i, name, &made), Said{});
    return made;
  }

  std::string folder_, store_, stdlib_;
  nas_options options_{};
  std::vector<nas_interpreter*> made_;
  std::vector<std::unique_ptr<Own>> owns_;
};

}  // namespace c_api
