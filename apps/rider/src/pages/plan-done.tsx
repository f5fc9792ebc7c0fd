import { buttonClass } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { zoneQuery } from '#api/queries.ts'
import { useShellState } from '#shell/shell-state.ts'
import { pages } from '#paths.ts'
import { withoutPlan } from '#plan/plan-address.ts'
import { PlanHeading } from '#plan/plan-heading.tsx'
import { OwnReport } from '#reports/own-report.tsx'
import { zoneTitle } from '#zones/zone-title.ts'

/** The end of a plan: the rider has parked. */
export function PlanDone({ id }: { id: string }) {
  const { t } = useI18n()
  const p = usePageText()
  const { filter, markStops } = useShellState()
  useEffect(() => markStops([]), [markStops])
  const zone = useQuery(zoneQuery(id, filter.filters.vehicle)).data
  return (
    <div className="grid gap-3 px-3 pb-4 wide:pt-2">
      <PlanHeading about={null} step={id} />
      <section role="status" className="grid gap-1.5 rounded-lg border-s-4 border-sign bg-tint p-3">
        <p className="text-lg leading-snug font-bold wrap-anywhere">
          {p('plan.parkedAt', { zone: zone ? zoneTitle(zone, t) : t('kind.unknown') })}
        </p>
        <p>{p('plan.parkedThanks')}</p>
      </section>
      <OwnReport zoneId={id} />
      <div className="flex flex-wrap gap-2">
        <Link to={pages.home} search={withoutPlan} className={`${buttonClass('primary')} min-h-14 flex-1`}>
          {t('list.back')}
        </Link>
      </div>
    </div>
  )
}
