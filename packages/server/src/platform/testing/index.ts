/** For tests only: a whole Levee on its own database. */
export { cookieJar, openTestHouse, type SignedIn, type TestHouse } from './house.ts';
