import { expect, test } from 'vitest';
import { getPackOrThrow } from './catalogue.ts';
import { type CaseStay, proposeAreas } from './propose-areas.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');

const home = (caseId: string, building: string): CaseStay => ({
  caseId,
  place: { code: `c1-${building}-u1`, level: 'unit' },
  within: [
    { code: '632521', level: 'county' },
    { code: 'c1', level: 'compound' },
    { code: `c1-${building}`, level: 'building' },
  ],
  kind: 'home',
  transmissionRisk: 'high',
});
const market: CaseStay = {
  caseId: 'A',
  place: { code: 'm1', level: 'building' },
  within: [{ code: '632521', level: 'county' }],
  kind: 'activity',
  transmissionRisk: 'possible',
};

test('D1: the 9th edition seals the compound of a home, watches a place of possible spread, rest of county low', () => {
  const { proposals } = proposeAreas(nine, [home('A', 'b1'), market]);
  expect(proposals.map(({ level, area }) => [level, area.code, area.level])).toEqual([
    ['high', 'c1', 'compound'],
    ['medium', 'm1', 'building'],
    ['low', '632521', 'county'],
  ]);
});

test('R7: every area names the smaller one it could be, and the twenty measures choose the unit', () => {
  expect(proposeAreas(nine, [home('A', 'b1')]).proposals[0]?.smaller).toEqual({
    code: 'c1-b1',
    level: 'building',
  });
  const [proposal] = proposeAreas(twenty, [home('A', 'b1')]).proposals;
  expect(proposal).toMatchObject({ area: { code: 'c1-b1-u1', level: 'unit' }, smaller: null });
});

test('D1: the twenty measures name a larger unit only when spread is unclear', () => {
  const [proposal] = proposeAreas(twenty, [home('A', 'b1')], { spreadUnclear: true }).proposals;
  expect(proposal).toMatchObject({
    area: { code: 'c1' },
    rule: 'areas.highUnitsWhenUnclear',
    confidence: 'unverified',
  });
});

test('D1: two cases of one compound give one area with both cases and no smaller building that holds both', () => {
  const { proposals } = proposeAreas(nine, [home('A', 'b1'), home('B', 'b2')]);
  expect(proposals[0]).toMatchObject({ area: { code: 'c1' }, caseIds: ['A', 'B'], smaller: null });
});

test('D1: stays without an area are listed with their reason', () => {
  const isolated: CaseStay = { ...home('B', 'b1'), kind: 'isolation_site' };
  const { proposals, without } = proposeAreas(twenty, [isolated, market]);
  expect(proposals).toEqual([]);
  expect(without.map(({ caseId, reason }) => [caseId, reason.en])).toEqual([
    ['B', 'found under isolation: no area is drawn'],
    ['A', 'this edition has no medium areas: trace people'],
  ]);
});

test('D1: the order of stays does not change what is proposed', () => {
  const stays = [home('A', 'b1'), market, home('B', 'b2')];
  const shape = (given: CaseStay[]) =>
    proposeAreas(nine, given).proposals.map(({ level, area, caseIds, smaller }) => ({
      level,
      area,
      caseIds: [...caseIds].sort(),
      smaller,
    }));
  expect(shape([...stays].reverse())).toEqual(shape(stays));
});
