# HAT's translation transformers (Wang et al., HAT: Hardware-Aware Transformers, ACL 2020, section 3.1 and table 1): 6 encoder layers and
# 1 to 6 decoder layers; every decoder layer attends to the last one, two or three encoder layers, laid end to end (arbitrary encoder
# layers: -1, 1, 2 in HAT's files). Queries, keys and values are 512 wide whatever the heads, so heads cost nothing.
#   task    "wmt": hidden 3072, 2048, 1024 and heads 8, 4; "iwslt": hidden 2048, 1024, 512 and heads 4, 2
#   length  tokens of source and target; HAT counts operations at 30 (wmt) and 23 (iwslt)
#   wide    the lists that HAT's latency sets were sampled from: hidden also 512, heads also 2
#   output  words of the target vocabulary; 0 leaves the output layer out, as HAT's README counts parameters and operations (its FLOPs
#           are 2 x MACs); 32768 counts its MACs as DyNAS-T does. Embeddings are looked up and never counted.
# 39 genes and 4.2e14 networks (2.4e15 genotypes).
def space hat_transformer(task: string = "wmt", length: int = if task == "iwslt" then 23 else 30,
    wide: bool = false, output: int = 0) {
  require task == "wmt" or task == "iwslt", "task is \"wmt\" or \"iwslt\""
  let counts = if wide then [8, 4, 2] else if task == "iwslt" then [4, 2] else [8, 4]
  let widths = if wide then [3072, 2048, 1024, 512] else if task == "iwslt" then [2048, 1024, 512] else
      [3072, 2048, 1024]
  enc_embed = choice(640, 512)
  dec_embed = choice(640, 512)
  source = tokens(length = length, width = enc_embed)
  encoder = repeat layer in 1..6 {
    heads = choice(counts)
    hidden = choice(widths)
    attention(heads = heads, qkv = 512)
    feed_forward(hidden = hidden)
  }
  layers = choice(6, 5, 4, 3, 2, 1)
  target = tokens(length = length, width = dec_embed)
  decoder = repeat layer in layers {
    self_heads = choice(counts)
    cross_heads = choice(counts)
    arbitrary = choice(-1, 1, 2)
    seen = if arbitrary == -1 then 1 else arbitrary + 1
    hidden = choice(widths)
    attention(heads = self_heads, qkv = 512, causal = true)
    attention(over = concat(last(encoder, seen)), heads = cross_heads, qkv = 512)
    feed_forward(hidden = hidden)
  }
  if output > 0 { words = linear(output, bias = false) }
  spelling hat {
    enc_embed      = enc_embed
    enc_ffn        = encoder[*].hidden
    enc_heads      = encoder[*].heads
    dec_embed      = dec_embed
    dec_layers     = layers
    dec_ffn        = decoder[*].hidden
    dec_self_heads = decoder[*].self_heads
    dec_ende_heads = decoder[*].cross_heads
    dec_arbitrary  = decoder[*].arbitrary
  }
  spelling dynas {
    encoder_embed_dim            = enc_embed
    decoder_embed_dim            = dec_embed
    encoder_ffn_embed_dim        = encoder[*].hidden
    decoder_ffn_embed_dim        = decoder[*].hidden
    decoder_layer_num            = layers
    encoder_self_attention_heads = encoder[*].heads
    decoder_self_attention_heads = decoder[*].self_heads
    decoder_ende_attention_heads = decoder[*].cross_heads
    decoder_arbitrary_ende_attn  = decoder[*].arbitrary
  }
  features hat_10 {  # HAT's latency predictor: means over the layers in use, scaled
    enc_embed  = enc_embed / 640
    enc_layers = 1
    enc_ffn    = mean(encoder[*].hidden) / 2048
    enc_heads  = mean(encoder[*].heads) / 6
    dec_embed  = dec_embed / 640
    dec_layers = layers / 6
    dec_ffn    = mean(decoder[*].hidden) / 2048
    dec_self   = mean(decoder[*].self_heads) / 6
    dec_ende   = mean(decoder[*].cross_heads) / 6
    arbitrary  = mean(decoder[*].seen) / 2
  }
  features hat_measured {  # the columns of HAT's latency files, unscaled
    encoder_embed_dim                = enc_embed
    encoder_layer_num                = 6
    encoder_ffn_embed_dim_avg        = mean(encoder[*].hidden)
    encoder_self_attention_heads_avg = mean(encoder[*].heads)
    decoder_embed_dim                = dec_embed
    decoder_layer_num                = layers
    decoder_ffn_embed_dim_avg        = mean(decoder[*].hidden)
    decoder_self_attention_heads_avg = mean(decoder[*].self_heads)
    decoder_ende_attention_heads_avg = mean(decoder[*].cross_heads)
    decoder_arbitrary_ende_attn_avg  = mean(decoder[*].seen)
  }
  features hat_40 {  # HAT's gene, unused layers 0
    enc_embed  = enc_embed
    enc_layers = 6
    enc_ffn    = encoder[*].hidden
    enc_heads  = encoder[*].heads
    dec_embed  = dec_embed
    dec_layers = layers
    dec_ffn    = decoder[*].hidden
    dec_self   = decoder[*].self_heads
    dec_ende   = decoder[*].cross_heads
    arbitrary  = decoder[*].arbitrary
  }
}
