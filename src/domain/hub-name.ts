/** Names of models on the Hugging Face Hub, and where a Hub is. */

export const DEFAULT_HUB_URL = 'https://huggingface.co';

/**
 * What a page's policy has to allow for that Hub: its own host, and those that a request for a large file is
 * redirected to, which hand out files and take none. The Hub lists them as `lfsDomains` and `cdnDomains` in
 * https://huggingface.co/.well-known/meta.json, of which only the regions of its CDN are many and change; the
 * bridge of Xet was in its documentation until July 2026. The other hosts of that list, `transfer.xethub.hf.co`
 * among them, are for clients that speak Xet's own protocol, and take files as well. `index.html` says the same.
 */
export const HUB_SOURCES =
  'https://huggingface.co https://cdn-lfs.hf.co https://cdn-lfs-us-1.hf.co https://cdn-lfs-eu-1.hf.co https://cas-bridge.xethub.hf.co https://*.cdn.hf.co';

const NAME_PART = /^(?!\.)(?!.*(?:\.\.|--))[A-Za-z0-9._-]{1,96}(?<![-.])$/;

/**
 * `owner/name` out of what somebody typed or pasted: the name itself, a name without owner as the
 * oldest models have, or the address of the model's page. Null where it can't be one.
 */
export function parseRepository(text: string): string | null {
  const path = text
    .trim()
    .replace(/^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\//i, '')
    .replace(/^models\//, '')
    .replace(/\/(?:tree|blob|resolve)\/.*$/, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '');
  const parts = path.split('/');
  return parts.length <= 2 && parts.every((name) => NAME_PART.test(name)) ? path : null;
}

/**
 * The address of a Hub or a mirror without its trailing slash; null where it isn't one that may be
 * asked: `https:`, or `http:` on this computer.
 */
export function parseHubUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
  if (!isAllowed || url.username !== '' || url.search !== '' || url.hash !== '') return null;
  return url.href.replace(/\/+$/, '');
}
