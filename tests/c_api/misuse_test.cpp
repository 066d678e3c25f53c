// Every misuse of the C interface is a status and a sentence.
#include <thread>

#include "c_fixture.h"

namespace {

using namespace c_api;

class Misuse : public CApi {};

template <typename T>
T* forged(std::uintptr_t value) {
  return reinterpret_cast<T*>(value);
}

TEST_F(Misuse, NullHandlesAndArguments) {
  nas_interpreter* const none = nullptr;
  const char* text = nullptr;
  EXPECT_EQ(say(nas_interpreter_run, none), (Said{NAS_NULL_ARGUMENT, "nas_interpreter_run: the interpreter is NULL"}));
  EXPECT_EQ(say(nas_interpreter_destroy, none), (Said{NAS_NULL_ARGUMENT, "nas_interpreter_destroy: the interpreter is NULL"}));
  EXPECT_EQ(say(nas_interpreter_cancel, none), (Said{NAS_NULL_ARGUMENT, "nas_interpreter_cancel: the interpreter is NULL"}));
  EXPECT_EQ(say(nas_result_json, static_cast<nas_result*>(nullptr), &text),
            (Said{NAS_NULL_ARGUMENT, "nas_result_json: the result is NULL"}));
  EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(nullptr), static_cast<nas_interpreter**>(nullptr)),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_create: out is NULL"}));
  nas_interpreter* i = interpreter();
  EXPECT_EQ(say(nas_interpreter_load_text, i, "a", static_cast<const char*>(nullptr), NAS_WHOLE),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_load_text: text is NULL"}));
  EXPECT_EQ(say(nas_interpreter_load_file, i, static_cast<const char*>(nullptr)),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_load_file: path is NULL"}));
  EXPECT_EQ(say(nas_interpreter_set_param, i, "a", static_cast<const char*>(nullptr)),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_set_param: value is NULL"}));
  EXPECT_EQ(say(nas_interpreter_json, i, NAS_JSON_RESULT, static_cast<const char*>(nullptr), &text),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_json: argument is NULL"}));
  EXPECT_EQ(say(nas_interpreter_add_metric, i, static_cast<const nas_metric*>(nullptr)),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_add_metric: metric is NULL"}));
  EXPECT_EQ(nas_interpreter_run(none, nullptr), NAS_NULL_ARGUMENT);  // the error may be NULL
  nas_options_init(nullptr);
}

TEST_F(Misuse, WhatIsNoHandle) {
  const char* text = nullptr;
  const Said none{NAS_NO_SUCH_HANDLE, "nas_interpreter_run: this is no handle of an interpreter"};
  int local = 0;
  EXPECT_EQ(say(nas_interpreter_run, forged<nas_interpreter>(1)), none);
  EXPECT_EQ(say(nas_interpreter_run, forged<nas_interpreter>(~std::uintptr_t{0})), none);
  EXPECT_EQ(say(nas_interpreter_run, forged<nas_interpreter>(reinterpret_cast<std::uintptr_t>(&local))), none);
  const auto real = reinterpret_cast<std::uintptr_t>(interpreter());
  EXPECT_EQ(say(nas_interpreter_run, forged<nas_interpreter>(real + 1000)), none);  // a place that was never taken
  EXPECT_EQ(say(nas_interpreter_run, forged<nas_interpreter>(real + (std::uintptr_t{1} << 32))), none);  // of a time to come
  EXPECT_EQ(say(nas_result_json, forged<nas_result>(77), &text),
            (Said{NAS_NO_SUCH_HANDLE, "nas_result_json: this is no handle of a result"}));
}

TEST_F(Misuse, HandlesOfAnotherKind) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(run(i, kComputed), Said{});
  const char* text = nullptr;
  const auto as_result = forged<nas_result>(reinterpret_cast<std::uintptr_t>(i));
  const auto as_interpreter = forged<nas_interpreter>(reinterpret_cast<std::uintptr_t>(space(i)));
  const auto as_space = forged<nas_space>(reinterpret_cast<std::uintptr_t>(result(i)));
  EXPECT_EQ(say(nas_result_json, as_result, &text),
            (Said{NAS_WRONG_HANDLE, "nas_result_json: this is an interpreter, and a result is needed"}));
  EXPECT_EQ(say(nas_interpreter_check, as_interpreter),
            (Said{NAS_WRONG_HANDLE, "nas_interpreter_check: this is a space, and an interpreter is needed"}));
  EXPECT_EQ(say(nas_space_destroy, as_space),
            (Said{NAS_WRONG_HANDLE, "nas_space_destroy: this is a result, and a space is needed"}));
}

TEST_F(Misuse, UseAfterDestroyAndAfterTheOwnersEnd) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(run(i, kComputed), Said{});
  nas_result *first = result(i), *second = result(i);
  nas_space* net = space(i);
  nas_search* search = nullptr;
  ASSERT_EQ(say(nas_interpreter_search, i, "front", &search), Said{});
  EXPECT_EQ(say(nas_result_destroy, first), Said{});
  const char* text = nullptr;
  EXPECT_EQ(say(nas_result_destroy, first), (Said{NAS_NO_SUCH_HANDLE, "nas_result_destroy: this result was destroyed"}));
  EXPECT_EQ(say(nas_result_json, first, &text), (Said{NAS_NO_SUCH_HANDLE, "nas_result_json: this result was destroyed"}));
  nas_result* third = result(i);  // stands where the first one stood
  EXPECT_NE(third, first);
  EXPECT_EQ(say(nas_result_json, third, &text), Said{});
  EXPECT_EQ(say(nas_result_json, first, &text), (Said{NAS_NO_SUCH_HANDLE, "nas_result_json: this result was destroyed"}));

  EXPECT_EQ(say(nas_interpreter_destroy, i), Said{});
  std::size_t n = 0;
  const std::uint8_t* genomes = nullptr;
  EXPECT_EQ(say(nas_result_json, second, &text),
            (Said{NAS_OWNER_DESTROYED, "nas_result_json: the interpreter of this result was destroyed"}));
  EXPECT_EQ(say(nas_space_gene_count, net, &n),
            (Said{NAS_OWNER_DESTROYED, "nas_space_gene_count: the interpreter of this space was destroyed"}));
  EXPECT_EQ(say(nas_search_ask, search, &genomes, &n),
            (Said{NAS_OWNER_DESTROYED, "nas_search_ask: the interpreter of this search was destroyed"}));
  EXPECT_EQ(say(nas_result_destroy, second),
            (Said{NAS_OWNER_DESTROYED, "nas_result_destroy: the interpreter of this result was destroyed"}));
  EXPECT_EQ(say(nas_interpreter_run, i), (Said{NAS_NO_SUCH_HANDLE, "nas_interpreter_run: this interpreter was destroyed"}));
  EXPECT_EQ(say(nas_interpreter_destroy, i),
            (Said{NAS_NO_SUCH_HANDLE, "nas_interpreter_destroy: this interpreter was destroyed"}));
}

TEST_F(Misuse, WrongFieldsTypesAndIndices) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(run(i, kComputed), Said{});
  nas_result* front = result(i);
  std::int64_t integer = 7;
  double number = 7;
  const char* text = nullptr;
  std::int32_t boolean = 7;
  nas_column column{};
  nas_gene gene{};
  nas_diagnostic diagnostic{};
  EXPECT_EQ(say(nas_result_integer, front, "hypervolume", &integer),
            (Said{NAS_WRONG_TYPE, "nas_result_integer: hypervolume is a number, not an integer"}));
  EXPECT_EQ(say(nas_result_number, front, "space", &number),
            (Said{NAS_WRONG_TYPE, "nas_result_number: space is a string, not a number"}));
  EXPECT_EQ(say(nas_result_string, front, "front", &text),
            (Said{NAS_WRONG_TYPE, "nas_result_string: front is a list, not a string"}));
  EXPECT_EQ(say(nas_result_boolean, front, "evaluations", &boolean),
            (Said{NAS_WRONG_TYPE, "nas_result_boolean: evaluations is an integer, not a boolean"}));
  EXPECT_EQ(say(nas_result_number, front, "volume", &number),
            (Said{NAS_NOT_FOUND, "nas_result_number: the result has no field volume"}));
  EXPECT_EQ(say(nas_result_number, front, "/best/~9", &number),
            (Said{NAS_NOT_FOUND, "nas_result_number: the result has no field /best/~9"}));
  EXPECT_EQ(say(nas_result_column, front, std::size_t{3}, &column),
            (Said{NAS_OUT_OF_RANGE, "nas_result_column: there is no column 3, they are 3"}));
  EXPECT_EQ(say(nas_result_find_column, front, "latency", &column),
            (Said{NAS_NOT_FOUND, "nas_result_find_column: the front has no column latency"}));
  EXPECT_EQ(say(nas_space_gene, space(i), std::size_t{99}, &gene),
            (Said{NAS_OUT_OF_RANGE, "nas_space_gene: there is no gene 99, they are 3"}));
  EXPECT_EQ(say(nas_interpreter_diagnostic, i, std::size_t{0}, &diagnostic),
            (Said{NAS_OUT_OF_RANGE, "nas_interpreter_diagnostic: there is no diagnostic 0, they are 0"}));
  EXPECT_EQ(say(nas_interpreter_json, i, 99, static_cast<const char*>(nullptr), &text),
            (Said{NAS_OUT_OF_RANGE, "nas_interpreter_json: there is no nas_json 99"}));
  EXPECT_EQ(say(nas_interpreter_text, i, -1, static_cast<const char*>(nullptr), &text),
            (Said{NAS_OUT_OF_RANGE, "nas_interpreter_text: there is no nas_text -1"}));
  EXPECT_EQ(say(nas_interpreter_text, i, NAS_TEXT_DOC, "knnn", &text),
            (Said{NAS_NOT_FOUND, "nas_interpreter_text: there is no component knnn"}));
  nas_result* other = nullptr;
  nas_space* none = nullptr;
  nas_search* search = nullptr;
  EXPECT_EQ(say(nas_interpreter_result, i, "net", &other), (Said{NAS_NOT_FOUND, "nas_interpreter_result: net has no result"}));
  EXPECT_EQ(say(nas_interpreter_result, i, "nothing", &other),
            (Said{NAS_NOT_FOUND, "nas_interpreter_result: nothing has no result"}));
  EXPECT_EQ(say(nas_interpreter_space, i, "front", &none),
            (Said{NAS_NOT_FOUND, "nas_interpreter_space: there is no space front that is known before a run"}));
  EXPECT_EQ(say(nas_interpreter_search, i, "net", &search),
            (Said{NAS_NOT_FOUND,
                  "nas_interpreter_search: there is no search net\n  its name stands before the = of a search statement"}));
  // What comes out is left as it was.
  EXPECT_EQ(integer, 7);
  EXPECT_EQ(number, 7);
  EXPECT_EQ(boolean, 7);
  EXPECT_EQ(text, nullptr);
  EXPECT_EQ(other, nullptr);
}

TEST_F(Misuse, GenomesThatAreNone) {
  nas_interpreter* i = interpreter();
  ASSERT_EQ(load(i, kSpace), Said{});
  ASSERT_EQ(say(nas_interpreter_check, i), Said{});
  nas_space* net = space(i);
  const std::uint8_t bad[] = {0, 0, 0, 0, 2, 0};
  double macs[2] = {7, 7};
  std::uint8_t genome[3] = {};
  const char* text = nullptr;
  EXPECT_EQ(say(nas_space_macs, net, std::size_t{2}, bad, macs),
            (Said{NAS_BAD_VALUE, "nas_space_macs: genome 1 has option 2 of d, which has 2"}));
  EXPECT_EQ(macs[0], 7);
  EXPECT_EQ(say(nas_space_macs, net, std::size_t{1}, static_cast<const std::uint8_t*>(nullptr), macs),
            (Said{NAS_NULL_ARGUMENT, "nas_space_macs: genomes is NULL"}));
  EXPECT_EQ(say(nas_space_spell, net, bad + 3, &text),
            (Said{NAS_BAD_VALUE, "nas_space_spell: genome 0 has option 2 of d, which has 2"}));
  EXPECT_EQ(say(nas_space_parse, net, "k=9,d=1,w=4", genome), (Said{NAS_BAD_VALUE, "nas_space_parse: 9 is not an option of k"}));
  EXPECT_EQ(say(nas_space_sample, net, std::uint64_t{1}, std::size_t{0}, static_cast<std::uint8_t*>(nullptr)), Said{});
}

TEST_F(Misuse, OptionsThatAreNone) {
  nas_interpreter* made = nullptr;
  options_.size = 8;
  const std::string size = std::to_string(sizeof options_);
  EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options_), &made),
            (Said{NAS_BAD_VALUE, "nas_interpreter_create: options->size is 8, and nas_options_init gives " + size}));
  options_.size = sizeof options_;
  options_.param_count = 1;
  EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options_), &made),
            (Said{NAS_NULL_ARGUMENT, "nas_interpreter_create: options->params is NULL"}));
  const char* const params[] = {"a", nullptr};
  options_.params = params;
  EXPECT_EQ(say(nas_interpreter_create, static_cast<const nas_options*>(&options_), &made),
            (Said{NAS_BAD_VALUE, "nas_interpreter_create: parameter 0 has no value"}));
  EXPECT_EQ(made, nullptr);
}

TEST_F(Misuse, WithoutAScriptOrWithABadOne) {
  nas_interpreter* i = interpreter();
  const char* text = nullptr;
  nas_search* search = nullptr;
  EXPECT_EQ(say(nas_interpreter_check, i), (Said{NAS_BAD_USAGE, "no script is loaded"}));
  EXPECT_EQ(say(nas_interpreter_run, i), (Said{NAS_BAD_USAGE, "no script is loaded"}));
  EXPECT_EQ(say(nas_interpreter_search, i, "front", &search),
            (Said{NAS_NOT_FOUND, "nas_interpreter_search: no script is loaded"}));
  EXPECT_EQ(json(i, NAS_JSON_PLAN), nlohmann::json());
  EXPECT_EQ(say(nas_interpreter_load_file, i, "/nowhere/a.nas"), (Said{NAS_FAILED, "there is no file /nowhere/a.nas"}));
  EXPECT_EQ(run(i, "show 1 +\n"), (Said{NAS_SCRIPT_ERROR, "own.nas:1:9: error[E107]: a value is missing after '+'"}));
  ASSERT_EQ(load(i, kSpace + "search front = nsga9() of minimize macs\n"), Said{});
  const Said unknown{NAS_SCRIPT_ERROR, "own.nas:13:16: error[E205]: there is no search component nsga9"};
  EXPECT_EQ(say(nas_interpreter_check, i), unknown);
  nas_diagnostic diagnostic{};
  ASSERT_EQ(say(nas_interpreter_diagnostic, i, std::size_t{0}, &diagnostic), Said{});
  EXPECT_STREQ(diagnostic.code, "E205");
  EXPECT_STREQ(diagnostic.file, "own.nas");
  EXPECT_STREQ(diagnostic.hint, "did you mean nsga2?");
  EXPECT_EQ(diagnostic.line, 13);
  EXPECT_EQ(diagnostic.is_error, 1);
  EXPECT_EQ(say(nas_interpreter_search, i, "front", &search),
            (Said{NAS_SCRIPT_ERROR, "nas_interpreter_search: " + unknown.text + "\n  did you mean nsga2?"}));
  EXPECT_EQ(say(nas_interpreter_text, i, NAS_TEXT_DIAGNOSTICS, static_cast<const char*>(nullptr), &text), Said{});
  EXPECT_NE(std::string(text).find("13 | search front = nsga9()"), std::string::npos);
}

// Longer sentences than the error has room for are cut behind a whole character.
TEST_F(Misuse, LongSentencesAreCutBehindAWholeCharacter) {
  nas_interpreter* i = interpreter();
  std::string path = "/";
  while (path.size() < 3000) path += "\xc3\xa4";
  const Said said = say(nas_interpreter_load_file, i, path.c_str());
  EXPECT_EQ(said.status, NAS_FAILED);
  EXPECT_EQ(said.text, ("there is no file " + path).substr(0, said.text.size()));
  EXPECT_GE(said.text.size(), 1018u);
  EXPECT_EQ(said.text.back(), '\xa4');
}

TEST_F(Misuse, ASecondCallWhileOneIsAtWork) {
  Own& own = new_own();
  nas_interpreter* i = with_own(own);
  std::vector<Said> said;
  nas_space* lent = nullptr;
  own.function = [&](const nas_batch& batch, double* values, nas_error* error) {
    const char* text = nullptr;
    nas_result* other = nullptr;
    if (said.empty()) {
      said.push_back(say(nas_interpreter_run, i));
      said.push_back(say(nas_interpreter_json, i, NAS_JSON_PLAN, static_cast<const char*>(nullptr), &text));
      said.push_back(say(nas_interpreter_destroy, i));
      said.push_back(say(nas_interpreter_result, i, "front", &other));
      std::thread([&] { said.push_back(say(nas_interpreter_check, i)); }).join();
      said.push_back(say(nas_space_spell, batch.space, batch.genomes, &text));  // what the batch lends is free
      EXPECT_STREQ(text, batch.spellings[0]);
      lent = batch.space;
    }
    return Own::by_parameters(batch, values, error);
  };
  ASSERT_EQ(run(i, kMeasured), Said{});
  const auto busy = [](const char* function) {
    return Said{NAS_BUSY, std::string(function) + ": nas_interpreter_run is at work with this interpreter"};
  };
  EXPECT_EQ(said, (std::vector<Said>{busy("nas_interpreter_run"), busy("nas_interpreter_json"), busy("nas_interpreter_destroy"),
                                     busy("nas_interpreter_result"), busy("nas_interpreter_check"), Said{}}));
  std::size_t n = 0;
  EXPECT_EQ(say(nas_space_gene_count, lent, &n), (Said{NAS_NO_SUCH_HANDLE, "nas_space_gene_count: this space was destroyed"}));
}

}  // namespace
