/** A route is data: the server registers it, the client is inferred from it, OpenAPI is printed from it. */
import type * as z from 'zod';
import type { Permission } from './permissions.ts';
import type { Purpose } from './purposes.ts';
import type { Bilingual } from './shapes.ts';

/** Under pressure routes are refused in this order, the last first: intake is never the first to suffer. */
export const PRIORITIES = ['intake', 'command', 'read', 'dashboard', 'export'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** `public`: anybody. `signed-in`: any account. Otherwise the permission the actor's role must hold. */
export type Access = 'public' | 'signed-in' | Permission;

interface RouteParts {
  readonly summary: Bilingual;
  readonly access: Access;
  /** The closed list of purposes a call may name; empty where the answer holds no personal data (R2). */
  readonly purposes?: readonly Purpose[];
  readonly priority?: Priority;
  /** The answer holds a secret shown once: it is not kept for a second sending. */
  readonly secretAnswer?: true;
  /** The answer is large and stands in what the command wrote: sent a second time, the handler reads it from there. */
  readonly answersAgain?: true;
  /** Writes very much, or orders work that does: refused first where a disk runs out of room. */
  readonly bulk?: true;
  /** Largest body in bytes, where 1 MB is not enough. */
  readonly bodyLimit?: number;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

export interface Route extends RouteParts {
  readonly method: 'GET' | 'POST';
  /** Fastify style below `/api`: `/cases/:caseId`. */
  readonly path: string;
}

/** A question. Changes nothing; may be asked again. */
export function get<const Path extends string, const Parts extends Omit<RouteParts, 'body'>>(
  path: Path,
  parts: Parts,
): Parts & { readonly method: 'GET'; readonly path: Path } {
  return { ...parts, method: 'GET', path };
}

/** A command. Carries a client-made id in `levee-command`; sent twice it is done once and answers the same. */
export function post<const Path extends string, const Parts extends RouteParts>(
  path: Path,
  parts: Parts,
): Parts & { readonly method: 'POST'; readonly path: Path } {
  return { ...parts, method: 'POST', path };
}

export type RouteGroup = Readonly<Record<string, Route>>;

type Part<R extends Route, Key extends 'params' | 'query' | 'body'> = R[Key] extends z.ZodType
  ? { readonly [K in Key]: z.input<R[Key]> }
  : unknown;

type PurposeOf<R extends Route> = R['purposes'] extends readonly [infer P, ...infer Rest]
  ? { readonly purpose: P | Rest[number] }
  : unknown;

/** What a caller hands over: `{ params, query, body, purpose }`, each only where the route has it. */
export type RouteInput<R extends Route> = Part<R, 'params'> &
  Part<R, 'query'> &
  Part<R, 'body'> &
  PurposeOf<R>;
export type RouteOutput<R extends Route> = z.output<R['response']>;
/** What the server's handler gets after parsing. */
export interface HandlerInput<R extends Route> {
  readonly params: R['params'] extends z.ZodType ? z.output<R['params']> : undefined;
  readonly query: R['query'] extends z.ZodType ? z.output<R['query']> : undefined;
  readonly body: R['body'] extends z.ZodType ? z.output<R['body']> : undefined;
}
/** What the server's handler may answer; the response schema strips what is not listed. */
export type HandlerOutput<R extends Route> = z.input<R['response']>;
