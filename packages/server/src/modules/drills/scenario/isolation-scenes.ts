/** The contacts in the closed loop: rooms made ready, orders approved, people told, moved, admitted, followed up, tested. */
import { type IsolationOrder, newId } from '@levee/contract';
import type { Scene, Stage } from './scene.ts';
import { result, sample } from './testing-scenes.ts';
import { until } from './until.ts';

const care = 'isolation_care' as const;
const ROOMS = 40;

async function ordersOf(stage: Stage): Promise<IsolationOrder[]> {
  const desk = await stage.county('field_worker');
  const { items } = await desk.isolation.orders({
    purpose: care,
    query: { state: ['in_force'], limit: 500 },
  });
  return items;
}

export const roomsReady: Scene = {
  key: 'rooms-ready',
  at: '2022-08-11T23:50:00+08:00',
  title: { zh: '隔离点腾出四十间单间', en: 'The isolation site has forty single rooms ready' },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    const rooms = Array.from({ length: ROOMS }, (_, index) => ({
      id: newId(),
      name: `${Math.floor(index / 10) + 2}${String((index % 10) + 1).padStart(2, '0')}`,
    }));
    await desk.isolation.addRooms({ params: { placeId: stage.cast.isolationSite.id }, body: { rooms } });
  },
};

export const ordersApproved: Scene = {
  key: 'orders-approved',
  at: '2022-08-12T00:50:00+08:00',
  title: {
    zh: '指挥长逐人批准隔离管理，拟定人与批准人分开',
    en: 'The commander approves each order: author and approver are two people',
  },
  who: 'commander',
  act: async (stage) => {
    const commander = await stage.county('commander');
    const investigator = await stage.county('epidemiologist');
    const { accepted } = await investigator.tracing.counts({ query: {} });
    const wanted = accepted.close + accepted.contact_of_contact;
    const awaiting = await until(async () => {
      const { items } = await commander.isolation.orders({
        purpose: care,
        query: { state: ['awaiting'], limit: 500 },
      });
      return items.length >= wanted ? items : undefined;
    });
    for (const { id, version } of awaiting) {
      await commander.isolation.approve({ purpose: care, params: { orderId: id }, body: { version } });
    }
  },
};

export const contactsTold: Scene = {
  key: 'contacts-told',
  at: '2022-08-12T01:20:00+08:00',
  title: {
    zh: '两小时内逐人告知，无手机者当面送达纸质告知书',
    en: 'Each is told within two hours, on paper where there is no phone',
  },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    for (const { id, version, person } of await ordersOf(stage)) {
      const channel = person.phoneMasked === null ? ('paper' as const) : ('phone' as const);
      await desk.isolation.notify({ purpose: care, params: { orderId: id }, body: { channel, version } });
    }
  },
};

export const contactsMoved: Scene = {
  key: 'contacts-moved',
  at: '2022-08-12T04:30:00+08:00',
  title: { zh: '密接点对点转运到隔离点', en: 'Close contacts are brought to the isolation site' },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    for (const { id, version, kind } of await ordersOf(stage)) {
      if (kind !== 'centralised_isolation') continue;
      await desk.isolation.transfer({ purpose: care, params: { orderId: id }, body: { version } });
    }
  },
};

export const contactsAdmitted: Scene = {
  key: 'contacts-admitted',
  at: '2022-08-12T05:20:00+08:00',
  title: { zh: '单人单间入住，次密接居家落实', en: 'Admitted to single rooms; others settled at home' },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    const { rooms } = await desk.isolation.rooms({
      purpose: care,
      params: { placeId: stage.cast.isolationSite.id },
    });
    const free = rooms.filter(({ occupants }) => occupants.length === 0);
    for (const { id, version, kind } of await ordersOf(stage)) {
      const roomId = kind === 'centralised_isolation' ? free.shift()!.id : null;
      await desk.isolation.admit({ purpose: care, params: { orderId: id }, body: { roomId, version } });
    }
  },
};

/** Everybody is asked; who will turn positive on the 14th has a fever that morning. */
const followUps = (day: string): Scene => ({
  key: `follow-up-${day}`,
  at: `2022-08-${day}T08:40:00+08:00`,
  title: { zh: `8月${day}日晨间健康随访`, en: `Morning follow-up of ${day} August` },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    const ill = new Set(day === '14' ? stage.cast.laterPositives.map(({ id }) => id) : []);
    for (const [at, { id, person }] of (await ordersOf(stage)).entries()) {
      await desk.isolation.followUp({
        purpose: care,
        params: { orderId: id },
        body: {
          id: newId(),
          temperature: ill.has(person.id) ? 37.8 : 36.2 + (at % 7) / 10,
          symptoms: ill.has(person.id) ? ['sore_throat'] : [],
        },
      });
    }
  },
});
export const followUp12 = followUps('12');
export const followUp13 = followUps('13');
export const followUp14 = followUps('14');

/** Whose schedule names the day is sampled alone, at the door of their room or home. */
const samplesTaken = (day: string): Scene => ({
  key: `isolation-samples-${day}`,
  at: `2022-08-${day}T10:00:00+08:00`,
  title: { zh: `8月${day}日隔离人员按日程采样`, en: `Samples by schedule, ${day} August` },
  who: 'field_worker',
  act: async (stage) => {
    const later = new Set(day === '14' ? stage.cast.laterPositives.map(({ id }) => id) : []);
    const due = (await ordersOf(stage)).filter(
      ({ testsDueToday, person }) => testsDueToday > 0 && !later.has(person.id),
    );
    for (const [at, { person, kind }] of due.entries()) {
      const foundIn = kind === 'centralised_isolation' ? kind : ('home_isolation' as const);
      await sample(stage, tubeOf(day, at), [person], 1, foundIn);
    }
    stage.kept.set(`isolation-samples-${day}`, String(due.length));
  },
});

const tubeOf = (day: string, at: number) => `QH202208${day}G${String(at + 1).padStart(3, '0')}`;

const resultsOut = (day: string, hour: string): Scene => ({
  key: `isolation-results-${day}`,
  at: `2022-08-${day}T${hour}:00+08:00`,
  title: { zh: `8月${day}日隔离人员检测结果`, en: `Results of people in isolation, ${day} August` },
  who: 'laboratory',
  act: async (stage) => {
    const count = Number(stage.kept.get(`isolation-samples-${day}`) ?? 0);
    for (let at = 0; at < count; at += 1) await result(stage, tubeOf(day, at), false);
  },
});
export const samples12 = samplesTaken('12');
export const samples13 = samplesTaken('13');
export const samples14 = samplesTaken('14');
export const results12 = resultsOut('12', '15:00');
export const results13 = resultsOut('13', '15:00');
export const results14 = resultsOut('14', '13:30');
