# A small MobileNet space for 28x28 grey images: two stages with elastic depth, expansion and kernel.
# 66,564 networks; a super-network of it trains in about a minute on two cores.
def space tiny_mobilenet(size: int = 28, channels: int = 1, classes: int = 10) {
  let widths = [24, 40]
  input = image(channels = channels, size = size)
  stem = conv(kernel = 3, out = 16, stride = 2)
  repeat stage in 1..2 {
    depth = choice(1, 2, 3)
    repeat block in depth {
      mbconv(kernel = choice(3, 5), expand = choice(2, 3, 4), out = widths[stage],
          stride = if block == 1 then 2 else 1)
    }
  }
  head = linear(classes)
  spelling tiny {
    ks = stage[*].block[*].kernel
    e  = stage[*].block[*].expand
    d  = stage[*].depth
  }
}
