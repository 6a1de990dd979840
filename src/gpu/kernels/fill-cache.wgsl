// kernel fill cache
//
// Copies the keys and values of a prompt's qkv [B·T, 3C] into two caches [B, H, S, D], and sets the
// positions from T on to zero. Each invocation writes one element of each cache.
//
// Bindings: 1 qkv, 2 keys, 3 values.

struct Params { B: u32, T: u32, H: u32, S: u32, D: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> qkv: array<f32>;
@group(0) @binding(2) var<storage, read_write> keys: array<f32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.B * p.H * p.S * p.D) { return; }
  let d = i % p.D;
  let s = (i / p.D) % p.S;
  let h = (i / (p.D * p.S)) % p.H;
  let b = i / (p.D * p.S * p.H);
  let C = p.H * p.D;
  var key = 0.0;
  var value = 0.0;
  if (s < p.T) {
    let at = (b * p.T + s) * 3u * C + h * p.D + d;
    key = qkv[at + C];
    value = qkv[at + 2u * C];
  }
  keys[i] = key;
  values[i] = value;
}
