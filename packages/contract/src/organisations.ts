/** Headquarters, working groups, posts, duty. */

export const organisationsEvents = {} as const;

export const organisations = {};
