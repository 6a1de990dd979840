// Matrix product C [M, N] = A · B with an epilogue: bindings, parameters and what is done with a sum.
// Goes before matmul-registers.wgsl or matmul-tiles.wgsl with matmul-vec4.wgsl for memory access, or
// before matmul-simple.wgsl with matmul-scalar.wgsl; after random.wgsl and gelu.wgsl.
//
// A is stored [M, K] or, with TRANS_A, [K, M]; B is stored [K, N] or, with TRANS_B, [N, K]. Rows are
// lda, ldb, ldc elements apart and start at an offset, so a matrix may be part of a larger one.
//
// Bindings: 1 A, 2 B, 3 C, 4 bias [N], 5 extra [M, N] (residual or GELU's input, laid out as C),
// 6 second [M, N] (GELU's input or output), 7 columnSums [N]. What a variant doesn't use is a dummy.

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
}

@group(0) @binding(0) var<uniform> p: Params;

override TRANS_A: bool = false;
override TRANS_B: bool = false;
override BIAS: bool = false;        // + bias
override GELU: bool = false;        // second = sum so far, then gelu
override GELU_GRAD: bool = false;   // second = gelu(extra), then * gelu'(extra)
override DROPOUT: bool = false;     // mask by the element's index in [M, N]
override RESIDUAL: bool = false;    // + extra
override ACCUMULATE: bool = false;  // + C
override BATCHED: bool = false;     // workgroups with z compute product z (no split-K then)
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

// The finished sums of C[m, n ... n + 3], through the epilogue into memory.
fn finish(m: u32, n: u32, offsetC: u32, sum: vec4f) {
  if (m >= p.M || n >= p.N) { return; }
  let at = offsetC + m * p.ldc + n;
  var y = sum;
  if (BIAS) { y += readBias(n); }
  if (GELU) {
    writeSecond(at, n, y);
    y = gelu(y);
  }
  if (GELU_GRAD) {
    let x = readExtra(at);
    writeSecond(at, n, gelu(x));
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
