/** Persons and households. */

export const peopleEvents = {} as const;

export const people = {};
