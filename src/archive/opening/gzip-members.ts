/**
 * A gzip file may be several, one after the other: what `cat a.gz b.gz` and tools that compress in
 * blocks write. Chromium's stream fails at the second one and doesn't say where the first one ended, so
 * the end is found here: where a header may begin, the four bytes before it have to be the size of what
 * the stream has unpacked so far.
 */

/** A header and a trailer, with at least two bytes between them. */
const MIN_MEMBER_BYTES = 20;
/** What tells a header: two fixed bytes, the method, and flags of which the upper three bits are zero. */
const HEADER_BYTES = 4;
const SIZE_BYTES = 4;

/** Unpacks all members. Fails as the browser's stream does, with words that differ between browsers. */
export function unpackMembers(packed: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // Holds nothing: a write to it ends when what was written has been read.
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const out = writable.getWriter();
  async function unpack(): Promise<void> {
    let member = new Member(out);
    for await (const bytes of cutAtHeaders(packed)) {
      if (isHeaderAt(bytes, 0) && (await member.endsHere())) {
        await member.end();
        member = new Member(out);
      }
      await member.write(bytes);
    }
    await member.end();
    await out.close();
  }
  unpack().catch((error: unknown) => out.abort(error).catch(() => undefined));
  return readable;
}

class Member {
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;
  private readonly unpacked: Promise<void>;
  private packedBytes = 0;
  private unpackedBytes = 0;
  private lastBytes = new Uint8Array(0);

  constructor(out: WritableStreamDefaultWriter<Uint8Array>) {
    const { readable, writable } = new DecompressionStream('gzip');
    this.writer = writable.getWriter();
    this.unpacked = this.passOn(readable.getReader(), out);
    // What fails there also fails the writing, which is waited for.
    this.unpacked.catch(() => undefined);
    this.writer.closed.catch(() => undefined);
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.packedBytes += bytes.length;
    const last = [...this.lastBytes, ...bytes.subarray(-SIZE_BYTES)];
    this.lastBytes = new Uint8Array(last.slice(-SIZE_BYTES));
    await this.writer.write(bytes);
  }

  /** Whether what was written so far is a whole member. */
  async endsHere(): Promise<boolean> {
    if (this.packedBytes < MIN_MEMBER_BYTES) return false;
    // Only accepted when everything that was unpacked before has been read, and so been counted.
    await this.writer.write(new Uint8Array(0));
    const size = new DataView(this.lastBytes.buffer).getUint32(0, true);
    return size === this.unpackedBytes % 2 ** 32;
  }

  async end(): Promise<void> {
    await this.writer.close();
    await this.unpacked;
  }

  private async passOn(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    out: WritableStreamDefaultWriter<Uint8Array>,
  ): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        this.unpackedBytes += value.length;
        await out.write(value);
      }
    } catch (error) {
      // So that the writing doesn't wait for a reader that is gone.
      await reader.cancel(error).catch(() => undefined);
      throw error;
    }
  }
}

/** The same bytes, cut so that whatever may be a header is at the start of a piece. */
async function* cutAtHeaders(
  packed: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = packed.getReader();
  /** May be the beginning of a header. */
  let rest = new Uint8Array(0);
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const bytes = new Uint8Array(rest.length + value.length);
      bytes.set(rest);
      bytes.set(value, rest.length);
      const end = Math.max(0, bytes.length - HEADER_BYTES + 1);
      let from = 0;
      for (let at = bytes.indexOf(0x1f, 1); at >= 0 && at < end; at = bytes.indexOf(0x1f, at + 1)) {
        if (!isHeaderAt(bytes, at)) continue;
        yield bytes.subarray(from, at);
        from = at;
      }
      if (from < end) yield bytes.subarray(from, end);
      rest = bytes.slice(end);
    }
    if (rest.length > 0) yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function isHeaderAt(bytes: Uint8Array, at: number): boolean {
  const flags = bytes[at + 3] ?? 0xff;
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && flags < 0x20;
}
