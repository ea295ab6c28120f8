import { access } from '../features/access/index.ts';
import { analysis } from '../features/analysis/index.ts';
import { cases } from '../features/cases/index.ts';
import { drills } from '../features/drills/index.ts';
import { information } from '../features/information/index.ts';
import { interchange } from '../features/interchange/index.ts';
import { isolation } from '../features/isolation/index.ts';
import { keyPopulations } from '../features/key-populations/index.ts';
import { measures } from '../features/measures/index.ts';
import { organisations } from '../features/organisations/index.ts';
import { people } from '../features/people/index.ts';
import { places } from '../features/places/index.ts';
import { protocols } from '../features/protocols/index.ts';
import { rounds } from '../features/rounds/index.ts';
import { situation } from '../features/situation/index.ts';
import { tasks } from '../features/tasks/index.ts';
import { testing } from '../features/testing/index.ts';
import { tracing } from '../features/tracing/index.ts';
import type { Feature } from './feature.ts';

/** Every screen of the console. To add one: a folder in ../features/ and a line here. */
export const features: readonly Feature[] = [
  situation,
  tasks,
  organisations,
  cases,
  tracing,
  people,
  testing,
  rounds,
  keyPopulations,
  isolation,
  analysis,
  information,
  places,
  measures,
  protocols,
  access,
  interchange,
  drills,
];
