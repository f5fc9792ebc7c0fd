import type { Scale } from './day-chart.tsx'
import type { SeenMark } from './day-shape.ts'

/**
 * Observations in the chart: a count as a diamond, a level as a dash, an arrival or departure as a triangle on the
 * axis.
 */
export function SeenMarks({ seen, scale }: { seen: readonly SeenMark[]; scale: Scale }) {
  const { x, y, em } = scale
  const r = 0.34 * em
  return (
    <g className="fill-amber stroke-ink" strokeWidth="1.5">
      {seen.map(({ time, value, exact, learned }, i) => {
        const [cx, cy] = [x(time), y(value ?? 0)]
        const shape =
          value === null
            ? `M${cx} ${cy - 1.6 * r}l${r} ${1.6 * r}h${-2 * r}z`
            : exact
              ? `M${cx} ${cy - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}z`
              : `M${cx - 1.4 * r} ${cy - 0.5 * r}h${2.8 * r}v${r}h${-2.8 * r}z`
        return <path key={i} d={shape} fillOpacity={learned ? 0 : 1} />
      })}
    </g>
  )
}
