/** A synthetic prefecture to rehearse on: places, households, people and their everyday stays. No real person. */
export { distributeHeadcount } from './headcounts.ts';
export { SYNTHETIC_ADDRESS, SYNTHETIC_PHONE_PREFIX, syntheticPhone } from './identity.ts';
export {
  generatePopulation,
  type Population,
  type PopulationBatch,
  type PopulationInput,
} from './population.ts';
export { type Random, randomStream } from './random.ts';
export {
  HOUSEHOLD_COLUMNS,
  type HouseholdRow,
  OCCUPATIONS,
  type Occupation,
  PERSON_COLUMNS,
  type PersonRow,
  PLACE_COLUMNS,
  type PlaceRow,
  STAY_COLUMNS,
  type StayRow,
} from './rows.ts';
export { generateStays, type StaysInput } from './stays.ts';
