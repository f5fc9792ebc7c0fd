import { Icon } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '../paths.ts'
import { withoutPlan } from './plan-address.ts'

type Props = {
  /** Start, vehicle and filters of the plan as text. */
  readonly about: string | null
  /** Changes with each step of the plan. The heading then takes the focus, because the pressed button is gone. */
  readonly step: string
}

/** The heading of the plan, with a link back to the list. */
export function PlanHeading({ about, step }: Props) {
  const { t } = useI18n()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.closest('.panel-scroll')?.scrollTo(0, 0)
  }, [step])
  return (
    <div className="-ms-2 flex items-start gap-1">
      <Link
        to={pages.home}
        search={withoutPlan}
        aria-label={t('list.back')}
        title={t('list.back')}
        className="grid size-11 flex-none place-items-center rounded-plate text-link hover:bg-raised"
      >
        <Icon name="back" className="size-6" />
      </Link>
      <div className="min-w-0 pt-1.5">
        <h2 ref={heading} tabIndex={-1} className="text-2xl leading-tight font-bold text-balance outline-none">
          {t('list.tryFirst')}
        </h2>
        {about && <p className="text-ink-soft wrap-anywhere">{about}</p>}
      </div>
    </div>
  )
}
