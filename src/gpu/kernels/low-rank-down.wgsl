// kernel low rank down [DROPOUT] [FACTOR_ROWS]
//
// The first half of a LoRA update (Hu et al., arXiv:2106.09685), and its backward pass:
// low [N, rank] = scale · (mask ∘ x) · F. F is stored as [rank, K] (LoRA's A) or, with FACTOR_ROWS, as
// [K, rank] (LoRA's B). `lanes` invocations share a row (row-sum.wgsl) and compute four columns of low at
// a time. kernels.ts puts random.wgsl before this file.
//
// Bindings: 1 x [N, K], 2 factor, 3 low [N, rank].

struct Params {
  N: u32, K: u32, rank: u32, scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> factor: array<f32>;
@group(0) @binding(3) var<storage, read_write> low: array<f32>;

override DROPOUT: bool = false;
override FACTOR_ROWS: bool = false;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  let along = select(p.K, 1u, FACTOR_ROWS);   // elements from one column of low to the next
  let step = select(1u, p.rank, FACTOR_ROWS); // elements from one k to the next
  for (var first = 0u; first < p.rank; first += 4u) {
    var sum = vec4f();
    if (row < p.N) {
      for (var k = lane; k < p.K; k += lanes) {
        var value = x[row * p.K + k];
        if (DROPOUT) { value *= dropoutElement(row * p.K + k, site, p.dropThreshold, p.dropKeep); }
        let at = first * along + k * step;
        let quad = vec4f(factor[at], factor[at + along], factor[at + 2u * along], factor[at + 3u * along]);
        sum += value * quad;
      }
    }
    let total = vec4f(rowSum(sum.xy, local), rowSum(sum.zw, local)) * p.scale;
    if (lane == 0u && row < p.N) {
      for (var i = 0u; i < min(4u, p.rank - first); i++) { low[row * p.rank + first + i] = total[i]; }
    }
  }
}
