import type { ReportBody, ReportsBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { SheetMessages } from '../i18n/en-sheet.ts'
import type { Messages } from '../i18n/en.ts'
import { useI18n } from '../i18n/i18n.tsx'
import { useSheetText } from '../i18n/use-sheet-text.ts'
import { agoText } from './ages.ts'

type Words = { readonly t: Messages; readonly text: SheetMessages; readonly format: Format }

/** A report as text. */
function reportText(report: ReportBody, { t, text, format }: Words): string {
  const words = t.reportWords
  switch (report.kind) {
    case 'level':
      return report.level ? t.states[report.level] : ''
    case 'count': {
      const count = words.count(report.count ?? 0, format.count(report.count ?? 0))
      return report.overCapacity ? `${count}, ${text.overCapacity}` : count
    }
    case 'problem':
      return text.aProblem(report.problem ? t.problems[report.problem] : '')
    case 'arrived':
      return text.aRiderParked
    case 'left':
      return text.aRiderLeft
  }
}

type Props = {
  readonly reports: ReportsBody | undefined
  /** The reports could not be loaded. */
  readonly failed: boolean
  readonly now: number
}

export function RecentReports({ reports, failed, now }: Props) {
  const { t, format } = useI18n()
  const text = useSheetText()
  if (!reports && !failed) return null
  return (
    <section>
      <h3 className="mb-1 text-lg">{text.recent}</h3>
      {!reports ? (
        <p className="text-ink-soft">{text.recentFailed}</p>
      ) : reports.reports.length === 0 ? (
        <p className="text-ink-soft">{text.recentNone}</p>
      ) : (
        <ul>
          {reports.reports.map((report) => (
            <li
              key={report.id}
              data-report={report.id}
              className="flex justify-between gap-4 border-b border-line py-1.5"
            >
              <span className="font-bold">{reportText(report, { t, text, format })}</span>
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
