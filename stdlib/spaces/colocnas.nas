# ColocNAS's search space: cells as DARTS's whose output is not one concatenation but c of them, one for each device. A cell has blocks,
# each the sum of two inputs with one of DARTS's seven operators on each. A block reads at most one concat of the cell before the last
# (`older`: 1..c, 0 = none) and one of the last cell (`newer`), and earlier blocks of its own cell for the rest; so many blocks, one after
# the other, make a concat. A concat is projected once for each cell that reads it, and not where no block reads it. Normal and reduction
# cells (at a third and two thirds) are decided once each. MACs are convolutions and linear layers only.
#   c       concats of a cell, 1 to 6; blocks: of a cell, a multiple of c: 4 or the next multiple
#   cells   of the network; width: channels of the first ones
#   size    of the input image; above 64 the stem halves it three times (ImageNet: cells = 14, width = 48)
# c = 1: 1.1e18 networks, those of darts_cell. c = 4: 9.9e24 networks.
def space colocnas(c: int = 4, blocks: int = c * ceil(4 / c), cells: int = 8, width: int = 16,
    classes: int = 10, size: int = 32) {
  require c >= 1 and c <= 6, "a cell has 1 to 6 concats: c is 1 to 6"
  require blocks >= 2 and blocks % c == 0,
      "blocks is a multiple of c, at least 2: each concat joins as many blocks"
  require size % (if size > 64 then 32 else 4) == 0,
      "size is a multiple of 4, above 64 of 32: reductions halve the image"
  let names = ["max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3",
      "dil_conv_5x5"]
  let large  = size > 64
  let first  = floor(cells / 3) + 1
  let second = floor(2 * cells / 3) + 1
  let group  = floor(blocks / c)
  rule ops(s) = [max_pool(kernel = 3, stride = s), avg_pool(kernel = 3, stride = s),
      if s == 1 then skip() else factorized_reduce(), sep_conv(kernel = 3, stride = s),
      sep_conv(kernel = 5, stride = s), dil_conv(kernel = 3, stride = s), dil_conv(kernel = 5, stride = s)]
  rule own(older, newer) = 2 - (if older > 0 then 1 else 0) - (if newer > 0 then 1 else 0)
  rule reads(source, own, one, two) = own == 1 and one[1] == source or own == 2 and
      (two[1] == source or two[2] == source)
  input = image(channels = 3, size = size)
  normal = repeat block in 1..blocks {             # decided once, used by every normal cell
    older = choice(if block == 1 then 1..c else 0..c)
    newer = choice(if block == 1 then 1..c else 0..c)
    if block == 2 { require own(older, newer) < 2 }
    one = if block > 1 then pick(1, of = 1..block - 1) else [0]
    two = if block > 2 then pick(2, of = 1..block - 1) else [0, 0]
    let one_block = one[1]
    let two_first = two[1]
    let two_second = two[2]
    older_op = choice(ops(1), labels = names)
    newer_op = choice(ops(1), labels = names)
    repeat source in 1..block - 1 {
      let read = reads(source, own(older, newer), one, two)
      op = choice(ops(1), labels = names)
    }
  }
  reduce = repeat block in 1..blocks {             # and by every reduction cell
    older = choice(if block == 1 then 1..c else 0..c)
    newer = choice(if block == 1 then 1..c else 0..c)
    if block == 2 { require own(older, newer) < 2 }
    one = if block > 1 then pick(1, of = 1..block - 1) else [0]
    two = if block > 2 then pick(2, of = 1..block - 1) else [0, 0]
    let one_block = one[1]
    let two_first = two[1]
    let two_second = two[2]
    older_op = choice(ops(2), labels = names)
    newer_op = choice(ops(2), labels = names)
    repeat source in 1..block - 1 {
      let read = reads(source, own(older, newer), one, two)
      op = choice(ops(1), labels = names)
    }
  }
  # What block b of a kind of cell has decided; 1 = normal, 2 = reduction.
  rule older_of(kind, b)        = if kind == 1 then normal[b].older else reduce[b].older
  rule newer_of(kind, b)        = if kind == 1 then normal[b].newer else reduce[b].newer
  rule older_op_of(kind, b)     = if kind == 1 then normal[b].older_op else reduce[b].older_op
  rule newer_op_of(kind, b)     = if kind == 1 then normal[b].newer_op else reduce[b].newer_op
  rule read_of(kind, b, source) = if kind == 1 then normal[b].source[source].read else
      reduce[b].source[source].read
  rule op_of(kind, b, source)   = if kind == 1 then normal[b].source[source].op else
      reduce[b].source[source].op
  rule one_of(kind, b)          = if kind == 1 then normal[b].one else reduce[b].one
  rule two_of(kind, b)          = if kind == 1 then normal[b].two else reduce[b].two
  # Whether one of the first b blocks reads concat k.
  rule older_read(kind, k, b) = if b == 0 then false else older_read(kind, k, b - 1) or older_of(kind, b) == k
  rule newer_read(kind, k, b) = if b == 0 then false else newer_read(kind, k, b - 1) or newer_of(kind, b) == k
  repeat kind in 1..2 {
    repeat k in 1..c {
      let older = older_read(kind, k, blocks)
      let newer = newer_read(kind, k, blocks)
    }
  }
  half = if large then conv(kernel = 3, out = floor(width / 2), stride = 2)(x) else x
  early = if large then conv(kernel = 3, out = width, stride = 2, act = "none")(half) else
      conv(kernel = 3, out = 3 * width, act = "none")(half)
  stem = if large then conv(kernel = 3, out = width, stride = 2, order = "relu_conv_bn")(early) else early
  cell = repeat i in 1..cells {
    let which   = if i == first or i == second then 2 else 1
    let out     = width * 2^(if i < first then 0 else if i < second or first == second then 1 else 2)
    let same    = conv(kernel = 1, out = out, order = "relu_conv_bn")
    let reduced = i == first + 1 or i == second + 1 or (large and i == 1)
    let fewer   = if reduced then factorized_reduce(out = out) else same
    # The stem stands for all concats of a cell before the first.
    older = repeat k in 1..(if i > 2 then c else 1) {
      if i <= 2 or kind[which].k[k].older {
        tensor = fewer(if i > 2 then cell[i - 2].joined[k].tensor else if i > 1 then stem else early)
      }
    }
    newer = repeat k in 1..(if i > 1 then c else 1) {
      if i == 1 or kind[which].k[k].newer {
        tensor = same(if i > 1 then cell[i - 1].joined[k].tensor else stem)
      }
    }
    let olders = cell[i].older[*].tensor
    let newers = cell[i].newer[*].tensor
    repeat block in 1..blocks {
      let from_older = older_of(which, block)
      let from_newer = newer_of(which, block)
      let op_older = older_op_of(which, block)
      let op_newer = newer_op_of(which, block)
      if from_older > 0 { a = op_older(if i > 2 then olders[max(1, from_older)] else olders[1]) }
      if from_newer > 0 { b = op_newer(if i > 1 then newers[max(1, from_newer)] else newers[1]) }
      repeat source in 1..block - 1 {
        let op = op_of(which, block, source)
        if read_of(which, block, source) { edge = op(cell[i].block[source].sum) }
      }
      let a = cell[i].block[block].a
      let b = cell[i].block[block].b
      let edges = if block > 1 then cell[i].block[block].source[*].edge else []
      let mine = own(from_older, from_newer)
      let one = one_of(which, block)
      let two = two_of(which, block)
      let left  = if block > 2 then
          (if mine == 2 then edges[two[1]] else if from_older > 0 then a else b) else if from_older > 0 then
          a else b
      let right = if block > 2 then
          (if mine == 2 then edges[two[2]] else if mine == 1 then edges[one[1]] else b) else if block > 1 then
          (if mine > 0 then edges[1] else b) else b
      sum = add(left, right)
    }
    joined = repeat k in 1..c {
      rule members(n) = if n == 0 then [] else members(n - 1) + [cell[i].block[group * (k - 1) + n].sum]
      tensor = concat(members(group))
    }
  }
  end = concat(cell[cells].joined[*].tensor)
  head = linear(classes)
  spelling colocnas {
    n_older = normal[*].older
    n_newer = normal[*].newer
    n_one   = normal[*].one_block
    n_two   = normal[*].two_first + normal[*].two_second
    n_ops   = index(normal[*].older_op) + index(normal[*].newer_op) + index(normal[*].source[*].op)
    r_older = reduce[*].older
    r_newer = reduce[*].newer
    r_one   = reduce[*].one_block
    r_two   = reduce[*].two_first + reduce[*].two_second
    r_ops   = index(reduce[*].older_op) + index(reduce[*].newer_op) + index(reduce[*].source[*].op)
  }
  # A graph is the number of its nodes, a label for each, then for each node the edges from those before it. Nodes are the concats of the
  # cell before the last, those of the last cell, the blocks (label 0: they may change places) and the cell's own concats.
  rule repeated(value, n)      = if n == 0 then [] else repeated(value, n - 1) + [value]
  rule counted(from, n)        = if n == 0 then [] else counted(from, n - 1) + [from + n - 1]
  rule from_older(kind, b, k)  = if k == 0 then [] else from_older(kind, b, k - 1) +
      [if older_of(kind, b) == k then index(older_op_of(kind, b), from = 1) else 0]
  rule from_newer(kind, b, k)  = if k == 0 then [] else from_newer(kind, b, k - 1) +
      [if newer_of(kind, b) == k then index(newer_op_of(kind, b), from = 1) else 0]
  rule from_blocks(kind, b, s) = if s == 0 then [] else from_blocks(kind, b, s - 1) +
      [index(op_of(kind, b, s), from = 1)]
  rule to_blocks(kind, b) = if b == 0 then [] else to_blocks(kind, b - 1) + from_older(kind, b, c) +
      from_newer(kind, b, c) + from_blocks(kind, b, b - 1)
  rule members(k, b)  = if b == 0 then [] else members(k, b - 1) + [if ceil(b / group) == k then 1 else 0]
  rule to_concats(k)  = if k == 0 then [] else to_concats(k - 1) + repeated(0, 2 * c) + members(k, blocks) +
      repeated(0, k - 1)
  rule graph_of(kind) = [3 * c + blocks] + counted(1, 2 * c) + repeated(0, blocks) + counted(2 * c + 1, c) +
      repeated(0, c * (2 * c - 1)) + to_blocks(kind, blocks) + to_concats(c)
  features graph {
    normal = graph_of(1)
    reduce = graph_of(2)
  }
}
