/** The ledger of every limit on a person, place or area. */

export const measuresEvents = {} as const;

export const measures = {};
