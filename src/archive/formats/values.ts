/** Parses the values of fields in the different ways that sources write them. */

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** On other services than Twitter, ids are addresses. */
const MAX_ID_LENGTH = 512;
/** What pandas and databases write for an empty field, in lower case. */
const NOTHING = new Set(
  '-1 0 0.0 nan none null nil undefined na n/a <na> [] {} false f no n'.split(' ').concat(''),
);
const PLAIN_ID = /^[1-9]\d{0,24}$/;
const PLAIN_COUNT = /^\d{1,15}$/;
const ROUNDED = /^\d+(?:\.\d+)?e\+?\d+$/i;

/**
 * A name, an address or an id. Ids have 19 digits, which a JSON number can't represent: a rounded
 * id would be the id of another tweet. `-1` and `0` mean that there is none.
 */
export function stringOf(value: unknown): string | null {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > 0 ? `${value}` : null;
  if (typeof value !== 'string' || value === '' || value.length > MAX_ID_LENGTH) return null;
  return value === '-1' || value === '0' ? null : value;
}

/**
 * An id, also in the way that spreadsheets (`="12"`, `'12`), R (`x12`) and databases
 * (`{"$numberLong": "12"}`) write it. Rounded ids such as `1.7E+18` are useless.
 */
export function idOf(value: unknown): string | null {
  // Most ids are plain digits.
  if (typeof value === 'string' && PLAIN_ID.test(value)) return value;
  if (isRecord(value)) return idOf(value.$numberLong ?? null);
  const text = stringOf(typeof value === 'string' ? value.trim() : value);
  if (text === null) return null;
  const quoted = /^=?"(\d+)"$/.exec(text)?.[1];
  const id = quoted ?? text.replace(/^(?:'|x)(?=\d+$)/, '').replace(/^(\d{1,15})\.0$/, '$1');
  const isNone = NOTHING.has(id.toLowerCase()) || ROUNDED.test(id) || /^\d{16,}\.\d*$/.test(id);
  return isNone ? null : id;
}

/** The id in the address of a tweet. */
export function idInLink(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH) return null;
  return /\/status(?:es)?\/(\d{1,25})(?:[/?#]|$)/.exec(value)?.[1] ?? null;
}

/** A count, which may be written as `1,234` or `12.0`. */
export function countOf(value: unknown): number | null {
  const count = typeof value === 'string' ? numberIn(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

function numberIn(text: string): number | null {
  // Most counts are plain digits.
  if (PLAIN_COUNT.test(text)) return Number(text);
  return text.trim() === '' ? null : Number(text.replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1'));
}

const PLAIN_LANGUAGE = /^[a-z]{2}$/;
const NOT_A_LANGUAGE = /^(?:und|zxx|art|q..)$/;
const LANGUAGE = /^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_](?:[A-Za-z]{2}|\d{3}))?$/;

/**
 * A language with its script, if given, and without its region: `pt-BR` becomes `pt`. Null for
 * none.
 */
export function languageOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  // Most languages are two letters, and two letters are always a language.
  if (PLAIN_LANGUAGE.test(value)) return value;
  const [, language = '', script] = LANGUAGE.exec(value) ?? [];
  if (language === '' || NOT_A_LANGUAGE.test(language)) return null;
  return script === undefined ? language : `${language}-${script}`;
}

/** What tools and spreadsheets write for a flag that is set, in the languages whose columns are read. */
const TRUE = new Set(
  `true t yes y 1 verdadero sí si verdadeiro sim vrai oui vero sì wahr ja истина да はい 是 예`.split(
    ' ',
  ),
);

/** Whether a flag is set. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'string') return TRUE.has(value.trim().toLowerCase());
  return value === true || value === 1;
}

/** Whether a field for a tweet, its id or its author contains anything. */
export function isSomething(value: unknown): boolean {
  if (typeof value === 'string') return !NOTHING.has(value.trim().toLowerCase());
  if (typeof value === 'number') return value > 0;
  return isRecord(value) || Array.isArray(value) ? Object.keys(value).length > 0 : value === true;
}

/** Like {@link isSomething}, for a field that may also contain a count, which is a small number. */
export function isSomethingElseThanCount(value: unknown): boolean {
  const isCount =
    typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return !isCount && isSomething(value);
}

/** A user name, with or without `@` or a server; null if it can't be one. */
export function usernameOf(value: unknown): string | null {
  const name = typeof value === 'string' ? value.trim().replace(/^@/, '') : '';
  const isName = /^[\w.-]{1,64}(?:@[\w.-]{1,253})?$/.test(name);
  return isName && !NOTHING.has(name.toLowerCase()) ? name : null;
}
