/** How often a server that ended by itself is started again. */

/** Ends after which it stays ended, if they came within [`WINDOW`]. */
export const LIMIT = 5;
/** Milliseconds. */
export const WINDOW = 3 * 60 * 1000;

/** The ends that count at `now`, with this one. At [`LIMIT`] of them it is enough. */
export function withCrash(ends: readonly number[], now: number): number[] {
  return [...ends.filter((end) => now - end < WINDOW), now];
}
