// kernel matmul registers, kernel matmul subgroup
//
// Matmul for software adapters: one invocation computes an 8 × 8 block of C in registers, without workgroup
// memory (on a CPU that would be one more copy). Every load of four elements is used for 32 multiply-adds,
// whichever operand is transposed. A workgroup of 8 × 8 invocations computes 64 × 64 elements of C.
// Measured on lavapipe and two Xeon cores: blocks of 8 × 8 reached 6.5 GFLOPS, 4 × 4 5.3, 4 × 8 4.5,
// 16 × 8 5.9.
//
// matmul-load-each.wgsl or matmul-load-subgroup.wgsl comes before this file: it decides how SHARING
// neighbouring invocations, which need the same rows of A, read them.
//
// Invocations at the edges read rows of the matrix twice, or read past the end of a row; invocations
// beyond the last column run because their subgroup needs them. `storeResult` discards their results.

// Parts that are known to be zero or are not needed (causal attention): with 1, C above the diagonal is
// left as it is; with 2, A is zero above its diagonal; with 3, the transposed A is.
override TRIANGLE: u32 = 0;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let tile = p.firstTile + group.x + group.y * groups.x;
  if (tile >= p.endTile) { return; }
  let m = (tile / p.tilesN) * 64u + local.y * 8u;
  let n = (tile % p.tilesN) * 64u + local.x * 8u;
  let firstN = n - 8u * (local.x % SHARING); // of the whole subgroup, whose invocations must return together
  if (m >= p.M || firstN >= p.N) { return; }
  if (TRIANGLE == 1u && firstN > m + 7u) { return; }
  let offsets = offsetsAt(group.z);
  var begin = offsets.split * p.kPerSplit;
  var end = min(p.K, begin + p.kPerSplit);
  if (TRIANGLE == 2u) { end = min(end, m + 8u); }
  if (TRIANGLE == 3u) { begin = m; }

  // Where each of the loads for four values of k starts; every step advances all of them.
  var atA: array<u32, 8>;
  var atB: array<u32, 8>;
  for (var i = 0u; i < 8u; i++) {
    if (TRANS_A) { // i = 2 * k + half: row begin + k, columns from m + 4 * half
      atA[i] = offsets.a + (begin + i / 2u) * p.lda + m + 4u * (i % 2u);
    } else { // i is a row, read along k
      atA[i] = offsets.a + min(m + i, p.M - 1u) * p.lda + begin;
    }
    if (TRANS_B) {
      atB[i] = offsets.b + min(n + i, p.N - 1u) * p.ldb + begin;
    } else {
      atB[i] = offsets.b + (begin + i / 2u) * p.ldb + n + 4u * (i % 2u);
    }
  }
  let stepA = select(4u, 4u * p.lda, TRANS_A);
  let stepB = select(4u * p.ldb, 4u, TRANS_B);

  var sum: array<array<vec4f, 2>, 8>;
  for (var k = begin; k < end; k += 4u) {
    var x = readRowsOfA(atA, local.x % SHARING);
    var y: array<vec4f, 8>;
    for (var i = 0u; i < 8u; i++) {
      y[i] = readB(atB[i]);
      atA[i] += stepA;
      atB[i] += stepB;
    }
    if (k + 4u > end) {
      for (var i = 0u; i < 8u; i++) {
        x[i] = select(keepFirst(x[i], end - k), keepFirst(x[i], select(0u, 4u, k + i / 2u < end)), TRANS_A);
        y[i] = select(keepFirst(y[i], select(0u, 4u, k + i / 2u < end)), keepFirst(y[i], end - k), TRANS_B);
      }
    }
    for (var j = 0u; j < 4u; j++) {
      var low: vec4f;
      var high: vec4f;
      if (TRANS_B) {
        low = vec4f(y[0][j], y[1][j], y[2][j], y[3][j]);
        high = vec4f(y[4][j], y[5][j], y[6][j], y[7][j]);
      } else {
        low = y[2u * j];
        high = y[2u * j + 1u];
      }
      for (var i = 0u; i < 8u; i++) {
        var factor: f32;
        if (TRANS_A) { factor = x[2u * j + i / 4u][i % 4u]; } else { factor = x[i][j]; }
        sum[i][0] += factor * low;
        sum[i][1] += factor * high;
      }
    }
  }
  // A copy that is indexed at run time gives the program one epilogue instead of sixteen, which would
  // take the compiler of a software adapter seconds.
  var results = sum;
  let isNeeded = TRIANGLE != 1u || n <= m + 7u;
  let count = select(0u, 2u * min(8u, p.M - m), isNeeded);
  for (var i = 0u; i < count; i++) {
    storeResult(m + i / 2u, n + 4u * (i % 2u), offsets.c, results[i / 2u][i % 2u]);
  }

  if (COLUMN_SUMS && m == 0u) {
    var low: vec4f;
    var high: vec4f;
    for (var k = begin; k < end; k++) {
      let row = offsets.b + k * p.ldb;
      low += readB(row + n);
      high += readB(row + n + 4u);
    }
    storeColumnSums(n, offsets.split, low);
    storeColumnSums(n + 4u, offsets.split, high);
  }
}
