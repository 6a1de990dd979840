// Shared by kernels that write or read pairs of float16. Values that are too large become the largest float16, because
// an infinity would spoil every sum that includes it.

const largest = vec4f(65504.0);

fn toHalves(x: vec4f) -> vec2u {
  let values = clamp(x, -largest, largest);
  return vec2u(pack2x16float(values.xy), pack2x16float(values.zw));
}

fn fromHalves(words: vec2u) -> vec4f {
  return vec4f(unpack2x16float(words.x), unpack2x16float(words.y));
}
