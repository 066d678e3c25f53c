#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/space_program.h"
#include "core/value.h"

namespace nas {

/// What may stand for one argument of a layer. The only place where names, defaults, bounds and help are written.
struct LayerParam {
  enum class Type { whole, number, boolean, text, tensor };
  std::string name;
  Type type = Type::whole;
  Value default_value;  ///< none = required, or "as what flows in" where the help says so
  std::string help;
  std::vector<std::string> aliases = {};
  std::optional<double> at_least = {};
  std::vector<std::string> labels = {};  ///< for texts with fixed values
  bool required = false;
  /// The argument selects between layers of different make: a choice of it gives each option weights of its own.
  bool structural = false;
};

class LayerBuilder;

/// The arguments of one layer call, complete and checked; choices are still diagrams unless the parameter is structural.
struct LayerArguments {
  const std::vector<std::pair<std::string, Value>>* values = nullptr;
  const Value& operator[](std::string_view name) const;
  bool flag(std::string_view name) const { return always((*this)[name]); }
  std::string text(std::string_view name) const;
};

/// One word of the layer vocabulary: conv, mbconv, attention ... A composite expands into primitive sites.
struct LayerComponent {
  std::string name;
  std::string doc;
  std::vector<LayerParam> params;
  int inputs = 1;           ///< tensors it takes; -1 = one or more, given positionally (add, concat)
  std::string source = {};  ///< paper
  /// `x` holds the input tensors (diagrams). Returns the output tensor.
  std::function<Value(LayerBuilder&, const LayerArguments&, const std::vector<Value>& x)> expand;

  const LayerParam* find_param(std::string_view name) const;
};

/// The layer vocabulary of one interpreter.
class LayerVocabulary {
 public:
  void add(LayerComponent layer) { layers_.push_back(std::make_unique<LayerComponent>(std::move(layer))); }
  const LayerComponent* find(std::string_view name) const;
  std::vector<std::string> names() const;

 private:
  std::vector<std::unique_ptr<LayerComponent>> layers_;
};

/// A shape that does not fit, on one path through the choices.
struct ShapeError {
  std::string message;
  std::string path;                 ///< of the layer
  std::vector<Decision> decisions;  ///< the choices that lead to it
};

/// Where the windows of a convolution stand: around their points (padding kernel / 2), inside the image only, around with one
/// point left out between two (dilation 2), or one row and one column further (padding -1).
enum class Window { same, inside, dilated, shifted };

/// Appends primitive sites to a program, with shapes inferred on every path at once.
class LayerBuilder {
 public:
  explicit LayerBuilder(SpaceProgram& program) : program_(program) {}

  // Where the next sites stand; kept by the space compiler.
  Value condition = true;
  std::string path;
  std::vector<ShapeError> errors;

  Value input(const Value& shape);
  Value conv(const std::string& name, const Value& x, const Value& out, const Value& kernel, const Value& stride,
             const Value& groups, bool bias = false, Window window = Window::same);
  Value depthwise(const std::string& name, const Value& x, const Value& kernel, const Value& stride,
                  Window window = Window::same);
  Value batch_norm(const std::string& name, const Value& x, float epsilon = 1e-5f);
  Value layer_norm(const std::string& name, const Value& x, float epsilon = 1e-5f);
  Value activation(const std::string& name, const Value& x, Activation act);
  /// `ceil`: a last window that only partly fits counts too.
  Value pool(const std::string& name, LayerKind kind, const Value& x, const Value& kernel, const Value& stride,
             bool ceil = false);
  Value global_pool(const std::string& name, const Value& x);
  Value linear(const std::string& name, const Value& x, const Value& out, bool bias = true);
  Value combine(const std::string& name, LayerKind kind, const std::vector<Value>& x);  ///< add, multiply, concat, concat_length
  Value zero(const std::string& name, const Value& x, const Value& stride);
  Value attention(const std::string& name, const Value& query, const Value& key, const Value& value, const Value& heads,
                  bool causal);

  /// Rows of a table of `rows` rows and `out` channels, looked up by the numbers in x.
  Value embedding(const std::string& name, const Value& x, const Value& rows, const Value& out);
  /// The first `length` rows of a learnt table of `rows` rows, as wide as x.
  Value learned(const std::string& name, const Value& x, const Value& length, const Value& rows);
  Value first_rows(const std::string& name, const Value& x, const Value& count);
  Value flatten(const std::string& name, const Value& x);

  /// One tensor for the alternatives of a diagram of tensors.
  Value merged(const Value& tensors);
  Value shape(const Value& tensor) const;     ///< Shape diagram
  Value channels(const Value& tensor) const;  ///< whole-number diagram
  /// `then` under the condition, the untouched input elsewhere.
  Value when(const Value& wanted, const Value& x, const std::function<Value(const Value& x)>& then);
  /// `then` of every plain value that `choice` can be here, each under its own condition, as one tensor.
  Value per_alternative(const Value& choice, const std::function<Value(const Value& alternative)>& then);
  void fail(std::string message, std::vector<Decision> decisions = {});

 private:
  Value add_site(Site site, const std::string& name,
                 const std::function<std::optional<Shape>(const std::vector<Shape>& in, const std::vector<std::int64_t>& numbers,
                                                          std::string& error)>& out_shape,
                 const std::vector<Value>& numbers);

  SpaceProgram& program_;
};

/// Applies an operator value (or a choice of operators) to tensors; a choice merges the tensors of its alternatives.
Value apply_operator(LayerBuilder& builder, const Value& op, const std::vector<Value>& x);

/// `value` where the condition can hold; elsewhere whatever keeps the diagram small.
Value restricted(const Value& value, const Value& condition);

/// The nearest multiple of 8 that does not fall below 90 % of v (supernets.md 2.1, MobileNet's rule).
std::int64_t make_divisible(double v, std::int64_t divisor = 8);

std::optional<Activation> activation_named(std::string_view name);

void add_image_layers(LayerVocabulary& vocabulary);
void add_sequence_layers(LayerVocabulary& vocabulary);

}  // namespace nas
