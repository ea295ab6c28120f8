import type { StayRow } from '../population/index.ts';

/** A stay as the world is loaded with it; who recorded it decides how far it is trusted. */
export type WorldStay = Omit<StayRow, 'source'> & {
  readonly source: 'everyday' | 'venue_register' | 'checkpoint' | 'test_site';
};
