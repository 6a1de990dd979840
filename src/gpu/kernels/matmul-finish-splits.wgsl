// kernel matmul finish splits
//
// Second pass of a split-K product (CUTLASS: "parallel reduction split-K"): adds up the splits of C, always
// in the same order (deterministic, unlike atomics), and takes the sums through the epilogue. Goes behind
// matmul-common.wgsl and matmul-vec4.wgsl. An invocation finishes one quad of C, or of the column sums.
//
// A is the splits' sums [K, M, lda] and B their column sums [K, lda], with K the number of splits.

// For every index (each.wgsl).
fn each(i: u32) {
  let quads = p.lda / 4u;
  let m = i / quads;
  let n = 4u * (i % quads);
  var sum: vec4f;
  if (m < p.M) {
    for (var s = 0u; s < p.K; s++) { sum += readA((s * p.M + m) * p.lda + n); }
    storeResult(m, n, p.offsetC, sum);
  } else if (COLUMN_SUMS && m == p.M) {
    for (var s = 0u; s < p.K; s++) { sum += readB(s * p.ldb + n); }
    storeColumnSums(n, 0u, sum);
  }
}
