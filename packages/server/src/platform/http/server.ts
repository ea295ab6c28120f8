/** The Fastify instance: limits, security headers, one error handler. */
import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import { type ErrorBody, LeveeError } from '@levee/contract';
import { type FastifyError, type FastifyInstance, fastify } from 'fastify';
import { hasCode, isUnreachable } from '../db/unreachable.ts';
import type { Platform } from '../platform.ts';
import { sizeText } from '../space/index.ts';
import { BODY_LIMIT } from './body-limit.ts';
import { COMPRESS_FROM, compressWhole } from './compress-whole.ts';

/** Refusals that are no fault: under load there are thousands a second, and a full disk is no place for their lines. */
const SHED = new Set<string>(['overloaded', 'storage.short', 'storage.full']);
const RETRY_SECONDS = 5;

export async function createServer(platform: Platform): Promise<FastifyInstance> {
  const { config, log } = platform;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    // A head that drips in letter by letter holds a socket for nothing; looked at every 5 s, not Node's 30 (T36).
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
    keepAliveTimeout: 30_000,
    // A live stream never ends by itself: at shutdown it is cut, and the reader resumes where it was.
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    trustProxy: config.LEVEE_ORIGIN !== undefined,
    logger: false,
  });
  app.addHook('onSend', compressWhole);
  await app.register(compress, {
    threshold: COMPRESS_FROM,
    encodings: ['br', 'gzip'],
    // Phones pack what they hand over; the body limit holds for what it unpacks to.
    requestEncodings: ['gzip'],
  });
  // Browsers report content violations under types of their own.
  app.addContentTypeParser(
    ['application/csp-report', 'application/reports+json'],
    { parseAs: 'string' },
    app.getDefaultJsonParser('error', 'error'),
  );
  const headers = securityHeaders(config.LEVEE_ORIGIN !== undefined);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  // Nothing is kept by a browser unless its route says so: files say it past the reply, on the raw answer.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control') && !reply.raw.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
    done();
  });
  if (config.LEVEE_ACCESS_LOG) {
    app.addHook('onResponse', async (request, reply) => {
      log.info(
        { route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
        'request',
      );
    });
  }
  app.setErrorHandler((error: FastifyError | LeveeError, request, reply) => {
    const known =
      outOfSpace(error, platform) ?? toLeveeError(error, request.id, request.routeOptions.bodyLimit);
    if (known.status >= 500 && !SHED.has(known.code))
      log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
    reply.status(known.status);
    if (known.status === 503 || known.status === 507 || known.status === 429)
      reply.header('retry-after', String(known.retryAfterSeconds ?? RETRY_SECONDS));
    // Refused is refused: the rest of a packed body would be unpacked all the same, up to a thousand times its size (T53).
    if (known.code === 'request.too_large' && request.headers['content-encoding'])
      reply.raw.once('finish', () => request.raw.destroy());
    return reply.send(known.toBody() satisfies ErrorBody);
  });
  app.setNotFoundHandler((_request, reply) => {
    const error = new LeveeError('not_found');
    return reply.status(error.status).send(error.toBody());
  });
  return app;
}

/** Nothing loads from elsewhere; nobody frames us; nothing personal stays in a shared cache. */
function securityHeaders(secure: boolean): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      // antd and MapLibre set style attributes at run time; scripts stay strict.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "worker-src 'self' blob:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      'report-uri /api/security/content-violations',
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
    ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  };
}

/** SQLSTATE 53100: the disk was filled between two looks, and the database met it first. */
function outOfSpace(error: unknown, { space }: Platform): LeveeError | undefined {
  if (!(error instanceof Error) || !hasCode(error, '53100')) return undefined;
  void space.look();
  const free = Math.min(...space.states().map(({ freeBytes }) => freeBytes));
  return new LeveeError(
    'storage.full',
    { free: Number.isFinite(free) ? sizeText(free) : '0 MB' },
    { cause: error },
  );
}

function toLeveeError(
  error: FastifyError | LeveeError,
  requestId: string,
  bodyLimit = BODY_LIMIT,
): LeveeError {
  if (error instanceof LeveeError) return error;
  // The line broke under a body: nobody reads the answer, and it is no failure of ours.
  if (error.message === 'Premature close' || error.message === 'aborted')
    return new LeveeError('request.invalid', {
      where: 'body',
      problem: { zh: '没有传完', en: 'did not arrive whole' },
    });
  const code: unknown = 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new LeveeError('request.too_large', { limit: `${Math.floor(bodyLimit / 1024 / 1024)} MB` });
  }
  if (error.message?.startsWith('timeout exceeded when trying to connect'))
    return new LeveeError('overloaded', { seconds: 5 });
  if (isUnreachable(error)) return new LeveeError('unavailable', {}, { cause: error });
  // 42501: row-level security refused a write outside the scope.
  if (code === '42501') return new LeveeError('access.outside_scope', { division: '' }, { cause: error });
  if (typeof error.statusCode === 'number' && error.statusCode < 500) {
    return new LeveeError('request.invalid', {
      where: 'body',
      problem: { zh: '不是有效的 JSON 内容', en: 'is not valid JSON' },
    });
  }
  return new LeveeError('internal', { requestId }, { cause: error });
}
