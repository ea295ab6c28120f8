import { expect, test } from 'vitest';
import { foundInBy } from './found-in.ts';

const order = (kind: string) => ({ id: 'm', kind });
const contact = { id: 'c', class: 'close' };

test('a measure in force at the swab decides, whatever the desk stated [C5]', () => {
  for (const [kind, foundIn] of [
    ['centralised_isolation', 'centralised_isolation'],
    ['home_isolation', 'home_isolation'],
    ['risk_area', 'controlled_area_screening'],
  ] as const) {
    const said = foundInBy({ stated: 'community_screening', control: order(kind), contact });
    expect(said).toEqual({ foundIn, basis: 'measure', recordId: 'm', recordKind: kind });
  }
});

test('a contact decided before the swab was found by tracing; without either the desk’s word stands and says so [C5]', () => {
  expect(foundInBy({ stated: 'community_screening', control: null, contact })).toMatchObject({
    foundIn: 'contact_tracing',
    basis: 'contact',
  });
  for (const stated of ['fever_clinic', 'centralised_isolation'] as const) {
    expect(foundInBy({ stated, control: null, contact: null })).toEqual({
      foundIn: stated,
      basis: 'statement',
      recordId: null,
      recordKind: null,
    });
  }
  expect(foundInBy({ stated: 'home_isolation', control: null, contact })).toMatchObject({
    basis: 'statement',
  });
});
