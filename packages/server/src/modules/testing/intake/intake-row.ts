/** One recorded command as it is committed: checked, placed in an area, with a person's values sealed. Pure but for the cipher. */
import { type IntakeCommand, LeveeError } from '@levee/contract';
import type { Cipher } from '../../../platform/cipher.ts';

export interface IntakeRow {
  readonly id: string;
  readonly deviceId: string;
  readonly order: number;
  readonly division: string;
  readonly siteId: string;
  readonly kind: IntakeCommand['kind'];
  /** JSON of what the command holds besides the columns here. */
  readonly body: string;
  readonly at: string;
  readonly aheadSeconds: number;
  readonly actorId: string;
}

/** A committed record that has not been applied. */
export interface Recorded {
  readonly position: number;
  readonly deviceId: string;
  readonly division: string;
  readonly command: IntakeCommand;
  /** As stored: a person's values sealed. */
  readonly body: unknown;
  readonly receivedAt: string;
  readonly aheadSeconds: number;
  /** By the server's reckoning. */
  readonly happenedAt: string;
  readonly actorId: string;
}

/** A person's values as they wait in the database: readable with the installation's key only. */
interface Sealed {
  readonly sealed: string;
}

const FIELD = 'intake.person';

/** The part of a command that has no column of its own, values of a person sealed. */
export function bodyOf(command: IntakeCommand, cipher: Cipher): string {
  const { id: _id, order: _order, at: _at, siteId: _site, kind: _kind, ...rest } = command;
  const seal = (value: unknown): Sealed => ({
    sealed: cipher.seal(FIELD, JSON.stringify(value)).toString('base64'),
  });
  const after = command.after !== undefined && { after: command.after };
  if (command.kind === 'sample' && 'identityNumber' in command.who) {
    return JSON.stringify({ ...rest, who: seal(command.who) });
  }
  if (command.kind === 'returnee') {
    const { who, arrivedAt, travel } = command;
    return JSON.stringify({ ...after, values: seal({ who, arrivedAt, travel }) });
  }
  if (command.kind === 'person') {
    const { personId, placeId, nameZh, identityNumber, phone } = command;
    return JSON.stringify({ ...after, personId, placeId, values: seal({ nameZh, identityNumber, phone }) });
  }
  return JSON.stringify(rest);
}

/** The command again, as it was sent. */
export function commandOf(
  row: Pick<IntakeRow, 'id' | 'order' | 'siteId' | 'kind' | 'at'> & { readonly body: unknown },
  cipher: Cipher,
): IntakeCommand {
  const { id, order, siteId, kind, at } = row;
  const open = ({ sealed }: Sealed) =>
    JSON.parse(cipher.open(FIELD, Buffer.from(sealed, 'base64'))) as object;
  const body = row.body as Record<string, unknown>;
  const { who, values } = body as { who?: object; values?: Sealed };
  const opened = {
    ...body,
    ...(who && 'sealed' in who && { who: open(who as Sealed) }),
    ...(values && { ...open(values), values: undefined }),
  };
  const { values: _values, ...rest } = opened as Record<string, unknown>;
  return { id, order, siteId, kind, at, ...rest } as IntakeCommand;
}

/** Above this a device's clock is wrong and said to be; below it is the network and the time it lay in a pocket. */
export const CLOCK_WRONG_SECONDS = 600;

/** Seconds the device's clock is ahead of the server's. A device may be days out (T21); beyond that it is no clock. */
export function aheadSeconds(sentAt: string, nowMs: number): number {
  const ahead = Math.round((Date.parse(sentAt) - nowMs) / 1000);
  if (Math.abs(ahead) > 400 * 86_400) {
    throw new LeveeError('request.invalid', {
      where: 'body.sentAt',
      problem: { zh: `设备时间 ${sentAt} 相差超过一年`, en: `${sentAt} is more than a year off` },
    });
  }
  return ahead;
}

/**
 * When it happened by the server's reckoning: a wrong clock's moments are moved by as much as it is wrong. A moment
 * that still lies ahead is the moment of receipt.
 */
export function happenedAt(at: string, ahead: number, receivedAt: string): string {
  const moved = Math.abs(ahead) > CLOCK_WRONG_SECONDS ? Date.parse(at) - ahead * 1000 : Date.parse(at);
  return new Date(Math.min(moved, Date.parse(receivedAt))).toISOString();
}

/** The columns a record keeps wherever it stands: waiting in `intake`, or kept in `intake_outcome`. */
export interface StoredRecord {
  readonly id: string;
  readonly device_id: string;
  readonly device_order: number;
  readonly division: string;
  readonly site_id: string;
  readonly kind: string;
  readonly body: unknown;
  readonly at: string;
  readonly received_at: string;
  readonly ahead_seconds: number;
  readonly actor_id: string;
}

/** `position` is 0 for one that waits no longer. */
export function toRecorded(row: StoredRecord, position: number, cipher: Cipher): Recorded {
  const kind = row.kind as IntakeCommand['kind'];
  const { id, site_id: siteId, device_order: order, at, body } = row;
  return {
    position,
    deviceId: row.device_id,
    division: row.division,
    command: commandOf({ id, order, siteId, kind, at, body }, cipher),
    body,
    receivedAt: row.received_at,
    aheadSeconds: row.ahead_seconds,
    happenedAt: happenedAt(at, row.ahead_seconds, row.received_at),
    actorId: row.actor_id,
  };
}
