/**
 * Lists the files of a repository that a GPT-2 consists of, with their sizes and hashes.
 *
 * The Hub's API gives everything in one response. The headers of each file (`X-Linked-Size`,
 * `X-Linked-ETag`) have it too, but on the redirect, where a page can't read them. They are requested
 * only from a mirror without an API.
 */
import {
  arrayOf,
  objectOf,
  otherwise,
  parseCount,
  parseString,
  recordOf,
  stringMatching,
} from '../core/parse.ts';
import type { HubConnection } from './hub-fetch.ts';
import { refuseOtherTokenizer } from './model-files.ts';

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
/** The maximum size of a list or an index, which are read as a whole. */
const MAX_JSON_BYTES = 8 * 2 ** 20;

const parseSize = otherwise(parseCount, null);
const parseHash = otherwise(stringMatching(/^[0-9a-f]{64}$/), null);
const parseCommit = otherwise(stringMatching(/^[0-9a-f]{40}$/), null);
const parseSibling = objectOf({
  rfilename: parseString,
  size: parseSize,
  lfs: otherwise(objectOf({ sha256: parseHash }), null),
});
const parseApiListing = otherwise(
  objectOf({ sha: parseCommit, siblings: arrayOf(otherwise(parseSibling, null)) }),
  null,
);
/** The index names the file of each tensor. */
const parseIndex = otherwise(
  objectOf({ weight_map: recordOf(otherwise(stringMatching(SHARD_NAME), null)) }),
  { weight_map: {} },
);

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
  if (missing !== undefined) {
    if (tokenizer.includes(missing)) refuseOtherTokenizer(names);
    throw hub.error('no-gpt2', { file: missing });
  }
  const optional = ['tokenizer_config.json', 'generation_config.json', 'added_tokens.json'];
  // The smallest files first, so that a fault shows before the large files are downloaded.
  const wanted = ['config.json', ...optional, ...tokenizer, ...weights];
  const files = wanted.flatMap((name) => names.get(name) ?? []);
  return { ...listing, files };
}

/** Null if the server has no API. */
async function listByApi(hub: HubConnection, signal: AbortSignal): Promise<HubListing | null> {
  const path = `/api/models/${hub.repository}/revision/main?blobs=true`;
  const listing = parseApiListing(await readJson(hub, path, signal), 'listing');
  if (listing === null) return null;
  const files = listing.siblings.flatMap((sibling): HubFile[] => {
    if (sibling === null) return [];
    const { rfilename: name, size: expectedBytes, lfs } = sibling;
    return [{ name, expectedBytes, sha256: lfs?.sha256 ?? null }];
  });
  return { commit: listing.sha, files };
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
    if (name === 'config.json' && headers.get('Content-Type')?.startsWith('text/html') === true) {
      throw hub.error('not-the-hub');
    }
    commit ??= parseCommit(headers.get('X-Repo-Commit'), 'commit');
    // Only for binary files is the content length the size, because text may be compressed on the way.
    const length = /\.(safetensors|bin)$/.test(name) ? headers.get('Content-Length') : null;
    const size = headers.get('X-Linked-Size') ?? length;
    const expectedBytes = size === null ? null : parseSize(Number(size), 'size');
    const tag = headers.get('X-Linked-ETag')?.replaceAll('"', '');
    files.push({ name, expectedBytes, sha256: parseHash(tag, 'hash') });
    return true;
  };
  await probe('config.json');
  await probe('tokenizer_config.json');
  await probe('generation_config.json');
  await probe('added_tokens.json');
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
  const shards = new Set(Object.values(parseIndex(index, 'index').weight_map));
  for (const shard of shards) if (shard !== null) await probe(shard);
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
