/** The owner's names from `account.js`; the e-mail beside them is never looked at. */

import { ElementSplitter, JsonFault } from './json-elements.ts';
import type { AccountNames, TweetSource } from './source.ts';
import { readText } from './text-chunks.ts';
import { isRecord } from './tweet.ts';

/** Real ones have 300 bytes. */
const MAX_ACCOUNT_BYTES = 64 * 1024;
const MAX_DISPLAY_NAME_LENGTH = 100;

/**
 * Reads `window.YTD.account.part0 = [ {"account": {"username": …, "accountDisplayName": …}} ]`.
 * A name is a nicety: an account file that can't be made sense of is null, never an error.
 * Throws only `archive-unreadable`, when its bytes can't be read.
 */
export async function readAccount(source: TweetSource): Promise<AccountNames | null> {
  if (source.bytes > MAX_ACCOUNT_BYTES) return null;
  let account: AccountNames | null = null;
  const splitter = new ElementSplitter((json) => {
    account ??= parseAccount(json);
  });
  try {
    for await (const chunk of readText(source.stream())) splitter.push(chunk.text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
  }
  return account;
}

function parseAccount(json: string): AccountNames | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isRecord(value) || !isRecord(value.account)) return null;
  const { username, accountDisplayName } = value.account;
  return {
    username: typeof username === 'string' && /^\w{1,50}$/.test(username) ? username : null,
    displayName: typeof accountDisplayName === 'string' ? displayable(accountDisplayName) : null,
  };
}

/** One well-formed line of sane length, or null when nothing is left. */
function displayable(name: string): string | null {
  const line = name
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line === '' ? null : [...line].slice(0, MAX_DISPLAY_NAME_LENGTH).join('');
}
