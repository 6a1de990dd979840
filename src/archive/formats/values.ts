/** What the fields of a tweet hold, in the ways that sources write it. */

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Elsewhere than on Twitter, ids are addresses. */
const MAX_ID_LENGTH = 512;
/** What stands in a field that holds nothing, in lower case: pandas and databases write these. */
const NOTHING = new Set(
  '-1 0 0.0 nan none null nil undefined na n/a <na> [] {} false f no n'.split(' ').concat(''),
);
const PLAIN_ID = /^[1-9]\d{0,24}$/;
const ROUNDED = /^\d+(?:\.\d+)?e\+?\d+$/i;

/**
 * A name, an address or an id. Ids have 19 digits, which a JSON number can't hold: a rounded one would
 * be that of another tweet. `-1` and `0` stand for none.
 */
export function stringOf(value: unknown): string | null {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > 0 ? `${value}` : null;
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_LENGTH) return null;
  return value === '-1' || value === '0' ? null : value;
}

/**
 * An id, also as spreadsheets (`="12"`, `'12`), R (`x12`) and databases (`{"$numberLong": "12"}`) write
 * it. One that went through a number (`1.7E+18`) was rounded.
 */
export function idOf(value: unknown): string | null {
  // Most are plain.
  if (typeof value === 'string' && PLAIN_ID.test(value)) return value;
  if (isRecord(value)) return idOf(value.$numberLong ?? value.$oid ?? null);
  const text = stringOf(typeof value === 'string' ? value.trim() : value);
  if (text === null) return null;
  const quoted = /^=?"(\d+)"$/.exec(text)?.[1];
  const id = quoted ?? text.replace(/^(?:'|x)(?=\d+$)/, '').replace(/^(\d{1,15})\.0$/, '$1');
  const isNone = NOTHING.has(id.toLowerCase()) || ROUNDED.test(id) || /^\d{16,}\.\d*$/.test(id);
  return isNone ? null : id;
}

/** The id in a tweet's address. */
export function idInLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH) return null;
  return /\/status(?:es)?\/(\d{1,25})(?:[/?#]|$)/.exec(value)?.[1] ?? null;
}

/** Also `1,234` and `12.0`. */
export function countOf(value: unknown): number | null {
  const isText = typeof value === 'string' && value.trim() !== '';
  const count = isText ? Number(value.replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

const NOT_A_LANGUAGE = /^(?:und|zxx|art|q..)$/;
const LANGUAGE = /^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$/;

/** A language, and its script where it has several; null for none. `pt-BR` is Portuguese. */
export function languageOf(value: unknown): string | null {
  const [, language = '', script] = (typeof value === 'string' && LANGUAGE.exec(value)) || [];
  if (language === '' || NOT_A_LANGUAGE.test(language)) return null;
  return script === undefined ? language : `${language}-${script}`;
}

/** Whether a flag is set. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'string') return /^(?:true|t|yes|y|1)$/i.test(value.trim());
  return value === true || value === 1;
}

/** Whether a field that holds a tweet, its id or its author holds anything. */
export function isSomething(value: unknown): boolean {
  if (typeof value === 'string') return !NOTHING.has(value.trim().toLowerCase());
  if (typeof value === 'number') return value > 0;
  return isRecord(value) || Array.isArray(value) ? Object.keys(value).length > 0 : value === true;
}

/** As {@link isSomething}, for a field that may as well say how often: a small number is a count. */
export function isSomethingElseThanCount(value: unknown): boolean {
  const isCount =
    typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return !isCount && isSomething(value);
}

/** A user name, with or without `@`, and with or without a server; null for what can't be one. */
export function usernameOf(value: unknown): string | null {
  const name = typeof value === 'string' ? value.trim().replace(/^@/, '') : '';
  const isName = /^[\w.-]{1,64}(?:@[\w.-]{1,253})?$/.test(name);
  return isName && !NOTHING.has(name.toLowerCase()) ? name : null;
}
