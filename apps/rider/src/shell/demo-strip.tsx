import { useState } from 'react'
import { usePageText } from '#i18n/i18n.ts'
import { DemoHelp } from './demo-help.tsx'

/** Says that the zones are simulated. When opened, it says how to use real data. */
export function DemoStrip() {
  const p = usePageText()
  const [open, setOpen] = useState(false)
  return (
    <details
      className="basis-full rounded-plate border border-line bg-amber-tint text-sm wide:basis-[26rem]"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-9 items-center justify-between gap-x-2 px-3 py-1.5 font-bold [&::-webkit-details-marker]:hidden">
        <span>
          {p('demo.strip')}
          <span className="max-[23.5rem]:hidden"> {p('demo.stripMore')}</span>
        </span>
        <span className="flex-none underline underline-offset-2">{p('demo.how')}</span>
      </summary>
      {open && <DemoHelp />}
    </details>
  )
}
