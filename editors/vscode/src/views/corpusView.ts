/**
 * A view that shows something of the corpus that is being edited. It follows the active editor, asks the server only
 * while it is seen, and keeps what it shows until there is something newer.
 */
import * as vscode from "vscode";

import { LANGUAGE, type Session } from "../server/session";
import type { Row } from "./row";
import { type Placed, Tree } from "./tree";

/** Milliseconds in which what happens together is told one by one: another editor is active, and seen. */
const AT_ONCE = 30;
/** Milliseconds of rest after an edit. */
const AFTER_EDIT = 400;
/** Milliseconds of rest after the cursor has moved. */
const AFTER_MOVE = 150;
/** The protocol's code for a request that the server does not know. */
const UNKNOWN_REQUEST = -32601;

/** What there is to show of a document. */
export interface Content {
  /** What the server has said. */
  readonly answer?: unknown;
  readonly rows: readonly Row[];
  /** What stands beside the name of the view. */
  readonly title: string;
  /** What stands above the rows, or instead of them. */
  readonly message?: string;
}

/** A document, and where the cursor is in it, or was last. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

export interface Kind {
  readonly id: string;
  /** Whether it is about the place where the cursor is. */
  readonly followsCursor: boolean;
  /** `undefined` where the server does not run. */
  readonly load: (session: Session, place: Place, token: vscode.CancellationToken) => Promise<Content | undefined>;
}

export class CorpusView implements vscode.Disposable {
  private readonly tree = new Tree();
  readonly view: vscode.TreeView<Placed>;
  private readonly listeners: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private shown: vscode.TextDocument | undefined;
  private last: Place | undefined;
  private isThere = false;

  constructor(
    private readonly session: Session,
    private readonly kind: Kind,
  ) {
    this.view = vscode.window.createTreeView(kind.id, { treeDataProvider: this.tree, showCollapseAll: !kind.followsCursor });
    const now = (): void => { this.soon(AT_ONCE); };
    // Another language makes it another document.
    const ifActive = (document: vscode.TextDocument): void => {
      if (document === vscode.window.activeTextEditor?.document) {
        now();
      }
    };
    this.listeners = [
      this.view,
      this.tree,
      this.view.onDidChangeVisibility(now),
      session.onDidChange(now),
      // Actors files or settings are others.
      session.onDidRefresh(now),
      vscode.window.onDidChangeActiveTextEditor(now),
      vscode.window.onDidChangeVisibleTextEditors(now),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) {
          now();
        }
      }),
      vscode.workspace.onDidOpenTextDocument(ifActive),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.shown) {
          this.soon(AFTER_EDIT);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (kind.followsCursor && textEditor.document.languageId === LANGUAGE) {
          this.soon(AFTER_MOVE);
        }
      }),
    ];
    now();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    this.listeners.forEach((listener) => void listener.dispose());
  }

  /** Looks again, after so many milliseconds in which nothing else happens. */
  soon(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), milliseconds);
  }

  private async look(): Promise<void> {
    this.asking?.cancel();
    this.asking = undefined;
    if (!this.view.visible) {
      return;
    }
    const place = this.place();
    this.last = place;
    this.tell(place !== undefined);
    if (place === undefined) {
      this.shown = undefined;
      this.say("", "");
      this.tree.empty();
      return;
    }
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    const content = await this.content(place, asking.token);
    asking.dispose();
    if (this.asking !== asking) {
      return;
    }
    this.asking = undefined;
    if (content !== undefined) {
      this.paint(place, content);
    } else if (place.document !== this.shown) {
      this.tree.empty();
      this.say("", "");
    }
  }

  /** `undefined` where nothing is known yet: what is shown remains. */
  private async content(place: Place, token: vscode.CancellationToken): Promise<Content | undefined> {
    const { life } = this.session;
    if (life.kind === "stopped") {
      return { rows: [], title: "", message: "The server dispatch-ls does not run." };
    }
    try {
      return await this.kind.load(this.session, place, token);
    } catch (error) {
      if ((error as { code?: unknown }).code === UNKNOWN_REQUEST) {
        return { rows: [], title: "", message: "The server dispatch-ls is too old for this view." };
      }
      // It was cancelled, or the text has changed: another one is asked for then.
      return undefined;
    }
  }

  private paint({ document, position }: Place, { answer, rows, title, message }: Content): void {
    this.shown = document;
    this.say(title, message ?? "");
    this.tree.show(rows, document, answer);
    if (this.kind.followsCursor) {
      this.select(document, position);
    }
  }

  /** The row on which the cursor is. */
  private select(document: vscode.TextDocument, active: vscode.Position): void {
    const isHere = ({ row: { range } }: Placed): boolean => range !== undefined && at(range.start, active) <= 0 && at(range.end, active) >= 0;
    const here = this.tree.rows.find(isHere);
    if (here?.uri.toString() === document.uri.toString() && this.view.visible) {
      this.view.reveal(here, { select: true, focus: false }).then(undefined, (error: unknown) => { this.session.log.debug(String(error)); });
    }
  }

  /** The welcome is there where no corpus is. */
  private tell(isThere: boolean): void {
    if (this.isThere !== isThere) {
      this.isThere = isThere;
      void vscode.commands.executeCommand("setContext", `${this.kind.id}.hasCorpus`, isThere);
    }
  }

  private say(title: string, message: string): void {
    this.view.description = title;
    this.view.message = message;
  }

  /** The corpus in which somebody works; else the last one, as long as it has a tab: people go to an actors file and back. */
  private place(): Place | undefined {
    const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
    const { last } = this;
    const seen = [activeTextEditor, ...visibleTextEditors.filter(({ document }) => document === last?.document)];
    const editor = seen.find((one) => one?.document.languageId === LANGUAGE);
    if (editor !== undefined) {
      return { document: editor.document, position: editor.selection.active };
    }
    const hasTab = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputText && input.uri.toString() === last?.document.uri.toString();
    const isThere = last?.document.languageId === LANGUAGE && !last.document.isClosed && tabGroups.all.some(({ tabs }) => tabs.some(hasTab));
    return isThere ? last : undefined;
  }
}

/** Below 0 where `a` is before `b`. */
function at(a: { line: number; character: number }, b: { line: number; character: number }): number {
  return a.line - b.line || a.character - b.character;
}
