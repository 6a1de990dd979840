// Matrix product C [M, N] = A · B with an epilogue: bindings, parameters and what is done with a sum.
// Goes before matmul-registers.wgsl or matmul-tiles.wgsl with matmul-vec4.wgsl for memory access, or
// before matmul-simple.wgsl with matmul-scalar.wgsl; after random.wgsl and gelu.wgsl. kernels.ts declares
// B with its readB: float32, or float16 in pairs.
//
// A is stored [M, K] or, with TRANS_A, [K, M]; B is stored [K, N] or, with TRANS_B, [N, K]. Rows are
// lda, ldb, ldc elements apart and start at an offset, so a matrix may be part of a larger one.
//
// Bindings: 1 A, 2 B, 3 C, 4 bias [N], 5 extra [M, N] (residual or GELU's input, laid out as C),
// 6 second [M, N] (GELU's input or output), 7 columnSums [N] or, with LOW_RANK, low [M, rank], 8 factor
// [N, rank] or [rank, N]. What a variant doesn't use is a dummy.

struct Params {
  M: u32, N: u32, K: u32,
  lda: u32, ldb: u32, ldc: u32,
  offsetA: u32, offsetB: u32, offsetC: u32,
  // Split-K: workgroups with z = s sum k in [s, s + 1) * kPerSplit and write C at s * splitStride.
  kPerSplit: u32, splitStride: u32,
  // Tiles along N; workgroups count tiles row by row.
  tilesN: u32, tiles: u32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
  // BATCHED: product z is of group z / members and member z % members; each operand moves on by these
  // many elements a group and a member (attention: sequences and heads).
  members: u32,
  groupA: u32, memberA: u32, groupB: u32, memberB: u32, groupC: u32, memberC: u32,
  rank: u32, lowRankScale: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(8) var<storage, read> factor: array<f32>;

override TRANS_A: bool = false;
override TRANS_B: bool = false;
override BIAS: bool = false;        // + bias
override GELU: bool = false;        // second = sum so far, then gelu
override GELU_GRAD: u32 = 0;        // * gelu'(extra); 2 also second = gelu(extra)
override DROPOUT: bool = false;     // mask by the element's index in [M, N]
override RESIDUAL: bool = false;    // + extra
override ACCUMULATE: bool = false;  // + C
override BATCHED: bool = false;     // workgroups with z compute product z (no split-K then)
// + lowRankScale · low · factor, in the way LoRA's update lies on a layer: 1 factor is [N, rank],
// 2 factor is [rank, N]. Its own mask where LOW_RANK_DROPOUT (there is no other DROPOUT then).
override LOW_RANK: u32 = 0;
override LOW_RANK_DROPOUT: bool = false;
override COLUMN_SUMS: bool = false; // columnSums (+)= the sums over k of B's columns

struct Offsets { a: u32, b: u32, c: u32, split: u32 }

// Where the operands of workgroups with this z start, and the split they sum.
fn offsetsAt(z: u32) -> Offsets {
  if (!BATCHED) { return Offsets(p.offsetA, p.offsetB, p.offsetC + z * p.splitStride, z); }
  let g = z / p.members;
  let i = z % p.members;
  return Offsets(
    p.offsetA + g * p.groupA + i * p.memberA,
    p.offsetB + g * p.groupB + i * p.memberB,
    p.offsetC + g * p.groupC + i * p.memberC,
    0u,
  );
}

// Quad n of row m of low · factor. The last quad of an odd N reads past its columns; finish() drops that.
fn lowRankQuad(m: u32, n: u32) -> vec4f {
  let along = select(p.rank, 1u, LOW_RANK == 2u); // from one column to the next
  let step = select(1u, p.N, LOW_RANK == 2u);     // from one k to the next
  var at = n * along;
  var sum = vec4f();
  for (var k = 0u; k < p.rank; k++) {
    let columns = vec4f(factor[at], factor[at + along], factor[at + 2u * along], factor[at + 3u * along]);
    sum += readLow(m * p.rank + k) * columns;
    at += step;
  }
  return sum * p.lowRankScale;
}

// The finished sums of C[m, n ... n + 3], through the epilogue into memory.
fn finish(m: u32, n: u32, offsetC: u32, sum: vec4f) {
  if (m >= p.M || n >= p.N) { return; }
  let at = offsetC + m * p.ldc + n;
  var y = sum;
  if (BIAS) { y += readBias(n); }
  if (LOW_RANK > 0u) {
    var update = lowRankQuad(m, n);
    if (LOW_RANK_DROPOUT) { update *= dropoutMask(m * p.N + n); }
    y += update;
  }
  if (GELU) {
    writeSecond(at, n, y);
    y = gelu(y);
  }
  if (GELU_GRAD > 0u) {
    let x = readExtra(at);
    if (GELU_GRAD == 2u) { writeSecond(at, n, gelu(x)); }
    y *= geluSlope(x);
  }
  if (DROPOUT) { y *= dropoutMask(m * p.N + n); }
  if (RESIDUAL) { y += readExtra(at); }
  if (ACCUMULATE) { y += readC(at); }
  writeC(at, n, y);
}

fn finishColumnSums(n: u32, split: u32, sum: vec4f) {
  if (n >= p.N) { return; }
  let at = split * p.N + n;
  var y = sum;
  if (ACCUMULATE) { y += readColumnSums(at); }
  writeColumnSums(at, n, y);
}

// Keeps the first `count` components: what lies beyond the end of K counts as zero.
fn head4(x: vec4f, count: u32) -> vec4f {
  return select(vec4f(0.0), x, vec4u(0u, 1u, 2u, 3u) < vec4u(count));
}
