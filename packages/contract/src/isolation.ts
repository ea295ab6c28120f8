/** Orders, follow-up, release. The table stands (migration 0090); its routes come with the module. */

export const isolationEvents = {} as const;

export const isolation = {};
