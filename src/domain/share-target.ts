/**
 * How what other apps share with the installed page reaches it. The system posts a form to an address that only the
 * service worker answers. It puts what it got into a cache, from which the page takes it, and opens the page.
 */

/** Below the page's folder, as in `public/manifest.webmanifest`. */
export const SHARE_ADDRESS = 'share';
/** The fields of the form. */
export const SHARED_FILES = 'files';
export const SHARED_TEXTS = ['title', 'text'];

/** In the page's address after something was shared. */
export const SHARED_QUERY = 'shared';
/** The header with a file's name, URI-encoded. An entry without it is a text. */
export const FILE_NAME_HEADER = 'X-File-Name';

/** @param scope The address of the page's folder. Other copies of Mynah may lie on the same origin. */
export function shareCacheName(scope: string): string {
  return `mynah-shared ${scope}`;
}
