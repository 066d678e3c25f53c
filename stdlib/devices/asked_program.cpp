#include "stdlib/devices/asked_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace nas {
namespace {

constexpr std::size_t kToldReasons = 3;

Failure reason(std::string text) {
  return {"", std::move(text), ""};
}

std::string dumped_line(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string times(int count) {
  return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

}  // namespace

Result<std::vector<std::string>> words_of(const std::string& command) {
  std::vector<std::string> words;
  char quote = 0;
  bool inside = false;
  for (const char c : command) {
    if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    if (c == quote)
      quote = 0;
    else if (quote == 0 && (c == '\'' || c == '"'))
      quote = c;
    else
      words.back() += c;
  }
  if (quote != 0)
    return Failure{"E844", fmt::format("the command {} has a {} without its partner", shortened(command), quote), ""};
  if (words.empty() || words.front().empty())
    return Failure{"E844", "the command names no program", "e.g. command(\"python3 board.py\", unit = 1ms)"};
  return words;
}

Result<Measurement> AskedProgram::value_in(const std::string& line) const {
  const auto answer = nlohmann::json::parse(line, nullptr, false);
  if (answer.is_discarded() || !answer.is_object())
    return reason(line.find_first_not_of(" \t") == std::string::npos ? "it answered with an empty line"
                                                                     : "it answered with no JSON object: " + shortened(line));
  if (!answer.contains("id")) return reason("its answer has no id: " + shortened(line));
  if (answer["id"] != id_)
    return reason(fmt::format("it answered for network {}, and was asked for network {}", shortened(answer["id"].dump()), id_));
  if (answer.contains("error")) {
    const auto& error = answer["error"];
    return Failure{"said", "it says: " + shortened(error.is_string() ? error.get<std::string>() : error.dump()), ""};
  }
  if (!answer.contains("value")) return reason("its answer has no value: " + shortened(line));
  if (!answer["value"].is_number()) return reason("its value is no number: " + shortened(line));
  Measurement m;
  m.value = answer["value"].get<double>() * options_.unit;
  if (!std::isfinite(m.value) || m.value <= 0)
    return reason(fmt::format("its value is {}, and has to be positive", shortened(answer["value"].dump())));
  const auto number = [&](const char* name, double otherwise) {
    return answer.contains(name) && answer[name].is_number() ? answer[name].get<double>() : otherwise;
  };
  m.spread = std::max(0.0, number("spread", 0) * options_.unit);
  m.count = static_cast<std::int64_t>(std::clamp(number("count", 1), 1.0, 1e15));
  m.capped = answer.value("capped", nlohmann::json()) == true;
  m.disturbed = answer.value("disturbed", nlohmann::json()) == true;
  return m;
}

Result<Measurement> AskedProgram::ask_once(const nlohmann::json& request, const nlohmann::json& on_start,
                                           const std::function<bool()>& cancelled) {
  nlohmann::json sent = request;
  if (process_ && process_->spoke()) return reason("it answered more often than it was asked");
  if (!process_) {
    auto started = ChildProcess::start(options_.words, options_.folder);
    if (!started) return reason(started.failure().message);
    process_ = std::move(*started);
    if (on_start.is_object()) sent.update(on_start);
  }
  sent["id"] = ++id_;
  std::string line;
  switch (process_->ask(dumped_line(sent), line, options_.time_out, cancelled)) {
    case ChildProcess::Heard::line:
      break;
    case ChildProcess::Heard::ended: {
      const std::string ending = process_->ending(), words = process_->last_words();
      return reason(words.empty() ? ending : ending + ": " + words);
    }
    case ChildProcess::Heard::late:
      return reason(fmt::format("it gave no answer within {} s", options_.time_out));
    case ChildProcess::Heard::flood:
      return reason("it answered with more than a megabyte without a line end");
    case ChildProcess::Heard::cancelled:
      return Failure{"cancelled", "interrupted", "run again to continue"};
  }
  auto value = value_in(line);
  if (value && process_->spoke()) return reason("it answered more often than it was asked");
  return value;
}

Result<Measurement> AskedProgram::ask(const nlohmann::json& request, const nlohmann::json& on_start,
                                      const std::function<bool()>& cancelled) {
  const std::lock_guard lock(mutex_);
  const auto start = std::chrono::steady_clock::now();
  for (int attempt = 0;; ++attempt) {
    auto value = ask_once(request, on_start, cancelled);
    if (value) {
      value->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      ++answered_;
      in_a_row_ = 0;
      return value;
    }
    const bool said = value.failure().code == "said";
    if (!said && process_) {
      process_->kill();  // what still comes from it belongs to nothing
      process_.reset();
    }
    if (value.failure().code == "cancelled") return value;
    last_reason_ = value.failure().message;
    if (!said && attempt < options_.retries) {
      ++restarts_;
      ++reasons_[last_reason_];
      continue;
    }
    // What it says about a network is an answer, if not a value.
    if (!said && ++in_a_row_ >= options_.failures) return gone_silent();
    return reason(last_reason_);
  }
}

Failure AskedProgram::gone_silent() const {
  const std::string networks = fmt::format("{} network{}", in_a_row_, in_a_row_ == 1 ? "" : "s");
  return {"E843",
          answered_ == 0 ? fmt::format("{} has given no value for {}: {}", options_.shown, networks, last_reason_)
                         : fmt::format("{} has given no value for the last {}: {}", options_.shown, networks, last_reason_),
          answered_ == 0 ? "docs/devices.md says what it is asked and what it has to answer"
                         : "what was measured is kept; run again when it answers"};
}

std::vector<std::string> AskedProgram::remarks() const {
  const std::lock_guard lock(mutex_);
  if (restarts_ == 0) return {};
  std::string text = fmt::format("{} was started {} time{} more", options_.shown, restarts_, restarts_ == 1 ? "" : "s");
  std::vector<std::pair<std::string, int>> why(reasons_.begin(), reasons_.end());
  std::stable_sort(why.begin(), why.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (std::size_t i = 0; i < std::min(why.size(), kToldReasons); ++i)
    text += fmt::format("{}{}{}", i == 0 ? ": " : "; ", why[i].first,
                        why.size() > 1 ? fmt::format(" ({})", times(why[i].second)) : "");
  if (why.size() > kToldReasons) text += "; and so on";
  return {text};
}

void AskedProgram::stop() {
  const std::lock_guard lock(mutex_);
  process_.reset();
}

}  // namespace nas
