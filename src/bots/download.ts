/**
 * Downloads a GPT-2 from the Hub into storage, chunk by chunk.
 *
 * All files are of one commit, which `main` was at the start. A download that was cut off goes on
 * from its last chunk: if `main` has moved meanwhile, files that are no longer the same start over.
 * A file is complete once its size and its SHA-256 are what the Hub says; to go on, what is stored is
 * hashed again, so that damage on the disk shows as well.
 */
import { createSHA256, type IHasher } from 'hash-wasm';
import { hasCode, mynahError, throwIfAborted } from '../core/errors.ts';
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
import { storageInfo } from '../storage/quota.ts';
import { HubConnection, Passing, type Patience, PATIENCE } from './hub-fetch.ts';
import { type HubListing, listModel } from './hub-listing.ts';
import { isAsKept } from './store-model.ts';

export interface DownloadState {
  readonly phase: 'asking' | 'checking' | 'downloading';
  readonly file: string;
  /** Of all files, stored or on their way. */
  readonly receivedBytes: number;
  /** Null where the server doesn't say. */
  readonly totalBytes: number | null;
}

export interface DownloadOptions {
  /** Ends it with `cancelled`; what is stored stays, for the next time. */
  readonly signal: AbortSignal;
  readonly report: (state: DownloadState) => void;
  readonly patience?: Patience | undefined;
}

/** How often `main` may move under one download. */
const mostRounds = 3;
/** How often the Hub is asked for its list. */
const firstAttempts = 3;

/** What the server has is no longer what this download began with. */
class Changed extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`${file} has changed`);
    this.file = file;
  }
}

/**
 * Downloads what is missing of `repository` and returns the record of the whole, every file checked.
 *
 * @throws `model-download`, `storage-quota`, `storage-blocked`, `cancelled`. What has been stored by
 *   then stays for the next time, except of a file that arrived damaged and of what is no GPT-2.
 */
export async function downloadModel(
  storage: Storage,
  hubUrl: string,
  repository: string,
  { signal, report, patience = PATIENCE }: DownloadOptions,
): Promise<DownloadRecord> {
  const hub = new HubConnection(hubUrl, repository, patience);
  // Somebody who has just clicked wants to hear soon that there is no network.
  const attempts = Math.min(patience.attempts, firstAttempts);
  const firstContact = new HubConnection(hubUrl, repository, { ...patience, attempts });
  let changed: string | null = null;
  for (let round = 1; round <= mostRounds; round++) {
    report({ phase: 'asking', file: '', receivedBytes: 0, totalBytes: null });
    const listing = await listModel(firstContact, signal);
    const stored = await getDownload(storage, repository);
    const record = reconcile(storage, stored, listing, { hubUrl, repository, changed });
    await requireSpace(record);
    await putDownload(storage, record);
    try {
      return await new Download(storage, hub, record, signal, report).run();
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      changed = error.file;
    }
  }
  throw hub.error('changed', changed === null ? {} : { file: changed });
}

/** The record for this listing, with all chunks of the one before that are still good for it. */
function reconcile(
  storage: Storage,
  stored: DownloadRecord | null,
  { commit, files }: HubListing,
  by: { readonly hubUrl: string; readonly repository: string; readonly changed: string | null },
): DownloadRecord {
  const isSameCommit = commit !== null && stored?.commit === commit;
  const isSameHub = stored?.hubUrl === by.hubUrl;
  return {
    id: by.repository,
    hubUrl: by.hubUrl,
    commit,
    updatedAt: Date.now(),
    files: files.map((file): DownloadFile => {
      const before = stored?.files.find(({ name }) => name === file.name);
      const isSameHash = file.sha256 !== null && before?.sha256 === file.sha256;
      const isSameSize = before?.expectedBytes === file.expectedBytes;
      // Without a commit or a hash to go by, the ETag of the next answer has to be the same.
      const mayBeSame = isSameCommit || (commit === null && isSameHub && before?.etag !== null);
      if (before !== undefined && (isSameHash || (mayBeSame && isSameSize))) {
        if (file.name !== by.changed) return { ...before, ...file };
        // The same file in another guise: its bytes will tell.
        if (isSameHash) return { ...before, ...file, etag: null };
      }
      return { ...file, etag: null, isComplete: false, blob: emptyBlob(storage) };
    }),
  };
}

/** Throws `storage-quota` when what is still to come won't fit, or what is made of it. */
async function requireSpace({ files }: DownloadRecord): Promise<void> {
  const isWrittenAnew = !isAsKept(files.map(({ name }) => name));
  const neededBytes = files.reduce((sum, { expectedBytes, blob }) => {
    const wholeBytes = expectedBytes ?? 0;
    const missingBytes = Math.max(0, wholeBytes - blob.byteLength);
    return sum + missingBytes + (isWrittenAnew ? wholeBytes : 0);
  }, 0);
  const { quotaBytes, usageBytes } = await storageInfo();
  const availableBytes = Math.max(0, quotaBytes - usageBytes);
  // Zero: a browser that doesn't say.
  if (quotaBytes > 0 && neededBytes > availableBytes) {
    throw mynahError('storage-quota', { neededBytes, availableBytes });
  }
}

class Download {
  private readonly storage: Storage;
  private readonly hub: HubConnection;
  private readonly signal: AbortSignal;
  private readonly report: (state: DownloadState) => void;
  private record: DownloadRecord;

  constructor(
    storage: Storage,
    hub: HubConnection,
    record: DownloadRecord,
    signal: AbortSignal,
    report: (state: DownloadState) => void,
  ) {
    this.storage = storage;
    this.hub = hub;
    this.record = record;
    this.signal = signal;
    this.report = report;
  }

  async run(): Promise<DownloadRecord> {
    for (const { name } of this.record.files) {
      await this.complete(name);
      if (name === 'config.json') await this.requireGpt2();
    }
    return this.record;
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
    this.report({ phase, file: name, receivedBytes: receivedBytes + extraBytes, totalBytes });
  }

  /** Hashes what is stored. A disk that lost some of it costs the file, not the download. */
  private async hashStored(name: string): Promise<IHasher> {
    const hasher = (await createSHA256()).init();
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
      // `put` copies the whole of a buffer; the last chunk is cut to size first.
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
        // A commit never changes: with one, the server has the wrong bytes of the right file.
        if (this.record.commit === null) throw new Changed(name);
        throw new Passing(this.hub.error('truncated', { file: name }));
      }
      // A server without ranges sends it all again.
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
    if (sha256 !== null && hasher.digest('hex') !== sha256) {
      await this.startOver(name);
      throw this.hub.error('damaged', { file: name });
    }
    if (filled > 0) await store(true);
    else await this.change(name, { etag, isComplete: true });
  }

  /** Before the large files: whether the config is a GPT-2's at all. */
  private async requireGpt2(): Promise<void> {
    const reader = openDownloadFile(this.storage, this.record.id, this.file('config.json'));
    const text = new TextDecoder().decode(await reader.read(0, reader.byteLength));
    let type: unknown;
    try {
      type = (JSON.parse(text) as { model_type?: unknown } | null)?.model_type;
    } catch {
      type = undefined;
    }
    if (type === 'gpt2') return;
    await deleteDownload(this.storage, this.record.id);
    throw this.hub.error('no-gpt2', { file: 'config.json' });
  }
}

/** Whether the answer says another size of the whole than is expected. Only a range's does. */
function isOfSize({ status, headers }: Response, expectedBytes: number | null): boolean {
  const total = /\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
  if (status !== 206 || expectedBytes === null || total === undefined) return true;
  return Number(total) === expectedBytes;
}

/** The ETag to expect from now on. Throws {@link Changed} when the answer is of another file. */
function sameEtag({ headers }: Response, name: string, etag: string | null): string | null {
  // A weak one is of the same bytes, compressed on the way.
  const found = headers.get('ETag')?.replace(/^W\//, '') ?? null;
  if (etag !== null && found !== null && etag !== found) throw new Changed(name);
  return found ?? etag;
}
