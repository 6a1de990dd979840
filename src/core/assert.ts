/** Throws if the condition is false. That is always a bug in Mynah, and reaches the page as `internal`. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** Returns the value, and throws if it is missing although the code requires it to exist. */
export function must<T>(value: T | null | undefined, what: string): T {
  assert(value !== undefined && value !== null, `${what} is missing`);
  return value;
}
