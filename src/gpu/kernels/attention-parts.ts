/**
 * The parts of the WGSL of attention in tiles (`attention-tiles.ts`): products of a block and a tile, sums weighted
 * with them, what a row's invocations combine, and the declarations that all three kernels have.
 */

import { COMPONENTS, loop, times } from './unroll.ts';

/** Invocations of a workgroup along the rows of a block; along the columns there are eight. */
const LANES_Y = 16;
const LANES = 8 * LANES_Y;
/** Rows per invocation. With four, the gradients of k and v took more than 128 registers. */
export const ROWS = 2;
/** Rows of the block that a workgroup owns. */
export const BLOCK_ROWS = LANES_Y * ROWS;
/** Columns of a tile. */
export const COLUMNS = 32;
/** Vec4s of workgroup memory that a quad of all rows takes, and one of all columns; one of padding. */
const ROW_STRIDE = BLOCK_ROWS + 1;
const COLUMN_STRIDE = COLUMNS + 1;
/** The same for the weights of two columns. */
const WEIGHT_STRIDE = LANES_Y + 1;
/** Quads of the head in workgroup memory while scores are computed, of all operands together. */
const SLICE_QUADS = 8;
/** Rounds of an innermost loop; see `Params.steps`. */
export const STEPS = 4;
/** `line` for each of an invocation's 2 × 4 scores. */
export function scores(line: (r: number, c: number) => string): string {
  return times(ROWS, (r) => times(4, (c) => line(r, c)));
}

/** A matrix of heads in a buffer: the function that reads a quad, and the element where row t starts. */
interface Operand {
  readonly read: string;
  readonly at: (t: string) => string;
}

/** q (part 0), k (1) or v (2). */
export const qkv = (part: 0 | 1 | 2, read = 'readQkv'): Operand => ({
  read,
  at: (t) => `qkvAt(place, ${t}, ${part}u)`,
});
export const scaledQkv = (part: 0 | 1): Operand => qkv(part, 'scaledQkv');
export const outputGradient: Operand = { read: 'readDy', at: (t) => `outAt(place, ${t})` };

/** The rows of a block times the columns of a tile, added to `{into}{r}_{c}`. */
interface Product {
  readonly into: string;
  readonly rows: Operand;
  readonly columns: Operand;
}

/** Computes products: a slice of the head of all of their operands at a time. */
export function products(...list: Product[]): string {
  const slice = SLICE_QUADS / list.length;
  const itemsAtOnce = LANES / slice;
  const size = slice * (ROW_STRIDE + COLUMN_STRIDE);
  const load = (operand: Operand, count: number, first: string, place: string, perLane: number) =>
    times(count / itemsAtOnce, (j) => {
      const t = `${first} + item + ${itemsAtOnce * j}u`;
      const to = `${place} + ${(itemsAtOnce / perLane) * j}u`;
      return `        tile[${to}] = ${operand.read}(${operand.at(t)}, slice + quad);`;
    });
  const multiply = ({ into }: Product, n: number) =>
    times(slice / STEPS, (u) => {
      const row = (r: number) => n * size + u * ROW_STRIDE + LANES_Y * r;
      const column = (c: number) => n * size + slice * ROW_STRIDE + u * COLUMN_STRIDE + 8 * c;
      const line = (r: number, c: number, e: string) =>
        `        ${into}${r}_${c} = fma(row${n}${u}_${r}.${e}, column${n}${u}_${c}.${e}, ${into}${r}_${c});`;
      return `${times(ROWS, (r) => `        let row${n}${u}_${r} = tile[rowAt + ${row(r)}u];`)}
${times(4, (c) => `        let column${n}${u}_${c} = tile[columnAt + ${column(c)}u];`)}
${COMPONENTS.map((e) => scores((r, c) => line(r, c, e))).join('\n')}`;
    });
  return `${list.map(({ into }) => scores((r, c) => `    var ${into}${r}_${c} = 0.0;`)).join('\n')}
    let sliceCount = (p.D + ${4 * slice - 1}u) / ${4 * slice}u;
    ${loop(
      'sliceIndex',
      'sliceCount',
      `      let slice = sliceIndex * ${slice}u;
      workgroupBarrier();
      {
        let quad = index % ${slice}u;
        let item = index / ${slice}u;
        let rowPlace = quad * ${ROW_STRIDE}u + (item % ${ROWS}u) * ${LANES_Y}u + item / ${ROWS}u;
        let columnPlace = quad * ${COLUMN_STRIDE}u + (item % 4u) * 8u + item / 4u;
${list
  .map(
    ({ rows, columns }, n) => `${load(rows, BLOCK_ROWS, 'first', `rowPlace + ${n * size}u`, ROWS)}
${load(columns, COLUMNS, 'tileStart', `columnPlace + ${n * size + slice * ROW_STRIDE}u`, 4)}`,
  )
  .join('\n')}
      }
      workgroupBarrier();
      ${loop(
        'i',
        'steps',
        `        let rowAt = (i % ${STEPS}u) * ${(slice / STEPS) * ROW_STRIDE}u + y;
        let columnAt = (i % ${STEPS}u) * ${(slice / STEPS) * COLUMN_STRIDE}u + x;
${list.map(multiply).join('\n')}`,
      )}`,
    )}`;
}

/** What depends on the size of the heads. */
export class Tiles {
  /** Quads of the head that an invocation owns in its block's output: x, x + 8, … */
  readonly outputQuads: number;
  /** Quads of the head in a slice of the tile [column][quad]. */
  private readonly valueQuads: number;

  constructor(headQuads: number) {
    this.valueQuads = headQuads > 8 ? 16 : 8;
    this.outputQuads = (Math.ceil(headQuads / this.valueQuads) * this.valueQuads) / 8;
  }

  /** `line` for each of an invocation's 2 × outputQuads quads of output. */
  outputs(line: (r: number, o: number) => string): string {
    return times(ROWS, (r) => times(this.outputQuads, (o) => line(r, o)));
  }

  /** Adds up the columns of a tile, weighted with `{weight}{r}_{c}` of all invocations. */
  weighted(into: string, weight: string, column: Operand): string {
    const { valueQuads, outputQuads } = this;
    const own = valueQuads / 8;
    const itemsAtOnce = LANES / valueQuads;
    const unroll = COLUMNS / STEPS;
    const keep = times(2, (h) => {
      const parts = [2 * h, 2 * h + 1].map((c) => `${weight}0_${c}, ${weight}1_${c}`);
      return `    weights[(2u * x + ${h}u) * ${WEIGHT_STRIDE}u + y] = vec4f(${parts.join(', ')});`;
    });
    return times(outputQuads / own, (s) => {
      const load = times(COLUMNS / itemsAtOnce, (j) => {
        const at = column.at(`tileStart + index / ${valueQuads}u + ${itemsAtOnce * j}u`);
        const quad = `index % ${valueQuads}u + ${s * valueQuads}u`;
        return `    tile[index + ${LANES * j}u] = ${column.read}(${at}, ${quad});`;
      });
      const line = (u: number, r: number, o: number) => {
        const sum = `${into}${r}_${s * own + o}`;
        const part = COMPONENTS[2 * (u % 2) + r];
        return `      ${sum} = fma(vec4f(weight${u - (u % 2)}.${part}), value${u}_${o}, ${sum});`;
      };
      const step = times(
        unroll,
        (
          u,
        ) => `${u % 2 === 0 ? `      let weight${u} = weights[weightAt + ${(u / 2) * WEIGHT_STRIDE}u];` : ''}
${times(own, (o) => `      let value${u}_${o} = tile[valueAt + ${u * valueQuads + 8 * o}u];`)}
${times(ROWS, (r) => times(own, (o) => line(u, r, o)))}`,
      );
      // The first barrier: all have left the tile and the weights that were there before.
      return `    workgroupBarrier();
${s === 0 ? keep : ''}
${load}
    workgroupBarrier();
    ${loop(
      'i',
      'steps',
      `      let weightAt = ${(unroll / 2) * WEIGHT_STRIDE}u * (i % ${STEPS}u) + y;
      let valueAt = ${unroll * valueQuads}u * (i % ${STEPS}u) + x;
${step}`,
    )}`;
    });
  }
}

/** Combines a value of each invocation with those of its row's other seven: leaves `{result}{r}`. */
export function acrossRow(
  value: (r: number) => string,
  result: string,
  combine: 'max' | 'add',
): string {
  const join = (next: string) =>
    combine === 'max' ? `max(combined, ${next})` : `combined + ${next}`;
  return `${times(ROWS, (r) => `    var ${result}${r} = 0.0;`)}
    {
      workgroupBarrier();
      tile[index] = vec4f(${value(0)}, ${value(1)}, 0.0, 0.0);
      workgroupBarrier();
      var combined = tile[y * 8u].xy;
${times(7, (i) => `      combined = ${join(`tile[y * 8u + ${i + 1}u].xy`)};`)}
${times(ROWS, (r) => `      ${result}${r} = combined.${COMPONENTS[r]};`)}
    }`;
}

const COMMON = `
struct Params {
  B: u32, T: u32, H: u32, D: u32,
  scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32, // 0 without dropout
  // STEPS: how often the innermost loops go round. Compilers unroll a loop whose length they know, and
  // then keep what several rounds load in registers at once.
  steps: u32,
  // Whether sequences consist of several documents, of which none sees another.
  hasDocuments: u32,
}

@group(0) @binding(0) var<uniform> p: Params;

var<workgroup> tile: array<vec4f, ${Math.max(SLICE_QUADS * (ROW_STRIDE + COLUMN_STRIDE), COLUMNS * 16)}>;
// Of two columns: (row 0, row 1) of the first, then of the second.
var<workgroup> weights: array<vec4f, ${(COLUMNS / 2) * WEIGHT_STRIDE}>;

struct Place {
  head: u32,      // b · H + h
  sequence: u32,  // the row of qkv at which the sequence starts
  column: u32,    // h · D
}

// The element of qkv at which row t of q (part 0), k (1) or v (2) starts. Rows past the end give the last.
fn qkvAt(place: Place, t: u32, part: u32) -> u32 {
  let C = p.H * p.D;
  return (place.sequence + min(t, p.T - 1u)) * 3u * C + part * C + place.column;
}

// The same for y and dy [N, C].
fn outAt(place: Place, t: u32) -> u32 {
  return (place.sequence + min(t, p.T - 1u)) * p.H * p.D + place.column;
}

// Where the document of row t begins in its sequence, and where it ends.
fn documentOf(place: Place, t: u32) -> vec2u {
  if (p.hasDocuments == 0u) { return vec2u(0u, p.T); }
  return documents[place.sequence + min(t, p.T - 1u)];
}

fn scaledQkv(at: u32, d: u32) -> vec4f { return readQkv(at, d) * p.scale; }

// The dropout mask of row t and columns j … j + 3. Element [b, h, t, j] has the index that it has in a
// [B, H, T, T] array.
fn maskQuad(place: Place, t: u32, j: u32) -> vec4f {
  if (p.dropThreshold == 0u) { return vec4f(1.0); }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  let at = (place.head * p.T + t) * p.T + j;
  let a = dropoutQuad(at / 4u, site, p.dropThreshold, p.dropKeep);
  if (at % 4u == 0u) { return a; }
  let b = dropoutQuad(at / 4u + 1u, site, p.dropThreshold, p.dropKeep);
  if (at % 4u == 1u) { return vec4f(a.yzw, b.x); }
  if (at % 4u == 2u) { return vec4f(a.zw, b.xy); }
  return vec4f(a.w, b.xyz);
}
`;

/** `main`: which block of which head this workgroup owns, then `body`. */
export function main(body: string): string {
  return `${COMMON}
@compute @workgroup_size(8, ${LANES_Y})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let x = local.x;
  let y = local.y;
  let block = group.x + group.y * groups.x;
  let blocks = (p.T + ${BLOCK_ROWS - 1}u) / ${BLOCK_ROWS}u;
  let head = block / blocks;
  if (head >= p.B * p.H) { return; }
  let first = (block % blocks) * ${BLOCK_ROWS}u;
  let place = Place(head, (head / p.H) * p.T, (head % p.H) * p.D);
  let steps = p.steps;
${times(ROWS, (r) => `  let row${r} = first + ${ROWS}u * y + ${r}u;`)}
${body}
}
`;
}
