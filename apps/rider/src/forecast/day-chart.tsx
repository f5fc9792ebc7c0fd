import { useId } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import type { DayShape, Mark, Stretch } from './day-shape.ts'
import { hourTicks } from './day-shape.ts'
import { localClock } from './local-time.ts'
import { SeenMarks } from './seen-marks.tsx'

type Props = {
  readonly shape: DayShape
  readonly timeZone: string
  readonly capacity: number | null
  /** A description of the chart for screen readers. */
  readonly label: string
  /** The selected time, epoch milliseconds. */
  readonly chosen: number
  /** Width and font size in pixels. */
  readonly width: number
  readonly em: number
}

/** Lengths in em, so that the chart grows with the text size. */
const TOP_EM = 1.5
const PLOT_EM = 8
const HOURS_EM = 1.5
export const GUTTER_EM = 2.1
export const END_EM = 0.9

/** The 24-hour chart: the expected line, its range, hatched unknown times, and observations. */
export function DayChart({ shape, timeZone, capacity, label, chosen, width, em }: Props) {
  const { t, format, dir } = useI18n()
  const p = usePageText()
  const hatch = useId()
  const clock = localClock(timeZone)
  const left = GUTTER_EM * em
  const right = width - END_EM * em
  const rtl = dir === 'rtl'
  const base = (TOP_EM + PLOT_EM) * em
  const x = (time: number) => {
    const along = left + ((time - shape.from) / (shape.to - shape.from)) * (right - left)
    return rtl ? width - along : along
  }
  const y = (share: number) => base - share * PLOT_EM * em
  const scale = { x, y, em }
  const top = shape.measure === 'free' && capacity !== null ? format.count(capacity) : format.percent(1)
  const ticks = hourTicks(shape, (right - left) / (3.4 * em), clock)
  const at = nearest(shape.known.flat(), chosen)
  const edge = rtl ? width - left : left
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={(TOP_EM + PLOT_EM + HOURS_EM) * em}
      className="block overflow-visible"
      style={{ fontSize: 0.8 * em }}
    >
      <defs>
        <pattern id={hatch} width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <path d="M0 0V9" strokeWidth="7" className="stroke-line" opacity="0.55" />
        </pattern>
      </defs>
      {/* Drawn first, so that it does not cross the text on the blocks. */}
      <path d={`M${x(shape.from)} ${y(0.5)}H${x(shape.to)}`} className="stroke-line" strokeDasharray="2 4" />
      {shape.unknown.map((stretch) => (
        <Block key={stretch.from} stretch={stretch} scale={scale} fill={`url(#${hatch})`} text={p('day.notKnown')} />
      ))}
      {shape.closed.map((stretch) => (
        <Block key={stretch.from} stretch={stretch} scale={scale} fill="var(--line)" text={p('day.closed')} />
      ))}
      <g className="stroke-edge">
        <path d={`M${x(shape.from)} ${y(0)}H${x(shape.to)}`} />
        {ticks.map((time) => (
          <path key={time} d={`M${x(time)} ${base}v4`} />
        ))}
      </g>
      {shape.known.map((run) => (
        <g key={run[0]?.time}>
          {shape.measure === 'free' && <path d={bandPath(run, x, y)} className="fill-[var(--band)]" />}
          <path d={linePath(run, x, y)} className="fill-none stroke-link" strokeWidth="3" strokeLinejoin="round" />
        </g>
      ))}
      <path
        d={`M${x(shape.from)} ${y(1)}H${x(shape.to)}`}
        className="stroke-ink-soft"
        strokeDasharray="7 4"
        strokeWidth="1.5"
      />
      <SeenMarks seen={shape.seen} scale={scale} />
      <path d={`M${x(shape.now)} ${base + 4}V${TOP_EM * em - 4}`} className="stroke-ink" strokeWidth="2" />
      <text
        x={x(shape.now)}
        y={TOP_EM * em - 9}
        textAnchor={shape.from === shape.now ? 'start' : 'middle'}
        className="fill-ink font-bold"
      >
        {t('ahead.now')}
      </text>
      {chosen > shape.now && (
        <path
          d={`M${x(chosen)} ${base + 4}V${TOP_EM * em - 4}`}
          className="stroke-ink"
          strokeWidth="1.5"
          strokeDasharray="3 3"
        />
      )}
      {at && <circle cx={x(at.time)} cy={y(at.value)} r="6" className="fill-surface stroke-link" strokeWidth="3" />}
      <g className="fill-ink-soft">
        <text x={edge + (rtl ? 6 : -6)} y={y(1) + 0.28 * em} textAnchor="end">
          {top}
        </text>
        <text x={edge + (rtl ? 6 : -6)} y={y(0) + 0.1 * em} textAnchor="end">
          {format.count(0)}
        </text>
        {ticks.map((time) => (
          <text
            key={time}
            x={x(time)}
            y={base + 1.25 * em}
            textAnchor="middle"
            className={clock(time).hour === 0 ? 'fill-ink font-bold' : undefined}
          >
            {clock(time).hour === 0 ? format.weekday(time, timeZone) : format.hour(time, timeZone)}
          </text>
        ))}
      </g>
    </svg>
  )
}

export type Scale = { x: (time: number) => number; y: (share: number) => number; readonly em: number }

/** A part of the day without figures, with the reason if it fits. */
function Block({ stretch, scale, fill, text }: { stretch: Stretch; scale: Scale; fill: string; text: string }) {
  const { x, y, em } = scale
  const [a, b] = [x(stretch.from), x(stretch.to)].toSorted((one, other) => one - other)
  if (a === undefined || b === undefined) return null
  const room = b - a > text.length * 0.42 * em + em
  return (
    <>
      <rect x={a} y={y(1)} width={b - a} height={y(0) - y(1)} fill={fill} />
      {room && (
        <>
          <rect
            x={(a + b) / 2 - text.length * 0.21 * em - 0.4 * em}
            y={y(0.5) - 0.7 * em}
            width={text.length * 0.42 * em + 0.8 * em}
            height={1.4 * em}
            rx="3"
            className="fill-surface"
          />
          <text x={(a + b) / 2} y={y(0.5) + 0.28 * em} textAnchor="middle" className="fill-ink-soft font-bold">
            {text}
          </text>
        </>
      )}
    </>
  )
}

function linePath(run: readonly Mark[], x: Scale['x'], y: Scale['y']): string {
  return run.map(({ time, value }, i) => `${i === 0 ? 'M' : 'L'}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join('')
}

function bandPath(run: readonly Mark[], x: Scale['x'], y: Scale['y']): string {
  const corner = (time: number, share: number) => `${x(time).toFixed(1)} ${y(share).toFixed(1)}`
  const upper = run.map(({ time, high }) => corner(time, high))
  const lower = run.toReversed().map(({ time, low }) => corner(time, low))
  return `M${[...upper, ...lower].join('L')}Z`
}

function nearest(marks: readonly Mark[], time: number): Mark | undefined {
  return marks.find((mark) => Math.abs(mark.time - time) < 60_000)
}
