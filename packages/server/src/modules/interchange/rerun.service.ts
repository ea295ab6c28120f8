/** A message tried again after a repair: the link opened, the assay added, the tube received. Its sender need not send it again. */
import { type LabMessage, LeveeError, refuse, refuseState } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { readFhir } from './fhir-report.ts';
import type { Finding } from './finding.ts';
import { readHeader, readOru } from './hl7-report.ts';
import { findLink, findOpenLinks } from './links.repository.ts';
import { senderOf } from './links.service.ts';
import * as messages from './messages.repository.ts';
import { keepFindings, retryKeptOf } from './quarantine.service.ts';
import type { Sender } from './sender.ts';
import { applyAll } from './take-message.ts';

export async function rerunMessage(context: Context, id: string, reason: string): Promise<LabMessage> {
  const { trx, now, actor } = context;
  const found = await messages.lockMessage(trx, id);
  if (!found) throw new LeveeError('not_found');
  requireScope(context, found.division);
  switch (found.outcome) {
    case 'partly':
    case 'quarantined': {
      const { leftCount, appliedCount } = await retryKeptOf(context, id, reason);
      await messages.updateOutcome(trx, id, {
        outcome:
          leftCount === 0 ? 'applied' : found.appliedCount + appliedCount > 0 ? 'partly' : 'quarantined',
        problem: leftCount === 0 ? null : found.problem,
        resultCount: found.resultCount,
        appliedCount: found.appliedCount + appliedCount,
      });
      break;
    }
    case 'refused':
    case 'not_understood':
      await takeAgain(context, found);
      break;
    default:
      throw refuseState(
        found.outcome === 'applied'
          ? { zh: '这份报文已全部入库', en: 'all of this message has been applied' }
          : {
              zh: '这份报文没有收全，无法再次处理',
              en: 'this message did not arrive whole and cannot be run again',
            },
        found.outcome === 'applied'
          ? {
              zh: '结果有误的，在该管上提出更正。',
              en: 'If a result is wrong, propose an amendment on its tube.',
            }
          : { zh: '请实验室重新发送。', en: 'Ask the laboratory to send it again.' },
      );
  }
  await messages.noteRerun(trx, id, { at: now, by: actor, reason });
  await emit(context, {
    kind: 'interchange.message_rerun',
    division: found.division,
    subject: { type: 'lab_message', id },
    data: { labId: found.labId, before: found.outcome },
  });
  return (await messages.findMessage(trx, id))!.message;
}

async function takeAgain(context: Context, found: messages.StoredMessage): Promise<void> {
  const bytes = Buffer.from(context.platform.cipher.open('lab_message.raw', found.raw), 'base64');
  const { findings, atomic } = readAgain(found.protocol, bytes);
  const sender = await senderNow(context, found, bytes);
  // Applied as it would have been: by the laboratory's own account, in its area.
  const acting: Context = { ...context, actor: sender.actor };
  const verdicts = await applyAll(acting, { findings, sender, atomic });
  await keepFindings(acting, sender, found.id, verdicts);
  const first = verdicts.find(({ verdict }) => verdict.kind === 'kept')?.verdict;
  const keptCount = verdicts.filter(({ verdict }) => verdict.kind === 'kept').length;
  await messages.updateOutcome(context.trx, found.id, {
    outcome: keptCount === 0 ? 'applied' : keptCount === verdicts.length ? 'quarantined' : 'partly',
    problem: first?.kind === 'kept' ? first.problem : null,
    resultCount: verdicts.length,
    appliedCount: verdicts.length - keptCount,
    labId: sender.labId,
  });
}

function readAgain(
  protocol: LabMessage['protocol'],
  bytes: Buffer,
): { findings: Finding[]; atomic: boolean } {
  const reading =
    protocol === 'hl7' ? readOru(bytes) : protocol === 'fhir' ? readFhir(bytes.toString('utf8')) : null;
  if (reading === null) {
    throw refuseState(
      { zh: '结果文件不在此再次处理', en: 'a results file is not run again here' },
      {
        zh: '改正文件后在“待处理结果”页上传。',
        en: 'Correct the file and upload it on the page of kept results.',
      },
    );
  }
  if (reading.ok && reading.findings.length > 0)
    return { findings: reading.findings, atomic: protocol === 'fhir' };
  const why = reading.ok
    ? 'no result in it'
    : 'problem' in reading
      ? reading.problem.text
      : reading.issues.map(({ expression, text }) => `${expression} ${text}`).join('; ');
  throw refuseState(
    { zh: `报文仍无法识别：${why}`, en: `it still cannot be read: ${why}` },
    { zh: '请实验室改正后重新发送。', en: 'Ask the laboratory to correct it and send it again.' },
  );
}

/** The link its message names, as it is open now; the one it came by, where that fits. */
async function senderNow({ trx }: Context, found: messages.StoredMessage, bytes: Buffer): Promise<Sender> {
  const facility = found.protocol === 'hl7' ? readHeader(bytes)?.sendingFacility : undefined;
  const link =
    facility === undefined
      ? await findLink(trx, found.senderId)
      : (await findOpenLinks(trx)).find(({ sendingFacility }) => sendingFacility === facility);
  const sender = link && link.closedAt === null ? await senderOf(trx, link) : null;
  if (sender) return sender;
  throw refuse(
    { zh: `发送机构“${facility ?? ''}”没有在用的对接`, en: `there is no open link for "${facility ?? ''}"` },
    { zh: '先在“实验室对接”开通，再回来处理。', en: 'Open it under laboratory links, then come back.' },
  );
}
