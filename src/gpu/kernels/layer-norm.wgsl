// kernel layer norm [LOW] [DROPOUT]
//
// LayerNorm (Ba et al., arXiv:1607.06450): y = (x − mean) · rstd · gain + bias over the rows of x [N, C].
// Also writes (mean, rstd) for the backward pass. The variance is that of the centred values, so that
// nothing cancels. `lanes` invocations share a row (row-sum.wgsl) and take a Unit at a time, which is four
// elements where C is a multiple of four, else one. kernels.ts puts random.wgsl and Unit before this file.
//
// LOW: also writes the first product of a LoRA update of the layer that follows, as low-rank-down.wgsl
// does: low [N, rank] = (mask ∘ y) · factorᵀ, with DROPOUT masked.
//
// Bindings: 1 x [N, C], 2 gain [C], 3 bias [C], 4 y [N, C], 5 stats [N] (mean, rstd), 6 factor [rank, C],
// 7 low [N, rank].

struct Params {
  N: u32, C: u32, epsilon: f32, rank: u32, // C counts Units
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<Unit>;
@group(0) @binding(2) var<storage, read> gain: array<Unit>;
@group(0) @binding(3) var<storage, read> bias: array<Unit>;
@group(0) @binding(4) var<storage, read_write> y: array<Unit>;
@group(0) @binding(5) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(6) var<storage, read> factor: array<Unit>;
@group(0) @binding(7) var<storage, read_write> low: array<f32>;

override LOW: bool = false;
override DROPOUT: bool = false;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let at = min(row, p.N - 1u) * p.C; // rows past the end compute the last row again and write nothing
  let width = f32(p.C * unitSize);
  var sum = 0.0;
  for (var c = lane; c < p.C; c += lanes) { sum += sumOf(x[at + c]); }
  let mean = rowSum(vec2f(sum, 0.0), local).x / width;
  var squares = 0.0;
  for (var c = lane; c < p.C; c += lanes) {
    let centred = x[at + c] - mean;
    squares += dotOf(centred, centred);
  }
  let rstd = 1.0 / sqrt(rowSum(vec2f(squares, 0.0), local).x / width + p.epsilon);
  if (row < p.N) {
    for (var c = lane; c < p.C; c += lanes) {
      y[at + c] = (x[at + c] - mean) * rstd * gain[c] + bias[c];
    }
    if (lane == 0u) { stats[row] = vec2f(mean, rstd); }
  }
  if (!LOW) { return; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  for (var first = 0u; first < p.rank; first += 4u) {
    var sums = vec4f();
    for (var c = lane; c < p.C; c += lanes) {
      var value = (x[at + c] - mean) * rstd * gain[c] + bias[c];
      if (DROPOUT) { value *= maskOf(at + c, site, p.dropThreshold, p.dropKeep); }
      let f = first * p.C + c;
      sums += vec4f(
        dotOf(value, factor[f]),
        dotOf(value, factor[f + p.C]),
        dotOf(value, factor[f + 2u * p.C]),
        dotOf(value, factor[f + 3u * p.C]),
      );
    }
    let total = vec4f(rowSum(sums.xy, local), rowSum(sums.zw, local));
    if (lane == 0u && row < p.N) {
      for (var i = 0u; i < min(4u, p.rank - first); i++) { low[row * p.rank + first + i] = total[i]; }
    }
  }
}
