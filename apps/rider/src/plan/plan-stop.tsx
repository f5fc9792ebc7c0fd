import type { PlanStopBody } from '@kickstand/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { pages } from '../paths.ts'
import { minutesText, reasonTexts } from './plan-words.ts'

type Props = {
  readonly stop: PlanStopBody
  /** Starts at 1. */
  readonly number: number
  readonly title: string
  /** The zone's state as a plate and in words. */
  readonly plate: ReactNode
  readonly state: ReactNode
  /** Actions at this stop. */
  readonly children: ReactNode
}

/** One stop: its number as on the map, the chance, ride and walk, and the reasons. */
export function PlanStop({ stop, number, title, plate, state, children }: Props) {
  const { format } = useI18n()
  const p = usePageText()
  const words = { p, format }
  const { rideMetres, rideSeconds, walkSeconds, chance, chanceKnown } = stop
  const ride = p('plan.ride', { duration: minutesText(rideSeconds, words) })
  return (
    <li>
      {number > 1 && (
        <p className="ms-[1.65rem] border-s-4 border-dotted border-edge py-2.5 ps-4 font-bold text-ink-soft">
          {p('plan.onward', { distance: format.distance(rideMetres), ride })}
        </p>
      )}
      <article className="grid gap-2.5 rounded-lg border border-line bg-surface p-3">
        <h3 className="flex items-start gap-2.5 text-lg leading-tight font-bold">
          <span className="grid size-8 flex-none place-items-center rounded-full bg-amber text-amber-ink ring-[1.5px] ring-amber-ink">
            <span className="sr-only">{p('plan.stop', { n: format.count(number) })}</span>
            <span aria-hidden="true">{format.count(number)}</span>
          </span>
          <Link
            to={pages.zone}
            params={{ id: stop.zone.id }}
            search={(before) => before}
            data-stop={stop.zone.id}
            className="inline-flex min-h-8 min-w-0 items-center text-ink underline decoration-edge wrap-anywhere"
          >
            <bdi>{title}</bdi>
          </Link>
        </h3>
        <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2">
          {plate}
          <div className="min-w-0 flex-[1_1_9rem]">
            {chanceKnown ? (
              <p className="flex flex-wrap items-baseline gap-x-2">
                <strong className="text-4xl leading-none">{format.percent(chance)}</strong> {p('plan.chance')}
              </p>
            ) : (
              <p className="text-lg leading-tight font-bold">{p('plan.notKnown')}</p>
            )}
            <p>{state}</p>
            <p className="text-ink-soft">
              {[...(number === 1 ? [ride] : []), p('plan.walk', { duration: minutesText(walkSeconds, words) })].join(
                ' · ',
              )}
            </p>
          </div>
        </div>
        {reasonTexts(stop, words).map((text) => (
          <p key={text} className="text-ink-soft">
            {text}
          </p>
        ))}
        {children}
      </article>
    </li>
  )
}
