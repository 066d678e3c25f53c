// Files that torch.load reads: a ZIP archive without compression, one pickle of plain values, and an array a file.
#include <fmt/format.h>
#include <zlib.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "stdlib/outputs/network_files.h"

namespace nas {
namespace {

void little_endian(std::string& bytes, std::uint64_t value, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
}

/// Stored entries, each aligned to 64 bytes as torch maps them.
class Archive {
 public:
  void add(const std::string& name, std::string_view content) {
    const std::size_t offset = bytes_.size();
    const std::size_t data = offset + 30 + name.size() + 4;
    const std::size_t padding = (64 - data % 64) % 64;
    bytes_ += "PK\3\4";
    std::string common;
    little_endian(common, 20, 2);  // version needed
    little_endian(common, 0, 2);   // flags
    little_endian(common, 0, 2);   // stored
    little_endian(common, 0, 2);   // time
    little_endian(common, 33, 2);  // 1 January 1980: equal networks are equal bytes
    little_endian(common, crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())), 4);
    little_endian(common, content.size(), 4);
    little_endian(common, content.size(), 4);
    little_endian(common, name.size(), 2);
    bytes_ += common;
    little_endian(bytes_, padding + 4, 2);
    bytes_ += name;
    bytes_ += "FB";  // an extra field that readers pass over
    little_endian(bytes_, padding, 2);
    bytes_.append(padding, 'Z');
    bytes_ += content;
    directory_ += "PK\1\2";
    little_endian(directory_, 20, 2);
    directory_ += common;
    little_endian(directory_, 0, 2);      // no extra field
    directory_.append(2 + 2 + 2 + 4, 0);  // comment, disk, attributes
    little_endian(directory_, offset, 4);
    directory_ += name;
    ++entries_;
  }
  std::string finish() && {
    const std::size_t begin = bytes_.size();
    bytes_ += directory_;
    bytes_ += "PK\5\6";
    bytes_.append(4, 0);
    little_endian(bytes_, entries_, 2);
    little_endian(bytes_, entries_, 2);
    little_endian(bytes_, directory_.size(), 4);
    little_endian(bytes_, begin, 4);
    bytes_.append(2, 0);
    return std::move(bytes_);
  }

 private:
  std::string bytes_, directory_;
  std::uint64_t entries_ = 0;
};

/// The opcodes of pickle's protocol 2 that tensors in dictionaries need.
class Pickle {
 public:
  Pickle() : bytes_("\x80\x02") {}
  void text(std::string_view value) {
    bytes_ += 'X';
    little_endian(bytes_, value.size(), 4);
    bytes_ += value;
  }
  void integer(std::int64_t value) {
    if (value == static_cast<std::int32_t>(value)) {
      bytes_ += 'J';
      little_endian(bytes_, static_cast<std::uint32_t>(value), 4);
    } else {
      bytes_ += "\x8a\x08";
      little_endian(bytes_, static_cast<std::uint64_t>(value), 8);
    }
  }
  void global(std::string_view module, std::string_view name) { bytes_ += fmt::format("c{}\n{}\n", module, name); }
  void tuple(const std::vector<std::int64_t>& values) {
    bytes_ += '(';
    for (const auto value : values) integer(value);
    bytes_ += 't';
  }
  void raw(std::string_view opcodes) { bytes_ += opcodes; }
  void tensor(std::size_t key, const std::vector<std::int64_t>& shape) {
    std::int64_t count = 1;
    std::vector<std::int64_t> strides(shape.size());
    for (std::size_t i = shape.size(); i-- > 0; count *= shape[i]) strides[i] = count;
    global("torch._utils", "_rebuild_tensor_v2");
    raw("((");
    text("storage");
    global("torch", "FloatStorage");
    text(std::to_string(key));
    text("cpu");
    integer(count);
    raw("tQ");  // the storage, by its persistent id
    integer(0);
    tuple(shape);
    tuple(strides);
    raw("\x89");  // requires no gradient
    global("collections", "OrderedDict");
    raw(")RtR");  // no hooks; rebuild
  }
  std::string finish() && { return std::move(bytes_ += '.'); }

 private:
  std::string bytes_;
};

nlohmann::json layers_json(const Network& network) {
  auto sides = [](const Shape& shape) { return nlohmann::json{shape.channels, shape.height, shape.width}; };
  auto layers = nlohmann::json::array();
  for (const Layer& l : network.layers)
    layers.push_back({{"kind", layer_kind_name(l.kind)},
                      {"act", activation_name(l.act)},
                      {"kernel", l.kernel},
                      {"stride", l.stride},
                      {"pad", l.pad},
                      {"groups", l.groups},
                      {"heads", l.heads},
                      {"causal", l.causal},
                      {"bias", l.bias},
                      {"epsilon", l.epsilon},
                      {"partial_window", counts_partial_window(l)},
                      {"in", sides(l.in)},
                      {"out", sides(l.out)},
                      {"inputs", l.inputs},
                      {"path", l.path}});
  return layers;
}

}  // namespace

std::string torch_file(const Network& network, const NetworkWeights& weights, const NetworkFacts& facts) {
  nlohmann::json json = {{"format", 1},
                         {"image_mean", weights.image_mean},
                         {"image_deviation", weights.image_deviation},
                         {"layers", layers_json(network)}};
  for (const auto& [name, value] : facts) json["facts"][name] = value;
  Pickle pickle;
  pickle.raw("}(");
  pickle.text("network");
  pickle.text(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  pickle.text("state_dict");
  pickle.global("collections", "OrderedDict");
  pickle.raw(")R(");
  std::vector<const NetworkWeights::Array*> arrays;
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    const NetworkWeights::Layer& layer = weights.layers[i];
    for (const auto& [role, array] : {std::pair{"weight", &layer.weight}, std::pair{"bias", &layer.bias},
                                      std::pair{"running_mean", &layer.mean}, std::pair{"running_var", &layer.variance}}) {
      if (array->values.empty()) continue;
      pickle.text(fmt::format("layers.{}.{}", i, role));
      pickle.tensor(arrays.size(), array->shape);
      arrays.push_back(array);
    }
  }
  pickle.raw("uu");
  Archive archive;
  archive.add("net/data.pkl", std::move(pickle).finish());
  for (std::size_t key = 0; key < arrays.size(); ++key)
    archive.add(fmt::format("net/data/{}", key),
                {reinterpret_cast<const char*>(arrays[key]->values.data()), arrays[key]->values.size() * sizeof(float)});
  archive.add("net/version", "3\n");
  return std::move(archive).finish();
}

}  // namespace nas
