/** An appeal and its clocks (R11). */
import type { ActorRef, Appeal as AppealAnswer, MeasureKind } from '@levee/contract';
import { getPackOrThrow } from '@levee/protocol';
import { hoursAfter, SUSPENSION_HOURS } from './measure.ts';

export interface Appeal {
  readonly id: string;
  readonly measureId: string;
  readonly measureKind: MeasureKind;
  readonly packId: string;
  /** The measure limits one person. */
  readonly liberty: boolean;
  /** Author and approver of the measure: neither judges it. */
  readonly involved: readonly string[];
  readonly division: string;
  readonly channel: AppealAnswer['channel'];
  readonly statement: string;
  readonly lodgedAt: string;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: ActorRef | null;
  readonly confirmedAt: string | null;
  readonly confirmedBy: ActorRef | null;
  readonly confirmedReason: string | null;
  readonly decidedAt: string | null;
  readonly decider: ActorRef | null;
  readonly outcome: 'granted' | 'upheld' | null;
  readonly reason: string | null;
}

export function clocksOf(appeal: Pick<Appeal, 'packId' | 'liberty' | 'lodgedAt'>) {
  const { service } = getPackOrThrow(appeal.packId);
  const decided = appeal.liberty ? service.libertyAppealDecided : service.appealDecided;
  return {
    acknowledgeDueAt: hoursAfter(appeal.lodgedAt, service.appealAcknowledged.value.minutes / 60),
    decideDueAt: hoursAfter(appeal.lodgedAt, decided.value.minutes / 60),
    suspendsAt: appeal.liberty ? hoursAfter(appeal.lodgedAt, SUSPENSION_HOURS) : null,
  };
}

export function answerOf(
  appeal: Appeal,
  reader: { id: string; mayDecide: boolean },
  now: string,
): AppealAnswer {
  const { packId: _, liberty: __, involved, ...shown } = appeal;
  const clocks = clocksOf(appeal);
  const moment = Date.parse(now);
  const open = appeal.decidedAt === null;
  return {
    ...shown,
    ...clocks,
    suspended:
      open &&
      appeal.confirmedAt === null &&
      clocks.suspendsAt !== null &&
      Date.parse(clocks.suspendsAt) <= moment,
    overdue:
      (appeal.acknowledgedAt === null && open && Date.parse(clocks.acknowledgeDueAt) < moment) ||
      (open && Date.parse(clocks.decideDueAt) < moment),
    mayDecide: open && reader.mayDecide && !involved.includes(reader.id),
    decisionBlocked: !open
      ? null
      : involved.includes(reader.id)
        ? INVOLVED
        : reader.mayDecide
          ? null
          : NOT_A_JUDGE,
  };
}

export const INVOLVED = {
  zh: '拟定人、批准人不能处理对本措施的申诉',
  en: 'author and approver do not judge an appeal against their measure',
};
const NOT_A_JUDGE = {
  zh: '申诉由未参与的指挥长或督查员决定',
  en: 'an appeal is decided by a commander or inspector who took no part',
};
