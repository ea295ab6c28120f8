/** Handlers of a positive object: found by the rule at once, searched again or added to by a person, asked for a test. */

import { type Handler, type HandlerSearch, LeveeError, newId, refuseState } from '@levee/contract';
import { type Context, systemContext } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPersonByIdOrThrow, personSummaries } from '../../people/index.ts';
import {
  findPositiveSpecimen,
  findSpecimenById,
  type PositiveSpecimen,
  wantHandlers,
} from '../../testing/index.ts';
import { namedOutside } from '../search-answer.ts';
import { countyOf, inWiderScope, isOwn } from '../wider-scope.ts';
import * as handlers from './handlers.repository.ts';

/**
 * Searches who worked at or was at the place since the rule's day, over the whole jurisdiction, keeps the search, and
 * wants a single test of each. Nobody outside the actor's area is named: their county is asked and they are counted.
 *
 * @throws refusal where no response of the specimen stands, or its kind has no handlers
 */
export async function searchHandlers(context: Context, specimenId: string): Promise<HandlerSearch> {
  const positive = await positiveOrRefuse(context, specimenId);
  const { specimen, response } = positive;
  const id = newId(Date.parse(context.now));
  const [from, until] = [response.handlersFrom, response.disinfectedAt ?? context.now];
  const { search, found } = await inWiderScope(context, async (trx) => {
    const found = await handlers.findHandlers(trx, specimen.placeId, from, until);
    await handlers.insertHandlers(
      trx,
      specimenId,
      found.map((one) => ({ ...one, addedReason: null })),
      context.now,
    );
    const added = await wantHandlers(asRule(context), positive, found, id);
    const workers = found.filter(({ worksHere }) => worksHere).length;
    const search: handlers.KeptSearch = {
      id,
      specimenId,
      division: specimen.division,
      from,
      until,
      rule: response.rule,
      purpose: 'contact_tracing',
      workers,
      visitors: found.length - workers,
      added: added.length,
      counties: [...Map.groupBy(found, ({ division }) => countyOf(division))]
        .map(([division, people]) => ({ division, peopleCount: people.length }))
        .sort((one, other) => one.division.localeCompare(other.division)),
      actor: { id: context.actor.id, name: context.actor.name },
      at: context.now,
    };
    await handlers.insertSearch(trx, search);
    return { search, found };
  });
  context.opened('specimen', [specimenId]);
  context.opened(
    'person',
    found.map(({ personId }) => personId),
  );
  await emit(context, {
    kind: 'handlers.found',
    division: specimen.division,
    subject: { type: 'specimen', id: specimenId },
    incidentId: response.incidentId,
    data: {
      searchId: id,
      placeId: specimen.placeId,
      workers: search.workers,
      visitors: search.visitors,
      added: search.added,
    },
  });
  return viewSearch(context, search);
}

/** Wishes and duties reach into other counties: the rule opens them, whoever made the search. */
const asRule = (context: Context): Context => ({
  ...systemContext(context.platform, context.trx),
  now: context.now,
});

async function positiveOrRefuse(context: Context, specimenId: string): Promise<PositiveSpecimen> {
  const positive = await findPositiveSpecimen(context, specimenId);
  if (positive) return positive;
  throw refuseState(
    { zh: '该标本没有生效的阳性处置', en: 'no response to this specimen stands' },
    {
      zh: '污水标本不排查接触者；已更正的无需排查。',
      en: 'Sewage has no handlers; an amended result asks for none.',
    },
  );
}

async function viewSearch(context: Context, search: handlers.KeptSearch): Promise<HandlerSearch> {
  const { division: _, purpose: __, counties, ...rest } = search;
  const outside = counties.filter(({ division }) => !isOwn(context, division));
  return {
    ...rest,
    outside: await namedOutside(context, outside),
  };
}

type Query = Pick<handlers.HandlerFilter, 'state'>;

/** Handlers in the reader's area with where their test stands, and the latest search. */
export async function handlersOf(
  context: Context,
  specimenId: string,
  query: Query,
  offset: number,
  limit: number,
) {
  if (!(await findSpecimenById(context.trx, specimenId))) throw new LeveeError('not_found');
  const { items, total } = await handlers.listHandlers(context.trx, { ...query, specimenId }, offset, limit);
  const search = await handlers.findLatestSearch(context.trx, specimenId);
  return {
    items: await viewHandlers(context, items),
    total,
    search: search ? await viewSearch(context, search) : null,
  };
}

async function viewHandlers(context: Context, rows: readonly handlers.HandlerRow[]): Promise<Handler[]> {
  const people = await personSummaries(
    context,
    rows.map(({ personId }) => personId),
  );
  return rows.map(({ division: _, cancelledAt, ...row }) => ({
    ...row,
    person: people.get(row.personId) ?? null,
    state: stateOf(cancelledAt, row),
  }));
}

function stateOf(
  cancelledAt: string | null,
  { sampledAt, outcome }: Pick<handlers.HandlerRow, 'sampledAt' | 'outcome'>,
): Handler['state'] {
  if (cancelledAt !== null) return 'withdrawn';
  if (sampledAt === null) return 'wanted';
  if (outcome === null) return 'sampled';
  return outcome === 'negative' || outcome === 'positive' ? outcome : 'repeat';
}

/** Somebody no record names: the driver, a porter without a contract. Asked for a test like the others. */
export async function addHandler(
  context: Context,
  specimenId: string,
  { personId, reason }: { readonly personId: string; readonly reason: string },
): Promise<Handler> {
  const positive = await positiveOrRefuse(context, specimenId);
  const person = await findPersonByIdOrThrow(context.trx, personId);
  await handlers.insertHandlers(
    context.trx,
    specimenId,
    [
      {
        personId,
        division: person.division,
        worksHere: false,
        firstAt: null,
        lastAt: null,
        staysCount: 0,
        addedReason: reason,
      },
    ],
    context.now,
  );
  const wanted = [{ personId, division: person.division }];
  await inWiderScope(context, () =>
    wantHandlers(asRule(context), positive, wanted, newId(Date.parse(context.now))),
  );
  const filter = { specimenId, personId, state: 'all' } as const;
  const { items } = await handlers.listHandlers(context.trx, filter, 0, 1);
  return (await viewHandlers(context, items))[0]!;
}
