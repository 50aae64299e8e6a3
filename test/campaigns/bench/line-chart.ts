/** Plots one above the other over the same sizes. */
export interface ChartPanel {
  readonly title: string;
  /** Ascending, drawn on a logarithmic axis; a size of 0 stands at its beginning. */
  readonly sizes: readonly number[];
  readonly plots: readonly ChartPlot[];
}

/** Lines that share an axis of values from 0, in one unit. */
export interface ChartPlot {
  readonly unit: string;
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly name: string;
  /** One for each size. */
  readonly values: readonly number[];
}

const panel = { width: 420, left: 48, right: 32, titleHeight: 22, sizesHeight: 40 };
const plot = { height: 155, legendHeight: 34 };
const columns = 2;

/** Panels side by side as one SVG, which a light and a dark page can show. No fonts or scripts of elsewhere. */
export function lineCharts(panels: readonly ChartPanel[]): string {
  const plots = Math.max(...panels.map((each) => each.plots.length));
  const panelHeight = panel.titleHeight + plots * plot.height + panel.sizesHeight;
  const width = columns * panel.width;
  const height = Math.ceil(panels.length / columns) * panelHeight;
  const drawn = panels.map((each, index) => {
    const x = (index % columns) * panel.width;
    const y = Math.floor(index / columns) * panelHeight;
    return `<g transform="translate(${x} ${y})">\n${panelOf(each)}\n</g>`;
  });
  const label = escaped(panels.map(({ title }) => title).join(', '));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"
  role="img" aria-label="${label}">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .axis { fill: none; stroke: #8c959f; stroke-width: 1 }
  .series { fill: none; stroke-width: 2 }
  .s0 { stroke: #0969da } .s1 { stroke: #bc4c00 } .s2 { stroke: #1a7f37 } .s3 { stroke: #8250df }
  text.s0 { fill: #0969da; stroke: none } text.s1 { fill: #bc4c00; stroke: none }
  text.s2 { fill: #1a7f37; stroke: none } text.s3 { fill: #8250df; stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .s0 { stroke: #58a6ff } .s1 { stroke: #f0883e } .s2 { stroke: #3fb950 } .s3 { stroke: #bc8cff }
    text.s0 { fill: #58a6ff } text.s1 { fill: #f0883e } text.s2 { fill: #3fb950 } text.s3 { fill: #bc8cff }
  }
</style>
${drawn.join('\n')}
</svg>
`;
}

function panelOf({ title, sizes, plots }: ChartPanel): string {
  const first = Math.log10(Math.max(1, sizes[0] ?? 1));
  const last = Math.log10(Math.max(10, sizes.at(-1) ?? 10));
  const xs = sizes.map((size) => {
    const share = (Math.log10(Math.max(size, 1)) - first) / (last - first);
    return round(panel.left + share * (panel.width - panel.right - panel.left));
  });
  const below = panel.titleHeight + plots.length * plot.height + 18;
  return [
    `<text class="title" x="${panel.left}" y="16">${escaped(title)}</text>`,
    ...plots.map((each, index) => {
      const seriesAbove = plots.slice(0, index).flatMap(({ series }) => series).length;
      return plotOf(each, xs, panel.titleHeight + index * plot.height, seriesAbove);
    }),
    ...sizes.map(
      (size, index) => `<text x="${xs[index]}" y="${below}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
  ].join('\n');
}

/** @param firstColor of its first series, so that no two of a panel look alike */
function plotOf({ unit, series }: ChartPlot, xs: readonly number[], top: number, firstColor: number): string {
  const greatest = roundUp(Math.max(...series.flatMap(({ values }) => values)));
  const [highest, lowest, right] = [top + plot.legendHeight, top + plot.height, panel.width - panel.right];
  const yOf = (value: number) => round(lowest - (value / greatest) * (lowest - highest));
  const marks = [0, greatest / 2, greatest];
  return [
    `<text x="${panel.left - 6}" y="${top + 20}" text-anchor="end">${escaped(unit)}</text>`,
    ...series.map(
      ({ name }, index) =>
        `<text class="s${firstColor + index}" x="${panel.left + index * 120}" y="${top + 20}">${escaped(name)}</text>`,
    ),
    `<path class="axis" d="M${panel.left} ${highest}V${lowest}H${right}"/>`,
    ...marks.map((mark) => `<text x="${panel.left - 6}" y="${yOf(mark) + 4}" text-anchor="end">${round(mark)}</text>`),
    ...series.map(({ values }, index) => {
      const points = values.map((value, place) => `${xs[place]},${yOf(value)}`);
      return `<polyline class="series s${firstColor + index}" points="${points.join(' ')}"/>`;
    }),
  ].join('\n');
}

/** The next of 1, 2, 4, 6, 8, 10, 20, ...: all but 1 have a whole half. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6, 8].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
