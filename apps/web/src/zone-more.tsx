import type { ReportsBody, ZoneBody } from '@kickstand/contract'
import { DayForecast } from './forecast/day-forecast.tsx'
import { ReportPanel } from './reports/report-panel.tsx'
import { Directions } from './zones/directions.tsx'
import { RecentReports } from './zones/recent-reports.tsx'
import { ZoneFactsSection } from './zones/zone-facts-section.tsx'
import { ZoneSources } from './zones/zone-sources.tsx'

type Props = {
  readonly zone: ZoneBody
  readonly title: string
  readonly now: number
  readonly ahead: number
  readonly reports: ReportsBody | undefined
}

/** All of a zone's sheet below its figure: a chunk of its own, since the list does without it. */
export function ZoneMore({ zone, title, now, ahead, reports }: Props) {
  return (
    <>
      <ReportPanel key={zone.id} zone={zone} title={title} />
      <DayForecast key={`day ${zone.id}`} zoneId={zone.id} ahead={ahead} />
      <Directions zone={zone} title={title} />
      <ZoneFactsSection zone={zone} />
      <RecentReports reports={reports} now={now} />
      <ZoneSources zone={zone} />
    </>
  )
}
