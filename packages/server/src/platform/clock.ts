/** All code asks a clock; SQL gets the time as a parameter. A drill has its own running clock. */
import { dayOf } from '@levee/protocol';

export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

export const nowOf = (clock: Clock): string => new Date(clock.nowMs()).toISOString();

/** The civil day of `instant` in `zone`. */
export const civilDayOf = (instant: string, zone: string): string => dayOf(instant, zone);

/** Stands still until told to move: for tests. */
export class HandClock implements Clock {
  #ms: number;
  constructor(start: string) {
    this.#ms = Date.parse(start);
  }
  nowMs(): number {
    return this.#ms;
  }
  set(instant: string): void {
    this.#ms = Date.parse(instant);
  }
  advance(hours: number): void {
    this.#ms += hours * 3_600_000;
  }
}

/** A drill's clock: runs at `speed` scenario seconds per wall second; 0 is paused. Never goes back. */
export class RunningClock implements Clock {
  #scenarioMs: number;
  #wallMs: number;
  #speed: number;
  readonly #wall: Clock;

  constructor(start: string, speed: number, wall: Clock = systemClock) {
    this.#scenarioMs = Date.parse(start);
    this.#wall = wall;
    this.#wallMs = wall.nowMs();
    this.#speed = speed;
  }
  get speed(): number {
    return this.#speed;
  }
  nowMs(): number {
    return this.#scenarioMs + Math.max(0, this.#wall.nowMs() - this.#wallMs) * this.#speed;
  }
  setSpeed(speed: number): void {
    this.#scenarioMs = this.nowMs();
    this.#wallMs = this.#wall.nowMs();
    this.#speed = speed;
  }
  /** Jumps forward to `instant`; earlier than now is ignored. */
  jumpTo(instant: string): void {
    this.#scenarioMs = Math.max(this.nowMs(), Date.parse(instant));
    this.#wallMs = this.#wall.nowMs();
  }
}
