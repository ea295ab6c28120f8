/** The icons, drawn on a 20 px grid with one 1.5 px line so that they sit together. */
const paths = {
  situation: 'M3 6l4.7-2 4.6 2L17 4v10l-4.7 2-4.6-2L3 16zM7.7 4v10M12.3 6v10',
  command: 'M5 17V3M5 4h9.5l-2 3.2 2 3.3H5',
  investigation: 'M9 15A6 6 0 109 3a6 6 0 000 12zM13.4 13.4L17 17M9 6.5v2.7l1.8 1.3',
  testing: 'M8 3v9.5a2.5 2.5 0 005 0V3M6.5 3h8M8 9h5',
  control: 'M10 2.8l6 2.2v4.6c0 3.6-2.5 6.3-6 7.6-3.5-1.3-6-4-6-7.6V5zM7.3 9.8l2 2 3.6-3.8',
  care: 'M3 16V5M3 9.5h14V16M3 13.5h14M6.2 7.3h4.3v2.2',
  support: 'M3 6.2L10 3l7 3.2v7.6L10 17l-7-3.2zM3 6.2l7 3.1 7-3.1M10 9.3V17',
  information: 'M3 8.2v3.6h2.8L13 15.5v-11L5.8 8.2zM15.6 7.6a3.6 3.6 0 010 4.8M6.4 12l.9 4h2',
  analysis: 'M3 17h14M5 14v-3M9 14V8M13 14V5M17 14V9',
  oversight:
    'M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 100-4.4 2.2 2.2 0 000 4.4z',
  drills: 'M6.5 4v12l9-6z',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4.2v3.6M7 12.2v3.6',
  search: 'M9 15A6 6 0 109 3a6 6 0 000 12zM13.4 13.4L17 17',
  bell: 'M4.5 14h11c-1-1-1.5-2-1.5-5a4 4 0 00-8 0c0 3-.5 4-1.5 5zM8.5 16.5h3',
  'bell-off':
    'M6.2 7.8C6 8.2 6 8.6 6 9c0 3-.5 4-1.5 5H13M8 5.5A4 4 0 0114 9c0 1.2.1 2 .3 2.7M8.5 16.5h3M3.5 3.5l13 13',
  task: 'M4 4h12v12H4zM7 10l2.2 2.2L13.2 8',
  clock: 'M10 17a7 7 0 100-14 7 7 0 000 14zM10 6v4.2l2.8 1.8',
  globe:
    'M10 17a7 7 0 100-14 7 7 0 000 14zM3 10h14M10 3c2.3 2 3.2 4.3 3.2 7s-.9 5-3.2 7c-2.3-2-3.2-4.3-3.2-7S7.7 5 10 3z',
  sun: 'M10 13.2a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2',
  moon: 'M16.5 12A7 7 0 018 3.5a7 7 0 108.5 8.5z',
  contrast: 'M10 17a7 7 0 100-14 7 7 0 000 14zM10 3v14M10 6h5.5M10 9h7M10 12h6.5M10 15h4.5',
  account: 'M10 10a3 3 0 100-6 3 3 0 000 6zM4 16.5c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5',
  close: 'M5 5l10 10M15 5L5 15',
  previous: 'M5 12.5L10 7.5l5 5',
  next: 'M5 7.5l5 5 5-5',
  back: 'M12.5 5l-5 5 5 5',
  forward: 'M7.5 5l5 5-5 5',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  columns: 'M3 4h14v12H3zM8 4v12M12.5 4v12',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 016 0V9',
  warning: 'M10 3.5L17.5 16h-15zM10 8v4M10 13.8v.4',
  check: 'M4 10.5l4 4 8-9',
  pause: 'M7 4.5v11M13 4.5v11',
  play: 'M6.5 4v12l9-6z',
  step: 'M5 4.5v11l7-5.5zM15 4.5v11',
  restart: 'M4.5 10a5.5 5.5 0 101.7-4M6.5 2.8V6.2H3.2',
  download: 'M10 3v9M6.5 9l3.5 3.5L13.5 9M4 16.5h12',
  plus: 'M10 4v12M4 10h12',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside a word; it says nothing to a screen reader, so the word must be there. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="lv-icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
