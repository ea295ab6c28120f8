/**
 * What a positive specimen sets off, and what taking it back undoes. Runs as the rule itself, over the whole jurisdiction:
 * a batch does not end at a county line, and the recall of one batch is one, however many of its cartons are positive.
 */
import { newId } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { cancelTasksOf, closeTasksOf, listTasks, openTask } from '../../tasks/index.ts';
import { objectRule } from '../pack-in-force.ts';
import { cancelResamples } from '../resamples.repository.ts';
import { hoursAfter } from './repeat.ts';
import * as responses from './responses.repository.ts';
import { asksFor, batchKeyOf, DUTIES, DUTY, nameOfGoods, type Specimen } from './specimen.ts';
import { findSpecimenById, findSpecimenOfPool } from './specimens.repository.ts';

const EVERYTHING = 500;

/** Opens the response of a positive once; told twice, or told late after an amendment, it changes nothing. */
export async function openResponse(context: Context, poolId: string, resultId: string): Promise<void> {
  const { trx, now } = context;
  const specimen = await findSpecimenOfPool(trx, poolId);
  if (specimen?.outcome !== 'positive' || specimen.response === 'open') return;
  const asked = asksFor(specimen.kind);
  const { incidentId, rule, handlersFrom, samplesPerPerson } = await objectRule(
    trx,
    { id: poolId, division: specimen.division },
    specimen.takenAt,
  );
  const recall =
    specimen.goods && asked.recall
      ? await responses.openRecall(trx, {
          id: newId(Date.parse(now)),
          batchKey: batchKeyOf(specimen.goods, specimen.id),
          goods: specimen.goods,
          division: specimen.division,
          incidentId,
          openedAt: now,
        })
      : null;
  const opened = await responses.insertResponse(trx, {
    specimenId: specimen.id,
    resultId,
    division: specimen.division,
    incidentId,
    rule,
    handlersFrom,
    samplesPerPerson,
    recallId: recall?.id ?? null,
    openedAt: now,
  });
  if (!opened) return;
  const duties = dutiesOf(context, specimen, { incidentId, resultId });
  if (recall) {
    await duties.open('seal');
    if (recall.isNew) {
      await emit(context, {
        kind: 'recall.opened',
        division: specimen.division,
        subject: { type: 'recall', id: recall.id },
        incidentId,
        data: { specimenId: specimen.id, placeId: specimen.placeId },
      });
      await duties.open('trace', { type: 'recall', id: recall.id });
    }
  }
  if (asked.disinfection) await duties.open('disinfect');
  if (asked.assessment) await duties.open('assess');
  await emit(context, {
    kind: 'specimen.response_opened',
    division: specimen.division,
    subject: { type: 'specimen', id: specimen.id },
    incidentId,
    data: {
      poolId,
      resultId,
      placeId: specimen.placeId,
      recallId: recall?.id ?? null,
      handlers: asked.handlers,
    },
  });
}

/** A duty about a specimen, opened once for each positive result of it. */
function dutiesOf(
  context: Context,
  specimen: Specimen,
  { incidentId, resultId }: { readonly incidentId: string | null; readonly resultId: string },
) {
  return {
    async open(duty: keyof typeof DUTY, source = { type: 'specimen', id: specimen.id }): Promise<void> {
      const place = (await findPlacesByIds(context.trx, [specimen.placeId])).get(specimen.placeId);
      const { hours, role, title, evidence } = DUTIES[duty];
      await openTask(context, {
        kind: DUTY[duty],
        key: `${DUTY[duty]}:${source.id}:${resultId}`,
        title: title({
          goods: nameOfGoods(specimen.goods, specimen.description),
          place: { zh: place?.nameZh ?? '', en: place?.nameEn ?? '' },
          tube: specimen.tubeCode,
        }),
        division: specimen.division,
        role,
        dueAt: hoursAfter(context.now, hours),
        evidenceWanted: evidence,
        source,
        incidentId,
      });
    },
  };
}

const AMENDED = '结果更正为非阳性 · the result was amended';

/** The result was amended: its duties and wishes fall away at once, and what was sealed is to be released. */
export async function withdrawResponse(context: Context, poolId: string): Promise<void> {
  const { trx, now } = context;
  const specimen = await findSpecimenOfPool(trx, poolId);
  const response = specimen && (await responses.withdrawResponse(trx, specimen.id, now));
  if (!specimen || !response) return;
  const { incidentId, resultId, recallId } = response;
  const source = { type: 'specimen', id: specimen.id };
  const before = await listTasks(trx, now, { sourceId: specimen.id }, 0, EVERYTHING);
  const sealed = before.items.some(({ kind, state }) => kind === DUTY.seal && state === 'done');
  await cancelTasksOf(context, source, AMENDED);
  await cancelResamples(trx, poolId, now);
  await cancelTasksOf(context, { type: 'pool', id: poolId }, AMENDED);
  await emit(context, {
    kind: 'specimen.response_withdrawn',
    division: specimen.division,
    subject: source,
    incidentId,
    data: { poolId, resultId, placeId: specimen.placeId },
  });
  if (recallId && (await responses.withdrawRecallWithoutGround(trx, recallId, now))) {
    const recall = { type: 'recall', id: recallId };
    await cancelTasksOf(context, recall, AMENDED);
    await emit(context, {
      kind: 'recall.withdrawn',
      division: specimen.division,
      subject: recall,
      incidentId,
    });
  }
  if (sealed) await dutiesOf(context, specimen, { incidentId, resultId }).open('release');
}

/** Somebody reported the place disinfected: from now on a clean specimen of it proves that it was. */
export async function noteDisinfected(context: Context, specimenId: string, at: string): Promise<void> {
  const specimen = await findSpecimenById(context.trx, specimenId);
  if (!specimen || !(await responses.putDisinfected(context.trx, specimenId, at))) return;
  const { incidentId, resultId } = (await responses.findResponse(context.trx, specimenId))!;
  await emit(context, {
    kind: 'specimen.disinfected',
    division: specimen.division,
    subject: { type: 'specimen', id: specimenId },
    incidentId,
    data: { placeId: specimen.placeId },
  });
  await dutiesOf(context, specimen, { incidentId, resultId }).open('check');
}

/** A clean surface or surroundings, taken after the disinfection of the same place, closes the check by itself. */
export async function checkByClean(context: Context, poolId: string): Promise<void> {
  const clean = await findSpecimenOfPool(context.trx, poolId);
  if (clean?.outcome !== 'negative' || clean.withdrawnAt !== null) return;
  if (clean.kind !== 'surface' && clean.kind !== 'environment') return;
  const { id, placeId, takenAt } = clean;
  for (const checked of await responses.putChecked(context.trx, {
    specimenId: id,
    placeId,
    takenAt,
    at: context.now,
  })) {
    const source = { type: 'specimen', id: checked.specimenId };
    await closeTasksOf(
      context,
      source,
      {
        text: `消毒后标本阴性 · clean after disinfection: ${clean.tubeCode}`,
        records: [{ type: 'specimen', id }],
      },
      { kind: DUTY.check },
    );
    await emit(context, {
      kind: 'specimen.checked',
      division: checked.division,
      subject: source,
      incidentId: checked.incidentId,
      data: { checkedBy: id, placeId },
    });
  }
}
