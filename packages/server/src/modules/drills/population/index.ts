/** A synthetic prefecture to rehearse on: places, households, people and their everyday stays. No real person. */

export { SYNTHETIC_ADDRESS } from './identity.ts';
export {
  generatePopulation,
  type Population,
  type PopulationInput,
} from './population.ts';
export { type Random, randomStream } from './random.ts';
export {
  HOUSEHOLD_COLUMNS,
  OCCUPATIONS,
  type Occupation,
  PERSON_COLUMNS,
  type PersonRow,
  PLACE_COLUMNS,
  type PlaceRow,
  STAY_COLUMNS,
  type StayRow,
} from './rows.ts';
export { generateStays } from './stays.ts';
