// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * Creates a GPT-2 with random weights as an ONNX model that decodes one token, for ONNX Runtime Web.
 * Inputs `id` [1], `position` [1] and `past_k.0` … [1, H, P, D]; outputs `logits` [1, V] and
 * `present_k.0` …. The few messages of the format (onnx.proto) that it needs are encoded by hand.
 */

const encoder = new TextEncoder();

function varint(value) {
  const bytes = [];
  let rest = BigInt(value);
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
const number = (field, value) => [varint(field * 8), varint(value)];
const float = (field, value) => [
  varint(field * 8 + 5),
  new Uint8Array(Float32Array.of(value).buffer),
];
/** A field of bytes, given as a flat list of pieces, which are joined at the end. */
function bytes(field, pieces) {
  const flat = [pieces].flat(9);
  return [
    varint(field * 8 + 2),
    varint(flat.reduce((sum, piece) => sum + piece.byteLength, 0)),
    ...flat,
  ];
}
const text = (field, value) => bytes(field, encoder.encode(value));

const tensor = (name, dims, data, type) => [
  ...dims.map((d) => number(1, d)),
  ...[number(2, type), text(8, name), bytes(9, new Uint8Array(data.buffer))],
];
const valueInfo = (name, type, dims) => {
  const shape = dims.map((d) => bytes(1, typeof d === 'number' ? number(1, d) : text(2, d)));
  return [text(1, name), bytes(2, bytes(1, [number(1, type), bytes(2, shape)]))];
};
const attribute = (name, value) => {
  if (Array.isArray(value))
    return [text(1, name), ...value.map((v) => number(8, v)), number(20, 7)];
  return Number.isInteger(value)
    ? [text(1, name), number(3, value), number(20, 2)]
    : [text(1, name), float(2, value), number(20, 1)];
};

/** The bytes of the file. */
export function gpt2Onnx({ L, C, H, T, V }, random) {
  const D = C / H;
  const [nodes, weights, inputs, outputs] = [[], [], [], []];
  let count = 0;
  const op = (type, from, attributes = {}, results = 1, domain = '') => {
    const names = Array.from({ length: results }, () => `t${count++}`);
    nodes.push(
      bytes(1, [
        ...from.map((name) => text(1, name)),
        ...names.map((name) => text(2, name)),
        ...[text(4, type), domain ? text(7, domain) : []],
        ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      ]),
    );
    return results === 1 ? names[0] : names;
  };
  const rename = (from, to) =>
    nodes.push(bytes(1, [text(1, from), text(2, to), text(4, 'Identity')]));
  const weight = (dims, fill) => {
    const name = `w${count++}`;
    const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
    for (let i = 0; i < data.length; i++) data[i] = fill ?? 0.07 * (random() - 0.5);
    weights.push(bytes(5, tensor(name, dims, data, 1)));
    return name;
  };
  const shape = (dims) => {
    const name = `s${count++}`;
    weights.push(bytes(5, tensor(name, [dims.length], BigInt64Array.from(dims, BigInt), 7)));
    return name;
  };
  const norm = (x) =>
    op('LayerNormalization', [x, weight([C], 1), weight([C], 0)], { epsilon: 1e-5 });
  const linear = (x, n, m) => op('Gemm', [x, weight([n, m]), weight([m], 0)]);

  for (const name of ['id', 'position']) inputs.push(bytes(11, valueInfo(name, 7, [1])));
  const wte = weight([V, C]);
  let x = op('Add', [op('Gather', [wte, 'id']), op('Gather', [weight([T, C]), 'position'])]);
  const scale = weight([1], 1 / Math.sqrt(D));
  const [heads, row] = [shape([1, H, 1, D]), shape([1, C])];
  for (let i = 0; i < L; i++) {
    const parts = op('Split', [linear(norm(x), C, 3 * C)], { axis: 1 }, 3);
    const [q, ...kv] = parts.map((part) => op('Reshape', [part, heads]));
    const [k, v] = ['k', 'v'].map((name, j) => {
      inputs.push(bytes(11, valueInfo(`past_${name}.${i}`, 1, [1, H, 'P', D])));
      outputs.push(bytes(12, valueInfo(`present_${name}.${i}`, 1, [1, H, 'N', D])));
      const present = op('Concat', [`past_${name}.${i}`, kv[j]], { axis: 2 });
      rename(present, `present_${name}.${i}`);
      return present;
    });
    const scores = op('MatMul', [
      op('Mul', [q, scale]),
      op('Transpose', [k], { perm: [0, 1, 3, 2] }),
    ]);
    const attended = op('MatMul', [op('Softmax', [scores], { axis: -1 + 4 }), v]);
    x = op('Add', [x, linear(op('Reshape', [attended, row]), C, C)]);
    const inner = op('FastGelu', [linear(norm(x), C, 4 * C)], {}, 1, 'com.microsoft');
    x = op('Add', [x, linear(inner, 4 * C, C)]);
  }
  rename(op('Gemm', [norm(x), wte], { transB: 1 }), 'logits');
  outputs.unshift(bytes(12, valueInfo('logits', 1, [1, V])));
  const graph = [...nodes, text(2, 'gpt2'), ...weights, ...inputs, ...outputs];
  const opset = (domain, version) => bytes(8, [text(1, domain), number(2, version)]);
  const pieces = [number(1, 8), opset('', 17), opset('com.microsoft', 1), bytes(7, graph)].flat(9);
  const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.byteLength;
  }
  return file;
}
