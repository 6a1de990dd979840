/** Asks the browser to keep what is stored, which it may otherwise delete when space runs short. */

/**
 * Nobody waits for the answer, because Firefox asks the user, who may never answer. If the browser refuses, everything
 * is stored all the same.
 */
export async function askToPersist(): Promise<void> {
  try {
    await navigator.storage.persist();
  } catch {
    // The browser has no such thing, or refuses even to be asked.
  }
}
