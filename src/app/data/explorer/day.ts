/** Days as date fields have them, in UTC like the times in an archive. */

const DAY_MS = 86_400_000;

/** `2024-11-09`; empty for null. */
export function toDay(timeMs: number | null): string {
  return timeMs === null ? '' : new Date(timeMs).toISOString().slice(0, 10);
}

/** The first moment of a day; null for what is no day. */
export function startOfDay(day: string): number | null {
  const timeMs = Date.parse(day);
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** The last moment of a day; null for what is no day. */
export function endOfDay(day: string): number | null {
  const startMs = startOfDay(day);
  return startMs === null ? null : startMs + DAY_MS - 1;
}
