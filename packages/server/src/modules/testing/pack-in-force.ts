/** Which pack speaks for a tube: of the round it belongs to, of the incident of its area, or the house's default. */
import type { RuleCited } from '@levee/contract';
import { getPackOrThrow, objectPositive, type ProtocolPack, type RuleRef } from '@levee/protocol';
import type { Trx } from '../../platform/db/pool.ts';

/** Screening runs before anybody has activated a response: until then the house tests by this edition, and says so. */
const HOUSE_PACK = 'covid19-cn-9';

export interface PackInForce {
  readonly pack: ProtocolPack;
  readonly incidentId: string | null;
  readonly from: RuleCited['from'];
}

/**
 * One column of a later module's table, as news does not travel up. Of several incidents that run in the area, the newest
 * whose pack speaks: a tube of ten was never taken for a disease whose pack pools nobody.
 */
export async function packInForce(
  trx: Trx,
  tube: { readonly id: string; readonly division: string },
  speaks: (pack: ProtocolPack) => boolean,
): Promise<PackInForce> {
  const round = await trx
    .selectFrom('round_tube')
    .innerJoin('screening_round as round', 'round.id', 'round_tube.round_id')
    .select(['round.pack_id as packId', 'round.incident_id as incidentId'])
    .where('round_tube.pool_id', '=', tube.id)
    .orderBy('round.started_at', 'desc')
    .executeTakeFirst();
  if (round) return { pack: getPackOrThrow(round.packId), incidentId: round.incidentId, from: 'round' };
  const incidents = await trx
    .selectFrom('incident')
    .select(['id', 'division', 'pack_id as packId'])
    .where('stood_down_at', 'is', null)
    .orderBy('activated_at', 'desc')
    .execute();
  const here = incidents.filter(({ division }) => tube.division.startsWith(division));
  const incident = here.find(({ packId }) => speaks(getPackOrThrow(packId))) ?? here[0];
  return incident
    ? { pack: getPackOrThrow(incident.packId), incidentId: incident.id, from: 'incident' }
    : { pack: getPackOrThrow(HOUSE_PACK), incidentId: null, from: 'house' };
}

/** A rule as an answer cites it. */
export const cited = ({ packId, rule, source, confidence }: RuleRef, from: RuleCited['from']): RuleCited => ({
  packId,
  rule,
  source: source.section ? `${source.title} · ${source.section}` : source.title,
  confidence,
  from,
});

/** The pack has a rule for a positive object. */
export const saysOfObjects = (pack: ProtocolPack): boolean => pack.monitoring.objectPositive !== undefined;

/**
 * What the pack asks when an object is positive. Where it says nothing the house's default is taken, and cited as such.
 *
 * @param sampledAt when the specimen was taken
 */
export async function objectRule(
  trx: Trx,
  tube: { readonly id: string; readonly division: string },
  sampledAt: string,
) {
  const { pack, incidentId, from } = await packInForce(trx, tube, saysOfObjects);
  const silent = !saysOfObjects(pack);
  const answer = objectPositive(silent ? getPackOrThrow(HOUSE_PACK) : pack, sampledAt);
  return {
    incidentId,
    rule: cited(answer, silent ? 'house' : from),
    handlersFrom: answer.from,
    samplesPerPerson: answer.samplesPerPerson,
  };
}
