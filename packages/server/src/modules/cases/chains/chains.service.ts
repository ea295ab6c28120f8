/** Who infected whom in a list or an incident, from the links on record. */
import type { CaseChains } from '@levee/contract';
import { buildChains, clusters, serialIntervals } from '@levee/epi';
import { packs } from '@levee/protocol';
import type { Context } from '../../../platform/context.ts';
import { findIncidentById } from '../../incidents/index.ts';
import { allCases } from '../cases.repository.ts';
import { findLineListById } from '../line-lists.ts';
import { linksOf } from './links.repository.ts';

interface Of {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
}

/** By the pack of the incident or list: where a disease spreads before symptoms, an infectee may fall ill first. */
export const onsetBeforeInfectorOf = (packId: string | null | undefined) => {
  const pack = packId && Object.hasOwn(packs, packId) ? packs[packId]! : null;
  return {
    days: pack?.definition.onsetBeforeInfectorDays?.value ?? 0,
    pack: pack && { id: pack.id, name: pack.title },
  };
};

async function packIdOf({ trx }: Context, { incidentId, lineListId }: Of): Promise<string | null> {
  if (incidentId !== undefined) return (await findIncidentById(trx, incidentId))?.packId ?? null;
  return lineListId === undefined ? null : ((await findLineListById(trx, lineListId))?.packId ?? null);
}

/** Links may name cases the list does not hold; they are counted as impossible with that reason, not dropped. */
export async function chainsOf(context: Context, of: Of): Promise<CaseChains> {
  const found = await allCases(context.trx, of);
  const contacts = await linksOf(context.trx, of);
  // Two lists may use one id for two people; without a list or an incident named, the first of an id stands for it.
  const byExternalId = new Map(found.toReversed().map((caseFile) => [caseFile.externalId, caseFile]));
  const unique = found.filter((caseFile) => byExternalId.get(caseFile.externalId) === caseFile);
  const onsetBeforeInfector = onsetBeforeInfectorOf(await packIdOf(context, of));
  const chains = buildChains(
    unique.map(({ externalId, dateOnset }) => ({ id: externalId, dateOnset })),
    contacts,
    { toleranceDays: onsetBeforeInfector.days },
  );
  const idOf = (externalId: string) => byExternalId.get(externalId)!.id;
  context.opened(
    'case',
    unique.map(({ id }) => id),
  );
  const groups = clusters(chains, { minimumSize: 2 });
  const intervals = serialIntervals(chains);
  return {
    asOf: context.now,
    nodes: chains.nodes.map(
      ({ id, infectors, infectees, dateOnset, infecteesCount, generation, cluster }) => {
        const { classification, dateReporting, outcome, division } = byExternalId.get(id)!;
        return {
          id: idOf(id),
          externalId: id,
          classification,
          dateOnset,
          dateReporting,
          outcome,
          division,
          infecteesCount,
          generation,
          cluster,
          infectors: infectors.map(idOf),
          infectees: infectees.map(idOf),
        };
      },
    ),
    links: chains.links.map(({ row, from, to, serialIntervalDays }) => ({
      from: idOf(from),
      to: idOf(to),
      exposure: contacts[row]!.exposure,
      serialIntervalDays,
    })),
    linksCount: chains.links.length,
    impossible: chains.impossible.map(({ from, to, reason }) => ({ from, to, reason })),
    ambiguous: chains.ambiguous.map(({ to, from }) => ({ to, from })),
    serialInterval: {
      pairsCount: intervals.n,
      meanDays: intervals.mean,
      medianDays: intervals.median,
      sdDays: intervals.sd,
      negativeCount: intervals.negativeCount,
    },
    onsetBeforeInfector,
    clustersCount: groups.length,
    largestCluster: groups[0]?.casesCount ?? 0,
    generationsCount: chains.nodes.reduce((most, { generation }) => Math.max(most, generation + 1), 0),
  };
}
