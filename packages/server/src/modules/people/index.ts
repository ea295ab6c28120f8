/** people: persons and households; numbers sealed, masked wherever they are shown. */
export { cardKeys, listResidentIds } from './field-list.ts';
export {
  findAffiliationsByIds,
  findPeopleByIds,
  findPersonById,
  findPersonByIdOrThrow,
  findPersonIdsByName,
} from './people.repository.ts';
export { peopleRoutes } from './people.routes.ts';
export {
  findPersonIdByCard,
  findPersonIdsByCards,
  personSummaries,
  registerPerson,
} from './people.service.ts';
export { type Affiliations, maskNumber, nameKeys, type Person, sealNumbers } from './person.ts';
export { countResidents } from './residents.repository.ts';
