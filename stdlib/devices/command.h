#pragma once

#include <string>

#include "core/component.h"

namespace nas {

/// Arguments of `command(...)`; `unit` is the SI value of one unit of the program's values.
struct CommandArgs {
  std::string command;
  double unit = 1;
  double time_out = 60;
  int retries = 2;
  int failures = 5;
  bool shell = false;
};

/// Arguments of `remote(...)`.
struct RemoteArgs {
  std::string host;
  int threads = 1;
  int batch = 1;
  std::string program = "nas";
  std::string via = "ssh -o BatchMode=yes -o ConnectTimeout=10";
  double time_out = 120;
  int retries = 2;
  int failures = 5;
};

Component command_device();
Component remote_device();

}  // namespace nas
