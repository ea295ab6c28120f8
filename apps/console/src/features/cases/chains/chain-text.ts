/** The chains in words: what a screen reader, a message or a report can carry. Pure. */
import type { CaseChains } from '@levee/contract';
import type { Language } from '@levee/ui';

const one = (value: number | null) => (value === null ? '–' : value.toFixed(1));

export function describeChains(chains: CaseChains, superspreadingFrom: number, language: Language): string {
  const { nodes, linksCount, clustersCount, largestCluster, generationsCount, serialInterval } = chains;
  const supers = nodes.filter(({ infecteesCount }) => infecteesCount >= superspreadingFrom);
  const infected = supers.reduce((sum, { infecteesCount }) => sum + infecteesCount, 0);
  const unlinked = nodes.filter(
    ({ infectors, infectees }) => infectors.length + infectees.length === 0,
  ).length;
  const sources = nodes.filter(({ infectors }) => infectors.length === 0).length - unlinked;
  const top = nodes.toSorted((a, b) => b.infecteesCount - a.infecteesCount)[0];
  if (language === 'zh') {
    return [
      `${nodes.length} 例中有 ${linksCount} 条传播关系，连成 ${clustersCount} 个聚集，最大 ${largestCluster} 例，最长 ${generationsCount} 代。`,
      `${sources} 例为链上源头，${unlinked} 例没有任何关联。`,
      supers.length > 0
        ? `超级传播 ${supers.length} 例（传染 ${superspreadingFrom} 人及以上），共传染 ${infected} 人；最多的是 ${top!.externalId}，${top!.infecteesCount} 人。`
        : `没有达到超级传播标准（${superspreadingFrom} 人）的病例。`,
      `代间隔 ${serialInterval.pairsCount} 对，均值 ${one(serialInterval.meanDays)} 天，中位 ${one(serialInterval.medianDays)} 天，标准差 ${one(serialInterval.sdDays)} 天${serialInterval.negativeCount > 0 ? `，其中 ${serialInterval.negativeCount} 对续发者先发病` : ''}。`,
      chains.ambiguous.length > 0 ? `${chains.ambiguous.length} 例有不止一个可能来源。` : '',
      chains.impossible.length > 0 ? `${chains.impossible.length} 条关系不可能成立，需核查。` : '',
    ].join('');
  }
  return [
    `${nodes.length} cases with ${linksCount} links in ${clustersCount} clusters, the largest of ${largestCluster}, up to ${generationsCount} generations. `,
    `${sources} cases begin a chain, ${unlinked} have no link. `,
    supers.length > 0
      ? `${supers.length} superspreading events (${superspreadingFrom} or more infectees) infected ${infected}; the largest is ${top!.externalId} with ${top!.infecteesCount}. `
      : `No case reaches the mark of superspreading (${superspreadingFrom}). `,
    `Serial interval: ${serialInterval.pairsCount} pairs, mean ${one(serialInterval.meanDays)} d, median ${one(serialInterval.medianDays)} d, sd ${one(serialInterval.sdDays)} d${serialInterval.negativeCount > 0 ? `, in ${serialInterval.negativeCount} the infectee fell ill first` : ''}. `,
    chains.ambiguous.length > 0
      ? `${chains.ambiguous.length} cases have more than one possible source. `
      : '',
    chains.impossible.length > 0 ? `${chains.impossible.length} links cannot be true and want checking.` : '',
  ].join('');
}

const cell = (value: string | number | null) => {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The links as CSV with what it is, as of when and from where in front; opens in epicontacts as it is. */
export function chainsCsv(chains: CaseChains, title: string, source: string): string {
  const nameOf = new Map(chains.nodes.map(({ id, externalId }) => [id, externalId]));
  return [
    [`# ${title}`],
    [`# ${chains.asOf} · ${source}`],
    ['from', 'to', 'exposure', 'serial_interval_days'],
    ...chains.links.map(({ from, to, exposure, serialIntervalDays }) => [
      nameOf.get(from) ?? from,
      nameOf.get(to) ?? to,
      exposure,
      serialIntervalDays,
    ]),
  ]
    .map((line) => line.map(cell).join(','))
    .join('\n');
}
