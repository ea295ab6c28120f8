import { type Bilingual, checkBulletinText, fillBulletinText, type PublicBulletin } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { setScope, type Trx } from '../../platform/db/pool.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findIncidentByIdOrThrow } from '../incidents/index.ts';
import { findHeadquartersName } from '../organisations/index.ts';
import { findPeopleByIds } from '../people/index.ts';
import { findPlaceByCode } from '../places/index.ts';
import {
  type Bulletin,
  type Edition,
  latestOf,
  requireClean,
  requireSecondPerson,
  requireState,
  type Written,
} from './bulletin.ts';
import * as bulletins from './bulletins.repository.ts';
import { lockFigures } from './figures.ts';
import { publishEdition, viewsOf, withdrawEdition } from './public-store.repository.ts';
import { draftText } from './template.ts';

/** Locks the figures of the incident in the area and fills the template: a draft of edition 1. */
export async function draft(context: Context, input: { id: string; incidentId: string; division: string }) {
  requireScope(context, input.division);
  const { trx, now, actor } = context;
  const { name: incidentName } = await findIncidentByIdOrThrow(trx, input.incidentId);
  const figures = await lockFigures(context, input);
  await bulletins.insertBulletin(trx, { ...input, at: now });
  await bulletins.insertEdition(trx, input, {
    number: 1,
    ...draftText({ incidentName, figures }),
    tibetan: null,
    figures,
    lockedAt: now,
    author: { id: actor.id, name: actor.name },
    correction: null,
  });
  return tell(context, input.id, 'bulletin.drafted', { edition: 1 });
}

/** Writes the words of a draft. Who wrote last is the author, and so may not approve. */
export async function write(
  context: Context,
  id: string,
  { version, ...written }: Written & { version: number },
) {
  const { bulletin, edition } = await openEdition(context, id, version, 'draft');
  const author = { id: context.actor.id, name: context.actor.name };
  await bulletins.setWritten(context.trx, id, edition.number, written, author);
  await bulletins.touchBulletin(context.trx, id, context.now);
  return view(context, bulletin.id);
}

/** Takes every figure anew, as of now. There is no other way to change one. */
export async function relock(context: Context, id: string, version: number) {
  const { bulletin, edition } = await openEdition(context, id, version, 'draft');
  const figures = await lockFigures(context, bulletin);
  await bulletins.setFigures(context.trx, id, edition.number, { figures, lockedAt: context.now });
  await bulletins.touchBulletin(context.trx, id, context.now);
  return view(context, id);
}

/** Looks through the text and hands it over for approval; refused while something in it may not be made public. */
export async function check(context: Context, id: string, version: number) {
  const { edition } = await openEdition(context, id, version, 'draft');
  const findings = await findingsOf(context, edition);
  requireClean(findings);
  const by = { id: context.actor.id, name: context.actor.name };
  await bulletins.setChecked(context.trx, id, edition.number, { by, at: context.now, findings });
  return tell(context, id, 'bulletin.checked', { edition: edition.number });
}

export async function sendBack(context: Context, id: string, input: { version: number; reason: string }) {
  const { edition } = await openEdition(context, id, input.version, 'checked');
  const by = { id: context.actor.id, name: context.actor.name };
  await bulletins.setSentBack(context.trx, id, edition.number, { by, at: context.now, reason: input.reason });
  return tell(context, id, 'bulletin.sent_back', { edition: edition.number });
}

/** A second person approves; the edition stands in the public store when this transaction commits. */
export async function approve(context: Context, id: string, version: number) {
  const { bulletin, edition } = await openEdition(context, id, version, 'checked');
  const { trx, now, actor } = context;
  requireSecondPerson(edition, actor.id);
  // Somebody may have become a case since the check.
  requireClean(await findingsOf(context, edition));
  const earlier = bulletin.editions[1];
  if (earlier) await bulletins.setEditionState(trx, id, earlier.number, 'corrected');
  await bulletins.setPublished(trx, id, edition.number, { id: actor.id, name: actor.name }, now);
  const issue = bulletin.issue ?? (await bulletins.giveIssue(trx, id, bulletin.division));
  await publishEdition(trx, await publicOf(context, { ...bulletin, issue }, edition, now));
  return tell(context, id, earlier ? 'bulletin.corrected' : 'bulletin.published', {
    edition: edition.number,
    issue,
  });
}

/** What the public store would hold of an edition: every token filled from its lock. */
export async function publicOf(
  context: Context,
  bulletin: Pick<Bulletin, 'id' | 'division'> & { issue: number },
  edition: Edition,
  publishedAt: string,
): Promise<Omit<PublicBulletin, 'state' | 'withdrawn'>> {
  const lock = { figures: edition.figures, lockedAt: edition.lockedAt };
  const filled = (text: Bilingual): Bilingual => ({
    zh: fillBulletinText(text.zh, lock, 'zh'),
    en: fillBulletinText(text.en, lock, 'en'),
  });
  return {
    id: bulletin.id,
    edition: edition.number,
    issue: bulletin.issue,
    division: bulletin.division,
    issuingBody: await issuingBodyOf(context, bulletin.division),
    title: filled(edition.title),
    body: filled(edition.body),
    tibetan: edition.tibetan && {
      ...edition.tibetan,
      title: fillBulletinText(edition.tibetan.title, lock, 'zh'),
      body: fillBulletinText(edition.tibetan.body, lock, 'zh'),
    },
    figures: edition.figures,
    lockedAt: edition.lockedAt,
    publishedAt,
    correction: edition.correction,
  };
}

/** Opens a new edition over the published one, which stays in force until the new one is approved. */
export async function correct(
  context: Context,
  id: string,
  input: { version: number; what: Bilingual; why: Bilingual },
) {
  const { bulletin, edition } = await openEdition(context, id, input.version, 'published');
  await bulletins.insertEdition(context.trx, bulletin, {
    number: edition.number + 1,
    title: edition.title,
    body: edition.body,
    // A version a person wrote for other figures is not one for these.
    tibetan: null,
    figures: await lockFigures(context, bulletin),
    lockedAt: context.now,
    author: { id: context.actor.id, name: context.actor.name },
    correction: { what: input.what, why: input.why },
  });
  return tell(context, id, 'bulletin.drafted', { edition: edition.number + 1 });
}

/** Takes a bulletin back, at once and by one person: the page then says that and why. */
export async function withdraw(context: Context, id: string, input: { version: number; reason: Bilingual }) {
  const { edition } = await openEdition(context, id, input.version, 'published');
  const by = { id: context.actor.id, name: context.actor.name };
  await bulletins.setEditionState(context.trx, id, edition.number, 'withdrawn');
  await bulletins.setWithdrawn(context.trx, id, { at: context.now, by, reason: input.reason });
  await withdrawEdition(context.trx, id, { at: context.now, reason: input.reason });
  return tell(context, id, 'bulletin.withdrawn', { edition: edition.number });
}

async function openEdition(
  context: Context,
  id: string,
  version: number,
  state: Edition['state'],
): Promise<{ bulletin: Bulletin; edition: Edition }> {
  const bulletin = await bulletins.lockBulletinOrThrow(context.trx, id, version);
  requireScope(context, bulletin.division);
  return { bulletin, edition: requireState(bulletin, state) };
}

async function findingsOf(context: Context, edition: Edition) {
  return checkBulletinText({ written: edition, lock: edition, names: await concernedNames(context) });
}

/**
 * Names of everybody the response concerns, wherever they live: a county must not publish a neighbour's case either.
 * The scope is widened for this question only; what comes out is whether the text holds one of them.
 */
async function concernedNames(context: Context): Promise<string[]> {
  const { trx, actor, platform } = context;
  return widened(trx, platform.config.LEVEE_JURISDICTION, actor.scope, async () => {
    const people = await findPeopleByIds(trx, await bulletins.findConcernedPeople(trx));
    return [...people.values()].map(({ nameZh }) => nameZh);
  });
}

/** Asks one question over a wider area than the actor's; what it answers must not tell of one person. */
export async function widened<T>(trx: Trx, scope: string, back: string, work: () => Promise<T>): Promise<T> {
  await setScope(trx, scope);
  const answer = await work();
  await setScope(trx, back);
  return answer;
}

export async function issuingBodyOf({ trx }: Context, division: string): Promise<Bilingual> {
  const headquarters = await findHeadquartersName(trx, division);
  if (headquarters) return headquarters;
  const place = await findPlaceByCode(trx, division);
  return {
    zh: `${place?.nameZh ?? division}疫情防控指挥部`,
    en: `Outbreak Headquarters of ${place?.nameEn ?? division}`,
  };
}

async function tell(
  context: Context,
  id: string,
  kind: Parameters<typeof emit>[1]['kind'],
  data: Record<string, unknown>,
) {
  // Drafting and the like change the edition; the bulletin's version counts every act.
  await bulletins.touchBulletin(context.trx, id, context.now);
  const bulletin = await bulletins.getBulletinOrThrow(context.trx, id);
  await emit(context, {
    kind,
    division: bulletin.division,
    subject: { type: 'bulletin', id },
    incidentId: bulletin.incidentId,
    data,
  });
  return view(context, id);
}

/** A bulletin as the contract answers it. */
export async function view(context: Context, id: string) {
  const bulletin = await bulletins.getBulletinOrThrow(context.trx, id);
  const [summary] = await summarise(context, [bulletin]);
  return {
    ...summary!,
    issuingBody: await issuingBodyOf(context, bulletin.division),
    version: bulletin.version,
    editions: [...bulletin.editions],
    withdrawn: bulletin.withdrawn,
  };
}

export async function summarise(context: Context, found: readonly Bulletin[]) {
  const views = await viewsOf(
    context.trx,
    found.map(({ id }) => id),
  );
  const names = await divisionNames(
    context.trx,
    found.map(({ division }) => division),
  );
  return found.map((bulletin) => {
    const edition = latestOf(bulletin);
    const lock = { figures: edition.figures, lockedAt: edition.lockedAt };
    return {
      id: bulletin.id,
      incidentId: bulletin.incidentId,
      division: bulletin.division,
      divisionName: names(bulletin.division),
      issue: bulletin.issue,
      title: {
        zh: fillBulletinText(edition.title.zh, lock, 'zh'),
        en: fillBulletinText(edition.title.en, lock, 'en'),
      },
      state: edition.state,
      editionNumber: edition.number,
      author: edition.author,
      changedAt: bulletin.changedAt,
      publishedAt: edition.publishedAt,
      views: views.get(bulletin.id) ?? 0,
      hasTibetan: edition.tibetan !== null,
    };
  });
}
