export interface ChartPanel {
  readonly title: string;
  /** Above 0, ascending. Drawn on a logarithmic axis; a size of 0 stands at its beginning. */
  readonly sizes: readonly number[];
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly number[];
}

const panel = { width: 420, height: 260, left: 48, right: 16, top: 44, bottom: 36 };
const columns = 2;

/** Line charts side by side as one SVG, which a light and a dark page can show. No fonts or scripts of elsewhere. */
export function lineCharts(panels: readonly ChartPanel[], unit: string): string {
  const width = columns * panel.width;
  const height = Math.ceil(panels.length / columns) * panel.height;
  const drawn = panels.map((each, index) => {
    const x = (index % columns) * panel.width;
    const y = Math.floor(index / columns) * panel.height;
    return `<g transform="translate(${x} ${y})">\n${panelOf(each, unit)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(panels.map(({ title }) => title).join(', '))}">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .axis { stroke: #8c959f; stroke-width: 1 }
  .series { fill: none; stroke-width: 2 }
  .s0 { stroke: #0969da } .s1 { stroke: #bc4c00 } .s2 { stroke: #1a7f37 }
  text.s0 { fill: #0969da; stroke: none } text.s1 { fill: #bc4c00; stroke: none } text.s2 { fill: #1a7f37; stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .s0 { stroke: #58a6ff } .s1 { stroke: #f0883e } .s2 { stroke: #3fb950 }
    text.s0 { fill: #58a6ff } text.s1 { fill: #f0883e } text.s2 { fill: #3fb950 }
  }
</style>
${drawn.join('\n')}
</svg>
`;
}

function panelOf({ title, sizes, series }: ChartPanel, unit: string): string {
  const greatest = roundUp(Math.max(...series.flatMap(({ values }) => values)));
  const [bottom, right] = [panel.height - panel.bottom, panel.width - panel.right];
  const first = Math.log10(Math.max(1, sizes[0] ?? 1));
  const last = Math.log10(Math.max(10, sizes.at(-1) ?? 10));
  const xOf = (size: number) => {
    const share = (Math.log10(Math.max(size, 1)) - first) / (last - first);
    return round(panel.left + share * (right - panel.left));
  };
  const yOf = (value: number) => round(bottom - (value / greatest) * (bottom - panel.top));
  const marks = [0, greatest / 2, greatest];
  return [
    `<text class="title" x="${panel.left}" y="16">${escaped(title)}</text>`,
    ...series.map(
      ({ name }, index) => `<text class="s${index}" x="${panel.left + index * 120}" y="33">${escaped(name)}</text>`,
    ),
    `<path class="axis" fill="none" d="M${panel.left} ${panel.top}V${bottom}H${right}"/>`,
    ...marks.map((mark) => `<text x="${panel.left - 6}" y="${yOf(mark) + 4}" text-anchor="end">${round(mark)}</text>`),
    `<text x="${panel.left - 6}" y="${bottom + 18}" text-anchor="end">${escaped(unit)}</text>`,
    ...sizes.map(
      (size) => `<text x="${xOf(size)}" y="${bottom + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    ...series.map(({ values }, index) => {
      const points = values.map((value, place) => `${xOf(sizes[place] ?? 1)},${yOf(value)}`);
      return `<polyline class="series s${index}" points="${points.join(' ')}"/>`;
    }),
  ].join('\n');
}

/** The next of 1, 2, 5, 10, ... */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
