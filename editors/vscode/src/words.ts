/** What people read: numbers with their nouns, and the status of a corpus. */

/** `1 finding`, `1,200 findings` */
export function counted(number: number, noun: string): string {
  const plural = noun.endsWith("ch") ? `${noun}es` : `${noun}s`;
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}

/** What the server says of a document: `dispatch/status`. */
export interface Status {
  readonly dialect: string;
  readonly dispatches: number;
  readonly findings: number;
}

/** `canonical · 12 dispatches · no findings` */
export function statusText({ dialect, dispatches, findings }: Status): string {
  const found = findings === 0 ? "no findings" : counted(findings, "finding");
  return `${dialect} · ${counted(dispatches, "dispatch")} · ${found}`;
}

/** `dates, actors and claims` */
export function listed(words: readonly string[]): string {
  const [last = "", ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(", ")} and ${last}`;
}

/** `1.4 GB` */
export function size(bytes: number): string {
  const [unit, name] = bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  return `${(bytes / unit).toLocaleString("en", { maximumSignificantDigits: 2 })} ${name}`;
}
