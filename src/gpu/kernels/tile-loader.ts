/** Writes the WGSL that loads a tile of a product's operand (`matmul-tiles.ts`). */

import type { TileShape } from './tile-shapes.ts';
import { COMPONENTS, times } from './unroll.ts';

/** How a workgroup brings one operand's tile from memory into workgroup memory. */
export class TileLoader {
  /** Vec4s that every invocation holds between reading and storing. */
  readonly registers: readonly string[];
  private readonly name: string;
  /** Where the operand's tile begins in workgroup memory, vec4s. */
  private readonly base: number;
  private readonly quads: number;
  private readonly stride: number;
  private readonly count: number;
  private readonly isAlongK: boolean;
  private readonly lanes: number;
  private readonly depth: number;
  private readonly items: number;

  constructor(
    name: string,
    { lanesX, lanesY, depth }: TileShape,
    extent: number,
    isAlongK: boolean,
    base: number,
  ) {
    this.name = name;
    this.base = base;
    this.lanes = lanesX * lanesY;
    this.depth = depth;
    this.quads = extent / 4;
    this.stride = this.quads + 1;
    this.isAlongK = isAlongK;
    const items = isAlongK ? (this.quads * depth) / 4 : this.quads * depth;
    this.count = Math.ceil(items / this.lanes);
    this.registers = Array.from(
      { length: isAlongK ? 4 * this.count : this.count },
      (_, i) => `${name}${i}`,
    );
    this.items = items;
  }

  /** Vec4s of the tile in workgroup memory. */
  get tileSize(): number {
    return this.stride * this.depth;
  }

  get tileStride(): number {
    return this.stride;
  }

  /** Where this invocation's items lie: quad of the extent and k within the tile, by item. */
  places(): string {
    const { name, quads, depth } = this;
    return times(this.count, (j) => {
      const item = j === 0 ? 'index' : `(index + ${j * this.lanes}u)`;
      return this.isAlongK
        ? `  let ${name}Quad${j} = ${item} / ${depth / 4}u;\n  let ${name}K${j} = 4u * (${item} % ${depth / 4}u);`
        : `  let ${name}Quad${j} = ${item} % ${quads}u;\n  let ${name}K${j} = ${item} / ${quads}u;`;
    });
  }

  /**
   * Reads this invocation's items at k: `read` is a function of an element's index, `offset` and
   * `stride` are the operand's, `first` the tile's first row or column, `limit` the count of them.
   */
  load(
    k: string,
    end: string,
    operand: { read: string; offset: string; stride: string; first: string; limit: string },
  ): string {
    const { name, depth } = this;
    const { read, offset, stride, first, limit } = operand;
    const body = times(this.count, (j) => {
      if (!this.isAlongK) {
        return `    ${name}${j} = ${read}(${offset} + (${k} + ${name}K${j}) * ${stride} + ${first} + 4u * ${name}Quad${j});`;
      }
      return times(
        4,
        (i) =>
          `    ${name}${4 * j + i} = ${read}(${offset} + min(${first} + 4u * ${name}Quad${j} + ${i}u, ${limit} - 1u) * ${stride} + ${k} + ${name}K${j});`,
      );
    });
    const mask = times(this.count, (j) => {
      if (!this.isAlongK) {
        return `      if (${k} + ${name}K${j} >= ${end}) { ${name}${j} = vec4f(); }`;
      }
      return [
        `      let left${j} = max(${end}, ${k} + ${name}K${j}) - (${k} + ${name}K${j});`,
        times(4, (i) => `      ${name}${4 * j + i} = keepFirst(${name}${4 * j + i}, left${j});`),
      ].join('\n');
    });
    return `${body}\n    if (${k} + ${depth}u > ${end}) {\n${mask}\n    }`;
  }

  store(): string {
    const { name, stride } = this;
    const isWhole = this.count * this.lanes === this.items;
    return times(this.count, (j) => {
      const at = (k: string) =>
        `tile[${this.base}u + (${name}K${j}${k}) * ${stride}u + ${name}Quad${j}]`;
      const write = this.isAlongK
        ? times(4, (i) => {
            const turned = [0, 1, 2, 3].map((r) => `${name}${4 * j + r}.${COMPONENTS[i]}`);
            return `    ${at(` + ${i}u`)} = vec4f(${turned.join(', ')});`;
          })
        : `    ${at('')} = ${name}${j};`;
      return isWhole || j < this.count - 1
        ? write
        : `    if (index + ${j * this.lanes}u < ${this.items}u) {\n${write}\n    }`;
    });
  }
}
