import { useI18n } from '../i18n/i18n.tsx'
import { useReporting } from './reporting.tsx'

/** The rider's own report, acknowledged at once, whether or not it has reached the server. */
export function YouSaid({ zoneId }: { zoneId: string }) {
  const { t } = useI18n()
  const said = useReporting().saidOf(zoneId)
  if (!said) return null
  return (
    <p className="rounded-plate bg-tint px-3 py-1.5 font-bold">
      {said.waiting ? t.youSaidWaiting(said.text) : t.youSaid(said.text)}
    </p>
  )
}
