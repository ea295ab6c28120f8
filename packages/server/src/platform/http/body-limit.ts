/** Bytes of a body, where a route does not say otherwise. */
export const BODY_LIMIT = 1024 * 1024;
