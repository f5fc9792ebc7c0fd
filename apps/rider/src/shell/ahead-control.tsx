import { Segments } from '@kickstand/ui'
import { useNavigate } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.tsx'
import { AHEAD_MINUTES, type Ahead } from './ahead.ts'

/** Chooses the time that list, map and sheet show: now or a forecast. The choice is in the address. */
export function AheadControl({ ahead }: { ahead: Ahead }) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  return (
    <div className="ahead px-3 pb-2 wide:pt-3">
      <Segments
        legend={t.aheadAsk}
        name="ahead"
        chosen={ahead}
        options={AHEAD_MINUTES.map((minutes) => ({
          value: minutes,
          label: minutes === 0 ? t.now : t.aheadPlus(format.count(minutes), minutes === AHEAD_MINUTES.at(-1)),
          accessibleName: minutes === 0 ? t.now : t.inTime(format.minutes(minutes)),
        }))}
        onChoose={(minutes) =>
          void navigate({
            to: '.',
            search: ({ in: _before, ...rest }) => (minutes === 0 ? rest : { ...rest, in: minutes }),
            replace: true,
          })
        }
      />
    </div>
  )
}
