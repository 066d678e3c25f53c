#include "core/saved_predictor.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>

namespace nas {
namespace {

constexpr const char* kFormat = "nas predictor";
constexpr int kVersion = 1;
constexpr int kMostTransfers = 100;  // each of the one before

/// Throws where the line lacks something.
nlohmann::json made_by(const nlohmann::json& head, int transfers = 0) {
  nlohmann::json made = {{"component", head.at("component").get<std::string>()}, {"arguments", head.at("arguments")}};
  const auto of = head.find("of");
  if (of != head.end() && transfers < kMostTransfers) made["of"] = of->is_null() ? *of : made_by(*of, transfers + 1);
  return made;
}

}  // namespace

std::string to_bytes(const SavedPredictor& predictor) {
  auto arrays = nlohmann::json::array();
  for (const auto& [name, values] : predictor.state.arrays) arrays.push_back({{"name", name}, {"length", values.size()}});
  nlohmann::json head = {{"format", kFormat},
                         {"version", kVersion},
                         {"metric", predictor.metric},
                         {"space", predictor.space},
                         {"space_name", predictor.space_name},
                         {"rows", predictor.rows},
                         {"facts", predictor.state.facts},
                         {"arrays", arrays}};
  head.update(predictor.made_by);
  std::string bytes = head.dump() + "\n";
  for (const auto& [name, values] : predictor.state.arrays)
    for (const double value : values) {
      auto bits = std::bit_cast<std::uint64_t>(value);
      for (int k = 0; k < 8; ++k, bits >>= 8) bytes += static_cast<char>(bits & 0xff);
    }
  return bytes;
}

Result<SavedPredictor> saved_predictor_from(const std::string& bytes, const std::string& name) {
  const auto no = [&](const std::string& why) {
    return Failure{"E849", fmt::format("{} {}", name, why), "export known as predictor writes such a file"};
  };
  const auto end = bytes.find('\n');
  const auto head = nlohmann::json::parse(bytes.substr(0, end), nullptr, false);
  if (end == std::string::npos || !head.is_object() || head.value("format", "") != kFormat) return no("is no saved predictor");
  if (head.value("version", 0) != kVersion)
    return no(fmt::format("is of version {}, and this is version {}", head.value("version", 0), kVersion));
  SavedPredictor out;
  try {
    out.made_by = made_by(head);
    out.metric = head.at("metric");
    out.space = head.at("space");
    out.space_name = head.at("space_name");
    out.rows = head.at("rows");
    out.state.facts = head.at("facts");
    std::size_t at = end + 1;
    for (const auto& array : head.at("arrays")) {
      const auto length = array.at("length").get<std::size_t>();
      if (length > (bytes.size() - at) / 8) return no("is cut off");
      auto& [array_name, values] =
          out.state.arrays.emplace_back(array.at("name").get<std::string>(), std::vector<double>(length));
      for (double& value : values) {
        std::uint64_t bits = 0;
        for (int k = 7; k >= 0; --k) bits = bits << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(k)]);
        value = std::bit_cast<double>(bits);
        at += 8;
      }
    }
    if (at != bytes.size()) return no("is longer than its first line says");
  } catch (const nlohmann::json::exception&) {
    return no("has a first line that lacks something");
  }
  return out;
}

}  // namespace nas
