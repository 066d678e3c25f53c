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
}
