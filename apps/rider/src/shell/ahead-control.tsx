import { Segments } from '@kickstand/ui'
import { useNavigate } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.ts'
import { AHEAD_MINUTES, type Ahead } from './ahead.ts'

/** Chooses the time that list, map and sheet show: now or a forecast. The choice is in the address. */
export function AheadControl({ ahead }: { ahead: Ahead }) {
  const { t, format } = useI18n()
  const navigate = useNavigate()
  function labelOf(minutes: Ahead): string {
    if (minutes === 0) return t('ahead.now')
    return t(minutes === AHEAD_MINUTES.at(-1) ? 'ahead.plusUnit' : 'ahead.plus', { n: format.count(minutes) })
  }
  return (
    <div className="ahead px-3 pb-2 wide:pt-3">
      <Segments
        legend={t('ahead.ask')}
        name="ahead"
        chosen={ahead}
        options={AHEAD_MINUTES.map((minutes) => ({
          value: minutes,
          label: labelOf(minutes),
          accessibleName: minutes === 0 ? t('ahead.now') : t('ahead.in', { minutes: format.minutes(minutes) }),
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
