#include "stdlib/devices/lut.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "core/component.h"
#include "core/diagnostic.h"
#include "core/gene_tables.h"
#include "core/rng.h"
#include "core/space_program.h"
#include "stdlib/devices/layer_units.h"
#include "stdlib/devices/lut_yaml.h"
#include "stdlib/devices/operator_table.h"
#include "stdlib/objectives/known_by_source.h"

namespace nas {
namespace {

constexpr double kLargestTable = 1 << 20;

/// "stage[1].block[2].mbconv" of "stage[1].block[2].mbconv.depthwise".
std::string_view parent_of(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

bool is_depthwise(const Layer& layer) {
  return layer.kind == LayerKind::conv && layer.groups > 1 && layer.groups == layer.in.channels;
}

/// What a table times together, in order: the layers of a block, any other layer alone. `marks` says which layers make the call
/// that they belong to a block: the depthwise convolution of an inverted bottleneck. Items have a `path`.
template <typename Item, typename Marks>
std::vector<std::vector<const Item*>> places_of(const std::vector<Item>& items, Marks marks) {
  std::set<std::string_view> blocks;
  for (const Item& item : items)
    if (marks(item) && !parent_of(item.path).empty()) blocks.emplace(parent_of(item.path));
  std::vector<std::vector<const Item*>> places;
  std::map<std::string_view, std::size_t> place_of;
  for (const Item& item : items) {
    const std::string_view parent = parent_of(item.path);
    const auto known = place_of.find(parent);
    if (known != place_of.end()) {
      places[known->second].push_back(&item);
    } else {
      if (blocks.count(parent)) place_of.emplace(parent, places.size());
      places.push_back({&item});
    }
  }
  return places;
}

/// The layers of a table from the primitive layers of one place, in order; none where they cost no time of their own.
std::vector<LayerKey> keys_of(std::span<const Layer> layers, std::int64_t resolution) {
  LayerKey key;
  key.resolution = resolution;
  const auto depthwise = std::find_if(layers.begin(), layers.end(), is_depthwise);
  if (depthwise != layers.end() && layers.size() > 1) {
    key.op = "expanded_conv";
    key.in = layers.front().in;
    key.mid = depthwise->in.channels;
    key.kernel = depthwise->kernel;
    key.stride = depthwise->stride;
    for (const Layer& layer : layers) {
      key.out = layer.out;
      key.idskip |= layer.kind == LayerKind::add;
      key.se |= layer.kind == LayerKind::multiply;
      key.hswish |= layer.act == Activation::h_swish;
    }
    return {key};
  }
  std::vector<LayerKey> keys;
  for (const Layer& layer : layers) {
    const bool conv = layer.kind == LayerKind::conv, pool = layer.kind == LayerKind::global_avg_pool;
    if (!conv && !pool && layer.kind != LayerKind::linear) continue;
    key.op = conv ? "conv" : pool ? "pool" : "linear";
    key.in = layer.in;
    key.out = layer.out;
    keys.push_back(key);
  }
  return keys;
}

/// A classifier with the pool before it as one layer of a table; nothing where the keys are something else.
std::optional<LayerKey> classifier_of(std::span<const LayerKey> keys) {
  if (keys.size() != 2 || keys[0].op != "pool" || keys[1].op != "linear") return std::nullopt;
  LayerKey key = keys[1];
  key.in = keys[0].in;
  return key;
}

}  // namespace

std::string LayerKey::text() const {
  std::string text =
      fmt::format("{}-input:{}x{}x{}-output:{}x{}x{}", op, in.height, in.width, in.channels, out.height, out.width, out.channels);
  if (op == "expanded_conv")
    text += fmt::format("-expand:{}-kernel:{}-stride:{}-idskip:{:d}-se:{:d}-hs:{:d}", mid, kernel, stride, idskip, se, hswish);
  return resolution > 0 ? fmt::format("{} at {}", text, resolution) : text;
}

std::vector<LayerKey> layer_keys(const Network& network) {
  std::vector<LayerKey> keys;
  for (const auto& place : places_of(network.layers, is_depthwise)) {
    std::vector<Layer> layers;
    for (const Layer* layer : place) layers.push_back(*layer);
    for (LayerKey& key : keys_of(layers, network.input_shape().height)) keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<LayerKey> call_keys(const Network& call) {
  std::vector<LayerKey> keys = layer_keys(call);
  for (LayerKey& key : keys) key.resolution = 0;
  if (auto classifier = classifier_of(keys)) keys = {std::move(*classifier)};
  return keys;
}

/// Networks one by one: each is built, and its layers are looked up.
class LayerTable::UnitBatch : public BatchMetric {
 public:
  UnitBatch(const LayerTable& table, std::shared_ptr<const Space> space)
      : table_(table.shared_from_this()), space_(std::move(space)) {}
  void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
    const std::size_t length = space_->gene_count();
    for (std::size_t i = 0; i < n; ++i) {
      const auto genome = genomes.subspan(i * length, length);
      out[i] = table_->of_units(space_->network(Arch{{genome.begin(), genome.end()}}));
    }
  }
  std::size_t rows_per_thread() const override { return 8; }

 private:
  std::shared_ptr<const LayerTable> table_;
  std::shared_ptr<const Space> space_;
};

/// The times of a space's places, each a table over the genes that the place depends on.
struct LayerTable::Sums {
  struct Place {
    std::vector<std::pair<std::uint16_t, std::uint32_t>> strides;
    std::vector<double> seconds;
  };
  std::vector<Place> places;

  double at(const std::uint8_t* genome) const {
    double sum = 0;
    for (const Place& place : places) sum += place.seconds[row_of(place.strides, genome)];
    return sum;
  }
};

/// A layer that takes less than no time: often the mark of one that could not be run.
static Failure below_zero(const std::string& place, double value) {
  return {"E823", fmt::format("{} has {:g}, and no layer takes less than no time", place, value),
          "leave the layer out: networks that have it are then refused by name"};
}

/// once-for-all's files, plain or gzip.
static bool is_yaml(std::string_view file) {
  if (file.ends_with(".gz")) file.remove_suffix(3);
  return file.ends_with(".yaml") || file.ends_with(".yml");
}

Result<std::shared_ptr<MetricSource>> open_lut(const LutArgs& args, Services& services) {
  auto bytes = services.read_file(args.file);
  if (!bytes) return bytes.failure();
  if (!is_yaml(args.file)) {
    std::string key = fmt::format("operators {} {} {} {}", digest_of(*bytes), args.value, args.unit, args.device);
    auto csv = Csv::parse(args.file, std::move(*bytes));
    if (!csv) return csv.failure();
    if (OperatorTable::fits(*csv)) {
      auto table = OperatorTable::read(*csv, args, std::move(key));
      if (!table) return table.failure();
      return std::shared_ptr<MetricSource>(std::move(*table));
    }
    if (!args.device.empty())
      return Failure{"E809", fmt::format("{} is a table of layers, and not of devices", args.file), "leave out device = ..."};
  }
  auto table = LayerTable::open(args, services);
  if (!table) return table.failure();
  return std::shared_ptr<MetricSource>(std::move(*table));
}

Result<std::shared_ptr<LayerTable>> LayerTable::open(const LutArgs& args, Services& services) {
  auto bytes = services.read_file(args.file);
  if (!bytes) return bytes.failure();
  std::string key = fmt::format("lut {} {} {}", digest_of(*bytes), args.value, args.unit);
  if (is_yaml(args.file)) {
    auto layers = layers_of_yaml(args.file, *bytes, args.value == LutArgs{}.value ? "mean" : args.value);
    if (!layers) return layers.failure();
    const auto table = std::shared_ptr<LayerTable>(new LayerTable(args, std::move(key)));
    for (const auto& [layer, value] : *layers)
      if (value < 0)
        return below_zero(fmt::format("the layer {} of {}", layer.text(), args.file), value);
      else if (!table->add(layer, value * args.unit))
        return Failure{"E812", fmt::format("{} has the layer {} twice", args.file, layer.text()), ""};
    return table;
  }
  auto csv = Csv::parse(args.file, std::move(*bytes));
  if (!csv) return csv.failure();
  const auto table = std::shared_ptr<LayerTable>(new LayerTable(args, std::move(key)));
  if (csv->find("layer")) {
    if (auto read = table->read_units(*csv); !read) return read.failure();
    return table;
  }
  std::vector<std::size_t> at;
  for (const char* name :
       {"op", "in_h", "in_w", "in_c", "out_h", "out_w", "out_c", "mid", "kernel", "stride", "idskip", "se", "hswish"}) {
    auto column = csv->column(name);
    if (!column) return column.failure();
    at.push_back(*column);
  }
  auto value_at = csv->column(args.value);
  if (!value_at) return value_at.failure();
  const auto resolution_at = csv->find("resolution");
  table->resolutions_ = resolution_at.has_value();
  for (std::size_t row = 0; row < csv->rows(); ++row) {
    LayerKey layer;
    layer.op = op_named(csv->at(row, at[0]));
    const std::size_t fields = layer.op == "expanded_conv" ? at.size() : 7;
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 1; i < fields; ++i) {
      auto number = csv->number(row, at[i]);
      if (!number) return number.failure();
      numbers.push_back(static_cast<std::int64_t>(*number));
    }
    layer.in = {numbers[2], numbers[0], numbers[1]};
    layer.out = {numbers[5], numbers[3], numbers[4]};
    if (fields > 7) {
      layer.mid = numbers[6];
      layer.kernel = static_cast<std::int32_t>(numbers[7]);
      layer.stride = static_cast<std::int32_t>(numbers[8]);
      layer.idskip = numbers[9] != 0;
      layer.se = numbers[10] != 0;
      layer.hswish = numbers[11] != 0;
    }
    if (resolution_at) {
      auto number = csv->number(row, *resolution_at);
      if (!number) return number.failure();
      layer.resolution = static_cast<std::int64_t>(*number);
    }
    auto value = csv->number(row, *value_at);
    if (!value) return value.failure();
    if (*value < 0) return below_zero(fmt::format("line {} of {}", csv->line(row), args.file), *value);
    if (!table->add(layer, *value * args.unit))
      return Failure{
          "E812", fmt::format("line {} of {} is a layer that the table has before: {}", csv->line(row), args.file, layer.text()),
          ""};
  }
  return table;
}

std::shared_ptr<LayerTable> LayerTable::of(std::span<const std::pair<LayerKey, double>> layers) {
  LutArgs args;
  args.file = "the table";
  auto table = std::shared_ptr<LayerTable>(new LayerTable(std::move(args), "layers"));
  for (const auto& [layer, value] : layers) table->add(layer, value);
  return table;
}

bool LayerTable::add(const LayerKey& layer, double value) {
  classifiers_ |= layer.op == "linear" && layer.in.height * layer.in.width > 1;
  return values_.emplace(layer.text(), value).second;
}

std::shared_ptr<LayerTable> LayerTable::of(const LayerProfile& profile) {
  LutArgs args;
  args.file = "the profile";
  auto table = std::shared_ptr<LayerTable>(new LayerTable(std::move(args), "profile"));
  table->units_ = true;
  for (const LayerProfile::Row& row : profile.rows) table->values_.emplace(row.layer, row.value);
  return table;
}

Result<void> LayerTable::read_units(const Csv& csv) {
  auto layer_at = csv.column("layer"), value_at = csv.column(args_.value);
  if (!value_at) return value_at.failure();
  units_ = true;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    auto value = csv.number(row, *value_at);
    if (!value) return value.failure();
    const std::string layer(csv.at(row, *layer_at));
    if (*value < 0 && layer != kWholeNetwork) return below_zero(fmt::format("line {} of {}", csv.line(row), args_.file), *value);
    if (layer == kWholeNetwork)
      whole_ = *value * args_.unit;
    else if (!values_.emplace(layer, *value * args_.unit).second)
      return Failure{"E812",
                     fmt::format("line {} of {} is a layer that the table has before: {}", csv.line(row), args_.file, layer), ""};
  }
  return {};
}

double LayerTable::of_units(const Network& network) const {
  double seconds = whole_;
  for_each_unit_key(network, [&](const std::string& key, const std::string&) {
    if (const auto found = values_.find(key); found != values_.end()) seconds += found->second;
  });
  return seconds;
}

Failure LayerTable::missing(const std::string& wanted, const std::string& path) const {
  std::vector<std::string> known;
  for (const auto& [name, value] : values_) known.push_back(name);
  // The nearest is the one that begins alike for longest: operator and shapes stand first.
  const auto alike = [&](const std::string& name) {
    return std::mismatch(wanted.begin(), wanted.end(), name.begin(), name.end()).first - wanted.begin();
  };
  const auto nearest = std::max_element(known.begin(), known.end(),
                                        [&](const std::string& a, const std::string& b) { return alike(a) < alike(b); });
  return {"E832", fmt::format("{} has no row for the layer {} ({})", args_.file, wanted, path),
          nearest == known.end() ? "" : fmt::format("the nearest of its {} layers is {}", known.size(), *nearest)};
}

Result<std::shared_ptr<const LayerTable::Sums>> LayerTable::sums(const Space& space) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, held] : known_)
    if (key == space.key()) return held;
  const SpaceProgram& program = space.program();
  std::vector<std::uint8_t> genome(space.gene_count(), 0);
  std::set<std::string_view> with_linear;
  if (classifiers_)
    for (const Site& site : program.sites)
      if (!site.merges && site.kind == LayerKind::linear) with_linear.emplace(parent_of(site.path));
  const auto places = places_of(program.sites, [&](const Site& site) {
    if (site.merges) return false;
    return site.kind == LayerKind::conv ? is_depthwise(layer_at(site, genome.data()))
                                        : site.kind == LayerKind::global_avg_pool && with_linear.count(parent_of(site.path)) > 0;
  });
  auto made = std::make_shared<Sums>();
  const std::vector<std::uint16_t> of_input = support(program.sites.front().out);
  for (const auto& place : places) {
    std::set<std::uint16_t> genes(of_input.begin(), of_input.end());
    for (const Site* site : place) {
      if (site->merges) continue;
      for (const Value* value : {&site->condition, &site->kernel, &site->stride, &site->groups, &site->in, &site->out})
        for (const std::uint16_t gene : support(*value)) genes.insert(gene);
    }
    const std::vector<std::uint16_t> list(genes.begin(), genes.end());
    if (product_of_options(list, program.genes) > kLargestTable)
      return Failure{"E832", fmt::format("{} depends on too many choices for a table of layers", place.front()->path), ""};
    Sums::Place sums;
    sums.strides = strides_of(list, program.genes);
    std::optional<Failure> failed;
    bool any = false;
    for_each_assignment(list, program.genes, genome, [&](std::size_t) {
      std::vector<Layer> layers;
      for (const Site* site : place)
        if (!site->merges && always(at_genome(site->condition, genome.data()))) layers.push_back(layer_at(*site, genome.data()));
      const Shape input = *at_genome(program.sites.front().out, genome.data()).inline_if<Shape>();
      auto keys = keys_of(layers, resolutions_ ? input.height : 0);
      if (auto classifier = classifier_of(keys); classifier && values_.count(classifier->text())) keys = {std::move(*classifier)};
      double seconds = 0;
      for (const LayerKey& key : keys) {
        const auto found = values_.find(key.text());
        if (found == values_.end() && !failed) failed = missing(key.text(), place.front()->path);
        seconds += found == values_.end() ? 0 : found->second;
        any = true;
      }
      sums.seconds.push_back(seconds);
    });
    if (failed) return *failed;
    if (any) made->places.push_back(std::move(sums));
  }
  known_.emplace_back(space.key(), made);
  return std::shared_ptr<const Sums>(made);
}

Result<void> LayerTable::ready(const Space& space, const MetricKind&) const {
  if (units_) {
    auto units = units_of_space(space);
    if (!units) return units.failure();
    // A layer that cannot stand alone was never measured, and counts as free.
    for (const LayerUnit& unit : *units)
      if (!unit.network.layers.empty() && !values_.count(unit.key)) return missing(unit.key, unit.path);
    return {};
  }
  auto made = sums(space);
  if (!made) return made.failure();
  return {};
}

Result<std::shared_ptr<const BatchMetric>> LayerTable::batch(std::shared_ptr<const Space> space) const {
  class Batch : public BatchMetric {
   public:
    explicit Batch(std::shared_ptr<const Sums> sums) : sums_(std::move(sums)) {}
    void values(std::span<const std::uint8_t> genomes, std::size_t n, std::span<double> out) const override {
      for (std::size_t i = 0; i < n; ++i) out[i] = sums_->at(genomes.data() + i * (genomes.size() / n));
    }

   private:
    std::shared_ptr<const Sums> sums_;
  };
  if (units_) return std::shared_ptr<const BatchMetric>(std::make_shared<UnitBatch>(*this, std::move(space)));
  auto made = sums(*space);
  if (!made) return made.failure();
  return std::shared_ptr<const BatchMetric>(std::make_shared<Batch>(*made));
}

Component lut_device() {
  return Declare<LutArgs>(ComponentKind::device, "lut",
                          "A device known by a table of layers: a network takes the sum of its layers.")
      .arg("file", &LutArgs::file,
           "CSV, plain or gzip, as `export ... as lut` writes it, or with the columns op, in_h, in_w, in_c, out_h, out_w, out_c, "
           "mid, kernel, stride, idskip, se, hswish")
      .required()
      .arg("value", &LutArgs::value, "the column with the values")
      .arg("unit", &LutArgs::unit, "one unit of the column, e.g. 1ms")
      .unit("any")
      .arg("device", &LutArgs::device, "of a table of operators with several devices: the one that counts")
      .details(
          "One row is one layer: a convolution (Conv, Conv_1 ...), an inverted bottleneck (expanded_conv, whole: expansion, "
          "depthwise "
          "convolution, squeeze and excite, projection, shortcut), a global pool (AvgPool2D) or a linear layer (Logits), found "
          "by its "
          "shapes; norms and activations belong to the layer before. mid is the width inside a bottleneck; idskip, se and hswish "
          "are 0 "
          "or 1. Where there is a column `resolution`, rows count for networks with that input size. Before anything runs, the "
          "table is "
          "compared with every layer that a network of the space can have. once-for-all's YAML (one resolution a file; value = "
          "\"mean\") is read as it is; a row Logits whose input is no point is the classifier with the pool before it. A table "
          "with the columns layer and op is one of operators by their place: layer counts "
          "the "
          "choices of the space from 0 or names them, op is the option, and the row `base` is what every network takes.")
      .paper("Cai et al., Once-for-All, ICLR 2020, appendix B (latency look-up tables)")
      .gives({"latency", "energy"})
      .example("device phone = lut(\"note10_lut.csv\", unit = 1ms)")
      .example("device phone = lut(\"160_lookup_table.yaml\", unit = 1ms)")
      .example("device pixel = lut(\"fbnet_lut.csv\", value = \"ms\", unit = 1ms, device = \"pixel3\")")
      .builds([](const LutArgs& a, Services& services) { return built_from(open_lut(a, services), ComponentKind::device); });
}

}  // namespace nas
