// kernel logits rows
//
// Logits of few rows: y[m, first + v] = x[m] · wte[v] for a shard of the embedding table. `lanes`
// invocations (16, or 1 on software adapters) share a row of wte and read neighbouring quads. A workgroup of
// 64 handles 64 / lanes rows of wte; workgroups are counted along x, then along z. kernels.ts puts these
// before this file: the constants rowsPerGroup and lanes, and wte with readWte (float32 or float16). It
// repeats every line with an r in braces for each of the rows.
//
// Bindings: 1 x [M, C], 2 the shard of wte [rows, C], 3 y [M, V].

// `L` equals lanes, as a value that no compiler can unroll a loop by.
struct Params { M: u32, C: u32, V: u32, first: u32, rows: u32, L: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.z * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let quads = p.C / 4u;
  let m0 = group.y * rowsPerGroup;
  let at = min(row, p.rows - 1u) * quads;
  let xAt{r} = min(m0 + {r}u, p.M - 1u) * quads;
  var sum{r} = 0.0;
  for (var q = lane; q < quads; q += lanes) {
    let weights = readWte(4u * (at + q));
    sum{r} += dot(weights, x[xAt{r} + q]);
  }
  for (var r = 0u; r < min(rowsPerGroup, p.M - m0); r++) {
    var total = sum0;
    if (r == {r}u) { total = sum{r}; }
    if (lanes > 1u) {
      workgroupBarrier();
      partial[local] = total;
      workgroupBarrier();
      if (lane == 0u) {
        total = 0.0;
        for (var i = 0u; i < p.L; i++) { total += partial[local + i]; }
      }
    }
    if (lane == 0u && row < p.rows) { y[(m0 + r) * p.V + p.first + row] = total; }
  }
}
