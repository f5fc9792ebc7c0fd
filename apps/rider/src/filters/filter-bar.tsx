import type { Vehicle } from '@kickstand/domain'
import { buttonClass, FallbackBoundary, Icon } from '@kickstand/ui'
import { lazy, useState, type ComponentProps, type ReactNode } from 'react'
import { useI18n, type Text } from '#i18n/i18n.ts'
import { loadPageTexts } from '#i18n/texts.ts'
import { activeFilters, type FilterName, type FilterValue, type ZoneFilters } from '../api/zone-filters.ts'

const load = async () => (await Promise.all([import('./lazy-filters.tsx'), loadPageTexts()]))[0]
const FilterPanel = lazy(async () => ({ default: (await load()).FilterPanel }))
const LazyMatchCount = lazy(async () => ({ default: (await load()).MatchCount }))
const LazyFilteredOut = lazy(async () => ({ default: (await load()).FilteredOut }))

/** The number of zones whose data is too incomplete to match. Shows nothing if its chunk cannot be loaded. */
export function FilteredOut(props: ComponentProps<typeof LazyFilteredOut>) {
  return (
    <FallbackBoundary fallback={null}>
      <LazyFilteredOut {...props} />
    </FallbackBoundary>
  )
}

/** How many zones match. Shows nothing if its chunk cannot be loaded. */
export function MatchCount(props: ComponentProps<typeof LazyMatchCount>) {
  return (
    <FallbackBoundary fallback={null}>
      <LazyMatchCount {...props} />
    </FallbackBoundary>
  )
}

export type FilterBarProps = {
  readonly filters: ZoneFilters
  readonly set: (values: { readonly [name in FilterName]?: FilterValue | undefined }) => void
  readonly clear: () => void
  readonly setVehicle: (vehicle: Vehicle) => void
  /** Shown if the panel cannot be loaded. */
  readonly failed: ReactNode
}

/** The active filters, each with a button that removes it, and the button that opens the filter panel. */
export function FilterBar({ failed, ...control }: FilterBarProps) {
  const { t } = useI18n()
  const { filters, set } = control
  const [isOpen, setOpen] = useState(false)
  const active = activeFilters(filters)
  return (
    <div className="grid gap-2.5">
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className={`${buttonClass()} min-h-12`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
          {t('filters.button', { vehicle: t(`vehicle.${filters.vehicle}`) })}
        </button>
        {active.map((name) => (
          <button
            key={name}
            type="button"
            className={`${buttonClass('primary')} min-h-12 min-w-0`}
            aria-label={t('filters.remove', { name: filterText(name, filters, t) })}
            onClick={() => set({ [name]: undefined })}
          >
            <span className="min-w-0 wrap-anywhere">{filterText(name, filters, t)}</span>
            <Icon name="close" className="size-4" />
          </button>
        ))}
      </div>
      {isOpen && (
        <FallbackBoundary fallback={failed} waiting={<div aria-hidden="true" className="h-44 rounded-lg bg-raised" />}>
          <FilterPanel {...control} />
        </FallbackBoundary>
      )}
    </div>
  )
}

function filterText(name: FilterName, filters: ZoneFilters, t: Text): string {
  const text = t(`filter.${name}`)
  return filters[name] === 'yes' ? text : t('filters.orUnknown', { name: text })
}
