import * as maplibregl from 'maplibre-gl';
// The module worker imports a second file, so it has to be built as a worker of its own.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { registerWords, useLanguage, useWords } from '../i18n/words.ts';
import { useSingleKeys } from '../preferences/preferences.ts';
import { useTheme } from '../theme/theme.ts';
import type { Palette } from '../tokens/tokens.ts';
import { boundsOf, type MapData, type MapThing } from './map-data.ts';
import { drawMapImage } from './map-images.ts';
import { MapList } from './map-list.tsx';
import { mapStyle } from './map-style.ts';
import 'maplibre-gl/dist/maplibre-gl.css';
import './map-view.css';

maplibregl.setWorkerUrl(workerUrl);

const words = registerWords('ui.map', {
  zh: {
    list: '列表（L）',
    map: '地图（L）',
    in: '放大',
    out: '缩小',
    whole: '全图',
    note: '示意图，界线不作为划界依据',
    hollow: '空心点：位置为近似值',
    none: '此设备无法显示地图，以下为同一内容的列表',
  },
  en: {
    list: 'List (L)',
    map: 'Map (L)',
    in: 'Zoom in',
    out: 'Zoom out',
    whole: 'Whole map',
    note: 'Schematic; outlines decide no boundary',
    hollow: 'Hollow: position approximate',
    none: 'This device cannot draw the map; the list holds the same',
  },
});

/** Layers that answer a press, topmost first. */
const pressable = [
  ['stop', 'stay'],
  ['area-point', 'area'],
  ['area', 'area'],
  ['point', 'point'],
  ['land', 'division'],
] as const satisfies readonly (readonly [layer: string, thing: MapThing])[];

/** Two places in one street are not shown so near that nothing else is on the map. */
const CLOSEST = 14;
const NOTHING: MapData['outlines'] = { type: 'FeatureCollection', features: [] };

export interface MapViewProps extends MapData {
  /** What the map shows, for a screen reader. */
  readonly label: string;
  readonly selected?: string | null;
  readonly onSelect?: (id: string | null, thing: MapThing | null) => void;
  /** Where outlines and positions come from. */
  readonly source: string;
  /** Frames the points and stays instead of the outlines they lie in. */
  readonly closeUp?: boolean;
}

/**
 * A map from local data only. Every thing on it is also in its list (key L), which does all the map does.
 * Fills its parent; keep the data props memoised.
 */
export function MapView({
  label,
  selected = null,
  onSelect,
  source,
  closeUp = false,
  ...data
}: MapViewProps) {
  const t = useWords(words);
  const current = useLanguage();
  const { name: theme, palette } = useTheme();
  const singleKeys = useSingleKeys();
  const [asList, setAsList] = useState(false);
  const [broken, setBroken] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const map = useRef<maplibregl.Map | null>(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const colors = useRef<Palette>(palette);
  colors.current = palette;
  const { outlines, shades, points, areas, stays } = data;
  const style = useMemo(
    () =>
      mapStyle(definedOnly({ outlines, shades, points, areas, stays }), theme, palette, current, selected),
    [outlines, shades, points, areas, stays, theme, palette, current, selected],
  );
  const framed = () => boundsOf(closeUp ? { ...data, outlines: NOTHING } : data) ?? boundsOf(data);
  const latest = useRef(style);
  latest.current = style;
  const drawn = useRef<typeof style | null>(null);
  const hollow = [...(points ?? []), ...(stays ?? [])].some(({ approximate }) => approximate);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once per outline; the rest goes into its style
  useEffect(() => {
    if (host.current === null) return;
    let made: maplibregl.Map;
    try {
      made = new maplibregl.Map({
        container: host.current,
        style: latest.current,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        maxPitch: 0,
        ...(framed() && { bounds: framed()! }),
        fitBoundsOptions: { padding: 32, maxZoom: CLOSEST },
      });
    } catch {
      setBroken(true);
      return;
    }
    made.touchZoomRotate.disableRotation();
    made.setMissingStyleImageResolver((id) => {
      const image = drawMapImage(id, colors.current);
      if (image !== null && !made.hasImage(id)) made.addImage(id, image, { pixelRatio: 2 });
    });
    made.on('click', ({ point }) => {
      for (const [layer, thing] of pressable) {
        const hit = made.getLayer(layer) && made.queryRenderedFeatures(point, { layers: [layer] })[0];
        if (hit) return select.current?.(String(hit.properties['id']), thing);
      }
      select.current?.(null, null);
    });
    map.current = made;
    drawn.current = latest.current;
    return () => {
      made.remove();
      map.current = null;
    };
  }, [outlines]);
  useEffect(() => {
    if (drawn.current === style) return;
    drawn.current = style;
    map.current?.setStyle(style, { diff: true });
  }, [style]);

  const whole = () => {
    const bounds = framed();
    if (bounds !== null) map.current?.fitBounds(bounds, { padding: 32, maxZoom: CLOSEST });
  };
  const press = (event: KeyboardEvent) => {
    if (singleKeys && event.key.toLowerCase() === 'l' && !event.ctrlKey && !event.metaKey && !event.altKey)
      setAsList(!asList);
  };
  const listed = asList || broken;
  return (
    <section className="lv-map" aria-label={label} onKeyDown={press}>
      <div className="lv-map__canvas" ref={host} hidden={listed} />
      {listed && (
        <MapList
          data={data}
          selected={selected}
          note={broken ? t('none') : undefined}
          onSelect={(id, thing) => onSelect?.(id, thing)}
        />
      )}
      <div className="lv-map__tools lv-no-print">
        {!listed && (
          <>
            <button type="button" aria-label={t('in')} title={t('in')} onClick={() => map.current?.zoomIn()}>
              +
            </button>
            <button
              type="button"
              aria-label={t('out')}
              title={t('out')}
              onClick={() => map.current?.zoomOut()}
            >
              −
            </button>
            <button type="button" onClick={whole}>
              {t('whole')}
            </button>
          </>
        )}
        {!broken && (
          <button type="button" aria-pressed={asList} onClick={() => setAsList(!asList)}>
            {asList ? t('map') : t('list')}
          </button>
        )}
      </div>
      <p className="lv-map__note">
        {t('note')} · {source}
        {hollow && <> · {t('hollow')}</>}
      </p>
    </section>
  );
}

/** Leaves out what is undefined, as exact optional properties ask. */
function definedOnly(data: { [Key in keyof MapData]: MapData[Key] | undefined }): MapData {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== undefined),
  ) as unknown as MapData;
}
