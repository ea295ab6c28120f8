/** Who met whom: searches, exposures, contacts, chains. */

export const tracingEvents = {} as const;

export const tracing = {};
