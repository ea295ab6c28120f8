import { newId } from '@levee/contract';
import { TABLE } from './cast.ts';
import type { Scene, Stage } from './scene.ts';
import { until } from './until.ts';

const COUNTY = '632521';
const investigating = 'case_investigation' as const;
const tracing = 'contact_tracing' as const;
const commanding = 'outbreak_command' as const;

async function openSignals(stage: Stage, count: number) {
  const duty = await stage.county('duty_officer');
  return until(async () => {
    const { items } = await duty.incidents.signals({ query: { state: ['open'] } });
    return items.length >= count ? items : undefined;
  });
}

async function caseOf(stage: Stage, personId: string) {
  const investigator = await stage.county('epidemiologist');
  const incidentId = stage.kept.get('incident')!;
  return until(async () => {
    const { items } = await investigator.cases.list({
      query: { incidentId, limit: 100 },
      purpose: investigating,
    });
    return items.find(({ person }) => person?.id === personId);
  });
}

export const activate: Scene = {
  key: 'activate',
  at: '2022-08-11T22:30:00+08:00',
  title: { zh: '值班员启动应急响应', en: 'The duty officer activates the response' },
  who: 'duty_officer',
  act: async (stage) => {
    const duty = await stage.county('duty_officer');
    // Somebody who plays the duty officer may have acted already: the play goes on with what they opened.
    const running = (await duty.incidents.current()).items[0];
    if (running) {
      stage.kept.set('incident', running.id);
      return;
    }
    const signals = await openSignals(stage, 1);
    const id = newId();
    await duty.incidents.activate({
      body: {
        id,
        signalIds: signals.map((signal) => signal.id),
        packId: 'covid19-cn-9',
        level: 'II',
        division: COUNTY,
        name: { zh: '共和县“8·11”新冠疫情', en: 'Gonghe COVID-19 outbreak of 11 August' },
        reason: '恰卜恰镇社会面筛查发现一名初筛阳性人员',
      },
    });
    stage.kept.set('incident', id);
  },
};

export const reported: Scene = {
  key: 'reported',
  at: '2022-08-11T23:10:00+08:00',
  title: { zh: '两小时内完成网络直报', en: 'Reported within two hours' },
  who: 'duty_officer',
  act: async (stage) => {
    const duty = await stage.county('duty_officer');
    const { items } = await duty.incidents.clocks({ query: { running: 'true' as never } });
    const due = items.filter(
      ({ startedAt, dueAt }) => Date.parse(dueAt) - Date.parse(startedAt) <= 2 * 3_600_000,
    );
    for (const clock of due) {
      await duty.incidents.meetClock({
        params: { clockId: clock.id },
        body: { evidence: '网络直报，编号 6325210811-01' },
      });
    }
  },
};

export const trajectory: Scene = {
  key: 'trajectory',
  at: '2022-08-11T23:40:00+08:00',
  title: { zh: '流调员录入首例行动轨迹', en: 'The investigator enters the first case’s trajectory' },
  who: 'epidemiologist',
  act: async (stage) => {
    const investigator = await stage.county('epidemiologist');
    const caseFile = await caseOf(stage, stage.cast.index.id);
    const params = { caseId: caseFile.id };
    const changed = await investigator.cases.change({
      params,
      purpose: investigating,
      body: {
        version: caseFile.version,
        values: { dateOnset: '2022-08-11', dateSample: '2022-08-11' },
        reason: '电话流调：11日晨起咽痛',
      },
    });
    await investigator.cases.classify({
      params,
      purpose: investigating,
      body: {
        version: changed.version,
        classification: 'confirmed',
        reason: '复核阳性，有症状，经专家组会诊',
      },
    });
    const stays = [
      [stage.cast.restaurant.id, '2022-08-09T19:00:00+08:00', '2022-08-09T20:30:00+08:00', TABLE],
      [stage.cast.market.id, '2022-08-10T10:00:00+08:00', '2022-08-10T10:40:00+08:00', null],
      [stage.cast.testSite.id, '2022-08-11T20:00:00+08:00', '2022-08-11T20:15:00+08:00', null],
    ] as const;
    for (const [placeId, from, until, seatRow] of stays) {
      await investigator.cases.recordStay({
        params,
        purpose: investigating,
        body: {
          id: newId(),
          placeId,
          placeText: null,
          from,
          until,
          seatRow,
          source: 'interview',
          certainty: 'certain',
        },
      });
    }
    stage.kept.set('case', caseFile.id);
  },
};

export const traced: Scene = {
  key: 'traced',
  at: '2022-08-12T00:30:00+08:00',
  title: {
    zh: '时空交集排查，判定密接与次密接',
    en: 'Who met this person: close contacts and their contacts',
  },
  who: 'epidemiologist',
  act: async (stage) => {
    const investigator = await stage.county('epidemiologist');
    const caseId = stage.kept.get('case')!;
    await investigator.tracing.search({ purpose: tracing, body: { id: newId(), caseId, adopt: true } });
    for (;;) {
      const { items } = await investigator.tracing.contacts({
        query: { caseId, state: ['proposed'], limit: 500 },
        purpose: tracing,
      });
      const review = items
        .filter(({ proposedClass }) => proposedClass === 'close' || proposedClass === 'contact_of_contact')
        .map((contact) => ({ contactId: contact.id, version: contact.version, decision: 'accept' as const }));
      if (review.length === 0) return;
      await investigator.tracing.review({ purpose: tracing, body: { items: review } });
    }
  },
};

/** The 24 hours for the core information of the first case run from the positive result. */
export const investigated: Scene = {
  key: 'investigated',
  at: '2022-08-12T09:30:00+08:00',
  title: {
    zh: '二十四小时内完成首例个案调查核心信息',
    en: 'Core information of the first case within 24 hours',
  },
  who: 'epidemiologist',
  act: async (stage) => {
    const investigator = await stage.county('epidemiologist');
    const { items } = await investigator.tasks.mine({ query: { limit: 200 } });
    for (const { id, version } of items.filter(({ kind }) => kind === 'incidents.clock')) {
      await investigator.tasks.done({
        params: { taskId: id },
        body: {
          version,
          evidence: {
            text: '个案调查表核心信息已上报，编号 6325210811-D01',
            records: [{ type: 'case', id: stage.kept.get('case')! }],
          },
        },
      });
    }
  },
};

export const areasDrafted: Scene = {
  key: 'areas-drafted',
  at: '2022-08-12T07:30:00+08:00',
  title: {
    zh: '值班员按方案拟定风险区，比较较轻措施',
    en: 'Risk areas drafted by the protocol, milder ways compared',
  },
  who: 'duty_officer',
  act: async (stage) => {
    const duty = await stage.county('duty_officer');
    const incidentId = stage.kept.get('incident')!;
    const { proposals, packId } = await duty.measures.areaProposals({ query: { incidentId } });
    for (const proposal of proposals.filter(
      ({ standingId, level }) => standingId === null && level !== 'low',
    )) {
      const { level, place, ground, endsAt, alternatives, smallest } = proposal;
      await duty.measures.draft({
        purpose: commanding,
        body: {
          id: newId(),
          kind: 'risk_area',
          level,
          subjectType: 'place',
          subjectId: place.id,
          incidentId,
          packId,
          ground,
          legalBasis: '县指挥部依据防控方案（第九版）划定',
          startsAt: stage.now(),
          endsAt,
          alternatives,
          // Where the protocol proposes nothing smaller, the area is itself the smallest.
          smallest: { placeId: (smallest ?? place).id },
        },
      });
    }
  },
};

export const areasApproved: Scene = {
  key: 'areas-approved',
  at: '2022-08-12T08:10:00+08:00',
  title: { zh: '指挥长审批措施', en: 'The commander approves the measures' },
  who: 'commander',
  act: async (stage) => {
    const commander = await stage.county('commander');
    const { items } = await commander.measures.list({ query: { phase: ['awaiting'], limit: 500 } });
    for (const { id, version } of items)
      await commander.measures.approve({ params: { measureId: id }, body: { version } });
  },
};

const bulletin = (key: string, at: string, day: string): Scene => ({
  key,
  at,
  title: { zh: `${day}晚间通报：数据锁定，签发`, en: `Evening bulletin of ${day}: figures locked, approved` },
  who: 'information_officer',
  act: async (stage) => {
    const officer = await stage.county('information_officer');
    const bulletinId = newId();
    const params = { bulletinId };
    const incidentId = stage.kept.get('incident')!;
    const drafted = await officer.information.draft({
      body: { id: bulletinId, incidentId, division: COUNTY },
    });
    const checked = await officer.information.check({ params, body: { version: drafted.version } });
    const commander = await stage.county('commander');
    await commander.information.approve({ params, body: { version: checked.version } });
  },
});
export const firstBulletin = bulletin('bulletin-12', '2022-08-12T20:00:00+08:00', '8月12日');
export const secondBulletin = bulletin('bulletin-14', '2022-08-14T16:50:00+08:00', '8月14日');

export const laterJoined: Scene = {
  key: 'later-joined',
  at: '2022-08-14T15:20:00+08:00',
  title: {
    zh: '三名阳性并入事件，共和县累计四例',
    en: 'The three join the incident: four positives in Gonghe',
  },
  who: 'duty_officer',
  act: async (stage) => {
    const duty = await stage.county('duty_officer');
    const incidentId = stage.kept.get('incident')!;
    const signals = await openSignals(stage, stage.cast.laterPositives.length);
    for (const signal of signals) {
      await duty.incidents.joinSignal({ params: { signalId: signal.id }, body: { incidentId } });
    }
    for (const person of stage.cast.laterPositives) await caseOf(stage, person.id);
  },
};
