/** Delivers events: to reactions (each with its own checkpoint, once), and to whoever watches live. */
import type { EventKind } from '@levee/contract';
import { sql } from 'kysely';
import { nowOf } from '../clock.ts';
import { type Context, systemContext } from '../context.ts';
import { isConflict } from '../db/again.ts';
import { createListener } from '../db/listen.ts';
import { inScopedTransaction } from '../db/pool.ts';
import { isUnreachable } from '../db/unreachable.ts';
import type { Platform } from '../platform.ts';
import { horizon, isAfter, type LoggedEvent, type Position, readAfter } from './log.ts';

/**
 * News travels down: a later module hears an earlier one's event. The handler runs in one transaction with its
 * checkpoint, so its effect happens once; it may be tried again when it throws.
 */
export interface Reaction {
  /** `<module>.<what it does>`, e.g. `tasks.open-statutory`. Never renamed: the checkpoint hangs on it. */
  readonly name: string;
  readonly kinds: readonly EventKind[];
  readonly handle: (context: Context, event: LoggedEvent) => Promise<void>;
  /**
   * The same for many events in their order, where one statement for all costs little more than for one: on a day of
   * mass screening 45,000 tubes are told. Where it throws, they are handled one by one.
   */
  readonly handleAll?: (context: Context, events: readonly LoggedEvent[]) => Promise<void>;
}

type Watcher = (event: LoggedEvent) => void;

const POLL_MS = 1_000;
const TRIES = 5;
/**
 * How long one reaction may go on before the others have their turn: drafting an order for each of fifty contacts took
 * seconds, in which the figures on everybody's screen stood at the first two.
 */
const TURN_MS = 50;
/** Events read at once for one reaction: what a turn can deal with, and no more is held. */
const MOST_A_TURN = 200;

export interface Dispatcher {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Calls `watcher` for every event settled from now on. Returns the way out. */
  watch(watcher: Watcher): () => void;
  /** Resolves when every reaction has handled everything written before the call. */
  settle(): Promise<void>;
}

export function createDispatcher(platform: Platform, reactions: readonly Reaction[]): Dispatcher {
  const { db, pool, log } = platform;
  const now = () => nowOf(platform.clock);
  const jurisdiction = platform.config.LEVEE_JURISDICTION;
  const watchers = new Set<Watcher>();
  const failures = new Map<string, number>();
  /** After a failure a reaction takes fewer events at once. */
  const limits = new Map<string, number>();
  /**
   * Reactions that may have something to do: all at the start, then those that hear a kind that was seen. Looking at every
   * checkpoint after every event cost some thirty transactions an event, each with a flush of the log.
   */
  const waiting = new Set(reactions);
  let seen: Position | null = null;
  let stopped = true;
  let round: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const wake = () => {
    if (stopped) return;
    if (round) {
      again = true;
      return;
    }
    round = runRound()
      .catch((err) => log.error({ err }, 'dispatch round failed'))
      .finally(() => {
        round = null;
        if (again) {
          again = false;
          wake();
        }
      });
  };

  async function runRound(): Promise<void> {
    await feedWatchers();
    for (const reaction of reactions) {
      if (stopped || !waiting.has(reaction)) continue;
      if (await handleSome(reaction)) again = true;
      // Watchers see what one reaction wrote before the next begins.
      await feedWatchers();
    }
  }

  async function feedWatchers(): Promise<void> {
    const events = await inScopedTransaction(db, jurisdiction, async (trx) => {
      seen ??= await horizon(trx);
      return readAfter(trx, seen, 500);
    });
    for (const event of events) {
      seen = event.logPosition;
      for (const reaction of reactions) if (reaction.kinds.includes(event.kind)) waiting.add(reaction);
      for (const watcher of watchers) watcher(event);
    }
    if (events.length === 500) again = true;
  }

  /**
   * What waits for one reaction, as far as its turn reaches, in one transaction with its checkpoint. True where it should
   * have another turn; false when nothing is left, when it is tried again later, or when another server is at it.
   */
  async function handleSome(reaction: Reaction): Promise<boolean> {
    const { name, handle, handleAll } = reaction;
    const most = limits.get(name) ?? MOST_A_TURN;
    let current: LoggedEvent | undefined;
    let handled = 0;
    let together = 0;
    try {
      const found = await inScopedTransaction(db, jurisdiction, async (trx) => {
        const { rows } = await sql<{ transaction: string; sequence: number }>`
          select transaction::text as transaction, sequence from reaction_checkpoint
           where name = ${name} for update skip locked`.execute(trx);
        const checkpoint = rows[0];
        if (!checkpoint) return false;
        // Asked before the look: what settles in between lies beyond it.
        const end = await horizon(trx);
        const events = await readAfter(trx, checkpoint, most, reaction.kinds);
        if (events.length === 0) {
          // Or every look would read the whole log again for a kind that seldom happens.
          if (isAfter(end, checkpoint)) await advance(trx, name, end);
          waiting.delete(reaction);
          return false;
        }
        const context = systemContext(platform, trx);
        if (handleAll && events.length > 1) {
          current = events[0];
          together = events.length;
          await handleAll(context, events);
          handled = events.length;
        } else {
          const turnEnds = performance.now() + TURN_MS;
          for (const event of events) {
            current = event;
            await handle(context, event);
            handled += 1;
            if (performance.now() >= turnEnds) break;
          }
        }
        await advance(trx, name, events[handled - 1]!.logPosition);
        return true;
      });
      limits.delete(name);
      failures.delete(name);
      return found;
    } catch (err) {
      // Nobody's fault and not the event's: the next look tries it again, and it is not counted.
      if (!current || isUnreachable(err) || isConflict(err)) throw err;
      if (handled > 0 || together > 0) {
        // Those before the one that fails are done first, so that it stands alone; of many at once, half by half.
        limits.set(name, Math.max(1, handled, Math.floor(together / 2)));
        return true;
      }
      return park(reaction, current, err);
    }
  }

  /** A reaction that keeps failing on one event must not stop the rest: after some tries the event is set aside. */
  async function park(reaction: Reaction, event: LoggedEvent, err: unknown): Promise<boolean> {
    const tries = (failures.get(reaction.name) ?? 0) + 1;
    failures.set(reaction.name, tries);
    log.error({ err, reaction: reaction.name, event: event.position, tries }, 'reaction failed');
    if (tries < TRIES) {
      setTimeout(wake, 100 * 2 ** tries).unref();
      return false;
    }
    failures.delete(reaction.name);
    await inScopedTransaction(db, jurisdiction, async (trx) => {
      await trx
        .insertInto('reaction_failure')
        .values({
          name: reaction.name,
          position: event.position,
          kind: event.kind,
          error: err instanceof Error ? `${err.name}: ${err.message}`.slice(0, 500) : 'unknown',
          at: now(),
        })
        .execute();
      await advance(trx, reaction.name, event.logPosition);
    });
    return true;
  }

  const advance = (trx: Parameters<typeof horizon>[0], name: string, to: Position) =>
    sql`update reaction_checkpoint set transaction = ${to.transaction}::xid8, sequence = ${to.sequence}
         where name = ${name}`.execute(trx);

  /** Is an event up to `target` unsettled, unwatched or unhandled by a reaction? */
  function isBehind(target: string): Promise<boolean> {
    return inScopedTransaction(db, jurisdiction, async (trx) => {
      const { rows: held } = await sql<{ held: boolean }>`
        select ${target}::xid8 >= pg_snapshot_xmin(pg_current_snapshot()) as held`.execute(trx);
      if (held[0]?.held) return true;
      const { rows } = await sql<{ name: string; transaction: string; sequence: number }>`
        select name, transaction::text as transaction, sequence from reaction_checkpoint`.execute(trx);
      for (const reaction of reactions) {
        const checkpoint = rows.find((row) => row.name === reaction.name);
        if (checkpoint && (await readAfter(trx, checkpoint, 1, reaction.kinds)).length > 0) return true;
      }
      return seen !== null && isAfter(await horizon(trx), seen);
    });
  }

  const listener = createListener(pool, 'levee_event', wake, log);

  return {
    async start() {
      stopped = false;
      await inScopedTransaction(db, jurisdiction, async (trx) => {
        for (const { name } of reactions) {
          await sql`insert into reaction_checkpoint (name) values (${name}) on conflict do nothing`.execute(
            trx,
          );
        }
        seen = await horizon(trx);
      });
      await listener.start();
      timer = setInterval(wake, POLL_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await round;
      listener.stop();
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async settle() {
      // A transaction still open anywhere on the server holds settled events back, so the last one written is awaited.
      const { rows: last } = await inScopedTransaction(db, jurisdiction, (trx) =>
        sql<{ transaction: string | null }>`select max(transaction)::text as transaction from event`.execute(
          trx,
        ),
      );
      const target = last[0]?.transaction ?? '0';
      for (;;) {
        wake();
        await round;
        if (!(await isBehind(target))) return;
        for (const reaction of reactions) waiting.add(reaction);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}
