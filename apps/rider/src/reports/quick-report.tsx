import { Button } from '@kickstand/ui'
import { useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { LevelButtons } from './level-buttons.tsx'
import { OwnReport } from './own-report.tsx'

type Props = {
  readonly zoneId: string
  readonly zone: string
  /** The rider is at the zone: the four level buttons are shown at once instead of behind a button. */
  readonly here: boolean
}

/** Reporting from a card of the list. */
export function QuickReport({ zoneId, zone, here }: Props) {
  const { t } = useI18n()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="grid gap-2">
      {here || isOpen ? (
        <>
          <p className="font-bold">{t('report.ask')}</p>
          <LevelButtons zoneId={zoneId} zone={zone} />
        </>
      ) : (
        <Button className="w-full" onClick={() => setOpen(true)}>
          {t('report.ask')}
        </Button>
      )}
      <OwnReport zoneId={zoneId} />
    </div>
  )
}
