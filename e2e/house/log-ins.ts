/** Where the demonstration of this run is, and who may enter; handed from the set-up to the tests by environment. */
const variable = 'LEVEE_E2E_HOUSE';

export interface LogIn {
  readonly username: string;
  readonly password: string;
  readonly division: string;
}

interface House {
  readonly address: string;
  readonly logIns: readonly LogIn[];
}

export function keepHouse(house: House): void {
  process.env[variable] = JSON.stringify(house);
}

export function getHouseOrThrow(): House {
  const kept = process.env[variable];
  if (kept === undefined) throw new Error('no demonstration was started for this run');
  return JSON.parse(kept) as House;
}

/** `gonghe.duty-officer` → its password. */
export function getLogInOrThrow(username: string): LogIn {
  const logIn = getHouseOrThrow().logIns.find((each) => each.username === username);
  if (!logIn) throw new Error(`the demonstration printed no log-in for ${username}`);
  return logIn;
}
