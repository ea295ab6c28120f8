import { newId } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import * as contacts from './contacts.repository.ts';
import type { FindingRecord } from './findings.ts';
import { markAdopted } from './searches.repository.ts';
import { type ContactRecord, countByClass, differs, type SearchRecord } from './tracing.ts';

/**
 * Takes a search over: new people become proposed contacts, changed proposals are renewed, proposals not found again are
 * taken back. What a person has decided stays; an accepted contact not found again is marked, for a person to decide.
 */
export async function adoptFindings(
  context: Context,
  search: SearchRecord,
  findings: readonly FindingRecord[],
  assistanceRequestId: string | null = null,
) {
  const { trx, now } = context;
  const kept = new Map(
    (await contacts.lockContactsOfCase(trx, search.caseId)).map((contact) => [contact.personId, contact]),
  );
  const counts = { addedCount: 0, changedCount: 0, unchangedCount: 0, withdrawnCount: 0, lostCount: 0 };
  const added: FindingRecord[] = [];
  for (const finding of findings) {
    const contact = kept.get(finding.personId);
    if (!contact) {
      added.push(finding);
      await contacts.insertContact(trx, { ...newContact(search, now), assistanceRequestId }, finding);
      continue;
    }
    const changed = differs(contact, finding);
    counts[changed ? 'changedCount' : 'unchangedCount'] += 1;
    await contacts.updateProposal(
      trx,
      contact.id,
      { searchId: search.id, packId: search.packId, changed, assistanceRequestId },
      finding,
    );
    if (contact.state === 'accepted' && contact.lastExposure !== finding.lastExposure) {
      // Duties are counted from the last exposure: whoever ordered them must know.
      await emitContact(context, 'contact.reclassified', { ...contact, lastExposure: finding.lastExposure });
    }
  }
  counts.addedCount = added.length;

  // Another area's people came by a request: what this area's search says nothing about is not lost.
  const found = new Set(findings.map(({ personId }) => personId));
  for (const contact of assistanceRequestId ? [] : kept.values()) {
    if (found.has(contact.personId) || contact.state === 'rejected' || contact.lostAt !== null) continue;
    if (contact.state === 'proposed') {
      await contacts.deleteContact(trx, contact.id);
      counts.withdrawnCount += 1;
    } else {
      await contacts.markLost(trx, contact.id, now);
      await emitContact(context, 'contact.lost', contact);
      counts.lostCount += 1;
    }
  }
  if (!assistanceRequestId) await markAdopted(trx, search.id, now);
  await emit(context, {
    kind: 'search.adopted',
    division: search.division,
    subject: { type: 'search', id: search.id },
    incidentId: search.incidentId,
    data: { caseId: search.caseId, ...counts },
  });
  if (added.length > 0) {
    await emit(context, {
      kind: 'contact.proposed',
      division: search.division,
      subject: { type: 'search', id: search.id },
      incidentId: search.incidentId,
      data: { caseId: search.caseId, ...countByClass(added.map((finding) => finding.class)) },
    });
  }
  return counts;
}

const newContact = (search: SearchRecord, proposedAt: string) => ({
  id: newId(),
  incidentId: search.incidentId,
  caseId: search.caseId,
  packId: search.packId,
  searchId: search.id,
  proposedAt,
});

/** What isolation and the timeline hear of one contact. */
export async function emitContact(
  context: Context,
  kind: 'contact.accepted' | 'contact.reclassified' | 'contact.rejected' | 'contact.lost',
  contact: Pick<
    ContactRecord,
    'id' | 'personId' | 'caseId' | 'incidentId' | 'division' | 'class' | 'proposedClass' | 'lastExposure'
  >,
): Promise<void> {
  await emit(context, {
    kind,
    division: contact.division,
    subject: { type: 'contact', id: contact.id },
    incidentId: contact.incidentId,
    data: {
      contactId: contact.id,
      personId: contact.personId,
      caseId: contact.caseId,
      class: contact.class ?? contact.proposedClass,
      lastExposure: contact.lastExposure,
      incidentId: contact.incidentId,
    },
  });
}
