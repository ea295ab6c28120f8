/** Alarms of space: each raised once while it stands, however many servers look and however often they start. */
import { newId } from '@levee/contract';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { emit } from '../outbox/emit.ts';
import { type Reading, type Severity, usedProportion } from './space.ts';

interface Alarm {
  readonly host: string;
  readonly severity: Severity;
  readonly reading: Reading;
}

export async function raiseAlarm(context: Context, { host, severity, reading }: Alarm): Promise<void> {
  const { trx, now, platform } = context;
  const division = platform.config.LEVEE_JURISDICTION;
  const { rows } = await sql<{ id: string }>`
    insert into space_alarm (id, division, host, place, severity, raised_at, free_bytes, total_bytes)
    values (${newId(Date.parse(now))}, ${division}, ${host}, ${reading.place}, ${severity}, ${now},
            ${reading.freeBytes}, ${reading.totalBytes})
    on conflict (host, place, severity) where cleared_at is null do nothing returning id`.execute(trx);
  if (!rows[0]) return;
  await emit(context, {
    kind: 'system.space_alarm',
    division,
    subject: { type: 'space_alarm', id: rows[0].id },
    data: dataOf(severity, reading),
  });
}

export async function clearAlarm(context: Context, { host, severity, reading }: Alarm): Promise<void> {
  const { trx, now, platform } = context;
  const { rows } = await sql<{ id: string }>`
    update space_alarm set cleared_at = ${now}
     where host = ${host} and place = ${reading.place} and severity = ${severity} and cleared_at is null
    returning id`.execute(trx);
  for (const { id } of rows) {
    await emit(context, {
      kind: 'system.space_recovered',
      division: platform.config.LEVEE_JURISDICTION,
      subject: { type: 'space_alarm', id },
      data: dataOf(severity, reading),
    });
  }
}

const dataOf = (severity: Severity, reading: Reading) => ({
  severity,
  place: reading.place,
  freeBytes: reading.freeBytes,
  usedPercent: Math.floor(usedProportion(reading) * 100),
});
