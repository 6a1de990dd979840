// Matmul for software adapters: one invocation computes an 8 × 8 block of C from registers, without
// workgroup memory (on a processor that is one more copy). Every load of four elements feeds 32
// multiply-adds, whichever operand is transposed. Workgroups of 8 × 8 invocations: 64 × 64 of C.
// On lavapipe and two Xeon cores 8 × 8 reached 6.5 GFLOPS, 4 × 4 5.3, 4 × 8 4.5, 16 × 8 5.9.
//
// Goes behind matmul-lanes-alone.wgsl or matmul-lanes-shared.wgsl, which say how LANES neighbours, all on
// the same rows of A, come by them.
//
// Invocations at the edges read rows of the matrix again, or past the end of a row, and those beyond
// the last column keep the others of their subgroup company; finish() drops what comes of it.

// What is known to be zero or not wanted (causal attention): 1 C above the diagonal is left as it is,
// 2 A is zero above the diagonal, 3 A transposed is.
override TRIANGLE: u32 = 0;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let tile = group.x + group.y * groups.x;
  if (tile >= p.tiles) { return; }
  let m = (tile / p.tilesN) * 64u + local.y * 8u;
  let n = (tile % p.tilesN) * 64u + local.x * 8u;
  let firstN = n - 8u * (local.x % LANES); // of the subgroup, which stays or goes as one
  if (m >= p.M || firstN >= p.N) { return; }
  if (TRIANGLE == 1u && firstN > m + 7u) { return; }
  let offsets = offsetsAt(group.z);
  var begin = offsets.split * p.kPerSplit;
  var end = min(p.K, begin + p.kPerSplit);
  if (TRIANGLE == 2u) { end = min(end, m + 8u); }
  if (TRIANGLE == 3u) { begin = m; }

  // Where each of the loads of a step of four k starts; a step moves all of them on.
  var atA: array<u32, 8>;
  var atB: array<u32, 8>;
  for (var i = 0u; i < 8u; i++) {
    if (TRANS_A) { // i is 2 * k + half: row begin + k, columns m + 4 * half
      atA[i] = offsets.a + (begin + i / 2u) * p.lda + m + 4u * (i % 2u);
    } else { // i is a row, along k
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
    var x = readRowsOfA(atA, local.x % LANES);
    var y: array<vec4f, 8>;
    for (var i = 0u; i < 8u; i++) {
      y[i] = readB(atB[i]);
      atA[i] += stepA;
      atB[i] += stepB;
    }
    if (k + 4u > end) {
      for (var i = 0u; i < 8u; i++) {
        x[i] = select(head4(x[i], end - k), head4(x[i], select(0u, 4u, k + i / 2u < end)), TRANS_A);
        y[i] = select(head4(y[i], select(0u, 4u, k + i / 2u < end)), head4(y[i], end - k), TRANS_B);
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
  // Through a copy that is indexed at run time: one epilogue in the program instead of sixteen, which
  // a processor's compiler takes seconds over.
  var results = sum;
  let isWanted = TRIANGLE != 1u || n <= m + 7u;
  let count = select(0u, 2u * min(8u, p.M - m), isWanted);
  for (var i = 0u; i < count; i++) {
    finish(m + i / 2u, n + 4u * (i % 2u), offsets.c, results[i / 2u][i % 2u]);
  }

  if (COLUMN_SUMS && m == 0u) {
    var low: vec4f;
    var high: vec4f;
    for (var k = begin; k < end; k++) {
      let row = offsets.b + k * p.ldb;
      low += readB(row + n);
      high += readB(row + n + 4u);
    }
    finishColumnSums(n, offsets.split, low);
    finishColumnSums(n + 4u, offsets.split, high);
  }
}
