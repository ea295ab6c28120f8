/** Milder ways to weigh before a limit is approved (R7): effect, people touched, burden, why not enough. */
import type { Alternative, AreaLevel, MeasureKind } from '@levee/contract';
import type { ProtocolPack } from '@levee/protocol';

export interface AlternativeFacts {
  readonly kind: MeasureKind;
  readonly level: AreaLevel | null;
  readonly peopleCount: number;
  readonly days: number;
  readonly smaller: { readonly nameZh: string; readonly nameEn: string; readonly peopleCount: number } | null;
  readonly pack: ProtocolPack;
}

type Weighed = Omit<Alternative, 'peopleCount' | 'burdenPersonDays'> & {
  readonly people?: number;
  /** Share of the days in which movement is limited: 0 none … 1 confined. */
  readonly share: number;
};

const t = (zh: string, en: string) => ({ zh, en });

/** At least two for every kind, mildest last. The author may rewrite the reasons; the approver sees them. */
export function milderWays(facts: AlternativeFacts): Alternative[] {
  return weighed(facts).map(({ people = facts.peopleCount, share, ...rest }) => ({
    ...rest,
    peopleCount: people,
    burdenPersonDays: Math.round(people * facts.days * share * 10) / 10,
  }));
}

const homeIsolation: Weighed = {
  name: t('居家隔离', 'Home isolation'),
  expectedEffect: t(
    '切断社区传播，同住人仍有暴露风险',
    'Stops spread in the community; the household stays exposed',
  ),
  rejectedBecause: t(
    '本版方案对该类人员规定集中隔离；符合特殊情形的改为居家',
    'The protocol asks for centralised isolation of this class; special grounds lead home',
  ),
  share: 1,
};
const homeMonitoring: Weighed = {
  name: t('居家健康监测', 'Home health monitoring'),
  expectedEffect: t('减少接触，保留必要外出', 'Fewer contacts, necessary outings remain'),
  rejectedBecause: t(
    '潜伏期内仍可能传播，方案要求更高一级管理',
    'Spread within the incubation period remains possible; the protocol asks for more',
  ),
  share: 0.6,
};
const selfMonitoring: Weighed = {
  name: t('自我监测并按日检测', 'Self monitoring with daily tests'),
  expectedEffect: t(
    '能较早发现，不能阻断检出前的传播',
    'Finds infection early, does not stop spread before it is found',
  ),
  rejectedBecause: t(
    '检出前一至两天的传播无法避免',
    'One or two days of spread before detection cannot be avoided',
  ),
  share: 0.1,
};
const adviceOnly: Weighed = {
  name: t('告知与健康提示', 'Information and advice'),
  expectedEffect: t('依靠本人自觉，效果不确定', 'Rests on the person alone; effect uncertain'),
  rejectedBecause: t(
    '方案对该类人员规定了最低限度的监测',
    'The protocol sets a minimum of monitoring for this class',
  ),
  share: 0,
};

function weighed({ kind, level, smaller, pack }: AlternativeFacts): Weighed[] {
  switch (kind) {
    case 'centralised_isolation':
      return [homeIsolation, selfMonitoring];
    case 'home_isolation':
      return [homeMonitoring, selfMonitoring];
    case 'home_monitoring':
      return [selfMonitoring, adviceOnly];
    case 'self_monitoring':
      return [{ ...adviceOnly, name: t('仅在出现症状时检测', 'Test on symptoms only') }, adviceOnly];
    case 'pool_hold':
      return [
        {
          name: t('留下联系方式后回家等候', 'Wait at home, reachable by phone'),
          expectedEffect: t('途中和家中可能传播', 'Spread on the way and at home possible'),
          rejectedBecause: t('复核结果数小时可得，等候时间短', 'The re-test takes only hours'),
          share: 0.5,
        },
        {
          name: t('现场抗原检测阴性后离开', 'Leave after a negative antigen test'),
          expectedEffect: t('可排除多数高载量感染者', 'Rules out most people with a high load'),
          rejectedBecause: t('早期感染抗原检出率低', 'Antigen tests miss early infection'),
          share: 0.1,
        },
      ];
    case 'checkpoint_hold':
      return [
        {
          name: t('点对点转运', 'Point-to-point transfer'),
          expectedEffect: t('不滞留，途中不接触社会面', 'No holding; no contact on the way'),
          rejectedBecause: t('须先与目的地确认接收', 'The destination has to confirm first'),
          share: 0.2,
        },
        {
          name: t('检测后即走', 'Test and go'),
          expectedEffect: t('结果追踪到人', 'The result is followed to the person'),
          rejectedBecause: t(
            '来自高风险区，需先核实行程',
            'Comes from a high-risk area; the journey has to be checked first',
          ),
          share: 0,
        },
      ];
    case 'venue_limit':
      return [
        {
          name: t('限流并预约进入', 'Limit numbers, entry by appointment'),
          expectedEffect: t('降低密度，不中断服务', 'Lower density, service goes on'),
          rejectedBecause: t(
            '场所内已有暴露，须先消毒和排查',
            'Exposure happened inside: disinfection and search come first',
          ),
          share: 0.3,
        },
        {
          name: t('登记入场、加强通风', 'Register visitors, ventilate'),
          expectedEffect: t('便于追踪，传播风险下降有限', 'Eases tracing; lowers risk little'),
          rejectedBecause: t('不能阻断已在场所内的传播', 'Does not stop spread that is already inside'),
          share: 0,
        },
      ];
    case 'risk_area': {
      const ways: Weighed[] = [];
      if (smaller) {
        ways.push({
          name: t(`仅限${smaller.nameZh}`, `Only ${smaller.nameEn}`),
          expectedEffect: t(
            '管控病例所在最小单元，同小区共用空间未覆盖',
            'Covers the smallest unit of the case; shared spaces of the compound stay open',
          ),
          rejectedBecause: t(
            '方案以小区（村）为单元，共用出入口和公共空间',
            'The protocol draws compounds or villages: entrances and spaces are shared',
          ),
          people: smaller.peopleCount,
          share: 1,
        });
      }
      if (level === 'high' && pack.areas.levels.value.includes('medium')) {
        ways.push({
          name: t('按中风险区管控（人不出区、错峰取物）', 'Control as a medium-risk area'),
          expectedEffect: t('减少跨区流动，区内仍有接触', 'Less movement out, contact inside remains'),
          rejectedBecause: t(
            '病例居住地或传播风险高的场所',
            'Dwelling of a case, or a place with high transmission risk',
          ),
          share: 0.6,
        });
      }
      ways.push({
        name: t('只追踪接触者，不划区', 'Trace contacts, draw no area'),
        expectedEffect: t('管控对象最少，依赖排查完整', 'Touches fewest people; rests on complete tracing'),
        rejectedBecause: t(
          '传播链尚未查清，仅靠追踪可能遗漏',
          'The chain is not yet clear; tracing alone may miss people',
        ),
        people: 0,
        share: 0,
      });
      if (ways.length < 2) {
        ways.push({
          name: t('加密核酸筛查，不限制出行', 'Frequent screening, free movement'),
          expectedEffect: t('较早发现，检出前仍可传播', 'Early detection; spread before it'),
          rejectedBecause: t('检出前的传播无法避免', 'Spread before detection cannot be avoided'),
          share: 0.1,
        });
      }
      return ways;
    }
  }
}
