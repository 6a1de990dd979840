// Shared by kernels that reduce rows: `lanes` neighbouring invocations of a workgroup of 64 sum one row as
// a tree, so a workgroup handles 64 / lanes rows. Hardware uses 64 lanes per row; software adapters use 1,
// because barriers are expensive there. Every invocation of the workgroup must call these functions.

override lanes: u32 = 64;
var<workgroup> partial: array<vec2f, 64>;

fn rowSum(value: vec2f, local: u32) -> vec2f {
  if (lanes == 1u) { return value; }
  workgroupBarrier();
  partial[local] = value;
  workgroupBarrier();
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    if (local % lanes < half) { partial[local] += partial[local + half]; }
    workgroupBarrier();
  }
  return partial[local - local % lanes];
}

fn rowMax(value: f32, local: u32) -> f32 {
  if (lanes == 1u) { return value; }
  workgroupBarrier();
  partial[local] = vec2f(value, 0.0);
  workgroupBarrier();
  for (var half = lanes / 2u; half > 0u; half /= 2u) {
    if (local % lanes < half) {
      partial[local].x = max(partial[local].x, partial[local + half].x);
    }
    workgroupBarrier();
  }
  return partial[local - local % lanes].x;
}
