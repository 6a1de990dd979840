/**
 * Whose archive it is: username, display name and picture, and nothing else.
 *
 * `account.js` has the e-mail address beside them, `profile.js` a biography and a place: those are
 * never looked at. All of it is a nicety: what can't be made sense of is null, never an error.
 */

import { mynahError, MynahError } from '../../core/errors.ts';
import { ElementReader, JsonFault } from '../json/element-reader.ts';
import type { AccountNames, ByteSource } from './source.ts';
import { readText, UnknownEncoding } from './text-chunks.ts';
import { isRecord } from '../formats/values.ts';

/** Real ones have 300 bytes to 16 kB; the heaviest, a list of contents, grows with the parts. */
const MAX_BYTES = 1024 ** 2;
const MAX_DISPLAY_NAME_LENGTH = 100;

/** The elements of a small file: none, when it is large or can't be read. */
export async function readSmallJson(source: ByteSource): Promise<unknown[]> {
  const values: unknown[] = [];
  if (source.bytes > MAX_BYTES) return values;
  const reader = new ElementReader({
    onValue: (value) => values.push(value),
    onDamage: () => undefined,
  });
  try {
    for await (const chunk of readText(source.stream())) {
      if (chunk.bytesRead > MAX_BYTES) return [];
      reader.push(chunk.text);
    }
    reader.end();
  } catch (error) {
    const isTolerable =
      error instanceof JsonFault ||
      error instanceof UnknownEncoding ||
      (error instanceof MynahError && error.code === 'archive-unreadable');
    if (!isTolerable) throw error;
  }
  return values;
}

/** `window.YTD.account.part0 = [ {"account": {"username": …, "accountDisplayName": …}} ]` */
export async function readAccount(source: ByteSource): Promise<AccountNames | null> {
  const [value] = await readSmallJson(source);
  if (!isRecord(value) || !isRecord(value.account)) return null;
  return names(value.account.username, value.account.accountDisplayName);
}

/** `var user_details = {"screen_name": …, "full_name": …}`, until 2018. */
export async function readOldAccount(source: ByteSource): Promise<AccountNames | null> {
  const [value] = await readSmallJson(source);
  return isRecord(value) ? names(value.screen_name, value.full_name) : null;
}

/** Mastodon's `actor.json`. */
export async function readActor(source: ByteSource): Promise<AccountNames | null> {
  const [value] = await readSmallJson(source);
  if (!isRecord(value)) return null;
  const { preferredUsername, name, id } = value;
  const host = typeof id === 'string' ? (/^https:\/\/([\w.-]+)\//.exec(id)?.[1] ?? null) : null;
  if (typeof preferredUsername !== 'string') return names(null, name);
  return names(host === null ? preferredUsername : `${preferredUsername}@${host}`, name);
}

/** The file name of the picture that `profile.js` names, or null. */
export async function readAvatarName(source: ByteSource): Promise<string | null> {
  const [value] = await readSmallJson(source);
  if (!isRecord(value) || !isRecord(value.profile)) return null;
  const { avatarMediaUrl: url } = value.profile;
  return typeof url === 'string' ? (/([\w.-]+)$/.exec(url)?.[1]?.toLowerCase() ?? null) : null;
}

const PICTURES: readonly (readonly [type: string, start: RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF....WEBP/s],
];

/** A picture of a kind that a page can show, or null. */
export async function readPicture(source: ByteSource): Promise<Blob | null> {
  if (source.bytes > MAX_BYTES) return null;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  try {
    for await (const part of bytesOf(source)) parts.push(part);
  } catch (error) {
    if (error instanceof MynahError && error.code === 'archive-unreadable') return null;
    throw error;
  }
  const start = String.fromCharCode(...(parts[0]?.subarray(0, 12) ?? []));
  const type = PICTURES.find(([, pattern]) => pattern.test(start))?.[0];
  return type === undefined ? null : new Blob(parts, { type });
}

async function* bytesOf(source: ByteSource): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = source.stream().getReader();
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      throw mynahError('archive-unreadable', { file: source.name, reason: 'damaged' });
    }
    yield value.slice();
  }
}

/** Names that a page can show; null when there is none. */
export function names(username: unknown, displayName: unknown): AccountNames | null {
  const found = {
    username:
      typeof username === 'string' && /^@?[\w.-]{1,64}(?:@[\w.-]{1,253})?$/.test(username)
        ? username.replace(/^@/, '')
        : null,
    displayName: typeof displayName === 'string' ? displayable(displayName) : null,
  };
  return found.username === null && found.displayName === null ? null : found;
}

/** One well-formed line of sane length, or null when nothing is left. */
function displayable(name: string): string | null {
  const line = name
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line === '' ? null : [...line].slice(0, MAX_DISPLAY_NAME_LENGTH).join('');
}
