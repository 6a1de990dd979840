// Part of the kernel matmul subgroup: each of the eight invocations of a subgroup reads one row of A, and
// they exchange the rows by shuffles. On lavapipe, which executes the reads of invocations one after the
// other, products become two to three times as fast: 16.8 GFLOPS instead of 5.8 (1024³, two EPYC cores,
// one run).
//
// This assumes that the invocations of a subgroup are consecutive, as they are on software adapters.
// WGSL doesn't guarantee it, but the self-test would notice a violation.

const SHARING = 8u;

fn readRowsOfA(at: array<u32, 8>, lane: u32) -> array<vec4f, 8> {
  var addresses = at;
  let own = readA(addresses[lane]);
  var x: array<vec4f, 8>;
  for (var i = 0u; i < 8u; i++) { x[i] = subgroupShuffle(own, i); }
  return x;
}
