// kernel position grad [ACCUMULATE]
//
// dwpe[t] (+)= Σ dx[b, t] over the B sequences; the rows from T on get zero. Each invocation computes one
// element.
//
// Bindings: 1 dx [B·T, C], 2 dwpe [P, C].

struct Params { B: u32, T: u32, C: u32, P: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dx: array<f32>;
@group(0) @binding(2) var<storage, read_write> dwpe: array<f32>;

override ACCUMULATE: bool = false;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.P * p.C) { return; }
  var sum = 0.0;
  if (i < p.T * p.C) {
    for (var b = 0u; b < p.B; b++) { sum += dx[b * p.T * p.C + i]; }
  }
  if (ACCUMULATE) { sum += dwpe[i]; }
  dwpe[i] = sum;
}
