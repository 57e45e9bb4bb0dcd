/** A place in the text with some words around it, for a row. */
import type { Range } from "../server/requests";

/** UTF-16 units before the place, few enough for it to be seen in a narrow view; and behind it. */
const BEFORE = 12;
const BEHIND = 90;

export interface Excerpt {
  readonly label: string;
  readonly highlights: readonly [start: number, end: number][];
}

/** `line` is the line in which `range` begins. A range that is not in it gives an empty label. */
export function excerpt(line: string, { start, end }: Range): Excerpt {
  const until = end.line > start.line ? line.length : end.character;
  const place = oneLine(line.slice(start.character, until));
  const before = oneLine(ending(line.slice(0, start.character))).trimStart();
  const behind = oneLine(beginning(line.slice(until))).trimEnd();
  return { label: `${before}${place}${behind}`, highlights: place === "" ? [] : [[before.length, before.length + place.length]] };
}

/** The last words, behind an ellipsis. */
function ending(text: string): string {
  if (text.length <= BEFORE) {
    return text;
  }
  const cut = text.slice(-BEFORE);
  return `… ${cut.slice(cut.indexOf(" ") + 1).replace(/^[\uDC00-\uDFFF]/, "")}`;
}

/** No half of a character that has two units, here and above. */
function beginning(text: string): string {
  const cut = text.slice(0, BEHIND);
  return text.length <= BEHIND ? text : `${cut.replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** Without what breaks a line, or turns around the letters that follow. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, " ").replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "");
}
