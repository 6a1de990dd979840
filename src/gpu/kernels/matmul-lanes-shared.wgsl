// For matmul-registers.wgsl: the eight invocations of a subgroup read a row of A each, and hand it round.
// On lavapipe, which reads for one invocation after the other, that makes products two to three times as
// fast: 16.8 GFLOPS instead of 5.8 (1024³, two EPYC cores, one run).
//
// Invocations of a subgroup have to be consecutive, as rasterisers have them. WGSL promises it of nobody,
// but the self-test would notice.

const LANES = 8u;

fn readRowsOfA(at: array<u32, 8>, lane: u32) -> array<vec4f, 8> {
  var addresses = at;
  let own = readA(addresses[lane]);
  var x: array<vec4f, 8>;
  for (var i = 0u; i < 8u; i++) { x[i] = subgroupShuffle(own, i); }
  return x;
}
