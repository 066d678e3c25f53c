def space nasbench201(cells: int = 5, classes: int = 10) {
  let ops = [zero(), skip(), conv(k = 1, order = relu_conv_bn), conv(k = 3, order = relu_conv_bn), avg_pool(k = 3)]
  let names = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]
  e01 = choice(ops, labels = names)                                # six edges, decided once, used by every cell
  e02 = choice(ops, labels = names)
  e12 = choice(ops, labels = names)
  e03 = choice(ops, labels = names)
  e13 = choice(ops, labels = names)
  e23 = choice(ops, labels = names)
  input = image(channels = 3, size = 32)
  stem = conv(k = 3, out = 16, act = none)
  repeat stage in 1..3 {
    if stage > 1 { residual_down(out = 16 * 2^(stage - 1)) }
    repeat cells {
      n1 = e01(x)
      n2 = add(e02(x), e12(n1))
      n3 = add(e03(x), e13(n1), e23(n2))
    }
  }
  head = linear(classes)
  spelling nasbench = "|${e01}~0|+|${e02}~0|${e12}~1|+|${e03}~0|${e13}~1|${e23}~2|"
}
def space ofa_mobilenetv3(width: float = 1.0, resolution: int = 224, classes: int = 1000) {
  rule divisible(v) = max(8, 8 * floor((v + 4) / 8))
  let widths = [24, 40, 80, 112, 160]
  let strides = [2, 2, 2, 1, 2]
  let acts = ["relu", "relu", "h_swish", "h_swish", "h_swish"]
  let ses = [false, true, false, true, true]
  input = image(channels = 3, size = resolution)
  stem = conv(k = 3, out = divisible(16 * width), stride = 2, act = "h_swish")
  repeat stage in 1..5 {
    depth = choice(2, 3, 4)
    repeat block in depth {
      mbconv(kernel = choice(3, 5, 7), expand = choice(3, 4, 6), out = widths[stage],
             stride = if block == 1 then strides[stage] else 1, act = acts[stage], se = ses[stage])
    }
  }
  head = linear(classes)
  spelling ofa {
    ks = stage[*].block[*].kernel
    e  = stage[*].block[*].expand
    d  = stage[*].depth
    r  = resolution
  }
}
def space hat_transformer(dec_embed: int = 512) {
  encoder = repeat layer in 1..6 {                                  # a named repeat: the list of its outputs
    attention(heads = choice(8, 4), qkv = 512)
    feed_forward(hidden = choice(3072, 2048, 1024))
  }
  layers = choice(6, 5, 4, 3, 2, 1)
  target = tokens(length = 30, width = dec_embed)
  repeat layer in layers {
    attention(heads = choice(8, 4), qkv = 512, causal = true)
    attention(over = concat(last(encoder, choice(1, 2, 3))), heads = choice(8, 4), qkv = 512)
    feed_forward(hidden = choice(3072, 2048, 1024))
  }
}
