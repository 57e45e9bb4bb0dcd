/** How a corpus begins: by what a `.txt` file, or one without an extension, is recognised. */

const WORD = "(?:[Ff][Ii][Ll][Ee][Ss]?|FIEL|FLIE|F ILE)";
const DATE = "\\d{4}-\\d{2}-\\d{2}";

/** Openers and prologues as a first line has them, well-formed or broken. `package.json` has the same, as `firstLine`. */
export const FIRST_LINE = `^\\uFEFF?\\s*(?:${[
  `(?:(?:#|//)\\s*)?[=\\-—–═─]{2,}\\s*${WORD}\\s*[:;：]`,
  `<{2,3}\\s*${WORD}\\s*[:;：]`,
  `-{4,}\\s*BEGIN ${WORD}\\b`,
  `\\[(?:BEGIN )?FILE\\s*[:：]`,
  `#{2,3}\\s*File:\\s`,
  `==> .+ <==\\s*$`,
  `-- \\S+\\.\\w+ --\\s*$`,
  `<(?:FILE|DOC)(?:\\s[^>]*)?>`,
  `<file (?:name|path)=`,
  `\\d+ of \\d+ DOCUMENTS`,
  `date ${DATE}(?:\\s|$)`,
].join("|")})`;

/** Forms that stand between two rules. */
const BELOW_A_RULE = /^(?:FILE|File): |^Document \d+ of \d+/;
const RULE = /^(?:={16,}|_{60,})\s*$/;
/** Openers that nothing else looks like: they count below a preamble, too. */
const PLAIN = /^(?:={3,} ?(?:FILE|File): .+ ?={3,}|<<<FILE: .+>>>|-{5}BEGIN FILE: .+-{5}|-{3,} ?(?:FILE|File): .+ ?-{3,})\s*$/;

/** Lines that are looked at. */
export const LINES = 100;

/** Whether a text that begins with these lines is taken for a corpus. */
export function isCorpus(lines: readonly string[]): boolean {
  const written = lines.slice(0, LINES).filter((line) => line.trim() !== "");
  const isBelowRule = (line: string, at: number): boolean => BELOW_A_RULE.test(line) && RULE.test(written[at - 1] ?? "");
  return new RegExp(FIRST_LINE).test(written[0] ?? "") || written.some((line, at) => PLAIN.test(line) || isBelowRule(line, at));
}
