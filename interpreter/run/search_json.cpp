#include "run/search_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/result_columns.h"
#include "core/text_table.h"
#include "run/reuse.h"

namespace nas {
namespace {

nlohmann::json number(double v) {
  return std::isfinite(v) ? nlohmann::json(v) : nlohmann::json(nullptr);
}
double number(const nlohmann::json& v, double otherwise) {
  return v.is_number() ? v.get<double>() : otherwise;
}

nlohmann::json expression_json(const MetricExpr& e) {
  nlohmann::json steps = nlohmann::json::array();
  for (const auto& s : e.steps) steps.push_back({static_cast<int>(s.op), s.metric, s.constant});
  return {{"text", e.text}, {"dimension", e.dimension}, {"steps", steps}};
}
MetricExpr expression_from(const nlohmann::json& json) {
  MetricExpr e;
  e.text = json.at("text");
  e.dimension = json.at("dimension");
  for (const auto& s : json.at("steps")) e.steps.push_back({static_cast<MetricExpr::Op>(s.at(0).get<int>()), s.at(1), s.at(2)});
  return e;
}

/// Numbers as the bytes that they have in memory: thousands of them are written and read in one piece.
template <typename T>
nlohmann::json packed(const std::vector<T>& numbers) {
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return nlohmann::json::binary(std::move(bytes));
}
nlohmann::json::exception damaged(const nlohmann::json& json) {
  return nlohmann::json::out_of_range::create(401, "not as many bytes as numbers need", &json);
}
template <typename T>
std::vector<T> unpacked(const nlohmann::json& json) {
  const std::vector<std::uint8_t>& bytes = json.get_binary();
  if (bytes.size() % sizeof(T) != 0) throw damaged(json);
  std::vector<T> numbers(bytes.size() / sizeof(T));
  if (!bytes.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

/// A number per item; no bytes where all of them are `usual`.
template <typename T, typename Items, typename Of>
nlohmann::json column(const Items& items, T usual, Of of) {
  std::vector<T> numbers;
  numbers.reserve(items.size());
  for (const auto& item : items) numbers.push_back(of(item));
  if (std::all_of(numbers.begin(), numbers.end(), [&](T number) { return number == usual; })) numbers.clear();
  return packed(numbers);
}
template <typename T>
std::vector<T> column_from(const nlohmann::json& json, std::size_t n, T usual) {
  std::vector<T> numbers = unpacked<T>(json);
  if (numbers.empty()) numbers.assign(n, usual);
  if (numbers.size() != n) throw damaged(json);
  return numbers;
}

/// The genes of all rows, whole bytes per row: so many bits per gene as its largest option needs, a power of two.
nlohmann::json genes_json(const std::vector<SearchRow>& rows) {
  std::uint8_t largest = 0;
  for (const auto& row : rows)
    for (const auto gene : row.arch.genes) largest = std::max(largest, gene);
  const std::size_t bits = largest < 2 ? 1 : largest < 4 ? 2 : largest < 16 ? 4 : 8;
  const std::size_t genes = rows.empty() ? 0 : rows.front().arch.genes.size(), bytes = (genes * bits + 7) / 8;
  std::vector<std::uint8_t> packed;
  packed.reserve(rows.size() * bytes);
  for (const auto& row : rows) {
    unsigned byte = 0;
    std::size_t filled = 0;
    for (const std::uint8_t gene : row.arch.genes) {
      byte |= static_cast<unsigned>(gene) << filled;
      if ((filled += bits) < 8) continue;
      packed.push_back(static_cast<std::uint8_t>(byte));
      byte = 0;
      filled = 0;
    }
    if (filled > 0) packed.push_back(static_cast<std::uint8_t>(byte));
  }
  return {{"count", genes}, {"bits", bits}, {"packed", nlohmann::json::binary(std::move(packed))}};
}
std::vector<Arch> archs_from(const nlohmann::json& json, std::size_t rows) {
  const std::size_t genes = json.at("count"), bits = json.at("bits"), bytes = (genes * bits + 7) / 8;
  const std::vector<std::uint8_t>& packed = json.at("packed").get_binary();
  if (bytes == 0 ? rows > 1 : packed.size() % bytes != 0 || packed.size() / bytes != rows) throw damaged(json);
  std::vector<Arch> archs(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    archs[i].genes.resize(genes);
    for (std::size_t gene = 0; gene < genes; ++gene)
      archs[i].genes[gene] =
          static_cast<std::uint8_t>((packed[i * bytes + gene * bits / 8] >> (gene * bits % 8)) & ((1u << bits) - 1));
  }
  return archs;
}

/// By column, and a value that was looked up or computed is its number alone.
nlohmann::json measured_json(const std::vector<SearchRow>& rows) {
  std::vector<const Measurement*> all;
  for (const auto& row : rows)
    for (const auto& m : row.measured) all.push_back(&m);
  return {{"value", column(all, 0.0, [](const auto* m) { return m->value; })},
          {"spread", column(all, 0.0, [](const auto* m) { return m->spread; })},
          {"count", column(all, std::int64_t{1}, [](const auto* m) { return m->count; })},
          {"capped", column(all, std::uint8_t{0}, [](const auto* m) { return std::uint8_t{m->capped}; })},
          {"disturbed", column(all, std::uint8_t{0}, [](const auto* m) { return std::uint8_t{m->disturbed}; })},
          {"seconds", column(all, 0.0, [](const auto* m) { return m->seconds; })}};
}
std::vector<Measurement> measured_from(const nlohmann::json& json, std::size_t n) {
  const auto value = column_from(json.at("value"), n, 0.0), spread = column_from(json.at("spread"), n, 0.0),
             seconds = column_from(json.at("seconds"), n, 0.0);
  const auto count = column_from(json.at("count"), n, std::int64_t{1});
  const auto capped = column_from(json.at("capped"), n, std::uint8_t{0}),
             disturbed = column_from(json.at("disturbed"), n, std::uint8_t{0});
  std::vector<Measurement> measured(n);
  for (std::size_t i = 0; i < n; ++i)
    measured[i] = {value[i], spread[i], count[i], capped[i] != 0, disturbed[i] != 0, seconds[i]};
  return measured;
}

/// By column. Without rounds there are no predictions.
nlohmann::json rows_json(const std::vector<SearchRow>& rows) {
  nlohmann::json predicted = nlohmann::json::array();
  if (std::any_of(rows.begin(), rows.end(), [](const SearchRow& r) { return !r.predicted.empty(); }))
    for (const auto& row : rows) predicted.push_back(packed(row.predicted));
  return {{"count", rows.size()},
          {"genes", genes_json(rows)},
          {"feasible", column(rows, std::uint8_t{1}, [](const SearchRow& r) { return std::uint8_t{r.feasible}; })},
          {"measured", measured_json(rows)},
          {"round", column(rows, 0, [](const SearchRow& r) { return r.round; })},
          {"order", column(rows, std::int64_t{0}, [](const SearchRow& r) { return r.order; })},
          {"predicted", std::move(predicted)}};
}
std::vector<SearchRow> rows_from(const nlohmann::json& json, std::size_t metrics) {
  const std::size_t n = json.at("count");
  std::vector<Arch> archs = archs_from(json.at("genes"), n);  // so many there are
  const auto feasible = column_from(json.at("feasible"), n, std::uint8_t{1});
  const auto round = column_from(json.at("round"), n, 0);
  const auto order = column_from(json.at("order"), n, std::int64_t{0});
  const auto& predicted = json.at("predicted");
  const std::vector<Measurement> measured = measured_from(json.at("measured"), n * metrics);
  std::vector<SearchRow> rows(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto first = measured.begin() + static_cast<std::ptrdiff_t>(i * metrics);
    rows[i] = {
        std::move(archs[i]), {first, first + static_cast<std::ptrdiff_t>(metrics)}, {}, round[i], feasible[i] != 0, order[i]};
    if (!predicted.empty()) rows[i].predicted = unpacked<double>(predicted.at(i));
  }
  return rows;
}

/// A metric of the program comes with what is known about it: a store is read where no program registers it.
nlohmann::json id_json(const MetricId& id) {
  if (!id.own) return {id.name, id.device};
  return {id.name, id.device, kind_json(*id.own)};
}
MetricId id_from(const nlohmann::json& json) {
  MetricId id{json.at(0), json.at(1)};
  if (json.size() < 3) return id;
  const auto& k = json.at(2);
  id.own = std::make_shared<const MetricKind>(
      MetricKind{id.name, k.at("dimension"), k.at("maximise"), false, k.at("needs_device"), k.at("unit"), k.at("scale")});
  return id;
}

}  // namespace

nlohmann::json kind_json(const MetricKind& kind) {
  return {{"dimension", kind.dimension},
          {"maximise", kind.maximise},
          {"needs_device", kind.needs_device},
          {"unit", kind.unit},
          {"scale", kind.scale}};
}

nlohmann::json to_json(const SearchResult& r) {
  nlohmann::json json;
  for (const auto& id : r.metrics) json["metrics"].push_back(id_json(id));
  json["from_model"] = r.from_model;
  for (const auto& o : r.objectives)
    json["objectives"].push_back({{"expression", expression_json(o.expression)}, {"maximise", o.maximise}, {"label", o.label}});
  json["constraints"] = nlohmann::json::array();
  for (const auto& c : r.constraints)
    json["constraints"].push_back({{"expression", expression_json(c.expression)},
                                   {"lower", number(c.lower)},
                                   {"upper", number(c.upper)},
                                   {"label", c.label}});
  json["rows"] = rows_json(r.rows);
  json["front"] = packed(r.front);
  json["reference_point"] = r.reference_point;
  json["hypervolume"] = packed(r.hypervolume);
  json["notes"] = r.notes;
  json["rounds"] = nlohmann::json::array();
  for (const auto& x : r.rounds)
    json["rounds"].push_back(
        {x.round, x.metric, x.predictor, x.rows, number(x.mape), number(x.kendall_tau), number(x.hypervolume)});
  json["evaluations"] = r.evaluations;
  json["predicted_evaluations"] = r.predicted_evaluations;
  if (!r.without.empty()) json["without"] = r.without;
  return json;
}

SearchResult search_result_from(const nlohmann::json& json) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = std::numeric_limits<double>::infinity();
  SearchResult r;
  for (const auto& id : json.at("metrics")) r.metrics.push_back(id_from(id));
  r.from_model = json.at("from_model").get<std::vector<bool>>();
  for (const auto& o : json.at("objectives"))
    r.objectives.push_back({expression_from(o.at("expression")), o.at("maximise"), o.at("label")});
  for (const auto& c : json.at("constraints"))
    r.constraints.push_back({expression_from(c.at("expression")), number(c.at("lower"), -kInfinity),
                             number(c.at("upper"), kInfinity), c.at("label")});
  r.rows = rows_from(json.at("rows"), r.metrics.size());
  r.front = unpacked<std::size_t>(json.at("front"));
  r.reference_point = json.at("reference_point").get<std::vector<double>>();
  r.hypervolume = unpacked<double>(json.at("hypervolume"));
  r.notes = json.value("notes", std::vector<std::string>{});
  for (const auto& x : json.at("rounds"))
    r.rounds.push_back({x.at(0), x.at(1), x.at(2), x.at(3), number(x.at(4), kNan), number(x.at(5), kNan), number(x.at(6), 0)});
  r.evaluations = json.value("evaluations", static_cast<std::int64_t>(r.rows.size()));
  r.predicted_evaluations = json.at("predicted_evaluations");
  r.without = json.value("without", std::vector<std::string>{});
  return r;
}

/// At most 60 of the values that the hypervolume had, evenly from the first evaluation to the last: what a curve shows.
static std::vector<double> hypervolume_so_far(const SearchResult& result) {
  constexpr std::size_t kPoints = 60;
  std::vector<double> points;
  for (const std::size_t i : evenly(result.hypervolume.size(), kPoints)) points.push_back(result.hypervolume[i]);
  return points;
}

nlohmann::json result_for_users(const SearchResult& r, const Space& space, const std::vector<double>& test_accuracy,
                                std::size_t most) {
  const std::vector<std::size_t> shown = evenly(r.front.size(), most);
  nlohmann::json json = {{"kind", "result"},
                         {"space", space.name()},
                         {"evaluations", r.evaluations},
                         {"predicted_evaluations", r.predicted_evaluations}};
  json["hypervolume"] = r.hypervolume.empty() ? 0.0 : r.hypervolume.back();
  json["hypervolume_so_far"] = hypervolume_so_far(r);
  json["reference_point"] = r.reference_point;
  auto columns = nlohmann::json::array();
  nlohmann::json archs = nlohmann::json::array();
  for (const auto at : shown) archs.push_back(space.spell(r.rows[r.front[at]].arch));
  columns.push_back({{"name", "architecture"}, {"unit", ""}, {"type", "text"}, {"values", std::move(archs)}});
  for (std::size_t j = 0; j < r.metrics.size(); ++j) {
    const MetricKind* kind = find_metric(r.metrics[j]);
    nlohmann::json values = nlohmann::json::array(), spreads = nlohmann::json::array();
    for (const auto at : shown) {
      const Measurement& measured = r.rows[r.front[at]].measured[j];
      values.push_back(number(measured.value / kind->scale));
      spreads.push_back(number(measured.spread / kind->scale));
    }
    columns.push_back({{"name", r.metrics[j].label()},
                       {"unit", kind->unit},
                       {"type", "number"},
                       {"measured", !r.predicts(j)},
                       {"values", std::move(values)},
                       {"spread", std::move(spreads)}});
  }
  if (!test_accuracy.empty()) {
    nlohmann::json values = nlohmann::json::array();
    for (const auto at : shown) values.push_back(100 * test_accuracy[at]);
    columns.push_back({{"name", "test accuracy"}, {"unit", "%"}, {"type", "number"}, {"measured", true}, {"values", values}});
  }
  json["front"] = std::move(columns);
  if (shown.size() < r.front.size()) json["networks"] = r.front.size();
  auto objectives = nlohmann::json::array();
  const ResultColumns known(r.metrics, r.objectives);
  std::vector<double> measured(r.metrics.size());
  for (std::size_t k = 0; k < r.objectives.size(); ++k) {
    const Objective& objective = r.objectives[k];
    const Column& column = known.objectives()[k];
    bool predicted = false;
    for (const auto& step : objective.expression.steps)
      predicted = predicted || (step.op == MetricExpr::Op::metric && r.predicts(static_cast<std::size_t>(step.metric)));
    double best = std::nan("");
    for (const auto i : r.front) {
      for (std::size_t j = 0; j < measured.size(); ++j) measured[j] = r.rows[i].measured[j].value;
      double value = 0;
      objective.expression.evaluate(measured, measured.size(), {&value, 1});
      best = objective.maximise ? std::fmax(best, value) : std::fmin(best, value);
    }
    objectives.push_back({{"name", objective.label},
                          {"unit", column.unit},
                          {"maximise", objective.maximise},
                          {"measured", !predicted},
                          {"best", number(best / column.scale)}});
  }
  json["objectives"] = std::move(objectives);
  if (!r.front.empty()) {
    // The best network by the first objective, its metrics in SI units: front.best.latency < 2ms.
    const SearchRow& best = r.rows[r.front.front()];
    json["best"] = {{"kind", "arch"},
                    {"architecture", space.spell(best.arch)},
                    {"macs", space.macs(best.arch.genes)},
                    {"params", space.params(best.arch.genes)}};
    // `memory` is what follows from the network, also where another one was measured.
    if (std::any_of(r.metrics.begin(), r.metrics.end(), [](const MetricId& id) { return id.name == "memory"; }))
      json["best"]["memory"] = static_cast<double>(space.peak_memory_bytes(best.arch));
    for (std::size_t j = 0; j < r.metrics.size(); ++j)
      for (const std::string& name : {r.metrics[j].name, r.metrics[j].label()})
        if (!json["best"].contains(name)) json["best"][name] = number(best.measured[j].value);
  }
  json["notes"] = r.notes;
  for (const auto& x : r.rounds)
    json["rounds"].push_back({{"round", x.round},
                              {"metric", x.metric},
                              {"predictor", x.predictor},
                              {"rows", x.rows},
                              {"mape", number(x.mape)},
                              {"kendall_tau", number(x.kendall_tau)}});
  return json;
}

}  // namespace nas
