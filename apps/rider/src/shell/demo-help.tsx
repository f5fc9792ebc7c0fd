import { Command } from '@kickstand/ui'
import { useSheetText } from '#i18n/use-sheet-text.ts'

/** Commands that replace the demo town by real data. */
export function DemoHelp() {
  const text = useSheetText()
  return (
    <div className="grid gap-1.5 px-3 pb-3">
      <p>{text.demoHelp}</p>
      <Command>npx kickstand import FILE</Command>
      <p>{text.demoRemove}</p>
      <Command>npx kickstand demo remove</Command>
    </div>
  )
}
