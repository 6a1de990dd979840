// kernel low rank up [TRANSPOSED] [RESIDUAL]
//
// The second half of a LoRA update where no matmul includes it in its epilogue (decoding, merging):
// y [M, N] = scale · low · factorᵀ [+ residual]. low is [M, rank] or, with TRANSPOSED, [rank, M]. Each
// invocation computes one element.
//
// Bindings: 1 low, 2 factor [N, rank], 3 residual [M, N], 4 y [M, N].

struct Params { M: u32, N: u32, rank: u32, scale: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> low: array<f32>;
@group(0) @binding(2) var<storage, read> factor: array<f32>;
@group(0) @binding(3) var<storage, read> residual: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

override TRANSPOSED: bool = false;
override RESIDUAL: bool = false;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.M * p.N) { return; }
  let m = i / p.N;
  let n = i % p.N;
  var sum = 0.0;
  for (var k = 0u; k < p.rank; k++) {
    sum += low[select(m * p.rank + k, k * p.M + m, TRANSPOSED)] * factor[n * p.rank + k];
  }
  sum *= p.scale;
  if (RESIDUAL) { sum += residual[i]; }
  y[i] = sum;
}
