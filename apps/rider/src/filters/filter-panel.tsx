import { VEHICLES } from '@kickstand/domain'
import { Button, buttonClass } from '@kickstand/ui'
import { useId } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { activeFilters, FILTERS, parseVehicle, type FilterName } from '../api/zone-filters.ts'
import type { FilterBarProps } from './filter-bar.tsx'

/** All filters. The first button of a filter requires "yes"; the second one also includes "unknown". */
export function FilterPanel({ filters, set, clear, setVehicle }: Omit<FilterBarProps, 'failed'>) {
  const { t } = useI18n()
  const p = usePageText()
  const vehicleId = useId()
  return (
    <section aria-label={p('filters.title')} className="grid gap-3 rounded-lg border border-line bg-surface p-3">
      <div className="grid gap-1">
        <label htmlFor={vehicleId} className="font-bold">
          {p('filters.vehicle')}
        </label>
        <select
          id={vehicleId}
          value={filters.vehicle}
          className={`${buttonClass()} min-h-12 w-full`}
          onChange={({ target }) => setVehicle(parseVehicle(target.value) ?? filters.vehicle)}
        >
          {VEHICLES.map((vehicle) => (
            <option key={vehicle} value={vehicle}>
              {t(`vehicle.${vehicle}`)}
            </option>
          ))}
        </select>
        <p className="text-ink-soft">{p('filters.vehicleHint')}</p>
      </div>
      <ul className="flex flex-wrap gap-2">
        {FILTERS.map((name) => (
          <li key={name} className="flex min-w-0 max-w-full flex-wrap gap-1">
            <Toggle
              name={t(`filter.${name}`)}
              isOn={filters[name] !== undefined}
              onToggle={(isOn) => set({ [name]: isOn ? 'yes' : undefined })}
            />
            {filters[name] !== undefined && (
              <Toggle
                name={p('filters.alsoUnknown')}
                accessibleName={t('filters.orUnknown', { name: t(`filter.${name}`) })}
                isOn={filters[name] === 'yes,unknown'}
                onToggle={(isOn) => set({ [name]: isOn ? 'yes,unknown' : 'yes' })}
              />
            )}
          </li>
        ))}
      </ul>
      <FilterHints names={activeFilters(filters)} />
      {activeFilters(filters).length > 0 && (
        <Button className="min-h-12" onClick={clear}>
          {p('filters.clear')}
        </Button>
      )}
    </section>
  )
}

type ToggleProps = {
  readonly name: string
  /** The full name for screen readers, if `name` needs its context. */
  readonly accessibleName?: string
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
}

function Toggle({ name, accessibleName, isOn, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      className={`${buttonClass(isOn ? 'primary' : 'plain')} min-h-12 min-w-0`}
      aria-pressed={isOn}
      aria-label={accessibleName}
      onClick={() => onToggle(!isOn)}
    >
      <span aria-hidden="true">{isOn ? '✓' : '+'}</span>
      <span className="min-w-0 wrap-anywhere">{name}</span>
    </button>
  )
}

const EXPLAINED = ['likelyFree', 'secure', 'surface', 'mayPark'] as const satisfies readonly FilterName[]

/** Explanations of the active filters whose names are not self-explanatory. */
function FilterHints({ names }: { names: readonly FilterName[] }) {
  const p = usePageText()
  const hints = EXPLAINED.filter((name) => names.includes(name)).map((name) => p(`filterHint.${name}`))
  return hints.length === 0 ? null : <p className="text-ink-soft">{hints.join(' ')}</p>
}
