# CompOFA (Sahni et al., CompOFA: Compound Once-for-All Networks, ICLR 2021, section 3.2): once-for-all's MobileNetV3 with depth and
# expansion of a stage decided together: 2 blocks of expansion 3, 3 of 4 or 4 of 6. MACs are once-for-all's.
#   elastic_kernel  false: kernels 3, 5, 3, 3, 5 by stage (243 networks); true: each block chooses 3, 5 or 7 (117^5 = 2.2e10 networks)
#   width           channel multiplier; CompOFA trained 1.0
#   resolution      one size, or a list of sizes to choose from; the paper searches 160 to 224 in steps of 16
def space compofa(elastic_kernel: bool = false, width: float = 1.0, resolution = 224, classes: int = 1000) {
  rule nearest(v) = max(8, 8 * floor((v + 4) / 8))
  rule divisible(v) = if nearest(v) < 0.9 * v then nearest(v) + 8 else nearest(v)
  let widths  = [24, 40, 80, 112, 160]
  let strides = [2, 2, 2, 1, 2]
  let acts    = ["relu", "relu", "h_swish", "h_swish", "h_swish"]
  let ses     = [false, true, false, true, true]
  let kernels = [3, 5, 3, 3, 5]
  r = choice(resolution)
  input = image(channels = 3, size = r)
  stem = conv(kernel = 3, out = divisible(16 * width), stride = 2, act = "h_swish")
  first = mbconv(kernel = 3, expand = 1, out = divisible(16 * width))
  repeat stage in 1..5 {
    depth = choice(2, 3, 4)
    expand = if depth == 4 then 6 else depth + 1
    repeat block in depth {
      kernel = choice(if elastic_kernel then [3, 5, 7] else [kernels[stage]])
      mbconv(kernel = kernel, expand = expand, out = divisible(widths[stage] * width),
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
}
