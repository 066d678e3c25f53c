#pragma once

#include <fmt/format.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/rng.h"

namespace nas::testing {

/// What a space means, worked out without the space: choices by name, and for options of all of them the layers that come out.
struct Meaning {
  bool valid = true;   ///< guards hold
  std::string layers;  ///< each layer with its place and everything that shapes it; a chosen skip leaves its mark
  std::int64_t macs = 0, params = 0;
  std::int64_t channels = 0, size = 0;  ///< of the output
};

/// A random small `.nas` space beside an interpreter of its own: shared choices, choices in nested repeats of chosen depth,
/// chosen operators with conditional arms, operators bound once and used in every pass, values computed from choices, picked
/// inputs.
class RandomSpace {
 public:
  /// `collisions`: computed values and conditions by which options of a choice that has an effect can come out equal.
  RandomSpace(std::uint64_t seed, bool collisions) : stream_(seed, "random space"), collisions_(collisions) {
    text_ = fmt::format("def space random{}() {{\n  input = image(channels = 4, size = 6)\n", seed);
    body(2, 2 + stream_.below(3));
    text_ += "}\n";
  }
  const std::string& text() const { return text_; }
  /// Numbers of options by gene name.
  const std::map<std::string, std::size_t>& choices() const { return choices_; }
  double genotypes() const {
    double product = 1;
    for (const auto& [name, options] : choices_) product *= static_cast<double>(options);
    return product;
  }

  Meaning meaning(const std::map<std::string, std::size_t>& chosen) const {
    Run run{chosen, {}, "", {}, 4, {}};
    run.meaning.channels = 4;
    run.meaning.size = 6;
    for (const auto& statement : program_) statement(run);
    return run.meaning;
  }

 private:
  struct Run;
  using Statement = std::function<void(Run&)>;
  using Number = std::function<std::int64_t(Run&)>;
  using Layer = std::function<void(Run&, const std::string& place)>;
  struct Run {
    const std::map<std::string, std::size_t>& chosen;
    std::map<std::string, std::int64_t> numbers;   ///< choices bound to a number, by their name in the text
    std::string prefix;                            ///< "block1[2]."
    std::map<std::string, std::size_t> operators;  ///< bound operators: the arm that is taken
    std::int64_t x = 4;                            ///< channels of what flows into the body
    Meaning meaning;
  };
  struct Expression {
    std::string text;
    Number value;
  };
  struct Operation {
    std::string text;
    Layer apply;
  };

  std::uint32_t below(std::uint32_t n) { return stream_.below(n); }
  std::string fresh(const char* stem) { return fmt::format("{}{}", stem, ++names_); }
  void line(const std::string& words) { text_ += std::string(2 * depth_, ' ') + words + "\n"; }

  /// Registers a choice in every pass of the repeats around it.
  void declare(const std::string& name, std::size_t options) {
    for (const auto& prefix : passes_) choices_[prefix + name] = options;
  }

  static std::string list(const std::vector<int>& options) {
    std::string text;
    for (const int option : options) text += fmt::format("{}{}", text.empty() ? "" : ", ", option);
    return text;
  }

  /// `k1 = choice(3, 5, 7)`, visible below in this body and those inside it.
  void number_choice() {
    static const std::vector<std::vector<int>> lists = {{3, 5}, {5, 3}, {3, 5, 7}, {7, 3, 5}};
    const auto options = lists[below(4)];
    const std::string name = fresh("k");
    line(fmt::format("{} = choice({})", name, list(options)));
    declare(name, options.size());
    visible_.push_back(name);
    emit([name, options](Run& run) { run.numbers[name] = options[run.chosen.at(run.prefix + name)]; });
  }

  /// A kernel: written, chosen, rounded up so that two options agree, or chosen only where another choice says so.
  Expression kernel() {
    if (visible_.empty() || below(4) == 0) return {"3", [](Run&) { return std::int64_t{3}; }};
    const std::string a = visible_[below(static_cast<std::uint32_t>(visible_.size()))];
    const Number plain = [a](Run& run) { return run.numbers.at(a); };
    switch (collisions_ ? below(5) : 4) {
      case 0:
        return {fmt::format("max({}, 5)", a), [plain](Run& run) { return std::max<std::int64_t>(plain(run), 5); }};
      case 1: {
        const std::string b = visible_[below(static_cast<std::uint32_t>(visible_.size()))];
        return {fmt::format("if {} == 3 then {} else 1", b, a),
                [plain, b](Run& run) { return run.numbers.at(b) == 3 ? plain(run) : 1; }};
      }
      default:
        return {a, plain};
    }
  }

  /// Whether the last kernel that was chosen is small; no condition where there is none.
  std::pair<std::string, std::function<bool(Run&)>> guard() {
    if (visible_.empty() || below(3) > 0) return {"", [](Run&) { return true; }};
    const std::string a = visible_[below(static_cast<std::uint32_t>(visible_.size()))];
    if (collisions_ && below(2) == 0) return {fmt::format(" if {} <= 5", a), [a](Run& run) { return run.numbers.at(a) <= 5; }};
    return {fmt::format(" if {} == 3", a), [a](Run& run) { return run.numbers.at(a) == 3; }};
  }

  static std::int64_t divisible(std::int64_t v) {
    const std::int64_t n = std::max<std::int64_t>(8, (v + 4) / 8 * 8);
    return 10 * n < 9 * v ? n + 8 : n;
  }
  static void note(Run& run, const std::string& words) { run.meaning.layers += words + "\n"; }
  static void count(Run& run, std::int64_t elements, std::int64_t weights, std::int64_t others) {
    run.meaning.macs += elements * weights;
    run.meaning.params += weights + others;
  }

  Operation conv(Expression k, std::int64_t out) {
    const std::string width = out ? fmt::format(", out = {}", out) : "";
    return {fmt::format("conv(kernel = {}{})", k.text, width), [k, out](Run& run, const std::string& place) {
              auto& m = run.meaning;
              const std::int64_t kernel = k.value(run), to = out ? out : m.channels;
              note(run, fmt::format("{} conv {} {}>{}", place, kernel, m.channels, to));
              count(run, m.size * m.size, m.channels * to * kernel * kernel, 2 * to);
              m.channels = to;
            }};
  }
  Operation depthwise(Expression k) {
    return {fmt::format("depthwise(kernel = {})", k.text), [k](Run& run, const std::string& place) {
              const std::int64_t kernel = k.value(run), c = run.meaning.channels;
              note(run, fmt::format("{} depthwise {} {}", place, kernel, c));
              count(run, run.meaning.size * run.meaning.size, c * kernel * kernel, 2 * c);
            }};
  }
  Operation mbconv(Expression k, int expand) {
    return {fmt::format("mbconv(kernel = {}, expand = {})", k.text, expand), [k, expand](Run& run, const std::string& place) {
              const std::int64_t kernel = k.value(run), c = run.meaning.channels, mid = divisible(c * expand);
              const std::int64_t area = run.meaning.size * run.meaning.size;
              note(run, fmt::format("{} mbconv {} {}:{}", place, kernel, c, mid));
              count(run, area, c * mid, 2 * mid);
              count(run, area, mid * kernel * kernel, 2 * mid);
              count(run, area, mid * c, 2 * c);
            }};
  }
  Operation pool() {
    return {"avg_pool(kernel = 3)",
            [](Run& run, const std::string& place) { note(run, fmt::format("{} pool {}", place, run.meaning.channels)); }};
  }
  Operation skip() {
    return {"skip()", [](Run& run, const std::string& place) { note(run, place + " skip"); }};
  }

  /// Arms of different kinds, so that two arms are never one layer.
  void operator_choice(bool bound_first) {
    std::vector<Operation> kinds = {conv(kernel(), below(2) ? 8 : 0), depthwise(kernel()), mbconv(kernel(), 2), pool(), skip()};
    const std::size_t arms = 2 + below(2);
    std::vector<Operation> taken;
    std::vector<std::function<bool(Run&)>> guards;
    std::string words;
    for (std::size_t i = 0; i < arms; ++i) {
      const std::uint32_t at = below(static_cast<std::uint32_t>(kinds.size()));
      taken.push_back(kinds[at]);
      kinds.erase(kinds.begin() + at);
      const auto [text, holds] =
          i == 0 ? std::pair{std::string(), std::function<bool(Run&)>([](Run&) { return true; })} : guard();
      guards.push_back(holds);
      words += fmt::format("{}{}{}", i ? ", " : "", taken.back().text, text);
    }
    const std::string name = fresh("op");
    declare(name, arms);
    line(fmt::format("{} = choice {{ {} }}", name, words));
    const Statement choose = [name, guards](Run& run) {
      const std::size_t arm = run.chosen.at(run.prefix + name);
      run.operators[name] = arm;
      run.meaning.valid = run.meaning.valid && guards[arm](run);
    };
    emit(choose);
    const Statement apply = [name, taken](Run& run) {
      const std::size_t arm = run.operators.at(name);
      taken[arm].apply(run, fmt::format("{}{}.{}", run.prefix, name, arm));
    };
    if (!bound_first) {
      emit(apply);
      return;
    }
    // Decided once, used in both passes.
    const std::string variable = fresh("shared");
    line(fmt::format("repeat {} in 2 {{ {}(x) }}", variable, name));
    emit([apply, variable](Run& run) {
      const std::string outer = run.prefix;
      for (int pass = 1; pass <= 2; ++pass) {
        // The arm is chosen outside; only the place differs.
        const std::size_t before = run.meaning.layers.size();
        apply(run);
        run.meaning.layers.insert(before, fmt::format("{}{}[{}] ", outer, variable, pass));
      }
    });
  }

  /// Three branches of what flows into the body, of which a chosen pair is added; the third is still computed.
  void picked_inputs() {
    const Expression k = kernel();
    const std::string from = fresh("t"), name = fresh("pick");
    std::vector<Operation> branches = {conv(k, 0), depthwise(k), pool()};
    line(fmt::format("{}0 = skip()(x)", from));
    for (int i = 0; i < 3; ++i)
      line(fmt::format("{}{} = {}({}0)", from, i + 1, branches[static_cast<std::size_t>(i)].text, from));
    line(fmt::format("{} = pick(2, of = [{}1, {}2, {}3])", name, from, from, from));
    line(fmt::format("add({})", name));
    declare(name, 3);
    emit([name, from, branches](Run& run) {
      for (int i = 0; i < 3; ++i) {
        run.meaning.channels = run.x;
        branches[static_cast<std::size_t>(i)].apply(run, fmt::format("{}{}{}", run.prefix, from, i + 1));
      }
      note(run, fmt::format("{}add {}", run.prefix, run.chosen.at(run.prefix + name)));
    });
  }

  void repeat(int levels) {
    const std::string variable = fresh("block");
    std::vector<int> counts = below(3) == 0 ? std::vector<int>{2} : below(2) ? std::vector<int>{1, 2} : std::vector<int>{2, 0, 1};
    std::string depth_name;
    if (counts.size() > 1) {
      depth_name = fresh("depth");
      line(fmt::format("{} = choice({})", depth_name, list(counts)));
      declare(depth_name, counts.size());
    }
    line(fmt::format("repeat {} in {} {{", variable, depth_name.empty() ? fmt::format("{}", counts[0]) : depth_name));
    const int most = *std::max_element(counts.begin(), counts.end());
    const auto outer_passes = passes_;
    const auto outer_visible = visible_;
    passes_.clear();
    for (const auto& prefix : outer_passes)
      for (int pass = 1; pass <= most; ++pass) passes_.push_back(fmt::format("{}{}[{}].", prefix, variable, pass));
    std::vector<Statement> inner;
    std::vector<Statement>* outer_target = std::exchange(target_, &inner);
    ++depth_;
    body(levels - 1, 1 + below(2), false);
    --depth_;
    target_ = outer_target;
    passes_ = outer_passes;
    visible_ = outer_visible;
    line("}");
    emit([variable, depth_name, counts, inner](Run& run) {
      const int passes = counts[depth_name.empty() ? 0 : run.chosen.at(run.prefix + depth_name)];
      const std::string outer = run.prefix;
      const std::int64_t outer_x = run.x;
      for (int pass = 1; pass <= passes; ++pass) {
        run.prefix = fmt::format("{}{}[{}].", outer, variable, pass);
        run.x = run.meaning.channels;
        for (const auto& statement : inner) statement(run);
      }
      run.x = outer_x;
      run.prefix = outer;
    });
  }

  void body(int levels, std::uint32_t statements, bool top = true) {
    if (top || below(2)) number_choice();
    for (std::uint32_t i = 0; i < statements; ++i) {
      switch (below(levels > 0 ? 6 : 4)) {
        case 0: {
          const Operation op = conv(kernel(), 4 * (1 + below(2)));
          const std::string name = fresh("layer");
          line(fmt::format("{} = {}", name, op.text));
          emit([op, name](Run& run) { op.apply(run, run.prefix + name); });
          break;
        }
        case 1:
          operator_choice(false);
          break;
        case 2:
          below(2) ? operator_choice(true) : operator_choice(false);
          break;
        case 3:
          below(2) ? picked_inputs() : number_choice();
          break;
        default:
          repeat(levels);
          break;
      }
    }
    const Operation op = depthwise(kernel());
    line(op.text);
    const std::string place = fresh("end");
    emit([op, place](Run& run) { op.apply(run, run.prefix + place); });
  }

  void emit(Statement statement) { target_->push_back(std::move(statement)); }

  Stream stream_;
  bool collisions_;
  std::string text_;
  std::map<std::string, std::size_t> choices_;
  std::vector<Statement> program_;
  std::vector<Statement>* target_ = &program_;
  std::vector<std::string> passes_ = {""};
  std::vector<std::string> visible_;
  int names_ = 0;
  std::size_t depth_ = 1;
};

}  // namespace nas::testing
