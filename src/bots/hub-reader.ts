/**
 * Reads parts of a file on the Hub, such as the header of weights, without fetching the rest. What has been
 * fetched is kept, so that neighbouring parts take one request.
 */

import type { ByteReader } from '../model/safetensors.ts';
import type { HubConnection } from './hub-fetch.ts';

const BLOCK_BYTES = 2 ** 16;

/** The server sends whole files only, so reading in the middle of one would fetch everything before it. */
export class NoRanges extends Error {}

/** Reading throws `model-download`, `cancelled`, {@link NoRanges}. */
export function hubFileReader(
  hub: HubConnection,
  path: string,
  byteLength: number,
  signal: AbortSignal,
): ByteReader {
  const blocks = new Map<number, Uint8Array>();

  async function fetchBlocks(first: number, end: number): Promise<void> {
    const from = first * BLOCK_BYTES;
    const to = Math.min(byteLength, end * BLOCK_BYTES);
    const bytes = await hub.persist(signal, async () => {
      const { response, pieces } = await hub.open(path, { from, to, signal });
      if (!response.ok || (response.status !== 206 && from > 0)) throw new NoRanges();
      const found = new Uint8Array(to - from);
      let filled = 0;
      for await (const piece of pieces) {
        found.set(piece.subarray(0, found.length - filled), filled);
        filled = Math.min(found.length, filled + piece.length);
        if (filled === found.length) return found;
      }
      throw new NoRanges();
    });
    for (let i = first; i < end; i++) {
      blocks.set(i, bytes.subarray((i - first) * BLOCK_BYTES, (i - first + 1) * BLOCK_BYTES));
    }
  }

  return {
    byteLength,
    async read(offset, length) {
      const result = new Uint8Array(length);
      const first = Math.floor(offset / BLOCK_BYTES);
      const end = Math.ceil((offset + length) / BLOCK_BYTES);
      const isKnown = Array.from({ length: end - first }, (_, i) => blocks.has(first + i));
      if (isKnown.includes(false)) await fetchBlocks(first, end);
      for (let i = first; i < end; i++) {
        const block = blocks.get(i) ?? new Uint8Array();
        const begin = Math.max(offset, i * BLOCK_BYTES);
        const stop = Math.min(offset + length, i * BLOCK_BYTES + block.length);
        result.set(block.subarray(begin - i * BLOCK_BYTES, stop - i * BLOCK_BYTES), begin - offset);
      }
      return result;
    },
  };
}
