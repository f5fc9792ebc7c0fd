import type { ReportBody, ReportsBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { Messages } from '../i18n/en.ts'
import { useI18n } from '../i18n/i18n.tsx'
import { agoText } from './ages.ts'

/** A report in words; who made it is never known here. */
export function reportText(report: ReportBody, t: Messages, format: Format): string {
  const words = t.reportWords
  switch (report.kind) {
    case 'level':
      return report.level ? t.states[report.level] : ''
    case 'count': {
      const count = words.count(report.count ?? 0, format.count(report.count ?? 0))
      return report.overCapacity ? `${count}, ${words.overCapacity}` : count
    }
    case 'problem':
      return words.problem(report.problem ? t.problems[report.problem] : '')
    case 'arrived':
      return words.arrived
    case 'left':
      return words.left
  }
}

export function RecentReports({ reports, now }: { reports: ReportsBody | undefined; now: number }) {
  const { t, format } = useI18n()
  if (!reports) return null
  return (
    <section>
      <h3 className="mb-1 text-lg">{t.recent}</h3>
      {reports.reports.length === 0 ? (
        <p className="text-ink-soft">{t.recentNone}</p>
      ) : (
        <ul>
          {reports.reports.map((report) => (
            <li
              key={report.id}
              data-report={report.id}
              className="flex justify-between gap-4 border-b border-line py-1.5"
            >
              <span className="font-bold">{reportText(report, t, format)}</span>
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
