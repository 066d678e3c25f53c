# Once-for-all on ProxylessNAS's backbone (Cai et al., Once-for-All, ICLR 2020; the backbone: Cai et al., ProxylessNAS, ICLR 2019):
# 5 stages of 2 to 4 inverted bottlenecks with elastic kernel and expansion, then one block of 320 x width channels. ReLU6, no squeeze
# and excite, batch norm epsilon 1e-3. MACs are once-for-all's: convolutions and linear layers only.
#   width       channel multiplier; once-for-all released 1.3 (stages 32, 56, 104, 128, 248, then 416)
#   resolution  one size, or a list of sizes to choose from
#   last        also decide kernel and expansion of the last block, which the released search leaves at 7 and 6
# 45 genes and 2.2e19 networks (7371^5), 47 genes and 2.0e20 with `last`. At 224: 204 to 824 million MACs.
def space ofa_proxyless(width: float = 1.3, resolution = 224, last: bool = false, classes: int = 1000) {
  rule nearest(v) = max(8, 8 * floor((v + 4) / 8))
  rule divisible(v) = if nearest(v) < 0.9 * v then nearest(v) + 8 else nearest(v)
  let widths  = [24, 40, 80, 96, 192]
  let strides = [2, 2, 2, 1, 2]
  r = choice(resolution)
  input = image(channels = 3, size = r)
  stem = conv(kernel = 3, out = divisible(32 * width), stride = 2, act = "relu6", epsilon = 1e-3)
  first = mbconv(kernel = 3, expand = 1, out = divisible(16 * width), act = "relu6", residual = false,
      epsilon = 1e-3)
  repeat stage in 1..5 {
    depth = choice(2, 3, 4)
    repeat block in depth {
      mbconv(kernel = choice(3, 5, 7), expand = choice(3, 4, 6), out = divisible(widths[stage] * width),
          stride = if block == 1 then strides[stage] else 1, act = "relu6", epsilon = 1e-3)
    }
  }
  last_kernel = choice(if last then [3, 5, 7] else [7])
  last_expand = choice(if last then [3, 4, 6] else [6])
  last_block = mbconv(kernel = last_kernel, expand = last_expand, out = divisible(320 * width), act = "relu6",
      epsilon = 1e-3)
  feature_mix = conv(kernel = 1, out = divisible(1280 * width), act = "relu6", epsilon = 1e-3)
  head = linear(classes)
  spelling ofa {
    ks = stage[*].block[*].kernel
    e  = stage[*].block[*].expand
    d  = stage[*].depth
    r  = r
    last_ks = last_kernel
    last_e  = last_expand
  }
  features dynas_135 {  # DyNAS-T's: every gene, unused ones not masked (they read as their first option)
    ks = onehot(stage[*].block[*].kernel, [3, 5, 7], raw = true)
    e  = onehot(stage[*].block[*].expand, [3, 4, 6], raw = true)
    d  = onehot(stage[*].depth, [2, 3, 4])
  }
}
