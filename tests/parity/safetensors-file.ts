/** Safetensors files on disk, which are read by ranges and written one tensor at a time. */

import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { elementCount } from '../../src/core/shape.ts';
import type { ShapeTable } from '../../src/model/weights.ts';

/** A file for the reader of model folders. */
export function fileReader(path: string) {
  const { size } = statSync(path);
  return {
    byteLength: size,
    read: (offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> => {
      const bytes = new Uint8Array(length);
      const file = openSync(path, 'r');
      try {
        // A call reads at most 2 GiB, and may read less than requested.
        for (let done = 0; done < length; ) {
          const count = readSync(
            file,
            bytes,
            done,
            Math.min(length - done, 2 ** 30),
            offset + done,
          );
          if (count === 0) throw new Error(`${path} is cut off`);
          done += count;
        }
      } finally {
        closeSync(file);
      }
      return Promise.resolve(bytes);
    },
  };
}

export interface SafetensorsWriter {
  /** In the order of the shapes. */
  write(name: string, data: Float32Array): void;
  close(): void;
}

/** Begins a file with these F32 tensors. Its header already says where each of them will be. */
export function createSafetensors(path: string, shapes: ShapeTable): SafetensorsWriter {
  const header: Record<string, object> = {};
  let offset = 0;
  for (const [name, shape] of shapes) {
    const end = offset + 4 * elementCount(shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.byteLength), true);
  const file = openSync(path, 'w');
  const names = shapes.keys();
  const append = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.byteLength; ) {
      done += writeSync(file, bytes, done, Math.min(bytes.byteLength - done, 2 ** 30));
    }
  };
  append(length);
  append(json);
  return {
    write: (name, data) => {
      const expected = names.next().value;
      if (expected !== name) throw new Error(`${expected} comes before ${name}`);
      if (data.length !== elementCount(shapes.get(name) ?? [])) {
        throw new Error(`${name} has ${data.length} elements`);
      }
      append(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    },
    close: () => closeSync(file),
  };
}
