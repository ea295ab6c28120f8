/** From a route in the contract to a running handler: who, where, why, once, in one transaction, on the record. */
import {
  type HandlerInput,
  type HandlerOutput,
  HEADERS,
  isPurpose,
  LeveeError,
  type Purpose,
  type Route,
  type RouteGroup,
  roleMay,
  roleMayNamePurpose,
  roles,
} from '@levee/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { nowOf } from '../clock.ts';
import type { Actor, Context } from '../context.ts';
import { again } from '../db/again.ts';
import { inScopedTransaction, type Trx } from '../db/pool.ts';
import type { Platform } from '../platform.ts';
import type { Need } from '../space/index.ts';
import { createAdmission } from './admission.ts';
import { BODY_LIMIT } from './body-limit.ts';
import { answerOnce } from './command.ts';
import { createExportGate, type ExportGate } from './export-gate.ts';
import { faultsOf } from './faults.ts';
import { requireSameSite } from './same-site.ts';
import { createPace, type Streamed, streamFile } from './streamed-file.ts';

/** The raw exchange, for the few handlers that set a cookie. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A use case with no transaction of its own: what it writes is committed together with other requests' writes. */
export interface Grouped<Input, Output> {
  readonly grouped: (context: GroupedContext, input: Input) => Promise<Output>;
}
export type GroupedContext = Pick<Context, 'actor' | 'now' | 'purpose' | 'platform'>;

export type Handlers<Group extends RouteGroup> = {
  readonly [Name in keyof Group]:
    | ((
        context: Context,
        input: HandlerInput<Group[Name]>,
        exchange: Exchange,
      ) => Promise<HandlerOutput<Group[Name]>>)
    | Grouped<HandlerInput<Group[Name]>, HandlerOutput<Group[Name]>>
    | Streamed<HandlerInput<Group[Name]>>;
};

/** A group of routes with its handlers. */
export interface ImplementedGroup {
  readonly name: string;
  readonly routes: RouteGroup;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
}

// biome-ignore lint/suspicious/noExplicitAny: each handler was checked against its own route in `implement`
type AnyInput = any;
type AnyHandler =
  | ((context: Context, input: AnyInput, exchange: Exchange) => Promise<unknown>)
  | Grouped<AnyInput, unknown>
  | Streamed<AnyInput>;

export function implement<Group extends RouteGroup>(
  name: string,
  routes: Group,
  handlers: Handlers<Group>,
): ImplementedGroup {
  return { name, routes, handlers };
}

/** What the access module provides: who is asking, and a place to write down what was done. */
export interface Door {
  /** The signed-in actor of a request, or null. */
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  /** Writes the audit entry in the act's own transaction. */
  record(context: Context, act: AuditAct): Promise<void>;
  /** Writes the audit entry of an attempt that was refused, in a transaction of its own. */
  recordRefusal(actor: Actor, act: AuditAct): Promise<void>;
}

export interface AuditAct {
  readonly route: string;
  readonly purpose: Purpose | null;
  readonly commandId: string | null;
  readonly outcome: string;
  readonly opened: readonly { readonly type: string; readonly ids: readonly string[] }[];
}

const RETRY_SECONDS = 2;

/** Registers every route of every group below `/api`. */
export function registerGroups(
  app: FastifyInstance,
  platform: Platform,
  door: Door,
  groups: readonly ImplementedGroup[],
): void {
  const admission = createAdmission();
  const exports = createExportGate();
  for (const group of groups) {
    for (const [name, route] of Object.entries(group.routes)) {
      const handler = group.handlers[name]!;
      const need = needOf(`${group.name}.${name}`, route);
      app.route({
        method: route.method,
        url: `/api${route.path}`,
        ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
        // Before the body is read: a refusal has to cost less than an answer.
        onRequest: (_request, reply, done) => {
          const noRoom = platform.space.refusal(need);
          if (noRoom) return done(noRoom);
          const priority = route.priority ?? (route.method === 'GET' ? 'read' : 'command');
          if (!admission.enter(priority))
            return done(new LeveeError('overloaded', { seconds: RETRY_SECONDS }));
          reply.raw.once('close', admission.leave);
          done();
        },
        handler: (request, reply) =>
          run({ platform, door, exports, route, name: `${group.name}.${name}`, handler }, request, reply),
      });
    }
  }
}

/** Who cannot sign in cannot read; it writes a line. */
const NEVER_REFUSED = new Set(['access.signIn', 'access.signOut']);
/** Above the ordinary size of a body a route takes files. */
const isUpload = ({ bodyLimit = 0, priority }: Route) => bodyLimit > BODY_LIMIT && priority !== 'intake';

/** What a route asks of the disk. An export reads much, but leaves an audit entry that names every record. */
function needOf(name: string, route: Route): Need {
  if (NEVER_REFUSED.has(name)) return 'read';
  if (route.priority === 'export' || isUpload(route) || route.bulk) return 'bulk';
  if (route.method === 'GET') return 'read';
  return route.priority === 'intake' ? 'intake' : 'command';
}

interface Running {
  readonly platform: Platform;
  readonly door: Door;
  readonly exports: ExportGate;
  readonly route: Route;
  readonly name: string;
  readonly handler: ImplementedGroup['handlers'][string];
}

const ANONYMOUS: Actor = {
  id: '00000000-0000-7000-8000-000000000001',
  name: '公众 Public',
  role: 'system',
  scope: '',
};

async function run(running: Running, request: FastifyRequest, reply: FastifyReply) {
  const { platform, door, route, name, handler } = running;
  if (route.method === 'POST') requireSameSite(request, platform.config.LEVEE_ORIGIN);
  const actor = route.access === 'public' ? ANONYMOUS : await door.authenticate(request);
  if (!actor) throw new LeveeError('access.signed_out');
  const purpose = route.access === 'public' ? null : await permit(route, actor, request, door, name);
  const input = parseInput(route, request);
  if ('grouped' in handler) {
    const context = { actor, now: nowOf(platform.clock), purpose, platform };
    return parseOutput(route, await handler.grouped(context, input), name);
  }
  if ('streamed' in handler) return sendFile(running, { actor, purpose, input }, reply);
  const commandId = route.method === 'POST' && route.access !== 'public' ? commandIdOf(request) : null;

  const act = async (trx: Trx) => {
    const opened: { type: string; ids: readonly string[] }[] = [];
    const context: Context = {
      trx,
      actor,
      now: nowOf(platform.clock),
      purpose,
      platform,
      opened: (type, ids) => {
        if (ids.length > 0) opened.push({ type, ids });
      },
    };
    const answer = async () => {
      const output = parseOutput(route, await handler(context, input, { request, reply }), name);
      if (route.access !== 'public' && (commandId !== null || purpose !== null || opened.length > 0)) {
        await door.record(context, { route: name, purpose, commandId, outcome: 'done', opened });
      }
      return output;
    };
    return commandId === null ? answer() : answerOnce(context, { commandId, name, input, route }, answer);
  };
  return again(() => inScopedTransaction(platform.db, actor.scope, act));
}

/** A file, in its turn: a page at a time, each on record before it leaves. */
async function sendFile(
  { platform, door, exports, handler, name }: Running,
  { actor, purpose, input }: Pick<Context, 'actor' | 'purpose'> & { readonly input: unknown },
  reply: FastifyReply,
) {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new LeveeError('overloaded', { seconds: RETRY_SECONDS })));
  const leave = await exports.enter(actor.id, gone.signal);
  // Once in the reply's own hands the stream says when it is over.
  let ended = leave;
  try {
    const now = nowOf(platform.clock);
    const pace = createPace();
    const page = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
      pace(() =>
        inScopedTransaction(platform.db, actor.scope, async (trx) => {
          const opened: { type: string; ids: readonly string[] }[] = [];
          const context: Context = {
            ...{ trx, actor, now, purpose, platform },
            opened: (type, ids) => {
              if (ids.length > 0) opened.push({ type, ids });
            },
          };
          const result = await work(context);
          await door.record(context, { route: name, purpose, commandId: null, outcome: 'done', opened });
          return result;
        }),
      );
    const file = await (handler as Streamed<unknown>).streamed(
      { actor, now, purpose, platform, page },
      input,
    );
    gone.signal.throwIfAborted();
    const stream = streamFile(file, leave);
    ended = () => {};
    // Whatever stands in between: with its reader the file ends.
    reply.raw.once('close', () => stream.destroy());
    return reply.type('application/json; charset=utf-8').send(stream);
  } finally {
    ended();
  }
}

async function permit(
  route: Route,
  actor: Actor,
  request: FastifyRequest,
  door: Door,
  name: string,
): Promise<Purpose | null> {
  const { access } = route;
  const refuse = async (error: LeveeError): Promise<never> => {
    await door.recordRefusal(actor, {
      route: name,
      purpose: null,
      commandId: null,
      outcome: error.code,
      opened: [],
    });
    throw error;
  };
  if (
    access !== 'public' &&
    access !== 'signed-in' &&
    actor.role !== 'system' &&
    !roleMay(actor.role, access)
  ) {
    return refuse(new LeveeError('access.not_permitted', { role: roles[actor.role].title }));
  }
  if (!route.purposes || route.purposes.length === 0) return null;
  const named = request.headers[HEADERS.purpose];
  if (typeof named !== 'string')
    throw new LeveeError('access.purpose_needed', { purposes: route.purposes.join(', ') });
  const allowed =
    isPurpose(named) &&
    route.purposes.includes(named) &&
    (actor.role === 'system' || roleMayNamePurpose(actor.role, named));
  return allowed ? named : refuse(new LeveeError('access.purpose_refused', { purpose: named.slice(0, 60) }));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function commandIdOf(request: FastifyRequest): string {
  const commandId = request.headers[HEADERS.command];
  if (typeof commandId !== 'string' || !UUID.test(commandId)) throw new LeveeError('command.missing_id');
  return commandId;
}

function parseInput(route: Route, request: FastifyRequest) {
  const part = (schema: z.ZodType | undefined, where: string, value: unknown) => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const faults = faultsOf(parsed.error, where);
    const first = faults[0]!;
    throw new LeveeError('request.invalid', { where: first.where, problem: first.problem }, { faults });
  };
  const query = request.query as Record<string, unknown>;
  // A route without a query must not swallow one: a misspelt filter would silently show everything.
  if (!route.query && Object.keys(query).length > 0) {
    const unknown = Object.keys(query)[0]!;
    throw new LeveeError('request.invalid', {
      where: `query.${unknown}`,
      problem: { zh: '本接口没有此参数', en: 'is not a parameter of this route' },
    });
  }
  return {
    params: part(route.params, 'params', request.params),
    query: part(route.query, 'query', query),
    body: part(route.body, 'body', request.body),
  };
}

function parseOutput(route: Route, output: unknown, name: string): unknown {
  const parsed = route.response.safeParse(output);
  if (parsed.success) return parsed.data;
  // The paths only: the values may be a person's.
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).slice(0, 5);
  throw new Error(`${name} answered outside its contract: ${paths.join('; ')}`);
}
