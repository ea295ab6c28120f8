import { laboratory as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import { decideLoss, lossesOfTube, proposeLoss } from '../losses/losses.service.ts';
import { listAssays } from './assays.repository.ts';
import { listBoxes } from './boxes.repository.ts';
import * as boxes from './boxes.service.ts';
import { printLabels } from './labels.service.ts';
import { loadOf } from './load.service.ts';
import { listRuns } from './runs.repository.ts';
import * as runs from './runs.service.ts';

export const laboratoryRoutes = implement('laboratory', contract, {
  assays: async ({ trx }) => ({ items: await listAssays(trx) }),
  load: (context) => loadOf(context),
  packBox: (context, { body }) => boxes.packBox(context, body),
  sendBox: (context, { params, body }) => boxes.sendBox(context, params.boxId, body),
  receiveBox: (context, { body }) => boxes.receiveBox(context, body),
  boxes: async (context, { query }) => {
    const { items, total } = await listBoxes(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await boxes.viewBoxes(context, items), total);
  },
  labels: (context, { body }) => printLabels(context, body),
  losses: async (context, { params }) => ({ items: await lossesOfTube(context, params.poolId) }),
  proposeLoss: (context, { params, body }) => proposeLoss(context, params.poolId, body),
  decideLoss: (context, { params, body }) => decideLoss(context, params.lossId, body),
  openRun: (context, { body }) => runs.openRun(context, body),
  readRun: (context, { params, body }) => runs.readRun(context, params.runId, body),
  invalidateRun: (context, { params, body }) => runs.invalidateRun(context, params.runId, body.reason),
  runs: async (context, { query }) => {
    const { items, total } = await listRuns(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await runs.viewRuns(context, items), total);
  },
});
