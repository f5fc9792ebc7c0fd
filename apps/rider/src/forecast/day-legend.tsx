import type { ReactNode } from 'react'
import { usePageText } from '#i18n/i18n.ts'
import type { DayShape } from './day-shape.ts'

/** The legend of the chart, with only the elements that are drawn. */
export function DayLegend({ shape, capacity }: { shape: DayShape; capacity: number | null }) {
  const p = usePageText()
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-0.5 text-sm text-ink-soft">
      {shape.known.length > 0 && (
        <Entry text={p('day.line')}>
          <path d="M0 7H20" className="stroke-link" strokeWidth="3" />
        </Entry>
      )}
      {shape.known.length > 0 && shape.measure === 'free' && (
        <Entry text={p('day.range')}>
          <path d="M0 2H20V12H0z" className="fill-[var(--band)]" />
        </Entry>
      )}
      {shape.seen.length > 0 && (
        <Entry text={p('day.seen')}>
          <path
            d="M10 1.500l5.500 5.500-5.500 5.500-5.500-5.500z"
            className="fill-amber stroke-ink"
            strokeWidth="1.5"
          />
        </Entry>
      )}
      {capacity !== null && (
        <Entry text={p('day.capacity', { n: capacity })}>
          <path d="M0 7H20" className="stroke-ink-soft" strokeWidth="1.5" strokeDasharray="7 4" />
        </Entry>
      )}
    </ul>
  )
}

function Entry({ text, children }: { text: string; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <svg viewBox="0 0 20 14" className="h-3.5 w-5 flex-none" aria-hidden="true">
        {children}
      </svg>
      {text}
    </li>
  )
}
