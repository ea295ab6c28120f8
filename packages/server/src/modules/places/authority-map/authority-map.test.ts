import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { openTestHouse, type TestHouse } from '../../../platform/testing/index.ts';
import { importDivisions, importOutlines } from './authority-map.ts';
import { readDivisionsFile, textOfFile } from './divisions-file.ts';
import { insidePoint } from './inside-point.ts';
import { type KnownArea, readOutlinesFile } from './outlines-file.ts';

const shipped = readFileSync(
  fileURLToPath(new URL('../../../../../../data/geo/hainan-outlines.geojson', import.meta.url)),
  'utf8',
);
const gonghe: KnownArea = { nameZh: '共和县', nameEn: 'Gonghe County', lon: 100.62, lat: 36.28 };
const known = new Map([['632521', gonghe]]);
const square = (west: number, south: number, side = 1) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const collection = (coordinates: unknown, properties: object = { division: '632521' }, crs?: string) =>
  JSON.stringify({
    type: 'FeatureCollection',
    ...(crs && { crs: { properties: { name: crs } } }),
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } }],
  });
const verdictsOf = (text: string) =>
  readOutlinesFile(text, known, 'wgs84').verdicts.map(({ problem }) => problem.zh);

describe('an authority’s outlines', () => {
  it('a sound outline is taken with a label point inside it [D2]', () => {
    const { outlines, verdicts } = readOutlinesFile(collection([square(100, 36)]), known, 'wgs84');
    expect(verdicts).toEqual([]);
    expect(outlines[0]).toMatchObject({ division: '632521', nameZh: '共和县' });
    const [lon, lat] = outlines[0]!.labelPoint;
    expect(lon > 100 && lon < 101 && lat > 36 && lat < 37).toBe(true);
  });

  it('an outline that crosses itself is refused with the place where it does [D2]', () => {
    const bow = [
      [100, 36],
      [101, 37],
      [101, 36],
      [100, 37],
      [100, 36],
    ];
    expect(verdictsOf(collection([bow]))).toEqual(['边界在 100.5000, 36.5000 处自相交']);
  });

  it('swapped degrees, an open ring, an unknown code and a far-off outline each have their own verdict [D2]', () => {
    const swapped = square(100, 36).map(([lon, lat]) => [lat, lon]);
    expect(verdictsOf(collection([swapped]))[0]).toContain('经度、纬度颠倒了');
    expect(verdictsOf(collection([square(100, 36).slice(0, 4)]))[0]).toContain('没有闭合');
    expect(verdictsOf(collection([square(100, 36)], { code: '632599' }))[0]).toContain('632599 不在区划中');
    expect(verdictsOf(collection([square(116, 39)]))[0]).toContain('代码与轮廓不符');
    expect(verdictsOf(collection([square(100, 36)], {}))[0]).toContain('没有 division');
  });

  it('coordinates in metres are refused with what to do [D2]', () => {
    expect(() => verdictsOf(collection([square(100, 36)], undefined, 'EPSG:3857'))).toThrow(/--datum gcj02/);
    expect(verdictsOf(collection([square(100, 36)], undefined, 'urn:ogc:def:crs:EPSG::4490'))).toEqual([]);
  });

  it('GCJ-02 is brought to WGS-84: some hundred metres, towards the west [D2]', () => {
    const text = collection([square(100, 36)]);
    const [plain, moved] = (['wgs84', 'gcj02'] as const).map(
      (datum) => readOutlinesFile(text, known, datum).outlines[0]!.geometry.coordinates[0]![0]![0]!,
    );
    const metres = (plain![0] - moved![0]) * 111_320 * Math.cos((36 * Math.PI) / 180);
    expect(metres).toBeGreaterThan(50);
    expect(metres).toBeLessThan(800);
  });

  it('the label of a crescent lies in its flesh, not in its hollow [D2]', () => {
    const crescent = [
      [
        [0, 0],
        [10, 0],
        [10, 1],
        [1, 1],
        [1, 9],
        [10, 9],
        [10, 10],
        [0, 10],
        [0, 0],
      ],
    ] as const;
    const [lon] = insidePoint([crescent]);
    expect(lon).toBeLessThan(1);
  });

  it('the shipped map itself passes [D2]', () => {
    const all = new Map(
      ['632521', '632522', '632523', '632524', '632525'].map((code) => [
        code,
        { ...gonghe, lon: null, lat: null },
      ]),
    );
    const { outlines, verdicts } = readOutlinesFile(shipped, all, 'wgs84');
    expect(verdicts).toEqual([]);
    expect(outlines).toHaveLength(5);
  });
});

describe('an authority’s division tree', () => {
  const tree = new Set(['6325', '632521', '632521100', '632521100001']);
  const read = (text: string) => readDivisionsFile(text, tree, '6325');

  it('padded codes, own codes and grids down to a unit find their level and parent [D2]', () => {
    const { lines, verdicts, ignored } = read(
      '代码,名称,人数,民族\n632521100000,恰卜恰镇,30000,x\n632521100001-G01,一网格,300,x\n632521100001-G01-B02,2号楼,80,x\n',
    );
    expect(verdicts).toEqual([]);
    expect(lines.map(({ code, level, parentCode }) => [code, level, parentCode])).toEqual([
      ['632521100', 'township', '632521'],
      ['632521100001-G01', 'grid', '632521100001'],
      ['632521100001-G01-B02', 'building', '632521100001-G01'],
    ]);
    // R1: a column about people's ethnicity is dropped, and that is said.
    expect(ignored).toEqual(['民族']);
  });

  it('every wrong line is named with its number and its value [D2]', () => {
    const { verdicts } = read(
      'code,name,lon,lat,headcount\nabc,甲,,,\n632521100,乙,100,36,12\n632521100,丙,,,\n632521300001,丁,,,\n110101,戊,,,\n632521100002,,200,36,-4\n',
    );
    expect(verdicts.map(({ where, problem }) => `${where.zh}：${problem.zh}`)).toEqual([
      '第 2 行：代码“abc”不是区划代码',
      '第 4 行：代码 632521100 与第 3 行重复',
      '第 6 行：110101 不在本辖区 6325 内',
      '第 7 行：632521100002 没有名称',
      '第 7 行：经度“200”不在 -180 到 180 之间',
      '第 7 行：人数“-4”不在 0 到 50000000 之间',
      '第 5 行：632521300001 的上级 632521300 既不在文件中，也不在现有区划中',
    ]);
  });

  it('a spreadsheet’s GB 18030 is read as what it says [D2]', () => {
    expect(textOfFile(Buffer.from([0xc7, 0xa1, 0xb2, 0xb7, 0xc7, 0xa1]))).toBe('恰卜恰');
    expect(textOfFile(Buffer.from('恰卜恰', 'utf8'))).toBe('恰卜恰');
  });
});

describe('loading them', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());
  const inHouse = <T>(work: (context: ReturnType<typeof systemContext>) => Promise<T>) =>
    inScopedTransaction(house.platform.db, '6325', (trx) => work(systemContext(house.platform, trx)));

  it('the map then shows the authority’s outline, its source, and ours only where it gave none [D2]', async () => {
    const county = await house.signIn('duty_officer', '632521');
    const before = await county.client.places.outlines();
    const text = collection([square(100.1, 36.1, 0.5)]);
    const outcome = await inHouse((context) =>
      importOutlines(context, text, { datum: 'wgs84', source: '州自然资源局 2025' }),
    );
    expect(outcome.verdicts).toEqual([]);
    const after = await county.client.places.outlines();
    const drawn = after.areas.find(({ division }) => division === '632521')!;
    expect(drawn.source).toBe('州自然资源局 2025');
    expect(drawn.geometry).toEqual({ type: 'MultiPolygon', coordinates: [[square(100.1, 36.1, 0.5)]] });
    expect(drawn.geometry).not.toEqual(before.areas.find(({ division }) => division === '632521')!.geometry);
    expect(after.attribution).toContain('州自然资源局 2025');
    const prefecture = await house.signIn('duty_officer', '6325');
    const all = await prefecture.client.places.outlines();
    expect(all.areas).toHaveLength(5);
    // A neighbour's map is the neighbour's: it shows none of this county's outline.
    const neighbour = await house.signIn('duty_officer', '632523');
    const seen = (await neighbour.client.places.outlines()).areas.map(({ division }) => division);
    expect(seen).toEqual(['632523']);
  });

  it('one wrong line, and nothing of the file is written [D2 T18]', async () => {
    const text = 'code,name\n632521100001-G90,九十网格\n632521999001-G01,无上级\n';
    const outcome = await inHouse((context) => importDivisions(context, text));
    expect(outcome.verdicts).toHaveLength(1);
    const rows = await house.asSuperuser(`select 1 from place where code = '632521100001-G90'`);
    expect(rows).toHaveLength(0);
  });

  it('loaded twice it is there once; a changed headcount is a change; it is found by pinyin [D2]', async () => {
    const load = (count: number) =>
      inHouse((context) =>
        importDivisions(context, `code,name,headcount\n632521100001-G91,望河网格,${count}\n`),
      );
    expect(await load(120)).toMatchObject({ added: 1, changed: 0 });
    expect(await load(120)).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
    expect(await load(130)).toMatchObject({ added: 0, changed: 1 });
    const officer = await house.signIn('duty_officer', '632521');
    const { items } = await officer.client.places.search({ query: { q: 'whwg' } });
    expect(items[0]).toMatchObject({ nameZh: '望河网格', headcount: 130, level: 'grid' });
    expect(items[0]!.path.at(-1)!.nameZh).toBe('城中社区');
  });
});
