import { Command } from '@kickstand/ui'
import { useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { Choice } from '#parts/choice.tsx'

/** The first step: start new, or read how to restore a database. This page does not restore anything. */
export function StartStep() {
  const { t } = useI18n()
  const [way, setWay] = useState<'new' | 'restore'>('new')
  return (
    <div className="grid gap-3">
      <Choice
        legend={t('setup.startLegend')}
        chosen={way}
        options={[
          { value: 'new', label: t('setup.startNew'), hint: t('setup.startNewHint') },
          { value: 'restore', label: t('setup.restore'), hint: t('setup.restoreHint') },
        ]}
        onChoose={setWay}
      />
      {way === 'restore' && (
        <div className="grid gap-2">
          <p>{t('setup.restoreText')}</p>
          <Command>KICKSTAND_DATABASE_URL=… npx kickstand serve</Command>
        </div>
      )}
    </div>
  )
}
