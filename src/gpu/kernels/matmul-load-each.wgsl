// Part of the kernel matmul registers: every invocation reads its rows of A itself.

const SHARING = 1u;

fn readRowsOfA(at: array<u32, 8>, lane: u32) -> array<vec4f, 8> {
  var x: array<vec4f, 8>;
  for (var i = 0u; i < 8u; i++) { x[i] = readA(at[i]); }
  return x;
}
