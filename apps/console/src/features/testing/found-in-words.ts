import { registerWords, type Text } from '@levee/ui';

export const MEASURE_NAMES: Readonly<Record<string, Text>> = {
  centralised_isolation: { zh: '集中隔离', en: 'centralised isolation' },
  home_isolation: { zh: '居家隔离', en: 'home isolation' },
  risk_area: { zh: '风险区', en: 'risk area' },
  close: { zh: '密接', en: 'close contact' },
  contact_of_contact: { zh: '次密接', en: 'contact of a close contact' },
};

export const foundInWords = registerWords('foundIn', {
  zh: {
    foundIn: '发现途径：{{way}}',
    byMeasure: '采样时正在执行{{kind}}措施',
    byContact: '采样前已判定为{{kind}}',
    byStatement: '采样时无管控措施，以采样点登记为准',
    stated: '采样点登记为{{way}}',
    sampledAt: '以采样时间为准',
  },
  en: {
    foundIn: 'Found by: {{way}}',
    byMeasure: 'under {{kind}} when sampled',
    byContact: 'decided to be a {{kind}} before the swab',
    byStatement: 'no measure was in force at the swab: the desk’s word stands',
    stated: 'the desk stated {{way}}',
    sampledAt: 'as of the swab',
  },
});
