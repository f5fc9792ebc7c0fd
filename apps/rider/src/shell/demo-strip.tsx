import { useState, type ReactNode } from 'react'
import { useI18n } from '#i18n/i18n.tsx'

/** Says that the zones are simulated. When opened, shows `children`: how to use real data. */
export function DemoStrip({ children }: { children: ReactNode }) {
  const { t } = useI18n()
  const [open, setOpen] = useState(false)
  return (
    <details
      className="basis-full rounded-plate border border-line bg-amber-tint text-sm wide:basis-[26rem]"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-9 items-center justify-between gap-x-2 px-3 py-1.5 font-bold [&::-webkit-details-marker]:hidden">
        <span>
          {t.demoStrip}
          <span className="max-[23.5rem]:hidden"> {t.demoStripMore}</span>
        </span>
        <span className="flex-none underline underline-offset-2">{t.demoHow}</span>
      </summary>
      {open && children}
    </details>
  )
}
