/** Versions of the server, as `dispatch-ls --version` prints them. */

/** The oldest server that has what the extension asks for. */
export const OLDEST = "0.1.0";

/** The version in a line such as `dispatch-ls 0.1.0`; `undefined` if it is another program's. */
export function versionIn(output: string): string | undefined {
  return /^dispatch-ls (\d+\.\d+\.\d+)\b/.exec(output)?.[1];
}

/** Whether `version` is not older than `oldest`. */
export function isRecent(version: string, oldest: string = OLDEST): boolean {
  const numbers = (text: string): number[] => text.split(".").map(Number);
  const [own, other] = [numbers(version), numbers(oldest)];
  const at = own.findIndex((number, index) => number !== (other[index] ?? 0));
  return at === -1 || (own[at] ?? 0) > (other[at] ?? 0);
}
