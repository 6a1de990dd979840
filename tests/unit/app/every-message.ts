/** Calls every message of a catalogue, with values that fit whatever it takes. */
import type { Catalogue } from '../../../src/app/texts/catalogue.ts';
import { EXAMPLES, EXPECTED, FAULTS } from './error-examples.ts';

const WORD = 'Wort';
const LIST: readonly string[] = ['eins', 'zwei'];

/** Is a number, a string, a list of strings, an object with any fields, and a function that makes an element of words, as it is used. */
function sample(count: number): unknown {
  const inElement = (words: unknown) => words;
  return new Proxy(inElement, {
    get(_, name) {
      if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'string' ? WORD : count);
      if (name === Symbol.iterator || name in LIST) return bound(LIST, name);
      // Of an object with fields, each field is such a value, too.
      return name in String.prototype ? bound(WORD, name) : sample(count);
    },
  });
}

function bound(of: string | readonly string[], name: string | symbol): unknown {
  const value: unknown = Reflect.get(Object(of), name);
  return typeof value === 'function' ? value.bind(of) : value;
}

/** Counts for which languages have different forms. */
const COUNTS = [0, 1, 2, 3, 5, 11, 100, 1.5, 1_000_000];

/** No message takes more. */
const MOST_VALUES = 6;

/** All that a message says, for different counts, by its place, such as `data.added(3)`. */
export function saidBy(catalogue: Catalogue): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const visit = (place: string, message: unknown): void => {
    if (typeof message === 'string') said.set(place, message);
    else if (Array.isArray(message)) said.set(place, wordsOf(message));
    else if (typeof message === 'function') {
      for (const count of COUNTS) {
        const values = Array.from({ length: MOST_VALUES }, () => sample(count));
        said.set(`${place}(${count})`, wordsOf(message(...values)));
      }
    } else if (typeof message === 'object' && message !== null) {
      for (const [name, inner] of Object.entries(message)) visit(`${place}.${name}`, inner);
    }
  };
  const { errors, ...rooms } = catalogue;
  for (const [room, messages] of Object.entries(rooms)) visit(room, messages);
  for (const [code, cases] of Object.entries(EXAMPLES)) {
    const message = Reflect.get(errors, code) as (details: unknown) => unknown;
    for (const [name, details] of Object.entries(cases)) {
      visit(`errors.${code}.${name}`, message(details));
    }
  }
  const faults = [
    ...Object.entries(FAULTS),
    ...Object.entries(EXPECTED).map(([name, expected]) => {
      return [`expected ${name}`, { what: 'value', at: 'run.seed', expected }] as const;
    }),
  ];
  for (const [name, fault] of faults) {
    const details = { file: 'config.json', reason: 'malformed', fault } as const;
    visit(`errors.faults.${name}`, errors['model-corrupt'](details));
  }
  return said;
}

/** The words of what a message returns: a string, or strings and elements one after the other. */
function wordsOf(said: unknown): string {
  if (typeof said === 'string') return said;
  if (Array.isArray(said)) return said.map(wordsOf).join('');
  if (typeof said === 'function') return WORD;
  throw new Error(`a message says ${typeof said}`);
}
