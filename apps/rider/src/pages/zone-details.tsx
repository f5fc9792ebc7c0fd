import type { ReportsBody, ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useReturnToList } from './use-return-to-list.ts'
import { DifferentPanel } from '#contributions/different-panel.tsx'
import { OneQuestion } from '#contributions/one-question.tsx'
import type { Position } from '#contributions/contribution.ts'
import { DayForecast } from '#forecast/day-forecast.tsx'
import { ReportPanel } from '#reports/report-panel.tsx'
import { useReporting } from '#reports/reporting.tsx'
import { Directions } from '#zones/directions.tsx'
import { RecentReports } from '#zones/recent-reports.tsx'
import { RulesSection } from '#zones/rules-section.tsx'
import { isCurrent } from '#zones/rules-words.ts'
import { ZoneFactsSection } from '#zones/zone-facts-section.tsx'
import { ZoneSources } from '#zones/zone-sources.tsx'

type Props = {
  readonly zone: ZoneBody
  /** The zone at the shown time, which may be in the future. */
  readonly rulesZone: ZoneBody
  readonly vehicle: Vehicle
  readonly title: string
  readonly now: number
  readonly ahead: number
  readonly reports: ReportsBody | undefined
  readonly reportsFailed: boolean
  /** The rider's position; null if unknown. */
  readonly position: Position | null
}

/** The lower part of the zone sheet: reporting, rules, forecast, facts and sources. */
export function ZoneDetails({ zone, rulesZone, vehicle, title, now, ahead, reports, reportsFailed, position }: Props) {
  const report = useReporting().ownReportOf(zone.id)
  useReturnToList(zone.id)
  return (
    <>
      <ReportPanel key={zone.id} zone={zone} title={title} />
      {report !== null && (report.sent || report.waiting) && (
        <OneQuestion key={`question ${zone.id}`} zone={zone} position={position} isOffline={!report.sent} />
      )}
      {rulesZone.rules && isCurrent(rulesZone.rules, now) && (
        <RulesSection zone={rulesZone} rules={rulesZone.rules} vehicle={vehicle} now={now} />
      )}
      <DayForecast key={`day ${zone.id}`} zoneId={zone.id} ahead={ahead} />
      <Directions zone={zone} title={title} />
      <ZoneFactsSection zone={zone} />
      <DifferentPanel key={`different ${zone.id}`} zone={zone} position={position} />
      <RecentReports reports={reports} failed={reportsFailed} now={now} />
      <ZoneSources zone={zone} />
    </>
  )
}
