import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getPackOrThrow, packs } from './catalogue.ts';
import { type ContactEvidence, classifyContact } from './classify-contact.ts';
import { SETTINGS } from './pack.ts';

const nine = getPackOrThrow('covid19-cn-9');
const twenty = getPackOrThrow('covid19-cn-9-20m');
const plague = getPackOrThrow('plague-cn');

const met = (over: Partial<ContactEvidence>): ContactEvidence => ({
  order: 1,
  setting: 'other',
  indoors: true,
  minutes: 30,
  ...over,
});

test('B4: living together makes a close contact by a named, sourced rule', () => {
  expect(classifyContact(nine, met({ setting: 'household' }))).toMatchObject({
    class: 'close',
    rule: 'tracing.criteria.household',
    confidence: 'sourced',
    undecided: [],
  });
});

test('B4: care with effective protection is no close contact; protection not recorded is not assumed', () => {
  expect(classifyContact(nine, met({ setting: 'care', protection: 'effective' })).class).toBe('general');
  const unknown = classifyContact(nine, met({ setting: 'care' }));
  expect(unknown.class).toBe('close');
  expect(unknown.reasons.map((reason) => reason.en)).toContain(
    'protection not recorded: judged as not effective',
  );
});

test('B4: a meal is close at the same table, and a question when the table is not known', () => {
  expect(classifyContact(nine, met({ setting: 'meal', near: true })).class).toBe('close');
  const unknown = classifyContact(nine, met({ setting: 'meal' }));
  expect(unknown.class).toBe('general');
  expect(unknown.undecided).toMatchObject([
    { class: 'close', rule: 'tracing.criteria.meal', missing: ['near'] },
  ]);
  const denied = classifyContact(nine, met({ setting: 'meal', near: false }));
  expect(denied).toMatchObject({ class: 'general', undecided: [] });
});

test('B4: in a vehicle one metre decides, companions count, and a seat row alone is left to a person', () => {
  expect(classifyContact(nine, met({ setting: 'transport', distanceMetres: 1 })).class).toBe('close');
  expect(classifyContact(nine, met({ setting: 'transport', distanceMetres: 1.1 })).class).toBe('general');
  expect(classifyContact(nine, met({ setting: 'transport', companion: true })).class).toBe('close');
  const seat = classifyContact(nine, met({ setting: 'transport', seatDistanceRows: 1 }));
  expect(seat.class).toBe('general');
  expect(seat.undecided[0]?.missing).toEqual(['distanceMetres']);
});

test('B4: outdoors or well ventilated is no closed space', () => {
  expect(classifyContact(nine, met({ setting: 'entertainment' })).class).toBe('close');
  expect(classifyContact(nine, met({ setting: 'entertainment', indoors: false })).class).toBe('general');
  expect(classifyContact(nine, met({ setting: 'entertainment', ventilation: 'good' })).class).toBe('general');
  expect(
    classifyContact(nine, met({ setting: 'entertainment', indoors: false, ventilation: 'poor' })).class,
  ).toBe('close');
});

test('B4: an aerosol-generating procedure makes anyone unprotected in the room a close contact', () => {
  expect(classifyContact(nine, met({ setting: 'other', aerosolProcedure: true })).class).toBe('close');
  expect(classifyContact(nine, met({ setting: 'other' })).class).toBe('general');
});

test('B4: the 9th edition determines contacts of higher-risk close contacts only', () => {
  const order2 = (over: Partial<ContactEvidence>) =>
    classifyContact(nine, met({ order: 2, setting: 'household', ...over }));
  expect(order2({ via: { setting: 'meal', minutes: 90 } }).class).toBe('contact_of_contact');
  expect(order2({ via: { setting: 'household', minutes: 5 } }).class).toBe('contact_of_contact');
  expect(order2({ via: { setting: 'meal', minutes: 20 } }).class).toBe('none');
  expect(order2({ via: { setting: 'transport', minutes: 90 } }).class).toBe('none');
  const unknown = order2({});
  expect(unknown.class).toBe('none');
  expect(unknown.undecided[0]?.missing).toEqual(['via']);
});

test('B5: under the twenty measures the same evidence makes no contact of contact', () => {
  const evidence = met({ order: 2, setting: 'household', via: { setting: 'household', minutes: 600 } });
  expect(classifyContact(nine, evidence).class).toBe('contact_of_contact');
  expect(classifyContact(twenty, evidence)).toMatchObject({ class: 'none', rule: null, undecided: [] });
});

test('B4: pneumonic plague is close within 2 m; bubonic does not pass from person to person', () => {
  const near = met({ setting: 'work_or_study', distanceMetres: 2, near: false });
  expect(classifyContact(plague, { ...near, sourceForm: 'pneumonic' }).class).toBe('close');
  expect(classifyContact(plague, { ...near, sourceForm: 'bubonic' }).class).toBe('general');
  expect(classifyContact(plague, near).undecided[0]?.missing).toContain('sourceForm');
  expect(classifyContact(plague, met({ setting: 'animal_exposure' })).rule).toBe(
    'tracing.criteria.coExposed',
  );
});

test('R13: the same evidence always gives the same class, and every class names the rule that gave it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(packs)), evidenceArbitrary(), (pack, evidence) => {
      const decision = classifyContact(pack, evidence);
      expect(classifyContact(pack, { ...evidence })).toEqual(decision);
      expect(decision.rule === null).toBe(decision.class === 'none');
      expect(decision.reasons.length).toBeGreaterThan(0);
    }),
  );
});

test('R3: what is presumed is said, and learning that it is not so can only lower the class', () => {
  const office = classifyContact(nine, met({ setting: 'work_or_study' }));
  expect(office.reasons.map((reason) => reason.en)).toContain(
    'same room and nearness not denied: judged as near',
  );
  fc.assert(
    fc.property(evidenceArbitrary(), (evidence) => {
      const { near: _near, protection: _protection, ...unknown } = evidence;
      const before = classifyContact(nine, unknown);
      const denied = classifyContact(nine, { ...unknown, near: false, protection: 'effective' });
      expect(RANK[denied.class]).toBeLessThanOrEqual(RANK[before.class]);
    }),
  );
});

test('B4: a fact learned raises the class only to one that was announced as undecided', () => {
  fc.assert(
    fc.property(evidenceArbitrary(), (evidence) => {
      const { near: _near, via: _via, ...unknown } = evidence;
      const before = classifyContact(nine, unknown);
      const after = classifyContact(nine, evidence);
      if (RANK[after.class] > RANK[before.class]) {
        expect(before.undecided.map((each) => each.class)).toContain(after.class);
      }
    }),
  );
});

const RANK = { none: 0, general: 1, contact_of_contact: 2, close: 3 };

function evidenceArbitrary(): fc.Arbitrary<ContactEvidence> {
  return fc.record(
    {
      order: fc.constantFrom(1 as const, 2 as const),
      setting: fc.constantFrom(...SETTINGS),
      indoors: fc.boolean(),
      minutes: fc.integer({ min: 0, max: 600 }),
      distanceMetres: fc.double({ min: 0, max: 10, noNaN: true }),
      near: fc.boolean(),
      companion: fc.boolean(),
      protection: fc.constantFrom('none' as const, 'partial' as const, 'effective' as const),
      ventilation: fc.constantFrom('good' as const, 'poor' as const),
      sourceForm: fc.constantFrom('pneumonic', 'bubonic'),
      via: fc.record({ setting: fc.constantFrom(...SETTINGS), minutes: fc.integer({ min: 0, max: 600 }) }),
    },
    { requiredKeys: ['order', 'setting', 'indoors', 'minutes'] },
  );
}
