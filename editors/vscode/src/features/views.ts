/** The views "Actors" and "Timeline", and what can be done in them. */
import * as vscode from "vscode";

import type { Actors, Timeline } from "../server/requests";
import { LANGUAGE, type Session } from "../server/session";
import { actorRows, actorsTitle } from "../views/actorRows";
import { type Content, CorpusView, type Kind } from "../views/corpusView";
import { dateRows } from "../views/dateRows";
import { oneLine } from "../views/excerpt";
import type { Placed } from "../views/tree";

const ACTORS: Kind = {
  id: "dispatch-ls.actors",
  followsCursor: false,
  load: async (session, { document }, token) => {
    const found = await ask<Actors>(session, "dispatch/actors", document, {}, token);
    return found === undefined || found === null ? undefined : showActors(found, document);
  },
};

const TIMELINE: Kind = {
  id: "dispatch-ls.timeline",
  followsCursor: true,
  load: async (session, { document, position }, token) => {
    const found = await ask<Timeline>(session, "dispatch/timeline", document, { position }, token);
    return found === undefined ? undefined : showTimeline(found);
  },
};

export function registerViews(session: Session): vscode.Disposable[] {
  const actors = new CorpusView(session, ACTORS);
  const timeline = new CorpusView(session, TIMELINE);
  return [
    actors,
    timeline,
    vscode.commands.registerCommand("dispatch-ls.actors.refresh", () => { actors.soon(0); }),
    vscode.commands.registerCommand("dispatch-ls.timeline.refresh", () => { timeline.soon(0); }),
    vscode.commands.registerCommand("dispatch-ls.actors.copyName", async (placed?: Placed) => {
      const { name } = (placed ?? actors.view.selection[0])?.row ?? {};
      if (name !== undefined) {
        await vscode.env.clipboard.writeText(name);
      }
    }),
    vscode.commands.registerCommand("dispatch-ls.actors.mentions", (placed?: Placed) => peek(placed ?? actors.view.selection[0])),
    ...shownOnceThereIsACorpus(),
  ];
}

/** All mentions of an actor, in the text. */
async function peek(placed: Placed | undefined): Promise<void> {
  const ranges = placed?.row.ranges ?? [];
  const [first] = ranges;
  if (placed !== undefined && first !== undefined) {
    const uri = placed.uri.toString();
    await vscode.commands.executeCommand("dispatch.openAt", uri, first);
    await vscode.commands.executeCommand("dispatch.showReferences", uri, first.start, ranges.map((range) => ({ uri, range })));
  }
}

async function ask<Answer>(
  session: Session,
  method: string,
  document: vscode.TextDocument,
  more: object,
  token: vscode.CancellationToken,
): Promise<Answer | null | undefined> {
  const textDocument = session.converters?.code2ProtocolConverter.asTextDocumentIdentifier(document);
  return session.ask<Answer | null>(method, { textDocument, ...more }, token);
}

function showActors(found: Actors, document: vscode.TextDocument): Content {
  const rows = actorRows(found, (line) => (line < document.lineCount ? document.lineAt(line).text : ""));
  const notes = found.complete ? [] : ["The file is large: only the actors of a part at its beginning are here."];
  return { answer: found, rows, title: actorsTitle(found), message: rows.length === 0 ? ["No actors were found in this file.", ...notes].join(" ") : notes.join("") };
}

function showTimeline(found: Timeline | null): Content {
  if (found === null) {
    return { rows: [], title: "", message: "The cursor is in no dispatch." };
  }
  const rows = dateRows(found);
  return { answer: found, rows, title: oneLine(found.dispatch), message: rows.length === 0 ? "No dates were found in this dispatch." : "" };
}

/** Those who never open a corpus have no use for the views. */
function shownOnceThereIsACorpus(): vscode.Disposable[] {
  let isSeen = false;
  const look = (document: vscode.TextDocument): void => {
    if (!isSeen && document.languageId === LANGUAGE) {
      isSeen = true;
      void vscode.commands.executeCommand("setContext", "dispatch-ls.hasCorpora", true);
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  return [vscode.workspace.onDidOpenTextDocument(look)];
}
