/** What a view shows, row by row. */
import type { Range } from "../server/requests";

export interface Row {
  /** The same as long as the row is about the same: what is open and selected stays so. */
  readonly id: string;
  readonly label: string;
  /** UTF-16 units of the label that stand out. */
  readonly highlights?: readonly [start: number, end: number][];
  readonly description: string;
  readonly tooltip: string;
  /** The name of an icon of VS Code. */
  readonly icon?: string;
  /** By this, menus know what sort of row it is. */
  readonly sort: string;
  /** What is to be copied. */
  readonly name?: string;
  /** Where a click goes. */
  readonly range?: Range;
  /** Every place that the row is about. */
  readonly ranges?: readonly Range[];
  readonly isOpen?: boolean;
  /** The rows below, made when somebody looks. */
  readonly below?: () => readonly Row[];
}
