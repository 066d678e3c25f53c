// The C interface of metrics that a program gives, and of searches that it drives.
#include <fmt/format.h>

#include <cstddef>
#include <cstring>

#include "embed/c_objects.h"
#include "embed/host_metric.h"

struct nas_batch_run {
  const std::function<bool()>& cancelled;
};

namespace {

using namespace nas::c;
using nas::Failure;
using nas::Result;

/// A program's function with its context, which is given back when nothing needs it any more.
struct Function {
  nas_metric given{};
  std::uint64_t owner = 0;
  bool armed = false;
  ~Function() {
    if (armed && given.release) given.release(given.context);
  }
};

/// A space that is lent to the program for one call.
struct LentSpace {
  LentSpace(std::uint64_t owner, const nas::Space& space)
      : handle(owned_by<nas_space>(owner, std::make_shared<SpaceObject>(std::make_shared<nas::Space>(space)))) {}
  ~LentSpace() { (void)nas_space_destroy(handle, nullptr); }
  nas_space* handle;
};

Result<void> evaluate(const Function& function, const nas::HostBatch& batch, std::span<double> values) {
  const std::size_t n = batch.archs.size();
  std::vector<std::string> spelt;
  std::vector<const char*> spellings;
  for (const nas::Arch& arch : batch.archs) spelt.push_back(batch.space->spell(arch));
  for (const std::string& text : spelt) spellings.push_back(text.c_str());
  std::vector<double> macs(n), params(n);
  batch.space->macs(batch.genomes, n, macs);
  batch.space->params(batch.genomes, n, params);
  const std::string arguments = batch.arguments.dump();
  const nas_batch_run run{batch.cancelled};
  const LentSpace space(function.owner, *batch.space);
  const nas_batch told{sizeof(nas_batch),
                       n,
                       batch.space->gene_count(),
                       batch.genomes.data(),
                       spellings.data(),
                       macs.data(),
                       params.data(),
                       arguments.c_str(),
                       space.handle,
                       batch.threads,
                       [](const nas_batch_run* at) -> int32_t { return at->cancelled(); },
                       &run};
  nas_error error{};
  const std::int64_t given = function.given.evaluate(function.given.context, &told, values.data(), &error);
  error.text[sizeof error.text - 1] = '\0';
  if (given < 0) return Failure{"", error.text[0] ? error.text : "it gave no reason", ""};
  if (static_cast<std::size_t>(given) != n) return Failure{"", fmt::format("it gave {} values for {} networks", given, n), ""};
  return {};
}

std::string sentence_of(const Failure& failure) {
  return failure.hint.empty() ? failure.message : failure.message + "\n  " + failure.hint;
}

}  // namespace

nas_status nas_interpreter_add_metric(nas_interpreter* interpreter, const nas_metric* metric, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(metric, "metric");
    // A program that was built with an earlier header has fewer fields.
    if (metric->size != sizeof *metric && metric->size != offsetof(nas_metric, unit))
      call.fail(NAS_BAD_VALUE, fmt::format("metric->size is {}, and sizeof(nas_metric) is {}", metric->size, sizeof *metric));
    nas_metric given{};
    std::memcpy(&given, metric, metric->size);
    call.need(metric->name, "metric->name");
    call.need(metric->metric, "metric->metric");
    nas::HostMetric made;
    made.name = metric->name;
    made.metric = metric->metric;
    made.doc = metric->doc ? metric->doc : "";
    made.version = metric->version ? metric->version : "";
    made.predicts = metric->predicts != 0;
    made.unit = given.unit ? given.unit : "";
    made.on_device = given.on_device != 0;
    if (given.better < NAS_LESS_IS_BETTER || given.better > NAS_MORE_IS_BETTER)
      call.fail(NAS_BAD_VALUE, fmt::format("metric->better is {}, and a nas_better is -1, 0 or 1", given.better));
    if (given.better != NAS_AS_KNOWN) made.maximise = given.better == NAS_MORE_IS_BETTER;
    if (metric->arguments) {
      const auto schema = nlohmann::json::parse(metric->arguments, nullptr, false);
      if (schema.is_discarded()) call.fail(NAS_BAD_VALUE, "metric->arguments is no JSON");
      auto arguments = nas::arguments_from_schema(schema);
      if (!arguments) call.fail(NAS_BAD_VALUE, sentence_of(arguments.failure()));
      made.args = std::move(*arguments);
    }
    auto function = std::make_shared<Function>();
    function->given = given;
    function->owner = number_of(interpreter);
    if (metric->evaluate)
      made.evaluate = [function](const nas::HostBatch& batch, std::span<double> values) {
        return evaluate(*function, batch, values);
      };
    if (auto added = object->interpreter->add(std::move(made)); !added) call.fail(NAS_BAD_VALUE, sentence_of(added.failure()));
    function->armed = true;
    object->diagnostics = nullptr;
  });
}

nas_status nas_interpreter_search(nas_interpreter* interpreter, const char* name, nas_search** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<InterpreterObject>(interpreter);
    call.need(name, "name");
    call.need(out, "out");
    auto opened = nas::AskTell::open(*object->interpreter, name);
    if (const std::string failure = object->bridge->take_failure(); !failure.empty()) throw Fault{NAS_CALLBACK_FAILED, failure};
    if (!opened) {
      const std::string& code = opened.failure().code;
      call.fail(code.empty() ? NAS_NOT_FOUND : code == "E707" ? NAS_FAILED : NAS_SCRIPT_ERROR, sentence_of(opened.failure()));
    }
    auto search = std::make_shared<SearchObject>();
    search->search = std::move(*opened);
    *out = owned_by<nas_search>(number_of(interpreter), std::move(search));
  });
}

nas_status nas_search_destroy(nas_search* search, nas_error* error) {
  return guarded(__func__, error,
                 [&](const Call& call) { HandleTable::instance().remove(number_of(search), Kind::search, call.function); });
}

nas_status nas_search_space(nas_search* search, nas_space** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(out, "out");
    *out = owned_by<nas_space>(object->owner, std::make_shared<SpaceObject>(object->search->space()));
  });
}

nas_status nas_search_metric_count(nas_search* search, size_t* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(out, "out");
    *out = object->search->metrics().size();
  });
}

nas_status nas_search_metric_at(nas_search* search, size_t index, nas_search_metric* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(out, "out");
    const auto& metrics = object->search->metrics();
    if (index >= metrics.size())
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no metric {}, they are {}", index, metrics.size()));
    *out = {metrics[index].label.c_str(), metrics[index].dimension.c_str(), metrics[index].computed};
  });
}

nas_status nas_search_ask(nas_search* search, const uint8_t** genomes, size_t* n, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(genomes, "genomes");
    call.need(n, "n");
    const auto asked = object->search->ask();
    if (!asked) call.fail(NAS_FAILED, sentence_of(asked.failure()));
    object->asked.clear();
    for (const nas::Arch& arch : *asked) object->asked.insert(object->asked.end(), arch.genes.begin(), arch.genes.end());
    *genomes = object->asked.data();
    *n = asked->size();
  });
}

nas_status nas_search_tell(nas_search* search, const double* values, size_t count, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(values, "values");
    if (auto told = object->search->tell({values, count}); !told) call.fail(NAS_BAD_VALUE, sentence_of(told.failure()));
  });
}

nas_status nas_search_result(nas_search* search, nas_result** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<SearchObject>(search);
    call.need(out, "out");
    *out = owned_by<nas_result>(object->owner, std::make_shared<ResultObject>(object->search->result_json()));
  });
}
