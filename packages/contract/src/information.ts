/** Bulletins and the public store. */

export const informationEvents = {} as const;

export const information = {};
