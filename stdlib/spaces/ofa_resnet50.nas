# Once-for-all ResNet50-D (Cai et al., Once-for-All, ICLR 2020; ResNet-D: He et al., Bag of Tricks, CVPR 2019): four stages of
# bottlenecks with elastic depth, expansion and width, and an elastic stem. MACs are once-for-all's: convolutions and linear layers only.
#   resolution  one size, or a list of sizes to choose from
# d[1] = 2 puts a residual convolution into the stem, 0 leaves it out; d[2..5] are blocks beyond 2, 2, 4, 2 in each stage. e is the
# middle over the output width of each of up to 4 + 4 + 6 + 4 blocks. w chooses 0.65, 0.8 or 1.0 of: the stem's middle width, the stem's
# output width, the width of each stage. The smaller two stem middles round to the same 24 channels; they count as different genes.
# 29 genes and 2.46e12 networks. At 224: 0.96 to 7.49 billion MACs.
def space ofa_resnet50(resolution = 224, classes: int = 1000) {
  rule nearest(v) = max(8, 8 * floor((v + 4) / 8))
  rule divisible(v) = if nearest(v) < 0.9 * v then nearest(v) + 8 else nearest(v)
  let ratios  = [0.65, 0.8, 1.0]
  let depths  = [2, 2, 4, 2]
  let widths  = [256, 512, 1024, 2048]
  let strides = [1, 2, 2, 2]
  r = choice(resolution)
  input = image(channels = 3, size = r)
  stem_depth = choice(0, 2)
  stem_middle = choice(0, 1, 2)
  stem_width = choice(0, 1, 2)
  let middle = divisible(floor(divisible(64 * ratios[stem_middle + 1]) / 2))
  stem = conv(kernel = 3, out = middle, stride = 2)
  if stem_depth == 2 {
    stem_residual = add(x, conv(kernel = 3, out = middle)(x))
  }
  stem_out = conv(kernel = 3, out = divisible(64 * ratios[stem_width + 1]))
  pool = max_pool(kernel = 3, stride = 2)
  repeat stage in 1..4 {
    depth = choice(0, 1, 2)
    width = choice(0, 1, 2)
    let out = divisible(widths[stage] * ratios[width + 1])
    repeat block in depths[stage] + depth {
      let stride = if block == 1 then strides[stage] else 1
      expand = choice(0.2, 0.25, 0.35)
      let middle = divisible(round(out * expand))
      reduce = conv(kernel = 1, out = middle)(x)
      spatial = conv(kernel = 3, out = middle, stride = stride)(reduce)
      project = conv(kernel = 1, out = out, act = "none")(spatial)
      let pooled = avg_pool(kernel = stride, stride = stride, ceil = true)
      let shortcut = if block == 1 then conv(kernel = 1, out = out, act = "none")(pooled(x)) else x
      sum = add(project, shortcut)
      activation("relu")
    }
  }
  head = linear(classes)
  spelling ofa {
    d = [stem_depth, stage[1].depth, stage[2].depth, stage[3].depth, stage[4].depth]
    e = stage[*].block[*].expand
    w = [stem_middle, stem_width, stage[1].width, stage[2].width, stage[3].width, stage[4].width]
    r = r
  }
  features ofa_82 {  # once-for-all's ResNetArchEncoder
    r    = onehot(r, [128, 144, 160, 176, 192, 224, 240, 256])
    stem = onehot(stem_depth, [0, 2])
    w    = onehot([stem_middle, stem_width, stage[*].width], 0..2)
    e    = onehot(stage[*].block[*].expand, [0.2, 0.25, 0.35])
  }
  features dynas_87 {  # DyNAS-T's: every gene, unused ones not masked (they read as their first option)
    d = onehot([stem_depth, stage[*].depth], 0..2)
    e = onehot(stage[*].block[*].expand, [0.2, 0.25, 0.35], raw = true)
    w = onehot([stem_middle, stem_width, stage[*].width], 0..2)
  }
}
