/**
 * Starts the threads of tfjs's WASM binary from a file of the site.
 *
 * tfjs-backend-wasm (4.22) makes them of blobs. A policy that allows those allows any script that is made at run
 * time, so the site's policy doesn't, and `workers/wasm-thread.worker.ts` is started in their place.
 */

/** Not in TypeScript's library yet: https://w3c.github.io/trusted-types/dist/spec/. */
interface TrustedTypesHost {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): string };
  };
}

let policy: ((url: string) => string) | null = null;

/**
 * Runs `start`, in which each `new Worker` starts the script at `url` instead of what it was given.
 *
 * @param url The absolute address of the threads' script, of this worker's own origin.
 */
export async function withThreadsFrom<T>(url: string, start: () => Promise<T>): Promise<T> {
  const original = globalThis.Worker;
  // Absent where this runs in a worker of a browser whose workers can't start others.
  if (original === undefined) return start();
  const address = trusted(url);
  class ThreadWorker extends original {
    constructor() {
      super(address, { type: 'module', name: 'mynah-wasm-thread' });
    }
  }
  globalThis.Worker = ThreadWorker;
  try {
    return await start();
  } finally {
    globalThis.Worker = original;
  }
}

/**
 * The address as `new Worker` takes it where a policy asks for Trusted Types.
 *
 * A thread takes its policy from the answer that brought its script, or, if it starts from a blob, from this
 * worker. So where this worker was started from a blob, as on hosts that send no policy (`app/trusted-urls.ts`), a
 * thread is as well, from one that does nothing but import the script.
 */
function trusted(url: string): string {
  if (new URL(url).origin !== location.origin) throw new TypeError('A script of another origin');
  policy ??= createPolicy();
  if (location.protocol !== 'blob:') return policy(url);
  const text = `import ${JSON.stringify(url)};`;
  return policy(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
}

function createPolicy(): (url: string) => string {
  const host: typeof globalThis & TrustedTypesHost = globalThis;
  const rules = { createScriptURL: (url: string) => url };
  const created = host.trustedTypes?.createPolicy('mynah', rules);
  return (url) => created?.createScriptURL(url) ?? url;
}
