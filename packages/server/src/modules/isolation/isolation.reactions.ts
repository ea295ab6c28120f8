import { newId } from '@levee/contract';
import { SYSTEM_ACTOR_ID } from '../../platform/context.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import type { LoggedEvent } from '../../platform/outbox/log.ts';
import type { Sweep } from '../../platform/sweep.ts';
import { findContactByIdOrThrow } from '../tracing/index.ts';
import { draftOrder, replaceEarlier, reviseOrder, withdrawForContact } from './drafting.service.ts';
import * as orders from './orders.repository.ts';
import { closeTestSeams, openSeamTasks } from './seam-tasks.service.ts';

const text = (value: unknown): string => String(value);

/** Who decided on the contact stands behind the order; a second person approves it. */
const draftOnContact: Reaction = {
  name: 'isolation.draft-on-contact',
  kinds: ['contact.accepted'],
  async handle(context, event) {
    const author = authorOf(event);
    if (!author) return;
    await draftOrder(context, {
      id: newId(Date.parse(context.now)),
      contactId: text(event.data['contactId']),
      author,
      foundAt: event.at,
    });
  },
};

const reviseOnContact: Reaction = {
  name: 'isolation.revise-on-contact',
  kinds: ['contact.reclassified'],
  async handle(context, event) {
    const author = authorOf(event);
    const contactId = text(event.data['contactId']);
    if (!author) return;
    const order = await orders.findOrder(context.trx, context.now, { contactId });
    const contact = await findContactByIdOrThrow(context.trx, contactId);
    if (order) return reviseOrder(context, order, { contact, author });
    if (contact.state !== 'accepted') return;
    const id = newId(Date.parse(context.now));
    await draftOrder(context, { id, contactId, author, foundAt: event.at });
  },
};

const withdrawOnContact: Reaction = {
  name: 'isolation.withdraw-on-contact',
  kinds: ['contact.rejected'],
  handle: (context, event) => withdrawForContact(context, text(event.data['contactId'])),
};

const replaceOnApproval: Reaction = {
  name: 'isolation.replace-on-approval',
  kinds: ['measure.approved'],
  handle: (context, event) => replaceEarlier(context, event.subject.id),
};

const closeOnResult: Reaction = {
  name: 'isolation.close-on-result',
  kinds: ['result.reported'],
  handle: (context, event) => closeTestSeams(context, [text(event.data['poolId'])]),
  handleAll: (context, events) =>
    closeTestSeams(
      context,
      events.map(({ data }) => text(data['poolId'])),
    ),
};

const authorOf = (event: LoggedEvent) =>
  event.actor && event.actor.id !== SYSTEM_ACTOR_ID ? event.actor : null;

export const isolationReactions: readonly Reaction[] = [
  draftOnContact,
  reviseOnContact,
  withdrawOnContact,
  replaceOnApproval,
  closeOnResult,
];

/** The flag itself is a question of time; this writes the duty down for its owner. */
export const seamSweep: Sweep = { name: 'isolation.seams', run: openSeamTasks };
