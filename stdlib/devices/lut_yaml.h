#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "stdlib/devices/lut.h"

namespace nas {

/// The rows of once-for-all's YAML, which is a small part of YAML: a layer's key, and below it `mean: 0.05` and other numbers, or
/// all of them in braces behind it. `field` is the number that counts. E808 and E810 name the line; E809 where a layer lacks the
/// field.
Result<std::vector<std::pair<LayerKey, double>>> layers_of_yaml(const std::string& name, std::string_view text,
                                                                const std::string& field);

/// The layer that a key of once-for-all's tables names; nothing where it is none:
/// "expanded_conv-input:14x14x96-output:14x14x136-expand:288-kernel:3-stride:1-idskip:0-se:1-hs:1".
std::optional<LayerKey> layer_of_key(std::string_view key);

/// The keys by which once-for-all's tables have these layers, one each, those of one space: Conv_1 is the convolution that a pool
/// or a classifier takes, Conv_2 one behind the pool, any other is Conv; the output of Logits is its classes.
std::vector<std::string> yaml_keys(std::span<const LayerKey> layers);

/// once-for-all's operators by what they are: Conv, Conv_1 and Conv_2 are convolutions at three places.
std::string op_named(std::string_view op);

}  // namespace nas
