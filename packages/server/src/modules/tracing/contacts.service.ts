import {
  type Bilingual,
  type ContactClassCode,
  type ExposureFacts,
  LeveeError,
  type REVIEW_OUTCOMES,
  refuse,
} from '@levee/contract';
import { dayOf, getPackOrThrow, ProtocolError, quarantineSchedule, words } from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { personSummaries } from '../people/index.ts';
import { emitContact } from './adopt.ts';
import * as contacts from './contacts.repository.ts';
import { decide, findingOf } from './findings.ts';
import { proposalAnswer } from './search-answer.ts';
import { exposuresOf, updateExposure } from './searches.repository.ts';
import { exposuresAnswer } from './searches.service.ts';
import type { ContactRecord } from './tracing.ts';

export async function listContacts(
  context: Context,
  filter: contacts.ContactFilter,
  offset: number,
  limit: number,
) {
  const { items, total } = await contacts.listContacts(context.trx, filter, offset, limit);
  return { items: await toContacts(context, items), total };
}

async function toContacts(context: Context, found: readonly ContactRecord[]) {
  const people = await personSummaries(
    context,
    found.flatMap(({ personId, viaPersonId }) => (viaPersonId ? [personId, viaPersonId] : [personId])),
  );
  return found.flatMap((contact) => {
    const person = people.get(contact.personId);
    if (!person) return [];
    return [
      {
        id: contact.id,
        incidentId: contact.incidentId,
        caseId: contact.caseId,
        person,
        state: contact.state,
        proposedClass: contact.proposedClass,
        class: contact.class,
        packId: contact.packId,
        ...proposalAnswer(contact, people),
        reason: contact.reason,
        reviewedBy: contact.reviewedBy,
        reviewedAt: contact.reviewedAt,
        lostAt: contact.lostAt,
        proposedAt: contact.proposedAt,
        searchId: contact.searchId,
        version: contact.version,
      },
    ];
  });
}

/** A contact with the evidence for it and what its class asks of the person. */
export async function contactDetail(context: Context, contactId: string) {
  const found = await contacts.findContactByIdOrThrow(context.trx, contactId);
  context.opened('contact', [contactId]);
  const [contact] = await toContacts(context, [found]);
  if (!contact) throw new LeveeError('not_found');
  return {
    contact,
    exposures: await exposuresAnswer(context, found.searchId, found.personId),
    duties: dutiesOf(found, context.now),
  };
}

/** What the pack asks of this class if isolation began now; null where the pack asks nothing of it any more. */
export function dutiesOf(contact: ContactRecord, now: string) {
  const pack = getPackOrThrow(contact.packId);
  const contactClass = contact.class ?? contact.proposedClass;
  try {
    const schedule = quarantineSchedule(pack, {
      class: contactClass,
      anchors: { last_exposure: dayOf(contact.lastExposure, pack.tz) },
      placedAt: now,
    });
    return {
      class: contactClass,
      rule: schedule.rule,
      source: schedule.source,
      confidence: schedule.confidence,
      anchor: schedule.anchor.date,
      untilDate: schedule.untilDate,
      phases: schedule.phases.map(({ kind, fromDate, untilDate, tests }) => ({
        kind,
        kindName: words.PHASE_WORDS[kind],
        fromDate,
        untilDate,
        tests: tests.map(({ day, date, method }) => ({ day, date, method })),
      })),
    };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

interface ReviewItem {
  readonly contactId: string;
  readonly version: number;
  readonly decision: 'accept' | 'reject';
  readonly class?: ContactClassCode | undefined;
  readonly reason?: string | undefined;
}

interface Verdict {
  readonly contactId: string;
  readonly outcome: (typeof REVIEW_OUTCOMES)[number];
  readonly problem: Bilingual | null;
  readonly version: number | null;
}

/** Decides on many contacts; each has its own outcome, and one that fails does not hold up the others. */
export async function reviewContacts(context: Context, items: readonly ReviewItem[]): Promise<Verdict[]> {
  const held = await contacts.lockContacts(
    context.trx,
    items.map(({ contactId }) => contactId),
  );
  const verdicts: Verdict[] = [];
  for (const item of items) {
    const contact = held.get(item.contactId);
    verdicts.push(contact ? await reviewOne(context, contact, item) : notFound(item.contactId));
    // The same contact twice in one review: the second is judged by what the first made of it.
    if (contact) held.set(contact.id, await contacts.findContactByIdOrThrow(context.trx, contact.id));
  }
  context.opened('contact', [...held.keys()]);
  return verdicts;
}

const notFound = (contactId: string): Verdict => ({
  contactId,
  outcome: 'not_found',
  problem: { zh: '没有找到，或不在您的辖区内', en: 'not found, or outside your area' },
  version: null,
});

async function reviewOne(context: Context, contact: ContactRecord, item: ReviewItem): Promise<Verdict> {
  const verdict = (outcome: Verdict['outcome'], problem: Bilingual | null = null, steps = 0): Verdict => ({
    contactId: contact.id,
    outcome,
    problem,
    version: contact.version + steps,
  });
  if (contact.version !== item.version) {
    return verdict('clash', { zh: '他人已作修改，请核对后再判', en: 'somebody changed it; look again' });
  }
  const accepts = item.decision === 'accept';
  const chosen = accepts ? (item.class ?? contact.proposedClass) : null;
  if (chosen !== contact.proposedClass && !item.reason) {
    return verdict('refused', {
      zh: accepts ? '与建议类别不同，须写明理由' : '排除须写明理由',
      en: accepts ? 'another class than proposed needs a reason' : 'rejecting needs a reason',
    });
  }
  const state = accepts ? ('accepted' as const) : ('rejected' as const);
  if (contact.state === state && contact.class === chosen && contact.lostAt === null)
    return verdict('unchanged');
  await contacts.updateDecision(context.trx, contact.id, {
    state,
    class: chosen,
    reason: item.reason ?? null,
    by: { id: context.actor.id, name: context.actor.name },
    at: context.now,
  });
  const again = contact.state === 'accepted' && accepts;
  const kind = !accepts ? 'contact.rejected' : again ? 'contact.reclassified' : 'contact.accepted';
  await emitContact(context, kind, { ...contact, class: chosen });
  return verdict(!accepts ? 'rejected' : again ? 'reclassified' : 'accepted', null, 1);
}

/** Adds what a person learnt about one meeting and asks the pack again; a decision already taken stays. */
export async function addFacts(
  context: Context,
  contactId: string,
  { version, exposureId, facts }: { version: number; exposureId: string; facts: ExposureFacts },
) {
  const contact = (await contacts.lockContacts(context.trx, [contactId])).get(contactId);
  if (!contact) throw new LeveeError('not_found');
  if (contact.version !== version)
    throw new LeveeError('edit.clash', {}, { detail: { version: contact.version } });
  const pack = getPackOrThrow(contact.packId);
  const exposures = await exposuresOf(context.trx, contact.searchId, contact.personId);
  const before = exposures.find(({ id }) => id === exposureId);
  if (!before) throw new LeveeError('not_found');
  const after = decide(pack, { ...before, facts: { ...before.facts, ...facts } }, before.evidence.via);
  const finding = findingOf(
    contact.personId,
    exposures.map((exposure) => (exposure.id === exposureId ? after : exposure)),
  );
  if (!finding) {
    throw refuse(
      { zh: '按此事实不再符合任何判定条款', en: 'with this fact no criterion fits any more' },
      {
        zh: '如确属如此，请排除该接触者并写明理由。',
        en: 'If that is so, reject the contact with this reason.',
      },
    );
  }
  await updateExposure(context.trx, after);
  await contacts.updateProposal(
    context.trx,
    contactId,
    { searchId: contact.searchId, packId: contact.packId, changed: true },
    finding,
  );
  await emit(context, {
    kind: 'contact.fact_added',
    division: contact.division,
    subject: { type: 'contact', id: contactId },
    incidentId: contact.incidentId,
    data: { contactId, exposureId, facts: Object.keys(facts), proposedClass: finding.class },
  });
  return contactDetail(context, contactId);
}

/** Told by isolation: from here on the contact meets nobody, so the search for their contacts ends. */
export async function markContactIsolated(context: Context, contactId: string, at: string): Promise<void> {
  await contacts.updateIsolatedAt(context.trx, contactId, at);
}
