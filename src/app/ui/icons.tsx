/** The icons, drawn with one stroke in 20 px. Each is next to words, or has a label that says the same. */

const PATHS = {
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M6 8l4 4 4-4',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  keep: 'M6 3.5h8v13l-4-3.5-4 3.5z',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6',
  pencil: 'M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2z',
  pause: 'M7 5v10M13 5v10',
  stop: 'M5.5 5.5h9v9h-9z',
  play: 'M7 4.5l8.5 5.5L7 15.5z',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 4a5 5 0 100 10A5 5 0 009 4zM13 13l3.5 3.5',
  sun: 'M10 6.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16 11.5A6.5 6.5 0 018.5 4a6.5 6.5 0 107.5 7.5z',
  contrast: 'M10 3a7 7 0 100 14 7 7 0 000-14zM10 3v14',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3v.1',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 016 0V9',
  undo: 'M7 5L3.5 8.5 7 12M4 8.5h8a4 4 0 010 8H9',
  upload: 'M10 13V4M6.5 7.5L10 4l3.5 3.5M4 13v3.5h12V13',
  download: 'M10 4v9M6.5 9.5L10 13l3.5-3.5M4 13v3.5h12V13',
  more: 'M5 9.2a.8.8 0 110 1.6.8.8 0 010-1.6zM10 9.2a.8.8 0 110 1.6.8.8 0 010-1.6zM15 9.2a.8.8 0 110 1.6.8.8 0 010-1.6z',
  pin: 'M7 3h6M8 3v6l-2.5 3.5h9L12 9V3M10 12.5V17',
  again: 'M15.5 7A6 6 0 104.2 9.5M15.8 3.5V7h-3.5M4.5 13a6 6 0 0011.3-2.5',
  forward: 'M4 10h11M11 6l4 4-4 4',
  keys: 'M2.5 5.5h15v9h-15zM5.5 8.5h.1M8.5 8.5h.1M11.5 8.5h.1M14.5 8.5h.1M6.5 11.7h7',
  share: 'M10 12.5V3.5M6.5 7L10 3.5 13.5 7M5.5 9.5h-1v7h11v-7h-1',
  out: 'M8 5H4.5v10.5H15V12M10.5 9.5L16 4M12 4h4v4',
  picture: 'M3.5 4.5h13v11h-13zM3.5 13l4-4 4 4 2-2 3 3M12.5 8h.1',
  folder: 'M3.5 15.5v-11h5l1.5 2h6.5v9z',
  sparkle: 'M10 3.5l1.6 4.9 4.9 1.6-4.9 1.6L10 16.5l-1.6-4.9L3.5 10l4.9-1.6z',
} as const;

export type IconName = keyof typeof PATHS;

/** Those that point along the text, and so the other way where text runs from right to left. */
const ALONG_TEXT: readonly IconName[] = ['forward', 'undo', 'out'];

/** Icons are decorative: the control around an icon has the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class={ALONG_TEXT.includes(name) ? 'icon icon-along' : 'icon'}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
