// Shared by the kernels attention, attention grad queries and attention grad keys: causal multi-head
// attention after FlashAttention-2 (Dao, arXiv:2307.08691), with one invocation per block of rows instead
// of one workgroup per tile.
//
// No buffer of size T² exists: the forward pass keeps the logarithm of each row's sum of exponentials
// (`logSums`), and the backward pass recomputes the probabilities from it. Dropout acts on the
// probabilities; element [b, h, t, j] of the mask has the index that it has in a [B, H, T, T] array.
//
// kernels.ts puts random.wgsl and two constants before this file, and declares the buffers after it
// with access functions: `read<Name>(at, d)` reads the d-th vec4 of the head that starts at element `at`.
//   headQuads          vec4s per head: D / 4, rounded up
//   rowsPerInvocation  query rows (or key rows) of one invocation; each row it loads is used for all of them
//
// Variables in loops are set to zero explicitly: on Dawn (npm webgpu 0.6.2) with lavapipe, a `var`
// without a value keeps that of the last iteration, which the specification forbids.
//
// qkv is [N, 3C]: one row per token with q, then k, then v; head h has the columns h·D … (h + 1)·D − 1
// of each.

struct Params {
  B: u32, T: u32, H: u32, D: u32,
  scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;

override DROPOUT: bool = false;
alias Row = array<vec4f, headQuads>;

struct Place {
  head: u32,      // b · H + h
  row: u32,       // the first row t of this invocation
  sequence: u32,  // the row of qkv at which the sequence starts
  column: u32,    // h · D
}

fn placeOf(index: u32) -> Place {
  let blocks = (p.T + rowsPerInvocation - 1u) / rowsPerInvocation;
  var place: Place;
  place.head = index / blocks;
  place.row = (index % blocks) * rowsPerInvocation;
  place.sequence = (place.head / p.H) * p.T;
  place.column = (place.head % p.H) * p.D;
  return place;
}

fn invocations() -> u32 {
  return p.B * p.H * ((p.T + rowsPerInvocation - 1u) / rowsPerInvocation);
}

// The element of qkv at which row t of q (part 0), k (1) or v (2) starts. Rows past the end give the last row.
fn qkvAt(place: Place, t: u32, part: u32) -> u32 {
  let C = p.H * p.D;
  return (place.sequence + min(t, p.T - 1u)) * 3u * C + part * C + place.column;
}

// The same for y and dy [N, C].
fn outAt(place: Place, t: u32) -> u32 {
  return (place.sequence + min(t, p.T - 1u)) * p.H * p.D + place.column;
}

fn attentionMask(place: Place, t: u32, j: u32) -> f32 {
  if (!DROPOUT) { return 1.0; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  return dropoutElement((place.head * p.T + t) * p.T + j, site, p.dropThreshold, p.dropKeep);
}
