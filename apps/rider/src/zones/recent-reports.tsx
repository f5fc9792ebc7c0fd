import type { ReportBody, ReportsBody } from '@kickstand/contract'
import { useI18n, usePageText, type PageText, type Text } from '#i18n/i18n.ts'
import { agoText } from './ages.ts'

type Words = { readonly t: Text; readonly p: PageText }

/** A report as text. */
function reportText(report: ReportBody, { t, p }: Words): string {
  switch (report.kind) {
    case 'level':
      return report.level ? t(`state.${report.level}`) : ''
    case 'count': {
      const count = t('report.count', { n: report.count ?? 0 })
      return report.overCapacity ? p('zone.overCapacity', { count }) : count
    }
    case 'problem':
      return report.problem ? p('zone.problem', { problem: report.problem }) : ''
    case 'arrived':
      return p('zone.riderParked')
    case 'left':
      return p('zone.riderLeft')
  }
}

type Props = {
  readonly reports: ReportsBody | undefined
  /** The reports could not be loaded. */
  readonly failed: boolean
  readonly now: number
}

/** The newest reports of a zone, or that they could not be loaded. `now` is in epoch milliseconds. */
export function RecentReports({ reports, failed, now }: Props) {
  const { t, format } = useI18n()
  const p = usePageText()
  if (!reports && !failed) return null
  return (
    <section>
      <h3 className="mb-1 text-lg">{p('zone.recent')}</h3>
      {!reports ? (
        <p className="text-ink-soft">{p('zone.recentFailed')}</p>
      ) : reports.reports.length === 0 ? (
        <p className="text-ink-soft">{p('zone.recentNone')}</p>
      ) : (
        <ul>
          {reports.reports.map((report) => (
            <li
              key={report.id}
              data-report={report.id}
              className="flex justify-between gap-4 border-b border-line py-1.5"
            >
              <span className="font-bold">{reportText(report, { t, p })}</span>
              <time dateTime={report.observedAt} className="text-ink-soft">
                {agoText(Math.max(0, (now - Date.parse(report.observedAt)) / 1000), t, format)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
