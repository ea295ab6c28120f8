/** The line list, stays, import and export. */

export const casesEvents = {} as const;

export const cases = {};
