import { useId, useState } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

const MOST = 10_000

/** A whole number of bikes, by taps or by typing. */
export function CountStepper({ start, onSend }: { start: number; onSend: (count: number) => void }) {
  const { t, format } = useI18n()
  const [count, setCount] = useState(start)
  const id = useId()
  const set = (value: number) => setCount(Math.min(MOST, Math.max(0, Math.trunc(value) || 0)))
  return (
    <div className="grid gap-2.5 rounded-lg border border-line bg-surface p-2.5">
      <label htmlFor={id}>{t.bikesSeen}</label>
      <div className="grid grid-cols-[minmax(3rem,4rem)_1fr_minmax(3rem,4rem)] gap-2">
        <Button className="min-h-14" aria-label={t.oneLess} disabled={count === 0} onClick={() => set(count - 1)}>
          <Icon name="minus" />
        </Button>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={0}
          max={MOST}
          value={count}
          onChange={(event) => set(event.target.valueAsNumber)}
          className="w-full min-w-0 rounded-plate border-[1.5px] border-edge bg-surface text-center text-2xl font-bold"
        />
        <Button className="min-h-14" aria-label={t.oneMore} onClick={() => set(count + 1)}>
          <Icon name="plus" />
        </Button>
      </div>
      <Button look="primary" className="min-h-14" onClick={() => onSend(count)}>
        {t.sendCount(count, format.count(count))}
      </Button>
    </div>
  )
}
