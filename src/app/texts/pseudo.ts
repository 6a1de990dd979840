/**
 * English with accents and about 40 % longer, made by code: shows what is cut when words are longer, and what isn't
 * in the catalogue, because it has no accents. `?lang=pseudo` speaks it.
 */
const PLAIN = 'abcdefghiklmnorstuwyzACDEGINORSTUZ';
const ACCENTED = 'áƀçđéƒĝĥíķļɱñóŕşţúŵýžÁÇĐÉĜÍÑÓŔŞŢÚŽ';
const accents = new Map([...PLAIN].map((letter, i) => [letter, [...ACCENTED][i] ?? letter]));

/** Words of a few letters, so that they break into lines as other words do. */
const FILLING = ' ôñé ţŵó ţĥŕéé ƒóúŕ ƒívé şíx şévéñ éíĝĥţ ñíñé ţéñ éļévéñ ţŵéļvé';

function accentedString(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const letters = [...text].map((letter) => accents.get(letter) ?? letter).join('');
  let filling = '';
  while (filling.length < Math.max(3, 0.4 * text.length)) filling += FILLING;
  return `${letters}${filling.slice(0, Math.max(3, Math.ceil(0.4 * text.length))).trimEnd()}`;
}

/** Messages of all kinds: strings, tables of messages, functions, and lists of strings and elements. */
export function accented<T>(text: T): T;
export function accented(text: unknown): unknown {
  if (typeof text === 'string') return accentedString(text);
  if (Array.isArray(text))
    return text.map((part) => (typeof part === 'string' ? accented(part) : part));
  if (typeof text === 'function') {
    return (...values: unknown[]): unknown => {
      // A function among the values makes an element of words, which are of the message.
      const given = values.map((value) =>
        typeof value === 'function'
          ? new Proxy(value, {
              apply: (make, self, words) =>
                Reflect.apply(
                  make,
                  self,
                  words.map((each: unknown) => accented(each)),
                ),
            })
          : value,
      );
      return accented(text(...given));
    };
  }
  if (
    typeof text === 'object' &&
    text !== null &&
    Object.getPrototypeOf(text) === Object.prototype
  ) {
    // An element of Preact is made already.
    if ('type' in text && 'props' in text) return text;
    return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, accented(value)]));
  }
  return text;
}
