/**
 * Writes the WGSL of a tiled matrix product for hardware.
 *
 * A workgroup computes a tile of C from tiles of A and B that it keeps in workgroup memory; an invocation
 * keeps its part of C in variables of its own, one for each quad of a row. Everything that would be an
 * array or a short loop is unrolled in the text, because what compilers make of arrays in private memory
 * ranges from registers to memory off the chip. Source: Simon Boehm, "How to Optimize a CUDA Matmul
 * Kernel for cuBLAS-like Performance" (kernels 5 to 6), and CUTLASS's "efficient GEMM".
 *
 * Both tiles lie [k][row or column] in vec4s whatever the operand's layout. An operand that is stored
 * along k is fetched in blocks of 4 × 4, which are transposed on their way into the tile. Rows of a tile
 * have one vec4 of padding, so that these writes fall into different banks.
 *
 * The text goes behind matmul-common.wgsl and matmul-vec4.wgsl.
 */

import {
  eachSum,
  lowRankElements,
  mainStart,
  scaleLowRank,
  sumNames,
  type TileVariant,
} from './product-text.ts';
import { TileLoader } from './tile-loader.ts';
import { tileExtent, type TileShape } from './tile-shapes.ts';
import { COMPONENTS, loop, times } from './unroll.ts';

/** Rounds of the innermost loop; a tile's depth is a multiple of it. */
export const STEPS = 4;

/** The `main` of a product; throws where a shape can't do a variant. */
export function matmulTilesText(shape: TileShape, variant: TileVariant): string {
  const { lanesX, lanesY, rows, columns, depth, loads } = shape;
  const { M, N } = tileExtent(shape);
  const a = new TileLoader('a', shape, M, !variant.isTransposedA, 0);
  const b = new TileLoader('b', shape, N, variant.isTransposedB, a.tileSize);
  const rowQuads = rows / 4;
  const columnQuads = columns / 4;
  const lanes = lanesX * lanesY;

  const unroll = depth / STEPS;
  const multiply = `    ${loop(
    'i',
    'steps',
    `      let atA = (i % ${STEPS}u) * ${unroll * a.tileStride}u + local.y;
      let atB = (i % ${STEPS}u) * ${unroll * b.tileStride}u + local.x;
${times(
  unroll,
  (
    u,
  ) => `${times(rowQuads, (r) => `      let x${u}_${r} = tile[atA + ${u * a.tileStride + r * lanesY}u];`)}
${times(columnQuads, (q) => `      let y${u}_${q} = tile[atB + ${a.tileSize + u * b.tileStride + q * lanesX}u];`)}
${eachSum(shape, (sum, r, q) => `      ${sum} = fma(vec4f(x${u}_${Math.floor(r / 4)}.${COMPONENTS[r % 4]}), y${u}_${q}, ${sum});`)}`,
)}`,
  )}`;

  const loadA = (k: string) =>
    a.load(k, 'end', {
      read: 'readA',
      offset: 'offsets.a',
      stride: 'p.lda',
      first: 'm0',
      limit: 'p.M',
    });
  const loadB = (k: string) =>
    b.load(k, 'end', {
      read: 'readB',
      offset: 'offsets.b',
      stride: 'p.ldb',
      first: 'n0',
      limit: 'p.N',
    });
  const columnSum = variant.hasColumnSums
    ? b.registers.map((name) => `    columnSum += ${name};`).join('\n')
    : '';
  const declare = [...a.registers, ...b.registers]
    .map((name) => `  var ${name}: vec4f;`)
    .join('\n');

  // Without loading ahead, an operand is stored before the next one is loaded: half the registers.
  const walk =
    loads === 'ahead'
      ? `${loadA('begin')}
${loadB('begin')}
  ${loop(
    'round',
    'rounds',
    `    let k = begin + ${depth}u * round;
${columnSum}
    workgroupBarrier();
${a.store()}
${b.store()}
    workgroupBarrier();
    let next = k + ${depth}u;
    if (next < end) {
${loadA('next')}
${loadB('next')}
    }
${multiply}`,
  )}`
      : `  ${loop(
          'round',
          'rounds',
          `    let k = begin + ${depth}u * round;
    workgroupBarrier();
${loadA('k')}
${a.store()}
${loadB('k')}
${columnSum}
${b.store()}
    workgroupBarrier();
${multiply}`,
        )}`;

  const lowRank = lowRankText(shape, variant, multiply);
  // The sums go through workgroup memory, some at a time, so that the epilogue stands in the text once
  // and needs no register for the sums that wait.
  const sums = sumNames(shape);
  const atOnce = Math.min(sums.length, Math.floor((a.tileSize + b.tileSize) / lanes));
  const stash = lanes * atOnce;
  const finishAll = times(Math.ceil(sums.length / atOnce), (part) => {
    const own = sums.slice(part * atOnce, (part + 1) * atOnce);
    const store = own.map((sum, at) => `  tile[index + ${at * lanes}u] = ${sum};`).join('\n');
    return `${store}
  for (var i = 0u; i < select(${own.length}u, 0u, p.endTile == 0u); i++) {
    let at = i + ${part * atOnce}u;
    let row = at / ${columnQuads}u;
    let quad = at % ${columnQuads}u;
    storeResult(
      m + (row / 4u) * ${4 * lanesY}u + row % 4u,
      n + quad * ${4 * lanesX}u,
      offsets.c,
      tile[index + i * ${lanes}u],
    );
  }`;
  });
  const slices = lanes / (N / 4);
  const finishColumns = variant.hasColumnSums
    ? `  workgroupBarrier();
  tile[index] = columnSum; // [slice][quad]
  workgroupBarrier();
  if (m0 == 0u && index < ${N / 4}u) {
    let total = ${Array.from({ length: slices }, (_, i) => `tile[index + ${(i * N) / 4}u]`).join(' + ')};
    storeColumnSums(n0 + 4u * index, offsets.split, total);
  }`
    : '';

  return `
var<workgroup> tile: array<vec4f, ${Math.max(a.tileSize + b.tileSize, stash)}>;
${lowRank.functions}
${mainStart(shape)}
  let end = min(p.K, begin + p.kPerSplit);
  let rounds = (max(begin, end) - begin + ${depth - 1}u) / ${depth}u;
  let steps = p.steps;
${a.places()}
${b.places()}
${declare}
${eachSum(shape, (sum) => `  var ${sum}: vec4f;`)}
${variant.hasColumnSums ? '  var columnSum: vec4f;' : ''}
${lowRank.before}
${walk}
  if (tileIndex >= p.endTile) { return; }
  workgroupBarrier();
${finishAll}
${finishColumns}
}
`;
}

/** The low-rank product goes before the main one, as one more tile or two along k. */
function lowRankText(
  shape: TileShape,
  variant: TileVariant,
  multiply: string,
): { readonly functions: string; readonly before: string } {
  const { lowRank } = variant;
  if (lowRank === 'none') return { functions: '', before: '' };
  const { lanesX, lanesY, depth } = shape;
  const { M, N } = tileExtent(shape);
  const lanes = lanesX * lanesY;
  const fill = (name: string, extent: number, element: string, base: number) => {
    const items = (extent / 4) * depth;
    return `    for (var i = index; i < ${items}u; i += ${lanes}u) {
      let k = r + i / ${extent / 4}u;
      let at = 4u * (i % ${extent / 4}u);
      tile[${base}u + (i / ${extent / 4}u) * ${extent / 4 + 1}u + i % ${extent / 4}u] = vec4f(${[0, 1, 2, 3].map((j) => `${element}(k, at + ${j}u${name === 'A' ? ' + m0' : ' + n0'})`).join(', ')});
    }`;
  };
  return {
    functions: lowRankElements(lowRank),
    before: `  if (offsets.split == 0u) {
    let lowRounds = (p.rank + ${depth - 1}u) / ${depth}u;
    ${loop(
      'lowRound',
      'lowRounds',
      `      let r = ${depth}u * lowRound;
    workgroupBarrier();
${fill('A', M, 'lowElement', 0)}
${fill('B', N, 'factorElement', depth * (M / 4 + 1))}
    workgroupBarrier();
${multiply}`,
    )}
${scaleLowRank(shape, variant)}
  }`,
  };
}
