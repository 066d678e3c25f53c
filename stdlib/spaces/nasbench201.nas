# NAS-Bench-201 (Dong and Yang, ICLR 2020, section 2.1): one cell of four nodes and six edges, each with one of five operators; it is
# used 15 times, the width doubles twice. 6 genes and 15,625 networks. MACs and parameters equal the benchmark's, digit for digit.
#   cells           cells in each of the three stages
#   size, channels  of the input image; width is that of the first stage
def space nasbench201(cells: int = 5, classes: int = 10, size: int = 32, channels: int = 3, width: int = 16) {
  let ops = [zero(), skip(), conv(kernel = 1, order = "relu_conv_bn"),
      conv(kernel = 3, order = "relu_conv_bn"), avg_pool(kernel = 3)]
  let names = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
  e01 = choice(ops, labels = names)
  e02 = choice(ops, labels = names)
  e12 = choice(ops, labels = names)
  e03 = choice(ops, labels = names)
  e13 = choice(ops, labels = names)
  e23 = choice(ops, labels = names)
  input = image(channels = channels, size = size)
  stem = conv(kernel = 3, out = width, act = "none")
  repeat stage in 1..3 {
    if stage > 1 { residual_down(out = width * 2^(stage - 1)) }
    repeat cell in cells {
      n1 = e01(x)
      n2 = add(e02(x), e12(n1))
      n3 = add(e03(x), e13(n1), e23(n2))
    }
  }
  norm = batch_norm()
  act = activation("relu")
  head = linear(classes)
  spelling nasbench = "|${e01}~0|+|${e02}~0|${e12}~1|+|${e03}~0|${e13}~1|${e23}~2|"
  # Sequences of operators from the input to the output, `none` excluded; -1 where the path is cut.
  rule step(a, b)     = if index(a) > 0 and index(b) > 0 then 4 * index(a) + index(b) - 5 else -1
  rule path(a, b, c)  = if index(a) > 0 and step(b, c) >= 0 then 16 * (index(a) - 1) + step(b, c) else -1
  rule pairs(k)       = if k < 0 then [] else pairs(k - 1) +
      [if step(e01, e13) == k or step(e02, e23) == k then 1 else 0]
  features path_84 {  # BANANAS's path encoding (White et al., AAAI 2021): which of 4 + 16 + 64 sequences there are
    one   = onehot(index(e03), 1..4)
    two   = pairs(15)
    three = onehot(path(e01, e12, e23), 0..63)
  }
  features cell {  # a graph: nodes, their labels, then the operators of the edges into each node (0 = none)
    cell = [4, 1, 0, 0, 2] + [index(e01), index(e02), index(e12), index(e03), index(e13), index(e23)]
  }
}
