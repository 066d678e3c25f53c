# Vision transformer ViT-B made elastic (Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021; the choices: DyNAS-T's vit_base):
# 10 to 12 layers, heads of width 64 and hidden width of each; layer norm before each sublayer. The largest network is ViT-B:
# with patches of 16 at 224 it has 86,567,656 parameters and 17.56 billion MACs.
#   size     of the input image
#   patch    side of the squares that become tokens
#   classes  of the classifier on the class token
# 25 genes and 9.7e12 networks (12^10 + 12^11 + 12^12).
def space vit(size: int = 224, patch: int = 16, classes: int = 1000) {
  require size % patch == 0, "the image is not a whole number of patches wide"
  input = image(channels = 3, size = size)
  cut = patches(size = patch, width = 768)
  class_token = concat(learned(length = 1), skip())
  positions = add(skip(), learned())
  layers = choice(10, 11, 12)
  repeat layer in layers {
    heads = choice(6, 8, 10, 12)
    hidden = choice(1024, 2048, 3072)
    attention(heads = heads, qkv = 64 * heads, norm = "before", epsilon = 1e-6)
    feed_forward(hidden = hidden, act = "gelu", norm = "before", epsilon = 1e-6)
  }
  norm = layer_norm(epsilon = 1e-6)
  first = first_tokens()
  head = linear(classes)
  spelling dynas {
    num_layers             = layers
    num_attention_heads    = layer[*].heads
    vit_intermediate_sizes = layer[*].hidden
  }
}
