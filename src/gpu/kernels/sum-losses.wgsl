// kernel sum losses
//
// loss = Σ losses [N] · scale, summed by one workgroup in a fixed order.
//
// Bindings: 1 losses [N], 2 loss [1].

struct Params { N: u32, scale: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> losses: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var n = local; n < p.N; n += 64u) { sum += losses[n]; }
  let total = rowSum(vec2f(sum, 0.0), local).x;
  if (local == 0u) { loss[0] = total * p.scale; }
}
