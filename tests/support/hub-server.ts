/**
 * A Hub on this computer, with the Hugging Face Hub's addresses and headers on two origins, which can simulate faults.
 *
 * Like the real Hub, it lists files with sizes and hashes at `/api/models/owner/name/revision/main?blobs=true`. At
 * `/owner/name/resolve/revision/file` it answers requests for small files itself, and redirects those for large ones
 * to the second origin, with `X-Linked-Size` and `X-Linked-ETag` on the redirect. Both origins support ranges, ETags
 * and CORS, but answer no preflight request.
 *
 * Tests in a browser can't call functions here. They `PUT` a {@link RepositoryJson} to `/control/owner/name`, and `GET`
 * the requests so far from there.
 */
import { createHash } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { patternBytes } from '../browser/storage/pattern.ts';

/** A fault in the next answers with this file; `times` says in how many of them. */
export type Fault =
  /** The connection breaks after this many bytes. */
  | {
      readonly kind: 'drop';
      readonly file: string;
      readonly afterBytes: number;
      readonly times: number;
    }
  /** Nothing more arrives after this many bytes. */
  | {
      readonly kind: 'stall';
      readonly file: string;
      readonly afterBytes: number;
      readonly times: number;
    }
  /** The file has only this many bytes, and the answer says so. */
  | { readonly kind: 'truncate'; readonly file: string; readonly bytes: number }
  /** One byte is wrong. */
  | { readonly kind: 'corrupt'; readonly file: string; readonly times: number }
  /** Every request is answered with this status. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly times: number;
      /** Sent and exposed to pages. The real Hub sends it, but pages can't read it. */
      readonly retryAfter?: string;
      readonly errorCode?: string;
    }
  /** Every request is answered with a page of HTML and status 200, as a proxy in between does that wants a login. */
  | { readonly kind: 'page' }
  /**
   * The connection breaks after this many bytes, and then the repository has a new commit with another
   * file.
   */
  | {
      readonly kind: 'revise';
      readonly file: string;
      readonly afterBytes: number;
      readonly to: FileJson;
    };

/** A file whose bytes are generated while it is read, such as those of `tests/random-gpt2`. */
export interface MadeFile {
  readonly name: string;
  readonly byteLength: number;
  /** The bytes in order, the same in each call. */
  pieces(): Iterable<Uint8Array>;
}

/** A file with this text, or with random bytes of this length and seed. */
export type FileJson =
  | { readonly name: string; readonly text: string }
  | {
      readonly name: string;
      readonly bytes: number;
      readonly seed: number;
      /** The size that the API claims, if it isn't the real one. */
      readonly claimedBytes?: number;
    };

export type RepositoryJson = RepositoryOf<FileJson>;

interface RepositoryOf<File> {
  readonly files: readonly File[];
  readonly faults?: readonly Fault[];
  /** False for a mirror that has only `/resolve/` and no API. */
  readonly hasApi?: boolean;
  /** False for a mirror without commits. */
  readonly hasCommits?: boolean;
  /** False for a mirror that always sends whole files. */
  readonly hasRanges?: boolean;
}

export interface HubRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | null;
  readonly host: 'hub' | 'cdn';
}

export interface HubServer {
  /** The address, without a slash at the end. */
  readonly url: string;
  readonly cdnUrl: string;
  readonly requests: HubRequest[];
  /** Publishes a repository. It replaces one with the same name. */
  add(repository: string, content: RepositoryOf<FileJson | MadeFile>): void;
  /** Stops both servers and drops their connections. Idempotent. */
  close(): Promise<void>;
}

interface Content {
  readonly size: number;
  readonly claimedSize: number;
  readonly sha256: string;
  /** The bytes from `start` on. */
  readonly open: (start: number) => Iterable<Uint8Array>;
}

interface Repository {
  commit: string;
  readonly files: Map<string, Content>;
  faults: { fault: Fault; left: number }[];
  readonly options: Required<Pick<RepositoryJson, 'hasApi' | 'hasCommits' | 'hasRanges'>>;
}

const largeFile = /\.(safetensors|bin)$/;
const exposed =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag';

export async function startHubServer(): Promise<HubServer> {
  const repositories = new Map<string, Repository>();
  const requests: HubRequest[] = [];
  let cdnUrl = '';

  const onHub: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    if (pathname.startsWith('/control/')) {
      control(request, response, pathname.slice('/control/'.length));
      return;
    }
    note(request, 'hub');
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Expose-Headers', exposed);
    if (request.method === 'OPTIONS') return end(response, 404);
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/main$/.exec(pathname);
    const resolve = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(pathname);
    const name = (api ?? resolve)?.[1] ?? '';
    const repository = repositories.get(name);
    // The real Hub gives this answer to strangers, for private repositories as well.
    if (repository === undefined) return end(response, 401, { 'X-Error-Code': 'RepoNotFound' });
    const refusal = take(repository, ({ kind }) => kind === 'status');
    if (refusal?.kind === 'status') {
      return end(response, refusal.status, {
        ...(refusal.retryAfter === undefined
          ? {}
          : {
              'Retry-After': refusal.retryAfter,
              'Access-Control-Expose-Headers': `${exposed},Retry-After`,
            }),
        ...(refusal.errorCode === undefined ? {} : { 'X-Error-Code': refusal.errorCode }),
      });
    }
    if (take(repository, ({ kind }) => kind === 'page') !== null) {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>Log in</title><p>Please log in to this network.</p>');
      return;
    }
    const { hasApi, hasCommits } = repository.options;
    if (api) {
      if (!hasApi) return end(response, 404);
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(describe(name, repository)));
      return;
    }
    const [, , revision = '', file = ''] = resolve ?? [];
    if (revision !== 'main' && revision !== repository.commit) {
      return end(response, 404, { 'X-Error-Code': 'RevisionNotFound' });
    }
    const content = repository.files.get(file);
    if (content === undefined) return end(response, 404, { 'X-Error-Code': 'EntryNotFound' });
    if (hasCommits) response.setHeader('X-Repo-Commit', repository.commit);
    if (!largeFile.test(file)) {
      void send(request, response, repository, file, content);
      return;
    }
    response.setHeader('X-Linked-Size', String(content.size));
    response.setHeader('X-Linked-ETag', `"${content.sha256}"`);
    response.writeHead(302, { Location: `${cdnUrl}/${name}/${file}?signed=1` });
    response.end();
  };

  const onCdn: RequestListener = (request, response) => {
    note(request, 'cdn');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'ETag,Content-Range,Accept-Ranges');
    if (request.method === 'OPTIONS') return end(response, 403);
    const path = new URL(request.url ?? '/', 'http://cdn').pathname.slice(1);
    const file = path.split('/').slice(2).join('/');
    const repository = repositories.get(path.split('/').slice(0, 2).join('/'));
    const content = repository?.files.get(file);
    if (repository === undefined || content === undefined) return end(response, 403);
    void send(request, response, repository, file, content);
  };

  function note(request: IncomingMessage, host: HubRequest['host']): void {
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, range: headers.range ?? null, host });
  }

  function control(request: IncomingMessage, response: ServerResponse, name: string): void {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
    if (request.method === 'PUT') {
      let body = '';
      request.on('data', (piece) => {
        body += String(piece);
      });
      request.on('end', () => {
        add(name, JSON.parse(body) as RepositoryJson);
        end(response, 200);
      });
    } else if (request.method === 'GET') {
      response.end(JSON.stringify(requests.filter(({ path }) => path.includes(name))));
    } else end(response, 200);
  }

  function add(name: string, content: RepositoryOf<FileJson | MadeFile>): void {
    const files = content.files.map((file) => [file.name, contentOf(file)] as const);
    const { hasApi = true, hasCommits = true, hasRanges = true, faults = [] } = content;
    repositories.set(name, {
      commit: commitOf(new Map(files)),
      files: new Map(files),
      faults: faults.map((fault) => ({
        fault,
        left:
          'times' in fault ? fault.times : fault.kind === 'revise' ? 1 : Number.POSITIVE_INFINITY,
      })),
      options: { hasApi, hasCommits, hasRanges },
    });
  }

  const hub = createServer(onHub);
  const cdn = createServer(onCdn);
  const url = await listen(hub);
  cdnUrl = await listen(cdn);
  let closing: Promise<unknown> | null = null;
  return {
    url,
    cdnUrl,
    requests,
    add,
    async close() {
      closing ??= Promise.all([hub, cdn].map(shut));
      await closing;
    },
  };
}

function describe(id: string, { commit, files, options }: Repository): unknown {
  return {
    id,
    ...(options.hasCommits ? { sha: commit } : {}),
    private: false,
    siblings: Array.from(files, ([rfilename, { claimedSize: size, sha256 }]) => ({
      rfilename,
      size,
      ...(largeFile.test(rfilename) ? { lfs: { sha256, size, pointerSize: 134 } } : {}),
    })),
  };
}

/** Sends a file, or the requested range of it, with the fault that is planned for it. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  repository: Repository,
  name: string,
  content: Content,
): Promise<void> {
  // An ETag that differs from the hash, as those of the CDN do, and that changes with the content.
  response.setHeader('ETag', `"${content.sha256.slice(0, 32)}"`);
  response.setHeader('Accept-Ranges', repository.options.hasRanges ? 'bytes' : 'none');
  const isHead = request.method === 'HEAD';
  const fault = isHead ? null : take(repository, (each) => 'file' in each && each.file === name);
  const size = fault?.kind === 'truncate' ? fault.bytes : content.size;
  const range = repository.options.hasRanges
    ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
    : null;
  const start = Number(range?.[1] ?? 0);
  const stop = range?.[2] ? Math.min(size, Number(range[2]) + 1) : size;
  if (start > 0 && start >= size) {
    return end(response, 416, { 'Content-Range': `bytes */${size}` });
  }
  const headers = { 'Content-Length': String(stop - start) };
  if (range !== null) {
    const sent = `bytes ${start}-${stop - 1}/${size}`;
    response.writeHead(206, { ...headers, 'Content-Range': sent });
  } else response.writeHead(200, headers);
  if (isHead) {
    response.end();
    return;
  }
  let sent = 0;
  for (const whole of content.open(start)) {
    let piece = whole.subarray(0, stop - start - sent);
    if (fault?.kind === 'corrupt' && sent === 0) {
      piece = Uint8Array.from(piece);
      piece[piece.byteLength >> 1] = (piece[piece.byteLength >> 1] ?? 0) ^ 1;
    }
    const limit =
      fault !== null && 'afterBytes' in fault ? fault.afterBytes - sent : Number.POSITIVE_INFINITY;
    const isCut = piece.byteLength >= limit;
    if (isCut) piece = piece.subarray(0, limit);
    sent += piece.byteLength;
    const isFlowing = response.write(piece);
    if (isCut && fault !== null) {
      if (fault.kind === 'stall') return;
      if (fault.kind === 'revise') revise(repository, fault.to);
      // The bytes must be sent before the connection breaks.
      response.write('', () => setTimeout(() => response.destroy(), 50));
      return;
    }
    if (!isFlowing) await drained(response);
    if (response.destroyed || sent >= stop - start) break;
  }
  response.end();
}

/** Resolves when more can be written, or when the connection is closed. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });
}

function revise(repository: Repository, file: FileJson): void {
  repository.files.set(file.name, contentOf(file));
  repository.commit = commitOf(repository.files);
}

/** The first matching fault that has not occurred as often as planned. */
function take(repository: Repository, isWanted: (fault: Fault) => boolean): Fault | null {
  const entry = repository.faults.find(({ fault, left }) => left > 0 && isWanted(fault));
  if (entry === undefined) return null;
  entry.left -= 1;
  return entry.fault;
}

function contentOf(file: FileJson | MadeFile): Content {
  if ('pieces' in file) return made(file);
  const content = inMemory(bytesOf(file));
  const claimedSize = 'bytes' in file ? file.claimedBytes : undefined;
  return claimedSize === undefined ? content : { ...content, claimedSize };
}

function bytesOf(file: FileJson): Uint8Array {
  return 'text' in file ? new TextEncoder().encode(file.text) : patternBytes(file.bytes, file.seed);
}

const pieceBytes = 64 * 1024;

function inMemory(bytes: Uint8Array): Content {
  return {
    size: bytes.byteLength,
    claimedSize: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    *open(start) {
      for (let at = start; at < bytes.byteLength; at += pieceBytes) {
        yield bytes.subarray(at, at + pieceBytes);
      }
    },
  };
}

function made({ byteLength, pieces }: MadeFile): Content {
  const hash = createHash('sha256');
  for (const piece of pieces()) hash.update(piece);
  return {
    size: byteLength,
    claimedSize: byteLength,
    sha256: hash.digest('hex'),
    *open(start) {
      let at = 0;
      for (const piece of pieces()) {
        const skipped = Math.min(piece.byteLength, Math.max(0, start - at));
        at += piece.byteLength;
        if (skipped < piece.byteLength) yield piece.subarray(skipped);
      }
    },
  };
}

function commitOf(files: ReadonlyMap<string, Content>): string {
  const hash = createHash('sha1');
  for (const [name, { sha256 }] of files) hash.update(`${name} ${sha256}\n`);
  return hash.digest('hex');
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end();
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no address');
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
