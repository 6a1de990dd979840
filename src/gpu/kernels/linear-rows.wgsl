// kernel linear rows [NORM] [PARTS] [ACTIVATE] [RESIDUAL]
//
// A linear layer on few rows (decoding has one row per sequence), with the LayerNorm before it and its
// epilogue: y = [activated](norm(x) · w + bias [+ residual]). Such a layer takes as long as reading w, so w is
// read once for up to `rowsPerGroup` rows, in long consecutive reads and by many workgroups.
//
// A workgroup of `width` · `slices` invocations computes `width` quads of columns of `rowsPerGroup` rows, over
// one split of k: workgroups with z = s sum over k in [s, s + 1) · kPerSplit and write part s of y, to which
// the first part has added bias and residual. Within it, each slice sums every slices-th Unit of k, and the
// slices are added up as a tree. PARTS: x comes as such parts, which every workgroup adds up in their order;
// the first one writes the sum, for the residual of a later layer.
//
// A Unit is four elements of k where K is a multiple of four, else one. kernels.ts puts these before this
// file: the constants rowsPerGroup, width and slices, activation.wgsl, Unit with `weightsAt` and `product`, and
// w with readW (float32 or float16). It repeats every line with an r in braces for each of the rows.
//
// Bindings: 1 x [parts, M, K], 2 w [K, N], 3 bias [N], 4 gain [K], 5 shift [K], 6 residual [M, N],
// 7 y [splits, M, N], 8 summed [M, K].

// K and kPerSplit count Units. `S` equals slices, as a value that no compiler can unroll a loop by (lavapipe:
// 7 s instead of 1 s).
struct Params { M: u32, N: u32, K: u32, epsilon: f32, S: u32, kPerSplit: u32, parts: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<Unit>;
@group(0) @binding(3) var<storage, read> bias: array<vec4f>;
@group(0) @binding(4) var<storage, read> gain: array<Unit>;
@group(0) @binding(5) var<storage, read> shift: array<Unit>;
@group(0) @binding(6) var<storage, read> residual: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> summed: array<Unit>;

override NORM: bool = false;
override PARTS: bool = false;
override ACTIVATE: bool = false;
override RESIDUAL: bool = false;

const size = width * slices;
var<workgroup> partial: array<vec4f, size>;

// Unit i of x, whose parts are M · K Units apart.
fn input(i: u32) -> Unit {
  var value = x[i];
  if (PARTS) {
    for (var s = 1u; s < p.parts; s++) { value += x[s * p.M * p.K + i]; }
  }
  return value;
}

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

// The mean and the inverse standard deviation of the K Units of x from `at` on.
fn statistics(at: u32, local: u32) -> vec2f {
  var sum = 0.0;
  for (var k = local; k < p.K; k += size) { sum += sumOf(input(at + k)); }
  let count = f32(p.K * unitSize);
  let mean = sumAll(sum, local) / count;
  var squares = 0.0;
  for (var k = local; k < p.K; k += size) {
    let centred = input(at + k) - mean;
    squares += dotOf(centred, centred);
  }
  return vec2f(mean, 1.0 / sqrt(sumAll(squares, local) / count + p.epsilon));
}

fn normalized(value: Unit, norm: vec2f, k: u32) -> Unit {
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

  if (PARTS && group.x == 0u) {
    for (var k = local; k < rows * p.K; k += size) { summed[m0 * p.K + k] = input(m0 * p.K + k); }
  }
  var norm{r} = vec2f();
  if (NORM) {
    for (var r = 0u; r < rows; r++) {
      let norm = statistics((m0 + r) * p.K, local);
      if (r == {r}u) { norm{r} = norm; }
    }
  }

  let at{r} = min(m0 + {r}u, p.M - 1u) * p.K;
  var sum{r} = vec4f();
  let begin = group.z * p.kPerSplit;
  let end = min(p.K, begin + p.kPerSplit);
  for (var k = begin + slice; k < end; k += slices) {
    let weights = weightsAt(4u * (k * unitSize * quads + min(quad, quads - 1u)), 4u * quads);
    sum{r} += product(normalized(input(at{r} + k), norm{r}, k), weights);
  }
  for (var r = 0u; r < rows; r++) {
    var sum = sum0;
    if (r == {r}u) { sum = sum{r}; }
    workgroupBarrier();
    partial[local] = sum;
    workgroupBarrier();
    for (var half = p.S * width / 2u; half >= width; half /= 2u) {
      if (local < half) { partial[local] += partial[local + half]; }
      workgroupBarrier();
    }
    if (slice == 0u && quad < quads) {
      var value = partial[local];
      let out = (m0 + r) * quads + quad;
      if (group.z == 0u) {
        value += bias[quad];
        if (RESIDUAL) { value += residual[out]; }
      }
      if (ACTIVATE) { value = activated(value); }
      y[group.z * p.M * quads + out] = value;
    }
  }
}
