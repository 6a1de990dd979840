// Shared by all matmul kernels: the matrix product C [M, N] = A · B with an epilogue. This file has the
// bindings, the parameters, and what happens to a finished sum (`storeResult`). A sum over a long K can be
// split among workgroups (split-K, as in CUTLASS, `media/docs/cpp/efficient_gemm.md`): each writes a
// partial product, and the kernel matmul finish splits adds them up.
//
// matmul-kernels.ts puts random.wgsl and activation.wgsl before this file, then declares B with readB (float32
// or float16 pairs). After it come matmul-vec4.wgsl with the text of matmul-registers.ts or of matmul-tiles.ts,
// or matmul-scalar.wgsl with matmul-simple.wgsl.
//
// A is stored as [M, K] or, with TRANS_A, as [K, M]; B is stored as [K, N] or, with TRANS_B, as [N, K].
// Rows are lda, ldb and ldc elements apart and start at an offset, so a matrix may be part of a larger one.
//
// Bindings: 1 A, 2 B, 3 C, 4 bias [N], 5 extra [M, N] (the residual or an activation's input, laid out as C),
// 6 activationBuffer [M, N] (an activation's input or output), 7 columnSums [N] or, with LOW_RANK, low [M, rank],
// 8 factor [N, rank] or [rank, N]. A binding that a variant doesn't use gets a dummy buffer.

struct Params {
  M: u32, N: u32, K: u32,
  lda: u32, ldb: u32, ldc: u32,
  offsetA: u32, offsetB: u32, offsetC: u32,
  // Split-K: workgroups with z = s sum over k in [s, s + 1) * kPerSplit and write C at s * splitStride.
  kPerSplit: u32, splitStride: u32,
  // Tiles along N; and the first tile of this dispatch and where its tiles end, counted row by row.
  tilesN: u32, firstTile: u32, endTile: u32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
  // BATCHED: product z belongs to group z / members and is its member z % members (in attention, groups are
  // sequences and members are heads). Each operand advances by this many elements per group and per member.
  members: u32,
  groupA: u32, memberA: u32, groupB: u32, memberB: u32, groupC: u32, memberC: u32,
  rank: u32, lowRankScale: f32,
  // Rounds of the innermost loop of matmul tiles: known to compilers, its length would make them unroll it
  // and keep what several rounds load in registers at once.
  steps: u32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(8) var<storage, read> factor: array<f32>;

override TRANS_A: bool = false;
override TRANS_B: bool = false;
override BIAS: bool = false;        // + bias
override ACTIVATE: bool = false;    // activationBuffer = the sum so far, then y = activated(sum)
override ACTIVATE_GRAD: u32 = 0;    // * activated'(extra); with 2 also activationBuffer = activated(extra)
override DROPOUT: bool = false;     // * mask, by the element's index in [M, N]
override RESIDUAL: bool = false;    // + extra
override ACCUMULATE: bool = false;  // + C
override BATCHED: bool = false;     // workgroups with z compute product z; excludes split-K
// + lowRankScale · low · factor, the update of LoRA. With 1 factor is [N, rank], with 2 it is [rank, N].
// With LOW_RANK_DROPOUT the update alone is masked, and DROPOUT must be off.
override LOW_RANK: u32 = 0;
override LOW_RANK_DROPOUT: bool = false;
override COLUMN_SUMS: bool = false; // columnSums (+)= the sums of B's columns over k

struct Offsets { a: u32, b: u32, c: u32, split: u32 }

// Where the operands start for workgroups with this z, and which split they sum.
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

// Elements [m, n … n + 3] of low · factor, scaled. Where N is not a multiple of four, the last quad reads past
// the columns; storeResult discards the excess.
fn lowRankQuad(m: u32, n: u32) -> vec4f {
  let along = select(p.rank, 1u, LOW_RANK == 2u); // elements from one column to the next
  let step = select(1u, p.N, LOW_RANK == 2u);     // elements from one k to the next
  var at = n * along;
  var sum = vec4f();
  for (var k = 0u; k < p.rank; k++) {
    let columns = vec4f(factor[at], factor[at + along], factor[at + 2u * along], factor[at + 3u * along]);
    sum += readLow(m * p.rank + k) * columns;
    at += step;
  }
  return sum * p.lowRankScale;
}

// Applies the epilogue to the finished sums of C[m, n … n + 3] and writes them to memory.
fn storeResult(m: u32, n: u32, offsetC: u32, sum: vec4f) {
  if (m >= p.M || n >= p.N) { return; }
  let at = offsetC + m * p.ldc + n;
  var y = sum;
  if (BIAS) { y += readBias(n); }
  if (LOW_RANK > 0u) {
    var update = lowRankQuad(m, n);
    if (LOW_RANK_DROPOUT) { update *= dropoutMask(m * p.N + n); }
    y += update;
  }
  if (ACTIVATE) {
    writeActivation(at, n, y);
    y = activated(y);
  }
  if (ACTIVATE_GRAD > 0u) {
    let x = readExtra(at);
    if (ACTIVATE_GRAD == 2u) { writeActivation(at, n, activated(x)); }
    y *= activationSlope(x);
  }
  if (DROPOUT) { y *= dropoutMask(m * p.N + n); }
  if (RESIDUAL) { y += readExtra(at); }
  if (ACCUMULATE) { y += readC(at); }
  writeC(at, n, y);
}

fn storeColumnSums(n: u32, split: u32, sum: vec4f) {
  if (n >= p.N) { return; }
  let at = split * p.N + n;
  var y = sum;
  if (ACCUMULATE) { y += readColumnSums(at); }
  writeColumnSums(at, n, y);
}

// Keeps the first `count` components and sets the others to zero: elements beyond K must not count.
fn keepFirst(x: vec4f, count: u32) -> vec4f {
  return select(vec4f(0.0), x, vec4u(0u, 1u, 2u, 3u) < vec4u(count));
}
