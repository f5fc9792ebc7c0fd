import { useEffect } from 'react'

/** Attribute of the links and rows that the keys j and k move to. */
export const ROW = 'data-row'
/** Attribute of the field that the key / focuses. */
export const FILTER = 'data-filter'

type Commands = {
  readonly openPalette: () => void
  readonly openKeys: () => void
  /** Leaves the page of an object for its list. */
  readonly goUp: () => void
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  )
}

/** Moves the focus to the next row (1) or the one before (-1). */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(`[${ROW}]`)]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step
  const row = rows[Math.min(rows.length - 1, Math.max(0, next))]
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>(`[${FILTER}]`)
  field?.focus()
  field?.select()
}

/** The keys of the console. Where a row has a page, its link has the focus, so the Enter key opens the page. */
export function useShortcuts({ openPalette, openKeys, goUp }: Commands): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || document.querySelector('dialog[open]') !== null) return
      const isCommand = event.ctrlKey || event.metaKey
      if (isCommand && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openPalette()
        return
      }
      if (isCommand) return
      if (isEditable(event.target)) {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
        return
      }
      const commands: Readonly<Record<string, () => void>> = {
        j: () => moveRow(1),
        k: () => moveRow(-1),
        '/': focusFilter,
        '?': openKeys,
        Escape: goUp,
      }
      const run = Object.hasOwn(commands, event.key) ? commands[event.key] : undefined
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [openPalette, openKeys, goUp])
}
