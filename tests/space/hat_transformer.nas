# HAT's encoder and decoder (Wang et al., ACL 2020): every decoder layer attends to the last one, two or three encoder layers.
def space hat_transformer(length: int = 30) {
  enc_embed = choice(640, 512)
  dec_embed = choice(640, 512)
  source = tokens(length = length, width = enc_embed)
  encoder = repeat layer in 1..6 {
    heads = choice(8, 4, 2)
    hidden = choice(3072, 2048, 1024, 512)
    attention(heads = heads, qkv = 512)
    feed_forward(hidden = hidden)
  }
  layers = choice(6, 5, 4, 3, 2, 1)
  target = tokens(length = length, width = dec_embed)
  repeat layer in layers {
    self_heads = choice(8, 4, 2)
    cross_heads = choice(8, 4, 2)
    seen = choice(1, 2, 3)
    hidden = choice(3072, 2048, 1024, 512)
    attention(heads = self_heads, qkv = 512, causal = true)
    attention(over = concat(last(encoder, seen)), heads = cross_heads, qkv = 512)
    feed_forward(hidden = hidden)
  }
  spelling hat {
    enc_embed = enc_embed
    enc_ffn   = encoder[*].hidden
    enc_heads = encoder[*].heads
    dec_embed = dec_embed
    dec_layers = layers
    dec_ffn   = layer[*].hidden
    dec_self_heads = layer[*].self_heads
    dec_ende_heads = layer[*].cross_heads
    dec_arbitrary = layer[*].seen
  }
}
