import type { AvailabilityBody } from '@kickstand/contract'
import { Icon, type IconName } from '@kickstand/ui'
import type { Format } from '@kickstand/i18n'
import { useI18n, type Text } from '#i18n/i18n.ts'
import { ownTimes } from '../offline/own-times.ts'
import { isStale, seenText } from './ages.ts'
import { StateTag } from './availability-plate.tsx'
import { expectText, figureText, rangeBeside } from './figures.ts'

type Props = {
  readonly availability: AvailabilityBody
  readonly capacity: number | null
  readonly now: number
  /** Minutes from now that the figures are for; above 0 they are a forecast. */
  readonly ahead: number
  readonly zoneId: string
}

/** The figures of the plate in words: state, range, chance, age and source. */
export function AvailabilityLines({ availability, capacity, now, ahead, zoneId }: Props) {
  const { t, format } = useI18n()
  const isOwn = ownTimes.get(zoneId) === (availability.latest?.observedAt ?? null)
  const range = rangeBeside(availability, format)
  const chance = expectText(availability, t, format)
  const total = capacity === null ? null : format.count(capacity)
  const beside =
    range !== null && total !== null
      ? t('free.rangeOf', { range, capacity: total })
      : range !== null
        ? t('free.range', { range })
        : capacity !== null
          ? t('spaces.total', { n: capacity })
          : null
  const hasFigure =
    availability.expectedFree !== null && availability.state !== 'unknown' && availability.state !== 'closed'
  return (
    <>
      {ahead > 0 && <p className="font-bold text-link">{forecastText(availability, ahead, t, format)}</p>}
      <p>
        <StateTag state={availability.state} />
        {hasFigure && <span className="sr-only">{figureText(availability, t, format)}</span>}{' '}
        {beside && <span className="inline-block text-ink-soft">{beside}</span>}
      </p>
      {chance && <p>{chance}</p>}
      {availability.reportsDisagree && <Warning icon="opposed" text={t('warning.reportsDisagree')} />}
      {availability.capacityDoubted && <Warning icon="alert" text={t('warning.capacityDoubted')} />}
      <p className={isStale(availability, now) ? 'text-ink-soft italic' : 'text-ink-soft'}>
        {seenText(availability, now, t, format, isOwn)}
      </p>
    </>
  )
}

/** Why the figures are less reliable, as icon and text. */
function Warning({ icon, text }: { icon: IconName; text: string }) {
  return (
    <p className="flex items-start gap-1.5 font-bold">
      <Icon name={icon} className="mt-[0.15em] size-[1.1em]" />
      <span className="min-w-0 hyphens-auto wrap-anywhere">{text}</span>
    </p>
  )
}

/** Marks the figures as a forecast. A state that is unknown or closed is not called likely. */
function forecastText(a: AvailabilityBody, ahead: number, t: Text, format: Format): string {
  const minutes = format.minutes(ahead)
  return t(a.state === 'unknown' || a.state === 'closed' ? 'ahead.in' : 'ahead.likely', { minutes })
}
