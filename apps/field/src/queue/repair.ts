/** What can be done about a record that was not applied. The record itself never changes: a correction is a new one. */
import { newId } from '@levee/contract';
import type { FieldSession } from '../app/session.ts';
import type { Command, Draft, QueueRecord } from '../offline/queue.ts';
import { client } from '../offline/wire.ts';

export interface Correction {
  readonly identityNumber?: string;
  readonly tubeCode?: string;
  /** Nobody has the card: they are registered first, and the swab is theirs. */
  readonly newPerson?: { readonly nameZh: string; readonly placeId: string };
}

/** Once more as it is: refused at the door it is offered again; kept by the server, the server tries. */
export async function tryAgain(
  { queue, loop }: FieldSession,
  record: QueueRecord,
  reason: string,
): Promise<void> {
  if (record.quarantined) {
    const body = { decision: 'retry' as const, reason };
    await client.intake.resolve({ params: { commandId: record.id }, purpose: 'testing', body });
    await queue.mark([record.id], 'accepted');
  } else {
    await queue.mark([record.id], 'saved');
    loop.wake();
  }
}

/** Decided not to be applied, with the reason; the server's task for it closes. */
export async function setAside({ queue }: FieldSession, record: QueueRecord, reason: string): Promise<void> {
  if (record.quarantined) {
    const body = { decision: 'set_aside' as const, reason };
    await client.intake.resolve({ params: { commandId: record.id }, purpose: 'testing', body });
  }
  await queue.change(
    new Map([
      [
        record.id,
        { state: 'set_aside', problem: { zh: reason, en: reason }, nextStep: null, quarantined: false },
      ],
    ]),
  );
}

/**
 * Saved as a new record before the old one is set aside: whatever happens in between, nothing is lost.
 *
 * @param reason says which record takes its place
 */
export async function resendCorrected(
  session: FieldSession,
  record: QueueRecord,
  correction: Correction,
  reason: (id: string) => string,
): Promise<void> {
  const { queue, loop } = session;
  const id = newId();
  const { identityNumber, tubeCode, newPerson } = correction;
  const about = {
    ...record.about,
    ...(tubeCode && { tubeCode }),
    ...(identityNumber && { name: `••••${identityNumber.slice(-4)}`, masked: undefined }),
    ...(newPerson && { name: newPerson.nameZh }),
  };
  const draft = { ...draftOf(record.command, correction), id };
  const person = newPerson && personOf(record.command, newPerson, identityNumber);
  const drafts = person
    ? [
        { draft: person, about: { name: newPerson.nameZh } },
        { draft: { ...draft, who: { personId: person.personId } } as Draft, about },
      ]
    : [{ draft, about }];
  await queue.add(record.command.siteId, drafts);
  await setAside(session, record, reason(id.slice(-4)));
  loop.wake();
}

/** The same act at the same moment, with what was wrong put right. Another tube is another pool. */
export function draftOf(command: Command, { identityNumber, tubeCode }: Correction): Draft {
  const { id: _id, order: _order, siteId: _site, after: _after, ...rest } = command;
  const withTube =
    tubeCode && 'tubeCode' in rest && rest.tubeCode !== tubeCode ? { poolId: newId(), tubeCode } : {};
  const withCard =
    identityNumber && (rest.kind === 'sample' || rest.kind === 'returnee') ? { who: { identityNumber } } : {};
  return { ...rest, ...withTube, ...withCard } as Draft;
}

/** Of the card that was scanned, unless another was typed. */
function personOf(
  command: Command,
  { nameZh, placeId }: NonNullable<Correction['newPerson']>,
  typed?: string,
) {
  const scanned =
    'who' in command && 'identityNumber' in command.who ? command.who.identityNumber : undefined;
  const identityNumber = typed ?? scanned;
  return {
    kind: 'person' as const,
    personId: newId(),
    nameZh,
    placeId,
    ...(identityNumber && { identityNumber }),
  };
}
