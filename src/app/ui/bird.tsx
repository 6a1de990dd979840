/**
 * The myna: glossy black, with an orange beak, a yellow wattle and a white patch on the wing.
 *
 * It is the page's only ornament and shows what is happening: it opens its beak for files, listens during training,
 * and talks while it writes. Its colours and animations are in `styles/bird.css`.
 */

export type BirdMood = 'idle' | 'hungry' | 'learning' | 'talking';

export function Bird({ mood }: { mood: BirdMood }) {
  return (
    <svg class={`bird bird-${mood}`} viewBox="0 0 160 146" aria-hidden="true">
      <path
        class="bird-legs"
        d="M80 124L83 143M83 143h9M83 143h-7M97 121L101 143M101 143h9M101 143h-7"
      />
      <g class="bird-body">
        <path
          class="bird-feathers"
          d="M118 31C110 14 86 12 77 33C70 52 54 64 43 86C35 102 25 117 11 131L27 143C38 135 49 127 59 122C88 131 118 117 123 89C126 74 123 62 119 53Z"
        />
        <path
          class="bird-wing"
          d="M64 72C84 66 101 78 99 97C84 110 58 111 31 125C43 108 50 88 64 72Z"
        />
        <path class="bird-sheen" d="M64 72C84 66 101 78 99 97C92 84 78 76 64 72Z" />
        <path class="bird-patch" d="M52 107C64 99 78 98 90 103C78 109 62 110 46 117Z" />
        <g class="bird-head">
          <path
            class="bird-wattle"
            d="M111 46C106 42 100 43 96 46C90 44 84 41 78 37C77 46 81 53 88 54C92 54 94 52 96 51C102 53 108 51 111 46Z"
          />
          <g class="bird-eye">
            <circle cx="105" cy="33" r="5.2" fill="#fff" />
            <circle cx="106.2" cy="33.2" r="3.4" fill="#14181c" />
            <circle cx="107.4" cy="31.8" r="1.1" fill="#fff" />
          </g>
          <path
            class="bird-beak-lower"
            d="M119 45C127 45 135 45 141 45C136 52 127 55 119 53C118 50 118 48 119 45Z"
          />
          <path
            class="bird-beak-upper"
            d="M117 29C130 26 143 33 149 43C139 45 129 45 119 45C116 40 115 34 117 29Z"
          />
        </g>
      </g>
    </svg>
  );
}

/** The logo in 64 × 64 units: the bird's head on a yellow tile, the same drawing as in `public/favicon.svg`. */
export const BIRD_MARK: readonly { readonly fill: string; readonly d: string }[] = [
  {
    fill: '#ffc414',
    d: 'M18 0H46A18 18 0 0164 18V46A18 18 0 0146 64H18A18 18 0 010 46V18A18 18 0 0118 0Z',
  },
  {
    fill: '#14181c',
    d: 'M7 57C8 47 12 42 12 30C12 16 21 9 31 9C41 9 47 16 48 25C49 40 53 47 54 57Q54 60 51 60H10Q7 60 7 57Z',
  },
  {
    fill: '#ffc414',
    d: 'M43 38C39 33 32 34 28 37C22 36 17 33 12 29C11 40 16 46 24 46C29 46 30 44 32 43C38 45 42 42 43 38Z',
  },
  { fill: '#fff', d: 'M35 18.1A5.4 5.4 0 0135 28.9A5.4 5.4 0 0135 18.1Z' },
  { fill: '#14181c', d: 'M36.4 20.2A3.5 3.5 0 0136.4 27.2A3.5 3.5 0 0136.4 20.2Z' },
  { fill: '#f0641e', d: 'M46 19C54 18 60 23 63 30C57 32 51 32 47 32C44 28 44 23 46 19Z' },
  {
    fill: '#c8430a',
    d: 'M47 32C51 32 55 32 58 31.5C55 37 51 39 48 38.5C46.5 36 46.5 34 47 32Z',
  },
];

export function BirdMark({ class: className = '' }: { class?: string }) {
  return (
    <svg class={`bird-mark ${className}`} viewBox="0 0 64 64" aria-hidden="true">
      {BIRD_MARK.map(({ fill, d }) => (
        <path key={d} fill={fill} d={d} />
      ))}
    </svg>
  );
}
