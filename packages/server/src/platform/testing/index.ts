/** For tests only: a whole Levee on its own database. */

export { generatePopulation, loadWorld } from '../../modules/drills/index.ts';
export { readDivisions } from '../../modules/places/index.ts';
export { cookieJar } from '../http/cookie-jar.ts';
export { startTestCluster, type TestCluster } from '../postgres/test-cluster.ts';
export { openTestHouse, type SignedIn, type TestHouse } from './house.ts';
export { findOutbreakFile } from './outbreak-file.ts';
export { type Prefecture, preparePrefecture } from './prefecture.ts';
