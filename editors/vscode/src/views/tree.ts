/** Rows in a tree of VS Code. */
import * as vscode from "vscode";

import type { Range } from "../server/requests";
import type { Row } from "./row";

/** A row, and the file that it is about. */
export interface Placed {
  readonly row: Row;
  readonly uri: vscode.Uri;
}

export class Tree implements vscode.TreeDataProvider<Placed>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private shown: Placed[] = [];
  /** Of what is shown: to tell whether something has changed. */
  private seen = "";
  readonly onDidChangeTreeData = this.changed.event;

  get rows(): readonly Placed[] {
    return this.shown;
  }

  /** Rows that were made of `answer` and a version of a document. If they are what is shown already, nothing happens. */
  show(rows: readonly Row[], { uri, version }: vscode.TextDocument, answer: unknown): void {
    this.become(rows.map((row) => ({ row, uri })), JSON.stringify([uri.toString(), version, answer]));
  }

  empty(): void {
    this.become([], "");
  }

  private become(rows: Placed[], seen: string): void {
    if (seen !== this.seen) {
      this.shown = rows;
      this.seen = seen;
      this.changed.fire(undefined);
    }
  }

  getChildren(of?: Placed): Placed[] {
    return of === undefined ? this.shown : (of.row.below?.() ?? []).map((row) => ({ row, uri: of.uri }));
  }

  /** Only rows that have none above them are ever looked for. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem({ row, uri }: Placed): vscode.TreeItem {
    const { below, isOpen, highlights, range } = row;
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const label = { label: row.label, highlights: (highlights ?? []).map(([start, end]): [number, number] => [start, end]) };
    const item = new vscode.TreeItem(label, below === undefined ? None : isOpen === true ? Expanded : Collapsed);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.contextValue = row.sort;
    if (row.icon !== undefined) {
      item.iconPath = new vscode.ThemeIcon(row.icon);
    }
    if (range !== undefined) {
      item.command = { title: "Go There", command: "dispatch.openAt", arguments: [uri.toString(), range] };
    }
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

export function asRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
