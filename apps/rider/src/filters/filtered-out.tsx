import { Button } from '@kickstand/ui'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { activeFilters } from '../api/zone-filters.ts'
import type { FilterBarProps } from './filter-bar.tsx'

type Props = Pick<FilterBarProps, 'filters' | 'set' | 'clear'> & {
  /** The number of zones in the list. */
  readonly shown: number
  /** Zones that match or may match, counted up to a limit (`isAll`: the limit was not reached); null until counted. */
  readonly widened: { readonly count: number; readonly isAll: boolean } | null
}

/** Says if no zone matches and how many zones are unknown, with a button that shows those. */
export function FilteredOut({ filters, set, clear, shown, widened }: Props) {
  const { format } = useI18n()
  const p = usePageText()
  const more = Math.max(0, (widened?.count ?? 0) - shown)
  if (more === 0 && shown > 0) return null
  const names = activeFilters(filters)
  const list = format.list(names.map((name) => p(`filterInList.${name}`)))
  const none = p(names.some((name) => filters[name] === 'yes') ? 'filters.noneKnown' : 'filters.none', { list })
  const count = widened?.isAll ? format.count(more) : `${format.count(more)}+`
  return (
    <div role="status" className="grid justify-items-start gap-2 rounded-lg border border-line bg-surface p-3">
      {shown === 0 && <p className="text-lg leading-tight font-bold">{none}</p>}
      {more > 0 && <p>{p(shown === 0 ? 'filters.unknown' : 'filters.moreUnknown', { n: more, count })}</p>}
      {more > 0 ? (
        <Button
          className="min-h-12"
          onClick={() => set(Object.fromEntries(names.map((name) => [name, 'yes,unknown' as const])))}
        >
          {p('filters.showUnknown', { n: more })}
        </Button>
      ) : (
        <Button className="min-h-12" onClick={clear}>
          {p('filters.clear')}
        </Button>
      )}
    </div>
  )
}
