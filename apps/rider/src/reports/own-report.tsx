import { useI18n } from '#i18n/i18n.ts'
import { useReporting } from './reporting.tsx'

/** Shows the rider's own report at once, before the server has answered. */
export function OwnReport({ zoneId }: { zoneId: string }) {
  const { t } = useI18n()
  const report = useReporting().ownReportOf(zoneId)
  if (!report) return null
  return (
    <p className="rounded-plate bg-tint px-3 py-1.5 font-bold">
      {t(report.waiting ? 'report.yoursWaiting' : 'report.yours', { what: report.text })}
    </p>
  )
}
