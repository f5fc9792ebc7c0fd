import type { ReportsBody, ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useWayBack } from './use-way-back.ts'
import { DifferentPanel } from './contributions/different-panel.tsx'
import { OneQuestion } from './contributions/one-question.tsx'
import type { Position } from './contributions/contribution.ts'
import { DayForecast } from './forecast/day-forecast.tsx'
import { ReportPanel } from './reports/report-panel.tsx'
import { useReporting } from './reports/reporting.tsx'
import { Directions } from './zones/directions.tsx'
import { RecentReports } from './zones/recent-reports.tsx'
import { RulesSection } from './zones/rules-section.tsx'
import { isCurrent } from './zones/rules-words.ts'
import { ZoneFactsSection } from './zones/zone-facts-section.tsx'
import { ZoneSources } from './zones/zone-sources.tsx'

type Props = {
  readonly zone: ZoneBody
  /** The same at the time that is shown. */
  readonly rulesZone: ZoneBody
  readonly vehicle: Vehicle
  readonly title: string
  readonly now: number
  readonly ahead: number
  readonly reports: ReportsBody | undefined
  readonly reportsFailed: boolean
  /** Where the rider is, where that is known. */
  readonly position: Position | null
}

/** All of a zone's sheet below its figure: a chunk of its own, since the list does without it. */
export function ZoneMore({ zone, rulesZone, vehicle, title, now, ahead, reports, reportsFailed, position }: Props) {
  const said = useReporting().saidOf(zone.id)
  useWayBack(zone.id)
  return (
    <>
      <ReportPanel key={zone.id} zone={zone} title={title} />
      {said !== null && (said.sent || said.waiting) && (
        <OneQuestion key={`question ${zone.id}`} zone={zone} position={position} isOffline={!said.sent} />
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
