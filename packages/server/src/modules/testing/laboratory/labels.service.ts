import type { PoolCapacity } from '@levee/contract';
import type { Cipher } from '../../../platform/cipher.ts';
import type { Context } from '../../../platform/context.ts';
import { samplingSite } from '../pools.service.ts';
import { insertBatch, newestBatches, usedAmong } from './label-batches.repository.ts';
import { labelSheet } from './label-sheet.ts';
import { tubeCodeFrom } from './tube-code.ts';

export interface LabelOrder {
  readonly siteId: string;
  /** The batch: the same batch is the same codes, so that a torn sheet is printed again. */
  readonly batchId: string;
  readonly count: number;
  readonly capacity: PoolCapacity;
}

/** Codes are drawn from the batch by the installation's key: nobody else can guess one, and none is kept before its use. */
export async function printLabels(context: Context, order: LabelOrder) {
  const { trx, platform, now, actor } = context;
  const site = await samplingSite(context, order.siteId);
  const codes = codesOf(platform.cipher, order.batchId, order.count);
  await insertBatch(trx, { ...order, division: site.division, at: now, by: actor.id });
  const used = await usedAmong(trx, codes);
  const pdf = await labelSheet({ codes, siteName: site.nameZh, capacity: order.capacity });
  return {
    fileName: `labels-${order.batchId.slice(-8)}.pdf`,
    content: pdf.toString('base64'),
    codes,
    usedCount: used.size,
  };
}

const codesOf = (cipher: Cipher, batchId: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    tubeCodeFrom(cipher.blindIndex('tube.code', `${batchId} ${index}`)),
  );

/** Codes a phone carries: some sheets' worth, small enough for a weak network. */
const MOST_CARRIED = 4_000;

/** The tubes printed for a site, newest sheets first: what a phone tells a foreign tube by without a network. */
export async function printedTubes(context: Context, siteId: string) {
  const { trx, platform } = context;
  const codes: [code: string, capacity: PoolCapacity][] = [];
  let complete = true;
  for (const { id, count, capacity } of await newestBatches(trx, siteId)) {
    if (codes.length + count > MOST_CARRIED) {
      complete = false;
      break;
    }
    codes.push(
      ...codesOf(platform.cipher, id, count).map((code) => [code, capacity] as [string, PoolCapacity]),
    );
  }
  const used = await usedAmong(
    trx,
    codes.map(([code]) => code),
  );
  return { codes, used: [...used], complete };
}
