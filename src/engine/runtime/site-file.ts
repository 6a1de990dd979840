/** Fetches what the page ships beside its scripts. */

import { mynahError, throwIfAborted } from '../../core/errors.ts';
import { withoutFile } from '../../core/site-answer.ts';

/** @param file Its name in the error. Throws `site-download`, `cancelled`. */
export async function fetchSiteFile(
  url: URL,
  file: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throwIfAborted(signal);
    throw mynahError('site-download', { file }, error);
  }
  const missing = withoutFile(response);
  if (missing !== null) throw mynahError('site-download', { file, ...missing });
  return new Uint8Array(await response.arrayBuffer());
}
