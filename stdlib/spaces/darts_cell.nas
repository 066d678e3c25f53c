# DARTS's search space (Liu et al., DARTS, ICLR 2019, section 2.1): a normal and a reduction cell of four nodes, each the sum of two
# earlier states (0 and 1 are the outputs of the two cells before), every edge with one of seven operators; a cell gives its nodes side by
# side. Reductions stand at a third and two thirds of the cells. Parameters are those of DARTS's evaluation network without its auxiliary
# head, 3,349,342 for DARTS_V2 with cells = 20 and width = 36; MACs are convolutions and linear layers only.
#   cells   of the network; width: channels of the first ones
#   size    of the input image; above 64 the stem halves it three times (ImageNet: cells = 14, width = 48)
# 34 genes and (180 x 7^8)^2 = 1.1e18 networks. A genotype lists the two edges of each node by their source: op~source.
def space darts_cell(cells: int = 8, width: int = 16, classes: int = 10, size: int = 32) {
  require size % (if size > 64 then 32 else 4) == 0,
      "size is a multiple of 4, above 64 of 32: reductions halve the image"
  let names = ["max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3",
      "dil_conv_5x5"]
  let large  = size > 64
  let first  = floor(cells / 3) + 1
  let second = floor(2 * cells / 3) + 1
  rule ops(s) = [max_pool(kernel = 3, stride = s), avg_pool(kernel = 3, stride = s),
      if s == 1 then skip() else factorized_reduce(), sep_conv(kernel = 3, stride = s),
      sep_conv(kernel = 5, stride = s), dil_conv(kernel = 3, stride = s), dil_conv(kernel = 5, stride = s)]
  input = image(channels = 3, size = size)
  normal = repeat node in 2..5 {                   # decided once, used by every normal cell
    inputs = pick(2, of = 0..node - 1)
    repeat source in 0..node - 1 {
      let read = if inputs[1] == source or inputs[2] == source then 1 else 0
      op = choice(ops(1), labels = names)
    }
  }
  reduce = repeat node in 2..5 {                   # and by every reduction cell
    inputs = pick(2, of = 0..node - 1)
    repeat source in 0..node - 1 {
      let read = if inputs[1] == source or inputs[2] == source then 1 else 0
      op = choice(ops(if source < 2 then 2 else 1), labels = names)
    }
  }
  half = if large then conv(kernel = 3, out = floor(width / 2), stride = 2)(x) else x
  early = if large then conv(kernel = 3, out = width, stride = 2, act = "none")(half) else
      conv(kernel = 3, out = 3 * width, act = "none")(half)
  stem = if large then conv(kernel = 3, out = width, stride = 2, order = "relu_conv_bn")(early) else early
  cell = repeat i in 1..cells {
    let reducing = i == first or i == second
    let reduced  = i == first + 1 or i == second + 1 or (large and i == 1)
    let c        = width * 2^(if i < first then 0 else if i < second or first == second then 1 else 2)
    let project  = conv(kernel = 1, out = c, order = "relu_conv_bn")
    let older    = if i > 2 then cell[i - 2].out else if i > 1 then stem else early
    s0 = if reduced then factorized_reduce(out = c)(older) else project(older)
    s1 = project(if i > 1 then cell[i - 1].out else stem)
    states = repeat node in 2..5 {
      let inputs = if reducing then reduce[node].inputs else normal[node].inputs
      repeat source in 0..node - 1 {
        if inputs[1] == source or inputs[2] == source {
          let op = if reducing then reduce[node].source[source].op else normal[node].source[source].op
          edge = op(if source == 0 then s0 else if source == 1 then s1 else cell[i].states[source].sum)
        }
      }
      let edges = cell[i].states[node].source[*].edge
      sum = add(edges[inputs[1] + 1], edges[inputs[2] + 1])
    }
    out = concat(states)
  }
  head = linear(classes)
  # The operator on the edge from `s`, which is `source` or a later one.
  rule n(node, s, source) = if source == node - 1 then
      names[index(normal[node].source[source].op, from = 1)] else if s == source then
      names[index(normal[node].source[source].op, from = 1)] else n(node, s, source + 1)
  rule r(node, s, source) = if source == node - 1 then
      names[index(reduce[node].source[source].op, from = 1)] else if s == source then
      names[index(reduce[node].source[source].op, from = 1)] else r(node, s, source + 1)
  rule n_op(node, k) = n(node, normal[node].inputs[k], 0)
  rule r_op(node, k) = r(node, reduce[node].inputs[k], 0)
  spelling genotype = "|${n_op(2, 1)}~0|${n_op(2, 2)}~1|+|${n_op(3, 1)}~${normal[3].inputs[1]}|${n_op(3, 2)}~${normal[3].inputs[2]}|+|${n_op(4, 1)}~${normal[4].inputs[1]}|${n_op(4, 2)}~${normal[4].inputs[2]}|+|${n_op(5, 1)}~${normal[5].inputs[1]}|${n_op(5, 2)}~${normal[5].inputs[2]}|/|${r_op(2, 1)}~0|${r_op(2, 2)}~1|+|${r_op(3, 1)}~${reduce[3].inputs[1]}|${r_op(3, 2)}~${reduce[3].inputs[2]}|+|${r_op(4, 1)}~${reduce[4].inputs[1]}|${r_op(4, 2)}~${reduce[4].inputs[2]}|+|${r_op(5, 1)}~${reduce[5].inputs[1]}|${r_op(5, 2)}~${reduce[5].inputs[2]}|"
  features lpm_112 {  # LA-DARTS's latency predictor: the 14 edges of the normal cell, eight operators each; `none` is never chosen
    normal = onehot(index(normal[*].source[*].op), -1..6)
  }
  features adjacency {  # which edges there are, then their operators, 1 to 7 (0 = no edge)
    n_edges     = normal[*].source[*].read
    n_operators = index(normal[*].source[*].op, from = 1)
    r_edges     = reduce[*].source[*].read
    r_operators = index(reduce[*].source[*].op, from = 1)
  }
  features graph {  # nodes, a label for each, then for each node the operators of the edges from those before it (0 = no edge)
    normal = [6, 1, 2, 0, 0, 0, 0, 0] + index(normal[*].source[*].op, from = 1)
    reduce = [6, 1, 2, 0, 0, 0, 0, 0] + index(reduce[*].source[*].op, from = 1)
  }
}
