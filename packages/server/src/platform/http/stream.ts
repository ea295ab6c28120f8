/** The event log as server-sent events: resumes after `Last-Event-ID`, or says plainly that it cannot (T35). */
import { LeveeError } from '@levee/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../context.ts';
import { inScope } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import type { Dispatcher } from '../outbox/dispatch.ts';
import { isAfter, type LoggedEvent, type Position, parsePosition, readAfter } from '../outbox/log.ts';
import type { Platform } from '../platform.ts';
import type { Door } from './implement.ts';

const HEARTBEAT_MS = 3_000;
/** Above this the reader re-reads its screens: cheaper for both than replaying thousands of events. */
const REPLAY_LIMIT = 2_000;
/** What may wait for one reader: some two thousand events, four times what comes at once. */
const BUFFER_LIMIT = 1024 * 1024;

export function registerStream(
  app: FastifyInstance,
  platform: Platform,
  door: Door,
  dispatcher: Dispatcher,
): void {
  app.get('/api/events', async (request, reply) => {
    const actor = await door.authenticate(request);
    if (!actor) throw new LeveeError('access.signed_out');
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });

    // What the reader has already: the dispatcher may be behind a reader that came back.
    let sent: Position | null = resumePoint(request);
    const send = (logged: LoggedEvent) => {
      if (raw.destroyed || (sent && !isAfter(logged.logPosition, sent))) return;
      sent = logged.logPosition;
      if (!inScope(actor, logged.division)) return;
      raw.write(textOf(logged));
      // A reader that does not read must not fill our memory: it is cut, comes back and resumes. Ending in order would wait
      // for it to read what is buffered, which it never does (T34).
      if (raw.writableLength > BUFFER_LIMIT) raw.destroy();
    };

    const waiting: LoggedEvent[] = [];
    let replaying = true;
    const unwatch = dispatcher.watch((event) => (replaying ? waiting.push(event) : send(event)));
    const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
    const close = () => {
      clearInterval(heartbeat);
      unwatch();
      raw.end();
    };
    const beat = async () => {
      // An account that was disabled or moved loses its stream with its session (T45).
      const still = await door.authenticate(request).catch(() => actor);
      if (!sameActor(still, actor)) return close();
      raw.write(
        `event: beat\ndata: ${JSON.stringify({ now: new Date(platform.clock.nowMs()).toISOString() })}\n\n`,
      );
    };
    request.raw.on('close', close);

    try {
      raw.write('retry: 2000\n\n');
      const missed = await replay(platform, actor, resumePoint(request));
      if (missed === 'too old') raw.write('event: reset\ndata: {}\n\n');
      else for (const event of missed) send(event);
      replaying = false;
      for (const event of waiting) send(event);
      await beat();
    } catch (err) {
      platform.log.error({ err }, 'event stream failed');
      close();
    }
  });
}

const texts = new WeakMap<LoggedEvent, string>();

/** Made once however many read it: two hundred streams share one text. */
function textOf(logged: LoggedEvent): string {
  let text = texts.get(logged);
  if (text === undefined) {
    const { logPosition: _, ...event } = logged;
    text = `id: ${event.position}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
    texts.set(logged, text);
  }
  return text;
}

const sameActor = (a: Actor | null, b: Actor) =>
  a !== null && a.id === b.id && a.role === b.role && a.scope === b.scope;

const resumePoint = (request: FastifyRequest): Position | null => {
  const header = request.headers['last-event-id'];
  const fromQuery = (request.query as Record<string, unknown>)['after'];
  const text = typeof header === 'string' ? header : typeof fromQuery === 'string' ? fromQuery : '';
  return parsePosition(text);
};

async function replay(
  platform: Platform,
  actor: Actor,
  after: Position | null,
): Promise<LoggedEvent[] | 'too old'> {
  if (!after) return [];
  const events = await inScopedTransaction(platform.db, actor.scope, (trx) =>
    readAfter(trx, after, REPLAY_LIMIT + 1),
  );
  return events.length > REPLAY_LIMIT ? 'too old' : events;
}
