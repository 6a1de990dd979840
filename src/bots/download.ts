/**
 * Downloads a GPT-2 from the Hub into storage, chunk by chunk.
 *
 * All files belong to the commit that `main` pointed to at the start. An interrupted download continues
 * from its last chunk; if `main` has changed in the meantime, the files that differ start again. A file
 * is complete once its size and its SHA-256 are those that the Hub names. When a download continues, the
 * stored part is hashed again, which also finds damage on the disk.
 */
import { createSha256, type Hasher } from '../hashing/hash.ts';
import { hasCode, throwIfAborted } from '../core/errors.ts';
import { otherwise, parseOpaqueObject } from '../core/parse.ts';
import { modelType } from '../model/config.ts';
import type { ByteReader } from '../model/safetensors.ts';
import type { Storage } from '../storage/chunks.ts';
import {
  appendChunk,
  deleteDownload,
  downloadBytes,
  type DownloadFile,
  type DownloadRecord,
  emptyBlob,
  getDownload,
  openDownloadFile,
  putDownload,
  readDownloadFile,
} from '../storage/downloads.ts';
import { HubConnection, Passing, type Patience, PATIENCE } from './hub-fetch.ts';
import { reconcile, requireSpace } from './download-record.ts';
import { listModel } from './hub-listing.ts';
import { hubFileReader, NoRanges } from './hub-reader.ts';
import { type Arrived, type ModelFiles, readJson } from './model-files.ts';

export interface DownloadState {
  readonly phase: 'asking' | 'checking' | 'downloading';
  readonly file: string;
  /** The number of bytes of all files that have arrived, stored or not. */
  readonly receivedBytes: number;
  /** Null if the server doesn't say. */
  readonly totalBytes: number | null;
}

export interface DownloadOptions {
  /** When it is aborted, the download ends with `cancelled`, and what is stored stays for the next time. */
  readonly signal: AbortSignal;
  readonly report: (state: DownloadState) => void;
  readonly patience?: Patience | undefined;
  /**
   * Is called with the files that have arrived, before what costs more is fetched: first with the config,
   * then also with the tokenizer, and then with the weights too, of which it should read only the headers.
   * Throws if the model can't be used.
   */
  readonly check: (files: ModelFiles, arrived: Arrived) => Promise<void>;
}

/** How often `main` may change during one download. */
const MAX_ROUNDS = 3;
/** How often the list of files is requested. */
const FIRST_ATTEMPTS = 3;

const parseSettings = otherwise(parseOpaqueObject, {});

/** The file on the server is no longer the one that this download began with. */
class Changed extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`${file} has changed`);
    this.file = file;
  }
}

/**
 * Downloads what is missing of `repository`, checks every file, and returns the record of the download.
 *
 * @throws `model-download`, `storage-quota`, `storage-blocked`, `cancelled`. What has been stored stays
 *   for the next time, except a file that arrived damaged and a model that isn't a GPT-2.
 */
export async function downloadModel(
  storage: Storage,
  hubUrl: string,
  repository: string,
  options: DownloadOptions,
): Promise<DownloadRecord> {
  const { signal, report, patience = PATIENCE } = options;
  const hub = new HubConnection(hubUrl, repository, patience);
  // Fewer attempts, so that a user who is offline is told soon.
  const attempts = Math.min(patience.attempts, FIRST_ATTEMPTS);
  const firstContact = new HubConnection(hubUrl, repository, { ...patience, attempts });
  let changed: string | null = null;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    report({ phase: 'asking', file: '', receivedBytes: 0, totalBytes: null });
    const listing = await listModel(firstContact, signal);
    const stored = await getDownload(storage, repository);
    const record = reconcile(storage, stored, listing, { hubUrl, repository, changed });
    await requireSpace(record);
    await putDownload(storage, record);
    try {
      return await new Download(storage, hub, record, options).run();
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      changed = error.file;
    }
  }
  throw hub.error('changed', changed === null ? {} : { file: changed });
}

class Download {
  private readonly storage: Storage;
  private readonly hub: HubConnection;
  private readonly options: DownloadOptions;
  private record: DownloadRecord;

  constructor(
    storage: Storage,
    hub: HubConnection,
    record: DownloadRecord,
    options: DownloadOptions,
  ) {
    this.storage = storage;
    this.hub = hub;
    this.record = record;
    this.options = options;
  }

  async run(): Promise<DownloadRecord> {
    const { files } = this.record;
    const isWeights = ({ name }: DownloadFile) => /\.(?:safetensors|bin)$/.test(name);
    for (const file of files.filter((file) => !isWeights(file))) {
      await this.complete(file.name);
      if (file.name !== 'config.json') continue;
      await this.requireGpt2();
      await this.options.check(this.arrived(), 'config');
    }
    await this.options.check(this.arrived(), 'tokenizer');
    const weights = files.filter(isWeights);
    // A download that goes on has been checked before.
    if (weights.every(({ blob }) => blob.byteLength === 0)) await this.checkHeaders(weights);
    for (const { name } of weights) await this.complete(name);
    return this.record;
  }

  private get signal(): AbortSignal {
    return this.options.signal;
  }

  private arrived(): Map<string, ByteReader> {
    const { storage, record } = this;
    const files = record.files.filter(({ isComplete }) => isComplete);
    return new Map(files.map((file) => [file.name, openDownloadFile(storage, record.id, file)]));
  }

  /** If a mirror doesn't say how large a file is, or can't send a part of one, the headers are checked later. */
  private async checkHeaders(weights: readonly DownloadFile[]): Promise<void> {
    const files = this.arrived();
    for (const { name, expectedBytes } of weights) {
      if (expectedBytes === null) return;
      const path = this.hub.file(this.record.commit ?? 'main', name);
      files.set(name, hubFileReader(this.hub, path, expectedBytes, this.signal));
    }
    try {
      await this.options.check(files, 'headers');
    } catch (error) {
      if (!(error instanceof NoRanges)) throw error;
    }
  }

  private file(name: string): DownloadFile {
    const file = this.record.files.find((candidate) => candidate.name === name);
    if (file === undefined) throw new Error(`${name} is not among the files`);
    return file;
  }

  private async change(name: string, change: Partial<DownloadFile>): Promise<void> {
    const files = this.record.files.map((file) =>
      file.name === name ? { ...file, ...change } : file,
    );
    this.record = { ...this.record, files, updatedAt: Date.now() };
    await putDownload(this.storage, this.record);
  }

  private startOver(name: string): Promise<void> {
    return this.change(name, { blob: emptyBlob(this.storage), etag: null, isComplete: false });
  }

  private tell(phase: DownloadState['phase'], name: string, extraBytes: number): void {
    const { receivedBytes, totalBytes } = downloadBytes(this.record);
    this.options.report({
      phase,
      file: name,
      receivedBytes: receivedBytes + extraBytes,
      totalBytes,
    });
  }

  /** Hashes the stored part of a file. If some of it is damaged, only this file starts again. */
  private async hashStored(name: string): Promise<Hasher> {
    const hasher = (await createSha256()).init();
    try {
      for await (const chunk of readDownloadFile(this.storage, this.record.id, this.file(name))) {
        throwIfAborted(this.signal);
        this.tell('checking', name, 0);
        hasher.update(chunk);
      }
      return hasher;
    } catch (error) {
      if (!hasCode(error, 'stored-data-damaged')) throw error;
      await this.startOver(name);
      return hasher.init();
    }
  }

  private async complete(name: string): Promise<void> {
    if (this.file(name).isComplete) return;
    const { expectedBytes, sha256 } = this.file(name);
    const hasher = await this.hashStored(name);
    const { chunkBytes } = this.file(name).blob;
    const buffer = new Uint8Array(Math.min(chunkBytes, expectedBytes ?? chunkBytes));
    let filled = 0;
    let etag = this.file(name).etag;
    let lastFailureAt = -1;
    const reached = () => this.file(name).blob.byteLength + filled;

    const store = async (isComplete: boolean): Promise<void> => {
      // `put` copies the whole buffer, so the last chunk is cut to size first.
      const chunk = filled === buffer.byteLength ? buffer : buffer.slice(0, filled);
      const change = { etag, isComplete };
      this.record = await appendChunk(this.storage, this.record, name, chunk, change);
      filled = 0;
    };

    const receive = async (): Promise<void> => {
      const from = reached();
      if (from === expectedBytes) return;
      const path = this.hub.file(this.record.commit ?? 'main', name);
      const { response, pieces } = await this.hub.open(path, { from, signal: this.signal });
      if (response.status === 416) throw new Passing(this.hub.error('truncated', { file: name }));
      if (!response.ok) throw new Changed(name);
      etag = sameEtag(response, name, etag);
      if (!isOfSize(response, expectedBytes)) {
        // The files of a commit never change, so the server sends wrong bytes of the right file.
        if (this.record.commit === null) throw new Changed(name);
        throw new Passing(this.hub.error('truncated', { file: name }));
      }
      // A server without support for ranges sends the whole file again.
      let unwanted = response.status === 206 ? 0 : from;
      for await (const piece of pieces) {
        const start = Math.min(unwanted, piece.byteLength);
        unwanted -= start;
        for (let taken = start; taken < piece.byteLength; ) {
          if (reached() === expectedBytes) throw new Changed(name);
          const part = piece.subarray(taken, taken + buffer.byteLength - filled);
          buffer.set(part, filled);
          filled += part.byteLength;
          taken += part.byteLength;
          if (filled === buffer.byteLength && reached() !== expectedBytes) {
            hasher.update(buffer);
            await store(false);
          }
          this.tell('downloading', name, filled);
          throwIfAborted(this.signal);
        }
      }
      if (expectedBytes !== null && reached() < expectedBytes) {
        throw new Passing(this.hub.error('truncated', { file: name }));
      }
    };
    const hasProgressed = (): boolean => {
      const before = lastFailureAt;
      lastFailureAt = reached();
      return before >= 0 && lastFailureAt > before;
    };
    await this.hub.persist(this.signal, receive, hasProgressed);

    hasher.update(buffer.subarray(0, filled));
    if (sha256 !== null && hasher.digest() !== sha256) {
      await this.startOver(name);
      throw this.hub.error('damaged', { file: name });
    }
    if (filled > 0) await store(true);
    else await this.change(name, { etag, isComplete: true });
  }

  /** Checks that the config is that of a GPT-2, before the large files are downloaded. */
  private async requireGpt2(): Promise<void> {
    const name = 'config.json';
    const reader = openDownloadFile(this.storage, this.record.id, this.file(name));
    const config = await readJson(new Map([[name, reader]]), name).catch((error: unknown) => {
      if (hasCode(error, 'model-corrupt')) return null;
      throw error;
    });
    if (modelType({ ...parseSettings(config, name) }) === 'gpt2') return;
    await deleteDownload(this.storage, this.record.id);
    throw this.hub.error('no-gpt2', { file: name });
  }
}

/** Whether the response has the expected size of the whole file. Only a response with a range says it. */
function isOfSize({ status, headers }: Response, expectedBytes: number | null): boolean {
  const total = /\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  if (status !== 206 || expectedBytes === null || total === undefined) return true;
  return Number(total) === expectedBytes;
}

/** Returns the ETag to expect from now on. Throws {@link Changed} if the response is another file. */
function sameEtag({ headers }: Response, name: string, etag: string | null): string | null {
  // A weak ETag belongs to the same bytes, compressed on the way.
  const found = headers.get('ETag')?.replace(/^W\//, '') ?? null;
  if (etag !== null && found !== null && etag !== found) throw new Changed(name);
  return found ?? etag;
}
