/**
 * Which files of a repository make a GPT-2, how large they are and what their hashes should be.
 *
 * The Hub's API says all that in one answer. The headers of the files themselves (`X-Linked-Size`,
 * `X-Linked-ETag`) say it too, but on the redirect, where a page can't read them; they are asked for
 * where a mirror has no API.
 */
import type { HubConnection } from './hub-fetch.ts';

export interface HubFile {
  readonly name: string;
  readonly expectedBytes: number | null;
  /** Hex. */
  readonly sha256: string | null;
}

export interface HubListing {
  /** What `main` is now; null where the server doesn't say. */
  readonly commit: string | null;
  readonly files: readonly HubFile[];
}

const indexName = 'model.safetensors.index.json';
const shardName = /^model-\d{5}-of-\d{5}\.safetensors$/;
const hex256 = /^[0-9a-f]{64}$/;
const commitName = /^[0-9a-f]{40}$/;
/** What a listing or an index may weigh: they are read whole. */
const mostJsonBytes = 8 * 2 ** 20;

/** Throws `model-download` when there is no such repository or no GPT-2 in it. */
export async function listModel(hub: HubConnection, signal: AbortSignal): Promise<HubListing> {
  const listing = (await listByApi(hub, signal)) ?? (await listByHeaders(hub, signal));
  const names = new Map(listing.files.map((file) => [file.name, file]));
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name));
  const tokenizer = has('tokenizer.json') ? ['tokenizer.json'] : ['vocab.json', 'merges.txt'];
  const shards = [...names.keys()].filter((name) => shardName.test(name));
  const weights = has('model.safetensors')
    ? ['model.safetensors']
    : has(indexName) && shards.length > 0
      ? [indexName, ...shards]
      : ['pytorch_model.bin'];
  const needed = ['config.json', ...tokenizer, ...weights];
  const missing = needed.find((name) => !names.has(name));
  if (missing !== undefined) throw hub.error('no-gpt2', { file: missing });
  const optional = ['tokenizer_config.json', 'generation_config.json'];
  // The smallest first: what is wrong shows before the large ones are asked for.
  const wanted = ['config.json', ...optional, ...tokenizer, ...weights];
  const files = wanted.flatMap((name) => names.get(name) ?? []);
  return { ...listing, files };
}

/** Null where there is no API. */
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
  const commit = typeof sha === 'string' && commitName.test(sha) ? sha : null;
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
    if (found !== null && commitName.test(found)) commit ??= found;
    // The length of what isn't text is its size; text may be compressed on the way.
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
  if (!(await probe(indexName))) {
    await probe('pytorch_model.bin');
    return { commit, files };
  }
  const index = await readJson(hub, hub.file(commit ?? 'main', indexName), signal);
  const { weight_map: map } = (index ?? {}) as { weight_map?: unknown };
  const shards = new Set(typeof map === 'object' && map !== null ? Object.values(map) : []);
  for (const shard of shards) {
    if (typeof shard === 'string' && shardName.test(shard)) await probe(shard);
  }
  return { commit, files };
}

/** Null at 404 and where it isn't JSON: a mirror may answer anything with a page. */
async function readJson(hub: HubConnection, path: string, signal: AbortSignal): Promise<unknown> {
  return hub.persist(signal, async () => {
    const { response, pieces } = await hub.open(path, { signal });
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of pieces) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > mostJsonBytes) return null;
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
  return typeof value === 'string' && hex256.test(value) ? value : null;
}
