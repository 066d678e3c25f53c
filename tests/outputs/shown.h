#pragma once

#include <cmath>
#include <limits>

#include "../space/space_fixture.h"
#include "core/pareto.h"
#include "core/services.h"

namespace nas::testing {

/// A result as a concurrent search leaves it: accuracy to be maximised, latency@host to be minimised, with noise, predictions
/// from round 1 on, a condition on the latency, and one measurement that was disturbed.
struct Shown {
  std::shared_ptr<CompiledSpace> made;
  std::shared_ptr<const Space> space;
  OutputInput input;
};

inline MetricExpr metric_expression(int metric, std::string text, std::string dimension) {
  MetricExpr e;
  e.steps = {{MetricExpr::Op::metric, metric, 0}};
  e.text = std::move(text);
  e.dimension = std::move(dimension);
  return e;
}

inline std::shared_ptr<SearchResult> two_objective_result(const Space& space, std::size_t n, std::uint64_t seed,
                                                          const std::string& device = "host") {
  auto result = std::make_shared<SearchResult>();
  result->metrics = {{"accuracy", ""}, {"latency", device}};
  result->objectives = {{metric_expression(0, "accuracy", ""), true, "accuracy"},
                        {metric_expression(1, "latency@" + device, "time"), false, "latency@" + device}};
  result->constraints = {
      {metric_expression(1, "latency@" + device, "time"), -INFINITY, 1.4e-3, "latency@" + device + " < 1.4ms"}};
  Stream stream(seed, "shown");
  std::vector<double> points;
  result->reference_point = {-0.80, 2.0e-3};
  for (std::size_t i = 0; i < n; ++i) {
    SearchRow row;
    row.arch = *space.sample(stream);
    const double macs = static_cast<double>(space.macs(row.arch.genes));
    const double size = std::log(macs / static_cast<double>(space.macs(space.smallest().genes))) /
                        std::log(static_cast<double>(space.macs(space.largest().genes)) /
                                 static_cast<double>(space.macs(space.smallest().genes)));
    Measurement accuracy{.value = 0.83 + 0.06 * std::sqrt(size) + 0.006 * (stream.uniform() - 0.5)};
    Measurement latency{.value = 3e-4 + 1.4e-3 * size + 1e-4 * stream.uniform(), .spread = 6e-6, .count = 120};
    latency.disturbed = i == 7;
    row.measured = {accuracy, latency};
    row.order = static_cast<std::int64_t>(i + 1);
    row.round = i < n / 2 ? 0 : i < 3 * n / 4 ? 1 : 2;
    if (row.round > 0)
      row.predicted = {accuracy.value + 0.004 * (stream.uniform() - 0.5), latency.value * (1 + 0.06 * (stream.uniform() - 0.5))};
    row.feasible = latency.value <= 1.4e-3;
    points.insert(points.end(), {row.feasible ? -accuracy.value : 0.0, row.feasible ? latency.value : 1.0});
    result->rows.push_back(std::move(row));
    result->hypervolume.push_back(hypervolume(points, 2, result->reference_point));
  }
  for (const std::size_t i : non_dominated(points, 2))
    if (result->rows[i].feasible) result->front.push_back(i);
  for (int round = 1; round <= 2; ++round)
    for (const auto& id : result->metrics)
      result->rounds.push_back({round, id.label(), "ridge, alpha 0.1, 5-fold MAPE 1.20 %", n / 4, 0.0123 * round,
                                round == 1 ? 0.812 : 0.873, result->hypervolume.back()});
  result->predicted_evaluations = 16000;
  return result;
}

inline Shown shown(const std::string& space_name, std::size_t n, std::uint64_t seed = 1, const std::string& device = "host") {
  Shown s;
  s.made = compile_stdlib(space_name);
  s.space = std::make_shared<const Space>(*s.made->space);
  s.input.name = "front";
  s.input.space = s.space;
  s.input.space_script = "space net = " + space_name + "()";
  s.input.result = two_objective_result(*s.space, n, seed, device);
  for (const std::size_t i : s.input.result->front)
    s.input.test_accuracy.push_back(s.input.result->rows[i].measured[0].value - 0.004);
  return s;
}

/// The same values for other networks: the smallest, the largest and their neighbours, so that there is something to cluster.
inline void gather_around_the_ends(Shown& s) {
  std::vector<Arch> archs;
  for (const Arch& end : {s.space->smallest(), s.space->largest()}) {
    archs.push_back(end);
    for (Arch& arch : s.space->neighbours(end)) archs.push_back(std::move(arch));
  }
  auto result = std::make_shared<SearchResult>(*s.input.result);
  for (std::size_t i = 0; i < result->rows.size(); ++i) result->rows[i].arch = archs[i % archs.size()];
  s.input.result = result;
}

inline RunFacts run_facts() {
  RunFacts facts;
  facts.script_name = "quickstart.nas";
  facts.script_text =
      "seed 1\nspace net = tiny_mobilenet()\nsearch front = nsga2(population = 40) with concurrent(iter = 2)\n  where "
      "latency@host < 1.4ms & \"<b>\"\n";
  facts.plan_text = "stage   front   search   new: never run   100 measurements\n";
  facts.seed = 1;
  facts.device = {{"host", {{"model", "A processor"}, {"cores", 2}, {"threads", 1}, {"batch", 1}}}};
  facts.versions = {{"nas", "0.1.0"}, {"LibTorch", "1.13.1"}};
  facts.stage_seconds = {{"weights", 61.2}, {"front", 92.85}, {"plot 1", 0.004}};
  facts.started = "2026-01-02T03:04:05Z";
  Weights weights;
  weights.summary = "3 epochs, 60,000 images, 61 s";
  weights.dataset.name = "fashion_mnist";
  weights.dataset.train_count = 55000;
  weights.dataset.validation_count = 5000;
  weights.dataset.test_count = 10000;
  for (int i = 0; i < 100; ++i) weights.loss.emplace_back(10.0 * i, 0.6 + 1.7 * std::exp(-i / 18.0));
  facts.weights.push_back(weights);
  return facts;
}

/// Why a text is not well-formed XML, or "": every tag closed in order, attributes quoted and unique, known entities only.
inline std::string xml_error(const std::string& text) {
  std::vector<std::string> open;
  auto entity = [&](std::size_t at) {
    for (const char* known : {"&amp;", "&lt;", "&gt;", "&quot;"})
      if (text.compare(at, std::strlen(known), known) == 0) return true;
    std::size_t i = at + 2;
    while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
    return text.compare(at, 2, "&#") == 0 && i > at + 2 && i < text.size() && text[i] == ';';
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 9, "<!DOCTYPE") == 0) {
      at = text.find('>', at) + 1;
    } else if (text[at] == '<' && at + 1 < text.size() && text[at + 1] == '/') {
      const std::size_t end = text.find('>', at);
      const std::string name = text.substr(at + 2, end - at - 2);
      if (open.empty() || open.back() != name)
        return "</" + name + "> closes " + (open.empty() ? "nothing" : "<" + open.back() + ">");
      open.pop_back();
      at = end + 1;
    } else if (text[at] == '<') {
      std::size_t i = at + 1;
      std::string name;
      while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])))) name += text[i++];
      if (name.empty()) return "a bare < at " + std::to_string(at);
      std::vector<std::string> attributes;
      while (true) {
        while (i < text.size() && std::isspace(static_cast<unsigned char>(text[i]))) ++i;
        if (i >= text.size()) return "<" + name + " never ends";
        if (text[i] == '>' || text.compare(i, 2, "/>") == 0) break;
        std::string attribute;
        while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '-')) attribute += text[i++];
        if (attribute.empty() || text.compare(i, 2, "=\"") != 0)
          return "a bad attribute in <" + name + " near " + text.substr(i, 20);
        if (std::find(attributes.begin(), attributes.end(), attribute) != attributes.end())
          return attribute + " twice in <" + name;
        attributes.push_back(attribute);
        for (i += 2; i < text.size() && text[i] != '"'; ++i)
          if (text[i] == '<' || (text[i] == '&' && !entity(i))) return "a bare character in " + attribute + " of <" + name;
        ++i;
      }
      if (text[i] == '>') open.push_back(name);
      at = i + (text[i] == '>' ? 1 : 2);
    } else {
      if (text[at] == '&' && !entity(at)) return "a bare & at " + text.substr(at, 20);
      const auto c = static_cast<unsigned char>(text[at]);
      if (c < 32 && c != '\n' && c != '\t') return "a control character";
      ++at;
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

}  // namespace nas::testing
