/** Links of laboratories: opened and closed by the security administrator; each acts as one laboratory account. */
import { createHash, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { type LabLink, LeveeError, refuse } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { inScopedTransaction, type Trx } from '../../platform/db/pool.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Platform } from '../../platform/platform.ts';
import { findAccountById } from '../access/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import { requireLaboratory } from '../testing/index.ts';
import * as links from './links.repository.ts';
import type { Sender } from './sender.ts';

export interface NewLink {
  readonly id: string;
  readonly name: string;
  readonly labId: string;
  readonly accountId: string;
  readonly sendingFacility: string;
  readonly sourceAddresses: readonly string[];
}

export async function openLink(context: Context, input: NewLink): Promise<LabLink> {
  await requireLaboratory(context, input.labId);
  const account = await findAccountById(context.trx, input.accountId);
  if (!account) throw new LeveeError('not_found');
  requireScope(context, account.division);
  if (account.role !== 'laboratory' || account.disabledAt !== null) {
    throw refuse(
      { zh: `${account.name}不是在用的检验员账号`, en: `${account.name} is not a laboratory account in use` },
      { zh: '为该实验室开立检验员账号后再对接。', en: 'Open a laboratory account for it first.' },
    );
  }
  const opened = await links.insertLink(context.trx, {
    ...input,
    sourceAddresses: input.sourceAddresses.map(plainAddress),
    division: account.division,
    openedAt: context.now,
  });
  if (!opened && !(await links.findLink(context.trx, input.id))) {
    throw refuse(
      {
        zh: `发送机构“${input.sendingFacility}”已有在用的对接`,
        en: `sending facility "${input.sendingFacility}" has an open link`,
      },
      { zh: '先关闭原对接，或换用另一名称。', en: 'Close that link first, or use another name.' },
    );
  }
  await emit(context, {
    kind: 'interchange.link_opened',
    division: account.division,
    subject: { type: 'lab_link', id: input.id },
    data: { labId: input.labId, accountId: input.accountId },
  });
  return viewLink(context, input.id);
}

/** A new token; the one before it is void. Only its hash is kept. */
export async function makeToken(context: Context, id: string) {
  await openOrThrow(context, id);
  const token = `levee-lab-${randomBytes(32).toString('base64url')}`;
  await links.updateLink(context.trx, id, { tokenHash: hashToken(token), tokenMadeAt: context.now });
  await changed(context, id, 'token');
  return { link: await viewLink(context, id), token };
}

export async function closeLink(context: Context, id: string): Promise<LabLink> {
  await openOrThrow(context, id);
  await links.updateLink(context.trx, id, { closedAt: context.now });
  await changed(context, id, 'closed');
  return viewLink(context, id);
}

async function openOrThrow(context: Context, id: string): Promise<links.Link> {
  const link = await links.findLink(context.trx, id);
  if (!link || link.closedAt !== null) throw new LeveeError('not_found');
  requireScope(context, link.division);
  return link;
}

async function changed(context: Context, id: string, what: 'token' | 'closed'): Promise<void> {
  const link = (await links.findLink(context.trx, id))!;
  await emit(context, {
    kind: 'interchange.link_changed',
    division: link.division,
    subject: { type: 'lab_link', id },
    data: { what, labId: link.labId },
  });
}

export async function viewLinks(context: Context, found: readonly links.Link[]): Promise<LabLink[]> {
  const places = await findPlacesByIds(
    context.trx,
    found.map(({ labId }) => labId),
  );
  const views: LabLink[] = [];
  for (const { division: _, openedAt: __, labId, ...link } of found) {
    const lab = places.get(labId);
    views.push({
      ...link,
      sourceAddresses: [...link.sourceAddresses],
      lab: lab ? { id: lab.id, nameZh: lab.nameZh, nameEn: lab.nameEn } : null,
      accountName: (await findAccountById(context.trx, link.accountId))?.name ?? '',
    });
  }
  return views;
}

async function viewLink(context: Context, id: string): Promise<LabLink> {
  return (await viewLinks(context, [(await links.findLink(context.trx, id))!]))[0]!;
}

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** ::ffff:127.0.0.1 is 127.0.0.1. */
export const plainAddress = (address: string): string => {
  const mapped = address.toLowerCase().replace(/^::ffff:/, '');
  return isIPv4(mapped) ? mapped : address.toLowerCase();
};

/** The sender a token stands for; null where it is void, or its account is closed. */
export const senderOfToken = (platform: Platform, token: string): Promise<Sender | null> =>
  inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
    const link = await links.findLinkByToken(trx, hashToken(token));
    return link ? senderOf(trx, link) : null;
  });

export interface Knock {
  /** The address is on some open link's list: what it sends is kept, whatever it is. */
  readonly known: Sender | null;
  /** The link its message names, from an address of that link. */
  readonly sender: Sender | null;
}

/** Who knocks: by the address it comes from and the facility its message names. Both must fit one open link. */
export const senderAt = (platform: Platform, address: string, facility: string): Promise<Knock> =>
  inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
    const here = (await links.findOpenLinks(trx)).filter(({ sourceAddresses }) =>
      sourceAddresses.includes(plainAddress(address)),
    );
    const named = here.find(({ sendingFacility }) => sendingFacility === facility);
    const [first] = here;
    return {
      known: first ? await senderOf(trx, named ?? first) : null,
      sender: named ? await senderOf(trx, named) : null,
    };
  });

export async function senderOf(trx: Trx, link: links.Link): Promise<Sender | null> {
  const account = await findAccountById(trx, link.accountId);
  if (!account || account.disabledAt !== null || account.role !== 'laboratory') return null;
  return {
    id: link.id,
    labId: link.labId,
    division: account.division,
    actor: { id: account.id, name: account.name, role: account.role, scope: account.division },
  };
}
