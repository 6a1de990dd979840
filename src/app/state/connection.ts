/** What the browser knows of the connection (the Network Information API, which only Chromium has). */

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Whether what is downloaded may be paid by the amount: a phone's network, or the user asks to save data. */
export function isMetered(): boolean {
  const { connection } = navigator as { readonly connection?: Connection };
  return connection?.saveData === true || connection?.type === 'cellular';
}
