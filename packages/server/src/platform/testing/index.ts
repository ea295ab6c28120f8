/** For tests only: a whole Levee on its own database. */

export { cookieJar } from '../http/cookie-jar.ts';
export { startTestCluster, type TestCluster } from '../postgres/test-cluster.ts';
export { openTestHouse, type SignedIn, type TestHouse } from './house.ts';
export { findOutbreakFile } from './outbreak-file.ts';
export { type Prefecture, preparePrefecture } from './prefecture.ts';
