import { expect, test } from 'vitest';
import { getPackOrThrow, listPacks, packs } from './catalogue.ts';
import type { PackAmendmentInput, ProtocolPackInput } from './pack.ts';
import { covid19Cn9 } from './packs/covid19-cn-9.ts';
import { covid19Cn9Twenty } from './packs/covid19-cn-9-20m.ts';
import { definePacks } from './registry.ts';
import { rulesOf } from './rule-tree.ts';

test('every shipped pack is valid and every rule in it names a source and a confidence', () => {
  expect(Object.keys(packs).sort()).toEqual(['covid19-cn-9', 'covid19-cn-9-20m', 'mers', 'plague-cn']);
  for (const pack of Object.values(packs)) {
    for (const { path, rule } of rulesOf(pack)) {
      expect(rule.source.title, `${pack.id} ${path}`).not.toBe('');
      if (rule.confidence === 'sourced') expect(rule.source.address, `${pack.id} ${path}`).toBeTruthy();
    }
  }
});

test('the twenty measures replace single rules of the 9th edition and inherit the rest', () => {
  const nine = getPackOrThrow('covid19-cn-9');
  const twenty = getPackOrThrow('covid19-cn-9-20m');
  expect(twenty.lineage).toEqual(['covid19-cn-9', 'covid19-cn-9-20m']);
  expect(twenty.management.classes.close?.value.phases.map((phase) => phase.days)).toEqual([5, 3]);
  expect(twenty.tracing).toEqual(nine.tracing);
  expect(twenty.effectiveFrom).toBe('2022-11-11');
});

test('null in an amendment takes a rule away', () => {
  const twenty = getPackOrThrow('covid19-cn-9-20m');
  expect(Object.keys(twenty.areas.steps)).not.toContain('mediumToLow');
  expect(twenty.areas.mediumUnits).toBeUndefined();
});

test('R11 R12: a service level can be changed by an overlay and cannot be removed', () => {
  const { appealDecided } = covid19Cn9.service;
  const shorter = { ...appealDecided, value: { ...appealDecided.value, minutes: 60 } };
  const changed = definePacks([covid19Cn9, overlay({ service: { appealDecided: shorter } })]);
  expect(changed.overlay?.service.appealDecided.value.minutes).toBe(60);
  expect(() => definePacks([covid19Cn9, overlay({ service: { appealDecided: null } })])).toThrow(
    /appealDecided/,
  );
  expect(() => definePacks([covid19Cn9, overlay({ privacy: { smallestCount: null } })])).toThrow(
    /smallestCount/,
  );
});

test('no pack of another disease cites a COVID-19 document', () => {
  for (const pack of [getPackOrThrow('plague-cn'), getPackOrThrow('mers')]) {
    const wrong = rulesOf(pack).filter(({ rule }) => /新冠|新型冠状/.test(rule.source.title));
    expect(wrong.map(({ path }) => `${pack.id} ${path}`)).toEqual([]);
  }
});

test('a local overlay states how it stands to the national value, and both stay readable side by side', () => {
  const { contactTransfer } = covid19Cn9.clocks;
  const local = {
    ...contactTransfer,
    value: { ...contactTransfer.value, minutes: 240 },
    overlay: 'stricter' as const,
  };
  const resolved = definePacks([covid19Cn9, overlay({ clocks: { contactTransfer: local } })]);
  expect(resolved.overlay?.clocks.contactTransfer).toMatchObject({
    value: { minutes: 240 },
    overlay: 'stricter',
  });
  expect(resolved['covid19-cn-9']?.clocks.contactTransfer?.value.minutes).toBe(480);
});

test('an unknown parent is named together with the packs there are', () => {
  expect(() => definePacks([covid19Cn9Twenty])).toThrow(
    'pack "covid19-cn-9-20m" extends "covid19-cn-9", which is not given; known: covid19-cn-9-20m',
  );
});

test('packs that extend each other are refused with the circle spelled out', () => {
  const a = { ...covid19Cn9Twenty, id: 'a', extends: 'b' };
  const b = { ...covid19Cn9Twenty, id: 'b', extends: 'a' };
  expect(() => definePacks([a, b])).toThrow(/circle: a -> b -> a/);
});

test('a value called sourced without a public address is refused', () => {
  const rule = covid19Cn9.tracing.nearMetres;
  const wrong: ProtocolPackInput = {
    ...covid19Cn9,
    tracing: { ...covid19Cn9.tracing, nearMetres: { ...rule, source: { title: 'remembered', mark: 'M' } } },
  };
  expect(() => definePacks([wrong])).toThrow(/call it "unverified"/);
});

test('a test day after the end of its phase is refused', () => {
  const close = covid19Cn9.management.classes.close;
  const phases = [{ ...close.value.phases[0]!, days: 5 }];
  const wrong = overlay({
    management: { classes: { close: { ...close, value: { ...close.value, phases } } } },
  });
  expect(() => definePacks([covid19Cn9, wrong])).toThrow(/test day lies after the phase ends/);
});

test('a shipped pack cannot be changed by whoever holds it', () => {
  const pack = getPackOrThrow('covid19-cn-9');
  expect(() => {
    pack.privacy.smallestCount.value = 1;
  }).toThrow(TypeError);
});

test('an unknown pack id is refused with the ids to choose from', () => {
  expect(() => getPackOrThrow('covid19-cn-7')).toThrow(/choose one of covid19-cn-9, /);
  expect(() => getPackOrThrow('toString')).toThrow(/no protocol pack "toString"/);
});

test('packs are listed by disease, then by the day they came into force', () => {
  expect(listPacks().map((pack) => pack.id)).toEqual([
    'covid19-cn-9',
    'covid19-cn-9-20m',
    'mers',
    'plague-cn',
  ]);
});

function overlay(sections: Partial<PackAmendmentInput>): PackAmendmentInput {
  const { disease, title, issuer, tz } = covid19Cn9;
  return {
    id: 'overlay',
    extends: 'covid19-cn-9',
    disease,
    title,
    issuer,
    edition: 'local',
    effectiveFrom: '2022-08-11',
    effectiveTo: null,
    supersedes: null,
    jurisdiction: '632500',
    tz,
    onEditionChange: 'keep',
    ...sections,
  };
}
