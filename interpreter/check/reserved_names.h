#pragma once

#include <string>

namespace nas {

/// True for a name that means something in the language already: a word, a function, a part of every network. Metrics are not
/// among them, they are in the `Registry`.
bool is_reserved(const std::string& name);

}  // namespace nas
