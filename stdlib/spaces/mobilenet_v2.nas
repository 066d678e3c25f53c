# MobileNetV2 (Sandler et al., CVPR 2018, table 2) made elastic: 1 to n blocks in each stage, expansion and kernel of each block.
# Kernel 3, expansion 6 and full depth give the published network: 3,504,872 parameters, 300,774,272 MACs at 224.
#   width       channel multiplier; as in the paper the last convolution is never narrower than 1280
#   resolution  one size, or a list of sizes to choose from
#   kernels, expands   what each block chooses from; one value leaves nothing to choose
# 37 genes and 3.3e15 networks.
def space mobilenet_v2(width: float = 1.0, resolution = 224, kernels = [3, 5, 7], expands = [3, 4, 6],
    classes: int = 1000) {
  rule nearest(v) = max(8, 8 * floor((v + 4) / 8))
  rule divisible(v) = if nearest(v) < 0.9 * v then nearest(v) + 8 else nearest(v)
  let widths  = [24, 32, 64, 96, 160, 320]
  let depths  = [2, 3, 4, 3, 3, 1]
  let strides = [2, 2, 2, 1, 2, 1]
  r = choice(resolution)
  input = image(channels = 3, size = r)
  stem = conv(kernel = 3, out = divisible(32 * width), stride = 2, act = "relu6")
  first = mbconv(kernel = 3, expand = 1, out = divisible(16 * width), act = "relu6")
  repeat stage in 1..6 {
    depth = choice(1..depths[stage])
    repeat block in depth {
      kernel = choice(kernels)
      expand = choice(expands)
      mbconv(kernel = kernel, expand = expand, out = divisible(widths[stage] * width),
          stride = if block == 1 then strides[stage] else 1, act = "relu6")
    }
  }
  final = conv(kernel = 1, out = max(1280, divisible(1280 * width)), act = "relu6")
  head = linear(classes)
  spelling ofa {
    ks = stage[*].block[*].kernel
    e  = stage[*].block[*].expand
    d  = stage[*].depth
    r  = r
  }
}
