import type { PoolCapacity } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { findPoolByTube } from '../pools.repository.ts';
import { samplingSite } from '../pools.service.ts';
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
  const { cipher } = context.platform;
  const site = await samplingSite(context, order.siteId);
  const codes = Array.from({ length: order.count }, (_, index) =>
    tubeCodeFrom(cipher.blindIndex('tube.code', `${order.batchId} ${index}`)),
  );
  const used = [];
  for (const code of codes) if (await findPoolByTube(context.trx, code)) used.push(code);
  const pdf = await labelSheet({ codes, siteName: site.nameZh, capacity: order.capacity });
  return {
    fileName: `labels-${order.batchId.slice(-8)}.pdf`,
    content: pdf.toString('base64'),
    codes,
    usedCount: used.length,
  };
}
