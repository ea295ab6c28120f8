/** A scene: one act of the model case, done by a role through the same doors as everybody's. */
import type { Bilingual, Client, Role } from '@levee/contract';
import type { Cast } from './cast.ts';

export interface Stage {
  readonly cast: Cast;
  /** Signed-in clients of Gonghe county, and of the prefecture. */
  county(role: Role): Promise<Client>;
  prefecture(role: Role): Promise<Client>;
  /** The scenario's time as an instant. */
  now(): string;
  /** What earlier scenes left for later ones. */
  readonly kept: Map<string, string>;
}

export interface Scene {
  readonly key: string;
  /** Earliest scenario time. */
  readonly at: string;
  readonly title: Bilingual;
  readonly who: Role;
  readonly act: (stage: Stage) => Promise<void>;
}
