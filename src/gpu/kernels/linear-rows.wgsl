// kernel linear rows [NORM] [ACTIVATE] [RESIDUAL]
//
// A linear layer on few rows (decoding has one row per sequence), with the LayerNorm before it and its
// epilogue: y = [activated](norm(x) · w + bias [+ residual]). Such a layer takes as long as reading w, so w is
// read once for up to `rowsPerGroup` rows, in long consecutive reads and by many invocations.
//
// A workgroup of 16 · `slices` invocations computes 64 columns (16 quads) of `rowsPerGroup` rows. Each
// slice sums every slices-th k, and the first slice adds up the slices. kernels.ts puts these before this
// file: the constants rowsPerGroup and slices, activation.wgsl, and w with readW (float32 or float16). It
// repeats every line with an r in braces for each of the rows.
//
// Bindings: 1 x [M, K], 2 w [K, N], 3 bias [N], 4 gain [K], 5 shift [K], 6 residual [M, N], 7 y [M, N].

// `S` equals slices, as a value that no compiler can unroll a loop by (lavapipe: 7 s instead of 1 s).
struct Params { M: u32, N: u32, K: u32, epsilon: f32, S: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<vec4f>;
@group(0) @binding(4) var<storage, read> gain: array<f32>;
@group(0) @binding(5) var<storage, read> shift: array<f32>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> y: array<vec4f>;

override NORM: bool = false;
override ACTIVATE: bool = false;
override RESIDUAL: bool = false;

const width = 16u; // quads per workgroup
const size = width * slices;
var<workgroup> partial: array<vec4f, size>;

// The sum over the workgroup, returned to every invocation.
fn sumAll(value: f32, local: u32) -> f32 {
  workgroupBarrier();
  partial[local].x = value;
  workgroupBarrier();
  for (var half = size / 2u; half > 0u; half /= 2u) {
    if (local < half) { partial[local].x += partial[local + half].x; }
    workgroupBarrier();
  }
  return partial[0].x;
}

// The mean and the inverse standard deviation of the K elements of x from `at` on.
fn statistics(at: u32, local: u32) -> vec2f {
  var sum = 0.0;
  for (var k = local; k < p.K; k += size) { sum += x[at + k]; }
  let mean = sumAll(sum, local) / f32(p.K);
  var squares = 0.0;
  for (var k = local; k < p.K; k += size) {
    let centred = x[at + k] - mean;
    squares += centred * centred;
  }
  return vec2f(mean, 1.0 / sqrt(sumAll(squares, local) / f32(p.K) + p.epsilon));
}

fn normalized(value: f32, norm: vec2f, k: u32) -> f32 {
  if (NORM) { return (value - norm.x) * norm.y * gain[k] + shift[k]; }
  return value;
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let quad = group.x * width + local % width;
  let slice = local / width;
  let quads = p.N / 4u;
  let m0 = group.y * rowsPerGroup;
  // Loops with barriers are not unrolled by the number of rows: lavapipe would take seconds to compile them.
  let rows = min(rowsPerGroup, p.M - m0);

  var norm{r} = vec2f();
  if (NORM) {
    for (var r = 0u; r < rows; r++) {
      let norm = statistics((m0 + r) * p.K, local);
      if (r == {r}u) { norm{r} = norm; }
    }
  }

  let at{r} = min(m0 + {r}u, p.M - 1u) * p.K;
  var sum{r} = vec4f();
  for (var k = slice; k < p.K; k += slices) {
    let weights = readW(4u * (k * quads + min(quad, quads - 1u)));
    sum{r} += normalized(x[at{r} + k], norm{r}, k) * weights;
  }
  for (var r = 0u; r < rows; r++) {
    var sum = sum0;
    if (r == {r}u) { sum = sum{r}; }
    workgroupBarrier();
    partial[local] = sum;
    workgroupBarrier();
    if (slice == 0u && quad < quads) {
      var value = bias[quad];
      for (var s = 0u; s < p.S; s++) { value += partial[s * width + local]; }
      let out = (m0 + r) * quads + quad;
      if (RESIDUAL) { value += residual[out]; }
      if (ACTIVATE) { value = activated(value); }
      y[out] = value;
    }
  }
}
