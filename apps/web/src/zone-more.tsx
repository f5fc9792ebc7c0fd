import type { ReportsBody, ZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { DayForecast } from './forecast/day-forecast.tsx'
import { ReportPanel } from './reports/report-panel.tsx'
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
}

/** All of a zone's sheet below its figure: a chunk of its own, since the list does without it. */
export function ZoneMore({ zone, rulesZone, vehicle, title, now, ahead, reports }: Props) {
  return (
    <>
      <ReportPanel key={zone.id} zone={zone} title={title} />
      {rulesZone.rules && isCurrent(rulesZone.rules, now) && (
        <RulesSection zone={rulesZone} rules={rulesZone.rules} vehicle={vehicle} now={now} />
      )}
      <DayForecast key={`day ${zone.id}`} zoneId={zone.id} ahead={ahead} />
      <Directions zone={zone} title={title} />
      <ZoneFactsSection zone={zone} />
      <RecentReports reports={reports} now={now} />
      <ZoneSources zone={zone} />
    </>
  )
}
