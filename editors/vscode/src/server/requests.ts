/** What the server tells beside the protocol: `docs/architecture.md` has it. Positions are the protocol's. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** `dispatch/actors`: who is in a file, the most mentioned first. */
export interface Actors {
  /** Whether the whole file was read; if not, only a part at its start. */
  readonly complete: boolean;
  readonly actors: readonly Actor[];
}

export interface Actor {
  readonly name: string;
  /** `person`, `organization`, `government`, `place`; a newer server may know more. */
  readonly kind: string;
  /** In the actors files. */
  readonly id: string | null;
  /** Role and state. */
  readonly detail: string;
  readonly listed: boolean;
  /** How many there are by this actor. */
  readonly claims: number;
  readonly mentions: readonly Mention[];
}

export interface Mention {
  readonly range: Range;
  readonly text: string;
  /** The name of the dispatch. */
  readonly dispatch: string;
}

/** `dispatch/timeline`: the dates of the dispatch at a position, sorted. */
export interface Timeline {
  readonly dispatch: string;
  /** The dispatch date, in ISO form. */
  readonly date: string | null;
  readonly entries: readonly Entry[];
}

export interface Entry {
  /** In TIMEX3's form. */
  readonly value: string;
  /** The value in words. */
  readonly label: string;
  readonly text: string;
  readonly range: Range;
  /** `DATE`, `TIME`, `DURATION`, `SET` */
  readonly kind: string;
  /** Shortened. */
  readonly sentence: string;
}

/** Somebody whom no actors file lists: the command `dispatch.init` with `candidates`. */
export interface Candidate {
  readonly name: string;
  /** `person`, `organization`, `place` */
  readonly kind: string;
  readonly mentions: number;
}

/** What `dispatch.init` has done. */
export interface SetUp {
  /** URIs. */
  readonly created: readonly string[];
  /** Of files that were there, and have got more. An older server does not say so. */
  readonly edited?: readonly string[];
  readonly actors: readonly Candidate[];
}
