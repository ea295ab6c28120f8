/**
 * The FHIR R4 door, below `/api/fhir`: results in, the state of a tube out. Errors are OperationOutcomes. A laboratory's
 * system comes with its token, a person with their session and `?lab=`.
 */
import { LeveeError, roleMay } from '@levee/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nowOf } from '../../platform/clock.ts';
import { type Context, systemContext } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import type { Door } from '../../platform/http/implement.ts';
import { requireSameSite } from '../../platform/http/same-site.ts';
import type { Platform } from '../../platform/platform.ts';
import { requireLaboratory } from '../testing/index.ts';
import {
  capability,
  outcomeOf,
  outcomeOfIssues,
  reportBundle,
  specimenBundle,
  takenAnswer,
} from './fhir-answers.ts';
import { type FhirIssue, type FhirReading, readFhir } from './fhir-report.ts';
import { senderOfToken } from './links.service.ts';
import type { Sender } from './sender.ts';
import { takeMessage } from './take-message.ts';

const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const BODY_LIMIT = 2 * 1024 * 1024;
const UUID = /^[0-9a-f-]{36}$/i;

export function createFhirGate(app: FastifyInstance, platform: Platform, door: Door): void {
  const base = '/api/fhir';
  void app.register(async (gate) => {
    gate.removeAllContentTypeParsers();
    gate.addContentTypeParser(
      ['application/fhir+json', 'application/json'],
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
      (_request, body, done) => done(null, body),
    );
    gate.setErrorHandler((error, _request, reply) => {
      const known = error instanceof LeveeError ? error : fromHttp(error as { statusCode?: number });
      if (known.status >= 500) platform.log.error({ err: error }, 'fhir request failed');
      return send(reply, known.status, outcomeOf(known));
    });

    const take = async (request: FastifyRequest, reply: FastifyReply) => {
      const sender = await whoSends(request);
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const reading = readBytes(raw);
      const refused = reading.ok ? undefined : reading.issues;
      const { text, status } = await takeMessage(platform, door, {
        protocol: 'fhir',
        sender,
        source: request.ip,
        raw,
        charset: 'utf-8',
        controlId: reading.ok ? reading.controlId : null,
        findings: reading.ok ? reading.findings : [],
        atomic: true,
        ...(refused && { refused: { outcome: 'not_understood' as const, problem: problemOf(refused) } }),
        answer: (taken) =>
          refused
            ? { text: JSON.stringify(outcomeOfIssues(refused, taken.messageId)), status: 400 }
            : takenAnswer(reading, taken),
      });
      return reply.status(status).header('content-type', FHIR_JSON).send(text);
    };
    gate.post(base, take);
    gate.post(`${base}/DiagnosticReport`, take);

    gate.get(`${base}/metadata`, (_request, reply) => send(reply, 200, capability(platform.version)));
    gate.get<{ Querystring: Record<string, string> }>(`${base}/DiagnosticReport`, async (request, reply) =>
      send(reply, 200, await asked(request, 'specimen.identifier', reportBundle)),
    );
    gate.get<{ Querystring: Record<string, string> }>(`${base}/Specimen`, async (request, reply) =>
      send(reply, 200, await asked(request, 'identifier', specimenBundle)),
    );
  });

  async function asked(
    request: FastifyRequest<{ Querystring: Record<string, string> }>,
    parameter: string,
    find: (context: Context, tubeCode: string) => Promise<object>,
  ): Promise<object> {
    const sender = await whoSends(request);
    const tubeCode = (request.query[parameter] ?? '').split('|').at(-1)?.trim().toUpperCase() ?? '';
    if (tubeCode === '') {
      throw new LeveeError('request.invalid', {
        where: parameter,
        problem: { zh: '须写明管码', en: 'must name a tube code' },
      });
    }
    return inScopedTransaction(platform.db, sender.actor.scope, async (trx) => {
      const context: Context = {
        ...systemContext(platform, trx),
        actor: sender.actor,
        now: nowOf(platform.clock),
        purpose: 'testing',
      };
      const found = await find(context, tubeCode);
      await door.record(context, {
        route: 'interchange.fhir-read',
        purpose: 'testing',
        commandId: null,
        outcome: 'done',
        opened: [],
      });
      return found;
    });
  }

  async function whoSends(request: FastifyRequest): Promise<Sender> {
    const token = /^Bearer (levee-lab-[\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) {
      const sender = await senderOfToken(platform, token);
      if (!sender) throw new LeveeError('access.signed_out');
      return sender;
    }
    const actor = await door.authenticate(request);
    if (!actor) throw new LeveeError('access.signed_out');
    if (request.method === 'POST') requireSameSite(request, platform.config.LEVEE_ORIGIN);
    if (actor.role === 'system' || !roleMay(actor.role, 'testing.result')) {
      throw new LeveeError('access.not_permitted', { role: { zh: '本岗位', en: 'yours' } });
    }
    const { lab } = request.query as { lab?: unknown };
    if (typeof lab !== 'string' || !UUID.test(lab)) {
      throw new LeveeError('request.invalid', {
        where: 'lab',
        problem: { zh: '须写明实验室编号', en: 'must name the laboratory by its id' },
      });
    }
    await inScopedTransaction(platform.db, actor.scope, (trx) =>
      requireLaboratory({ ...systemContext(platform, trx), actor }, lab),
    );
    return { id: actor.id, labId: lab, division: actor.scope, actor };
  }
}

function readBytes(raw: Buffer): FhirReading {
  try {
    return readFhir(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return { ok: false, issues: [{ expression: '', code: 'structure', text: 'the body is not UTF-8' }] };
  }
}

const problemOf = ([first]: readonly FhirIssue[]) => ({
  zh: `报文不合规范：${first?.expression ?? ''} ${first?.text ?? ''}`,
  en: `${first?.expression ?? ''} ${first?.text ?? ''}`.trim(),
});

const send = (reply: FastifyReply, status: number, body: object) =>
  reply.status(status).header('content-type', FHIR_JSON).send(JSON.stringify(body));

function fromHttp({ statusCode = 500 }: { statusCode?: number }): LeveeError {
  if (statusCode === 413)
    return new LeveeError('request.too_large', { limit: `${BODY_LIMIT / 1024 / 1024} MB` });
  if (statusCode < 500) {
    return new LeveeError('request.invalid', {
      where: 'body',
      problem: { zh: '须为 application/fhir+json', en: 'must be application/fhir+json' },
    });
  }
  return new LeveeError('unavailable');
}
