// kernel layer norm grad [RESIDUAL] [OUTPUT] [DROPPED]
//
// LayerNorm, backward to its input (the formula of `layernorm_backward` in llm.c's `train_gpt2.c`), plus
// the gradient of the residual branch. With n = (x − mean) · rstd and d = dy · gain:
//   dx = residual + rstd · (d − mean(d) − n · mean(d · n))
// OUTPUT: also computes y = n · gain + bias again, which costs less than keeping y from the forward pass.
// DROPPED: also writes mask ∘ dx, behind dx from Unit `droppedAt` on, for the layer before, whose output was
// dropped with this mask.
// `lanes` invocations share a row (row-sum.wgsl) and take a Unit at a time, which is four elements where C
// is a multiple of four, else one. kernels.ts puts random.wgsl and Unit before this file.
//
// Bindings: 1 dy [N, C], 2 x [N, C], 3 gain [C], 4 stats [N] (mean, rstd), 5 residual [N, C],
// 6 dx [N, C], 7 bias [C], 8 y [N, C].

struct Params {
  N: u32, C: u32, droppedAt: u32, // C counts Units
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<Unit>;
@group(0) @binding(2) var<storage, read> x: array<Unit>;
@group(0) @binding(3) var<storage, read> gain: array<Unit>;
@group(0) @binding(4) var<storage, read> stats: array<vec2f>;
@group(0) @binding(5) var<storage, read> residual: array<Unit>;
@group(0) @binding(6) var<storage, read_write> dx: array<Unit>;
@group(0) @binding(7) var<storage, read> bias: array<Unit>;
@group(0) @binding(8) var<storage, read_write> y: array<Unit>;

override RESIDUAL: bool = false;
override OUTPUT: bool = false;
override DROPPED: bool = false;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let safeRow = min(row, p.N - 1u);
  let at = safeRow * p.C;
  let mean = stats[safeRow].x;
  let rstd = stats[safeRow].y;
  var sums: vec2f;
  for (var c = lane; c < p.C; c += lanes) {
    let d = dy[at + c] * gain[c];
    sums += vec2f(sumOf(d), dotOf(d, (x[at + c] - mean) * rstd));
  }
  let means = rowSum(sums, local) / f32(p.C * unitSize);
  if (row >= p.N) { return; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  for (var c = lane; c < p.C; c += lanes) {
    let n = (x[at + c] - mean) * rstd;
    var value = (dy[at + c] * gain[c] - means.x - n * means.y) * rstd;
    if (RESIDUAL) { value += residual[at + c]; }
    dx[at + c] = value;
    if (DROPPED) {
      dx[p.droppedAt + at + c] = value * maskOf(at + c, site, p.dropThreshold, p.dropKeep);
    }
    if (OUTPUT) { y[at + c] = n * gain[c] + bias[c]; }
  }
}
