import { Dialog } from '@kickstand/ui'
import { useId, useState, type KeyboardEvent } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { matchEntries } from './match-entries.ts'

/** An entry of the palette, which opens a page or runs an action. */
export type PaletteEntry = { readonly id: string; readonly label: string; readonly run: () => void }

type Props = { readonly entries: readonly PaletteEntry[]; readonly onClose: () => void }

/** A list of pages and actions that is filtered by typing. */
export function Palette({ entries, onClose }: Props) {
  const { t } = useI18n()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = matchEntries(entries, text)
  const chosen = found[Math.min(at, found.length - 1)]

  function run(entry: PaletteEntry | undefined): void {
    if (entry === undefined) return
    onClose()
    entry.run()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const move = moves[event.key]
    if (move !== undefined && found.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, found.length - 1) + move + found.length) % found.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
    }
  }

  return (
    <Dialog title={t('console.palette')} closeLabel={t('console.close')} onClose={onClose}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={chosen === undefined ? undefined : `${id}${chosen.id}`}
        aria-label={t('console.paletteLabel')}
        autoComplete="off"
        spellCheck={false}
        className="min-h-11 w-full rounded-plate border-[1.5px] border-edge bg-surface px-3 text-base"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}list`} role="listbox" aria-label={t('console.palette')} className="grid">
        {found.map((entry) => (
          // The keys are handled by the field, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={entry.id}
            id={`${id}${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === chosen}
            className="grid min-h-11 cursor-pointer items-center rounded-plate px-3 hover:bg-raised aria-selected:bg-tint aria-selected:font-bold"
            onClick={() => run(entry)}
          >
            {entry.label}
          </div>
        ))}
      </div>
      <p role="status" className={found.length > 0 ? 'sr-only' : 'text-ink-soft'}>
        {t('console.paletteFound', { count: found.length })}
      </p>
    </Dialog>
  )
}
