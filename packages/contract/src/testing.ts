/** Samples, pools, laboratory results. */

export const testingEvents = {} as const;

export const testing = {};
