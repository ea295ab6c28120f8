import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Language } from '../i18n/words.ts';
import type { Palette, ThemeName } from '../tokens/tokens.ts';
import type { MapData } from './map-data.ts';

const collect = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
const point = (id: string, at: readonly number[], properties: Record<string, unknown>): Feature =>
  feature(id, { type: 'Point', coordinates: [...at] }, properties);
const feature = (id: string, geometry: Geometry, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  geometry,
  properties: { id, ...properties },
});

function sourcesOf(data: MapData, language: Language, selected: string | null) {
  const nameOf = (properties: { name: string; nameEn: string }) =>
    language === 'zh' ? properties.name : properties.nameEn;
  const outlines = data.outlines.features.map(({ geometry, properties }) =>
    feature(properties.division, geometry, {
      shade: data.shades?.[properties.division] ?? 0,
      selected: properties.division === selected,
    }),
  );
  // A MultiPolygon would be labelled once per part: labels stand on their own points.
  const labels = data.outlines.features.map(({ properties }) =>
    point(properties.division, properties.labelPoint, { name: nameOf(properties) }),
  );
  const points = (data.points ?? []).map(({ id, name, at, approximate = false, marked = false }) =>
    point(id, at, { name, approximate, marked, selected: id === selected }),
  );
  const areas = (data.areas ?? []).map(({ id, name, level, geometry }) =>
    feature(id, geometry, { name, level, selected: id === selected }),
  );
  const stays = data.stays ?? [];
  const path: Feature[] =
    stays.length < 2
      ? []
      : [feature('path', { type: 'LineString', coordinates: stays.map(({ at }) => [...at]) }, {})];
  const stops = stays.map(({ id, at, approximate = false }, index) =>
    point(id, at, { order: String(index + 1), approximate, selected: id === selected }),
  );
  return { outlines, labels, points, areas, path, stops };
}

/** The whole map as one MapLibre style: no tile, no glyph server; every colour from the tokens. */
export function mapStyle(
  data: MapData,
  theme: ThemeName,
  palette: Palette,
  language: Language,
  selected: string | null,
): StyleSpecification {
  const sources = sourcesOf(data, language, selected);
  return {
    version: 8,
    sources: Object.fromEntries(
      Object.entries(sources).map(([name, features]) => [name, { type: 'geojson', data: collect(features) }]),
    ),
    layers: layersOf(theme, palette),
  };
}

function layersOf(theme: ThemeName, palette: Palette): LayerSpecification[] {
  const text = { 'text-font': ['sans-serif'], 'text-padding': 4 };
  const halo = { 'text-halo-color': palette.mapHalo, 'text-halo-width': 1.5 };
  const isSelected = ['get', 'selected'] as never;
  const byLevel = (high: string, medium: string, low: string) =>
    ['match', ['get', 'level'], 'high', high, 'medium', medium, low] as never;
  const levelColor = byLevel(palette.high, palette.medium, palette.low);
  const isPoint = ['==', ['geometry-type'], 'Point'] as never;
  const isFace = ['!=', ['geometry-type'], 'Point'] as never;
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': palette.mapGround } },
    {
      id: 'land',
      type: 'fill',
      source: 'outlines',
      paint: {
        'fill-color': [
          'match',
          ['get', 'shade'],
          1,
          palette.scale1,
          2,
          palette.scale2,
          3,
          palette.scale3,
          4,
          palette.scale4,
          5,
          palette.scale5,
          palette.mapLand,
        ],
      },
    },
    {
      id: 'border',
      type: 'line',
      source: 'outlines',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.mapBorder, 'line-width': 1 },
    },
    {
      id: 'border-selected',
      type: 'line',
      source: 'outlines',
      filter: isSelected,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.accent, 'line-width': 2.5 },
    },
    {
      id: 'area',
      type: 'fill',
      source: 'areas',
      filter: isFace,
      paint: { 'fill-pattern': ['concat', 'area-', ['get', 'level'], `-${theme}`] },
    },
    {
      id: 'area-edge',
      type: 'line',
      source: 'areas',
      filter: isFace,
      paint: { 'line-color': levelColor, 'line-width': ['case', isSelected, 3, 1.5] },
    },
    {
      id: 'path',
      type: 'line',
      source: 'path',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': palette.series3, 'line-width': 2, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'point',
      type: 'circle',
      source: 'points',
      paint: {
        'circle-radius': ['case', ['get', 'marked'], 6, 3.5],
        'circle-color': [
          'case',
          ['get', 'approximate'],
          palette.mapLand,
          ['get', 'marked'],
          palette.accent,
          palette.mapLabel,
        ],
        'circle-stroke-width': ['case', isSelected, 3, ['get', 'marked'], 2, 1.2],
        'circle-stroke-color': [
          'case',
          isSelected,
          palette.focus,
          ['get', 'approximate'],
          palette.mapBorder,
          palette.mapHalo,
        ],
      },
    },
    {
      id: 'point-name',
      type: 'symbol',
      source: 'points',
      minzoom: 8,
      layout: {
        ...text,
        'text-field': ['get', 'name'],
        'text-size': 11,
        'text-anchor': 'left',
        'text-offset': [0.8, 0],
      },
      paint: { ...halo, 'text-color': palette.textSecondary },
    },
    {
      id: 'division-name',
      type: 'symbol',
      source: 'labels',
      layout: {
        ...text,
        'text-field': ['get', 'name'],
        'text-size': 13,
        'text-max-width': 6,
        'text-letter-spacing': 0.06,
        // Above the seat: marks of what happens there stand on it.
        'text-anchor': 'bottom',
        'text-offset': [0, -1],
        'text-allow-overlap': true,
      },
      paint: { ...halo, 'text-color': palette.mapLabel },
    },
    {
      id: 'area-point',
      type: 'symbol',
      source: 'areas',
      filter: isPoint,
      layout: {
        'icon-image': ['concat', 'mark-', ['get', 'level'], `-${theme}`],
        'icon-allow-overlap': true,
        'icon-size': ['case', isSelected, 1.35, 1],
      },
    },
    {
      id: 'stop',
      type: 'circle',
      source: 'stops',
      paint: {
        'circle-radius': ['case', isSelected, 12, 9],
        'circle-color': ['case', ['get', 'approximate'], palette.mapLand, palette.series3],
        'circle-stroke-color': palette.series3,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'stop-order',
      type: 'symbol',
      source: 'stops',
      layout: { ...text, 'text-field': ['get', 'order'], 'text-size': 11, 'text-allow-overlap': true },
      paint: { 'text-color': ['case', ['get', 'approximate'], palette.mapLabel, palette.surface] },
    },
  ];
}
