/** Bytes → text, chunk by chunk: a file is never one string. */

import { throwIfAborted } from '../../core/errors.ts';

export interface TextChunk {
  readonly text: string;
  /** Bytes of the chunks of the stream that have been handed on completely, this text included. */
  readonly bytesRead: number;
}

/** The bytes are text in none of the encodings that can be told apart. */
export class UnknownEncoding extends Error {
  constructor() {
    super('neither UTF-8 nor UTF-16 nor Western European');
    this.name = 'UnknownEncoding';
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * A stream may hand over a quarter of a megabyte at a time. Texts of that length are kept outside of
 * the memory for short-lived objects, which made reading a third slower.
 */
const MAX_PIECE_BYTES = 32 * 1024;
/** Enough to tell UTF-16 by its NULs. */
const HEAD_BYTES = 512;

/**
 * Decodes UTF-8; UTF-16 where a byte order mark says so (what PowerShell writes) or every other byte
 * is NUL; Western European (Windows-1252, which is what calls itself Latin-1) where bytes are wrong
 * in UTF-8 and nothing before was right in it. Else wrong bytes become U+FFFD: one broken character
 * must not cost the file.
 *
 * Throws {@link UnknownEncoding}, and `cancelled` between chunks.
 */
export async function* readText(
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<TextChunk, void, undefined> {
  const reader = stream.getReader();
  let decoder: ChunkDecoder | null = null;
  let bytesRead = 0;
  try {
    for (;;) {
      throwIfAborted(signal);
      const { value, done } = await reader.read();
      if (done) break;
      decoder ??= new ChunkDecoder(encodingOf(value));
      const { byteLength } = value;
      for (let at = 0; at < byteLength; at += MAX_PIECE_BYTES) {
        if (at + MAX_PIECE_BYTES >= byteLength) bytesRead += byteLength;
        yield { text: decoder.decode(value.subarray(at, at + MAX_PIECE_BYTES)), bytesRead };
      }
    }
    const rest = decoder?.end() ?? '';
    if (rest !== '') yield { text: rest, bytesRead };
  } finally {
    // Also reached when the consumer stops early. A stream that has failed has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

export async function* textOf(chunks: AsyncIterable<TextChunk>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield chunk.text;
}

class ChunkDecoder {
  private decoder: TextDecoder;
  /** UTF-8 that may still turn out to be Western European: nothing beyond ASCII yet. */
  private isOpen: boolean;

  constructor(encoding: Encoding) {
    this.decoder = new TextDecoder(encoding);
    this.isOpen = encoding === 'utf-8';
  }

  decode(bytes: Uint8Array): string {
    const text = this.decoder.decode(bytes, { stream: true });
    if (!this.isOpen || isAscii(text)) return text;
    this.isOpen = false;
    const wrong = text.split('\ufffd').length - 1 - replacementsIn(bytes);
    const right = (text.match(/[^\0-\x7f\ufffd]/g) ?? []).length;
    if (wrong <= right) return text;
    if (!looksWestern(bytes)) throw new UnknownEncoding();
    // What came before was ASCII, which is the same in both.
    this.decoder = new TextDecoder('windows-1252');
    return this.decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.decoder.decode();
  }
}

/** How many U+FFFD are written as such. */
function replacementsIn(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  }
  return count;
}

/** A string of characters under 256 is stored as such, so this is quick where it matters. */
function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/** Bytes that Windows-1252 has no character for, but Japanese and Chinese encodings use. */
const NOT_WESTERN = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function looksWestern(bytes: Uint8Array): boolean {
  let beyondAscii = 0;
  for (const byte of bytes) {
    if (NOT_WESTERN.has(byte)) return false;
    if (byte >= 0x80) beyondAscii++;
  }
  return beyondAscii < bytes.length / 4;
}

function encodingOf(start: Uint8Array): Encoding {
  const isLittle = start[0] === 0xff && start[1] === 0xfe;
  if (isLittle && start.length >= 4 && start[2] === 0 && start[3] === 0) {
    throw new UnknownEncoding();
  }
  if (isLittle) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const head = start.subarray(0, HEAD_BYTES);
  const nuls = [0, 0];
  for (const [index, byte] of head.entries()) {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  // Text mostly in ASCII, as JSON and CSV are: more than half of one kind of byte, none of the other.
  if (odd > head.length / 4 && even === 0) return 'utf-16le';
  if (even > head.length / 4 && odd === 0) return 'utf-16be';
  return 'utf-8';
}
