import type { FrameworkFigures } from '../frameworks/frameworks-bench.ts'
import { spreadText } from './figures.ts'
import { toTable } from './table.ts'

/** The figures of `bench frameworks` as a table. */
export function describeFrameworks(figures: readonly FrameworkFigures[]): string {
  return toTable(
    ['route', 'Fastify, CPU ms per request', 'Express, CPU ms per request', 'Express / Fastify'],
    figures.map(({ route, fastifyCpuMs, expressCpuMs, ratio }) => [
      route,
      spreadText(fastifyCpuMs, 4),
      spreadText(expressCpuMs, 4),
      spreadText(ratio, 2),
    ]),
  )
}
