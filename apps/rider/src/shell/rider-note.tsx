import { Button, Icon } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import type { Rider } from './use-rider.ts'

/** Requests the rider's position when tapped. */
export function LocateButton({ rider, locate }: { rider: Rider; locate: () => void }) {
  const { t } = useI18n()
  return (
    <Button variant="primary" onClick={locate} aria-busy={rider.status === 'asking'}>
      <Icon name="locate" />
      {rider.status === 'asking' ? t('locate.busy') : t('locate.button')}
    </Button>
  )
}

/** Explains why there is no position, and what to do instead. */
export function RiderNote({ status }: { status: Rider['status'] }) {
  const { t } = useI18n()
  const text = status === 'denied' || status === 'unavailable' ? t(`locate.${status}`) : null
  return (
    <p role="status" className={text ? 'rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-2' : 'sr-only'}>
      {text}
    </p>
  )
}
