/** What the browser knows of the connection (the Network Information API, which only Chromium has). */

interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Whether downloads may cost money by their size: over a phone's network, or if the user asks to save data. */
export function isMetered(): boolean {
  const { connection } = navigator as { readonly connection?: Connection };
  return connection?.saveData === true || connection?.type === 'cellular';
}
