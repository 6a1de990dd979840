/** Drives a browser by the commands of WebDriver (https://www.w3.org/TR/webdriver2/), however they are sent. */

import type { Browser, ElementReference, Json } from './protocol.ts';

/** A command and its parameters. Those that concern an element have its `id`. */
export type Send = (command: Command, parameters: Readonly<Record<string, Json>>) => Promise<Json>;

export type Command =
  | 'Navigate'
  | 'Refresh'
  | 'ExecuteScript'
  | 'ExecuteAsyncScript'
  | 'ElementClear'
  | 'ElementClick'
  | 'ElementSendKeys';

/** To which WebDriver gives a key that nothing else has. */
const idOf = (element: ElementReference) => String(Object.values(element)[0]);

/**
 * @param reload Opens the page anew.
 * @param press Presses the button with an id.
 * @param close Ends the session and the browser.
 */
export function driveByWebDriver(
  send: Send,
  {
    downloads,
    reload,
    press,
    close,
  }: Pick<Browser, 'downloads' | 'close'> & {
    reload: () => Promise<unknown>;
    press: (id: string) => Promise<unknown>;
  },
): Browser {
  const type = async (element: ElementReference, text: string) => {
    await send('ElementSendKeys', { id: idOf(element), text });
  };
  return {
    downloads,
    close,
    async goto(url) {
      await send('Navigate', { url });
    },
    async reload() {
      await reload();
    },
    async run(inPage, ...values) {
      const script = `
        const [json, done] = arguments;
        Promise.resolve().then(() => (${inPage})(...JSON.parse(json))).then(
          (value) => done({ json: JSON.stringify(value ?? null) }),
          (error) => done({ error: String(error) }),
        );`;
      const parameters = { script, args: [JSON.stringify(values)] };
      const answer = (await send('ExecuteAsyncScript', parameters)) as {
        json?: string;
        error?: string;
      };
      if (answer.json === undefined) throw new Error(answer.error);
      return JSON.parse(answer.json);
    },
    async element(inPage, ...values) {
      const script = `return (${inPage})(...JSON.parse(arguments[0]));`;
      const parameters = { script, args: [JSON.stringify(values)] };
      return (await send('ExecuteScript', parameters)) as ElementReference | null;
    },
    async press(element) {
      await press(idOf(element));
    },
    async fill(element, text) {
      await send('ElementClear', { id: idOf(element) });
      if (text !== '') await type(element, text);
    },
    // An input for files takes their paths as keys.
    setFiles: (element, files) => type(element, files.join('\n')),
  };
}
