/** For the tests of this module: a household and a table of diners around a case, traced and decided over HTTP. */
import { type IsolationOrder, newId } from '@levee/contract';
import type { SignedIn, TestHouse } from '../../platform/testing/index.ts';
import { fillTube, openGround } from '../../platform/testing/testing-ground.ts';

export const GONGHE = '632521';
export const care = 'isolation_care' as const;
const tracing = 'contact_tracing' as const;
const investigating = 'case_investigation' as const;

export type IsolationWorld = Awaited<ReturnType<typeof openIsolationWorld>>;

/**
 * Opened on 11 August 2022 at 18:00. `contacts` shared a table with the case on 10 August at 19:00 and are proposed;
 * `accept` decides on them as the epidemiologist, whose order follows.
 */
export async function openIsolationWorld(contactCount: number) {
  const ground = await openGround();
  const house: TestHouse = ground.house;
  const at = (role: Parameters<TestHouse['signIn']>[0]): Promise<SignedIn> => house.signIn(role, GONGHE);
  const [surveyor, commander, duty, field] = [
    await at('epidemiologist'),
    await at('commander'),
    await at('duty_officer'),
    await at('field_worker'),
  ];
  await at('hospital');
  const venue = async (placeClass: 'catering' | 'isolation_site', nameZh: string) =>
    (
      await surveyor.client.places.add({
        body: {
          id: newId(),
          parentId: ground.town,
          class: placeClass,
          nameZh,
          lon: null,
          lat: null,
          indoors: true,
        },
      })
    ).id;
  const restaurant = await venue('catering', '城北餐馆');
  const facility = await venue('isolation_site', '共和县第1集中隔离点');
  const [source, ...contacts] = await ground.people(contactCount + 1);
  for (const personId of contacts) {
    // Stays of people who are no case come from registers; there is no door for them but import.
    await house.asSuperuser(
      `insert into stay (id, person_id, place_id, from_at, until_at, source, seat_row, division, recorded_at)
       select $1, $2, $3, '2022-08-10T19:00+08:00', '2022-08-10T20:30+08:00', 'venue_register', 3, division,
              '2022-08-11T10:00+08:00' from place where id = $3`,
      [newId(), personId, restaurant],
    );
  }
  const incidentId = newId();
  await duty.client.incidents.activate({
    body: {
      id: incidentId,
      signalIds: [],
      packId: 'covid19-cn-9',
      level: 'II',
      division: GONGHE,
      name: { zh: '测试疫情', en: 'Test outbreak' },
      reason: '测试',
    },
  });
  const caseId = newId();
  // A case is opened by a positive signal; how that happens is the business of other tests.
  await house.asSuperuser(
    `insert into case_file (id, external_id, incident_id, person_id, classification, date_onset, division, opened_at, changed_at)
     values ($1, '2022-1', $2, $3, 'confirmed', '2022-08-11', '632521100', $4, $4)`,
    [caseId, incidentId, source, ground.now()],
  );
  await surveyor.client.cases.recordStay({
    purpose: investigating,
    params: { caseId },
    body: {
      id: newId(),
      placeId: restaurant,
      placeText: null,
      from: '2022-08-10T19:00:00+08:00',
      until: '2022-08-10T20:30:00+08:00',
      seatRow: 3,
      source: 'interview',
      certainty: 'certain',
    },
  });
  await surveyor.client.tracing.search({ purpose: tracing, body: { id: newId(), caseId, adopt: true } });

  const contactOf = async (personId: string) =>
    (await surveyor.client.tracing.contacts({ purpose: tracing, query: { personId } })).items[0]!;
  const decide = async (personId: string, more: object = {}) => {
    const contact = await contactOf(personId);
    const { items } = await surveyor.client.tracing.review({
      purpose: tracing,
      body: {
        items: [{ contactId: contact.id, version: contact.version, decision: 'accept', ...more }],
      },
    });
    await house.settle();
    return items[0]!;
  };
  const orderOf = async (personId: string): Promise<IsolationOrder | undefined> =>
    (await field.client.isolation.orders({ purpose: care, query: { personId } })).items[0];

  return {
    ...ground,
    surveyor,
    commander,
    duty,
    field,
    facility,
    contacts,
    source: source!,
    caseId,
    incidentId,
    contactOf,
    decide,
    orderOf,
    async rooms(names: readonly string[], beds = 1): Promise<string[]> {
      const rooms = names.map((name) => ({ id: newId(), name, beds }));
      await field.client.isolation.addRooms({ params: { placeId: facility }, body: { rooms } });
      return rooms.map(({ id }) => id);
    },
    /** Accepts the contact and has the commander approve the order. */
    async approved(personId: string): Promise<IsolationOrder> {
      await decide(personId);
      const order = (await orderOf(personId))!;
      await commander.client.isolation.approve({
        purpose: care,
        params: { orderId: order.id },
        body: { version: order.version },
      });
      await house.settle();
      return (await orderOf(personId))!;
    },
    async settledIn(personId: string, roomId: string): Promise<IsolationOrder> {
      const order = (await orderOf(personId))!;
      const params = { orderId: order.id };
      const told = await field.client.isolation.notify({
        purpose: care,
        params,
        body: { channel: 'phone', version: order.version },
      });
      const moved = await field.client.isolation.transfer({
        purpose: care,
        params,
        body: { version: told.version },
      });
      return field.client.isolation.admit({
        purpose: care,
        params,
        body: { roomId, version: moved.version },
      });
    },
    /** A single sample of the person at the clock's time, with its result at once. */
    async test(personId: string, outcome: 'negative' | 'positive' | null = 'negative'): Promise<void> {
      const tube = await fillTube(ground, 1, [personId]);
      const { desk, lab, labId } = ground;
      await desk.client.testing.sendPools({
        body: { poolIds: [tube.poolId], labId, sentAt: ground.now() },
      });
      if (outcome === null) return;
      await lab.client.testing.receive({
        body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() },
      });
      await lab.client.testing.reportResult({
        purpose: 'testing',
        body: {
          id: newId(),
          tubeCode: tube.tubeCode,
          labId,
          outcome,
          targets: [
            { name: 'ORF1ab', ct: outcome === 'positive' ? 28 : null },
            { name: 'N', ct: outcome === 'positive' ? 27 : null },
          ],
          testedAt: ground.now(),
        },
      });
    },
  };
}
