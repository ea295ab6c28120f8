/** The population of a prefecture loaded alone, as `levee demo` and a rehearsal do, against COPY of the same people. */
import { once } from 'node:events';
import {
  generatePopulation,
  loadWorld,
  openTestHouse,
  readDivisions,
  type TestCluster,
} from '@levee/server/testing';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type BenchRow, median } from '../bench.ts';

const NOW = '2022-08-11T21:00:00+08:00';
const GOAL_SECONDS = 20;
/** The goal is said of the whole prefecture. */
const PREFECTURE = 447_000;

/** Makes, seals, writes and indexes `headcount` people with their homes and places: everything from the seed to `analyze`. */
export async function comparePeople(given: {
  readonly cluster: TestCluster;
  readonly headcount: number;
  readonly rounds: number;
  readonly print: (line: string) => void;
}): Promise<BenchRow> {
  const { cluster, headcount, rounds, print } = given;
  const ours: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const house = await openTestHouse(NOW, cluster);
    const began = performance.now();
    const population = generatePopulation({
      divisions: readDivisions(),
      seed: 20220811,
      headcount,
      today: '2022-08-11',
    });
    await loadWorld(house.adminUrl, house.platform.cipher, {
      population,
      places: [],
      stays: [],
      recordedAt: NOW,
    });
    ours.push((performance.now() - began) / 1000);
    peers.push(await copyPeople(house.adminUrl));
    await house.close();
    print(
      `people, round ${round + 1}: ${ours.at(-1)!.toFixed(1)} s and ${peers.at(-1)!.toFixed(1)} s of COPY`,
    );
  }
  const seconds = median(ours);
  const goal =
    headcount === PREFECTURE
      ? `goal ${GOAL_SECONDS} s ${seconds <= GOAL_SECONDS ? 'reached' : 'missed'}`
      : `the goal of ${GOAL_SECONDS} s is said of ${PREFECTURE}`;
  return {
    job: `${headcount} people loaded`,
    ours: seconds,
    peer: median(peers),
    peerName: 'COPY of the ready rows, one key',
    ratio: seconds / median(peers),
    unit: 's',
    n: rounds,
    note: `${goal}; ours makes the people, seals their numbers, writes homes and places, builds every index and checks every key`,
  };
}

/** The rows that were just written, as bytes, into a table with the same columns and one key. */
async function copyPeople(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('create table peer_person (like person, primary key (id))');
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo('copy person to stdout'))) chunks.push(chunk as Buffer);
    const began = performance.now();
    const stream = client.query(copyFrom('copy peer_person from stdin'));
    for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}
