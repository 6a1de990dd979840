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
  if (absolute.origin !== location.origin) throw new TypeError('A script of another origin');
  return absolute.href;
}

const host: Window & TrustedTypesHost = window;
const policy = host.trustedTypes?.createPolicy('mynah', { createScriptURL: sameOriginOnly });

/** A URL that `new Worker` and `serviceWorker.register` accept. */
export function scriptUrl(url: string): string {
  return policy === undefined ? sameOriginOnly(url) : policy.createScriptURL(url);
}
