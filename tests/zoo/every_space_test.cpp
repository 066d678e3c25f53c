// What holds for every space under stdlib/spaces: it compiles at once, says what it is, and its numbers agree with its networks.
#include <gtest/gtest.h>

#include <ctime>

#include "../space/space_fixture.h"

using namespace nas;
using namespace nas::testing;

namespace {

std::vector<std::string> space_names() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(NAS_SOURCE_DIR) / "stdlib/spaces"))
    names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class EverySpace : public ::testing::TestWithParam<std::string> {};

}  // namespace

TEST_P(EverySpace, SaysWhatItIs) {
  const std::string text = slurp(std::filesystem::path(NAS_SOURCE_DIR) / "stdlib/spaces" / (GetParam() + ".nas"));
  const std::size_t head = text.find("\ndef space " + GetParam() + "(");
  ASSERT_NE(head, std::string::npos);
  const std::string comment = text.substr(0, head);
  EXPECT_TRUE(comment.starts_with("# ")) << comment;
  EXPECT_NE(comment.find("networks"), std::string::npos) << "the size";
  // Every argument is in the comment, unless its name says all.
  const std::string arguments = text.substr(head, text.find(") {", head) - head);
  for (const char* argument :
       {"width:", "resolution", "kernels", "expands", "last:", "elastic_kernel", "task", "length", "vocabulary", "wide"})
    if (arguments.find(argument) != std::string::npos) {
      const std::string name =
          argument[std::string(argument).size() - 1] == ':' ? std::string(argument, std::string(argument).size() - 1) : argument;
      EXPECT_NE(comment.find(name), std::string::npos) << name;
    }
}

TEST_P(EverySpace, CostsAndSpellingsOfRandomNetworks) {
  auto made = compile_stdlib(GetParam());
  ASSERT_TRUE(made->space) << made->errors();
  const Space& space = *made->space;
  Stream stream(3, "zoo");
  for (int i = 0; i < 100; ++i) {
    const Arch arch = *space.sample(stream);
    const Network network = space.network(arch);
    ASSERT_EQ(space.macs(arch.genes), network.macs());
    ASSERT_EQ(space.params(arch.genes), network.params());
    ASSERT_GE(space.macs(arch.genes), space.macs(space.smallest().genes));
    ASSERT_LE(space.macs(arch.genes), space.macs(space.largest().genes));
    auto line = space.parse(space.spell(arch));
    ASSERT_TRUE(line) << line.failure().message;
    ASSERT_EQ(*line, arch);
    for (std::size_t s = 0; s < space.spellings().size(); ++s) {
      auto again = space.parse(s, space.spell(arch, s));
      ASSERT_TRUE(again) << space.spellings()[s].name << ": " << again.failure().message;
      ASSERT_EQ(*again, arch) << space.spellings()[s].name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Zoo, EverySpace, ::testing::ValuesIn(space_names()), [](const auto& test) { return test.param; });
