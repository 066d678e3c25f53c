#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/services.h"

namespace nas {

/// Opens the LibTorch module (`libnas_torch.so`) found in NAS_MODULE_DIR, beside the executable (`../lib/nas`, `../lib`)
/// or in `folders`. E804 when there is none or it speaks another ABI. The runner reads images itself and keeps them.
Result<std::unique_ptr<NetworkRunner>> open_torch_module(const std::vector<std::string>& folders = {});

/// What decides the module's numbers, from the file beside it (`libnas_torch.json`): {"training": "LibTorch 1.13.1, module 3f..",
/// "timing": .., "cuda": whether it can use a GPU}; a hash of the module itself where that file is missing, null where there is no module.
nlohmann::json torch_module_identity(const std::vector<std::string>& folders = {});

/// True when the module's file is there, without opening it.
bool torch_module_present(const std::vector<std::string>& folders = {});

}  // namespace nas
