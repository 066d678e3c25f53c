# ProxylessNAS's search space for ImageNet (Cai et al., ProxylessNAS, ICLR 2019, section 4.2, and the released search): 21 blocks, each
# chooses kernel 3, 5 or 7 with expansion 3 or 6, or, where its shape does not change, nothing at all ("Zero": the identity stays).
# ReLU6, batch norm epsilon 1e-3.
#   width       channel multiplier; the last convolution is never narrower than 1280
#   resolution  input size
# 21 genes and 6^6 x 7^15 = 2.2e17 networks.
def space proxylessnas(width: float = 1.0, resolution: int = 224, classes: int = 1000) {
  rule nearest(v) = max(8, 8 * floor((v + 4) / 8))
  rule divisible(v) = if nearest(v) < 0.9 * v then nearest(v) + 8 else nearest(v)
  let widths  = [24, 40, 80, 96, 192, 320]
  let depths  = [4, 4, 4, 4, 4, 1]
  let strides = [2, 2, 2, 1, 2, 1]
  let kinds   = ["3x3_MBConv3", "3x3_MBConv6", "5x5_MBConv3", "5x5_MBConv6", "7x7_MBConv3", "7x7_MBConv6"]
  input = image(channels = 3, size = resolution)
  stem = conv(kernel = 3, out = divisible(32 * width), stride = 2, act = "relu6", epsilon = 1e-3)
  first = mbconv(kernel = 3, expand = 1, out = divisible(16 * width), act = "relu6", residual = false,
      epsilon = 1e-3)
  repeat stage in 1..6 {
    repeat block in depths[stage] {
      let out = divisible(widths[stage] * width)
      let stride = if block == 1 then strides[stage] else 1
      rule block_of(k, e) = mbconv(kernel = k, expand = e, out = out, stride = stride, act = "relu6",
          epsilon = 1e-3)
      let convolutions = [block_of(3, 3), block_of(3, 6), block_of(5, 3), block_of(5, 6), block_of(7, 3),
          block_of(7, 6)]
      if block == 1 {
        op = choice(convolutions, labels = kinds)
      } else {
        op = choice(convolutions + [skip()], labels = kinds + ["Zero"])
      }
    }
  }
  feature_mix = conv(kernel = 1, out = max(1280, divisible(1280 * width)), act = "relu6", epsilon = 1e-3)
  head = linear(classes)
}
