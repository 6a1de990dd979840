// A linear layer on few rows (decoding: one a sequence), its LayerNorm in front and its epilogue behind:
// y = [gelu](norm(x) · w + bias [+ residual]). Reads w once for up to `rowsEach` rows; what counts is
// to read it in long lines and with many invocations.
//
// A workgroup of 16 · `slices` invocations computes 64 columns (16 quads) of `rowsEach` rows; each of the
// slices sums every slices-th k, and the first adds them up. Constants before this file: rowsEach, slices.
// gelu.wgsl goes before, and w with its readW (float32 or float16).
//
// Bindings: 1 x [M, K], 2 w [K, N], 3 bias [N], 4 gain [K], 5 shift [K], 6 residual [M, N], 7 y [M, N].

// `S` is slices, as a number that no compiler unrolls by (lavapipe: 7 s instead of 1).
struct Params { M: u32, N: u32, K: u32, epsilon: f32, S: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<vec4f>;
@group(0) @binding(4) var<storage, read> gain: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> y: array<vec4f>;

override NORM: bool = false;
override GELU: bool = false;
override RESIDUAL: bool = false;

const width = 16u; // quads a workgroup
const size = width * slices;
var<workgroup> partial: array<vec4f, size>;

// Σ over the workgroup, given to all.
fn total(value: f32, local: u32) -> f32 {
  workgroupBarrier();
  partial[local].x = value;
  workgroupBarrier();
  for (var half = size / 2u; half > 0u; half /= 2u) {
    if (local < half) { partial[local].x += partial[local + half].x; }
    workgroupBarrier();
  }
  return partial[0].x;
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group.x * width + local % width;
  let slice = local / width;
  let quads = p.N / 4u;
  let m0 = group.y * rowsEach;

  var at = array<u32, rowsEach>();
  var mean = array<f32, rowsEach>();
  var rstd = array<f32, rowsEach>();
  for (var r = 0u; r < rowsEach; r++) {
    at[r] = min(m0 + r, p.M - 1u) * p.K;
    if (NORM) {
      var sum = 0.0;
      for (var k = local; k < p.K; k += size) { sum += x[at[r] + k]; }
      mean[r] = total(sum, local) / f32(p.K);
      var squares = 0.0;
      for (var k = local; k < p.K; k += size) {
        let centred = x[at[r] + k] - mean[r];
        squares += centred * centred;
      }
      rstd[r] = 1.0 / sqrt(total(squares, local) / f32(p.K) + p.epsilon);
    }
  }

  var sum = array<vec4f, rowsEach>();
  for (var k = slice; k < p.K; k += slices) {
    let weights = readW(4u * (k * quads + min(quad, quads - 1u)));
    for (var r = 0u; r < rowsEach; r++) {
      var value = x[at[r] + k];
      if (NORM) { value = (value - mean[r]) * rstd[r] * gain[k] + shift[k]; }
      sum[r] += value * weights;
    }
  }
  for (var r = 0u; r < rowsEach; r++) {
    workgroupBarrier();
    partial[local] = sum[r];
    workgroupBarrier();
    if (slice == 0u && quad < quads && m0 + r < p.M) {
      var value = bias[quad];
      for (var s = 0u; s < p.S; s++) { value += partial[s * width + local]; }
      let out = (m0 + r) * quads + quad;
      if (RESIDUAL) { value += residual[out]; }
      if (GELU) { value = gelu(value); }
      y[out] = value;
    }
  }
}
