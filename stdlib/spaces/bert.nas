# BERT base made elastic (Devlin et al., BERT, NAACL 2019; the choices: DyNAS-T's bert_base): 6 to 12 layers, heads of width 64 and
# hidden width of each. The largest network is BERT base with a classifier: 109,483,778 parameters, 11.17 billion MACs at 128 tokens.
#   length      tokens of an input
#   vocabulary  words; their vectors cost parameters and no MACs
#   classes     of the classifier on the first token; 2 for SST-2
# 25 genes and 9.7e12 networks (12^6 + ... + 12^12).
def space bert(length: int = 128, vocabulary: int = 30522, classes: int = 2) {
  input = tokens(length = length, width = 1)
  words = embedding(vocabulary, width = 768)
  positions = add(skip(), learned(rows = 512))
  segments = add(skip(), embedding(2, width = 768)(tokens(length = length, width = 1)))
  norm = layer_norm(epsilon = 1e-12)
  layers = choice(6..12)
  repeat layer in layers {
    heads = choice(6, 8, 10, 12)
    hidden = choice(1024, 2048, 3072)
    attention(heads = heads, qkv = 64 * heads, epsilon = 1e-12)
    feed_forward(hidden = hidden, act = "gelu", epsilon = 1e-12)
  }
  first = first_tokens()
  pooler = linear(768)
  act = activation("tanh")
  head = linear(classes)
  spelling dynas {
    num_layers          = layers
    num_attention_heads = layer[*].heads
    intermediate_size   = layer[*].hidden
  }
}
