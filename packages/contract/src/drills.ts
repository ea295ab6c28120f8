/** The demonstration: scenario, clock, controls. */

export const drillsEvents = {} as const;

export const drills = {};
