/**
 * The page's only Trusted Types policy: script URLs of its own origin, nothing else.
 *
 * The Content-Security-Policy makes `new Worker` and `serviceWorker.register` refuse plain strings.
 * Browsers without Trusted Types take the checked string as it is.
 */

/**
 * What TypeScript's DOM library doesn't know yet: https://w3c.github.io/trusted-types/dist/spec/.
 * Where it says `string`, a browser with Trusted Types hands out a TrustedScriptURL; the library
 * types the two sinks as strings as well.
 */
interface TrustedTypesHost {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): string };
  };
}

function sameOriginOnly(url: string): string {
  const absolute = new URL(url, document.baseURI);
  // The origin of a blob is that of whoever made it, and its text may be anything.
  const isFile = absolute.protocol === location.protocol && absolute.origin === location.origin;
  if (!isFile && !loaders.has(absolute.href)) throw new TypeError('A script of another origin');
  return absolute.href;
}

/** How long the host may take to begin its answer. */
const ANSWER_MS = 30_000;

/** The blobs that {@link workerUrl} has made. */
const loaders = new Set<string>();

const host: Window & TrustedTypesHost = window;
const policy = host.trustedTypes?.createPolicy('mynah', { createScriptURL: sameOriginOnly });

/**
 * A URL for the engine's worker, in which the page's policy holds wherever the page is hosted.
 *
 * A worker takes its policy from the answer that brought its script. Many hosts send none with it; then
 * it is started from a blob, which has the policy of the page that made it, and whose text does nothing but
 * import the script. Where the answer has a policy, it is the stricter one: workers of blobs aren't allowed in it.
 *
 * @throws TypeError or a DOMException if the script can't be fetched.
 */
export async function workerUrl(url: string): Promise<string> {
  const address = sameOriginOnly(url);
  if (!import.meta.env.PROD) return scriptUrl(address);
  const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_MS) });
  void response.body?.cancel();
  if (!response.ok) throw new TypeError(`${response.status}`);
  if (response.headers.has('Content-Security-Policy')) return scriptUrl(address);
  const text = `import ${JSON.stringify(address)};`;
  const loader = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  loaders.add(loader);
  return scriptUrl(loader);
}

/** A URL that `new Worker` and `serviceWorker.register` accept. */
export function scriptUrl(url: string): string {
  return policy === undefined ? sameOriginOnly(url) : policy.createScriptURL(url);
}
