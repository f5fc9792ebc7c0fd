import type { Tally } from '#score/tally.ts'

const SIZE = 320
const MARGIN = 44
const SIDE = SIZE - 2 * MARGIN

/**
 * A reliability diagram as SVG: for each tenth of the forecast chance of "at least 10 % free", how often it happened. On the diagonal
 * a forecast is well calibrated; the size of a disc is its share of the forecasts.
 */
export function reliabilityDiagram(title: string, { n, bins }: Tally): string {
  const x = (chance: number): string => (MARGIN + SIDE * chance).toFixed(1)
  const y = (chance: number): string => (SIZE - MARGIN - SIDE * chance).toFixed(1)
  const points: string[] = []
  for (let bin = 0; bin < bins.length; bin += 3) {
    if (bins[bin] < 20) continue
    const forecast = bins[bin + 1] / bins[bin]
    const happened = bins[bin + 2] / bins[bin]
    const radius = (2.5 + 14 * Math.sqrt(bins[bin] / n)).toFixed(1)
    const label = `forecast ${percent(forecast)}, happened ${percent(happened)}, ${percent(bins[bin] / n)} of forecasts`
    points.push(`<circle cx="${x(forecast)}" cy="${y(happened)}" r="${radius}"><title>${label}</title></circle>`)
  }
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (at) =>
      `<text x="${x(at)}" y="${SIZE - MARGIN + 16}" text-anchor="middle">${percent(at)}</text>` +
      `<text x="${MARGIN - 6}" y="${y(at)}" text-anchor="end" dy="4">${percent(at)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" font-family="sans-serif" font-size="10" fill="#333">
<title>${title}</title>
<rect width="${SIZE}" height="${SIZE}" fill="#fff"/>
<rect x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#bbb"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888" stroke-dasharray="4 3"/>
<text x="${SIZE / 2}" y="22" text-anchor="middle" font-size="12">${title}</text>
${ticks.join('\n')}
<text x="${SIZE / 2}" y="${SIZE - 8}" text-anchor="middle">forecast chance of 10 % free</text>
<text transform="translate(11 ${SIZE / 2}) rotate(-90)" text-anchor="middle">observed frequency</text>
<g fill="#0a56a8" fill-opacity="0.75" stroke="#fff">
${points.join('\n')}
</g>
</svg>
`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
