# FBNet's search space (Wu et al., CVPR 2019) at CIFAR size: 22 layers, nine operators each.
# Where the shape changes, skip is a 1x1 convolution.
def space fbnet(classes: int = 100) {
  let channels = [16, 24, 32, 64, 112, 184, 352]
  let layers   = [1, 4, 4, 4, 4, 4, 1]
  let strides  = [1, 1, 2, 2, 1, 2, 1]
  let names    = ["k3_e1", "k3_e1_g2", "k3_e3", "k3_e6", "k5_e1", "k5_e1_g2", "k5_e3", "k5_e6", "skip"]
  input = image(channels = 3, size = 32)
  stem = conv(k = 3, out = 16)
  repeat stage in 1..7 {
    repeat layer in layers[stage] {
      let c = channels[stage]
      let s = if layer == 1 then strides[stage] else 1
      choice([mbconv(k = 3, expand = 1, out = c, stride = s), mbconv(k = 3, expand = 1, groups = 2, out = c, stride = s),
              mbconv(k = 3, expand = 3, out = c, stride = s), mbconv(k = 3, expand = 6, out = c, stride = s),
              mbconv(k = 5, expand = 1, out = c, stride = s), mbconv(k = 5, expand = 1, groups = 2, out = c, stride = s),
              mbconv(k = 5, expand = 3, out = c, stride = s), mbconv(k = 5, expand = 6, out = c, stride = s),
              if layer == 1 then conv(k = 1, out = c, stride = s) else skip()], labels = names)
    }
  }
  header = conv(k = 1, out = 1504)
  head = linear(classes)
}
