/** The view "Actors": kinds, below them the actors of a file, below them their mentions. */
import type { Actor, Actors, Mention } from "../server/requests";
import { counted } from "../words";
import { excerpt, oneLine } from "./excerpt";
import type { Row } from "./row";

/** The kinds in their order, and what they are called. */
const KINDS: readonly { readonly kind: string; readonly title: string; readonly icon: string }[] = [
  { kind: "person", title: "Persons", icon: "person" },
  { kind: "government", title: "Governments and States", icon: "law" },
  { kind: "organization", title: "Organisations", icon: "organization" },
  { kind: "place", title: "Places", icon: "globe" },
];
const OTHERS = { kind: "", title: "Others", icon: "symbol-misc" };

/** `line` gives the text of a line of the file. */
export function actorRows({ actors }: Actors, line: (number: number) => string): Row[] {
  const known = new Set(KINDS.map(({ kind }) => kind));
  const numbers = new Map<string, number>();
  return [...KINDS, OTHERS].flatMap(({ kind, title, icon }) => {
    const of = actors.filter((actor) => (known.has(actor.kind) ? actor.kind : "") === kind);
    const rows = of.map((actor) => {
      // Namesakes are there as often as there are people of that name.
      const key = `${kind}/${actor.id ?? actor.name}`;
      const number = (numbers.get(key) ?? 0) + 1;
      numbers.set(key, number);
      return actorRow(actor, `${key}/${number}`, icon, line);
    });
    return rows.length === 0 ? [] : [{ id: `${kind}/`, label: title, description: rows.length.toLocaleString("en"), tooltip: "", sort: "kind", isOpen: true, below: () => rows }];
  });
}

function actorRow(actor: Actor, id: string, icon: string, line: (number: number) => string): Row {
  const { mentions } = actor;
  const name = oneLine(actor.name);
  const detail = oneLine(actor.detail);
  return {
    id,
    label: name,
    description: [mentions.length.toLocaleString("en"), detail].filter((part) => part !== "").join(" · "),
    tooltip: [
      name,
      ...(detail === "" ? [] : [detail]),
      `${counted(mentions.length, "mention")} in ${counted(new Set(mentions.map(({ dispatch }) => dispatch)).size, "dispatch")}${actor.claims > 0 ? `, ${counted(actor.claims, "claim")}` : ""}`,
      whereListed(actor),
    ].join("\n"),
    icon,
    sort: "actor",
    name: actor.name,
    ranges: mentions.map(({ range }) => range),
    below: once(() => mentions.map((mention, at) => mentionRow(mention, `${id}/${at}`, line(mention.range.start.line)))),
  };
}

function whereListed({ id, listed }: Actor): string {
  if (!listed) {
    return "In no actors file";
  }
  return id === null ? "Listed" : `Listed as ${oneLine(id)}`;
}

function mentionRow({ range, dispatch }: Mention, id: string, line: string): Row {
  const name = oneLine(dispatch);
  return { id, ...excerpt(line, range), description: name, tooltip: `${name}, line ${range.start.line + 1}`, sort: "mention", range };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** `31 actors` */
export function actorsTitle({ actors }: Actors): string {
  return counted(actors.length, "actor");
}
