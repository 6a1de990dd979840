/** Waiting for answers of the browser that may never come. */

/** How long the browser may take for an answer that needs no work of the graphics card. */
const ANSWER_MS = 5000;
const SLICES = 50;

/**
 * Throws `silence()` if the answer doesn't come within five seconds. They are counted in slices, so that a
 * thread that is itself held up doesn't take that for silence.
 */
export async function answerTo<T>(request: Promise<T>, silence: () => Error): Promise<T> {
  let isWaiting = true;
  const patience = async (): Promise<never> => {
    for (let slice = 0; slice < SLICES && isWaiting; slice++) await pause(ANSWER_MS / SLICES);
    throw silence();
  };
  try {
    return await Promise.race([request, patience()]);
  } finally {
    isWaiting = false;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
