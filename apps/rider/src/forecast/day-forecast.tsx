import type { ForecastBody, ForecastPointBody } from '@kickstand/contract'
import { Button } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState, type CSSProperties } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { forecastQuery } from '../api/zone-queries.ts'
import { DayChart, END_EM, GUTTER_EM } from './day-chart.tsx'
import { DayLegend } from './day-legend.tsx'
import { dayShape } from './day-shape.ts'
import { DayTable } from './day-table.tsx'
import { pointText, summaryText } from './day-words.ts'
import { isElsewhere, placeName } from './local-time.ts'
import { useWidth } from './use-width.ts'
import './day.css'

const MINUTE_MS = 60_000
/** Half the width of the slider's thumb in em, so that its middle is below the selected time. */
const HALF_THUMB_EM = 0.5

type Props = {
  readonly zoneId: string
  /** Minutes from now that the page shows; the initial selection. */
  readonly ahead: number
}

/** The time that the rider selected (epoch milliseconds), and the page's `ahead` at that moment. */
type Chosen = { readonly time: number; readonly ahead: number }

/** The 24-hour forecast of a zone: a chart with a slider, and a table with the same data. */
export function DayForecast({ zoneId, ahead }: Props) {
  const p = usePageText()
  const { data, isError } = useQuery(forecastQuery(zoneId))
  return (
    <section>
      <h3 className="mb-1 text-lg">{p('day.title')}</h3>
      {data ? (
        <Day forecast={data} ahead={ahead} />
      ) : (
        <p role="status" className="grid min-h-60 rounded-lg border border-line bg-surface p-3 text-ink-soft">
          {p(isError ? 'day.failed' : 'day.loading')}
        </p>
      )}
    </section>
  )
}

function Day({ forecast, ahead }: { forecast: ForecastBody; ahead: number }) {
  const { t, format } = useI18n()
  const p = usePageText()
  const [watch, size] = useWidth()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const tableId = useId()
  const { points, timeZone, capacity } = forecast
  const shape = useMemo(() => dayShape(forecast), [forecast])
  // The rider's selection stays when the data is refetched, and is replaced when `ahead` changes.
  const wanted = chosen?.ahead === ahead ? chosen.time : shape.now + ahead * MINUTE_MS
  const at = wanted <= shape.now ? 0 : nearestPoint(points, wanted)
  const point = points[at]
  if (!point) return null
  const nothing = shape.known.length === 0 && shape.closed.length === 0 && shape.seen.length === 0
  if (nothing) return <p className="rounded-lg border border-dashed border-edge bg-surface p-3">{p('day.unknown')}</p>
  const time = Date.parse(point.at)
  const words = { t, p, format }
  const valueText = p('label.value', {
    label: at === 0 ? t('ahead.now') : format.time(time, timeZone),
    value: pointText(point, words),
  })
  const share = (shape.now - shape.from) / (shape.to - shape.from)
  return (
    <div className="day rounded-lg border border-line bg-surface p-3">
      <p className="flex flex-wrap justify-between gap-x-3">
        <span className="font-bold">{p(shape.measure === 'free' ? 'day.free' : 'day.chance')}</span>
        <span data-day-readout className="font-bold text-link">
          {valueText}
          {point.chance !== null && ` · ${format.percent(point.chance)}`}
        </span>
      </p>
      <div ref={watch} className="min-h-44">
        {size && (
          <>
            <DayChart
              shape={shape}
              timeZone={timeZone}
              capacity={capacity}
              label={summaryText(forecast, words)}
              chosen={time}
              width={size.width}
              em={size.em}
            />
            <input
              type="range"
              min={0}
              max={points.length - 1}
              value={at}
              aria-label={p('day.slider')}
              aria-valuetext={valueText}
              className="day-slider"
              style={sliderStyle(share, size)}
              onChange={(event) => {
                const { at: iso } = points[event.currentTarget.valueAsNumber] ?? point
                setChosen({ time: Date.parse(iso), ahead })
              }}
            />
          </>
        )}
      </div>
      <DayLegend shape={shape} capacity={capacity} />
      {isElsewhere(timeZone, shape.now) && (
        <p className="mt-1 text-sm text-ink-soft">
          {p('day.localTimes', { time: format.time(shape.now, timeZone), zone: placeName(timeZone, shape.now) })}
        </p>
      )}
      <Button
        variant="quiet"
        className="-ms-3"
        aria-expanded={open}
        aria-controls={tableId}
        onClick={() => setOpen(!open)}
      >
        {p(open ? 'day.tableHide' : 'day.tableShow')}
      </Button>
      {open && <DayTable id={tableId} forecast={forecast} />}
    </div>
  )
}

function nearestPoint(points: readonly ForecastPointBody[], time: number): number {
  const off = points.map(({ at }) => Math.abs(Date.parse(at) - time))
  return off.indexOf(Math.min(...off))
}

/** The slider spans the plot from now to its end. `past` is the share of the plot before now. */
function sliderStyle(past: number, { width, em }: { width: number; em: number }): CSSProperties {
  const plot = width - (GUTTER_EM + END_EM) * em
  return {
    marginInlineStart: (GUTTER_EM - HALF_THUMB_EM) * em + past * plot,
    inlineSize: (1 - past) * plot + 2 * HALF_THUMB_EM * em,
  }
}
