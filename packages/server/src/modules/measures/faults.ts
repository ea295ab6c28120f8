/** What stands against a draft, and what against approving it, each said in words. Pure. */
import type { MeasureDetail } from '@levee/contract';
import type { ProtocolPack } from '@levee/protocol';
import { type Actor, SYSTEM_ACTOR_ID } from '../../platform/context.ts';
import {
  EMERGENCY_HOURS,
  isPersonKind,
  longestHours,
  type Measure,
  missingOf,
  type NewMeasureInput,
} from './measure.ts';
import { writeNotice } from './notice.ts';

export type Fault = { readonly zh: string; readonly en: string };

export const notConcerned = (count: number): Fault => ({
  zh: `${count} 条依据与该对象无关`,
  en: `${count} of the evidence does not concern this subject`,
});
export const NO_NEW_EVIDENCE: Fault = {
  zh: '同类限制已执行过，继续限制须有新的依据',
  en: 'such a limit was in force before: a further one needs new evidence',
};
export const TWO_WAYS: Fault = {
  zh: '至少须比较两种更轻的办法',
  en: 'at least two milder ways have to be compared',
};
export const noticeLacks = (missing: MeasureDetail['noticeMissing']): Fault => ({
  zh: `告知书缺：${missing.map((field) => NOTICE_WORDS[field]).join('、')}`,
  en: `the notice lacks: ${missing.join(', ')}`,
});

export const NO_GROUND: Fault = {
  zh: '没有与该对象相关的流行病学依据（检测结果、接触判定、暴露、病例停留）',
  en: 'no epidemiological evidence that concerns this subject (result, contact, exposure, stay of a case)',
};

const NOTICE_WORDS: Record<MeasureDetail['noticeMissing'][number], string> = {
  what: '措施内容',
  why: '理由',
  from: '起始',
  until: '截止',
  release: '提前解除条件',
  appeal: '申诉途径',
  help: '可得帮助',
};

/** What stands against a draft by rule, beside its ground. */
export function faultsOf(input: NewMeasureInput, pack: ProtocolPack, now: string): Fault[] {
  const faults: Fault[] = [];
  if (isPersonKind(input.kind) !== (input.subjectType === 'person')) {
    faults.push({ zh: '措施种类与对象不符', en: 'this kind of measure does not fit its subject' });
  }
  if ((input.kind === 'risk_area') !== (input.level !== null)) {
    faults.push({ zh: '风险区须标明等级', en: 'a risk area has a level, nothing else has' });
  }
  const hours = longestHours(pack, input.kind);
  if (hours === null) {
    faults.push({ zh: '本方案没有这种措施', en: 'this pack knows no such measure' });
  } else if (Date.parse(input.endsAt) > Date.parse(input.startsAt) + hours * 3_600_000) {
    faults.push({
      zh: `期限超过方案规定的最长 ${hours} 小时`,
      en: `the end lies beyond the ${hours} h the pack allows`,
    });
  }
  if (Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    faults.push({ zh: '结束时间须晚于开始时间', en: 'the end must lie after the start' });
  }
  if (Date.parse(input.endsAt) <= Date.parse(now)) {
    faults.push({ zh: '结束时间已过', en: 'the end has passed' });
  }
  if (Date.parse(input.startsAt) < Date.parse(now) - EMERGENCY_HOURS * 3_600_000) {
    faults.push({ zh: '不能补签已过去的限制', en: 'a limit is not signed for the past' });
  }
  if (input.emergency && missingOf(input.notice ?? writeNotice({ ...input, place: null, pack })).length > 0) {
    faults.push({
      zh: '紧急措施立即生效，告知书须完整',
      en: 'an emergency measure acts at once: its notice must be complete',
    });
  }
  return faults;
}

/** Why `actor` cannot approve the measure now; empty when nothing stands against it. */
export function approvalBlocks(measure: Measure, actor: Actor, now: string): Fault[] {
  const blocks: Fault[] = [];
  if (measure.state !== 'awaiting_approval') blocks.push({ zh: '已作出决定', en: 'already decided' });
  if (measure.author.id === actor.id) {
    blocks.push({ zh: '拟定人不能批准自己拟定的措施', en: 'the author does not approve their own measure' });
  }
  if (measure.author.id === SYSTEM_ACTOR_ID) {
    blocks.push({
      zh: '按规则触发的临时等候不转为正式决定，须另行拟定',
      en: 'a hold by rule does not become a decision: draft one',
    });
  }
  const missing = missingOf(measure.notice);
  if (missing.length > 0) {
    blocks.push(noticeLacks(missing));
  }
  if (measure.alternatives.length < 2) {
    blocks.push(TWO_WAYS);
  }
  if (measure.kind === 'risk_area' && measure.smallest === null) {
    blocks.push({ zh: '未记录足以控制的最小范围', en: 'the smallest sufficient area is not recorded' });
  }
  if (Date.parse(measure.endsAt) <= Date.parse(now))
    blocks.push({ zh: '期限已过', en: 'its end has passed' });
  if (measure.emergency && Date.parse(now) >= Date.parse(measure.draftedAt) + EMERGENCY_HOURS * 3_600_000) {
    blocks.push({
      zh: '紧急措施已满12小时自动失效，须重新拟定',
      en: 'the emergency measure lapsed after 12 h: draft anew',
    });
  }
  return blocks;
}
