import type { ReportFigures, ReportResult } from '../report/report-bench.ts'
import { SPREAD_OUT } from '../report/report-requests.ts'
import { numberText, spreadText, targetLines, type Target } from './figures.ts'
import { toTable } from './table.ts'

const NAMES = { sqlite: 'SQLite', mariadb: 'MariaDB' } as const

/** The figures of `bench report` as a table, with targets. */
export function describeReport({ engine, figures, answered, stored }: ReportResult): string {
  const table = toTable(
    ['what', 'connections', 'a second', '× bare', 'CPU ms', '× bare by CPU', 'p50 ms', 'p95 ms', 'p99 ms'],
    figures.map((one) => [
      one.name,
      String(one.connections),
      spreadText(one.perSecond, 0),
      one.toBare === null ? '' : spreadText(one.toBare, 2),
      spreadText(one.cpuMs, 4),
      one.toBareByCpu === null ? '' : spreadText(one.toBareByCpu, 2),
      spreadText(one.p50, 1),
      spreadText(one.p95, 1),
      spreadText(one.p99, 1),
    ]),
  )
  const counted = `${numberText(answered, 0)} reports with a 201 response, ${numberText(stored, 0)} rows stored (warm-up included); no other status.`
  return `On ${NAMES[engine]}, durable before the response.\n\n${table}\n\n${counted}\n\n${targetLines(reportTargets(engine, figures))}`
}

function reportTargets(engine: ReportResult['engine'], figures: readonly ReportFigures[]): Target[] {
  const minPerSecond = engine === 'sqlite' ? 8000 : 3000
  const spreadOut = figures.filter((one) => one.name === SPREAD_OUT)
  const best = spreadOut.reduce((a, b) => (b.perSecond.median > a.perSecond.median ? b : a))
  const targets = [
    {
      what: `≥ ${numberText(minPerSecond, 0)} durable reports a second`,
      met: best.perSecond.median >= minPerSecond,
      measured: `${numberText(best.perSecond.median, 0)} with ${best.connections} connections`,
    },
    {
      what: 'no failure with 64 writers on one zone',
      met: true,
      measured: 'none (a failure ends the bench with an error)',
    },
  ]
  if (engine !== 'sqlite' || best.toBare === null) return targets
  return [
    ...targets,
    {
      what: '≥ 0.4 × a bare Fastify POST',
      met: best.toBare.median >= 0.4,
      measured: `${numberText(best.toBare.median, 2)} with ${best.connections} connections; where the time goes: docs/decisions/0024`,
    },
  ]
}
