/** How each number is reckoned, what it takes for granted and when it misleads: one table for every panel. */
import type { Text } from '@levee/ui';

export interface Method {
  readonly name: Text;
  readonly definition: Text;
  readonly assumes: Text;
  readonly misleads: Text;
  readonly citation: string;
}

export const methods = {
  nowcast: {
    name: { zh: '报告延迟校正（链梯法）', en: 'chain-ladder nowcast' },
    definition: {
      zh: '某日病例数 ÷ 截至今日应已报告的比例；该比例由发病（采样）到报告的间隔估计。比例不足 95% 的日子画斜纹，不足三分之一的不作预报。区间为 95% 贝叶斯区间。',
      en: 'Cases of a day divided by the share reported by now, which the delays to the report give. Days below 95 % are hatched, below a third no nowcast is told. 95 % Bayesian interval.',
    },
    assumes: {
      zh: '近六周报告延迟没有变化；延迟不超过 21 天。',
      en: 'The delay did not change over the last six weeks; none is longer than 21 days.',
    },
    misleads: {
      zh: '报告突然加快时预报偏高，节假日积压时偏低；检测策略改变时都不可信。',
      en: 'Too high when reporting has just become faster, too low while a backlog waits; not to be trusted when testing changes.',
    },
    citation:
      'Lawless 1994, doi:10.2307/3315820; Höhle & an der Heiden 2014, doi:10.1111/biom.12194; Renshaw & Verrall 1998, doi:10.1017/S1357321700000222',
  },
  rt: {
    name: { zh: '时变再生数 Rt（Cori）', en: 'Rt by Cori' },
    definition: {
      zh: '情况不变时一例平均传染的人数。窗口内本地病例 ÷ 此前病例按代际间隔加权之和；伽马先验均值 5、标准差 5；给出后验均值和 95% 可信区间。小于 1 时疫情收缩。',
      en: 'How many one case infects if things stay as they are: local cases of the window over earlier cases weighted by the serial interval. Gamma prior, mean 5, sd 5; posterior mean and 95 % credible interval. Below 1 the outbreak shrinks.',
    },
    assumes: {
      zh: '病例按发病日计入，发现比例不变；代际间隔不变且大于 0；首日病例来自输入，其后均为本地。',
      en: 'Cases stand on their day of onset, a constant share is found; the serial interval is constant and above 0; the first day is imported, the rest local.',
    },
    misleads: {
      zh: '说的是约一个代际间隔以前的传播；末尾未报全时偏低；检测量变化时失真；几例时先验把它抬高（空心点）；首个代际间隔内不可用，不画。',
      en: 'It tells of infections about one serial interval ago; too low while the last days fill up; wrong when testing changes; with a handful of cases the prior pulls it up (hollow dots); within the first serial interval useless and not drawn.',
    },
    citation:
      'Cori et al. 2013, doi:10.1093/aje/kwt133; Thompson et al. 2019, doi:10.1016/j.epidem.2019.100356',
  },
  caseReproduction: {
    name: { zh: '病例再生数（Wallinga–Teunis）', en: 'case reproduction number by Wallinga and Teunis' },
    definition: {
      zh: '某窗口发病的病例，事后看平均传染了几人。每例由此前各日病例按代际间隔的权重分担；区间为 1000 次抽取传染者的 2.5% 至 97.5%，只反映“谁传给谁”的不确定。',
      en: 'How many people the cases of a window infected, seen afterwards. Each case is shared among earlier ones by the weights of the serial interval; the interval is 2.5 to 97.5 % of 1000 draws of all infectors and tells the uncertainty about who infected whom only.',
    },
    assumes: {
      zh: '病例全部发现；除首批外都由名单内病例传染；代际间隔不变且大于 0。',
      en: 'All cases are found; all but the first were infected by one of them; the serial interval is constant and above 0.',
    },
    misleads: {
      zh: '末尾各窗口的续发者还没有发病或报告，必然偏低（灰底，不作判断）；输入病例多时偏高。判断当前形势看 Rt。',
      en: 'Infectees of the last windows have not fallen ill or been reported: too low by construction (grey, not to be read); too high where many were infected elsewhere. For the situation now read Rt.',
    },
    citation: 'Wallinga & Teunis 2004, doi:10.1093/aje/kwh255',
  },
  forecast: {
    name: { zh: '分支过程预测', en: 'branching-process forecast' },
    definition: {
      zh: '从最后一个报全日起，每例按负二项分布（均值 R，离散度 k）传染，续发者按代际间隔发病；2000 次模拟的中位数和 95% 区间。R 取最近报全的窗口并计入其不确定。',
      en: 'From the last complete day on each case infects by a negative binomial distribution (mean R, dispersion k) and infectees fall ill a serial interval later; median and 95 % interval of 2000 simulations. R is that of the last complete window, its uncertainty included.',
    },
    assumes: {
      zh: 'R、代际间隔和报告保持不变，没有输入病例，易感者不会用尽。传播关系太少时 k 设为 0.3。',
      en: 'R, serial interval and reporting stay as they are, nobody comes in infected, susceptibles do not run out. With too few links k is taken as 0.3.',
    },
    misleads: {
      zh: '超过两三个代际间隔（人和措施都会变）；只引中位数不引区间；超级传播下多数日子平静、个别日子很多。',
      en: 'Beyond two or three serial intervals (people and measures react); where the median is quoted without the interval: superspreading makes most days quiet and some terrible.',
    },
    citation:
      'Lloyd-Smith et al. 2005, doi:10.1038/nature04153; Nouvellet et al. 2018, doi:10.1016/j.epidem.2017.02.012; Endo et al. 2020, doi:10.12688/wellcomeopenres.15842.3',
  },
  growth: {
    name: { zh: '指数增长率（负二项回归）', en: 'exponential growth, negative binomial' },
    definition: {
      zh: '所选日子内每日病例的指数增长率 r（每天）；倍增时间 = ln2 / r，r 为负时为减半时间；再由代际间隔换算再生数。95% 置信区间。',
      en: 'Exponential rate r of daily cases over the days chosen, per day; doubling time = ln 2 / r, halving time where r is negative; R follows from the serial interval. 95 % confidence interval.',
    },
    assumes: { zh: '所选日子内增长率不变。', en: 'One steady rate over the days chosen.' },
    misleads: {
      zh: '跨过拐点时没有意义；末尾未报全时偏低；检测扩大时偏高。区间含 0 时升降未定。',
      en: 'Meaningless across a turning point; too low while late days fill up; too high when testing grows. With 0 in the interval it is open whether cases rise.',
    },
    citation: 'Ma 2020, doi:10.1016/j.idm.2019.12.009; Wallinga & Lipsitch 2007, doi:10.1098/rspb.2006.3754',
  },
  delay: {
    name: { zh: '间隔分布（双区间删失、右截断）', en: 'delays, doubly censored and right-truncated' },
    definition: {
      zh: '两个日期之间的天数。点为观察值，线为拟合分布（伽马、对数正态、威布尔中 AIC 最小者）。拟合已计入：只知到日，且截止日之后的尚看不到。',
      en: 'Days between two dates: bars as observed, line as fitted (the smallest AIC of gamma, lognormal, Weibull). The fit allows for dates known to the day only, and for what lies after the cut-off.',
    },
    assumes: {
      zh: '各例独立；日期如实记录；截止日正确。',
      en: 'Independent cases, days recorded and not recalled, the right cut-off.',
    },
    misleads: {
      zh: '疫情上升时观察均值偏短（长间隔尚未出现）；日期靠回忆时偏向整数；AIC 相差不足 2 时分布难分高下。',
      en: 'While cases rise the observed mean is too short (long delays are still to come); recalled dates pile up on round numbers; an AIC within 2 does not tell two families apart.',
    },
    citation: 'Reich et al. 2009, doi:10.1002/sim.3659; Park et al. 2024, doi:10.1101/2024.01.12.24301247',
  },
  severity: {
    name: { zh: '病死率的三种算法', en: 'case fatality three ways' },
    definition: {
      zh: '粗病死率 = 死亡 ÷ 全部病例；已转归 = 死亡 ÷（死亡 + 康复）；延迟校正 = 死亡 ÷ 若会死亡则应已死亡的病例，按本名单的发病到死亡间隔计算。95% 区间。',
      en: 'Naive: deaths over all cases. Resolved: deaths over deaths and recoveries. Adjusted: deaths over the cases whose death would be known by now, by the onset-to-death delay of this list. 95 % intervals.',
    },
    assumes: {
      zh: '已转归算法要求死亡与康复同样快、同样全地上报；延迟校正要求死亡间隔估得准。',
      en: 'Resolved: deaths and recoveries become known equally fast and completely. Adjusted: the delay to death is right.',
    },
    misleads: {
      zh: '上升期粗病死率偏低；康复漏报时已转归偏高；轻症未检出时三者都偏高。引用时连同病例定义一起写明。',
      en: 'Naive is too low while cases rise; resolved too high where recoveries go unreported; all three too high where mild cases are not found. Quote the case definition with it.',
    },
    citation:
      'Nishiura et al. 2009, doi:10.1371/journal.pone.0006852; Ghani et al. 2005, doi:10.1093/aje/kwi230',
  },
  offspring: {
    name: { zh: '续发数分布（负二项）', en: 'offspring distribution, negative binomial' },
    definition: {
      zh: '每例传染人数的分布：均值 R，离散度 k。k 越小越不均匀，少数病例造成多数传播。给出造成 80% 传播的病例占比。95% 轮廓似然区间。',
      en: 'How many each case infected: mean R, dispersion k. The smaller k, the more unequal, and the fewer cases cause most of it. With the share of cases that causes 80 %. 95 % profile likelihood intervals.',
    },
    assumes: {
      zh: '每例的续发者都已查到；进行中的事件剔除还来不及传染的新近病例。',
      en: 'All infectees of each case were found; of a running incident, cases too recent to have infected are left out.',
    },
    misleads: {
      zh: '来源不明的病例多时 R 偏低；约 50 例以下时 k 偏高；有多个可能来源的病例对每个来源各计一次。',
      en: 'R is too low where many sources are unknown; k is too high below some fifty cases; a case with several possible sources counts for each.',
    },
    citation:
      'Lloyd-Smith et al. 2005, doi:10.1038/nature04153; Endo et al. 2020, doi:10.12688/wellcomeopenres.15842.3',
  },
  interval: {
    name: { zh: '代际间隔（发病到发病）', en: 'serial interval' },
    definition: {
      zh: '传播关系中续发者与传染来源发病日之差，天。负值保留并计数。',
      en: 'Onset of the infectee minus onset of the infector along the links on record, days. Negative ones are kept and counted.',
    },
    assumes: {
      zh: '发病日准确到日，传播方向正确。',
      en: 'Onsets right to the day, direction of the link right.',
    },
    misleads: {
      zh: '上升期先看到短间隔，均值偏短；按时间接近挑选的配对会自证其短。它不是感染到感染的代际时间。',
      en: 'Too short in a growing outbreak; pairs chosen because they were close in time prove themselves. It is not the generation time.',
    },
    citation: 'Svensson 2007, doi:10.1016/j.mbs.2006.10.010',
  },
  aberration: {
    name: { zh: '异常探测（EARS）', en: 'aberrations by EARS' },
    definition: {
      zh: '当日数超过前 7 天均值 + 3.09 个标准差（C1）；C2 隔开最近两天再比；C3 看连续三天。标准差不足 1 的按 1 计。',
      en: 'A day above mean + 3.09 standard deviations of the 7 days before (C1); C2 leaves two days between; C3 looks at three days. Deviations below 1 count as 1.',
    },
    assumes: { zh: '登记和检测方式没有变化。', en: 'Counting and testing did not change.' },
    misleads: {
      zh: '扩大检测、集中补录都会报警；末尾未报全时报警偏迟。报警只提示要看一眼，不是结论。',
      en: 'Wider testing and a cleared backlog sound it; it sounds late while days fill up. An alarm asks for a look and proves nothing.',
    },
    citation: 'Hutwagner et al. 2003, doi:10.1007/PL00022319; Fricker et al. 2008, doi:10.1002/sim.3197',
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
