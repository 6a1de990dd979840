/** Gives a part of the page its texts, in the language that the page speaks when they are read. */
import type { Catalogue } from './catalogue.ts';
import { speaking } from './language.ts';

/**
 * The texts of one room of the catalogue. Read them where they are shown (`texts.name` in a component, a computed
 * signal or a function), never at the top of a file: reading subscribes to the language.
 *
 * @param english The room in English, which is part of the code that asks. Other languages are loaded as a whole.
 */
export function messages<R extends keyof Catalogue>(room: R, english: Catalogue[R]): Catalogue[R] {
  return new Proxy(english, {
    get(_, name) {
      const { catalogue, change } = speaking();
      const text: unknown = Reflect.get(catalogue?.[room] ?? english, name);
      return change === null ? text : change(text);
    },
  });
}
