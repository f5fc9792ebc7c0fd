import { useState } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { LevelButtons } from './level-buttons.tsx'
import { YouSaid } from './you-said.tsx'

type Props = {
  readonly zoneId: string
  readonly zone: string
  /** The rider stands there: the four plates are shown at once instead of behind a button. */
  readonly here: boolean
}

/** The report on a card of the list. */
export function QuickReport({ zoneId, zone, here }: Props) {
  const { t } = useI18n()
  const [asked, setAsked] = useState(false)
  return (
    <div className="grid gap-2">
      {here || asked ? (
        <>
          <p className="font-bold">{t.reportAsk}</p>
          <LevelButtons zoneId={zoneId} zone={zone} />
        </>
      ) : (
        <Button className="w-full" onClick={() => setAsked(true)}>
          {t.reportAsk}
        </Button>
      )}
      <YouSaid zoneId={zoneId} />
    </div>
  )
}
