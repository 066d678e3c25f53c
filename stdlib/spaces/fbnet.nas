# FBNet's search space (Wu et al., FBNet, CVPR 2019, tables 1 and 2): 22 layers in 7 stages, nine operators each: a depthwise
# convolution between two 1x1 convolutions (e: expansion, g2: those in two groups), or skip, which is a 1x1 convolution at the head of
# a stage where the shape changes, as HW-NAS-Bench (Li et al., ICLR 2021) has it. MACs are convolutions and linear layers only;
# the published `flops_m` adds two a normalised value, one a value of each block's last ReLU and of the pool's input.
#   size     of the input image; 32 (CIFAR) keeps the first two stages at full size, anything above 64 halves twice more (ImageNet)
#   classes  of the classifier
# 22 genes and 9^22 = 9.8e20 networks. `arch` of HW-NAS-Bench and HELP is read as it is: 22 numbers 0..8.
def space fbnet(size: int = 32, classes: int = 100) {
  let large    = size > 64
  let channels = [16, 24, 32, 64, 112, 184, 352]
  let layers   = [1, 4, 4, 4, 4, 4, 1]
  let strides  = if large then [1, 2, 2, 2, 1, 2, 1] else [1, 1, 2, 2, 1, 2, 1]
  let names    = ["k3_e1", "k3_e1_g2", "k3_e3", "k3_e6", "k5_e1", "k5_e1_g2", "k5_e3", "k5_e6", "skip"]
  input = image(channels = 3, size = size)
  stem = conv(kernel = 3, out = 16, stride = if large then 2 else 1)
  repeat stage in 1..7 {
    repeat layer in layers[stage] {
      let c = channels[stage]
      let s = if layer == 1 then strides[stage] else 1
      rule block(k, e, g) = mbconv(kernel = k, expand = e, groups = g, out = c, stride = s,
          always_expand = true)
      op = choice([block(3, 1, 1), block(3, 1, 2), block(3, 3, 1), block(3, 6, 1), block(5, 1, 1),
          block(5, 1, 2), block(5, 3, 1), block(5, 6, 1),
          if layer == 1 and stage > 1 then conv(kernel = 1, out = c, stride = s) else skip()], labels = names)
    }
  }
  header = conv(kernel = 1, out = if large then 1984 else 1504)
  head = linear(classes)
  spelling hwnasbench {
    arch = index(stage[*].layer[*].op)
  }
}
