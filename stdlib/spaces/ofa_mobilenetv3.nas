# Once-for-all MobileNetV3 (Cai et al., Once-for-All, ICLR 2020): 5 stages of 2 to 4 inverted bottlenecks with elastic kernel and
# expansion. MACs are once-for-all's: convolutions and linear layers only (DyNAS-T's tables since 2023 are
# counted by torchprofile and say 0.8 % more; its tables of 2022 agree).
#   width       channel multiplier; 1.0 and 1.2 are released
#   resolution  one size, or a list of sizes to choose from
# 45 genes and 2.2e19 networks (7371^5). At width 1.0 and 224: 121 to 566 million MACs.
def space ofa_mobilenetv3(width: float = 1.0, resolution = 224, classes: int = 1000) {
  rule divisible(v) = if max(8, 8 * floor((v + 4) / 8)) < 0.9 * v then max(8, 8 * floor((v + 4) / 8)) + 8 else
      max(8, 8 * floor((v + 4) / 8))
  let widths = [divisible(24 * width), divisible(40 * width), divisible(80 * width), divisible(112 * width),
      divisible(160 * width)]
  let strides = [2, 2, 2, 1, 2]
  let acts    = ["relu", "relu", "h_swish", "h_swish", "h_swish"]
  let ses     = [false, true, false, true, true]
  let halved  = [1, 2, 3, 4, 4]  # how often the image was, before a stage
  let stem_width = divisible(16 * width)
  r = choice(resolution)
  input = image(channels = 3, size = r)
  stem = conv(kernel = 3, out = stem_width, stride = 2, act = "h_swish")
  first = mbconv(kernel = 3, expand = 1, out = stem_width)
  repeat stage in 1..5 {
    depth = choice(2, 3, 4)
    repeat block in depth {
      let size = ceil(r / 2^(halved[stage] + (if block > 1 and strides[stage] == 2 then 1 else 0)))
      mbconv(kernel = choice(3, 5, 7), expand = choice(3, 4, 6), out = widths[stage],
          stride = if block == 1 then strides[stage] else 1, act = acts[stage], se = ses[stage])
    }
  }
  final_expand = conv(kernel = 1, out = divisible(960 * width), act = "h_swish")
  pool = global_pool()
  feature_mix = conv(kernel = 1, out = divisible(1280 * width), norm = false, act = "h_swish")
  head = linear(classes)
  spelling ofa {
    ks = stage[*].block[*].kernel
    e  = stage[*].block[*].expand
    d  = stage[*].depth
    r  = r
  }
  spelling dynas {
    ks         = stage[*].block[*].kernel
    e          = stage[*].block[*].expand
    d          = stage[*].depth
    resolution = r
  }
  features ofa_128 {  # once-for-all's and CompOFA's accuracy predictor: kernels, expansions, resolution from 112 in steps of 16
    ks = onehot(stage[*].block[*].kernel, [3, 5, 7])
    e  = onehot(stage[*].block[*].expand, [3, 4, 6])
    r  = onehot(floor((r - 112) / 16), 0..7)
  }
  features ofa_arch {  # once-for-all's later MobileNetArchEncoder: the resolutions of the space first
    r  = onehot(r, resolution)
    ks = onehot(stage[*].block[*].kernel, [3, 5, 7])
    e  = onehot(stage[*].block[*].expand, [3, 4, 6])
  }
  features tokens {  # five numbers a block, all 0 where it is not used
    kernel     = stage[*].block[*].kernel
    expand     = stage[*].block[*].expand
    channels   = stage[*].block[*].out
    resolution = stage[*].block[*].size
    stride     = stage[*].block[*].stride
  }
  features dynas_135 {  # DyNAS-T's: every gene, unused ones not masked (they read as their first option)
    ks = onehot(stage[*].block[*].kernel, [3, 5, 7], raw = true)
    e  = onehot(stage[*].block[*].expand, [3, 4, 6], raw = true)
    d  = onehot(stage[*].depth, [2, 3, 4])
  }
}
