// kernel layer norm
//
// LayerNorm (Ba et al., arXiv:1607.06450): y = (x − mean) · rstd · gain + bias over the rows of x [N, C].
// Also writes (mean, rstd) for the backward pass. The variance is that of the centred values, so that
// nothing cancels. `lanes` invocations share a row (row-sum.wgsl).
//
// Bindings: 1 x [N, C], 2 gain [C], 3 bias [C], 4 y [N, C], 5 stats [N] (mean, rstd).

struct Params { N: u32, C: u32, epsilon: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> gain: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;
@group(0) @binding(5) var<storage, read_write> stats: array<vec2f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let at = min(row, p.N - 1u) * p.C; // rows past the end compute the last row again and write nothing
  var sum = 0.0;
  for (var c = lane; c < p.C; c += lanes) { sum += x[at + c]; }
  let mean = rowSum(vec2f(sum, 0.0), local).x / f32(p.C);
  var squares = 0.0;
  for (var c = lane; c < p.C; c += lanes) {
    let centred = x[at + c] - mean;
    squares += centred * centred;
  }
  let rstd = 1.0 / sqrt(rowSum(vec2f(squares, 0.0), local).x / f32(p.C) + p.epsilon);
  if (row >= p.N) { return; }
  for (var c = lane; c < p.C; c += lanes) {
    y[at + c] = (x[at + c] - mean) * rstd * gain[c] + bias[c];
  }
  if (lane == 0u) { stats[row] = vec2f(mean, rstd); }
}
