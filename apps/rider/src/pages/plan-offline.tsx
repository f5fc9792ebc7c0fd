import type { NearbyZoneBody } from '@kickstand/contract'
import { Button, Message } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import type { Point } from '#api/client.ts'
import { nearbyQuery } from '#api/queries.ts'
import type { ZoneFilters } from '#api/zone-filters.ts'
import { useShellState } from '#shell/shell-state.ts'
import { StopButtons } from '#plan/stop-buttons.tsx'
import type { PlanSteps } from './use-plan-steps.ts'
import { zoneTitle } from '#zones/zone-title.ts'
import { ZoneList } from '#zones/zone-list.tsx'

const MAX_SHOWN = 4

type Props = {
  readonly to: Point
  readonly full: readonly string[]
  readonly filters: ZoneFilters
  readonly steps: PlanSteps
  readonly retry: () => void
}

/** Shown instead of a plan without a connection: the nearest saved zones, without those found full. */
export function PlanOffline({ to, full, filters, steps, retry }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const { now } = useShellState()
  const { data, isError } = useQuery(nearbyQuery(to, 0, filters))
  const zones = data?.zones.filter(({ id }) => !full.includes(id)).slice(0, MAX_SHOWN) ?? []
  const actionsFor = (zone: NearbyZoneBody) => (
    <StopButtons
      title={zoneTitle(zone, t)}
      onParked={() => steps.reportParked(zone)}
      onFull={() => steps.reportFull(zone)}
    />
  )
  return (
    <>
      <div role="status">
        <Message
          title={p('plan.offlineTitle')}
          {...(zones.length > 0 ? { text: p('plan.offlineText') } : isError ? { text: p('plan.offlineNone') } : {})}
        >
          <Button className="min-h-12" onClick={retry}>
            {t('error.retry')}
          </Button>
        </Message>
      </div>
      <ZoneList zones={zones} now={now} ahead={0} vehicle={filters.vehicle} actionsFor={actionsFor} />
    </>
  )
}
