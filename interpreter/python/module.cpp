// The Python module _nas: interpreters, sessions, spaces and searches with their arrays. What a person types is in
// nas/__init__.py.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <thread>

#include "core/space.h"
#include "embed/ask_tell.h"
#include "embed/host_metric.h"
#include "embed/session.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace {

using Genomes = nb::ndarray<const std::uint8_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

/// A Python object that other threads may let go of.
using Held = std::shared_ptr<nb::object>;
Held held(nb::object object) {
  return Held(new nb::object(std::move(object)), [](nb::object* at) {
    const nb::gil_scoped_acquire gil;
    delete at;
  });
}

/// An array that owns its numbers.
template <typename T>
nb::ndarray<nb::numpy, T> owned(std::vector<T> values, std::vector<std::size_t> shape) {
  auto* kept = new std::vector<T>(std::move(values));
  nb::capsule owner(kept, [](void* at) noexcept { delete static_cast<std::vector<T>*>(at); });
  return nb::ndarray<nb::numpy, T>(kept->data(), shape.size(), shape.data(), owner);
}

[[noreturn]] void refuse(const std::string& sentence) {
  throw nb::value_error(sentence.c_str());
}
template <typename T>
T wanted(nas::Result<T> result) {
  if (!result)
    refuse(result.failure().hint.empty() ? result.failure().message : result.failure().message + "\n  " + result.failure().hint);
  return std::move(*result);
}

/// Genomes that are networks of the space, canonical.
std::vector<std::uint8_t> checked(const nas::Space& space, const Genomes& genomes) {
  const std::size_t n = genomes.shape(0), length = space.gene_count();
  if (genomes.shape(1) != length)
    refuse("genomes have " + std::to_string(length) + " genes, and these rows have " + std::to_string(genomes.shape(1)));
  std::vector<std::uint8_t> rows(genomes.data(), genomes.data() + n * length);
  for (std::size_t i = 0; i < n; ++i) {
    const auto row = std::span(rows).subspan(i * length, length);
    for (std::size_t g = 0; g < length; ++g)
      if (row[g] >= space.genes()[g].options.size())
        refuse("genome " + std::to_string(i) + " has option " + std::to_string(row[g]) + " of " + space.genes()[g].name +
               ", which has " + std::to_string(space.genes()[g].options.size()));
    space.canonicalise(row);
    if (!space.valid(row)) refuse("genome " + std::to_string(i) + " is no network of " + space.name());
  }
  return rows;
}

class PySpace {
 public:
  explicit PySpace(std::shared_ptr<const nas::Space> space) : space_(std::move(space)) {}
  const nas::Space& get() const { return *space_; }
  nb::ndarray<nb::numpy, std::uint8_t> genomes(std::vector<std::uint8_t> rows) const {
    const std::size_t n = rows.size() / space_->gene_count();
    return owned(std::move(rows), {n, space_->gene_count()});
  }
  auto sample(std::size_t n, std::uint64_t seed) const {
    std::vector<std::uint8_t> rows(n * space_->gene_count());
    nas::Stream stream(seed, "sample");
    if (auto sampled = space_->sample(stream, n, rows); !sampled) refuse(sampled.failure().message);
    return genomes(std::move(rows));
  }
  auto mutate(const Genomes& from, std::uint64_t seed) const {
    auto rows = checked(*space_, from);
    for (std::size_t i = 0, length = space_->gene_count(); i * length < rows.size(); ++i) {
      nas::Stream stream = nas::Stream(seed, "mutate").split(i);
      space_->mutate(std::span(rows).subspan(i * length, length), stream);
    }
    return genomes(std::move(rows));
  }
  auto costs(const Genomes& from, bool macs) const {
    const auto rows = checked(*space_, from);
    std::vector<double> out(from.shape(0));
    if (macs)
      space_->macs(rows, out.size(), out);
    else
      space_->params(rows, out.size(), out);
    const std::size_t n = out.size();
    return owned(std::move(out), {n});
  }
  auto encode(const Genomes& from, const std::string& encoding) const {
    const auto rows = checked(*space_, from);
    const std::size_t n = from.shape(0);
    std::size_t columns = space_->feature_count();
    std::vector<float> out;
    if (encoding.empty()) {
      out.resize(n * columns);
      space_->features(rows, n, out);
    } else {
      const auto found = space_->find_encoding(encoding);
      if (!found) refuse("space " + space_->name() + " has no features " + encoding);
      columns = space_->encodings()[*found].columns.size();
      out.resize(n * columns);
      space_->encode(*found, rows, n, out);
    }
    return owned(std::move(out), {n, columns});
  }
  std::vector<std::string> spell(const Genomes& from) const {
    const auto rows = checked(*space_, from);
    std::vector<std::string> texts;
    const auto length = static_cast<std::ptrdiff_t>(space_->gene_count());
    for (auto at = rows.begin(); at != rows.end(); at += length) texts.push_back(space_->spell(nas::Arch{{at, at + length}}));
    return texts;
  }
  auto parse(const std::vector<std::string>& texts) const {
    std::vector<std::uint8_t> rows;
    for (const std::string& text : texts) {
      const auto arch = wanted(space_->parse(std::string_view(text)));
      rows.insert(rows.end(), arch.genes.begin(), arch.genes.end());
    }
    return genomes(std::move(rows));
  }

 private:
  std::shared_ptr<const nas::Space> space_;
};

/// Runs `work` on a thread of its own, so that Ctrl-C is seen here and ends it; the lock of Python is free meanwhile.
template <typename Work>
nas::Status interruptible(Work&& work, const std::function<void()>& cancel) {
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false, interrupted = false;
  nas::Status status = nas::Status::ok;
  std::exception_ptr bug;
  {
    const nb::gil_scoped_release released;
    std::thread worker([&] {
      try {
        status = work();
      } catch (...) {
        bug = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      done = true;
      ended.notify_all();
    });
    std::unique_lock lock(mutex);
    while (!ended.wait_for(lock, std::chrono::milliseconds(50), [&] { return done; })) {
      lock.unlock();
      {
        const nb::gil_scoped_acquire gil;
        interrupted = interrupted || PyErr_CheckSignals() != 0;
        if (interrupted) PyErr_Clear();
      }
      if (interrupted) cancel();
      lock.lock();
    }
    lock.unlock();
    worker.join();
  }
  if (interrupted) {
    PyErr_SetString(PyExc_KeyboardInterrupt, "the run was cancelled; run again to go on");
    throw nb::python_error();
  }
  if (bug) std::rethrow_exception(bug);
  return status;
}

/// Calls a Python callback from whatever thread comes; what it raises is kept for whoever ran.
struct Callback {
  Held function;
  explicit operator bool() const { return function != nullptr; }
  template <typename... Arguments>
  void operator()(Arguments&&... arguments) const {
    const nb::gil_scoped_acquire gil;
    try {
      (*function)(std::forward<Arguments>(arguments)...);
    } catch (nb::python_error& error) {
      error.discard_as_unraisable("a callback of nas");
    }
  }
};
Callback callback(nb::handle settings, const char* name) {
  nb::object given = settings.attr("get")(name);
  return {given.is_none() ? nullptr : held(given)};
}

nas::Options options_from(const nb::dict& settings) {
  nas::Options options;
  const auto text = [&](const char* name, auto&& take) {
    if (settings.contains(name) && !nb::object(settings[name]).is_none()) take(nb::cast<std::string>(settings[name]));
  };
  text("store", [&](std::string folder) { options.store_folder = std::move(folder); });
  text("out", [&](std::string folder) { options.output_folder = std::move(folder); });
  text("stdlib", [&](std::string folder) { options.stdlib_folders.push_back(std::move(folder)); });
  text("modules", [&](std::string folder) { options.module_folders.push_back(std::move(folder)); });
  // Texts that stand in for files.
  if (auto files = nb::cast<std::vector<std::pair<std::string, std::string>>>(nb::list(settings["files"].attr("items")()));
      !files.empty())
    options.open_file = [files = std::move(files)](const std::string& path) -> std::optional<std::string> {
      for (const auto& [name, text] : files)
        if (name == path) return text;
      return std::nullopt;
    };
  options.params = nb::cast<std::vector<std::pair<std::string, std::string>>>(settings["params"]);
  if (!nb::object(settings["seed"]).is_none()) options.seed = nb::cast<std::uint64_t>(settings["seed"]);
  options.threads = nb::cast<int>(settings["threads"]);
  options.fresh = nb::cast<bool>(settings["fresh"]);
  options.allow_run = nb::cast<bool>(settings["allow_run"]);
  return options;
}
nas::Callbacks callbacks_from(const nb::dict& settings) {
  nas::Callbacks callbacks;
  if (auto print = callback(settings, "print")) callbacks.print = [print](const std::string& text) { print(text); };
  if (auto log = callback(settings, "log"))
    callbacks.log = [log](nas::LogLevel level, const std::string& line) { log(static_cast<int>(level), line); };
  if (auto progress = callback(settings, "progress"))
    callbacks.progress = [progress](const nas::ProgressEvent& e) {
      static constexpr const char* kinds[] = {"started", "step", "finished", "reused", "skipped", "failed"};
      progress(kinds[static_cast<int>(e.kind)], e.stage, e.what, e.done, e.total, e.detail);
    };
  return callbacks;
}

/// A batch of a metric, as its function sees it.
struct PyBatch {
  PySpace space;
  std::vector<std::uint8_t> rows;
  std::string arguments;
  int threads;
  std::function<bool()> cancelled;
};

nas::HostMetric host_metric(const std::string& name, const std::string& metric, const std::string& version,
                            const std::string& doc, const std::string& arguments, bool predicts, const std::string& unit,
                            std::optional<bool> maximize, bool on_device, nb::object function) {
  nas::HostMetric made{name, metric, doc, version, {}, predicts, unit, maximize, on_device};
  made.args = wanted(nas::arguments_from_schema(nlohmann::json::parse(arguments)));
  const Held call = held(std::move(function));
  made.evaluate = [call](const nas::HostBatch& batch, std::span<double> values) -> nas::Result<void> {
    const nb::gil_scoped_acquire gil;
    try {
      PyBatch told{PySpace(std::make_shared<nas::Space>(*batch.space)),
                   {batch.genomes.begin(), batch.genomes.end()},
                   batch.arguments.dump(),
                   batch.threads,
                   batch.cancelled};
      const nb::object given = (*call)(nb::cast(std::move(told)));
      const auto numbers = nb::cast<nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>>(given);
      if (numbers.shape(0) != values.size())
        return nas::Failure{
            "", "it gave " + std::to_string(numbers.shape(0)) + " values for " + std::to_string(values.size()) + " networks", ""};
      std::copy_n(numbers.data(), values.size(), values.begin());
    } catch (nb::python_error& error) {
      const std::string type = nb::cast<std::string>(error.type().attr("__name__"));
      return nas::Failure{"", type + ": " + nb::cast<std::string>(nb::str(error.value())), ""};
    }
    return {};
  };
  return made;
}

/// A front whose columns are read in place.
nb::object column(nb::handle self, const std::vector<double>& values) {
  return nb::cast(nb::ndarray<nb::numpy, const double, nb::ndim<1>>(values.data(), {values.size()}, self));
}

std::string dumped(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

NB_MODULE(_nas, m) {
  nb::set_leak_warnings(false);
  m.doc() = "The engine of nas; use the module nas.";
  m.def("version", [] { return nas::Interpreter::version_text(); });

  nb::class_<PySpace>(m, "Space", "A search space; genomes are rows of uint8, the index of an option for each gene.")
      .def_prop_ro("name", [](const PySpace& s) { return s.get().name(); })
      .def_prop_ro("genes",
                   [](const PySpace& s) {
                     std::vector<std::pair<std::string, std::vector<std::string>>> list;
                     for (const nas::Gene& gene : s.get().genes()) list.emplace_back(gene.name, gene.options);
                     return list;
                   })
      .def_prop_ro("networks", [](const PySpace& s) { return nb::int_(nb::str(s.get().networks().get_str().c_str())); })
      .def_prop_ro("feature_names", [](const PySpace& s) { return s.get().feature_names(); })
      .def("sample", &PySpace::sample, "n"_a, "seed"_a = 0, "n networks, all of them alike; n x genes.")
      .def("mutate", &PySpace::mutate, "genomes"_a, "seed"_a = 0, "Copies with one gene changed in each.")
      .def(
          "macs", [](const PySpace& s, const Genomes& g) { return s.costs(g, true); }, "genomes"_a)
      .def(
          "params", [](const PySpace& s, const Genomes& g) { return s.costs(g, false); }, "genomes"_a)
      .def("encode", &PySpace::encode, "genomes"_a, "encoding"_a = "", "What predictors learn from; n x columns of float32.")
      .def("spell", &PySpace::spell, "genomes"_a)
      .def("parse", &PySpace::parse, "texts"_a);

  nb::class_<PyBatch>(m, "Batch", "Networks whose values a metric is asked for.")
      .def_prop_ro("space", [](const PyBatch& b) { return b.space; })
      .def_prop_ro(
          "genomes", [](const PyBatch& b) { return b.space.genomes(b.rows); }, nb::rv_policy::move)
      .def_prop_ro("arguments_json", [](const PyBatch& b) { return b.arguments; })
      .def_prop_ro("threads", [](const PyBatch& b) { return b.threads; })
      .def(
          "cancelled", [](const PyBatch& b) { return b.cancelled(); }, "True where the run is to end: give up soon.");

  nb::class_<nas::Front>(m, "Front")
      .def_prop_ro("columns",
                   [](const nas::Front& f) {
                     std::vector<std::string> names;
                     for (const auto& c : f.columns) names.push_back(c.name);
                     return names;
                   })
      .def("unit", [](const nas::Front& f, std::size_t i) { return f.columns.at(i).unit; })
      .def("measured", [](const nas::Front& f, std::size_t i) { return f.columns.at(i).measured; })
      .def("texts", [](const nas::Front& f, std::size_t i) { return f.columns.at(i).texts; })
      .def("numbers",
           [](nb::handle self, std::size_t i) { return column(self, nb::cast<const nas::Front&>(self).columns.at(i).numbers); })
      .def("spread",
           [](nb::handle self, std::size_t i) { return column(self, nb::cast<const nas::Front&>(self).columns.at(i).spread); })
      .def("__len__", &nas::Front::size);
  m.def("front", [](const std::string& json) { return nas::Front::from_json(nlohmann::json::parse(json)); });

  nb::class_<nas::Interpreter>(m, "Interpreter")
      .def("__init__",
           [](nas::Interpreter* at, const nb::dict& s) { new (at) nas::Interpreter(options_from(s), callbacks_from(s)); })
      .def("load_text", &nas::Interpreter::load_text)
      .def("load_file", &nas::Interpreter::load_file)
      .def("add_metric",
           [](nas::Interpreter& i, const std::string& name, const std::string& metric, const std::string& version,
              const std::string& doc, const std::string& arguments, bool predicts, const std::string& unit,
              std::optional<bool> maximize, bool on_device, nb::object function) {
             if (auto added = i.add(host_metric(name, metric, version, doc, arguments, predicts, unit, maximize, on_device,
                                                std::move(function)));
                 !added)
               refuse(added.failure().hint.empty() ? added.failure().message
                                                   : added.failure().message + "\n  " + added.failure().hint);
           })
      .def("check", [](nas::Interpreter& i) { return static_cast<int>(i.check()); })
      .def(
          "plan", [](nas::Interpreter& i) { return static_cast<int>(i.plan()); }, nb::call_guard<nb::gil_scoped_release>())
      .def("run",
           [](nas::Interpreter& i, const std::vector<std::string>& stages) {
             return static_cast<int>(interruptible([&] { return i.run(stages); }, [&] { i.cancel(); }));
           })
      .def("cancel", &nas::Interpreter::cancel)
      .def("diagnostics", [](const nas::Interpreter& i) { return dumped(i.diagnostics_json()); })
      .def("picture", [](const nas::Interpreter& i) { return i.render_diagnostics(false); })
      .def("failure", &nas::Interpreter::failure_text)
      .def("plan_json", [](const nas::Interpreter& i) { return dumped(i.plan_json()); })
      .def("plan_text", [](const nas::Interpreter& i) { return i.plan_text(false); })
      .def("params_json", [](const nas::Interpreter& i) { return dumped(i.params_json()); })
      .def("names_json", [](const nas::Interpreter& i) { return dumped(i.names_json()); })
      .def("components_json", [](const nas::Interpreter& i) { return dumped(i.components_json()); })
      .def("doc", &nas::Interpreter::doc_text)
      .def("result_names", &nas::Interpreter::result_names)
      .def("result_json", [](const nas::Interpreter& i, const std::string& stage) { return dumped(i.result_json(stage)); })
      .def("space", [](const nas::Interpreter& i, const std::string& stage) -> std::optional<PySpace> {
        auto space = i.space(stage);
        if (!space) return std::nullopt;
        return PySpace(std::move(space));
      });

  nb::class_<nas::AskTell>(m, "Search", "A search that is asked for networks and told their values.")
      .def_static(
          "open",
          [](const nas::Interpreter& from, const std::string& stage) {
            return wanted(nas::AskTell::open(from, stage)).release();
          },
          nb::rv_policy::take_ownership)
      .def_prop_ro("space", [](const nas::AskTell& s) { return PySpace(s.space()); })
      .def_prop_ro("metrics",
                   [](const nas::AskTell& s) {
                     std::vector<std::pair<std::string, bool>> list;
                     for (const auto& metric : s.metrics()) list.emplace_back(metric.label, metric.computed);
                     return list;
                   })
      .def("ask",
           [](nas::AskTell& s) {
             const auto asked = wanted(s.ask());
             std::vector<std::uint8_t> rows;
             for (const nas::Arch& arch : asked) rows.insert(rows.end(), arch.genes.begin(), arch.genes.end());
             return PySpace(s.space()).genomes(std::move(rows));
           })
      .def("tell",
           [](nas::AskTell& s, const nb::ndarray<const double, nb::ndim<2>, nb::c_contig, nb::device::cpu>& values) {
             if (auto told = s.tell({values.data(), values.size()}); !told) refuse(told.failure().message);
           })
      .def("result_json", [](const nas::AskTell& s) { return dumped(s.result_json()); });

  nb::class_<nas::Session>(m, "Session")
      .def("__init__", [](nas::Session* at, const nb::dict& s) { new (at) nas::Session(options_from(s), callbacks_from(s)); })
      .def_prop_ro(
          "interpreter", [](nas::Session& s) -> nas::Interpreter& { return s.interpreter(); }, nb::rv_policy::reference_internal)
      .def("enter",
           [](nas::Session& s, const std::string& entry) {
             return static_cast<int>(interruptible([&] { return s.enter(entry); }, [&] { s.cancel(); }));
           })
      .def("look",
           [](nas::Session& s, const std::string& value) {
             nas::Session::Look look;
             interruptible([&] { return (look = s.look(value)).status; }, [&] { s.cancel(); });
             return std::vector<std::string>{std::to_string(static_cast<int>(look.status)), look.kind, look.name,
                                             dumped(look.data), look.text};
           })
      .def("run", [](nas::Session& s) { return static_cast<int>(interruptible([&] { return s.run(); }, [&] { s.cancel(); })); })
      .def("do_once",
           [](nas::Session& s, const std::string& statement) {
             return static_cast<int>(interruptible([&] { return s.do_once(statement); }, [&] { s.cancel(); }));
           })
      .def("check", [](nas::Session& s) { return static_cast<int>(s.check()); })
      .def("declared", &nas::Session::declared)
      .def("script", &nas::Session::script)
      .def("reset", &nas::Session::reset)
      .def("failure", &nas::Session::failure_text)
      .def("result_json", [](const nas::Session& s, const std::string& name) { return dumped(s.result(name)); });
}
