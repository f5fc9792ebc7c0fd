import type { AvailabilityBody } from '@kickstand/contract'
import type { AvailabilityState } from '@kickstand/domain'
import { Bays, Plate, type PlateTone } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { isStale } from './ages.ts'
import { figureOf } from './figures.ts'

const TONES: Record<AvailabilityState, PlateTone> = {
  plenty: 'solid',
  some: 'outlined',
  few: 'amber',
  full: 'asphalt',
  unknown: 'hatched',
  closed: 'struck',
}
const OPEN_BAYS: Record<AvailabilityState, number | null> = {
  plenty: 3,
  some: 2,
  few: 1,
  full: 0,
  unknown: null,
  closed: null,
}

type Props = { readonly availability: AvailabilityBody; readonly now: number; readonly large?: boolean }

/** The figure of a zone as a road plate. */
export function AvailabilityPlate({ availability, now, large = false }: Props) {
  const { t, format } = useI18n()
  const figure = figureOf(availability)
  const shared = { tone: TONES[availability.state], faded: isStale(availability, now), large }
  switch (figure.kind) {
    case 'count':
      return (
        <Plate
          {...shared}
          edge={availability.chance}
          above={figure.exact ? undefined : t('plate.about')}
          main={format.count(figure.value)}
          below={t('plate.free')}
        />
      )
    case 'range':
      return (
        <Plate
          {...shared}
          edge={availability.chance}
          main={format.range(figure.low, figure.high)}
          below={t('plate.free')}
        />
      )
    case 'word':
      return <Plate {...shared} edge={availability.chance} main={t(`level.${figure.level}`)} below={t('plate.free')} />
    case 'full':
      return <Plate {...shared} edge={availability.chance} main={t('state.full')} />
    case 'unknown':
      return <Plate {...shared} edge={null} main="?" />
    case 'closed':
      return <Plate {...shared} edge={null} main="P" />
  }
}

/** The state as icon and text. */
export function StateTag({ state }: { state: AvailabilityState }) {
  const { t } = useI18n()
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-baseline font-bold">
      <Bays open={OPEN_BAYS[state]} struck={state === 'closed'} className="h-[0.95em]" />
      {t(`state.${state}`)}
    </span>
  )
}
