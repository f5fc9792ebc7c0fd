import { useI18n, usePageText } from '#i18n/i18n.ts'

/** How many zones match the filters. `isAll`: the list has all of them. */
export function MatchCount({ count, isAll }: { count: number; isAll: boolean }) {
  const { format } = useI18n()
  const p = usePageText()
  return (
    <p role="status" className="text-ink-soft">
      {isAll ? p('filters.matching', { n: count }) : p('filters.nearest', { n: format.count(count) })}
    </p>
  )
}
