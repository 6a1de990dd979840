/**
 * Runs in the page, to which it is sent as text, so nothing here can refer to anything outside of itself: finds
 * elements as people and screen readers do, by role and name.
 */

export type Role =
  | 'alert'
  | 'button'
  | 'cell'
  | 'columnheader'
  | 'complementary'
  | 'contentinfo'
  | 'disclosure'
  | 'field'
  | 'list'
  | 'listitem'
  | 'radio'
  | 'table';

/** A name that is a string is the whole of it; otherwise it is the source of a regular expression. */
export type Name = string | { readonly matches: string } | null;

export interface Query {
  readonly role: Role;
  readonly name: Name;
  /** Also what can't be seen, such as a field for files that a button stands for. */
  readonly isHidden?: boolean;
  /** Only what can be used. */
  readonly isEnabled?: boolean;
}

/** The first element that the query finds, in a place that the queries before it find; or null. */
export function findElement(queries: readonly Query[]): Element | null {
  const selectors: Record<Role, string> = {
    alert: '[role=alert]',
    button: 'button, [role=button]',
    cell: 'td',
    columnheader: 'th',
    complementary: 'aside',
    contentinfo: 'footer',
    disclosure: 'summary',
    field: 'input, textarea, select',
    list: 'ul, ol',
    listitem: 'li',
    radio: 'input[type=radio]',
    table: 'table',
  };
  const textOf = (node: Element | null) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const namesOf = (element: Element): string[] => {
    const label = element.getAttribute('aria-label');
    if (label !== null) return [label];
    const ids = element.getAttribute('aria-labelledby');
    if (ids !== null) {
      return [
        ids
          .split(/\s+/)
          .map((id) => textOf(document.getElementById(id)))
          .join(' '),
      ];
    }
    if ('labels' in element) {
      const labels = [...((element as HTMLInputElement).labels ?? [])];
      if (labels.length > 0) return labels.map(textOf);
    }
    const caption = element.querySelector(':scope > caption');
    return [textOf(caption ?? element)];
  };
  let place: Element = document.body;
  for (const { role, name, isHidden = false, isEnabled = false } of queries) {
    const isNamed = (element: Element) => {
      if (name === null) return true;
      return namesOf(element).some((each) =>
        typeof name === 'string' ? each === name : new RegExp(name.matches).test(each),
      );
    };
    const isSeen = (element: Element) => isHidden || element.checkVisibility();
    const found = [...place.querySelectorAll(selectors[role])].find(
      (element) =>
        isSeen(element) && isNamed(element) && !(isEnabled && element.matches(':disabled')),
    );
    if (found === undefined) return null;
    place = found;
  }
  return place;
}
