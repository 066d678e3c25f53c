def space tiny(width: int = 32, classes: int = 10) {
  stem = conv(k = 3, out = width, stride = 2)
  repeat stage in 1..4 {
    kernel = choice(3, 5, 7)                 # one kernel per stage
    repeat choice(2, 3, 4) {                 # depth decided per stage
      choice { mbconv(k = kernel, expand = choice(3, 4, 6)), fused(k = kernel) if stage <= 2, skip() if stride == 1 }
    }
  }
  head = linear(classes)
  require params < 8M and macs < 600M
}
