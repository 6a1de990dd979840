/**
 * Lists the files of a repository that a GPT-2 consists of, with their sizes and hashes.
 *
 * The Hub's API gives everything in one response. The headers of each file (`X-Linked-Size`,
 * `X-Linked-ETag`) have it too, but on the redirect, where a page can't read them. They are requested
 * only from a mirror without an API.
 */
import type { HubConnection } from './hub-fetch.ts';

export interface HubFile {
  readonly name: string;
  readonly expectedBytes: number | null;
  /** In hexadecimal. */
  readonly sha256: string | null;
}

export interface HubListing {
  /** The commit that `main` points to, or null if the server doesn't say. */
  readonly commit: string | null;
  readonly files: readonly HubFile[];
}

const INDEX_NAME = 'model.safetensors.index.json';
const SHARD_NAME = /^model-\d{5}-of-\d{5}\.safetensors$/;
const SHA256_HEX = /^[0-9a-f]{64}$/;
const COMMIT_NAME = /^[0-9a-f]{40}$/;
/** The maximum size of a list or an index, which are read as a whole. */
const MAX_JSON_BYTES = 8 * 2 ** 20;

/** Throws `model-download` if there is no such repository or it contains no GPT-2. */
export async function listModel(hub: HubConnection, signal: AbortSignal): Promise<HubListing> {
  const listing = (await listByApi(hub, signal)) ?? (await listByHeaders(hub, signal));
  const names = new Map(listing.files.map((file) => [file.name, file]));
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name));
  const tokenizer = has('tokenizer.json') ? ['tokenizer.json'] : ['vocab.json', 'merges.txt'];
  const shards = [...names.keys()].filter((name) => SHARD_NAME.test(name));
  const weights = has('model.safetensors')
    ? ['model.safetensors']
    : has(INDEX_NAME) && shards.length > 0
      ? [INDEX_NAME, ...shards]
      : ['pytorch_model.bin'];
  const needed = ['config.json', ...tokenizer, ...weights];
  const missing = needed.find((name) => !names.has(name));
  if (missing !== undefined) throw hub.error('no-gpt2', { file: missing });
  const optional = ['tokenizer_config.json', 'generation_config.json'];
  // The smallest files first, so that a fault shows before the large files are downloaded.
  const wanted = ['config.json', ...optional, ...tokenizer, ...weights];
  const files = wanted.flatMap((name) => names.get(name) ?? []);
  return { ...listing, files };
}

/** Null if the server has no API. */
async function listByApi(hub: HubConnection, signal: AbortSignal): Promise<HubListing | null> {
  const path = `/api/models/${hub.repository}/revision/main?blobs=true`;
  const answer = await readJson(hub, path, signal);
  if (answer === null) return null;
  const { sha, siblings } = answer as { sha?: unknown; siblings?: unknown };
  if (!Array.isArray(siblings)) return null;
  const files = siblings.flatMap((sibling: unknown): HubFile[] => {
    const { rfilename, size, lfs } = (sibling ?? {}) as Record<string, unknown>;
    if (typeof rfilename !== 'string') return [];
    const { sha256 } = (lfs ?? {}) as Record<string, unknown>;
    return [{ name: rfilename, expectedBytes: parseSize(size), sha256: parseHash(sha256) }];
  });
  const commit = typeof sha === 'string' && COMMIT_NAME.test(sha) ? sha : null;
  return { commit, files };
}

async function listByHeaders(hub: HubConnection, signal: AbortSignal): Promise<HubListing> {
  let commit: string | null = null;
  const files: HubFile[] = [];
  const probe = async (name: string): Promise<boolean> => {
    const { response } = await hub.persist(signal, () =>
      hub.open(hub.file(commit ?? 'main', name), { method: 'HEAD', signal }),
    );
    const { headers } = response;
    if (!response.ok) {
      if (name !== 'config.json') return false;
      const isEmpty = headers.get('X-Error-Code') === 'EntryNotFound';
      throw hub.error(isEmpty ? 'no-gpt2' : 'not-found', { file: name, status: response.status });
    }
    const found = headers.get('X-Repo-Commit');
    if (found !== null && COMMIT_NAME.test(found)) commit ??= found;
    // Only for binary files is the content length the size, because text may be compressed on the way.
    const length = /\.(safetensors|bin)$/.test(name) ? headers.get('Content-Length') : null;
    const size = headers.get('X-Linked-Size') ?? length;
    const expectedBytes = size === null ? null : parseSize(Number(size));
    const tag = headers.get('X-Linked-ETag')?.replaceAll('"', '');
    files.push({ name, expectedBytes, sha256: parseHash(tag) });
    return true;
  };
  await probe('config.json');
  await probe('tokenizer_config.json');
  await probe('generation_config.json');
  if (!(await probe('tokenizer.json'))) {
    await probe('vocab.json');
    await probe('merges.txt');
  }
  if (await probe('model.safetensors')) return { commit, files };
  if (!(await probe(INDEX_NAME))) {
    await probe('pytorch_model.bin');
    return { commit, files };
  }
  const index = await readJson(hub, hub.file(commit ?? 'main', INDEX_NAME), signal);
  const { weight_map: map } = (index ?? {}) as { weight_map?: unknown };
  const shards = new Set(typeof map === 'object' && map !== null ? Object.values(map) : []);
  for (const shard of shards) {
    if (typeof shard === 'string' && SHARD_NAME.test(shard)) await probe(shard);
  }
  return { commit, files };
}

/** Null for 404 and for anything that isn't JSON, because a mirror may answer with an HTML page. */
async function readJson(hub: HubConnection, path: string, signal: AbortSignal): Promise<unknown> {
  return hub.persist(signal, async () => {
    const { response, pieces } = await hub.open(path, { signal });
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of pieces) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > MAX_JSON_BYTES) return null;
    }
    if (!response.ok) {
      if (response.headers.get('X-Error-Code') === 'RepoNotFound') {
        throw hub.error('not-found', { status: response.status });
      }
      return null;
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  });
}

function parseSize(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function parseHash(value: unknown): string | null {
  return typeof value === 'string' && SHA256_HEX.test(value) ? value : null;
}
