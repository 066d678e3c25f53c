// `perceptron(file)`: weights that were trained elsewhere, read from a manifest and raw numbers.
#include "backends/eigen/perceptron.h"

#include <cstring>

#include "core/rng.h"
#include "model_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::string raw(const std::vector<float>& numbers) {
  std::string bytes(4 * numbers.size(), '\0');
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

// 2 inputs, 2 hidden, 1 output: y = 0.5 max(0, k - d) + 0.25 max(0, d - 1) + 0.1.
const char* const kManifest =
    R"({"activation": "relu", "tensors": [{"name": "0.weight", "shape": [2, 2], "offset_floats": 0},
{"name": "0.bias", "shape": [2], "offset_floats": 4}, {"name": "2.weight", "shape": [1, 2], "offset_floats": 6},
{"name": "2.bias", "shape": [1], "offset_floats": 8}]})";
const std::vector<float> kNumbers = {1, -1, 0, 1, 0, -1, 0.05f, 0.0025f, 0.001f};

const char* const kScript =
    "objective maximize accuracy from perceptron(\"m.json\", features = \"plain\", unit = 1)\nsearch s = exhaustive()\n"
    "show s.best.accuracy\n";

class PerceptronModel : public ModelTest {};

}  // namespace

TEST(Perceptron, IsWhatItsFormulaSaysAndRowsDoNotTouchEachOther) {
  const std::size_t in = 37, hidden = 50, n = 401;
  Stream stream(1, "perceptron");
  std::vector<float> w(in * hidden), b(hidden), v(hidden), x(n * in);
  for (auto* list : {&w, &b, &v, &x})
    for (float& number : *list) number = static_cast<float>(stream.normal());
  Perceptron net;
  net.add_layer(in, hidden, w, b);
  net.add_layer(hidden, 1, v, std::vector<float>{0.5f});
  std::vector<double> out(n), one(1);
  net.run(x, n, out);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.5;
    for (std::size_t h = 0; h < hidden; ++h) {
      double inner = static_cast<double>(b[h]);
      for (std::size_t j = 0; j < in; ++j) inner += static_cast<double>(w[h * in + j]) * static_cast<double>(x[i * in + j]);
      sum += static_cast<double>(v[h]) * std::max(0.0, inner);
    }
    EXPECT_NEAR(out[i], sum, 1e-3);
    net.run(std::span(x).subspan(i * in, in), 1, one);
    EXPECT_EQ(one[0], out[i]);
  }
}

TEST_F(PerceptronModel, IsReadFromItsManifest) {
  write("m.json", kManifest);
  write("m.f32", raw(kNumbers));
  const Outcome outcome = run(kScript);
  ASSERT_EQ(outcome.status, Status::ok) << outcome.text;
  // Kernel 5, depth 1: 0.05 (5 - 1) + 0.001 = 0.201; depth 2: 0.05 * 3 + 0.0025 * 1 + 0.001.
  EXPECT_NEAR(std::stod(outcome.printed), 0.201, 1e-6) << outcome.printed;
}

TEST_F(PerceptronModel, MistakesAreFoundBeforeAnythingRuns) {
  write("m.json", kManifest);
  EXPECT_NE(run(kScript).text.find("error[E801]: there is no file m.f32"), std::string::npos) << run(kScript).text;
  write("m.f32", raw({kNumbers.begin(), kNumbers.end() - 1}));
  EXPECT_EQ(run(kScript).text.substr(0, run(kScript).text.find('\n')),
            "error[E833]: m.f32 ends before tensor 2.bias: it has 8 numbers");
  write("m.f32", raw(kNumbers));
  write("m.json", "{}");
  EXPECT_EQ(run(kScript).text.substr(0, run(kScript).text.find('\n')),
            "error[E833]: m.json is no manifest of a perceptron: it has no list tensors");
  write("m.json",
        R"({"tensors": [{"name": "w", "shape": [1, 3], "offset_floats": 0}, {"name": "b", "shape": [1], "offset_floats": 3}]})");
  EXPECT_EQ(run(kScript).text.substr(0, run(kScript).text.find('\n')),
            "error[E833]: m.json has 3 inputs, and features plain of space small are 2");
  write("m.json", kManifest);
  std::string other = kScript;
  other.replace(other.find("plain"), 5, "fancy");
  EXPECT_EQ(run(other).text.substr(0, run(other).text.find('\n')), "error[E833]: space small has no features fancy");
}
