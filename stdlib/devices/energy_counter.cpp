#include "stdlib/devices/energy_counter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

namespace nas {
namespace {

constexpr const char* kNone = "energy cannot be measured on this machine: ";

Failure unreadable(const std::filesystem::path& file, int error) {
  return Failure{"E708", fmt::format("{}{} cannot be read ({})", kNone, file.string(), std::strerror(error)),
                 "the counters are for root unless an administrator opens them: chmod a+r /sys/class/powercap/*/energy_uj"};
}

/// Microjoules in a counter's file.
Result<double> microjoules(const std::filesystem::path& file) {
  errno = 0;
  std::FILE* in = std::fopen(file.c_str(), "r");
  if (!in) return unreadable(file, errno);
  double value = 0;
  const bool read = std::fscanf(in, "%lf", &value) == 1;
  const int error = errno ? errno : EIO;
  std::fclose(in);
  if (!read) return unreadable(file, error);
  return value;
}

}  // namespace

Result<EnergyCounter> EnergyCounter::open(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    return Failure{"E708", fmt::format("{}there is no {}", kNone, folder.string()),
                   "virtual machines seldom have energy counters; a table of measured energies can be used instead: table(...)"};
  EnergyCounter counter;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::string name;
    std::ifstream(entry.path() / "name") >> name;
    if (name.rfind("package", 0) != 0) continue;
    Package package{entry.path() / "energy_uj"};
    std::ifstream(entry.path() / "max_energy_range_uj") >> package.range;
    auto now = microjoules(package.file);
    if (!now) return now.failure();
    package.last = *now;
    counter.packages_.push_back(package);
  }
  if (counter.packages_.empty())
    return Failure{"E708", fmt::format("{}{} has no counter of a processor package", kNone, folder.string()),
                   "virtual machines seldom have energy counters; a table of measured energies can be used instead: table(...)"};
  return counter;
}

Result<double> EnergyCounter::joules() {
  double sum = 0;
  for (Package& package : packages_) {
    auto now = microjoules(package.file);
    if (!now) return now.failure();
    package.total += *now - package.last + (*now < package.last ? package.range : 0);
    package.last = *now;
    sum += package.total;
  }
  return 1e-6 * sum;
}

}  // namespace nas
