/**
 * The two hashes of whatever is stored or downloaded. They come from hash-wasm or, where a browser has no
 * WebAssembly or refuses it, from the same functions in JavaScript, which are some ten times slower.
 */

import { createSHA256, createXXHash64 } from 'hash-wasm';

/** Has been started when it is created; `init` starts it anew. */
export interface Hasher {
  init(): Hasher;
  update(data: string | Uint8Array): Hasher;
  /** In hexadecimal. Call it once; after it, only `init` may be called. */
  digest(): string;
}

/** XXH64 with seed 0 (Yann Collet, xxhash.com, `doc/xxhash_spec.md`). */
export async function createXxHash64(): Promise<Hasher> {
  return (await orNull(createXXHash64)) ?? new XxHash64();
}

/** SHA-256 (FIPS 180-4). */
export async function createSha256(): Promise<Hasher> {
  return (await orNull(createSHA256)) ?? new Sha256();
}

async function orNull<T>(create: () => Promise<T>): Promise<T | null> {
  try {
    return await create();
  } catch {
    return null;
  }
}

/** Cuts what arrives into blocks of the hash, and keeps the rest for the next piece. */
abstract class BlockHash implements Hasher {
  protected readonly block: Uint8Array;
  protected readonly view: DataView;
  /** Bytes that wait in `block`. */
  protected filled = 0;
  protected totalBytes = 0;

  constructor(blockBytes: number) {
    this.block = new Uint8Array(blockBytes);
    this.view = new DataView(this.block.buffer);
  }

  init(): Hasher {
    this.filled = 0;
    this.totalBytes = 0;
    return this;
  }

  update(data: string | Uint8Array): Hasher {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    this.totalBytes += bytes.byteLength;
    for (let at = 0; at < bytes.byteLength; ) {
      const part = bytes.subarray(at, at + this.block.byteLength - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.byteLength;
      at += part.byteLength;
      if (this.filled === this.block.byteLength) {
        this.mix();
        this.filled = 0;
      }
    }
    return this;
  }

  /** Takes the full block into the state. */
  protected abstract mix(): void;
  abstract digest(): string;
}

const u64 = (n: bigint): bigint => BigInt.asUintN(64, n);
const rotate64 = (n: bigint, bits: bigint): bigint => u64((n << bits) | (n >> (64n - bits)));
const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;
const round = (lane: bigint, input: bigint): bigint =>
  u64(rotate64(u64(lane + u64(input * PRIME_2)), 31n) * PRIME_1);

export class XxHash64 extends BlockHash {
  private lanes: bigint[] = [];

  constructor() {
    super(32);
    this.init();
  }

  override init(): Hasher {
    this.lanes = [u64(PRIME_1 + PRIME_2), PRIME_2, 0n, u64(-PRIME_1)];
    return super.init();
  }

  protected mix(): void {
    this.lanes = this.lanes.map((lane, i) => round(lane, this.view.getBigUint64(8 * i, true)));
  }

  digest(): string {
    const { view, filled, totalBytes } = this;
    let hash = PRIME_5;
    if (totalBytes >= 32) {
      hash = 0n;
      for (const [i, bits] of [1n, 7n, 12n, 18n].entries()) {
        hash = u64(hash + rotate64(this.lanes[i] as bigint, bits));
      }
      for (const lane of this.lanes) {
        hash = u64(u64(hash ^ round(0n, lane)) * PRIME_1 + PRIME_4);
      }
    }
    hash = u64(hash + BigInt(totalBytes));
    let at = 0;
    for (; at + 8 <= filled; at += 8) {
      hash ^= round(0n, view.getBigUint64(at, true));
      hash = u64(rotate64(hash, 27n) * PRIME_1 + PRIME_4);
    }
    if (at + 4 <= filled) {
      hash ^= u64(BigInt(view.getUint32(at, true)) * PRIME_1);
      hash = u64(rotate64(hash, 23n) * PRIME_2 + PRIME_3);
      at += 4;
    }
    for (; at < filled; at++) {
      hash ^= u64(BigInt(view.getUint8(at)) * PRIME_5);
      hash = u64(rotate64(hash, 11n) * PRIME_1);
    }
    hash = u64((hash ^ (hash >> 33n)) * PRIME_2);
    hash = u64((hash ^ (hash >> 29n)) * PRIME_3);
    return (hash ^ (hash >> 32n)).toString(16).padStart(16, '0');
  }
}

/** The first 32 bits of the fractional parts of roots of the first primes, as SHA-256 defines them. */
function rootBits(count: number, exponent: number): Uint32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return Uint32Array.from(primes, (prime) => (prime ** exponent % 1) * 2 ** 32);
}

const SHA_START = rootBits(8, 1 / 2);
const SHA_ROUNDS = rootBits(64, 1 / 3);
const rotate32 = (n: number, bits: number): number => (n >>> bits) | (n << (32 - bits));

export class Sha256 extends BlockHash {
  private readonly state = new Uint32Array(8);
  private readonly words = new Uint32Array(64);

  constructor() {
    super(64);
    this.init();
  }

  override init(): Hasher {
    this.state.set(SHA_START);
    return super.init();
  }

  protected mix(): void {
    const { words, state, view } = this;
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(4 * i);
    for (let i = 16; i < 64; i++) {
      const a = words[i - 15] as number;
      const b = words[i - 2] as number;
      const small = rotate32(a, 7) ^ rotate32(a, 18) ^ (a >>> 3);
      const large = rotate32(b, 17) ^ rotate32(b, 19) ^ (b >>> 10);
      words[i] = (words[i - 16] as number) + small + (words[i - 7] as number) + large;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const sumE = rotate32(e, 6) ^ rotate32(e, 11) ^ rotate32(e, 25);
      const choice = (e & f) ^ (~e & g);
      const first = (h + sumE + choice + (SHA_ROUNDS[i] as number) + (words[i] as number)) | 0;
      const sumA = rotate32(a, 2) ^ rotate32(a, 13) ^ rotate32(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sumA + majority) | 0];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) {
      state[i] = (state[i] as number) + value;
    }
  }

  digest(): string {
    const bits = BigInt(this.totalBytes) * 8n;
    this.update(Uint8Array.of(0x80));
    while (this.filled !== 56) this.update(Uint8Array.of(0));
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, bits);
    this.update(length);
    return Array.from(this.state, (word) => word.toString(16).padStart(8, '0')).join('');
  }
}
