import type { CivilDay } from '../calendar/civil-day.ts';

/** A row of the line list, as far as chains need it. */
export type ChainCase = { id: string; dateOnset?: CivilDay | null | undefined };

/** `from` is said to have infected `to`. */
export type ChainContact = { from: string; to: string };

/** A link that can be true. `row` is its place in the contacts given, counted from 0. */
export type ChainLink = ChainContact & {
  row: number;
  /** Onset of `to` minus onset of `from`; null while either is unknown. */
  serialIntervalDays: number | null;
};

export type ChainNode = {
  id: string;
  dateOnset: CivilDay | null;
  /** Ids of the possible infectors; more than one makes the case ambiguous. */
  infectors: string[];
  /** Ids of those infected, in the order of the contacts given. */
  infectees: string[];
  infecteesCount: number;
  /** Fewest links back to a case without known infector; such a case itself is generation 0. */
  generation: number;
  /** Number of the connected group the case belongs to, from 1 in line-list order; a lone case is a group of one. */
  cluster: number;
};

/** A link that cannot be true as it stands, with the reason a person needs to correct it. */
export type ImpossibleLink = ChainContact & { row: number } & (
    | { reason: 'unknown_id'; unknownIds: string[] }
    | { reason: 'self_link' }
    | { reason: 'onset_before_infector'; serialIntervalDays: number }
    | { reason: 'cycle' }
  );

/** One infectee with several possible infectors. All of them stay in the chains until a person decides. */
export type AmbiguousInfectee = { to: string; from: string[]; rows: number[] };

/** Every contact given is in exactly one of `links`, `impossible` and `repeated`. */
export type Chains = {
  /** One node a case, in line-list order. */
  nodes: ChainNode[];
  links: ChainLink[];
  impossible: ImpossibleLink[];
  /** The same pair given again; `firstRow` is the one that counts. */
  repeated: (ChainContact & { row: number; firstRow: number })[];
  ambiguous: AmbiguousInfectee[];
};
