// kernel matmul tiles
//
// Matmul for hardware with two-level tiling, after CUTLASS (`media/docs/cpp/efficient_gemm.md`): a workgroup
// of 8 × 8 invocations computes a 64 × 64 tile of C, 8 × 8 elements in the registers of each invocation,
// from tiles of 64 × 16 of A and B in workgroup memory.
//
// Both tiles are stored as [k][m or n] in vec4s, whatever the operand's layout: every invocation loads one
// 4 × 4 block of each, and transposes it where the operand is stored along k. So all four transpose cases
// load whole vec4s and share the inner loop, which reads four vec4s for 64 multiply-adds.

const depth = 16u; // values of k per tile
const width = 16u; // vec4s per row of a tile

var<workgroup> tileA: array<vec4f, 256>; // [depth][width]
var<workgroup> tileB: array<vec4f, 256>;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tile = group.x + group.y * groups.x;
  let m0 = (tile / p.tilesN) * 64u;
  let n0 = (tile % p.tilesN) * 64u;
  let offsets = offsetsAt(group.z);
  let begin = offsets.split * p.kPerSplit;
  let end = min(p.K, begin + p.kPerSplit);
  // The block that this invocation loads: four columns of the tile for four values of k.
  let column = index % width;
  let kBlock = (index / width) * 4u;

  // Its four loads: along k where the operand is stored along k, else along m or n.
  var atA: array<u32, 4>;
  var atB: array<u32, 4>;
  for (var i = 0u; i < 4u; i++) {
    if (TRANS_A) {
      atA[i] = offsets.a + (begin + kBlock + i) * p.lda + m0 + 4u * column;
    } else {
      atA[i] = offsets.a + min(m0 + 4u * column + i, p.M - 1u) * p.lda + begin + kBlock;
    }
    if (TRANS_B) {
      atB[i] = offsets.b + min(n0 + 4u * column + i, p.N - 1u) * p.ldb + begin + kBlock;
    } else {
      atB[i] = offsets.b + (begin + kBlock + i) * p.ldb + n0 + 4u * column;
    }
  }
  let stepA = select(depth, depth * p.lda, TRANS_A);
  let stepB = select(depth * p.ldb, depth, TRANS_B);

  var sum: array<array<vec4f, 2>, 8>;
  var sumB: vec4f;
  for (var k = begin; k < end; k += depth) {
    var x: array<vec4f, 4>;
    var y: array<vec4f, 4>;
    let left = max(end, k + kBlock) - (k + kBlock); // values of k in this block that are below `end`
    for (var i = 0u; i < 4u; i++) {
      x[i] = readA(atA[i]);
      y[i] = readB(atB[i]);
      atA[i] += stepA;
      atB[i] += stepB;
    }
    if (left < 4u) {
      for (var i = 0u; i < 4u; i++) {
        x[i] = keepFirst(x[i], select(left, select(0u, 4u, i < left), TRANS_A));
        y[i] = keepFirst(y[i], select(select(0u, 4u, i < left), left, TRANS_B));
      }
    }
    workgroupBarrier();
    for (var i = 0u; i < 4u; i++) {
      let at = (kBlock + i) * width + column;
      if (TRANS_A) { tileA[at] = x[i]; } else { tileA[at] = vec4f(x[0][i], x[1][i], x[2][i], x[3][i]); }
      if (TRANS_B) { tileB[at] = vec4f(y[0][i], y[1][i], y[2][i], y[3][i]); } else { tileB[at] = y[i]; }
      if (COLUMN_SUMS) { sumB += y[i]; }
    }
    workgroupBarrier();
    for (var j = 0u; j < depth; j++) {
      let rows0 = tileA[j * width + 2u * local.y];
      let rows1 = tileA[j * width + 2u * local.y + 1u];
      let low = tileB[j * width + 2u * local.x];
      let high = tileB[j * width + 2u * local.x + 1u];
      for (var i = 0u; i < 4u; i++) {
        sum[i][0] += rows0[i] * low;
        sum[i][1] += rows0[i] * high;
        sum[i + 4u][0] += rows1[i] * low;
        sum[i + 4u][1] += rows1[i] * high;
      }
    }
  }

  if (COLUMN_SUMS) {
    workgroupBarrier();
    tileB[index] = sumB; // [kBlock / 4][column]
    workgroupBarrier();
  }
  if (tile >= p.tiles) { return; }
  let m = m0 + local.y * 8u;
  let n = n0 + local.x * 8u;
  if (LOW_RANK > 0u) {
    // A copy that is indexed at run time gives the program one such long epilogue instead of sixteen.
    var results = sum;
    let count = 2u * min(8u, max(p.M, m) - m);
    for (var i = 0u; i < count; i++) {
      storeResult(m + i / 2u, n + 4u * (i % 2u), offsets.c, results[i / 2u][i % 2u]);
    }
  } else {
    for (var i = 0u; i < 8u; i++) {
      storeResult(m + i, n, offsets.c, sum[i][0]);
      storeResult(m + i, n + 4u, offsets.c, sum[i][1]);
    }
  }
  if (COLUMN_SUMS && m0 == 0u && index < width) {
    let total = tileB[index] + tileB[index + width] + tileB[index + 2u * width] + tileB[index + 3u * width];
    storeColumnSums(n0 + 4u * index, offsets.split, total);
  }
}
