import type { ForecastBody } from '@kickstand/contract'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { observationText } from './day-words.ts'

/** The data of the chart as a table. */
export function DayTable({ id, forecast }: { id: string; forecast: ForecastBody }) {
  const { t, format } = useI18n()
  const p = usePageText()
  const { points, observations = [], timeZone } = forecast
  const time = (at: string) => format.time(Date.parse(at), timeZone)
  return (
    <div id={id} className="mt-2 grid gap-3">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- with large text it scrolls, so it must be focusable */}
      <div role="region" aria-label={p('day.title')} tabIndex={0} className="overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{p('day.title')}</caption>
          <thead>
            <tr className="text-start text-ink-soft">
              {(['day.time', 'day.state', 'day.rangeHead', 'day.chanceHead'] as const).map((head) => (
                <th key={head} scope="col" className="border-b-2 border-edge px-1 py-1 text-start">
                  {p(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map(({ at, state, expectedFree, freeLow, freeHigh, chance }, i) => (
              <tr key={at} className="border-b border-line">
                <th scope="row" className="px-1 py-1 text-start whitespace-nowrap">
                  {i === 0 ? t('ahead.now') : time(at)}
                </th>
                <td className="px-1 py-1">
                  {expectedFree === null || state === 'full'
                    ? t(`state.${state}`)
                    : t('free.about', { n: format.count(Math.round(expectedFree)) })}
                </td>
                <td className="px-1 py-1 whitespace-nowrap">
                  <bdi>{freeLow === null || freeHigh === null ? '–' : format.range(freeLow, freeHigh)}</bdi>
                </td>
                <td className="px-1 py-1">{chance === null ? '–' : format.percent(chance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {observations.length > 0 && (
        <div>
          <h4 className="font-bold">{p('day.seenList')}</h4>
          <ul className="text-sm">
            {observations.map((seen, i) => (
              <li key={i}>
                {p('label.value', { label: time(seen.at), value: observationText(seen, { t, p, format }) })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
