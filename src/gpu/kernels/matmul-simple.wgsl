// kernel matmul simple
//
// Matmul for shapes that aren't multiples of four (odd widths): each invocation computes four neighbouring
// columns of one row of C. It is correct for every shape, fast for none, and quick to compile.

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = p.firstTile + group.x + group.y * groups.x;
  if (tile >= p.endTile) { return; }
  let index = tile * 64u + local;
  let quads = (p.N + 3u) / 4u;
  let m = index / quads;
  let n = (index % quads) * 4u;
  if (m >= p.M) { return; }
  let offsets = offsetsAt(group.z);
  let begin = offsets.split * p.kPerSplit;
  let end = min(p.K, begin + p.kPerSplit);
  // For columns past N this computes values that storeResult discards.
  let strideA = select(1u, p.lda, TRANS_A);
  let strideB = select(p.ldb, 1u, TRANS_B);
  let columnB = select(1u, p.ldb, TRANS_B);
  var atA = offsets.a + m * select(p.lda, 1u, TRANS_A) + begin * strideA;
  var atB = offsets.b + n * columnB + begin * strideB;
  var sum: vec4f;
  var columns: vec4f;
  for (var k = begin; k < end; k++) {
    let y = vec4f(
      readB(atB), readB(atB + columnB), readB(atB + 2u * columnB), readB(atB + 3u * columnB),
    );
    sum += a[atA] * y;
    if (COLUMN_SUMS) { columns += y; }
    atA += strideA;
    atB += strideB;
  }
  storeResult(m, n, offsets.c, sum);
  if (COLUMN_SUMS && m == 0u) { storeColumnSums(n, offsets.split, columns); }
}
