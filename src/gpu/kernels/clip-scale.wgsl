// kernel clip scale
//
// The factor that limits the norm of all gradients, min(1, maxNorm / (√Σ partials + 1e-6)), as PyTorch's
// `clip_grad_norm_` computes it; −1 if the norm isn't finite. Behind it stands the norm itself, or 0 if it
// isn't finite. Runs as one workgroup.
//
// Bindings: 1 partials [count] (from the kernel sum squares), 2 scale [2].

struct Params { count: u32, maxNorm: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;
@group(0) @binding(2) var<storage, read_write> scale: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var i = local; i < p.count; i += 64u) { sum += partials[i]; }
  let total = rowSum(vec2f(sum, 0.0), local).x;
  if (local != 0u) { return; }
  // Its bits are looked at, because a compiler may assume that comparisons see finite numbers only.
  let isFinite = (bitcast<u32>(total) & 0x7f800000u) != 0x7f800000u;
  let norm = sqrt(select(0.0, total, isFinite));
  scale[0] = select(-1.0, min(1.0, p.maxNorm / (norm + 1e-6)), isFinite);
  scale[1] = norm;
}
