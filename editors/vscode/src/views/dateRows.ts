/** The view "Timeline": the dates of a dispatch. */
import type { Entry, Timeline } from "../server/requests";
import { counted } from "../words";
import { oneLine } from "./excerpt";
import type { Row } from "./row";

const ICONS: Readonly<Record<string, string>> = { DATE: "calendar", TIME: "watch", DURATION: "arrow-both", SET: "sync" };
const DAY = /^\d{4}-\d{2}-\d{2}/;
/** Milliseconds. */
const A_DAY = 86_400_000;

export function dateRows({ date, entries }: Timeline): Row[] {
  const numbers = new Map<string, number>();
  return entries.map((entry) => {
    const number = (numbers.get(entry.value) ?? 0) + 1;
    numbers.set(entry.value, number);
    return dateRow(entry, `${entry.value}/${number}`, date);
  });
}

function dateRow({ value, label, text, range, kind, sentence }: Entry, id: string, date: string | null): Row {
  const [words, said] = [oneLine(label), oneLine(text)];
  const distance = date === null ? "" : distanceInWords(value, date);
  return {
    id,
    label: words === "" ? value : words,
    description: `“${said}”`,
    tooltip: [`${words}${distance === "" ? "" : `, ${distance}`}`, oneLine(sentence)].join("\n\n"),
    icon: ICONS[kind] ?? "calendar",
    sort: "date",
    range,
  };
}

/** How far a day is from the dispatch date; empty where one of them is no day. */
export function distanceInWords(value: string, date: string): string {
  const [day] = DAY.exec(value) ?? [];
  const [dispatched] = DAY.exec(date) ?? [];
  if (day === undefined || dispatched === undefined) {
    return "";
  }
  const days = Math.round((Date.parse(day) - Date.parse(dispatched)) / A_DAY);
  if (!Number.isFinite(days)) {
    return "";
  }
  return days === 0 ? "the day of the dispatch" : `${counted(Math.abs(days), "day")} ${days < 0 ? "before" : "after"} the dispatch`;
}
