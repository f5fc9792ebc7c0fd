import { useCallback, useEffect, useState } from 'react'
import { useMedia } from './use-media.ts'

export type Theme = 'light' | 'dark'

const STORED_AS = 'kickstand.theme'

type ThemeStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

function storedTheme(storage: ThemeStorage): Theme | null {
  const stored = storage.getItem(STORED_AS)
  return stored === 'light' || stored === 'dark' ? stored : null
}

/**
 * The active theme: the person's choice, or the system's. Choosing the system's theme deletes the stored choice.
 * `storage` must be the same object on each render and must not throw.
 */
export function useTheme(storage: ThemeStorage): { theme: Theme; toggle: () => void } {
  const system: Theme = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light'
  const [chosen, setChosen] = useState(() => storedTheme(storage))
  const theme = chosen ?? system
  useEffect(() => {
    if (chosen) document.documentElement.dataset['theme'] = chosen
    else delete document.documentElement.dataset['theme']
  }, [chosen])
  const toggle = useCallback(() => {
    const next: Theme = theme === 'dark' ? 'light' : 'dark'
    const choice = next === system ? null : next
    if (choice) storage.setItem(STORED_AS, choice)
    else storage.removeItem(STORED_AS)
    setChosen(choice)
  }, [storage, theme, system])
  return { theme, toggle }
}
