/** Signals, activation, level, statutory clocks, timeline. */

export const incidentsEvents = {} as const;

export const incidents = {};
