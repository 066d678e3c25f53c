#pragma once

namespace nas::testing {

// Networks of the literature, written as spaces without a choice.

inline constexpr const char* kMobileNetV2 = R"(def space mobilenet_v2() {
  let expand  = [1, 6, 6, 6, 6, 6, 6]
  let out     = [16, 24, 32, 64, 96, 160, 320]
  let passes  = [1, 2, 3, 4, 3, 3, 1]
  let strides = [1, 2, 2, 2, 1, 2, 1]
  input = image(channels = 3, size = 224)
  stem = conv(k = 3, out = 32, stride = 2, act = "relu6")
  repeat stage in 1..7 {
    repeat block in passes[stage] {
      mbconv(k = 3, expand = expand[stage], out = out[stage], stride = if block == 1 then strides[stage] else 1, act = "relu6")
    }
  }
  last = conv(k = 1, out = 1280, act = "relu6")
  head = linear(1000)
})";

inline constexpr const char* kMobileNetV3Large = R"(def space mobilenet_v3_large() {
  let kernel = [3, 3, 3, 5, 5, 5, 3, 3, 3, 3, 3, 3, 5, 5, 5]
  let middle = [16, 64, 72, 72, 120, 120, 240, 200, 184, 184, 480, 672, 672, 960, 960]
  let out    = [16, 24, 24, 40, 40, 40, 80, 80, 80, 80, 112, 112, 160, 160, 160]
  let stride = [1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1]
  input = image(channels = 3, size = 224)
  stem = conv(k = 3, out = 16, stride = 2, act = "h_swish")
  repeat block in 1..15 {
    let from = if block == 1 then 16 else out[max(1, block - 1)]
    mbconv(k = kernel[block], expand = middle[block] / from, out = out[block], stride = stride[block],
           act = if block <= 6 then "relu" else "h_swish", se = (block >= 4 and block <= 6) or block >= 11)
  }
  last = conv(k = 1, out = 960, act = "h_swish")
  mix = linear(1280)
  act = activation("h_swish")
  head = linear(1000)
})";

inline constexpr const char* kResNet18 = R"(def space resnet18() {
  input = image(channels = 3, size = 224)
  stem = conv(k = 7, out = 64, stride = 2)
  pool = max_pool(k = 3, stride = 2)
  repeat stage in 1..4 {
    let out = 64 * 2^(stage - 1)
    repeat block in 2 {
      let stride = if stage > 1 and block == 1 then 2 else 1
      before = skip()(x)
      inner = conv(k = 3, out = out, stride = stride)(before)
      outer = conv(k = 3, out = out, act = "none")(inner)
      shortcut = if stride == 2 then conv(k = 1, out = out, stride = 2, act = "none") else skip()
      sum = add(outer, shortcut(before))
      act = activation("relu")
    }
  }
  head = linear(1000)
})";

inline constexpr const char* kResNeXt50 = R"(def space resnext50_32x4d() {
  let passes = [3, 4, 6, 3]
  input = image(channels = 3, size = 224)
  stem = conv(k = 7, out = 64, stride = 2)
  pool = max_pool(k = 3, stride = 2)
  repeat stage in 1..4 {
    let middle = 128 * 2^(stage - 1)
    repeat block in passes[stage] {
      let stride = if stage > 1 and block == 1 then 2 else 1
      before = skip()(x)
      inner = conv(k = 1, out = middle)(before)
      wide  = conv(k = 3, out = middle, stride = stride, groups = 32)(inner)
      outer = conv(k = 1, out = 2 * middle, act = "none")(wide)
      shortcut = if block == 1 then conv(k = 1, out = 2 * middle, stride = stride, act = "none") else skip()
      sum = add(outer, shortcut(before))
      act = activation("relu")
    }
  }
  head = linear(1000)
})";

inline constexpr const char* kBertBaseEncoder = R"(def space bert_base_encoder() {
  source = tokens(length = 128, width = 768)
  repeat layer in 12 {
    attention(heads = 12, qkv = 768)
    feed_forward(hidden = 3072)
  }
})";

}  // namespace nas::testing
