/**
 * What the tests need of a browser: little enough for any protocol, and nothing that only one browser
 * has. `firefox.ts` and `webkit.ts` implement it, and `page.ts` drives the page with it.
 */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** An element of the page, as the protocol refers to it. */
export type ElementReference = Readonly<Record<string, Json>>;

export interface Browser {
  /** The folder into which the browser saves what is downloaded. */
  readonly downloads: string;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /**
   * Calls a function in the page, and returns what it returns or resolves to. Function, values and result are sent
   * as text and as JSON.
   */
  run<A extends readonly unknown[], R>(
    inPage: (...values: A) => R | Promise<R>,
    ...values: A
  ): Promise<Awaited<R>>;
  /** The element that a function finds in the page, or null. */
  element<A extends readonly unknown[]>(
    inPage: (...values: A) => Element | null,
    ...values: A
  ): Promise<ElementReference | null>;
  /** Presses a button. */
  press(element: ElementReference): Promise<void>;
  /** Focuses a text field and types over what it holds. */
  fill(element: ElementReference, text: string): Promise<void>;
  setFiles(element: ElementReference, paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The code of a key: https://www.w3.org/TR/webdriver2/#keyboard-actions. */
export const ENTER = '\uE006';

/** How many milliseconds a browser may take to start, and to answer. */
export const ANSWER_MS = 100_000;
