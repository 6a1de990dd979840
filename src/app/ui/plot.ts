/** Draws with uPlot in the page's colours, and follows changes of theme and width. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { effect } from '@preact/signals';
import { language } from '../texts/language.ts';
import { theme } from '../state/settings.ts';

export interface Plot {
  /** Draws again with the options and the data as they are now. */
  redraw(): void;
  /** Draws other data with the same options. */
  setData(data: uPlot.AlignedData): void;
  dispose(): void;
}

/** What a chart needs of the page: its width, and its colours and letters, which a canvas can't take from CSS. */
export interface Paper {
  readonly width: number;
  readonly color: (property: string) => string;
  readonly axis: uPlot.Axis;
}

export function createPlot(
  element: HTMLElement,
  height: number,
  make: (paper: Paper) => { readonly options: uPlot.Options; readonly data: uPlot.AlignedData },
): Plot {
  let plot: uPlot | null = null;

  function build(): void {
    plot?.destroy();
    const { options, data } = make(paperOf(element));
    plot = new uPlot(options, data, element);
  }

  // A canvas doesn't follow CSS, so a change of theme draws a new plot.
  const darkScheme = matchMedia('(prefers-color-scheme: dark)');
  darkScheme.addEventListener('change', build);
  const stopTheme = effect(() => {
    void theme.value;
    // Its words and numbers change with the language.
    void language();
    // Runs after the effect that applies the theme to the page.
    queueMicrotask(build);
  });
  const observer = new ResizeObserver(() => {
    plot?.setSize({ width: element.clientWidth, height });
  });
  observer.observe(element);

  return {
    redraw: build,
    setData: (data) => plot?.setData(data),
    dispose() {
      darkScheme.removeEventListener('change', build);
      stopTheme();
      observer.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
}

function paperOf(element: HTMLElement): Paper {
  const color = (property: string) => resolveColor(element, property);
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  return {
    width: element.clientWidth,
    color,
    axis: {
      stroke: color('--muted'),
      font,
      labelFont: font,
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
    },
  };
}

/** The value of a custom property as a colour for a canvas. Only an element resolves `light-dark()`. */
function resolveColor(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
