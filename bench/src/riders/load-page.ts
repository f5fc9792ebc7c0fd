import type { LoadReport } from './run-load.ts'
import { describeLoad } from './describe-load.ts'

const WIDTH = 640
const HEIGHT = 220
const SERIES = [
  ['p50', 'solid'],
  ['p95', '8 4'],
  ['p99', '2 3'],
] as const

/** The report as a self-contained HTML file: a chart of percentiles over the run, and all figures as text. */
export function loadPage(report: LoadReport): string {
  const top = Math.max(1, ...report.steps.map(({ p99 }) => p99))
  const x = (seconds: number): number => 50 + ((WIDTH - 60) * seconds) / report.seconds
  const y = (ms: number): number => HEIGHT - 20 - ((HEIGHT - 40) * ms) / top
  const lines = SERIES.map(([name, dash], i) => {
    const points = report.steps.map(
      (step) => `${x((step.from + step.until) / 2).toFixed(1)},${y(step[name]).toFixed(1)}`,
    )
    const label = `<text x="${60 + i * 70}" y="14">${name}</text>`
    const line = `<polyline points="${points.join(' ')}" stroke-dasharray="${dash === 'solid' ? 'none' : dash}"/>`
    const sample = `<line x1="${82 + i * 70}" x2="${112 + i * 70}" y1="10" y2="10" stroke-dasharray="${dash === 'solid' ? 'none' : dash}"/>`
    return label + sample + line
  })
  const axis = `<text x="0" y="${y(top)}">${top.toFixed(0)} ms</text><text x="0" y="${y(0)}">0</text><text x="${WIDTH - 40}" y="${HEIGHT}">${report.seconds} s</text>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Load: ${report.riders} riders</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:60rem}svg{fill:none;stroke:currentColor;stroke-width:1.5}text{fill:currentColor;stroke:none;font-size:11px}pre{overflow-x:auto}</style>
<h1>${report.riders} riders for ${report.seconds} s, ${report.profile}</h1>
<p>Latency from the scheduled time of a request, in milliseconds, over the run.</p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Percentiles of latency over the run; the figures follow">${axis}${lines.join('')}</svg>
<pre>${escape(describeLoad(report))}</pre></html>
`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
