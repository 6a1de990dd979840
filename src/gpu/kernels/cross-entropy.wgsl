// kernel cross entropy [GRADIENT]
//
// Softmax cross-entropy of a chunk of logits [rows, V], whose rows are `stride` apart. With GRADIENT it
// replaces the logits by the gradient of the loss, (softmax − one-hot) · scale, which is zero in rows that
// don't count (target < 0) and in the padding (llm.c's `llmc/fused_classifier.cuh` does the same in place).
//
// `lanes` invocations share a row (row-sum.wgsl). The first pass finds the maximum and the sum of
// exponentials together, rescaling the sum when the maximum grows (Milakov & Gimelshein, "Online normalizer
// calculation for softmax", arXiv:1805.02867); the second pass writes the gradient. Each invocation reads
// and writes only its own columns, four at a time, so no invocation can read a logit that another has
// overwritten.
//
// Bindings: 1 logits [rows, stride], 2 targets [N], 3 losses [N]. The first row of the chunk is row `first`
// of targets and losses.

struct Params { rows: u32, V: u32, quads: u32, first: u32, scale: f32 } // stride = 4 · quads

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(2) var<storage, read> targets: array<i32>;
@group(0) @binding(3) var<storage, read_write> losses: array<f32>;

override GRADIENT: bool = false;

const noLogit = -1e30; // in the padding

// The columns of quad q, and its logits without the padding.
fn columnsOf(q: u32) -> vec4u { return 4u * q + vec4u(0u, 1u, 2u, 3u); }
fn logitsOf(at: u32, q: u32) -> vec4f {
  return select(vec4f(noLogit), logits[at + q], columnsOf(q) < vec4u(p.V));
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let isRow = row < p.rows;
  let at = row * p.quads;
  var expected = -1; // the target
  if (isRow) { expected = targets[p.first + row]; }
  let quads = select(0u, p.quads, isRow);

  var maxLogit = noLogit;
  var sumExp = 0.0;
  var targetLogit = 0.0;
  for (var q = lane; q < quads; q += lanes) {
    let quad = logitsOf(at, q);
    let largest = max(max(quad.x, quad.y), max(quad.z, quad.w));
    if (largest > maxLogit) {
      sumExp *= exp(maxLogit - largest);
      maxLogit = largest;
    }
    sumExp += dot(exp(quad - maxLogit), vec4f(1.0));
    let isTarget = vec4i(columnsOf(q)) == vec4i(expected);
    if (any(isTarget)) { targetLogit = dot(select(vec4f(), quad, isTarget), vec4f(1.0)); }
  }
  let rowMaxLogit = rowMax(maxLogit, local);
  let rowSumExp = rowSum(vec2f(sumExp * exp(maxLogit - rowMaxLogit), 0.0), local).x;
  if (!isRow) { return; }

  // The lane that has read the target's logit writes the loss.
  let isCounted = expected >= 0;
  let owner = select(0u, u32(max(expected, 0)) / 4u % lanes, isCounted);
  if (lane == owner) {
    losses[p.first + row] = select(0.0, log(rowSumExp) - (targetLogit - rowMaxLogit), isCounted);
  }
  if (GRADIENT) {
    let weight = select(0.0, p.scale, isCounted);
    for (var q = lane; q < p.quads; q += lanes) {
      let isTarget = vec4i(columnsOf(q)) == vec4i(expected);
      let softmax = exp(logitsOf(at, q) - rowMaxLogit) / rowSumExp;
      logits[at + q] = weight * softmax - select(vec4f(), vec4f(weight), isTarget);
    }
  }
}
