/// A thin C++20 wrapper of nas.h: handles that end with their scope, spans and views in place of pointers, `Expected` in place of
/// statuses. Header only; everything that nas.h says about threads, lifetimes and errors holds here too.
#pragma once

#include <nas/nas.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nas::abi {

struct Error {
  nas_status status = NAS_OK;
  std::string text;  ///< what went wrong, and on further lines what to do about it
};

/// A value, or the error that prevented it. `value()` throws std::runtime_error with the error's text.
template <typename T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Expected(Error error) : content_(std::in_place_index<1>, std::move(error)) {}
  explicit operator bool() const { return content_.index() == 0; }
  T& operator*() { return std::get<0>(content_); }
  T* operator->() { return &std::get<0>(content_); }
  const Error& error() const { return std::get<1>(content_); }
  T& value() & {
    if (!*this) throw std::runtime_error(error().text);
    return **this;
  }
  T value() && {
    if (!*this) throw std::runtime_error(error().text);
    return std::move(**this);
  }

 private:
  std::variant<T, Error> content_;
};
/// Nothing, or the error.
template <>
class [[nodiscard]] Expected<void> {
 public:
  Expected() = default;
  Expected(Error error) : error_(std::move(error)) {}
  explicit operator bool() const { return !error_; }
  const Error& error() const { return *error_; }
  nas_status status() const { return error_ ? error_->status : NAS_OK; }
  void value() const {
    if (error_) throw std::runtime_error(error_->text);
  }

 private:
  std::optional<Error> error_;
};

namespace detail {

/// `function(arguments..., &error)` as an Expected.
template <typename Function, typename... Arguments>
Expected<void> call(Function function, Arguments... arguments) {
  nas_error error{};
  if (const nas_status status = function(arguments..., &error); status != NAS_OK) return Error{status, error.text};
  return {};
}
/// The same for functions whose last argument before the error is what comes out.
template <typename T, typename Function, typename... Arguments>
Expected<T> get(Function function, Arguments... arguments) {
  T out{};
  if (auto called = call(function, arguments..., &out); !called) return called.error();
  return out;
}
template <typename Function, typename... Arguments>
Expected<std::string> get_text(Function function, Arguments... arguments) {
  auto text = get<const char*>(function, arguments...);
  if (!text) return text.error();
  return std::string(*text);
}

template <typename Handle, nas_status (*destroy)(Handle*, nas_error*)>
class Owner {
 public:
  Owner() = default;
  explicit Owner(Handle* handle) : handle_(handle) {}
  Owner(Owner&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Owner& operator=(Owner&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Owner() {
    if (handle_) destroy(handle_, nullptr);  // its owner may have ended it: then there is nothing to do
  }
  Handle* get() const { return handle_; }

 private:
  Handle* handle_ = nullptr;
};

}  // namespace detail

/// A space. Genomes are rows of gene_count() bytes.
class Space {
 public:
  explicit Space(nas_space* handle) : handle_(handle) {}
  nas_space* handle() const { return handle_.get(); }
  std::size_t gene_count() const { return detail::get<std::size_t>(nas_space_gene_count, handle()).value(); }
  Expected<nas_gene> gene(std::size_t index) const { return detail::get<nas_gene>(nas_space_gene, handle(), index); }
  Expected<std::string> networks() const { return detail::get_text(nas_space_networks, handle()); }
  Expected<std::vector<std::uint8_t>> sample(std::size_t n, std::uint64_t seed) const {
    std::vector<std::uint8_t> genomes(n * gene_count());
    if (auto called = detail::call(nas_space_sample, handle(), seed, n, genomes.data()); !called) return called.error();
    return genomes;
  }
  Expected<void> mutate(std::span<std::uint8_t> genomes, std::uint64_t seed) const {
    return detail::call(nas_space_mutate, handle(), seed, genomes.size() / gene_count(), genomes.data());
  }
  Expected<std::vector<double>> macs(std::span<const std::uint8_t> genomes) const { return numbers(nas_space_macs, genomes); }
  Expected<std::vector<double>> params(std::span<const std::uint8_t> genomes) const { return numbers(nas_space_params, genomes); }
  Expected<std::vector<float>> features(std::span<const std::uint8_t> genomes) const {
    auto columns = detail::get<std::size_t>(nas_space_feature_count, handle());
    if (!columns) return columns.error();
    const std::size_t n = genomes.size() / gene_count();
    std::vector<float> out(n * *columns);
    if (auto called = detail::call(nas_space_features, handle(), n, genomes.data(), out.data()); !called) return called.error();
    return out;
  }
  Expected<std::string> spell(std::span<const std::uint8_t> genome) const {
    return detail::get_text(nas_space_spell, handle(), genome.data());
  }
  Expected<std::vector<std::uint8_t>> parse(const std::string& text) const {
    std::vector<std::uint8_t> genome(gene_count());
    if (auto called = detail::call(nas_space_parse, handle(), text.c_str(), genome.data()); !called) return called.error();
    return genome;
  }

 private:
  template <typename Function>
  Expected<std::vector<double>> numbers(Function function, std::span<const std::uint8_t> genomes) const {
    const std::size_t n = genomes.size() / gene_count();
    std::vector<double> out(n);
    if (auto called = detail::call(function, handle(), n, genomes.data(), out.data()); !called) return called.error();
    return out;
  }
  detail::Owner<nas_space, nas_space_destroy> handle_;
};

/// A column of a front; views into the result.
struct Column {
  std::string_view name, unit;
  bool measured = true;
  std::span<const double> numbers;  ///< empty for texts
  std::span<const double> spread;   ///< empty where there is none
  std::span<const char* const> texts;
};

class Result {
 public:
  explicit Result(nas_result* handle) : handle_(handle) {}
  nas_result* handle() const { return handle_.get(); }
  Expected<std::string> json() const { return detail::get_text(nas_result_json, handle()); }
  Expected<double> number(const char* field) const { return detail::get<double>(nas_result_number, handle(), field); }
  Expected<std::int64_t> integer(const char* field) const {
    return detail::get<std::int64_t>(nas_result_integer, handle(), field);
  }
  Expected<std::string> string(const char* field) const { return detail::get_text(nas_result_string, handle(), field); }
  Expected<std::size_t> column_count() const { return detail::get<std::size_t>(nas_result_column_count, handle()); }
  Expected<Column> column(std::size_t index) const { return view(detail::get<nas_column>(nas_result_column, handle(), index)); }
  Expected<Column> column(const char* name) const {
    return view(detail::get<nas_column>(nas_result_find_column, handle(), name));
  }

 private:
  static Expected<Column> view(Expected<nas_column> c) {
    if (!c) return c.error();
    Column column{c->name, c->unit, c->measured != 0, {}, {}, {}};
    if (c->numbers) column.numbers = {c->numbers, c->size};
    if (c->spread) column.spread = {c->spread, c->size};
    if (c->texts) column.texts = {c->texts, c->size};
    return column;
  }
  detail::Owner<nas_result, nas_result_destroy> handle_;
};

/// A search that is asked and told.
class Search {
 public:
  explicit Search(nas_search* handle) : handle_(handle) {}
  nas_search* handle() const { return handle_.get(); }
  Expected<Space> space() const { return wrap<Space>(detail::get<nas_space*>(nas_search_space, handle())); }
  Expected<std::vector<nas_search_metric>> metrics() const {
    auto count = detail::get<std::size_t>(nas_search_metric_count, handle());
    if (!count) return count.error();
    std::vector<nas_search_metric> list;
    for (std::size_t i = 0; i < *count; ++i) {
      auto metric = detail::get<nas_search_metric>(nas_search_metric_at, handle(), i);
      if (!metric) return metric.error();
      list.push_back(*metric);
    }
    return list;
  }
  struct Asked {
    std::size_t count = 0;
    const std::uint8_t* genomes = nullptr;  ///< until the next ask
  };
  Expected<Asked> ask() const {
    Asked asked;
    if (auto called = detail::call(nas_search_ask, handle(), &asked.genomes, &asked.count); !called) return called.error();
    return asked;
  }
  Expected<void> tell(std::span<const double> values) const {
    return detail::call(nas_search_tell, handle(), values.data(), values.size());
  }
  Expected<Result> result() const { return wrap<Result>(detail::get<nas_result*>(nas_search_result, handle())); }

  template <typename T, typename Handle>
  static Expected<T> wrap(Expected<Handle> handle) {
    if (!handle) return handle.error();
    return T(*handle);
  }

 private:
  detail::Owner<nas_search, nas_search_destroy> handle_;
};

/// What a metric of the program is; see nas_metric. `evaluate` may throw: the text ends the stage.
struct Metric {
  std::string name, metric, version, doc, arguments;
  bool predicts = false;
  std::function<void(const nas_batch& batch, std::span<double> values)> evaluate;
  std::string unit = {};             ///< of a metric that the language does not have, as are the next two
  nas_better better = NAS_AS_KNOWN;  ///< which direction is the better one
  bool on_device = false;            ///< it is of a device: robustness@phone
};

/// See nas_options. What callbacks throw ends the call with NAS_CALLBACK_FAILED.
struct Options {
  std::string store_folder = ".nas", output_folder;
  std::string stdlib_folder, module_folder;  ///< empty = beside the library
  std::vector<std::pair<std::string, std::string>> params;
  std::optional<std::uint64_t> seed;
  int threads = 0;
  bool fresh = false, allow_run = false;
  std::function<void(std::string_view text)> print;
  std::function<void(const nas_progress& event)> progress;
  std::function<void(nas_log_level level, std::string_view line)> log;
  std::function<std::optional<std::string>(const std::string& path, const std::string& from)> import;
  std::function<std::optional<std::string>(const std::string& path)> open_file;
  std::function<bool()> cancelled;
};

class Interpreter {
 public:
  static Expected<Interpreter> create(Options options = {}) {
    auto held = std::make_unique<Held>();
    held->options = std::move(options);
    const Options& o = held->options;
    std::vector<const char*> params;
    for (const auto& [name, value] : o.params) params.insert(params.end(), {name.c_str(), value.c_str()});
    nas_options given;
    nas_options_init(&given);
    given.store_folder = o.store_folder.c_str();
    given.output_folder = o.output_folder.c_str();
    given.stdlib_folder = o.stdlib_folder.empty() ? nullptr : o.stdlib_folder.c_str();
    given.module_folder = o.module_folder.empty() ? nullptr : o.module_folder.c_str();
    given.params = params.data();
    given.param_count = o.params.size();
    given.seed = o.seed.value_or(0);
    given.has_seed = o.seed.has_value();
    given.threads = o.threads;
    given.fresh = o.fresh;
    given.allow_run = o.allow_run;
    given.context = held.get();
    if (o.print) given.print = [](void* at, const char* text, std::size_t size) { of(at).print({text, size}); };
    if (o.progress) given.progress = [](void* at, const nas_progress* event) { of(at).progress(*event); };
    if (o.log) given.log = [](void* at, nas_log_level level, const char* line) { of(at).log(level, line); };
    if (o.import)
      given.import = [](void* at, const char* path, const char* from, nas_reply* reply) {
        return answer(at, of(at).import(path, from), reply);
      };
    if (o.open_file)
      given.open_file = [](void* at, const char* path, nas_reply* reply) { return answer(at, of(at).open_file(path), reply); };
    if (o.cancelled) given.cancelled = [](void* at) -> std::int32_t { return of(at).cancelled(); };
    auto made = detail::get<nas_interpreter*>(nas_interpreter_create, static_cast<const nas_options*>(&given));
    if (!made) return made.error();
    return Interpreter(std::move(held), *made);
  }
  nas_interpreter* handle() const { return handle_.get(); }

  Expected<void> load_text(const std::string& name, std::string_view text) {
    return detail::call(nas_interpreter_load_text, handle(), name.c_str(), text.data(), text.size());
  }
  Expected<void> load_file(const std::string& path) { return detail::call(nas_interpreter_load_file, handle(), path.c_str()); }
  Expected<void> set_param(const std::string& name, const std::string& value) {
    return detail::call(nas_interpreter_set_param, handle(), name.c_str(), value.c_str());
  }
  Expected<void> check() { return detail::call(nas_interpreter_check, handle()); }
  Expected<void> plan() { return detail::call(nas_interpreter_plan, handle()); }
  Expected<void> run() { return detail::call(nas_interpreter_run, handle()); }
  /// From any thread.
  Expected<void> cancel() { return detail::call(nas_interpreter_cancel, handle()); }
  Expected<std::string> json(nas_json what, const std::string& argument = "") {
    return detail::get_text(nas_interpreter_json, handle(), what, argument.c_str());
  }
  Expected<std::string> text(nas_text what, const std::string& argument = "") {
    return detail::get_text(nas_interpreter_text, handle(), what, argument.c_str());
  }
  Expected<Result> result(const std::string& stage) {
    return Search::wrap<Result>(detail::get<nas_result*>(nas_interpreter_result, handle(), stage.c_str()));
  }
  Expected<Space> space(const std::string& stage) {
    return Search::wrap<Space>(detail::get<nas_space*>(nas_interpreter_space, handle(), stage.c_str()));
  }
  Expected<Search> search(const std::string& stage) {
    return Search::wrap<Search>(detail::get<nas_search*>(nas_interpreter_search, handle(), stage.c_str()));
  }
  Expected<void> add(Metric metric) {
    auto held = std::make_unique<Metric>(std::move(metric));
    nas_metric given{};
    given.size = sizeof given;
    given.name = held->name.c_str();
    given.metric = held->metric.c_str();
    given.doc = held->doc.c_str();
    given.version = held->version.c_str();
    given.arguments = held->arguments.empty() ? nullptr : held->arguments.c_str();
    given.predicts = held->predicts;
    given.unit = held->unit.c_str();
    given.better = held->better;
    given.on_device = held->on_device;
    given.context = held.get();
    if (held->evaluate)
      given.evaluate = [](void* at, const nas_batch* batch, double* values, nas_error*) -> std::int64_t {
        static_cast<const Metric*>(at)->evaluate(*batch, {values, batch->count});
        return static_cast<std::int64_t>(batch->count);
      };
    given.release = [](void* at) { delete static_cast<Metric*>(at); };
    auto added = detail::call(nas_interpreter_add_metric, handle(), static_cast<const nas_metric*>(&given));
    if (added) (void)held.release();
    return added;
  }

 private:
  struct Held {
    Options options;
    std::string reply;
  };
  Interpreter(std::unique_ptr<Held> held, nas_interpreter* handle) : held_(std::move(held)), handle_(handle) {}
  static const Options& of(void* at) { return static_cast<Held*>(at)->options; }
  static std::int32_t answer(void* at, std::optional<std::string> text, nas_reply* reply) {
    if (!text) return 0;
    std::string& kept = static_cast<Held*>(at)->reply = std::move(*text);
    *reply = {kept.data(), kept.size(), nullptr};
    return 1;
  }
  std::unique_ptr<Held> held_;
  detail::Owner<nas_interpreter, nas_interpreter_destroy> handle_;
};

}  // namespace nas::abi
