/** One tree of places: prefecture to unit, with venues and vehicles hanging in it. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { actorRef, division, id, instant, list, page, pageQuery, prose } from './shapes.ts';

export const placeEvents = {
  'place.added': { zh: '新增场所', en: 'Place added' },
  'place.changed': { zh: '场所信息变更', en: 'Place changed' },
} as const;

/** From the prefecture down to a unit of a building; a venue and a vehicle stand outside the ladder. */
export const PLACE_TREE_LEVELS = [
  'prefecture',
  'county',
  'township',
  'community',
  'grid',
  'building',
  'unit',
  'venue',
  'vehicle',
] as const;
/** Neutral functional classes (R1): what happens in a place, never who goes there. */
export const VENUE_CLASSES = [
  'dwelling',
  'school',
  'work',
  'market',
  'catering',
  'care',
  'lodging',
  'transport',
  'gathering_indoor',
  'gathering_outdoor',
  'checkpoint',
  'test_site',
  'isolation_site',
  'laboratory',
  'public_office',
] as const;
export type PlaceTreeLevel = (typeof PLACE_TREE_LEVELS)[number];
export type VenueClass = (typeof VENUE_CLASSES)[number];

export const place = z.strictObject({
  id,
  parentId: id.nullable(),
  /** GB/T code or its extension; null for venues and vehicles. */
  code: z.string().nullable(),
  level: z.enum(PLACE_TREE_LEVELS),
  class: z.enum(VENUE_CLASSES).nullable(),
  division,
  nameZh: z.string(),
  nameEn: z.string(),
  /** WGS-84 degrees. */
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** True where no surveyed source stands behind the position: shown as approximate. */
  approximate: z.boolean(),
  indoors: z.boolean(),
  headcount: z.int(),
  /** 恰卜恰镇 › 城北社区 › …, for people. */
  path: z.array(z.strictObject({ id, nameZh: z.string(), nameEn: z.string() })),
});
export type Place = z.output<typeof place>;

/** A place of the division tree with who looks after it and what below it nobody looks after (D2). */
export const placeInTree = place.extend({
  childCount: z.int(),
  steward: z.strictObject({ account: actorRef, since: instant }).nullable(),
  /** Grids inside, itself included where it is one; those without a steward are the gaps. */
  gridCount: z.int(),
  gridsWithoutSteward: z.int(),
});
export type PlaceInTree = z.output<typeof placeInTree>;

/** What a map needs of an area, without the person-level detail. */
export const areaOutline = z.strictObject({
  division,
  nameZh: z.string(),
  nameEn: z.string(),
  labelPoint: z.tuple([z.number(), z.number()]),
  geometry: z.unknown(),
  source: z.string(),
});

export const places = {
  search: get('/places', {
    summary: { zh: '查找场所', en: 'Find places' },
    access: 'places.read',
    query: z.strictObject({
      ...pageQuery,
      q: z.string().max(60).optional(),
      within: division.optional(),
      level: list(z.enum(PLACE_TREE_LEVELS)),
      class: list(z.enum(VENUE_CLASSES)),
    }),
    response: page(place),
  }),
  byId: get('/places/:placeId', {
    summary: { zh: '场所详情', en: 'One place' },
    access: 'places.read',
    params: z.strictObject({ placeId: id }),
    response: place,
  }),
  children: get('/places/:placeId/children', {
    summary: { zh: '下级场所', en: 'Places below a place' },
    access: 'places.read',
    params: z.strictObject({ placeId: id }),
    query: z.strictObject(pageQuery),
    response: page(place),
  }),
  tree: get('/places/tree', {
    summary: {
      zh: '区划与网格树：人数、网格长、空白',
      en: 'The division tree: headcounts, stewards, gaps; without a parent, the reader’s own area',
    },
    access: 'places.read',
    query: z.strictObject({ ...pageQuery, parentId: id.optional() }),
    response: page(placeInTree),
  }),
  stewardCandidates: get('/places/:placeId/steward-candidates', {
    summary: { zh: '可任网格长的人员', en: 'Who may look after a place' },
    access: 'places.write',
    params: z.strictObject({ placeId: id }),
    response: z.strictObject({ items: z.array(actorRef), asOf: instant }),
  }),
  setSteward: post('/places/:placeId/steward', {
    summary: { zh: '落实或撤换网格长', en: 'Say who looks after a place; null leaves it empty' },
    access: 'places.write',
    params: z.strictObject({ placeId: id }),
    body: z.strictObject({ accountId: id.nullable() }),
    response: placeInTree,
  }),
  outlines: get('/places/outlines', {
    summary: { zh: '辖区轮廓', en: 'Outlines of the areas' },
    access: 'places.read',
    priority: 'dashboard',
    response: z.strictObject({
      attribution: z.string(),
      areas: z.array(areaOutline),
      townships: z.array(place),
    }),
  }),
  add: post('/places', {
    summary: { zh: '登记场所', en: 'Register a venue' },
    access: 'places.write',
    body: z.strictObject({
      id,
      parentId: id,
      class: z.enum(VENUE_CLASSES),
      nameZh: prose(80),
      nameEn: prose(120).optional(),
      lon: z.number().min(-180).max(180).nullable(),
      lat: z.number().min(-90).max(90).nullable(),
      indoors: z.boolean(),
    }),
    response: place,
  }),
};
