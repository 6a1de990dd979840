/**
 * Writes the WGSL of causal attention in tiles, forward and backward, after FlashAttention-2 (Dao,
 * arXiv:2307.08691): nothing of size T² is stored, the forward pass keeps the log-sum-exp of each row, and
 * the backward pass recomputes the probabilities from it.
 *
 * A workgroup of 8 × 16 invocations owns a block of 32 rows of one head (queries, or keys for the
 * gradients of k and v) and walks over the other side in tiles of 32 columns. For a tile, an invocation
 * computes 2 × 4 scores; then, of its two rows, those quads of the head that are its own. Tiles of the
 * operands lie in workgroup memory, a slice of the head at a time, so that heads of any size fit into the
 * 16 KiB that every adapter has.
 *
 * Everything that would be a private array is unrolled in the text: compilers keep private arrays in
 * memory as soon as they can't prove every index, and then a score costs more than its multiplications.
 * The text has as few barriers and loads as it can, because lavapipe, on which the tests run, compiles
 * each of them slowly.
 *
 * Row i of a block is 2 y + r and column j of a tile is 4 x + c, for the invocation (x, y), so that the
 * four columns of an invocation share one hash of the dropout mask. In workgroup memory they lie in the
 * order (r, y) and (c, x): neighbours read neighbours.
 *
 * attention-kernels.ts puts random.wgsl before this text, and the buffers with functions that access them:
 * `read<Name>(at, d)` gives quad d of the head that starts at element `at`, zeros past the end of the
 * head, and `write<Name>(at, d, value)` writes nothing there. So a text serves several sizes of heads.
 */

import {
  acrossRow,
  BLOCK_ROWS,
  COLUMNS,
  main,
  outputGradient,
  products,
  qkv,
  ROWS,
  scaledQkv,
  scores,
  Tiles,
} from './attention-parts.ts';
import { COMPONENTS, loop, times } from './unroll.ts';

/** A loop over the tiles from that of column `start` to that of `end` − 1, each of which begins at `tileStart`. */
const tilesOf = (start: string, body: string): string => `
  let firstTile = ${start} / ${COLUMNS}u;
  let tileCount = max(firstTile, (end + ${COLUMNS - 1}u) / ${COLUMNS}u) - firstTile;
  ${loop(
    'tileIndex',
    'tileCount',
    `    let tileStart = (firstTile + tileIndex) * ${COLUMNS}u;
${body}`,
  )}`;

/** Whether row r of an invocation attends to its column c. */
const isSeen = (r: number, c: number): string => `j + ${c}u >= begin${r} && j + ${c}u <= row${r}`;

/** y = dropout(softmax(q kᵀ / √D)) v with an online softmax, and the log-sum-exp of each row. */
export function attentionForwardText(headQuads: number): string {
  const tiles = new Tiles(headQuads);
  const { outputQuads } = tiles;
  return main(`
${times(ROWS, (r) => `  let begin${r} = documentOf(place, row${r}).x;\n  var top${r} = -1e30;\n  var total${r} = 0.0;`)}
${tiles.outputs((r, o) => `  var out${r}_${o} = vec4f();`)}
  let end = min(p.T, first + ${BLOCK_ROWS}u);
  let start = documentOf(place, first).x;
  ${tilesOf(
    'start',
    `${products({ into: 's', rows: scaledQkv(0), columns: qkv(1) })}
    let j = tileStart + 4u * x;
${scores((r, c) => `    s${r}_${c} = select(-1e30, s${r}_${c}, ${isSeen(r, c)});`)}
${acrossRow((r) => `max(max(s${r}_0, s${r}_1), max(s${r}_2, s${r}_3))`, 'newTop', 'max')}
${times(
  ROWS,
  (r) => `    {
      newTop${r} = max(newTop${r}, top${r});
      let rescale = exp(top${r} - newTop${r});
      top${r} = newTop${r};
${times(4, (c) => `      s${r}_${c} = select(0.0, exp(s${r}_${c} - newTop${r}), ${isSeen(r, c)});`)}
      total${r} = total${r} * rescale + ((s${r}_0 + s${r}_1) + (s${r}_2 + s${r}_3));
${times(outputQuads, (o) => `      out${r}_${o} *= rescale;`)}
      let mask = maskQuad(place, row${r}, j);
${times(4, (c) => `      s${r}_${c} *= mask.${COMPONENTS[c]};`)}
    }`,
)}
${tiles.weighted('out', 's', qkv(2))}`,
  )}
${acrossRow((r) => `total${r}`, 'sum', 'add')}
${times(
  ROWS,
  (r) => `  if (row${r} < p.T) {
    let at = outAt(place, row${r});
${times(outputQuads, (o) => `    writeOut(at, x + ${8 * o}u, out${r}_${o} / sum${r});`)}
    if (x == 0u) { logSums[head * p.T + row${r}] = top${r} + log(sum${r}); }
  }`,
)}`);
}

/**
 * dq = Σ_j p (dp − D) k / √D, with p the probabilities, dp = (dy · v) ∘ mask and D = Σ dy ∘ y (which is
 * Σ p ∘ dp). Also writes D for the keys' kernel.
 */
export function attentionQueriesText(headQuads: number): string {
  const tiles = new Tiles(headQuads);
  const { outputQuads } = tiles;
  return main(`
${times(
  ROWS,
  (r) => `  let begin${r} = documentOf(place, row${r}).x;
  let logSum${r} = logSums[head * p.T + min(row${r}, p.T - 1u)];
  var own${r} = 0.0;`,
)}
  for (var d = x; 4u * d < p.D; d += 8u) {
${times(ROWS, (r) => `    own${r} += dot(readDy(outAt(place, row${r}), d), readY(outAt(place, row${r}), d));`)}
  }
${acrossRow((r) => `own${r}`, 'rowDot', 'add')}
${tiles.outputs((r, o) => `  var dq${r}_${o} = vec4f();`)}
  let end = min(p.T, first + ${BLOCK_ROWS}u);
  let start = documentOf(place, first).x;
  ${tilesOf(
    'start',
    `${products(
      { into: 's', rows: scaledQkv(0), columns: qkv(1) },
      { into: 'dp', rows: outputGradient, columns: qkv(2) },
    )}
    let j = tileStart + 4u * x;
${times(
  ROWS,
  (r) => `    {
      let mask = maskQuad(place, row${r}, j);
${times(
  4,
  (
    c,
  ) => `      let probability${c} = select(0.0, exp(min(s${r}_${c} - logSum${r}, 0.0)), ${isSeen(r, c)});
      s${r}_${c} = probability${c} * (dp${r}_${c} * mask.${COMPONENTS[c]} - rowDot${r});`,
)}
    }`,
)}
${tiles.weighted('dq', 's', qkv(1))}`,
  )}
${times(
  ROWS,
  (r) => `  if (row${r} < p.T) {
    let at = qkvAt(place, row${r}, 0u);
${times(outputQuads, (o) => `    writeDqkv(at, x + ${8 * o}u, dq${r}_${o} * p.scale);`)}
    if (x == 0u) { rowDots[head * p.T + row${r}] = rowDot${r}; }
  }`,
)}`);
}

/**
 * dv = Σ_t (p ∘ mask) dy and dk = Σ_t p (dp − D) q / √D over the queries t ≥ j. Rows of a block are keys,
 * columns of a tile are queries. Runs after the queries' kernel, which leaves D in rowDots.
 */
export function attentionKeysText(headQuads: number): string {
  const tiles = new Tiles(headQuads);
  const { outputQuads } = tiles;
  return main(`
${tiles.outputs((r, o) => `  var dk${r}_${o} = vec4f();\n  var dv${r}_${o} = vec4f();`)}
  let end = documentOf(place, first + ${BLOCK_ROWS - 1}u).y;
  ${tilesOf(
    'first',
    `${products(
      { into: 's', rows: scaledQkv(1), columns: qkv(0) },
      { into: 'dp', rows: qkv(2), columns: outputGradient },
    )}
${times(
  4,
  (c) => `    {
      let t = tileStart + 4u * x + ${c}u;
      let at = head * p.T + min(t, p.T - 1u);
      let logSum = logSums[at];
      let rowDot = rowDots[at];
      let begin = documentOf(place, t).x;
      let quad = maskQuad(place, t, row0 & ~3u);
      let mask = select(quad.xy, quad.zw, (row0 & 2u) == 2u);
${times(
  ROWS,
  (r) => `      {
        let isSeen = row${r} >= begin && row${r} <= t && t < p.T;
        let probability = select(0.0, exp(min(s${r}_${c} - logSum, 0.0)), isSeen);
        s${r}_${c} = probability * mask.${COMPONENTS[r]};
        dp${r}_${c} = probability * (dp${r}_${c} * mask.${COMPONENTS[r]} - rowDot);
      }`,
)}
    }`,
)}
${tiles.weighted('dv', 's', outputGradient)}
${tiles.weighted('dk', 'dp', qkv(0))}`,
  )}
${times(
  ROWS,
  (r) => `  if (row${r} < p.T) {
    let keyAt = qkvAt(place, row${r}, 1u);
    let valueAt = qkvAt(place, row${r}, 2u);
${times(
  outputQuads,
  (o) => `    writeDqkv(keyAt, x + ${8 * o}u, dk${r}_${o} * p.scale);
    writeDqkv(valueAt, x + ${8 * o}u, dv${r}_${o});`,
)}
  }`,
)}`);
}
