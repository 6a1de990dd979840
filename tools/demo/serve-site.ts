/** Serves the built site as `npm start` does, on a port of its own, until it is unplugged. */

import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Site {
  /** With a slash at the end. */
  readonly url: string;
  /** Stops the server and drops its connections: from here on the page is offline. Idempotent. */
  unplug(): Promise<void>;
}

export async function serveSite(): Promise<Site> {
  // Port 0: the system picks a free one, so that several can run at once.
  const server = await preview({
    root,
    logLevel: 'error',
    preview: { port: 0, strictPort: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no address');
  let closing: Promise<void> | null = null;
  return {
    url,
    unplug() {
      closing ??= server.close();
      return closing;
    },
  };
}
