// kernel to halves
//
// Stores float32 elements as pairs of float16, four by each invocation. Values that are too large become the
// largest float16, because an infinity would spoil every sum that includes it.
//
// Bindings: 1 x, 2 y.

struct Params { quads: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec2u>;

const largest = vec4f(65504.0);

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.quads) { return; }
  let values = clamp(x[i], -largest, largest);
  y[i] = vec2u(pack2x16float(values.xy), pack2x16float(values.zw));
}
