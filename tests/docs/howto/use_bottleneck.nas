def space deep(classes: int = 10) {
  input = image(channels = 3, size = 32)
  stem = conv(kernel = 3, out = 32)
  repeat block in choice(1, 2, 3) {
    bottleneck(middle = choice(8, 16), kernel = choice(3, 5))
  }
  head = linear(classes)
}
space net = deep()
