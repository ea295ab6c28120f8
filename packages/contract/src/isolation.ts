/** Orders, follow-up, release. */

export const isolationEvents = {} as const;

export const isolation = {};
