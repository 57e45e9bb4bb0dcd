import assert from "node:assert/strict";
import { test } from "node:test";

import type { Actor, Range } from "../src/server/requests";
import { actorRows, actorsTitle } from "../src/views/actorRows";
import { dateRows, distanceInWords } from "../src/views/dateRows";
import { excerpt } from "../src/views/excerpt";
import type { Row } from "../src/views/row";

const on = (line: number, start: number, end: number): Range => ({ start: { line, character: start }, end: { line, character: end } });

/** The rows as a person sees them, with what stands out between asterisks. */
function seen(rows: readonly Row[], indent = ""): string[] {
  return rows.flatMap((row) => {
    const [[start, end] = [0, 0]] = row.highlights ?? [];
    const label = end === 0 ? row.label : `${row.label.slice(0, start)}*${row.label.slice(start, end)}*${row.label.slice(end)}`;
    return [`${indent}${label} | ${row.description}`, ...seen(row.below?.() ?? [], `${indent}  `)];
  });
}

const LINES = ["Minister Wanjiru Otieno said so.", "", "Otieno, of Kenya, left."];
const line = (number: number): string => LINES[number] ?? "";

const OTIENO: Actor = {
  name: "Wanjiru Otieno",
  kind: "person",
  id: "wanjiru-otieno",
  detail: "Minister, Kenya",
  listed: true,
  claims: 1,
  mentions: [
    { range: on(0, 9, 23), text: "Wanjiru Otieno", dispatch: "a.txt" },
    { range: on(2, 0, 6), text: "Otieno", dispatch: "b.txt" },
  ],
};
const KENYA: Actor = {
  ...OTIENO,
  name: "Kenya",
  kind: "government",
  id: null,
  detail: "",
  claims: 0,
  mentions: [{ range: on(2, 11, 16), text: "Kenya", dispatch: "b.txt" }],
};

test("actors by kind, with their mentions in the text", () => {
  const rows = actorRows({ complete: true, actors: [KENYA, OTIENO] }, line);
  assert.deepEqual(seen(rows), [
    "Persons | 1",
    "  Wanjiru Otieno | 2 · Minister, Kenya",
    "    Minister *Wanjiru Otieno* said so. | a.txt",
    "    *Otieno*, of Kenya, left. | b.txt",
    "Governments and States | 1",
    "  Kenya | 1",
    "    Otieno, of *Kenya*, left. | b.txt",
  ]);
  assert.equal(actorsTitle({ complete: true, actors: [KENYA, OTIENO] }), "2 actors");
  const [persons, governments] = rows.flatMap(({ below }) => below?.() ?? []);
  assert.equal(persons?.tooltip, "Wanjiru Otieno\nMinister, Kenya\n2 mentions in 2 dispatches, 1 claim\nListed as wanjiru-otieno");
  assert.equal(governments?.tooltip, "Kenya\n1 mention in 1 dispatch\nListed");
});

test("a kind that a newer server knows is shown, too", () => {
  assert.deepEqual(seen(actorRows({ complete: true, actors: [{ ...KENYA, kind: "ship" }] }, line))[0], "Others | 1");
});

test("namesakes stay apart, and rows keep their names when others come", () => {
  const one = { ...OTIENO, id: null, listed: false };
  const ids = (actors: Actor[]): string[] => {
    const all = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, ...all(row.below?.() ?? [])]);
    return all(actorRows({ complete: true, actors }, line)).map(({ id }) => id);
  };
  const twice = ids([one, one]);
  assert.equal(new Set(twice).size, twice.length);
  assert.ok(ids([one]).every((id) => ids([KENYA, { ...one, name: "Somebody Else" }, one]).includes(id)));
});

test("an excerpt has some words on both sides", () => {
  const text = `${"long before ".repeat(10)}Otieno ${"long behind ".repeat(20)}`;
  const { label, highlights } = excerpt(text, on(0, 120, 126));
  assert.match(label, /^… (?:long |before )+Otieno .*…$/);
  assert.ok(label.length < 140, label);
  assert.deepEqual(highlights.map(([start, end]) => label.slice(start, end)), ["Otieno"]);
});

test("an excerpt is one line, turns no letters around, and breaks no character", () => {
  assert.deepEqual(excerpt("\ta\u202Eb\u0000c", on(0, 2, 4)), { label: "ab c", highlights: [[1, 2]] });
  const emoji = excerpt(`x${"😀".repeat(100)}`, on(0, 0, 1)).label;
  const before = excerpt(`${"😀".repeat(100)}x`, on(0, 200, 201)).label;
  assert.doesNotMatch(emoji + before, /\p{Cs}/u);
  assert.deepEqual(excerpt("short", on(0, 9, 12)), { label: "short", highlights: [] });
  assert.deepEqual(excerpt("The Prime", { start: { line: 0, character: 4 }, end: { line: 1, character: 3 } }).highlights, [[4, 9]]);
});

test("dates in the order of the server, each with what is said there", () => {
  const entry = { value: "2024-11-29", label: "Friday, 29 November 2024", text: "Friday", range: on(3, 5, 11), kind: "DATE", sentence: "He left on Friday." };
  const timeline = { dispatch: "a.txt", date: "2024-12-01", entries: [entry, { ...entry, text: "two days ago" }, { ...entry, value: "P3D", label: "", kind: "DURATION", text: "three days" }] };
  const rows = dateRows(timeline);
  assert.deepEqual(seen(rows), ["Friday, 29 November 2024 | “Friday”", "Friday, 29 November 2024 | “two days ago”", "P3D | “three days”"]);
  assert.equal(rows[0]?.tooltip, "Friday, 29 November 2024, 2 days before the dispatch\n\nHe left on Friday.");
  assert.equal(new Set(rows.map(({ id }) => id)).size, 3);
});

test("how far a day is from the dispatch", () => {
  assert.equal(distanceInWords("2024-12-01TEV", "2024-12-01"), "the day of the dispatch");
  assert.equal(distanceInWords("2024-12-02", "2024-12-01"), "1 day after the dispatch");
  assert.equal(distanceInWords("2024-W48", "2024-12-01"), "");
  assert.equal(distanceInWords("2024-99-99", "2024-12-01"), "");
});
