#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/check/check_fixture.h"

namespace nas::testing {

/// A script with mistakes and everything that checking it shows: each mistake once, whole, and nothing behind it.
struct Mistake {
  const char* name;
  std::string text;
  std::string shown;
  World world = {};
};

inline void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

inline std::string mistake_name(const ::testing::TestParamInfo<Mistake>& info) {
  return info.param.name;
}

/// Statements behind a profile and a predictor that has learnt from it.
inline std::string behind_a_profile(const std::string& statements) {
  return "space net = tiny_mobilenet()\nspace other = nasbench201()\ndevice host = cpu()\ndevice both = cpu(threads = 2)\n"
         "profile base = latency over net on host\npredictor lin = ridge() from base\n" +
         statements + "\n";
}

class Mistaken : public ::testing::TestWithParam<Mistake> {};

}  // namespace nas::testing
