// kernel mix
//
// value = base + share · (trained − base), over parameters that lie next to each other in memory: robust
// fine-tuning of Wortsman et al. (WiSE-FT, arXiv:2109.01903). The three buffers have the same layout. Each
// invocation computes four elements.
//
// Bindings: 1 base, 2 trained, 3 value.

struct Params {
  quads: u32,
  share: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> base: array<vec4f>;
@group(0) @binding(2) var<storage, read> trained: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> value: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.x + group.y * groups.x) * 64u + local;
  if (i >= p.quads) { return; }
  value[i] = base[i] + p.share * (trained[i] - base[i]);
}
