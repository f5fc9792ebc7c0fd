import { Button } from '@kickstand/ui'
import { activeFilters } from '../api/zone-filters.ts'
import { useFiltersText } from '../i18n/use-filters-text.ts'
import { useI18n } from '../i18n/i18n.tsx'
import type { FilterBarProps } from './filter-bar.tsx'

type Props = Pick<FilterBarProps, 'filters' | 'set' | 'clear'> & {
  /** The number of zones in the list. */
  readonly shown: number
  /** Zones that match or may match, counted up to a limit (`isAll`: the limit was not reached); null until counted. */
  readonly widened: { readonly count: number; readonly isAll: boolean } | null
}

/** Says if no zone matches and how many zones are unknown, with a button that shows those. */
export function FilteredOut({ filters, set, clear, shown, widened }: Props) {
  const { t, format } = useI18n()
  const text = useFiltersText()
  const more = Math.max(0, (widened?.count ?? 0) - shown)
  if (more === 0 && shown > 0) return null
  const names = activeFilters(filters)
  const list = format.list(names.map((name) => t.filters.names[name].toLowerCase()))
  const none = names.some((name) => filters[name] === 'yes') ? text.none(list) : text.noneAtAll(list)
  const sentence = shown === 0 ? text.unknown : text.moreUnknown
  return (
    <div role="status" className="grid justify-items-start gap-2 rounded-lg border border-line bg-surface p-3">
      {shown === 0 && <p className="text-lg leading-tight font-bold">{none}</p>}
      {more > 0 && <p>{sentence(more, widened?.isAll ? format.count(more) : `${format.count(more)}+`)}</p>}
      {more > 0 ? (
        <Button
          className="min-h-12"
          onClick={() => set(Object.fromEntries(names.map((name) => [name, 'yes,unknown' as const])))}
        >
          {text.showUnknown(more)}
        </Button>
      ) : (
        <Button className="min-h-12" onClick={clear}>
          {text.clear}
        </Button>
      )}
    </div>
  )
}
