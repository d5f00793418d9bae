import { superOfficeLimit } from './targets.ts';

const width = 720;
const height = 300;
const margin = { left: 48, right: 16, top: 36, bottom: 44 };
const colours = ['#0b6e4f', '#c8553d', '#8d99ae', '#5f5aa2'];

export type Series = { label: string; values: number[] };

const title = 'Calls SuperOffice gets in each second of a burst of 600 events';

/** A plot of calls in each second of a burst, with the line SuperOffice draws. */
export function plotCalls(series: Series[]): string {
  const seconds = Math.max(...series.map(({ values }) => values.length));
  const most = Math.max(superOfficeLimit, ...series.flatMap(({ values }) => values));
  const plotWidth = width - margin.left - margin.right;
  const plotHeight = height - margin.top - margin.bottom;
  const x = (second: number) => margin.left + (second / seconds) * plotWidth;
  // Logarithmic: the rivals go far beyond the limit, and ours stays close below it.
  const y = (calls: number) =>
    margin.top + plotHeight * (1 - Math.log10(Math.max(calls, 1)) / Math.log10(most));
  const path = ({ values }: Series) =>
    values
      .map((calls, second) => `${second === 0 ? 'M' : 'L'}${point(x(second))} ${point(y(calls))}`)
      .join('');
  const ticksX = Array.from({ length: Math.floor(seconds / 10) + 1 }, (_, index) => index * 10);
  const ticksY = [1, 2, 5, 10, 20, 50, 100, 200, 500].filter((calls) => calls <= most);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="20" font-size="14">${title}</text>`,
    ...ticksY.map(
      (calls) =>
        `<path d="M${margin.left} ${point(y(calls))}H${width - margin.right}" stroke="#e5e5e5"/><text x="${margin.left - 6}" y="${point(y(calls) + 4)}" text-anchor="end">${calls}</text>`,
    ),
    ...ticksX.map(
      (second) =>
        `<text x="${point(x(second))}" y="${height - 24}" text-anchor="middle">${second}</text>`,
    ),
    `<text x="${margin.left + plotWidth / 2}" y="${height - 8}" text-anchor="middle">seconds</text>`,
    `<path d="M${margin.left} ${point(y(superOfficeLimit))}H${width - margin.right}" stroke="#000" stroke-dasharray="5 4"/>`,
    `<text x="${width - margin.right}" y="${point(y(superOfficeLimit) - 6)}" text-anchor="end">SuperOffice allows ${superOfficeLimit}</text>`,
    ...series.flatMap((one, index) => {
      const colour = colours[index % colours.length];
      const labelY = margin.top + 16 + index * 16;
      return [
        `<path d="${path(one)}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        `<text x="${width - margin.right}" y="${labelY}" text-anchor="end" fill="${colour}">${one.label}</text>`,
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

const point = (value: number) => value.toFixed(1);
