/**
 * The people of the model case, chosen from the synthetic population: one positive person, those they met, and those
 * these met in turn. Only stays are written; who is a contact of whom the search has to find.
 */
import type { PersonRow, PlaceRow, Population } from '../population/index.ts';
import type { WorldStay } from '../world/stay.ts';

/** In 恰卜恰镇城北新区. */
const COMPOUND = '仁和路棚户四区';
const COMMUNITY = '632521100010';
const TOWN = '632521100';
/** They sat at one table: a row number in the venue's register. */
export const TABLE = 3;
/** As reported on 14 August 2022 at 12:00 (protocols.md §1.10). */
const CLOSE_CONTACTS = 12;
const CONTACTS_OF_CONTACTS = 38;

export interface Cast {
  readonly index: PersonRow;
  /** Nine neighbours who share the first tube with the index. */
  readonly tubeMates: readonly PersonRow[];
  readonly household: readonly PersonRow[];
  readonly diners: readonly PersonRow[];
  /** Found positive among the contacts on 14 August. */
  readonly laterPositives: readonly PersonRow[];
  readonly restaurant: PlaceRow;
  readonly market: PlaceRow;
  readonly testSite: PlaceRow;
  readonly laboratory: PlaceRow;
  readonly isolationSite: PlaceRow;
  readonly stays: readonly WorldStay[];
  /** Nobody of the cast, and no place where they met, takes part in the everyday stays around. */
  readonly personIds: ReadonlySet<string>;
  readonly placeIds: ReadonlySet<string>;
}

const bornBefore = (person: PersonRow, year: number) => Number(person.dateBirth.slice(0, 4)) <= year;

/** @throws RangeError when the population is too small to play the case */
export function castOf(population: Population): Cast {
  const households = householdsOf(population);
  const compoundPlace = population.places.find(
    ({ nameZh, code }) => code !== null && nameZh.includes(COMPOUND),
  );
  if (!compoundPlace) throw new RangeError(`no ${COMPOUND}; take a larger population`);
  const compound = households.filter(([first]) => first!.division.startsWith(compoundPlace.division));
  const own = compound.find((members) => members.length === 3 && members.some(isAdult));
  if (!own) throw new RangeError('no household of three in the compound; take a larger population');
  const index = own.find(isAdult)!;
  const household = own.filter((person) => person !== index);

  const elsewhere = households.filter((members) => members !== own && members.some(isAdult));
  const dining = chooseHouseholds(elsewhere, CLOSE_CONTACTS - household.length);
  const diners = dining.map((members) => members.find(isAdult)!);
  const livingWith = dining.reduce((sum, members) => sum + members.length - 1, 0);
  const taken = new Set([own, ...dining].flat().map(({ id }) => id));
  const free = elsewhere.filter((members) => members.every(({ id }) => !taken.has(id)));
  // Those who drank tea with one of the diners the day after make up the number the households do not.
  const teaGuests = free.slice(0, CONTACTS_OF_CONTACTS - livingWith).map((members) => members.find(isAdult)!);
  const tubeMates = [...household, ...compound.flat()]
    .filter((person, at, all) => person !== index && all.indexOf(person) === at && !diners.includes(person))
    .slice(0, 9);

  const venue = (venueClass: string, at = 0): PlaceRow => {
    const found = population.places.filter(
      (place) => place.class === venueClass && place.division.startsWith(TOWN),
    );
    const place = found[Math.min(at, found.length - 1)];
    if (!place) throw new RangeError(`no ${venueClass} in ${TOWN}; take a larger population`);
    return place;
  };
  const [restaurant, teaHouse, market] = [venue('catering', 0), venue('catering', 1), venue('market')];
  const stay = stayMaker();
  const stays = [
    ...diners.map((person) =>
      stay(person, restaurant, '2022-08-09T19:00:00+08:00', '2022-08-09T20:30:00+08:00'),
    ),
    ...[diners[0]!, ...teaGuests].map((person) =>
      stay(person, teaHouse, '2022-08-10T15:00:00+08:00', '2022-08-10T17:00:00+08:00'),
    ),
  ];
  return {
    index,
    tubeMates,
    household,
    diners,
    laterPositives: [household[0]!, diners[0]!, diners[1]!],
    restaurant,
    market,
    testSite: venue('test_site'),
    laboratory: population.places.find((place) => place.class === 'laboratory')!,
    isolationSite: venue('isolation_site'),
    stays,
    personIds: new Set([...own, ...dining.flat(), ...teaGuests].map(({ id }) => id)),
    placeIds: new Set([restaurant.id, teaHouse.id, market.id]),
  };
}

const isAdult = (person: PersonRow) => bornBefore(person, 2000) && !bornBefore(person, 1955);

/** Households of the community, in their order. */
function householdsOf(population: Population): PersonRow[][] {
  for (const { division, persons } of population.batches()) {
    if (division !== COMMUNITY) continue;
    const byHousehold = Map.groupBy(persons, ({ householdId }) => householdId);
    return [...byHousehold.values()];
  }
  throw new RangeError(`${COMMUNITY} is not in the population`);
}

/** As many households as asked, so that those living with the chosen ones stay below the number reported. */
function chooseHouseholds(households: readonly PersonRow[][], count: number): PersonRow[][] {
  const chosen: PersonRow[][] = [];
  let livingWith = 0;
  for (const members of households) {
    if (chosen.length === count) break;
    if (livingWith + members.length - 1 > CONTACTS_OF_CONTACTS - 4) continue;
    chosen.push(members);
    livingWith += members.length - 1;
  }
  if (chosen.length < count)
    throw new RangeError('too few households in the community; take a larger population');
  return chosen;
}

function stayMaker() {
  let ordinal = 0;
  return (person: PersonRow, place: PlaceRow, from: string, until: string): WorldStay => {
    ordinal += 1;
    return {
      id: `00000000-0005-8000-8001-${ordinal.toString(16).padStart(12, '0')}`,
      personId: person.id,
      placeId: place.id,
      division: place.division,
      from,
      until,
      seat: `${TABLE}`,
      source: 'venue_register',
    };
  };
}
