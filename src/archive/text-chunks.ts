/** Bytes → text, chunk by chunk: a file is never one string. */

import { throwIfAborted } from '../core/errors.ts';

export interface TextChunk {
  readonly text: string;
  /** Bytes read so far, this chunk included. */
  readonly bytesRead: number;
}

/**
 * Decodes UTF-8, or UTF-16 where a byte order mark says so (what PowerShell writes). Wrong bytes
 * become U+FFFD: one broken character must not cost the file. Throws `cancelled` between chunks.
 */
export async function* readText(
  stream: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<TextChunk, void, undefined> {
  const reader = stream.getReader();
  let decoder: TextDecoder | null = null;
  let bytesRead = 0;
  try {
    for (;;) {
      throwIfAborted(signal);
      const { value, done } = await reader.read();
      if (done) break;
      decoder ??= new TextDecoder(encodingOf(value));
      bytesRead += value.byteLength;
      yield { text: decoder.decode(value, { stream: true }), bytesRead };
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield { text: rest, bytesRead };
  } finally {
    // Also reached when the consumer stops early. A stream that has failed has nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

export async function* textOf(chunks: AsyncIterable<TextChunk>): AsyncGenerator<string> {
  for await (const chunk of chunks) yield chunk.text;
}

function encodingOf(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
