// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/**
 * @jax-js/jax as a peer: the same GPT-2 (tied head, GELU with tanh, clipping at 1, AdamW) with one jitted function
 * per step, written as its documentation recommends. Its arrays are reference-counted, and `.ref` keeps one.
 */

import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';

/* It uses iterator helpers, which Node 20 has not. */
const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
iterators.map ??= function* (f) {
  for (const x of this) yield f(x);
};
iterators.filter ??= function* (f) {
  for (const x of this) if (f(x)) yield x;
};

const epsilon = 1e-5;

function layerNorm(x, gain, bias) {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(epsilon)))
    .mul(gain)
    .add(bias);
}

function attention(x, p, { B, T, H, C }) {
  const qkv = np
    .matmul(x, p.wqkv)
    .add(p.bqkv)
    .reshape([B, T, 3, H, C / H]);
  const q = qkv.ref.slice([], [], 0);
  const k = qkv.ref.slice([], [], 1);
  const v = qkv.slice([], [], 2);
  const y = nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([B, T, C]);
  return np.matmul(y, p.wo).add(p.bo);
}

function lossOf(params, ids, targets, shape) {
  const { B, T, V } = shape;
  const { wte, wpe, blocks, gain, bias } = params;
  const embedded = np.matmul(nn.oneHot(ids, V), wte.ref); // because a gather has no gradient under its jit
  let x = embedded.reshape([B, T, shape.C]).add(wpe);
  for (const p of blocks) {
    x = x.ref.add(attention(layerNorm(x, p.gain1, p.bias1), p, shape));
    const inner = nn.gelu(np.matmul(layerNorm(x.ref, p.gain2, p.bias2), p.w1).add(p.b1));
    x = x.add(np.matmul(inner, p.w2).add(p.b2));
  }
  const logits = np.matmul(layerNorm(x, gain, bias).reshape([B * T, shape.C]), np.transpose(wte));
  return np.mean(np.sum(nn.logSoftmax(logits, -1).mul(nn.oneHot(targets, V)), -1)).neg();
}

function adamw(w, m, v, g, scale, stepSize, rootCorrection) {
  const clipped = g.mul(scale);
  const nextM = m.mul(0.9).add(clipped.ref.mul(0.1));
  const nextV = v.mul(0.999).add(np.square(clipped).mul(0.001));
  const change = nextM.ref.div(np.sqrt(nextV.ref).mul(rootCorrection).add(1e-8)).mul(stepSize);
  return [w.sub(change), nextM, nextV];
}

/** Returns a function that runs one step and returns its loss. */
export async function createStep({ L, C, H, T, B, V }, { backend }, random) {
  await init(backend);
  defaultDevice(backend);
  const shape = { L, C, H, T, B, V };
  const make = (...s) => {
    const data = Float32Array.from(
      { length: s.reduce((a, b) => a * b, 1) },
      () => 0.07 * (random() - 0.5),
    );
    return np.array(data).reshape(s);
  };
  const block = () => ({
    ...{ gain1: np.ones([C]), bias1: np.zeros([C]), gain2: np.ones([C]), bias2: np.zeros([C]) },
    ...{ wqkv: make(C, 3 * C), bqkv: np.zeros([3 * C]), wo: make(C, C), bo: np.zeros([C]) },
    ...{ w1: make(C, 4 * C), b1: np.zeros([4 * C]), w2: make(4 * C, C), b2: np.zeros([C]) },
  });
  let params = {
    ...{ wte: make(V, C), wpe: make(T, C), gain: np.ones([C]), bias: np.zeros([C]) },
    blocks: Array.from({ length: L }, block),
  };
  const zeros = () => tree.map((x) => np.zeros(x.shape), params);
  let m = zeros();
  let v = zeros();
  const step = jit((w, m, v, ids, targets, stepSize, rootCorrection) => {
    const [loss, gradients] = valueAndGrad((p) => lossOf(p, ids, targets, shape))(tree.ref(w));
    const squares = tree.leaves(gradients).map((g) => np.sum(np.square(g.ref)));
    const norm = np.sqrt(squares.reduce((a, b) => a.add(b)));
    const scale = np.minimum(np.array(1).div(norm.add(1e-6)), 1);
    const [ws, structure] = tree.flatten(w);
    const [ms, vs, gs] = [tree.leaves(m), tree.leaves(v), tree.leaves(gradients)];
    const next = ws.map((x, i) =>
      adamw(x, ms[i], vs[i], gs[i], scale.ref, stepSize.ref, rootCorrection.ref),
    );
    const part = (i) =>
      tree.unflatten(
        structure,
        next.map((n) => n[i]),
      );
    return [part(0), part(1), part(2), loss];
  });
  const tokens = () => np.array(Int32Array.from({ length: B * T }, () => Math.floor(V * random())));
  const [ids, targets] = [tokens(), tokens()];
  let t = 0;
  return async () => {
    t++;
    const stepSize = np.array(1e-3 / (1 - 0.9 ** t));
    const rootCorrection = np.array(1 / Math.sqrt(1 - 0.999 ** t));
    let loss;
    [params, m, v, loss] = step(params, m, v, ids.ref, targets.ref, stepSize, rootCorrection);
    await blockUntilReady(params);
    return (await loss.data())[0];
  };
}
