import { PRIORITIES } from '@levee/contract';
import { describe, expect, it } from 'vitest';
import { createAdmission } from './admission.ts';

describe('admission', () => {
  it('turns classes away in their order, sample intake last [T33]', () => {
    const admission = createAdmission(() => 0);
    const turnedAwayAt = new Map<string, number>();
    for (let round = 0; round < 400; round += 1) {
      for (const priority of PRIORITIES) {
        if (turnedAwayAt.has(priority)) continue;
        if (!admission.enter(priority)) turnedAwayAt.set(priority, admission.underWay());
      }
    }
    const order = [...turnedAwayAt].sort((a, b) => a[1] - b[1]).map(([priority]) => priority);
    expect(order).toEqual(['export', 'dashboard', 'read', 'command', 'intake']);
  });

  it('lets in as many as are answered within a second and a half, however fast or slow that is [T31]', () => {
    let now = 0;
    const admission = createAdmission(() => now);
    for (let answered = 0; answered < 2_000; answered += 1) {
      admission.enter('intake');
      admission.leave();
    }
    now = 1_000;
    let inside = 0;
    while (admission.enter('intake')) inside += 1;
    expect(inside).toBe(3_000);
    // A second later with nothing answered: no more than the room that is always there, and that is full.
    now = 2_000;
    expect(admission.enter('intake')).toBe(false);
    for (let left = 0; left < inside; left += 1) admission.leave();
    expect(admission.underWay()).toBe(0);
    expect(admission.enter('export')).toBe(true);
  });
});
