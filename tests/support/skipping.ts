/** Tests that need what a machine may lack. The end of `npm test` names what it skipped, and why. */

declare module 'vitest' {
  interface TaskMeta {
    skipReason?: string;
  }
}

/**
 * The options of a test or suite that is skipped unless `isHere`; `reasonIfNot` ends the sentence
 * "Skipped, because …".
 */
export function onlyWhere(
  isHere: boolean,
  reasonIfNot: string,
): { readonly skip: boolean; readonly meta: { readonly skipReason: string } } {
  return { skip: !isHere, meta: { skipReason: reasonIfNot } };
}
