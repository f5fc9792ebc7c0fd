import { useI18n } from '../i18n/i18n.tsx'
import { Command } from './command.tsx'

/** Says for as long as it is so that nothing here is real, and how to change that. */
export function DemoStrip() {
  const { t } = useI18n()
  return (
    <details className="group rounded-plate border border-line bg-amber-tint text-sm">
      <summary className="flex min-h-9 flex-wrap items-center justify-between gap-x-2 px-3 py-1.5 font-bold [&::-webkit-details-marker]:hidden">
        <span>{t.demoStrip}</span>
        <span className="flex-none underline underline-offset-2">{t.demoHow}</span>
      </summary>
      <div className="grid gap-1.5 px-3 pb-3">
        <p>{t.demoHelp}</p>
        <Command>npx kickstand import FILE</Command>
        <p>{t.demoRemove}</p>
        <Command>npx kickstand demo remove</Command>
      </div>
    </details>
  )
}
