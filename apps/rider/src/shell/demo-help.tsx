import { Command } from '@kickstand/ui'
import { usePageText } from '#i18n/i18n.ts'

/** Commands that replace the demo town by real data. */
export function DemoHelp() {
  const p = usePageText()
  return (
    <div className="grid gap-1.5 px-3 pb-3">
      <p>{p('demo.help')}</p>
      <Command>npx kickstand import FILE</Command>
      <p>{p('demo.remove')}</p>
      <Command>npx kickstand demo remove</Command>
    </div>
  )
}
