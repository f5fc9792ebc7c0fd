import { Button, Icon } from '@kickstand/ui'
import { useId, useState } from 'react'
import { parseDigits } from '@kickstand/i18n'
import { usePageText } from '#i18n/i18n.ts'

const MAX_COUNT = 10_000

/** Parses the digits of a typed number of bikes; 0 if there are none. */
export function bikesOf(text: string): number {
  return Math.min(MAX_COUNT, Number(parseDigits(text).replaceAll(/\D/g, '').slice(0, 6)))
}

/** An input for a whole number of bikes, with plus and minus buttons. The text field may be empty while typing. */
export function CountStepper({ start, onSend }: { start: number; onSend: (count: number) => void }) {
  const p = usePageText()
  const [text, setText] = useState(String(start))
  const id = useId()
  const count = bikesOf(text)
  const set = (value: number) => setText(String(Math.min(MAX_COUNT, Math.max(0, value))))
  return (
    <div className="grid gap-2.5 rounded-lg border border-line bg-surface p-2.5">
      <label htmlFor={id}>{p('report.bikesSeen')}</label>
      <div className="grid grid-cols-[minmax(3rem,4rem)_1fr_minmax(3rem,4rem)] gap-2">
        <Button
          className="min-h-14"
          aria-label={p('report.oneLess')}
          disabled={count === 0}
          onClick={() => set(count - 1)}
        >
          <Icon name="minus" />
        </Button>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full min-w-0 rounded-plate border-[1.5px] border-edge bg-surface text-center text-2xl font-bold"
        />
        <Button className="min-h-14" aria-label={p('report.oneMore')} onClick={() => set(count + 1)}>
          <Icon name="plus" />
        </Button>
      </div>
      <Button variant="primary" className="min-h-14" onClick={() => onSend(count)}>
        {p('report.sendCount', { n: count })}
      </Button>
    </div>
  )
}
